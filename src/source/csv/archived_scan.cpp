#include "source/csv/archived_scan.hpp"

#include <algorithm>

namespace oubli::csv {

ArchivedScan::ArchivedScan(const ArchiveFolder& folder, const ArchivedPair& pair, const CsvDialect& dialect,
                           const ColumnChoice& choice)
    : m_records(*folder.folder(), present_file(*folder.folder(), pair.records), dialect, choice, Absent::null),
      m_lines(*folder.folder(), present_file(*folder.folder(), pair.meta)) {}

bool ArchivedScan::next() {
  if (m_records.next(m_record)) {
    m_lines.next();
    return true;
  }
  m_lines.require_end();
  return false;
}

ArchivedRecordJudge::ArchivedRecordJudge(ArchivedDataset& archive, const TablePass& pass)
    : m_pass(pass),
      m_layout(archive.layout(pass.table->config.name)),
      m_more_slots(m_layout.choice.slots(pass.more)),
      m_judge(*pass.matcher),
      m_as_parent(pass.as_parent.size()),
      m_as_child(pass.as_child.size()) {
  const std::string& table = pass.table->config.name;
  if (pass.table->root != table) m_roots = archive.roots_of(table);
}

bool ArchivedRecordJudge::judge(const ArchivedScan& scan, std::string_view file) {
  const ScannedRecord& record = scan.record();
  m_row = record.row;
  m_file = file;
  if (!is_chosen(record)) return false;
  read_keys(record);
  read_for_stops(scan);
  decide(record, scan.line().notes());
  return true;
}

JudgedRecord ArchivedRecordJudge::judged() const {
  return {m_judgement, m_row, m_file, m_facts, m_key, m_as_parent, m_as_child, m_subject, m_more};
}

bool ArchivedRecordJudge::is_chosen(const ScannedRecord& record) const {
  if (!m_pass.only) return true;
  if (m_pass.only->row) return record.row == *m_pass.only->row;
  return !record.malformed &&
         std::ranges::equal(m_pass.only->key, m_layout.key, [&](const std::string& text, std::size_t slot) {
           return record.fields[slot].bytes == text;
         });
}

void ArchivedRecordJudge::read_keys(const ScannedRecord& record) {
  m_key.clear();
  m_personal.clear();
  std::ranges::fill(m_as_parent, RecordKey{});
  std::ranges::fill(m_as_child, RecordKey{});
  if (record.malformed) return;
  for (const std::size_t slot : m_layout.personal) m_personal.push_back(record.fields[slot]);
  if (m_pass.with_key) {
    for (const std::size_t slot : m_layout.key) m_key.push_back(record.fields[slot]);
  }
  for (std::size_t i = 0; i < m_as_parent.size(); ++i)
    m_as_parent[i] = record_key(record.fields, m_layout.as_parent.at(m_pass.as_parent[i]));
  for (std::size_t i = 0; i < m_as_child.size(); ++i)
    m_as_child[i] = record_key(record.fields, m_layout.as_child.at(m_pass.as_child[i]));
}

// A column that the archived file lacks says nothing: whatever asks for it must take that for unknown.
void ArchivedRecordJudge::read_for_stops(const ArchivedScan& scan) {
  m_subject = {};
  m_more.clear();
  if (scan.record().malformed) return;
  if (m_pass.with_subject) m_subject = subject_of(scan);
  const auto is_there = [&](std::size_t slot) { return scan.records().has(slot); };
  if (!std::ranges::all_of(m_more_slots, is_there)) return;
  for (const std::size_t slot : m_more_slots) m_more.push_back(scan.record().fields[slot]);
}

RecordSubject ArchivedRecordJudge::subject_of(const ArchivedScan& scan) const {
  if (const auto digest = scan.line().subject()) return RecordSubject::of_digest(*digest);
  const auto& path = m_pass.table->subject;
  if (!path) return {};
  const bool tells = path->steps.empty() && scan.records().has(m_layout.subject.front());
  return tells ? RecordSubject::of(scan.record().fields[m_layout.subject.front()]) : RecordSubject::of_unknown();
}

void ArchivedRecordJudge::decide(const ScannedRecord& record, const ArchiveNotes& notes) {
  if (record.malformed) {
    m_facts = {};
    return m_judgement.set_aside(Outcome::malformed, m_pass.table->rules.purposes.size());
  }
  const auto own = record.fields.first(m_layout.rule_columns);
  m_values.assign(own.begin(), own.end());
  const bool are_there = !m_roots || m_roots->find(record_key(record.fields, m_layout.follows), m_values);
  if (!are_there) m_values.assign(m_pass.table->rules.columns.size(), Value::of_null());
  m_judge.judge({m_values, m_personal, are_there ? Columns::there : Columns::unknown}, notes, m_judgement);
  m_facts = m_judge.facts();
}

void for_each_archived(ArchivedDataset& archive, const TablePass& pass, RecordSink& sink) {
  const std::string& table = pass.table->config.name;
  const ArchiveFolder& folder = archive.folder(table);
  ArchivedRecordJudge judge(archive, pass);
  for (const auto& pair : folder.settled()) {
    ArchivedScan scan(folder, pair, archive.dialect(table), judge.layout().choice);
    while (scan.next()) {
      if (judge.judge(scan, pair.names.records)) sink.record(judge.judged());
    }
  }
}

}  // namespace oubli::csv
