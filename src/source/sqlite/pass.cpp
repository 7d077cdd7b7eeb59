#include "source/sqlite/pass.hpp"

#include "source/sqlite/pass_query.hpp"
#include "source/sqlite/typed_bytes.hpp"

namespace oubli::sqlite {
namespace {

std::vector<std::size_t> parent_widths(const OpenDataset& dataset, const TablePass& pass) {
  std::vector<std::size_t> widths;
  for (const std::size_t relation : pass.as_child)
    widths.push_back(dataset.catalog.plain_table(dataset.rules.relations.at(relation).parent).identity.size());
  return widths;
}

bool follows(const OpenDataset& dataset, const TablePass& pass) {
  return followed_relation(dataset.rules, pass.table->config.name) != nullptr;
}

}  // namespace

PassReader::PassReader(OpenDataset& dataset, const TablePass& pass, Selection selection)
    : m_dataset(dataset),
      m_pass(pass),
      m_follows(follows(dataset, pass)),
      m_by_rowid(dataset.catalog.plain_table(pass.table->config.name).by_rowid),
      m_has_events_elsewhere(dataset.events != nullptr && dataset.events->gives(*pass.table)),
      m_parent_widths(parent_widths(dataset, pass)),
      m_statement(dataset.database, pass_query(dataset, pass, selection)),
      m_identity(dataset.catalog.plain_table(pass.table->config.name).identity.size()),
      m_values(pass.table->rules.columns.size()),
      m_personal(pass.table->rules.personal.size()),
      m_key(pass.with_key ? pass.table->config.key.size() : 0),
      m_more(pass.more.size()),
      m_as_parent(pass.as_parent.size()),
      m_as_child(pass.as_child.size()) {
  if (selection == Selection::chosen) bind_choice();
}

void PassReader::bind_choice() {
  if (!m_pass.only->row)
    bind_key(m_statement, m_pass.only->key);
  else if (m_by_rowid)
    m_statement.bind(0, Value::of(*m_pass.only->row));
  else
    m_only_ordinal = m_pass.only->row;
}

void PassReader::start(std::string_view identity) {
  m_statement.reset();
  m_statement.bind_all(values_from(identity));
}

bool PassReader::next() {
  do {
    if (!m_statement.step()) return false;
    ++m_ordinal;
  } while (m_only_ordinal && m_ordinal != *m_only_ordinal);
  read_fields();
  judge();
  return true;
}

void PassReader::read_fields() {
  int column = 0;
  for (Value& value : m_identity) m_statement.read_column(column++, value);
  if (m_follows) m_has_parent = !m_statement.column(column++).is_null();
  for (Value& value : m_values) m_statement.read_column(column++, value);
  for (Value& value : m_personal) m_statement.read_column(column++, value);
  for (Value& value : m_key) m_statement.read_column(column++, value);
  if (delivers_subject(m_pass)) {
    read_subject(column);
    column += 2;
  }
  for (Value& value : m_more) m_statement.read_column(column++, value);
  for (std::size_t i = 0; i < m_as_child.size(); ++i) {
    m_parent.resize(m_parent_widths[i]);
    for (Value& value : m_parent) m_statement.read_column(column++, value);
    m_as_child[i] = record_key(m_parent);
  }
  if (!m_as_parent.empty()) m_as_parent.assign(m_as_parent.size(), record_key(m_identity));
}

void PassReader::read_subject(int column) {
  const bool is_broken = m_statement.column(column).integer != 0;
  m_subject = is_broken ? RecordSubject::of_unknown() : RecordSubject::of(m_statement.column(column + 1));
}

void PassReader::judge() {
  m_given.clear();
  if (m_has_parent) {
    if (m_has_events_elsewhere) m_dataset.events->read(*m_pass.table, m_pass.matcher->days(), m_values, m_given);
    return m_pass.matcher->judge(facts(), m_judgement);
  }
  m_judgement.set_aside(Outcome::unassigned, m_pass.table->rules.purposes.size());
}

JudgedRecord PassReader::record() const {
  const std::int64_t row = m_by_rowid ? m_identity.front().integer : m_ordinal;
  return {m_judgement, row, {}, facts(), m_key, m_as_parent, m_as_child, m_subject, m_more};
}

std::string PassReader::identity() const { return typed_bytes(m_identity); }

}  // namespace oubli::sqlite
