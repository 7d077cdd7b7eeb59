/// The note that archived CSV records are on their way back.
///
/// `<file>.<run>.restoring` stands beside a pair from before the source is touched until the pair is
/// without the records. It says of each which row of the pair it is and how often its content was live
/// before. So who finds it can tell how far things had come: the pair is another one already; or there
/// is one more of each content among the live records, and the pair's go; or there isn't, and they stay.
#pragma once

#include "source/csv/archive_files.hpp"
#include "source/csv/returning.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace oubli::csv {

/// One record of a note.
struct NotedReturn {
  std::int64_t row = 0;
  std::string digest;            ///< of its content, in hexadecimal
  std::int64_t live_before = 0;  ///< how many live records had the same
};

/// Writes the note of one pair, durably.
void note_on_their_way(const Folder& folder, const ArchiveNames& names, const std::vector<NotedReturn>& records);

/// They came back: writes the pair without them and removes the note.
void take_out(const Folder& folder, const CsvDialect& dialect, const ArchiveNames& names,
              const std::vector<NotedReturn>& records);
/// They didn't: removes the note.
void forget_on_their_way(const Folder& folder, const ArchiveNames& names);

/// Finishes what an interrupted restore of the table left. REQUIRES: `archive` is tidy.
void settle_restored(const CsvTable& table, const ArchiveFolder& archive);

}  // namespace oubli::csv
