/// Reading the records of one archive file, each with its bookkeeping, and judging them.
#pragma once

#include "oubli/source/archive_notes.hpp"
#include "source/csv/archived_roots.hpp"
#include "source/csv/bookkeeping.hpp"

#include <memory>
#include <string>
#include <vector>

namespace oubli::csv {

/// One pair of files read in step.
class ArchivedScan {
 public:
  /// Throws FileFault for a pair that doesn't fit together. The arguments must outlive this.
  ArchivedScan(const ArchiveFolder& folder, const ArchivedPair& pair, const CsvDialect& dialect,
               const ColumnChoice& choice);

  [[nodiscard]] bool next();
  [[nodiscard]] const ScannedRecord& record() const { return m_record; }
  [[nodiscard]] const BookkeepingReader& line() const { return m_lines; }
  [[nodiscard]] std::string head() const { return m_records.head(); }
  [[nodiscard]] const FileScan& records() const { return m_records; }

 private:
  FileScan m_records;
  BookkeepingReader m_lines;
  ScannedRecord m_record;
};

/// Judges what a pass asks for.
class ArchivedRecordJudge {
 public:
  ArchivedRecordJudge(ArchivedDataset& archive, const TablePass& pass);

  /// False when the pass chose other records. What `judged` returns lives until the next call.
  [[nodiscard]] bool judge(const ArchivedScan& scan, std::string_view file);
  [[nodiscard]] JudgedRecord judged() const;
  [[nodiscard]] const TableLayout& layout() const { return m_layout; }

 private:
  [[nodiscard]] bool is_chosen(const ScannedRecord& record) const;
  void read_keys(const ScannedRecord& record);
  void read_for_stops(const ArchivedScan& scan);
  [[nodiscard]] RecordSubject subject_of(const ArchivedScan& scan) const;
  void decide(const ScannedRecord& record, const ArchiveNotes& notes);

  const TablePass& m_pass;
  TableLayout m_layout;
  std::vector<std::size_t> m_more_slots;
  std::shared_ptr<const ArchivedRoots> m_roots;  ///< none for a table that decides itself
  ArchivedJudge m_judge;

  Judgement m_judgement;
  std::int64_t m_row = 0;
  std::string_view m_file;
  RecordFacts m_facts;
  std::vector<Value> m_values;
  std::vector<Value> m_personal;
  std::vector<Value> m_key;
  RecordSubject m_subject;
  std::vector<Value> m_more;
  std::vector<RecordKey> m_as_parent;
  std::vector<RecordKey> m_as_child;
};

/// The records of a table in the archive, one after the other: `use` is told of each that the pass
/// asks for. `dataset` must be mapped.
void for_each_archived(ArchivedDataset& archive, const TablePass& pass, RecordSink& sink);

}  // namespace oubli::csv
