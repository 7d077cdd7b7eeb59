/// What stands beside each archived record: one CSV line (RFC 4180) in `….meta.csv`.
#pragma once

#include "oubli/model/digest.hpp"
#include "oubli/source/archive_notes.hpp"
#include "oubli/source/data_source.hpp"
#include "source/csv/table_scan.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace oubli::csv {

/// The columns, in this order:
/// - `run`, `source` (the file's name), `row` (the record's number in it)
/// - `key`: the key columns' texts, as a CSV line of their own
/// - `content_sha256`: of the record's bytes without its line end
/// - `subject_hmac`: HMAC-SHA-256 of the data subject's text, keyed by the state; empty without one
/// - `purposes`: those the record is under, with spaces between
/// - `other_purposes`: those of its rules it isn't under; format 1 lacks this column
/// - `events`: `name=2020-01-31 other=`, the day of every event of the rules, where one is known
///   `name=?` where it can't be read; format 1 gave no day for that, either
/// - `replacement`: inode of the file that was to replace the source; tells an interrupted run
///   whether it came to that, also where equal records stay
inline constexpr std::string_view k_bookkeeping_header =
    "run,source,row,key,content_sha256,subject_hmac,purposes,other_purposes,events,replacement";

/// Words the lines of one file.
class Bookkeeping {
 public:
  Bookkeeping(const TableRules& rules, const ArchiveTarget& target, std::string source,
              std::uint64_t replacement);

  /// With its line end. `content` is the record without one. REQUIRES: the pass asked for keys and data subjects.
  [[nodiscard]] std::string line(const JudgedRecord& record, std::string_view content) const;

 private:
  const TableRules& m_rules;
  const ArchiveTarget& m_target;
  std::string m_source;
  std::string m_replacement;
};

/// Reads the lines of one file, in step with the records they stand beside.
class BookkeepingReader {
 public:
  /// `folder` must outlive this.
  BookkeepingReader(const Folder& folder, TableFile file);

  /// Throws FileFault when there is no line, or one that can't be read: the file is damaged.
  void next();
  /// Throws FileFault when there are more lines than records.
  void require_end();

  [[nodiscard]] const ArchiveNotes& notes() const { return m_notes; }
  /// The keyed digest of whose record it is; nothing where none was noted. Throws FileFault as `next` does.
  [[nodiscard]] std::optional<Digest> subject() const;
  /// Of the record's content, in hexadecimal.
  [[nodiscard]] std::string_view content() const { return m_line.fields[k_content].bytes; }
  [[nodiscard]] std::string_view bytes() const { return m_line.raw.bytes; }
  /// The line for a record whose content is now another; without its key and data subject where it
  /// is anonymised.
  [[nodiscard]] std::string rewritten(std::string_view content, bool is_anonymised) const;
  [[nodiscard]] std::string head() const { return m_scan.head(); }

 private:
  enum Slot : std::size_t { k_content, k_purposes, k_events, k_other_purposes, k_key, k_subject };
  [[nodiscard]] static ColumnChoice columns();
  [[noreturn]] void throw_damaged() const;

  FileScan m_scan;
  ScannedRecord m_line;
  ArchiveNotes m_notes;
};

[[nodiscard]] Digest content_digest(std::string_view content);

}  // namespace oubli::csv
