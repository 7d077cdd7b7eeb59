/// What the archive notes about a record, from its judgement and its fields.
#pragma once

#include "oubli/source/archive_notes.hpp"
#include "oubli/source/data_source.hpp"
#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/value_statement.hpp"

#include <string>

namespace oubli::sqlite {

/// REQUIRES: the pass asked for the subject. `row` has all columns of `facts` in order. Identity and family are the caller's to fill in.
[[nodiscard]] ArchiveEntry archive_entry(const ArchiveTarget& target, const TableFacts& facts, const TablePass& pass,
                                         const JudgedRecord& record, const ValueStatement& row);

/// Reads the notes of one archived record after the other. Most differ from the one before in their
/// days alone.
class NotesReader {
 public:
  /// From a line in oubli_records; the texts are null where its format doesn't have them. Throws
  /// SQLite::Exception for texts that can't be read. What it returns lives until the next call.
  [[nodiscard]] const ArchiveNotes& read(const Value& purposes, const Value& other_purposes, const Value& events);

 private:
  std::string m_purposes;  ///< as they were written
  std::string m_other_purposes;
  ArchiveNotes m_notes;
};

}  // namespace oubli::sqlite
