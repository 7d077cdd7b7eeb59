/// One dataset of a config: a SQLite database, CSV files, or data that is elsewhere.
#include "policy/config_readers.hpp"
#include "policy/field_readers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

using When = ErasureSchedule::When;
constexpr Word<When> k_erasures[] = {
    {"immediate", When::immediate}, {"weekly", When::weekly}, {"manual", When::manual}};
constexpr Word<unsigned> k_weekdays[] = {{"sunday", 0},   {"monday", 1}, {"tuesday", 2}, {"wednesday", 3},
                                         {"thursday", 4}, {"friday", 5}, {"saturday", 6}};
constexpr Word<bool> k_rowids[] = {{"unused", true}};
constexpr Word<bool> k_triggers[] = {{"accepted", true}};

bool has_key(const Field& mapping, std::string_view key) {
  return mapping.is_mapping() && mapping.node()->find(key) != nullptr;
}

/// CSV tables may name their files themselves.
bool has_files_in_tables(const Field& dataset) {
  if (!has_key(dataset, "tables")) return false;
  const auto& tables = dataset.node()->find("tables")->entries;
  return std::any_of(tables.begin(), tables.end(),
                     [](const auto& table) { return table.value.find("files") != nullptr; });
}

/// Nothing where the dataset doesn't say, or says two.
std::optional<DatasetKind> kind_of(const Field& dataset, const Fields& block) {
  std::vector<DatasetKind> kinds;
  if (has_key(dataset, "sqlite")) kinds.push_back(DatasetKind::sqlite);
  if (has_key(dataset, "csv") || has_files_in_tables(dataset)) kinds.push_back(DatasetKind::csv);
  if (has_key(dataset, "external")) kinds.push_back(DatasetKind::external);
  if (kinds.size() == 1) return kinds.front();
  if (kinds.empty()) {
    block.error("missing-key", fmt::format("dataset '{}' doesn't say where its data is", dataset.name()),
                "add 'sqlite: …', 'csv: …' or 'external: …'");
  } else {
    block.error("conflict", fmt::format("dataset '{}' is of two kinds", dataset.name()),
                "keep one of 'sqlite', 'csv' (or 'files') and 'external'");
  }
  return std::nullopt;
}

/// `{dated: 2026-05-02, document: Certificate 17, valid_for: 1 year}`.
std::optional<DeletionProof> read_proof(const Field& field) {
  if (!field) return std::nullopt;
  DeletionProof proof;
  proof.where = field.where();
  Fields block = field.fields();
  const auto dated = block.required("dated").day();
  proof.document = block.required("document").text().value_or("");
  if (const auto valid_for = read_period(block.optional("valid_for"))) proof.valid_for = *valid_for;
  if (!dated) return std::nullopt;
  proof.dated = *dated;
  return proof;
}

void read_external(Fields& block, DatasetConfig& dataset) {
  dataset.external = block.required("external").text().value_or("");
  dataset.external_purposes = block.optional("purposes").texts();
  static_cast<void>(block.optional("ask").text());
  dataset.proof = read_proof(block.optional("proof"));
}

/// "01:30" is the 90th minute of a day, "24:00" its end.
std::optional<int> read_minute(const Field& field) {
  const auto text = field.text();
  if (!text) return std::nullopt;
  const auto is_digit = [&](std::size_t place) { return (*text)[place] >= '0' && (*text)[place] <= '9'; };
  const bool is_shaped =
      text->size() == 5 && (*text)[2] == ':' && is_digit(0) && is_digit(1) && is_digit(3) && is_digit(4);
  const int hour = is_shaped ? ((*text)[0] - '0') * 10 + (*text)[1] - '0' : 0;
  const int minute = is_shaped ? ((*text)[3] - '0') * 10 + (*text)[4] - '0' : 0;
  const int sum = hour * 60 + minute;
  if (is_shaped && minute < 60 && sum <= 24 * 60) return sum;
  field.error("time", fmt::format("'{}' is no time of day", *text), "write it as \"01:30\"");
  return std::nullopt;
}

