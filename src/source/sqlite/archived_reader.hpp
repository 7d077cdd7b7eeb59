/// Reading the records of one archived table, each judged by its notes.
#pragma once

#include "oubli/source/archive_notes.hpp"
#include "source/sqlite/bookkeeping.hpp"
#include "source/sqlite/open_archive.hpp"
#include "source/sqlite/pass.hpp"
#include "source/sqlite/value_statement.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oubli::sqlite {

class ArchivedReader {
 public:
  /// REQUIRES: the pass's table is archived.
  ArchivedReader(OpenArchive& archive, const TablePass& pass, Selection selection);

  /// Starts again, for the records that `rowid` selects (Selection::after and ::one).
  void start(std::int64_t rowid);
  /// Lets go of the records read: an unfinished statement would hold a lock.
  void finish() { m_statement.reset(); }

  [[nodiscard]] bool next();
  /// The present record; lives until the next call of another member function.
  [[nodiscard]] JudgedRecord record() const;

  [[nodiscard]] std::int64_t rowid() const { return m_statement.column(k_rowid_field).integer; }
  /// Its line in oubli_records.
  [[nodiscard]] std::int64_t line() const;
  [[nodiscard]] Value run() const;
  [[nodiscard]] Value family() const;
  /// It goes with a record it follows, which is in the archive too.
  [[nodiscard]] bool follows_another() const { return m_follows && m_has_root; }

 private:
  static constexpr int k_rowid_field = 0;

  void read_fields();
  [[nodiscard]] RecordSubject subject_at(int& field) const;
  /// None of them where the archived table lacks one: what asks for it must take that for unknown.
  [[nodiscard]] std::span<const Value> more() const { return m_has_more ? m_more : std::span<const Value>(); }
  [[nodiscard]] std::vector<RecordKey> keys(const std::vector<std::size_t>& relations, bool as_parent, int& field);
  [[nodiscard]] RecordKey key_of(std::size_t relation, bool as_parent, int& field);

  OpenArchive& m_archive;
  const TablePass& m_pass;
  bool m_follows;
  bool m_has_subject = false;  ///< the archived table has the column of its data subject
  bool m_has_more = false;     ///< and all those that the pass asks for besides
  ValueStatement m_statement;
  NotesReader m_notes;
  ArchivedJudge m_judge;
  bool m_has_root = false;
  std::vector<Value> m_values;
  std::vector<Value> m_personal;
  std::vector<Value> m_key;
  RecordSubject m_subject;
  std::vector<Value> m_more;
  std::vector<Value> m_pointing;
  std::vector<RecordKey> m_as_parent;
  std::vector<RecordKey> m_as_child;
  Judgement m_judgement;
};

}  // namespace oubli::sqlite
