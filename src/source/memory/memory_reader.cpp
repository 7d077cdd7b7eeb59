#include "source/memory/memory_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oubli::memory {

namespace {

/// A number as a person types it; 5 and 5.0 are both "5".
std::string number_text(const Value& value) {
  constexpr double k_exact = 9007199254740992.0;  // 2^53
  if (value.type == Value::Type::integer) return std::to_string(value.integer);
  const bool is_integral = std::trunc(value.real) == value.real && std::abs(value.real) <= k_exact;
  return is_integral ? std::to_string(static_cast<std::int64_t>(value.real)) : fmt::format("{}", value.real);
}

std::string typed_text(const Value& value) {
  if (value.type == Value::Type::text || value.type == Value::Type::blob) return std::string(value.bytes);
  return value.is_null() ? std::string() : number_text(value);
}

}  // namespace

std::vector<Value> fields(const MemoryTable& table, const Row& row, const std::vector<std::string>& columns,
                          Side side) {
  std::vector<Value> values;
  for (const std::string& name : columns) {
    const auto column = std::ranges::find(table.schema.columns, name, &ColumnSchema::name);
    const auto place = static_cast<std::size_t>(column - table.schema.columns.begin());
    const bool is_there = column != table.schema.columns.end();
    if (!is_there && side == Side::live)
      throw Error(Cause::dataset, fmt::format("{}: no column {}", table.schema.name, name));
    values.push_back(is_there ? row.at(place).view() : Value::of_null());
  }
  return values;
}

RecordKey KeyNumbers::key(std::span<const Value> values) {
  std::string text;
  for (const Value& value : values) {
    if (value.is_null()) return {};
    const bool is_number = value.type == Value::Type::integer || value.type == Value::Type::real;
    const auto kind = is_number ? Value::Type::integer : value.type;
    const std::string field = typed_text(value);
    text += fmt::format("{}:{}:{}", static_cast<int>(kind), field.size(), field);
  }
  return {0, m_numbers.emplace(text, m_numbers.size()).first->second, false};
}

MemoryTable* RuledMemory::find(const std::string& name) const {
  auto& tables = side == Side::live ? dataset.tables : dataset.archive;
  const auto found = std::ranges::find(tables, name, [](const MemoryTable& each) { return each.schema.name; });
  return found == tables.end() ? nullptr : &*found;
}

MemoryTable& RuledMemory::table(const std::string& name) const {
  MemoryTable* const found = find(name);
  if (found == nullptr) throw Error(Cause::dataset, fmt::format("no table {}", name));
  return *found;
}

const Relation* RuledMemory::followed(const std::string& child) const {
  const auto found = std::ranges::find_if(
      rules.relations, [&](const Relation& relation) { return relation.follows && relation.child == child; });
  return found == rules.relations.end() ? nullptr : &*found;
}

RecordKey RuledMemory::key(const MemoryTable& its_table, const Row& row, const std::vector<std::string>& columns) {
  return numbers.key(fields(its_table, row, columns, side));
}

// ---------------------------------------------------------------- MemoryReader

MemoryReader::MemoryReader(RuledMemory& memory, const TablePass& pass)
    : m_memory(memory),
      m_pass(pass),
      m_table(memory.table(pass.table->rules.table)),
      m_archived(*pass.matcher) {
  for (const NamedColumn& column : pass.table->config.key) m_key_columns.push_back(column.name);
  for (const PersonalColumn& column : pass.table->rules.personal) m_personal_columns.push_back(column.column);
}

bool MemoryReader::is_chosen(std::size_t row) const {
  if (!m_pass.only) return true;
  if (m_pass.only->row) return *m_pass.only->row == static_cast<std::int64_t>(row) + 1;
  const auto values = fields(m_table, m_table.rows[row], m_key_columns, m_memory.side);
  return std::ranges::equal(values, m_pass.only->key, {}, typed_text);
}

bool MemoryReader::read(std::size_t row) {
  if (!is_chosen(row)) return false;
  const Row& fields_of_row = m_table.rows[row];
  const auto& relations = m_memory.rules.relations;
  m_row = row;
  m_key = m_pass.with_key ? fields(m_table, fields_of_row, m_key_columns, m_memory.side) : std::vector<Value>();
  m_subject = m_pass.with_subject ? subject_of(fields_of_row) : RecordSubject{};
  m_more = more_of(fields_of_row);
  m_as_parent.clear();
  for (const std::size_t relation : m_pass.as_parent) {
    m_as_parent.push_back(m_memory.key(m_table, fields_of_row, relations.at(relation).parent_columns));
  }
  m_as_child.clear();
  for (const std::size_t relation : m_pass.as_child) {
    m_as_child.push_back(m_memory.key(m_table, fields_of_row, relations.at(relation).child_columns));
  }
  m_personal = fields(m_table, fields_of_row, m_personal_columns, m_memory.side);
  judge(root_row(fields_of_row));
  return true;
}

