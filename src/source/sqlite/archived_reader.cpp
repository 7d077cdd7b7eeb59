#include "source/sqlite/archived_reader.hpp"

#include "source/sqlite/archived_keys.hpp"
#include "source/sqlite/archived_query.hpp"
#include "source/sqlite/pass_query.hpp"

#include <algorithm>

namespace oubli::sqlite {
namespace {

std::optional<Digest> digest_from(const Value& noted) {
  Digest digest{};
  if (noted.is_null()) return std::nullopt;
  if (noted.bytes.size() != digest.size()) throw SQLite::Exception("the bookkeeping of an archived record is damaged");
  std::ranges::transform(noted.bytes, digest.begin(), [](char byte) { return static_cast<unsigned char>(byte); });
  return digest;
}

}  // namespace

ArchivedReader::ArchivedReader(OpenArchive& archive, const TablePass& pass, Selection selection)
    : m_archive(archive),
      m_pass(pass),
      m_follows(pass.table->root != pass.table->rules.table),
      m_statement(archive.file.database(), archived_query(archive, pass, selection)),
      m_judge(*pass.matcher),
      m_values(pass.table->rules.columns.size()),
      m_personal(pass.table->rules.personal.size()),
      m_key(pass.with_key ? pass.table->config.key.size() : 0),
      m_more(pass.more.size()) {
  const ArchivedTable& table = *archive.find(pass.table->config.name);
  m_has_subject = reads_subject(pass) && table.has_column(pass.table->subject->column);
  m_has_more = std::ranges::all_of(pass.more, [&](const std::string& name) { return table.has_column(name); });
  if (selection != Selection::chosen) return;
  if (pass.only->row)
    m_statement.bind(0, Value::of(*pass.only->row));
  else
    bind_key(m_statement, pass.only->key);
}

void ArchivedReader::start(std::int64_t rowid) {
  m_statement.reset();
  m_statement.bind(0, Value::of(rowid));
}

bool ArchivedReader::next() {
  if (!m_statement.step()) return false;
  read_fields();
  const ArchiveNotes& notes =
      m_notes.read(m_statement.column(k_purposes), m_statement.column(k_other_purposes), m_statement.column(k_events));
  m_judge.judge({m_values, m_personal, m_has_root ? Columns::there : Columns::unknown}, notes, m_judgement);
  return true;
}

void ArchivedReader::read_fields() {
  m_has_root = !m_statement.column(k_root).is_null();
  int field = k_first_slot;
  for (Value& value : m_values) value = m_statement.column(field++);
  for (Value& value : m_personal) value = m_statement.column(field++);
  for (Value& value : m_key) value = m_statement.column(field++);
  if (m_pass.with_subject) m_subject = subject_at(field);
  for (Value& value : m_more) value = m_statement.column(field++);
  m_as_parent = keys(m_pass.as_parent, true, field);
  m_as_child = keys(m_pass.as_child, false, field);
}

RecordSubject ArchivedReader::subject_at(int& field) const {
  const Value own = reads_subject(m_pass) ? m_statement.column(field++) : Value::of_null();
  if (const auto digest = digest_from(m_statement.column(k_subject_digest))) return RecordSubject::of_digest(*digest);
  if (!delivers_subject(m_pass)) return {};
  return m_has_subject ? RecordSubject::of(own) : RecordSubject::of_unknown();
}

std::vector<RecordKey> ArchivedReader::keys(const std::vector<std::size_t>& relations, bool as_parent, int& field) {
  std::vector<RecordKey> keys;
  for (const std::size_t relation : relations) keys.push_back(key_of(relation, as_parent, field));
  return keys;
}

RecordKey ArchivedReader::key_of(std::size_t relation, bool as_parent, int& field) {
  const Relation& its = m_archive.rules.relations.at(relation);
  if (its.follows) return !as_parent && !m_has_root ? RecordKey{} : family_key(run(), family());
  m_pointing.resize((as_parent ? its.parent_columns : its.child_columns).size());
  for (Value& value : m_pointing) value = m_statement.column(field++);
  return loose_key(m_pointing);
}

JudgedRecord ArchivedReader::record() const {
  return {m_judgement, rowid(), {}, m_judge.facts(), m_key, m_as_parent, m_as_child, m_subject, more()};
}

std::int64_t ArchivedReader::line() const { return m_statement.column(k_record).integer; }
Value ArchivedReader::run() const { return m_statement.column(k_run); }
Value ArchivedReader::family() const { return m_statement.column(k_family); }

}  // namespace oubli::sqlite
