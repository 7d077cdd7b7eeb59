#include "source/csv/record_judge.hpp"

#include "source/csv/alike_records.hpp"

#include <algorithm>

namespace oubli::csv {

namespace {

template <class Learn>
void judge_each(FileScan& scan, RecordJudge& judge, RecordSink& sink, Learn learn) {
  for (ScannedRecord record; scan.next(record);) {
    if (!judge.judge(record, scan.file().name)) continue;
    sink.record(judge.judged());
    learn(record);
  }
}

}  // namespace

RecordJudge::RecordJudge(CsvDataset& dataset, const TablePass& pass)
    : m_dataset(dataset),
      m_pass(pass),
      m_layout(dataset.layout(pass.table->config.name)),
      m_more_slots(m_layout.choice.slots(pass.more)),
      m_is_glob(dataset.table(pass.table->config.name).is_glob),
      m_has_events_elsewhere(dataset.events().gives(*pass.table)),
      m_as_parent(pass.as_parent.size()),
      m_as_child(pass.as_child.size()) {
  const std::string& table = pass.table->config.name;
  if (pass.table->root != table) m_parents = dataset.follow_index(table, *pass.matcher);
  const auto& path = pass.table->subject;
  if (pass.with_subject && path && !path->steps.empty()) m_subjects = dataset.subject_index(*pass.table);
}

bool RecordJudge::judge(const ScannedRecord& record, std::string_view file) {
  m_row = record.row;
  m_file = m_is_glob ? file : std::string_view();
  if (!is_chosen(record)) return false;
  read_keys(record);
  decide(record);
  return true;
}

JudgedRecord RecordJudge::judged() const {
  return {m_judgement, m_row, m_file, facts(), m_key, m_as_parent, m_as_child, m_subject, m_more};
}

bool RecordJudge::is_chosen(const ScannedRecord& record) const {
  if (!m_pass.only) return true;
  if (m_pass.only->row) return record.row == *m_pass.only->row;
  const auto& texts = m_pass.only->key;
  return !record.malformed && texts.size() == m_layout.key.size() &&
         std::equal(texts.begin(), texts.end(), m_layout.key.begin(),
                    [&](const std::string& text, std::size_t slot) { return record.fields[slot].bytes == text; });
}

void RecordJudge::read_keys(const ScannedRecord& record) {
  m_key.clear();
  m_personal.clear();
  m_more.clear();
  m_subject = {};
  std::fill(m_as_parent.begin(), m_as_parent.end(), RecordKey{});
  std::fill(m_as_child.begin(), m_as_child.end(), RecordKey{});
  if (record.malformed) return;
  if (m_pass.with_key) {
    for (const std::size_t slot : m_layout.key) m_key.push_back(record.fields[slot]);
  }
  for (const std::size_t slot : m_layout.personal) m_personal.push_back(record.fields[slot]);
  if (m_pass.with_subject && m_pass.table->subject) read_subject(record);
  for (const std::size_t slot : m_more_slots) m_more.push_back(record.fields[slot]);
  for (std::size_t i = 0; i < m_as_parent.size(); ++i) {
    m_as_parent[i] = record_key(record.fields, m_layout.as_parent.at(m_pass.as_parent[i]));
  }
  for (std::size_t i = 0; i < m_as_child.size(); ++i) {
    m_as_child[i] = record_key(record.fields, m_layout.as_child.at(m_pass.as_child[i]));
  }
}

void RecordJudge::read_subject(const ScannedRecord& record) {
  const bool is_own = m_pass.table->subject->steps.empty();
  m_subject = is_own ? RecordSubject::of(record.fields[m_layout.subject.front()])
                     : m_subjects->find(record_key(record.fields, m_layout.subject));
}

void RecordJudge::decide(const ScannedRecord& record) {
  if (record.malformed) return set_aside(Outcome::malformed);
  m_values = record.fields.first(m_layout.rule_columns);
  if (m_parents) {
    if (!m_parents->find(record_key(record.fields, m_layout.follows), m_root_values)) {
      return set_aside(Outcome::unassigned);
    }
    m_values = m_root_values;
  }
  if (m_has_events_elsewhere) m_dataset.events().read(*m_pass.table, m_pass.matcher->days(), m_values, m_given);
  m_pass.matcher->judge(facts(), m_judgement);
}

void RecordJudge::set_aside(Outcome outcome) {
  m_values = {};
  m_given.clear();
  m_judgement.set_aside(outcome, m_pass.table->rules.purposes.size());
}

// What comes before a fault has been told when it is thrown.
void judge_records(FileScan& scan, RecordJudge& judge, RecordSink& sink, AlikeRecords* alike) {
  if (alike == nullptr) return judge_each(scan, judge, sink, [](const ScannedRecord&) {});
  alike->attach(scan);
  try {
    judge_each(scan, judge, sink,
               [&](const ScannedRecord& record) { alike->learn(record.raw, judge.judged().judgement); });
  } catch (...) {
    alike->tell();
    throw;
  }
  alike->tell();
}

}  // namespace oubli::csv
