/// The archive's side of a restore: which records go back, and the note that they are on their way.
///
/// The note is committed before the source is; it names where each record will stand there. Cut off
/// after that, the next run looks whether it does. The table of notes is there only meanwhile.
#pragma once

#include "source/sqlite/archive_file.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli::sqlite {

/// An archived record that goes back.
struct ReturningRecord {
  std::int64_t record = 0;  ///< its line in oubli_records
  std::int64_t rowid = 0;   ///< in its own archived table
  std::string table;        ///< as the archive spells it
  std::string identity;     ///< in the source, as typed bytes: the one it had, then the one it gets
};

/// What the bookkeeping says of one record.
struct ReturningLine {
  ReturningRecord record;
  std::string run;
  std::string family;  ///< empty where it came alone
};

/// The confirmed record with this rowid in an archived table; nothing when there is none.
[[nodiscard]] std::optional<ReturningLine> returning_line(ArchiveFile& archive, const std::string& table,
                                                          std::int64_t rowid);

/// The records noted as being on their way; none where no restore was cut off.
[[nodiscard]] std::vector<ReturningRecord> records_on_their_way(ArchiveFile& archive);
/// Notes them, durably.
void note_on_their_way(ArchiveFile& archive, std::span<const ReturningRecord> records);
/// They came back: erases them here, and the notes.
void take_out(ArchiveFile& archive, std::span<const ReturningRecord> records);
/// They didn't: they stay.
void forget_on_their_way(ArchiveFile& archive);

}  // namespace oubli::sqlite
