/// `oubli completions`, and `oubli complete`, which its scripts ask.
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/completion.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string_view>

namespace oubli {

namespace {

// Each hands the words typed so far to `oubli complete` and shows what that answers: a word, a tab and what it
// stands for on each line; `:files` or `:folders` where a path may come.

constexpr std::string_view k_bash = R"script(# bash completion for oubli
_oubli() {
  local word
  local -a answer
  COMPREPLY=()
  mapfile -t answer < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  for word in "${answer[@]}"; do
    word=${word%%$'\t'*}
    case $word in
      :files) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"); compopt -o filenames ;;
      :folders) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "${COMP_WORDS[COMP_CWORD]}"); compopt -o filenames ;;
      *) COMPREPLY+=("$(printf '%q' "$word")") ;;
    esac
  done
}
complete -F _oubli oubli
)script";

constexpr std::string_view k_zsh = R"script(#compdef oubli
_oubli() {
  local line word help
  local -a described
  for line in "${(@f)$("${words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    word=${line%%$'\t'*} help=${line#*$'\t'}
    case $word in
      '') ;;
      :files) _files ;;
      :folders) _files -/ ;;
      *) described+=("${word//:/\\:}${help:+:$help}") ;;
    esac
  done
  _describe 'oubli' described
}
if [ "$funcstack[1]" = "_oubli" ]; then
  _oubli "$@"
else
  compdef _oubli oubli
fi
)script";

constexpr std::string_view k_fish = R"script(# fish completion for oubli
function __oubli_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] complete -- $words[2..-1] 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path (commandline -ct)
            case ':folders*'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c oubli -f -a '(__oubli_complete)'
)script";

const std::map<std::string, std::string_view> k_scripts{{"bash", k_bash}, {"fish", k_fish}, {"zsh", k_zsh}};

// Completing is no place for faults: what can't be read has no names.
ConfigNames names_in(const std::string& config) {
  ConfigNames names;
  try {
    const auto project = load_project(find_config(config));
    std::set<std::string> purposes;
    for (const auto& policy : project.policies) {
      names.policies.push_back(policy.id);
      for (const auto& purpose : policy.purposes) {
        if (purposes.insert(purpose.name).second) names.purposes.push_back(purpose.name);
      }
    }
    for (const auto& dataset : project.config.datasets) {
      names.datasets.push_back(dataset.name);
      for (const auto& table : dataset.tables) names.tables.push_back(dataset.name + '.' + table.name);
    }
  } catch (const std::exception&) {
    return names;
  }
  return names;
}

void write(std::ostream& out, const Completion& completion) {
  for (const auto& [word, help] : completion.candidates) out << word << '\t' << help << '\n';
  if (completion.paths == Completion::Paths::files) out << ":files\t\n";
  if (completion.paths == Completion::Paths::folders) out << ":folders\t\n";
}

}  // namespace

void register_completions(CLI::App& app, Shell& shell, ExitCode&) {
  std::vector<std::string> shells;
  for (const auto& [name, script] : k_scripts) shells.push_back(name);
  auto chosen = std::make_shared<std::string>();
  auto* command = app.add_subcommand("completions", "Print the completion script of a shell");
  command->footer(
      "Examples:\n"
      "  oubli completions bash >/etc/bash_completion.d/oubli\n"
      "  oubli completions fish >~/.config/fish/completions/oubli.fish");
  command->add_option("SHELL", *chosen, "bash, fish or zsh")->check(CLI::IsMember(shells))->required();
  command->callback([chosen, &shell] { shell.out << k_scripts.at(*chosen); });
}

void register_complete(CLI::App& app, Shell& shell, ExitCode&) {
  auto words = std::make_shared<std::vector<std::string>>();
  auto* command = app.add_subcommand("complete", "What may come next, for the completion scripts")->group("");
  command->add_option("WORDS", *words);
  command->callback([words, &app, &shell] { write(shell.out, complete(app, *words, names_in)); });
}

}  // namespace oubli
