/// `oubli archive`: what lies in the intermediate archive, whether it is whole, and the way back.
#pragma once

#include "oubli/report/archive_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// Which record, and who wants it why.
struct ArchivedRecordRequest {
  std::string table;                ///< `dataset.table`, or `table` where only one dataset has it
  std::vector<std::string> key;     ///< one text per `key` column
  std::optional<std::int64_t> row;  ///< instead of the key: its number in the archive
  std::string file;                 ///< CSV: of the archive, where the row alone doesn't tell
  std::string by;
  std::string reason;
};

/// Counts what is there; reads no contents. An archive that can't be looked at says so in its line.
[[nodiscard]] ArchiveListing list_archive(const Project& project, const Selection& selection);

/// Holds every record against its digest and its bookkeeping, and every file against the rules for owner and mode.
[[nodiscard]] ArchiveVerdict verify_archive(const Project& project, const Selection& selection);

/// Every record that the request chooses, once the ledger has that it was shown. Throws Error (Cause::usage) when
/// there is none.
[[nodiscard]] std::vector<ShownRecord> show_archived(const Project& project, const ArchivedRecordRequest& request,
                                                     std::chrono::system_clock::time_point now);

/// Puts one record back, with what came to the archive with it. Throws Error where more than one is chosen
/// (Cause::usage), where it is stopped, the source doesn't take it or nothing is approved (Cause::refused), or a run
/// is under way (Cause::locked).
[[nodiscard]] RestoreReport restore_archived(const Project& project, const ArchivedRecordRequest& request,
                                             std::chrono::system_clock::time_point now);

}  // namespace oubli
