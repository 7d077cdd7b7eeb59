#include "cli/completion.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace oubli {

namespace {

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

/// Where a line stands: the command it has come to, and what it has said on the way.
struct Place {
  const CLI::App* command;
  const CLI::Option* awaits = nullptr;  ///< the option whose value comes next
  std::size_t arguments = 0;            ///< words that are neither a command nor an option
  std::string config;
};

const CLI::Option* option_named(const CLI::App* command, std::string_view word) {
  for (; command != nullptr; command = command->get_parent()) {
    for (const auto* option : command->get_options()) {
      if (option->nonpositional() && option->check_name(std::string(word))) return option;
    }
  }
  return nullptr;
}

const CLI::App* command_named(const CLI::App& command, const std::string& word) {
  const auto found = command.get_subcommands([&](const CLI::App* each) { return each->get_name() == word; });
  return found.empty() ? nullptr : found.front();
}

Place place_after(const CLI::App& app, std::span<const std::string> words) {
  Place place{&app, nullptr, 0, {}};
  for (const auto& word : words) {
    if (place.awaits != nullptr) {
      if (place.awaits->check_name("--config")) place.config = word;
      place.awaits = nullptr;
    } else if (word.starts_with('-')) {
      const auto* option = option_named(place.command, word);
      if (option != nullptr && takes_value(*option)) place.awaits = option;
    } else if (const auto* command = command_named(*place.command, word); command != nullptr) {
      place.command = command;
    } else {
      ++place.arguments;
    }
  }
  return place;
}

/// "FORMAT:{text,json}": what stands between the braces, as the check of an option describes it.
std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const auto begin = type.find('{');
  const auto end = type.find('}', begin);
  if (begin == std::string::npos || end == std::string::npos) return {};
  return CLI::detail::split(type.substr(begin + 1, end - begin - 1), ',');
}

class Completer {
 public:
  Completer(std::string_view typed, std::function<ConfigNames()> names) : m_typed(typed), m_names(std::move(names)) {}

  void value_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    words(choices_of(option));
    if (type.starts_with("FILE")) m_completion.paths = Completion::Paths::files;
    if (type.starts_with("DIR")) m_completion.paths = Completion::Paths::folders;
    if (option.check_name("--policy")) words(m_names().policies);
    if (option.check_name("--dataset")) words(m_names().datasets);
    if (option.check_name("--table")) words(m_names().tables);
    if (option.check_name("--purpose")) words(m_names().purposes);
  }

  void argument(const CLI::App& command, std::size_t index) {
    const auto arguments = command.get_options([](const CLI::Option* option) { return option->get_positional(); });
    if (index >= arguments.size()) return;
    const std::string name = arguments[index]->get_single_name();
    words(choices_of(*arguments[index]));
    if (name == "TABLE") words(m_names().tables);
    if (name == "BEFORE" || name == "AFTER" || name == "SOURCE") m_completion.paths = Completion::Paths::files;
  }

  void commands_of(const CLI::App& command) {
    const auto is_shown = [](const CLI::App* each) { return !each->get_group().empty(); };
    for (const auto* each : command.get_subcommands(is_shown)) add(each->get_name(), each->get_description());
  }

  void options_of(const CLI::App* command) {
    for (; command != nullptr; command = command->get_parent()) {
      for (const auto* option : command->get_options()) {
        for (const auto& name : option->get_lnames()) add("--" + name, option->get_description());
      }
    }
  }

  [[nodiscard]] Completion done() && { return std::move(m_completion); }

 private:
  void words(const std::vector<std::string>& all) {
    for (const auto& word : all) add(word, "");
  }

  void add(const std::string& word, const std::string& help) {
    const auto is_same = [&](const Candidate& each) { return each.word == word; };
    if (!word.starts_with(m_typed) || std::ranges::any_of(m_completion.candidates, is_same)) return;
    m_completion.candidates.push_back({word, help});
  }

  std::string_view m_typed;
  std::function<ConfigNames()> m_names;
  Completion m_completion;
};

}  // namespace

Completion complete(const CLI::App& app, std::span<const std::string> words,
                    const std::function<ConfigNames(const std::string& config)>& names_of) {
  const std::string typed = words.empty() ? "" : words.back();
  const Place place = place_after(app, words.empty() ? words : words.first(words.size() - 1));
  Completer completer(typed, [&] { return names_of(place.config); });
  if (place.awaits != nullptr) {
    completer.value_of(*place.awaits);
  } else if (typed.starts_with('-')) {
    completer.options_of(place.command);
  } else {
    if (place.arguments == 0) completer.commands_of(*place.command);
    completer.argument(*place.command, place.arguments);
  }
  return std::move(completer).done();
}

}  // namespace oubli
