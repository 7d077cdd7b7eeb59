/// One table of a config: whose data it holds, for which purposes, and which column is what.
#include "policy/config_readers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

constexpr Word<TableMode> k_modes[] = {{"enforce", TableMode::enforce}, {"observe", TableMode::observe}};
constexpr Word<PartialEnd> k_partial_ends[] = {{"flag", PartialEnd::flag}, {"minimise", PartialEnd::minimise}};

void check_once(const Field& list, const std::vector<NamedColumn>& names) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    const bool is_before =
        std::any_of(names.begin(), name, [&](const auto& other) { return other.name == name->name; });
    if (!is_before) continue;
    list.findings().error(name->where, "duplicate", fmt::format("'{}' is listed twice", name->name), "list it once");
  }
}

/// A column, or a way through another table (S18).
std::optional<DataSubject> read_data_subject(const Field& field) {
  if (!field) return std::nullopt;
  if (!field.is_mapping()) return DataSubject{read_name(field), {}};
  Fields block = field.fields();
  return DataSubject{{}, DeclaredRelation{read_name(block.required("via")), read_column_pairs(block.required("on"))}};
}

std::optional<DeclaredRelation> read_follows(Fields& block) {
  const Field parent = block.optional("follows");
  const Field on = block.optional("on");
  if (!parent) {
    if (on) {
      on.findings().error(on.name_where(), "conflict", "'on' has no meaning without 'follows'",
                          "add 'follows: …', or leave it out");
    }
    return std::nullopt;
  }
  if (!on) block.report_missing("on", "add 'on: {…: …}', this table's column and the one it points to");
  return DeclaredRelation{read_name(parent), read_column_pairs(on)};
}

ServedPurpose read_served_purpose(const Field& entry) {
  ServedPurpose served;
  served.purpose = entry.name();
  served.where = entry.name_where();
  Fields block = entry.fields();
  const auto [condition, where] = read_condition(block.optional("where"));
  served.condition = condition;
  served.condition_where = where;
  return served;
}

CategoryColumns read_category(const Field& entry) {
  CategoryColumns category{entry.name(), read_names(entry), entry.name_where()};
  check_once(entry, category.patterns);
  return category;
}

DeclaredRelation read_relation(const Field& item) {
  Fields block = item.fields();
  return {read_name(block.required("parent")), read_column_pairs(block.required("on"))};
}

std::optional<CsvFiles> read_files(const Field& files, const Field& dataset, const std::filesystem::path& folder) {
  if (!files) return std::nullopt;
  if (dataset.node()->find("csv") != nullptr) {
    files.findings().error(files.name_where(), "conflict", "the dataset has 'csv' and this table has 'files'",
                           "write 'files' in each table, or 'csv' for the only one");
    return std::nullopt;
  }
  if (files.is_mapping()) {
    Fields block = files.fields(dataset.node());
    if (!block.has_own("csv")) block.report_missing("csv", "add 'csv: …', the path of its files");
    return read_csv_files(block, folder);
  }
  Fields dialect(dataset, nullptr, Fields::Extent::partial);
  CsvFiles read = read_csv_files(dialect, folder);
  dialect.ignore_rest();
  set_glob(files, folder, read);
  return read;
}

void read_mapping(Fields& block, TableConfig& table) {
  for (const auto& entry : block.optional("purposes").entries()) table.purposes.push_back(read_served_purpose(entry));
  for (const auto& entry : block.optional("columns").entries()) table.columns.push_back(read_category(entry));
  for (const auto& entry : block.optional("events").entries()) table.events.push_back(read_event_mapping(entry));
  for (const auto& item : block.optional("relations").items()) table.relations.push_back(read_relation(item));
}

}  // namespace

NamedColumn read_name(const Field& field) {
  const auto text = field.text();
  if (!text) return {};
  if (text->empty()) field.error("name", fmt::format("'{}' names nothing", field.name()), "write a name");
  return {*text, field.where()};
}

std::vector<NamedColumn> read_names(const Field& one_or_list) {
  std::vector<NamedColumn> names;
  for (const auto& item : one_or_list.one_or_more()) names.push_back(read_name(item));
  return names;
}

std::vector<ColumnPair> read_column_pairs(const Field& on) {
  std::vector<ColumnPair> pairs;
  for (const auto& entry : on.entries()) {
    pairs.push_back({{entry.name(), entry.name_where()}, read_name(entry)});
  }
  if (on.is_mapping() && pairs.empty()) {
    on.error("missing-key", "'on' names no column",
             "write this table's column and the one it points to: {child: parent}");
  }
  return pairs;
}

PlacedCondition read_condition(const Field& field) {
  const auto text = field.text();
  if (!text) return {};
  auto read = condition_from_text(*text);
  if (const auto* const complaint = std::get_if<Complaint>(&read)) {
    field.refuse(*complaint);
    return {};
  }
  SourceLocation where = field.where();
  where.column += field.node()->quoted ? 1 : 0;
  return {std::get<Condition>(std::move(read)), where};
}

TableConfig read_table(const Field& entry, DatasetKind kind, const Field& dataset,
                       const std::filesystem::path& folder) {
  TableConfig table;
  table.name = entry.name();
  table.where = entry.name_where();
  Fields block = entry.fields();
  const Field key = block.optional("key");
  table.key = read_names(key);
  check_once(key, table.key);
  table.data_subject = read_data_subject(block.optional("data_subject"));
  table.follows = read_follows(block);
  read_mapping(block, table);
  table.mode = block.optional("mode").one_of(k_modes).value_or(TableMode::enforce);
  table.on_partial_end = block.optional("on_partial_end").one_of(k_partial_ends).value_or(PartialEnd::unstated);
  if (const Field mark = block.optional("anonymised_mark")) table.anonymised_mark = read_name(mark);
  if (kind == DatasetKind::csv) table.files = read_files(block.optional("files"), dataset, folder);
  return table;
}

}  // namespace oubli
