/// The intermediate archive of one dataset: `archive_dir/<policy>/<dataset>.db`.
///
/// Each archived table has the source's columns, without types: a column without affinity keeps
/// every value as it came. Beside them stand `oubli_records`, one line of bookkeeping per archived
/// record, and `oubli_archive`, one line that says whose archive this is. A copy is *pending* from
/// its insertion until its record is known to be gone from the source.
#pragma once

#include "oubli/model/digest.hpp"
#include "oubli/source/data_source.hpp"
#include "source/rewrite.hpp"
#include "source/sqlite/catalog.hpp"
#include "source/sqlite/value_statement.hpp"

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::sqlite {

/// What is noted beside an archived record.
struct ArchiveEntry {
  std::string run;
  std::string table;
  std::string identity;  ///< in the source, as typed bytes
  std::string family;    ///< the same for all that go together
  std::string key;       ///< the key columns as text; empty for a keyless table
  std::optional<Digest> subject;
  std::string root;             ///< the table whose purposes decided
  std::string purposes;         ///< JSON array of names
  std::string other_purposes;   ///< the same of those it was not under
  std::string events;           ///< JSON object: name to day, null, or "unreadable"
};

/// A table that has archived records, or had some.
struct ArchivedTable {
  std::string name;                  ///< as the archive spells it
  std::vector<std::string> columns;
  std::string rowid;                 ///< a name of its rowid, quoted

  [[nodiscard]] bool has_column(std::string_view column) const;
};

/// A copy whose record may still be in the source.
struct PendingCopy {
  std::int64_t record = 0;  ///< its line in oubli_records
  std::string table;
  std::string identity;
  std::string family;
};

/// One of the archived records that came together.
struct FamilyLine {
  std::int64_t record = 0;  ///< its line in oubli_records
  std::int64_t rowid = 0;   ///< in its own archived table
};

/// Throws Error for a file that isn't this state's archive, SQLite::Exception for the rest.
class ArchiveFile {
 public:
  ArchiveFile(ArchiveTarget target, std::string dataset);

  [[nodiscard]] const ArchiveTarget& target() const { return m_target; }
  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

  /// Opens the file where there is one.
  void open_existing();
  /// Opens it, and makes it where there is none, with the source's text encoding.
  void open_or_create(const std::string& encoding);
  /// Brings the bookkeeping of an older file to the present format, before anything is written.
  void bring_up_to_date();
  /// Format 1 noted less.
  [[nodiscard]] int format() const { return m_format; }
  [[nodiscard]] bool is_open() const { return m_database.has_value(); }
  [[nodiscard]] SQLite::Database& database() { return *m_database; }

  /// Makes the archived table, or gives it the columns the source has got since. Throws Error when
  /// the source has lost one: the archive of a table keeps exactly its columns.
  void prepare_table(const TableFacts& source);
  /// Copies `row`, which has all columns of `source` in order; returns the line in oubli_records, which has the digest
  /// of the columns as the archive orders them. REQUIRES: prepare_table.
  [[nodiscard]] std::int64_t insert(const TableFacts& source, const ValueStatement& row, const ArchiveEntry& entry);

  /// The digest of the archive's own row.
  [[nodiscard]] Digest digest_of(const TableFacts& source, std::int64_t record);
  void confirm(std::int64_t record);
  /// Erases a record with its bookkeeping; its bytes stay in the file until `erase_residue`. Throws
  /// SQLite::Exception where either isn't there.
  void erase(std::int64_t record);

  /// Sets fields of an archived record, and its digest to that of the new content.
  void rewrite(std::int64_t record, std::span<const NewField> fields);
  /// Takes out of a record's bookkeeping what tells whose it was.
  void forget_whose(std::int64_t record);

  /// Pending copies of earlier runs, the members of a family together.
  [[nodiscard]] std::vector<PendingCopy> pending(const std::vector<std::string>& tables);
  /// Whether any copy waits, of whichever run.
  [[nodiscard]] bool has_pending();
  [[nodiscard]] std::vector<ArchivedTable> tables();
  /// The names under which the bookkeeping knows a table: SQLite folds letters in names.
  [[nodiscard]] std::vector<std::string> spellings(const std::string& table);
  [[nodiscard]] bool has_confirmed(const std::string& table);
  /// The confirmed records of a table that came with a family.
  [[nodiscard]] std::vector<FamilyLine> family(const std::string& table, const Value& run, const Value& family);
  /// The columns' values of every confirmed record of a table.
  void for_each_confirmed(const std::string& table, const std::vector<std::string>& columns,
                          const std::function<void(std::span<const Value>)>& use);

  /// The same of every archived record, whether it is confirmed or not.
  void for_each_copy(const std::string& table, const std::vector<std::string>& columns,
                     const std::function<void(std::span<const Value>)>& use);

  [[nodiscard]] bool has_residue();
  void forget_residue();
  [[nodiscard]] bool holds_records_of(const std::string& run);

 private:
  void open_file();
  void create_file() const;
  void require_ours() const;
  void require_same_state();
  void lay_out(const std::string& encoding);
  [[nodiscard]] std::vector<std::string> archived_columns(const std::string& table);
  void make_table(const TableFacts& source);
  [[nodiscard]] std::vector<int> order_of(const TableFacts& source);
  void make_room(const std::string& table, std::span<const NewField> fields);
  void note_content(const std::string& table, std::int64_t record, std::int64_t rowid);
  [[nodiscard]] std::int64_t archived_rowid(std::int64_t record);
  [[nodiscard]] std::string archived_table(std::int64_t record);
  [[nodiscard]] const std::string& rowid_name(const std::string& table);
  [[nodiscard]] ValueStatement& statement(const std::string& sql);

  ArchiveTarget m_target;
  std::string m_dataset;
  std::filesystem::path m_path;
  int m_format = 0;
  std::map<std::string, std::string> m_rowid_names;  ///< by archived table, quoted
  std::map<std::string, std::vector<int>> m_orders;  ///< of the source's columns in the archive, by prepared table
  std::optional<SQLite::Database> m_database;
  std::map<std::string, ValueStatement> m_statements;  ///< by their text; destroyed before the connection
};

}  // namespace oubli::sqlite