// Of a row without one of the columns nothing is said: whatever asks for them must take that for unknown.
std::vector<Value> MemoryReader::more_of(const Row& row) const {
  const auto has = [&](const std::string& name) {
    return std::ranges::find(m_table.schema.columns, name, &ColumnSchema::name) != m_table.schema.columns.end();
  };
  const bool are_there = m_memory.side == Side::live || std::ranges::all_of(m_pass.more, has);
  return are_there ? fields(m_table, row, m_pass.more, m_memory.side) : std::vector<Value>();
}

RecordSubject MemoryReader::subject_of(const Row& row) const {
  return m_memory.side == Side::archive ? archived_subject_of(row) : live_subject_of(row);
}

// No digest is kept here: there is no key.
RecordSubject MemoryReader::archived_subject_of(const Row& row) const {
  const auto& path = m_pass.table->subject;
  if (!path) return {};
  const auto& columns = m_table.schema.columns;
  const bool tells = path->steps.empty() && std::ranges::count(columns, path->column, &ColumnSchema::name) > 0;
  return tells ? RecordSubject::of(fields(m_table, row, {path->column}, Side::archive).front())
               : RecordSubject::of_unknown();
}

RecordSubject MemoryReader::live_subject_of(const Row& row) const {
  const auto& path = m_pass.table->subject;
  if (!path) return {};
  const Row* at = &row;
  const MemoryTable* table = &m_table;
  for (const Relation& step : path->steps) {
    const RecordKey wanted = m_memory.key(*table, *at, step.child_columns);
    if (wanted.null) return {};
    table = &m_memory.table(step.parent);
    const auto found = std::ranges::find_if(table->rows, [&](const Row& candidate) {
      return m_memory.key(*table, candidate, step.parent_columns) == wanted;
    });
    if (found == table->rows.end()) return RecordSubject::of_unknown();
    at = &*found;
  }
  return RecordSubject::of(fields(*table, *at, {path->column}).front());
}

/// The record whose purposes decide (S12): up from parent to parent; nullptr without one.
const Row* MemoryReader::root_row(const Row& row) const {
  const Row* at = &row;
  const MemoryTable* table = &m_table;
  while (table->schema.name != m_pass.table->root) {
    const Relation* const relation = m_memory.followed(table->schema.name);
    if (relation == nullptr || m_memory.find(relation->parent) == nullptr) return nullptr;
    const MemoryTable& parent = m_memory.table(relation->parent);
    const RecordKey wanted = m_memory.key(*table, *at, relation->child_columns);
    const auto found = std::ranges::find_if(parent.rows, [&](const Row& candidate) {
      return !wanted.null && m_memory.key(parent, candidate, relation->parent_columns) == wanted;
    });
    if (found == parent.rows.end()) return nullptr;
    at = &*found;
    table = &parent;
  }
  return at;
}

void MemoryReader::judge(const Row* root) {
  const TableRules& rules = m_pass.table->rules;
  m_values.assign(rules.columns.size(), Value::of_null());
  if (root != nullptr) m_values = fields(m_memory.table(m_pass.table->root), *root, rules.columns, m_memory.side);
  m_facts = {m_values, {}, {}, m_personal};
  if (m_memory.side == Side::archive) return judge_archived(root);
  if (root == nullptr) return m_judgement.set_aside(Outcome::unassigned, rules.purposes.size());
  m_memory.events->read(*m_pass.table, m_pass.matcher->days(), m_values, m_given);
  m_facts.given = m_given;
  m_pass.matcher->judge(m_facts, m_judgement);
}

void MemoryReader::judge_archived(const Row* root) {
  const ArchiveNotes notes = m_row < m_table.notes.size() ? m_table.notes[m_row] : ArchiveNotes{};
  m_archived.judge({m_values, m_personal, root == nullptr ? Columns::unknown : Columns::there}, notes, m_judgement);
  m_facts = m_archived.facts();
}

JudgedRecord MemoryReader::record() const {
  return {m_judgement, static_cast<std::int64_t>(m_row) + 1, {}, m_facts, m_key, m_as_parent, m_as_child,
          m_subject,   m_more};
}

}  // namespace oubli::memory
