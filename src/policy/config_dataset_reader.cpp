/// One dataset of a config: a SQLite database, CSV files, or data that is elsewhere.
#include "policy/config_readers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

enum class Erasure { immediate, weekly, manual };
constexpr Word<Erasure> k_erasures[] = {
    {"immediate", Erasure::immediate}, {"weekly", Erasure::weekly}, {"manual", Erasure::manual}};
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

void read_external(Fields& block, DatasetConfig& dataset) {
  dataset.external = block.required("external").text().value_or("");
  dataset.external_purposes = block.optional("purposes").texts();
  static_cast<void>(block.optional("ask").text());
}

void read_erasure(const Field& field) {
  const auto erasure = field.one_of(k_erasures);
  if (erasure && *erasure != Erasure::immediate) field.warn_not_supported();
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
  read_erasure(block.optional("erasure"));
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
