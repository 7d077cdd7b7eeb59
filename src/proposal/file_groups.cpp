#include "oubli/proposal/file_groups.hpp"

#include "audit/text_forms.hpp"
#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fnmatch.h>
#include <map>
#include <set>
#include <utility>

namespace oubli {

namespace {

using namespace proposal;

using Group = std::vector<CsvFileShape>;

/// "visits-2026-01.csv" is visits-*.csv. What a pattern would take for a sign of its own is put in brackets.
std::string pattern_of(std::string_view name) {
  std::string pattern;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool is_digit = audit::is_digit(name[at]);
    // The marks between the parts of a date.
    const bool joins = pattern.ends_with('*') && at + 1 < name.size() && audit::is_digit(name[at + 1]) &&
                       std::string_view("-_.").find(name[at]) != std::string_view::npos;
    if (is_digit || joins) {
      if (!pattern.ends_with('*')) pattern += '*';
    } else if (std::string_view("*?[").find(name[at]) != std::string_view::npos) {
      pattern += fmt::format("[{}]", name[at]);
    } else {
      pattern += name[at];
    }
  }
  return pattern;
}

std::string as_itself(std::string_view name) {
  std::string pattern;
  for (const char c : name)
    pattern += std::string_view("*?[").find(c) == std::string_view::npos ? std::string(1, c) : fmt::format("[{}]", c);
  return pattern;
}

bool are_written_alike(const CsvFileShape& a, const CsvFileShape& b) {
  const auto& left = a.guess.files.dialect;
  const auto& right = b.guess.files.dialect;
  const bool has_header = left.header.empty();
  const bool same_encoding = left.encoding == right.encoding || a.guess.is_ascii || b.guess.is_ascii;
  return left.delimiter == right.delimiter && left.quote == right.quote && same_encoding &&
         left.header == right.header && (!has_header || a.first_line == b.first_line);
}

/// One whose encoding shows, if there is any.
const CsvFileShape& telling_member(const Group& group) {
  const auto found = std::ranges::find_if(group, [](const CsvFileShape& file) { return !file.guess.is_ascii; });
  return found == group.end() ? group.front() : *found;
}

bool takes_in_others(const std::string& pattern, const Group& group, const std::vector<std::string>& all) {
  return std::ranges::any_of(all, [&](const std::string& name) {
    const bool is_member = std::ranges::find(group, name, &CsvFileShape::name) != group.end();
    return !is_member && ::fnmatch(pattern.c_str(), name.c_str(), FNM_PERIOD) == 0;
  });
}

/// The name without its ending and without long numbers, which are dates or serials, and what joined them:
/// "FEC" for 123456789FEC20231231, "visits" for visits-2026-01.
std::string table_name(std::string_view file) {
  constexpr std::size_t k_long_number = 4;
  const auto stem = file.substr(0, file.rfind('.'));
  std::string name;
  for (std::size_t at = 0; at < stem.size();) {
    const auto end = std::min(stem.find_first_not_of("0123456789-_.", at), stem.size());
    const auto joined = stem.substr(at, end - at);
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(joined, audit::is_digit));
    name += digits < k_long_number ? joined : std::string_view("-");
    if (end < stem.size()) name += stem[end];
    at = end + 1;
  }
  return identifier_from(name, "records");
}

class Grouping {
 public:
  explicit Grouping(const std::vector<std::string>& all) : m_all(all) {}

  void add(const std::string& pattern, Group group) {
    const auto& telling = telling_member(group);
    const bool is_one = group.size() > 1 && !takes_in_others(pattern, group, m_all) &&
                        std::ranges::all_of(group, [&](const auto& file) { return are_written_alike(file, telling); });
    if (is_one) return add_table(pattern, telling.guess, telling.name);
    for (auto& file : group) add_table(as_itself(file.name), std::move(file.guess), file.name);
  }
  std::vector<CsvTableGuess> finish() && { return std::move(m_tables); }

 private:
  void add_table(const std::string& glob, GuessedFiles guess, const std::string& name) {
    guess.files.glob = glob;
    m_tables.push_back({unused(table_name(name)), std::move(guess)});
  }

  std::string unused(const std::string& name) {
    std::string tried = name;
    for (int number = 2; !m_names.insert(tried).second; ++number) tried = fmt::format("{}_{}", name, number);
    return tried;
  }

  const std::vector<std::string>& m_all;
  std::set<std::string> m_names;
  std::vector<CsvTableGuess> m_tables;
};

}  // namespace

std::vector<CsvTableGuess> tables_of_files(std::vector<CsvFileShape> files, const std::vector<std::string>& all) {
  std::map<std::string, Group> groups;
  for (auto& file : files) groups[pattern_of(file.name)].push_back(std::move(file));
  Grouping grouping(all);
  for (auto& [pattern, group] : groups) grouping.add(pattern, std::move(group));
  return std::move(grouping).finish();
}

}  // namespace oubli