/// `{weekly: sunday, from: "01:00", to: "05:00"}`.
ErasureSchedule read_week(const Field& field) {
  ErasureSchedule schedule{When::weekly};
  Fields block = field.fields();
  schedule.weekday = block.required("weekly").one_of(k_weekdays).value_or(schedule.weekday);
  schedule.from = read_minute(block.optional("from")).value_or(schedule.from);
  schedule.to = read_minute(block.optional("to")).value_or(schedule.to);
  return schedule;
}

// A CSV file is written anew when records go: nothing is left to be erased later.
ErasureSchedule read_erasure(const Field& field, DatasetKind kind) {
  if (!field) return {};
  const auto schedule =
      field.is_mapping() ? read_week(field) : ErasureSchedule{field.one_of(k_erasures).value_or(When::immediate)};
  if (kind == DatasetKind::csv && schedule.when != When::immediate) {
    field.error("conflict", "a CSV file is erased when it is written anew, and can't be later", "leave 'erasure' out");
  }
  return schedule;
}

void read_free_tables(const Field& field, DatasetConfig& dataset) {
  Fields block = field.fields();
  dataset.no_personal_data = read_names(block.required("tables"));
  static_cast<void>(block.optional("because").text());
}

void read_sqlite(Fields& block, DatasetConfig& dataset, const std::filesystem::path& folder) {
  dataset.path = read_path(block.required("sqlite"), folder).value_or("");
  dataset.rowids_unused = block.optional("rowids").one_of(k_rowids).value_or(false);
  dataset.triggers_accepted = block.optional("triggers").one_of(k_triggers).value_or(false);
}

void check_files(const Fields& block, const DatasetConfig& dataset) {
  for (const auto& table : dataset.tables) {
    if (table.files) continue;
    block.self().findings().error(table.where, "missing-key",
                                  fmt::format("table '{}' doesn't say in which files it is", table.name),
                                  "add 'files: …' to it");
  }
}

/// `csv` and a dialect at the dataset are the short form for its only table.
void read_csv(Fields& block, DatasetConfig& dataset, const std::filesystem::path& folder) {
  const bool is_short = has_key(block.self(), "csv");
  // Without `csv` the dialect is only what the tables' own files go by, and is read with them.
  const CsvFiles files = read_csv_files(block, folder);
  if (!is_short) return check_files(block, dataset);
  if (dataset.tables.size() > 1) {
    block.error("conflict", fmt::format("dataset '{}' has 'csv' and several tables", dataset.name),
                "write 'files: …' in each table instead of 'csv'");
  }
  for (auto& table : dataset.tables) table.files = files;
}

/// A file name is made of it: the table's archive.
void check_table_name(const Field& table, DatasetKind kind) {
  if (kind == DatasetKind::csv) {
    static_cast<void>(table.has_identifier_name());
  } else if (table.name().empty()) {
    table.findings().error(table.name_where(), "name", "a table's name is empty", "write the table's name");
  }
}

void read_mapped(Fields& block, DatasetConfig& dataset, const std::filesystem::path& folder) {
  const Field policy = block.optional("policy");
  dataset.policy = policy.text().value_or("");
  if (policy) dataset.policy_where = policy.where();
  dataset.plausible_from = block.optional("plausible_from").day().value_or(dataset.plausible_from);
  dataset.erasure = read_erasure(block.optional("erasure"), dataset.kind);
  if (const Field free = block.optional("no_personal_data")) read_free_tables(free, dataset);
  for (const auto& entry : block.required("tables").entries()) {
    check_table_name(entry, dataset.kind);
    dataset.tables.push_back(read_table(entry, dataset.kind, block.self(), folder));
  }
}

}  // namespace

DatasetConfig read_dataset(const Field& entry, const std::filesystem::path& folder) {
  DatasetConfig dataset;
  static_cast<void>(entry.has_identifier_name());
  dataset.name = entry.name();
  dataset.where = entry.name_where();
  Fields block = entry.fields();
  const auto kind = block ? kind_of(entry, block) : std::nullopt;
  if (!kind) {
    block.ignore_rest();
    return dataset;
  }
  dataset.kind = *kind;
  if (*kind == DatasetKind::external) {
    read_external(block, dataset);
    return dataset;
  }
  read_mapped(block, dataset, folder);
  if (*kind == DatasetKind::sqlite) read_sqlite(block, dataset, folder);
  if (*kind == DatasetKind::csv) read_csv(block, dataset, folder);
  return dataset;
}

}  // namespace oubli
