/// Everything an audit looks at, gathered before anything is checked: texts, what one pass over each dataset
/// found, and what the state proves.
#pragma once

#include "oubli/audit/column_survey.hpp"
#include "oubli/audit/record_survey.hpp"
#include "oubli/model/config.hpp"
#include "oubli/model/ledger.hpp"
#include "oubli/model/policy.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/side.hpp"
#include "oubli/model/stop.hpp"
#include "oubli/model/tally.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace oubli {

/// How the config covers a column.
enum class Coverage : std::uint8_t { uncovered, technical, category };

struct ColumnFacts {
  std::string name;
  Coverage coverage = Coverage::uncovered;
  std::vector<std::string> categories{};  ///< those it is listed under
  bool is_needed = true;                  ///< a purpose of the table, or of what points to it, lists one of them
  SourceLocation where{};                 ///< where the config lists it
  ColumnSurvey survey{};
};

/// What the config says of a table.
enum class TableStanding : std::uint8_t {
  mapped,
  declared_free,  ///< of personal data
  unmapped,
};

/// A table of the live data, or what is archived of one.
struct TableFacts {
  std::string dataset;
  std::string table;
  std::string policy;
  Side side = Side::live;
  TableStanding standing = TableStanding::mapped;
  SourceLocation where{};
  bool follows = false;      ///< shares another table's decisions
  bool is_observed = false;  ///< no run changes it
  std::int64_t records = 0;
  TableTally tally{};  ///< what `scan` counts; of a mapped table
  std::vector<PurposeRule> purposes{};
  std::vector<ColumnFacts> columns{};    ///< of the live side
  std::optional<RecordCounts> counts{};  ///< of a mapped table
  std::vector<std::string> unneeded{};  ///< categories kept for some records although none of their purposes needs them
};

struct DatasetFacts {
  std::string name;
  SourceLocation where{};
  std::vector<TableFacts> tables{};
  /// Why the dataset or parts of it couldn't be read, each with its name.
  std::vector<std::pair<std::string, Diagnostic>> failures{};
};

/// How a file or folder that is for its owner alone stands.
struct PrivatePath {
  std::filesystem::path path;
  unsigned mode = 0;          ///< permission bits
  bool is_the_owners = true;  ///< it belongs to whom the state belongs to
  bool is_symlink = false;
  std::string unreadable{};  ///< why it couldn't be looked through; empty where it could, or is no folder
};

/// The databases and CSV files under some folders.
struct FoundFiles {
  std::int64_t looked_at = 0;
  std::vector<std::filesystem::path> strays{};  ///< those that neither a dataset nor oubli itself owns
  /// Folders that couldn't be looked through, and why.
  std::vector<std::pair<std::filesystem::path, std::string>> unreadable{};
};

/// One run as the ledger tells it.
struct RunFacts {
  std::string run;                  ///< id; empty: refused before it began
  std::string started_at;           ///< UTC
  std::string status;               ///< "complete", "incomplete", "refused"; "failed" for one that never finished
  std::vector<std::string> failed;  ///< datasets and tables
  std::vector<std::string> refused;
  std::string because;  ///< why it was refused or ended early; may be empty
};

struct StateFacts {
  std::string approved_by, approved_at;    ///< empty: never
  std::vector<std::string> changed_since;  ///< texts whose digest isn't the approved one
  std::vector<RunFacts> runs;              ///< oldest first
  std::int64_t entries = 0;
  std::optional<std::int64_t> first_broken_entry;
  std::vector<Stop> stops;
  std::vector<std::pair<std::string, std::string>> erasure_pending;  ///< dataset, and why
};

struct AuditFacts {
  Config config;
  std::vector<Policy> policies;         ///< those selected
  std::vector<std::string> purposes;    ///< only these are looked at; empty: all
  std::vector<Diagnostic> diagnostics;  ///< of policies, config and references
  Day today;                            ///< the clock's, for what the state tells
  std::chrono::system_clock::time_point now;
  std::vector<DatasetFacts> datasets;  ///< those selected that are looked at
  std::optional<StateFacts> state;     ///< absent: there is no state yet
  std::vector<PrivatePath> archive;    ///< folders and files of the archive
  std::vector<PrivatePath> state_files;
  std::vector<std::string> unclaimed;     ///< what is archived of tables and datasets the config doesn't have
  std::optional<FoundFiles> under_roots;  ///< absent: no roots were given
  std::optional<FoundFiles> beside_csv;   ///< in the folders of CSV tables; absent: there is no CSV table
  bool is_runnable = true;                ///< policies and config can be applied
};

}  // namespace oubli
