// 2xx: whether everything there is was looked at, and is known for what it is.

#include "audit/check_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oubli::audit {

namespace {

std::vector<const TableFacts*> live_tables(const AuditFacts& facts) {
  std::vector<const TableFacts*> tables;
  for_each_table(facts, [&](const TableFacts& table) {
    if (table.side == Side::live) tables.push_back(&table);
  });
  return tables;
}

void for_each_column(const AuditFacts& facts, TableStanding standing,
                     const std::function<void(const TableFacts&, const ColumnFacts&)>& use) {
  for (const auto* table : live_tables(facts)) {
    if (table->standing != standing) continue;
    for (const auto& column : table->columns) use(*table, column);
  }
}

std::optional<Likeness> likeness_of(const AuditFacts& facts, const ColumnFacts& column) {
  return likeness(column.name, column.survey, facts.today);
}

/// "; email looks like an e-mail address: 97 % of 200 values": what an unmapped table seems to hold.
std::string seen_in(const AuditFacts& facts, const TableFacts& table) {
  std::vector<std::string> seen;
  for (const auto& column : table.columns) {
    if (const auto like = likeness_of(facts, column)) seen.push_back(column.name + " " + in_words(*like));
  }
  return seen.empty() ? std::string() : fmt::format("; {}", fmt::join(seen, "; "));
}

void add_dataset(const AuditFacts& facts, const DatasetFacts& dataset, CheckResult& result) {
  for (const auto& [name, diagnostic] : dataset.failures) {
    result.findings.push_back(
        failure({dataset.name, {}, Side::live, {}, {}, dataset.where},
                (name == dataset.name ? "" : name + " ") + "could not be read: " + diagnostic.message,
                diagnostic.hint.empty() ? "make it readable and run again" : diagnostic.hint));
  }
  if (!dataset.failures.empty() || !facts.is_runnable) return;
  const auto has_records = [](const TableFacts& table) { return table.records > 0; };
  if (std::ranges::any_of(dataset.tables, has_records)) return;
  result.findings.push_back(failure({dataset.name, {}, Side::live, {}, {}, dataset.where},
                                    "holds no record: nothing looked at is not compliance",
                                    "see whether the config names the right file"));
}

CheckResult check_looked_at(const AuditFacts& facts) {
  std::int64_t records = 0;
  for_each_table(facts, [&](const TableFacts& table) { records += table.records; });
  CheckResult result{fmt::format("{}, {}", counted(static_cast<std::int64_t>(facts.datasets.size()), "dataset"),
                                 counted(records, "record"))};
  for (const auto& dataset : facts.datasets) add_dataset(facts, dataset, result);
  if (!facts.is_runnable) {
    result.findings.push_back(failure({}, "no dataset was looked at: the policies or the config can't be applied",
                                      "correct what check 101 names, or leave it out"));
  } else if (facts.datasets.empty()) {
    result.findings.push_back(
        failure({}, "no dataset was looked at", "name one in the config, or widen the selection"));
  }
  return result;
}

AuditFinding unmapped(const AuditFacts& facts, const TableFacts& table) {
  constexpr auto k_hint = "map it, or list it under `no_personal_data` with the reason";
  if (table.records == 0) return caution(place_of(table), "empty, and nobody mapped it", k_hint);
  return failure(place_of(table),
                 fmt::format("{} in a table nobody mapped{}", counted(table.records, "record"), seen_in(facts, table)),
                 k_hint);
}

CheckResult check_tables(const AuditFacts& facts) {
  const auto tables = live_tables(facts);
  if (tables.empty()) return not_applicable("no table was read");
  CheckResult result{counted(static_cast<std::int64_t>(tables.size()), "table")};
  for (const auto* table : tables) {
    if (table->standing == TableStanding::unmapped) result.findings.push_back(unmapped(facts, *table));
  }
  return result;
}

AuditFinding uncovered(const AuditFacts& facts, const TableFacts& table, const ColumnFacts& column) {
  const auto like = likeness_of(facts, column);
  const std::string words = "under no category and not technical";
  if (like)
    return failure(place_of(table, column), fmt::format("{}; {}", words, in_words(*like)),
                   "list it under its data category");
  return caution(place_of(table, column), words, "list it under a data category or as technical");
}

CheckResult check_columns(const AuditFacts& facts) {
  CheckResult result;
  std::int64_t columns = 0;
  for_each_column(facts, TableStanding::mapped, [&](const TableFacts& table, const ColumnFacts& column) {
    ++columns;
    if (column.coverage == Coverage::uncovered) result.findings.push_back(uncovered(facts, table, column));
  });
  if (columns == 0) return not_applicable("no column was read");
  result.figure = counted(columns, "column");
  return result;
}

// Only content tells against what a person declared: the name was in front of their eyes.
CheckResult check_declared_free(const AuditFacts& facts) {
  CheckResult result;
  std::int64_t columns = 0;
  const auto look_at = [&](const TableFacts& table, const ColumnFacts& column, std::string_view declared) {
    ++columns;
    const auto like = likeness_of(facts, column);
    if (!like || !like->by_content()) return;
    result.findings.push_back(caution(place_of(table, column), fmt::format("{}; {}", declared, in_words(*like)),
                                      "see what it holds, and list it under its data category"));
  };
  for_each_column(facts, TableStanding::mapped, [&](const TableFacts& table, const ColumnFacts& column) {
    if (column.coverage == Coverage::technical) look_at(table, column, "declared technical");
  });
  for_each_column(facts, TableStanding::declared_free, [&](const TableFacts& table, const ColumnFacts& column) {
    look_at(table, column, "in a table declared free of personal data");
  });
  if (columns == 0) return not_applicable("nothing is declared free of personal data");
  result.figure = counted(columns, "column");
  return result;
}

CheckResult check_needed(const AuditFacts& facts) {
  CheckResult result;
  std::int64_t columns = 0;
  for_each_column(facts, TableStanding::mapped, [&](const TableFacts& table, const ColumnFacts& column) {
    if (column.coverage != Coverage::category) return;
    ++columns;
    if (column.is_needed) return;
    result.findings.push_back(
        caution(place_of(table, column),
                fmt::format("under {}, which no purpose of the table lists", fmt::join(column.categories, ", ")),
                "stop collecting it, or say which purpose needs it"));
  });
  if (columns == 0) return not_applicable("no column is under a category");
  result.figure = counted(columns, "column");
  return result;
}

CheckResult check_empty(const AuditFacts& facts) {
  CheckResult result;
  std::int64_t columns = 0;
  for_each_column(facts, TableStanding::mapped, [&](const TableFacts& table, const ColumnFacts& column) {
    if (column.coverage == Coverage::technical || column.survey.records == 0) return;
    ++columns;
    if (!column.survey.is_always_empty()) return;
    result.findings.push_back(caution(place_of(table, column),
                                      fmt::format("empty in each of {}", counted(column.survey.records, "record")),
                                      "drop the column: what isn't needed shouldn't be asked for"));
  });
  if (columns == 0) return not_applicable("no personal column was read");
  result.figure = counted(columns, "column");
  return result;
}

/// What wasn't looked at isn't free of copies.
CheckResult over_files(const FoundFiles& files) {
  CheckResult result{counted(files.looked_at, "file")};
  for (const auto& [folder, why] : files.unreadable) {
    result.findings.push_back(failure({}, fmt::format("{} could not be looked through: {}", folder.string(), why),
                                      "make it readable for who runs this, or name other folders"));
  }
  return result;
}

CheckResult check_strays(const AuditFacts& facts) {
  if (!facts.under_roots) return not_applicable("no --roots given");
  auto result = over_files(*facts.under_roots);
  for (const auto& file : facts.under_roots->strays) {
    result.findings.push_back(
        failure({}, file.string() + " is in no dataset", "put it under a policy, or remove the copy"));
  }
  return result;
}

// Nobody said that these are data: it is a question.
CheckResult check_beside_csv(const AuditFacts& facts) {
  if (!facts.beside_csv) return not_applicable("there is no CSV table");
  auto result = over_files(*facts.beside_csv);
  for (const auto& file : facts.beside_csv->strays) {
    result.findings.push_back(caution({}, file.string() + " lies beside a table's files and belongs to none",
                                      "map it, widen the pattern, or move it away"));
  }
  return result;
}

constexpr CheckLine k_checks[] = {
    {201, "looked-at", "every dataset was read and holds records", "GDPR art. 5(2), 24(1)", check_looked_at},
    {202, "unmapped-table", "every table is mapped", "GDPR art. 5(2), 30(1)(c)", check_tables},
    {203, "uncovered-column", "every column is mapped", "GDPR art. 5(1)(c), 30(1)(c)", check_columns},
    {204, "declared-free", "what is declared harmless looks so", "GDPR art. 4(1), 30(1)(c)", check_declared_free},
    {205, "unneeded-column", "a purpose needs every column", "GDPR art. 5(1)(b), 5(1)(c)", check_needed},
    {206, "empty-column", "no personal column is always empty", "GDPR art. 5(1)(c), 25(2)", check_empty},
    {207, "stray-file", "no copy lies beside the datasets", "GDPR art. 5(1)(f), 5(2), 30", check_strays},
    {208, "file-beside", "no other file lies beside the CSV tables", "GDPR art. 5(2), 30(1)(c)", check_beside_csv},
};

}  // namespace

std::span<const CheckLine> mapping_checks() { return k_checks; }

}  // namespace oubli::audit
