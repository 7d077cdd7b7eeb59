#include "source/csv/csv_dataset.hpp"

#include "oubli/model/digest.hpp"
#include "source/csv/fault.hpp"
#include "source/csv/follow_index.hpp"
#include "source/csv/subject_index.hpp"
#include "source/rewrite.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace oubli::csv {

namespace {

const RuledTable* find_ruled(const RuledDataset& rules, const std::string& table) {
  const auto found = std::find_if(rules.tables.begin(), rules.tables.end(),
                                  [&](const RuledTable& each) { return each.config.name == table; });
  return found == rules.tables.end() ? nullptr : &*found;
}

void add_names(const Condition& condition, std::vector<std::string>& names) {
  for (const auto& part : condition.parts) add_names(part, names);
  if (condition.parts.empty() && !condition.names_event) names.push_back(condition.name);
}

void add_names(const std::vector<ColumnPair>& pairs, std::vector<std::string>& names) {
  for (const auto& pair : pairs) names.push_back(pair.child.name);
}

void add_names(const DataSubject& subject, std::vector<std::string>& names) {
  if (subject.via) {
    add_names(subject.via->on, names);
  } else {
    names.push_back(subject.column.name);
  }
}

std::vector<std::string> subject_columns(const RuledTable& table) {
  if (!table.subject) return {};
  const auto& steps = table.subject->steps;
  return steps.empty() ? std::vector{table.subject->column} : steps.front().child_columns;
}

// In the order of the config, each once.
std::vector<std::string> expected_columns(const TableConfig& config) {
  std::vector<std::string> names = names_of(config.key);
  if (config.data_subject) add_names(*config.data_subject, names);
  if (config.anonymised_mark) names.push_back(config.anonymised_mark->name);
  if (config.follows) add_names(config.follows->on, names);
  for (const auto& relation : config.relations) add_names(relation.on, names);
  for (const auto& served : config.purposes) {
    if (served.condition) add_names(*served.condition, names);
  }
  for (const auto& event : config.events) {
    if (!event.column.name.empty()) names.push_back(event.column.name);
    if (event.other_table) {
      for (const auto& pair : event.other_table->on) names.push_back(pair.parent.name);
    }
    if (event.when) add_names(*event.when, names);
  }
  for (const auto& category : config.columns) {
    for (const auto& pattern : category.patterns) {
      if (pattern.name.find('*') == std::string::npos) names.push_back(pattern.name);
    }
  }
  ColumnChoice once;
  for (const auto& name : names) static_cast<void>(once.slot(name));
  return once.columns();
}

std::vector<std::string> live_columns(const CsvTable& table) {
  if (!table.dialect().header.empty()) return table.dialect().header;
  for (const auto& file : table.files) {
    const Descriptor descriptor = table.folder.open_file(file.name);
    if (const auto header = read_header(descriptor, table.dialect(), file.name)) return header->names;
  }
  const bool may_be_unknown = table.config.files->may_be_empty || !table.spared.empty();
  if (!may_be_unknown) {
    throw FileFault(table.files.front().name + " has no header line",
                    "see whether the export is complete, or name the columns in `header`");
  }
  return expected_columns(table.config);
}

void add_relations(const RuledDataset& rules, const std::string& table, TableLayout& layout) {
  const auto& relations = rules.relations;
  for (std::size_t i = 0; i < relations.size(); ++i) {
    if (relations[i].parent == table) layout.as_parent[i] = layout.choice.slots(relations[i].parent_columns);
    if (relations[i].child == table) layout.as_child[i] = layout.choice.slots(relations[i].child_columns);
    if (relations[i].child == table && relations[i].follows) layout.follows = layout.as_child[i];
  }
}

}  // namespace

std::vector<std::string> names_of(const std::vector<NamedColumn>& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  return names;
}

CsvDataset::CsvDataset(const DatasetConfig& config) : m_name(config.name) {
  for (const auto& table : config.tables) {
    with_context(m_name, table.name, [&] { m_tables.push_back(find_files(m_name, table)); });
  }
}

const RuledTable& CsvDataset::ruled(const std::string& table) const {
  const RuledTable* const found = find_ruled(*m_rules, table);
  if (found == nullptr) throw FileFault("no rules for table `" + table + "`");
  return *found;
}

CsvTable& CsvDataset::table(const std::string& name) {
  const auto found =
      std::find_if(m_tables.begin(), m_tables.end(), [&](const CsvTable& each) { return each.config.name == name; });
  if (found == m_tables.end()) throw FileFault("the dataset has no table `" + name + "`");
  return *found;
}

TableLayout CsvDataset::layout(const std::string& table) const { return table_layout(*m_rules, table); }

std::shared_ptr<const FollowIndex> CsvDataset::follow_index(const std::string& child, const Matcher& matcher) {
  KnownIndex& known = m_follow_indices[child];
  const RunDays days = matcher.days();
  const bool serves = known.index && known.days.as_of == days.as_of && known.days.clock == days.clock;
  if (!serves) known = {days, std::make_shared<const FollowIndex>(*this, child, matcher)};
  return known.index;
}

std::shared_ptr<const SubjectIndex> CsvDataset::subject_index(const RuledTable& table) {
  auto& known = m_subject_indices[table.config.name];
  if (!known) known = std::make_shared<const SubjectIndex>(*this, *table.subject, 0);
  return known;
}

void CsvDataset::forget_indices() {
  m_follow_indices.clear();
  m_subject_indices.clear();
}

TableLayout table_layout(const RuledDataset& rules, const std::string& table) {
  TableLayout layout;
  const RuledTable* const ruled = find_ruled(rules, table);
  if (ruled != nullptr) {
    if (ruled->root == table) layout.choice.append(ruled->rules.columns);
    layout.rule_columns = layout.choice.columns().size();
    layout.key = layout.choice.slots(names_of(ruled->config.key));
    layout.subject = layout.choice.slots(subject_columns(*ruled));
    for (const auto& column : ruled->rules.personal) layout.personal.push_back(layout.choice.slot(column.column));
    for (const auto& column : rewritable_columns(ruled->rules)) layout.rewritable[column] = layout.choice.slot(column);
  }
  add_relations(rules, table, layout);
  return layout;
}

TableSchema schema_of(const CsvTable& table) {
  TableSchema schema;
  schema.name = table.config.name;
  for (const auto& name : live_columns(table)) schema.columns.push_back({name, {}, false, false});
  schema.primary_key = names_of(table.config.key);
  if (!schema.primary_key.empty()) schema.unique.push_back(schema.primary_key);
  return schema;
}

RecordKey record_key(std::span<const Value> fields, const std::vector<std::size_t>& slots) {
  std::string text;
  for (const std::size_t slot : slots) {
    if (fields[slot].is_null()) return {};
    // The length first: ("ab", "c") isn't ("a", "bc").
    const std::uint64_t length = fields[slot].bytes.size();
    text.append(reinterpret_cast<const char*>(&length), sizeof length);
    text.append(fields[slot].bytes);
  }
  const Digest digest = sha256(text);
  RecordKey key{0, 0, false};
  std::memcpy(&key.high, digest.data(), sizeof key.high);
  std::memcpy(&key.low, digest.data() + sizeof key.high, sizeof key.low);
  return key;
}

}  // namespace oubli::csv
