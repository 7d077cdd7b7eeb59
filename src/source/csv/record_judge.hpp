/// Judges the records of one table as a pass asks for them.
#pragma once

#include "source/csv/csv_dataset.hpp"
#include "source/csv/follow_index.hpp"
#include "source/csv/subject_index.hpp"

#include <memory>
#include <string>
#include <vector>

namespace oubli::csv {

class AlikeRecords;

class RecordJudge {
 public:
  /// A table that follows another has that one read here. Both arguments must outlive this.
  RecordJudge(CsvDataset& dataset, const TablePass& pass);

  /// False when the pass chose other records. What `judged` returns lives until the next call.
  [[nodiscard]] bool judge(const ScannedRecord& record, std::string_view file);
  [[nodiscard]] JudgedRecord judged() const;

  [[nodiscard]] const TableLayout& layout() const { return m_layout; }

 private:
  [[nodiscard]] bool is_chosen(const ScannedRecord& record) const;
  void read_keys(const ScannedRecord& record);
  void read_subject(const ScannedRecord& record);
  void decide(const ScannedRecord& record);
  void set_aside(Outcome outcome);
  [[nodiscard]] RecordFacts facts() const { return {m_values, m_given, {}, m_personal}; }

  CsvDataset& m_dataset;
  const TablePass& m_pass;
  TableLayout m_layout;
  std::vector<std::size_t> m_more_slots;
  bool m_is_glob;
  bool m_has_events_elsewhere;
  std::shared_ptr<const FollowIndex> m_parents;    ///< none for a table that decides itself
  std::shared_ptr<const SubjectIndex> m_subjects;  ///< none for a table that tells its subjects itself

  Judgement m_judgement;
  std::int64_t m_row = 0;
  std::string_view m_file;
  std::vector<Value> m_root_values;  ///< of a record that follows
  std::span<const Value> m_values;
  std::vector<Value> m_personal;
  events::Given m_given;
  std::vector<Value> m_key;
  RecordSubject m_subject;
  std::vector<Value> m_more;
  std::vector<RecordKey> m_as_parent;
  std::vector<RecordKey> m_as_child;
};

/// Tells the sink of all that the scan still has. `alike`: takes what is like records judged before; null:
/// each is judged.
void judge_records(FileScan& scan, RecordJudge& judge, RecordSink& sink, AlikeRecords* alike);

}  // namespace oubli::csv
