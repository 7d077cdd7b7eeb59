/// The blocks of a config (I2), each read by a function of its own.
#pragma once

#include "oubli/model/config.hpp"
#include "policy/fields.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace oubli {

/// A path relative to `folder`, made absolute; nothing for an absent or empty one.
[[nodiscard]] std::optional<std::filesystem::path> read_path(const Field& field, const std::filesystem::path& folder);

/// One entry of `datasets`.
[[nodiscard]] DatasetConfig read_dataset(const Field& entry, const std::filesystem::path& folder);

/// One entry of `tables`. `dataset` gives the dialect that a table's own `files` don't state.
[[nodiscard]] TableConfig read_table(const Field& entry, DatasetKind kind, const Field& dataset,
                                     const std::filesystem::path& folder);

/// One entry of a table's `events`.
[[nodiscard]] EventMapping read_event_mapping(const Field& entry);

/// The files of a CSV table: `csv`, which may be absent, and the dialect beside it.
[[nodiscard]] CsvFiles read_csv_files(Fields& block, const std::filesystem::path& folder);
/// Sets which files those are.
void set_glob(const Field& field, const std::filesystem::path& folder, CsvFiles& files);

/// A condition and the place of its first character.
struct PlacedCondition {
  std::optional<Condition> condition;
  SourceLocation where;
};
[[nodiscard]] PlacedCondition read_condition(const Field& field);

/// A name of the schema; empty where it is absent or isn't one.
[[nodiscard]] NamedColumn read_name(const Field& field);
[[nodiscard]] std::vector<NamedColumn> read_names(const Field& one_or_list);

/// `on: {contact_id: id}`; at least one pair.
[[nodiscard]] std::vector<ColumnPair> read_column_pairs(const Field& on);

}  // namespace oubli
