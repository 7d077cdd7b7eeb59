#include "report/audit_groups.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oubli::report {

namespace {

bool is_of_one_owner(const FindingPlace& a, const FindingPlace& b) {
  const bool are_columns = !a.column.empty() && !b.column.empty() && a.table == b.table;
  const bool are_tables = a.column.empty() && b.column.empty() && !a.table.empty() && !b.table.empty();
  return a.dataset == b.dataset && a.side == b.side && (are_columns || are_tables);
}

bool says_the_same(const AuditFinding& a, const AuditFinding& b) {
  const bool is_plain = a.place.purpose.empty() && b.place.purpose.empty() && !a.accepted && !b.accepted;
  return is_plain && a.state == b.state && a.message == b.message && a.hint == b.hint &&
         is_of_one_owner(a.place, b.place);
}

std::string line_of(const SourceLocation& where) {
  if (where.file.empty()) return {};
  return where.line == 0 ? where.file.string() : fmt::format("{}:{}", where.file.string(), where.line);
}

}  // namespace

std::vector<Findings> grouped_findings(const std::vector<AuditFinding>& findings) {
  std::vector<Findings> groups;
  const Findings all(findings);
  for (std::size_t first = 0; first < all.size();) {
    std::size_t last = first + 1;
    while (last < all.size() && says_the_same(all[first], all[last])) ++last;
    groups.push_back(all.subspan(first, last - first));
    first = last;
  }
  return groups;
}

std::string places_of(Findings group) {
  const auto& first = group.front().place;
  if (group.size() == 1) return in_words(first);
  auto owner = first;
  const bool are_columns = !first.column.empty();
  (are_columns ? owner.column : owner.table).clear();
  std::vector<std::string> names;
  for (const auto& finding : group) names.push_back(are_columns ? finding.place.column : finding.place.table);
  return fmt::format("{}: {}", in_words(owner), fmt::join(names, ", "));
}

std::string lines_of(Findings group) {
  std::vector<std::string> lines;
  for (const auto& finding : group) {
    const auto line = line_of(finding.place.where);
    if (!line.empty() && std::ranges::count(lines, line) == 0) lines.push_back(line);
  }
  return fmt::format("{}", fmt::join(lines, ", "));
}

}  // namespace oubli::report
