/// A checked config: which dataset, table and column holds what (I2), as plain values.
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/column_format.hpp"
#include "oubli/model/condition.hpp"
#include "oubli/model/day.hpp"
#include "oubli/model/erasure_schedule.hpp"
#include "oubli/model/period.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// A name of the live schema, and where the config says it.
struct NamedColumn {
  std::string name;
  SourceLocation where;
};

/// `on: {contact_id: id}`: this table's column and the parent's column it points to.
struct ColumnPair {
  NamedColumn child;
  NamedColumn parent;
};

/// Which of several rows gives the day (S11).
enum class RowPick : std::uint8_t { latest, earliest };
[[nodiscard]] std::string_view to_text(RowPick pick);

/// `{latest: interactions.at, on: {contact_id: id}, where: …}`: rows of another table give the day.
struct OtherTable {
  /// `via: {orders: {order_id: id}}`: the table between both, and by which columns rows point to it.
  struct Via {
    NamedColumn table;
    std::vector<ColumnPair> on;  ///< empty: by the one relation between the two tables
  };
  RowPick pick = RowPick::latest;
  NamedColumn table;
  NamedColumn column;
  std::optional<Via> via;
  std::vector<ColumnPair> on;      ///< a column of the other table, or of the one between, and this table's
  std::optional<Condition> where;  ///< only rows for which it holds count
  SourceLocation where_where = {}; ///< of the first character of `where`
};

/// A column, a state without a date of its own, or another table, that gives an event its day (S11).
struct EventMapping {
  std::string event;                        ///< the policy's event
  std::string purpose;                      ///< `newsletter.consent_withdrawn`: of that purpose alone; else empty
  NamedColumn column;                       ///< empty where no column of this table gives the day
  std::vector<ColumnFormat> formats;        ///< tried in order; never empty
  std::string zone;                         ///< of naive times; empty: the policy's
  bool default_missing_values = true;       ///< S8's own list applies; `missing_values: []` ends it
  std::vector<std::string> missing_values;  ///< more values that mean "missing", as written
  std::optional<Condition> when;            ///< `{when: …, column: …}`: the event happened only where this holds
  SourceLocation where;
  SourceLocation when_where = {};           ///< of the first character of `when`
  std::optional<OtherTable> other_table = {};
  bool first_seen = false;                  ///< the day oubli first saw `when` hold
};

/// A purpose a table serves, and for which of its records (S12).
struct ServedPurpose {
  std::string purpose;
  std::optional<Condition> condition;
  SourceLocation where;            ///< of the purpose's name
  SourceLocation condition_where;  ///< of the condition's first character
};

struct CategoryColumns {
  std::string category;               ///< a data category, or "technical"
  std::vector<NamedColumn> patterns;  ///< names, or globs with `*`
  SourceLocation where = {};          ///< of the category's name
};

/// A declared relation: rows of this table point to rows of `parent` (S20).
struct DeclaredRelation {
  NamedColumn parent;  ///< the parent table
  std::vector<ColumnPair> on;
};

/// What tells whose record it is (S18): a column of the table, or through `via` whatever tells it of the
/// record that this one points to.
struct DataSubject {
  NamedColumn column;                   ///< unused with `via`
  std::optional<DeclaredRelation> via;  ///< `{via: contacts, on: {customer_id: id}}`
};

/// How a CSV file is written. Everything is declared, nothing guessed.
struct CsvDialect {
  enum class Quote : std::uint8_t { none, double_quote, single_quote };
  enum class Encoding : std::uint8_t { utf8, windows_1252, latin_1, latin_9, cp850 };
  char delimiter = ',';
  Quote quote = Quote::double_quote;
  Encoding encoding = Encoding::utf8;
  std::vector<std::string> header;  ///< column names where the file has no header line
};

/// The files a CSV table stands for.
struct CsvFiles {
  std::filesystem::path glob;  ///< absolute; `*`, `?`, `[…]` in the last component; one table of many files
  CsvDialect dialect;
  bool leave_newest = false;   ///< spares the one still being written
  bool may_be_empty = false;   ///< no match is no error
  SourceLocation where;
};

enum class TableMode : std::uint8_t { enforce, observe };

/// What becomes of columns whose purposes have ended while the record stays (S15).
enum class PartialEnd : std::uint8_t { unstated, flag, minimise };

struct TableConfig {
  std::string name;
  SourceLocation where;
  std::vector<NamedColumn> key;             ///< may be empty
  std::optional<DataSubject> data_subject;
  std::optional<DeclaredRelation> follows;  ///< no purposes of its own: shares its parent's decision (S12)
  std::vector<ServedPurpose> purposes;
  std::vector<CategoryColumns> columns;
  std::vector<EventMapping> events;
  std::vector<DeclaredRelation> relations;
  TableMode mode = TableMode::enforce;
  std::optional<CsvFiles> files;            ///< CSV tables only
  PartialEnd on_partial_end = PartialEnd::unstated;
  std::optional<NamedColumn> anonymised_mark{};  ///< the column that says since when a record is anonymised
};

enum class DatasetKind : std::uint8_t { sqlite, csv, external };

/// What shows that data kept elsewhere is deleted there when it is due.
struct DeletionProof {
  Day dated;
  std::string document;  ///< the name of what was handed over
  Period valid_for{1, 0, 0, 0};
  SourceLocation where;
};

struct DatasetConfig {
  std::string name;
  DatasetKind kind = DatasetKind::sqlite;
  SourceLocation where;
  std::filesystem::path path;                      ///< sqlite: absolute path of the database file
  std::string policy;                              ///< policy id; resolved even where left out; empty for external
  std::vector<TableConfig> tables;
  std::vector<NamedColumn> no_personal_data;       ///< tables declared free of personal data
  Day plausible_from{date::year{1980} / 1 / 1};    ///< S9
  bool rowids_unused = false;                      ///< nothing relies on implicit rowids: VACUUM may renumber them
  bool triggers_accepted = false;
  ErasureSchedule erasure{};                       ///< of its files and its archive's
  std::string external;                            ///< external: where the data is
  std::vector<std::string> external_purposes;
  std::optional<DeletionProof> proof{};            ///< external: the last one that was handed over
  SourceLocation policy_where = {};                ///< of the policy's id; line 0 where it is left out
};

/// Safety limits (I8).
struct Limits {
  double max_share = 0.20;  ///< of a table's rows, 0 to 1
  std::int64_t max_records = 100'000;
};

struct Config {
  std::filesystem::path file;               ///< as it was named
  std::vector<std::filesystem::path> policies;  ///< absolute
  std::vector<SourceLocation> policy_locations; ///< where each is named
  std::filesystem::path state;              ///< absolute
  std::filesystem::path archive_dir;        ///< absolute
  Limits limits;
  std::vector<DatasetConfig> datasets;      ///< in the file's order
  std::string text;                         ///< the file's bytes
  std::string digest;                       ///< "sha256:<hex>" of `text`
};

}  // namespace oubli
