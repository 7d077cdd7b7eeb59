/// What `oubli archive` prints.
#pragma once

#include "oubli/model/archive_contents.hpp"
#include "oubli/report/report.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace oubli {

/// The archive of one dataset.
struct ArchiveLine {
  struct Table {
    ArchivedTableContents contents;
    std::optional<Day> oldest, newest;  ///< UTC days on which records came
    bool is_mapped = true;              ///< the config has it
  };
  std::string policy;
  std::string dataset;
  std::filesystem::path folder;  ///< of the policy
  std::string mode;              ///< of the folder: "0700"
  std::string owner;             ///< its name, or number
  std::int64_t bytes = 0;        ///< of the dataset's files
  std::vector<Table> tables;
  std::string failure = {};      ///< why it can't be looked at
};

struct ArchiveListing {
  std::vector<ArchiveLine> archives;
  std::vector<std::filesystem::path> unclaimed;  ///< of datasets the config doesn't have
};
void write_archive_listing_text(std::ostream& out, const ArchiveListing& listing, const Style& style);
void write_archive_listing_json(std::ostream& out, const ArchiveListing& listing);

/// What `archive verify` found.
struct ArchiveVerdict {
  std::int64_t records = 0;           ///< held against their digests
  std::int64_t files = 0;             ///< and folders, whose owner and mode were looked at
  std::vector<Diagnostic> findings;
  std::vector<Diagnostic> failures;   ///< archives that couldn't be looked at
  [[nodiscard]] bool is_sound() const { return findings.empty() && failures.empty(); }
};
void write_archive_verdict_text(std::ostream& out, const ArchiveVerdict& verdict, const Style& style);
void write_archive_verdict_json(std::ostream& out, const ArchiveVerdict& verdict);

/// One record of the archive. The only report that shows what a record says: somebody asked for it by name, and the
/// ledger knows who.
struct ShownRecord {
  Explanation explanation;
  ArchivedRecord record;
  std::optional<Day> archived_on;
};
void write_shown_record_text(std::ostream& out, const ShownRecord& shown, const Style& style);
void write_shown_record_json(std::ostream& out, const ShownRecord& shown);

/// What `archive restore` did; not of which record, for its key may name a person.
struct RestoreReport {
  std::string run;     ///< id, under which the ledger has it
  std::string dataset;
  std::string table;
  std::map<std::string, std::int64_t> restored;  ///< records by table: itself and what came with it
  std::string file;    ///< CSV: where it is now
  std::optional<Explanation> live;  ///< what becomes of it there; absent where it isn't found again by key or row
  std::string erasure_pending;      ///< why its bytes are still in the archive's files; empty: they aren't
  std::string ledger_head;
};
void write_restore_text(std::ostream& out, const RestoreReport& report, const Style& style);
void write_restore_json(std::ostream& out, const RestoreReport& report);

}  // namespace oubli
