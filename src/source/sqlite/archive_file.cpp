#include "source/sqlite/archive_file.hpp"

#include "source/sqlite/connection.hpp"
#include "source/sqlite/content_digest.hpp"
#include "source/sqlite/identifiers.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace oubli::sqlite {
namespace {

/// Format 2 added `root_table`, `other_purposes` and the word "unreadable" among the events.
constexpr int k_format = 2;

constexpr const char* k_layout = R"(
CREATE TABLE oubli_archive (
  state_id TEXT NOT NULL,
  format INTEGER NOT NULL,
  dataset TEXT NOT NULL,
  residue INTEGER NOT NULL
);
CREATE TABLE oubli_records (
  record INTEGER PRIMARY KEY,
  run TEXT NOT NULL,
  source_table TEXT NOT NULL,
  archived_rowid INTEGER NOT NULL,
  source_identity BLOB NOT NULL,
  family BLOB NOT NULL,
  key_text TEXT NOT NULL,
  content_digest BLOB NOT NULL,
  subject_digest BLOB,
  purposes TEXT NOT NULL,
  events TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed')),
  root_table TEXT,
  other_purposes TEXT
);
CREATE UNIQUE INDEX oubli_records_rows ON oubli_records (source_table, archived_rowid);
CREATE INDEX oubli_records_pending ON oubli_records (source_table, family) WHERE state = 'pending';
CREATE INDEX oubli_records_families ON oubli_records (run, family);
)";

constexpr const char* k_from_format_1 = R"(
ALTER TABLE oubli_records ADD COLUMN root_table TEXT;
ALTER TABLE oubli_records ADD COLUMN other_purposes TEXT;
CREATE INDEX oubli_records_families ON oubli_records (run, family);
UPDATE oubli_archive SET format = 2;
)";

Value text(const std::string& value) { return Value::of(std::string_view(value)); }

Value blob(const Digest& digest) {
  return Value::of_blob({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string column_list(const TableFacts& source) {
  std::string list;
  for (const ColumnSchema& column : source.schema.columns)
    list += fmt::format("{}{}", list.empty() ? "" : ", ", quoted_name(column.name));
  return list;
}

bool is_ours(const std::string& table) {
  constexpr std::array k_ours{"oubli_archive", "oubli_records", "oubli_restoring"};
  return std::ranges::any_of(k_ours, [&](const char* name) { return same_name(table, name); });
}

/// A source may name a table like one of ours.
void require_no_clash(const TableFacts& source, const std::string& dataset) {
  const std::string& table = source.schema.name;
  if (is_ours(table))
    throw Error(Cause::dataset, fmt::format("{}.{}: the archive needs this name for itself", dataset, table));
}

/// The archived table's rowid: it has the source's columns, so the same name is free in both.
std::string rowid_of(const TableFacts& source, const std::string& dataset) {
  const auto name = free_rowid_name(source.column_names());
  if (name.empty())
    throw Error(Cause::dataset, fmt::format("{}.{}: its columns take every name of the rowid, so it can't be archived",
                                            dataset, source.schema.name));
  return quoted_name(name);
}

}  // namespace

ArchiveFile::ArchiveFile(ArchiveTarget target, std::string dataset)
    : m_target(std::move(target)), m_dataset(std::move(dataset)), m_path(m_target.folder / (m_dataset + ".db")) {}

ValueStatement& ArchiveFile::statement(const std::string& sql) {
  auto found = m_statements.find(sql);
  if (found == m_statements.end()) found = m_statements.emplace(sql, ValueStatement(*m_database, sql)).first;
  found->second.reset();
  return found->second;
}

// ---------------------------------------------------------------- opening

void ArchiveFile::require_ours() const {
  struct stat status {};
  if (::lstat(m_path.c_str(), &status) != 0)
    throw Error(Cause::dataset, fmt::format("{}: its archive can't be looked at", m_dataset));
  if (!S_ISREG(status.st_mode))
    throw Error(Cause::dataset, fmt::format("{}: its archive isn't a regular file", m_dataset));
  if (status.st_uid != ::geteuid())
    throw Error(Cause::dataset, fmt::format("{}: its archive belongs to another user", m_dataset),
                "run as the user that owns the archive");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    throw Error(Cause::dataset, fmt::format("{}: others than its owner have access to its archive", m_dataset),
                fmt::format("chmod 600 {}", m_path.filename().string()));
}

void ArchiveFile::require_same_state() {
  SQLite::Statement row(*m_database, "SELECT state_id, dataset, format FROM oubli_archive");
  const bool is_ours = row.executeStep() && row.getColumn(0).getString() == m_target.state_id &&
                       row.getColumn(1).getString() == m_dataset;
  if (!is_ours)
    throw Error(Cause::refused, fmt::format("{}: its archive was made under another state file", m_dataset),
                "restore the state file that belongs to this archive");
  m_format = row.getColumn(2).getInt();
  if (m_format > k_format)
    throw Error(Cause::refused, fmt::format("{}: its archive was written by a newer version of oubli", m_dataset),
                "install that version");
}

void ArchiveFile::open_file() {
  require_ours();
  m_database.emplace(open_database(m_path, Access::enforce, m_dataset));
  m_database->exec("PRAGMA journal_mode = DELETE");
}

void ArchiveFile::open_existing() {
  std::error_code none;
  const auto size = std::filesystem::file_size(m_path, none);
  const bool is_link = std::filesystem::is_symlink(std::filesystem::symlink_status(m_path));
  // An empty file is what a run leaves that was cut off before its first commit.
  if (m_database || (!is_link && (none || size == 0))) return;
  open_file();
  // So does one that was cut off in its first commit: its journal rolls back to an empty database.
  if (m_database->execAndGet("SELECT count(*) FROM main.sqlite_schema").getInt() == 0)
    m_database.reset();
  else
    require_same_state();
}

void ArchiveFile::create_file() const {
  const int descriptor = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) throw Error(Cause::dataset, fmt::format("{}: its archive can't be created", m_dataset));
  ::close(descriptor);
}

void ArchiveFile::lay_out(const std::string& encoding) {
  m_database->exec(fmt::format("PRAGMA encoding = '{}'", encoding));
  SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
  m_database->exec(k_layout);
  ValueStatement& owner = statement("INSERT INTO oubli_archive VALUES (?1, ?3, ?2, 0)");
  owner.bind_all(std::vector{text(m_target.state_id), text(m_dataset), Value::of(std::int64_t{k_format})});
  owner.run();
  transaction.commit();
  m_format = k_format;
}

void ArchiveFile::bring_up_to_date() {
  if (m_format == k_format) return;
  SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
  m_database->exec(k_from_format_1);
  transaction.commit();
  m_format = k_format;
}

void ArchiveFile::open_or_create(const std::string& encoding) {
  open_existing();
  if (m_database) return bring_up_to_date();
  create_file();
  open_file();
  lay_out(encoding);
}

// ---------------------------------------------------------------- archived tables

bool ArchivedTable::has_column(std::string_view column) const {
  return std::ranges::any_of(columns, [&](const std::string& each) { return same_name(each, column); });
}

std::vector<ArchivedTable> ArchiveFile::tables() {
  ValueStatement& rows = statement("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name");
  std::vector<std::string> names;
  while (rows.step()) names.emplace_back(rows.column(0).bytes);
  std::vector<ArchivedTable> tables;
  for (std::string& name : names) {
    if (is_ours(name)) continue;
    auto columns = archived_columns(name);
    std::string rowid = quoted_name(free_rowid_name(columns));
    tables.push_back({std::move(name), std::move(columns), std::move(rowid)});
  }
  return tables;
}

std::vector<std::string> ArchiveFile::spellings(const std::string& table) {
  ValueStatement& rows = statement("SELECT DISTINCT source_table FROM oubli_records");
  std::vector<std::string> names;
  while (rows.step()) {
    const std::string name(rows.column(0).bytes);
    if (same_name(name, table)) names.push_back(name);
  }
  return names;
}

bool ArchiveFile::has_confirmed(const std::string& table) {
  ValueStatement& row = statement(
      "SELECT EXISTS (SELECT 1 FROM oubli_records WHERE source_table = ?1 COLLATE NOCASE AND state = 'confirmed')");
  row.bind(0, text(table));
  const bool has = row.step() && row.column(0).integer != 0;
  row.reset();
  return has;
}

std::vector<FamilyLine> ArchiveFile::family(const std::string& table, const Value& run, const Value& family) {
  ValueStatement& rows = statement(
      "SELECT record, archived_rowid FROM oubli_records WHERE run = ?1 AND family = ?2 "
      "AND source_table = ?3 COLLATE NOCASE AND state = 'confirmed' ORDER BY record");
  rows.bind_all(std::vector{run, family, text(table)});
  std::vector<FamilyLine> lines;
  while (rows.step()) lines.push_back({rows.column(0).integer, rows.column(1).integer});
  rows.reset();
  return lines;
}

std::vector<std::string> ArchiveFile::archived_columns(const std::string& table) {
  ValueStatement& rows = statement("SELECT name FROM pragma_table_info(?1)");
  rows.bind(0, text(table));
  std::vector<std::string> columns;
  while (rows.step()) columns.emplace_back(rows.column(0).bytes);
  return columns;
}

void ArchiveFile::prepare_table(const TableFacts& source) {
  require_no_clash(source, m_dataset);
  m_rowid_names.clear();
  make_table(source);
  m_orders[source.schema.name] = order_of(source);
}

void ArchiveFile::make_table(const TableFacts& source) {
  const std::string& table = source.schema.name;
  const auto columns = archived_columns(table);
  if (columns.empty()) {
    m_database->exec(fmt::format("CREATE TABLE {} ({})", main_table(table), column_list(source)));
    // An index, even one that never holds anything, makes VACUUM keep the rowids oubli_records names.
    m_database->exec(fmt::format("CREATE INDEX {} ON {} ({}) WHERE 0", column_of("main", "oubli_keep_" + table),
                                 quoted_name(table), quoted_name(source.schema.columns.front().name)));
    return;
  }
  for (const std::string& column : columns) {
    if (!source.has_column(column))
      throw Error(Cause::dataset,
                  fmt::format("{}.{}: column {} is gone, but archived records have it", m_dataset, table, column),
                  "move the table's archive aside first, or give the column back");
  }
  for (const ColumnSchema& column : source.schema.columns) {
    const auto is_same = [&](const std::string& archived) { return same_name(archived, column.name); };
    if (std::ranges::none_of(columns, is_same))
      m_database->exec(fmt::format("ALTER TABLE {} ADD COLUMN {}", main_table(table), quoted_name(column.name)));
  }
}

/// Where each archived column is among the source's.
std::vector<int> ArchiveFile::order_of(const TableFacts& source) {
  std::vector<int> order;
  const auto& columns = source.schema.columns;
  for (const std::string& archived : archived_columns(source.schema.name)) {
    const auto is_it = [&](const ColumnSchema& column) { return same_name(column.name, archived); };
    order.push_back(static_cast<int>(std::ranges::find_if(columns, is_it) - columns.begin()));
  }
  return order;
}

std::int64_t ArchiveFile::insert(const TableFacts& source, const ValueStatement& row, const ArchiveEntry& entry) {
  std::string places;
  for (int i = 0; i < row.columns(); ++i) places += i == 0 ? "?" : ", ?";
  ValueStatement& copy = statement(
      fmt::format("INSERT INTO {} ({}) VALUES ({})", main_table(source.schema.name), column_list(source), places));
  for (int i = 0; i < row.columns(); ++i) copy.bind_column(i, row, i);
  copy.run();
  ValueStatement& note = statement(
      "INSERT INTO oubli_records (run, source_table, archived_rowid, source_identity, family, key_text, "
      "content_digest, subject_digest, purposes, events, root_table, other_purposes, state) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'pending')");
  const Digest content = content_digest(row, m_orders.at(source.schema.name));
  note.bind_all(std::vector{text(entry.run), text(entry.table), Value::of(m_database->getLastInsertRowid()),
                            Value::of_blob(entry.identity), Value::of_blob(entry.family), text(entry.key),
                            blob(content), entry.subject ? blob(*entry.subject) : Value::of_null(),
                            text(entry.purposes), text(entry.events), text(entry.root), text(entry.other_purposes)});
  note.run();
  return m_database->getLastInsertRowid();
}

std::int64_t ArchiveFile::archived_rowid(std::int64_t record) {
  ValueStatement& row = statement("SELECT archived_rowid FROM oubli_records WHERE record = ?1");
  row.bind(0, Value::of(record));
  if (!row.step()) throw SQLite::Exception("an archived record has no bookkeeping");
  const std::int64_t rowid = row.column(0).integer;
  row.reset();
  return rowid;
}

std::string ArchiveFile::archived_table(std::int64_t record) {
  ValueStatement& row = statement("SELECT source_table FROM oubli_records WHERE record = ?1");
  row.bind(0, Value::of(record));
  if (!row.step()) throw SQLite::Exception("an archived record has no bookkeeping");
  std::string table(row.column(0).bytes);
  row.reset();
  return table;
}

const std::string& ArchiveFile::rowid_name(const std::string& table) {
  std::string& name = m_rowid_names[table];
  if (name.empty()) name = quoted_name(free_rowid_name(archived_columns(table)));
  return name;
}

Digest ArchiveFile::digest_of(const TableFacts& source, std::int64_t record) {
  const std::int64_t rowid = archived_rowid(record);
  ValueStatement& row = statement(fmt::format("SELECT {} FROM {} WHERE {} = ?1", column_list(source),
                                              main_table(source.schema.name), rowid_of(source, m_dataset)));
  row.bind(0, Value::of(rowid));
  if (!row.step()) throw SQLite::Exception("bookkeeping has no archived record");
  const Digest digest = content_digest(row);
  row.reset();
  return digest;
}

// ---------------------------------------------------------------- pending copies

void ArchiveFile::confirm(std::int64_t record) {
  ValueStatement& change = statement("UPDATE oubli_records SET state = 'confirmed' WHERE record = ?1");
  change.bind(0, Value::of(record));
  change.run();
}

void ArchiveFile::erase(std::int64_t record) {
  const std::int64_t rowid = archived_rowid(record);
  const std::string table = archived_table(record);
  ValueStatement& copy = statement(fmt::format("DELETE FROM {} WHERE {} = ?1", main_table(table), rowid_name(table)));
  copy.bind(0, Value::of(rowid));
  copy.run();
  if (m_database->getChanges() != 1) throw SQLite::Exception("bookkeeping has no archived record");
  ValueStatement& note = statement("DELETE FROM oubli_records WHERE record = ?1");
  note.bind(0, Value::of(record));
  note.run();
  statement("UPDATE oubli_archive SET residue = 1").run();
}

/// The source may have got a column, that of the mark above all, since the table was last archived.
void ArchiveFile::make_room(const std::string& table, std::span<const NewField> fields) {
  const auto columns = archived_columns(table);
  for (const NewField& field : fields) {
    const auto is_it = [&](const std::string& column) { return same_name(column, field.column); };
    if (std::ranges::none_of(columns, is_it))
      m_database->exec(fmt::format("ALTER TABLE {} ADD COLUMN {}", main_table(table), quoted_name(field.column)));
  }
}

void ArchiveFile::rewrite(std::int64_t record, std::span<const NewField> fields) {
  if (fields.empty()) return;
  const std::int64_t rowid = archived_rowid(record);
  const std::string table = archived_table(record);
  make_room(table, fields);
  std::string sets;
  for (const NewField& field : fields)
    sets += fmt::format("{}{} = ?", sets.empty() ? "" : ", ", quoted_name(field.column));
  ValueStatement& change =
      statement(fmt::format("UPDATE {} SET {} WHERE {} = ?", main_table(table), sets, rowid_name(table)));
  int parameter = 0;
  for (const NewField& field : fields) change.bind(parameter++, field.value);
  change.bind(parameter, Value::of(rowid));
  change.run();
  if (m_database->getChanges() != 1) throw SQLite::Exception("bookkeeping has no archived record");
  note_content(table, record, rowid);
  statement("UPDATE oubli_archive SET residue = 1").run();
}

void ArchiveFile::note_content(const std::string& table, std::int64_t record, std::int64_t rowid) {
  ValueStatement row(*m_database,
                     fmt::format("SELECT * FROM {} WHERE {} = ?1", main_table(table), rowid_name(table)));
  row.bind(0, Value::of(rowid));
  if (!row.step()) throw SQLite::Exception("bookkeeping has no archived record");
  const Digest content = content_digest(row);
  ValueStatement& note = statement("UPDATE oubli_records SET content_digest = ?1 WHERE record = ?2");
  note.bind_all(std::vector{blob(content), Value::of(record)});
  note.run();
}

void ArchiveFile::forget_whose(std::int64_t record) {
  ValueStatement& note = statement("UPDATE oubli_records SET key_text = '', subject_digest = NULL WHERE record = ?1");
  note.bind(0, Value::of(record));
  note.run();
  statement("UPDATE oubli_archive SET residue = 1").run();
}

std::vector<PendingCopy> ArchiveFile::pending(const std::vector<std::string>& tables) {
  ValueStatement& rows = statement(
      "SELECT record, source_table, source_identity, family FROM oubli_records "
      "WHERE state = 'pending' AND run <> ?1 ORDER BY family, record");
  rows.bind(0, text(m_target.run));
  std::vector<PendingCopy> copies;
  while (rows.step()) {
    PendingCopy copy{rows.column(0).integer, std::string(rows.column(1).bytes), std::string(rows.column(2).bytes),
                     std::string(rows.column(3).bytes)};
    const auto is_its_table = [&](const std::string& table) { return same_name(table, copy.table); };
    if (std::ranges::any_of(tables, is_its_table)) copies.push_back(std::move(copy));
  }
  return copies;
}

bool ArchiveFile::has_pending() {
  ValueStatement& row = statement("SELECT EXISTS (SELECT 1 FROM oubli_records WHERE state = 'pending')");
  const bool pending = row.step() && row.column(0).integer != 0;
  row.reset();
  return pending;
}

void ArchiveFile::for_each_confirmed(const std::string& table, const std::vector<std::string>& columns,
                                     const std::function<void(std::span<const Value>)>& use) {
  const auto archived = archived_columns(table);
  std::string list;
  for (const std::string& column : columns) {
    if (std::ranges::none_of(archived, [&](const std::string& name) { return same_name(name, column); })) return;
    list += fmt::format("{}{}", list.empty() ? "" : ", ", column_of("a", column));
  }
  ValueStatement& rows =
      statement(fmt::format("SELECT {} FROM {} AS a WHERE a.{} IN (SELECT archived_rowid FROM oubli_records "
                            "WHERE source_table = ?1 AND state = 'confirmed')",
                            list, main_table(table), quoted_name(free_rowid_name(archived))));
  rows.bind(0, text(table));
  std::vector<Value> values(columns.size());
  while (rows.step()) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = rows.column(static_cast<int>(i));
    use(values);
  }
  rows.reset();
}

// A column the source has got since was empty when these were archived.
void ArchiveFile::for_each_copy(const std::string& table, const std::vector<std::string>& columns,
                                const std::function<void(std::span<const Value>)>& use) {
  const auto archived = archived_columns(table);
  if (archived.empty()) return;
  std::string list;
  for (const std::string& column : columns) {
    const bool is_there = std::ranges::any_of(archived, [&](const auto& name) { return same_name(name, column); });
    list += fmt::format("{}{}", list.empty() ? "" : ", ", is_there ? column_of("a", column) : "NULL");
  }
  ValueStatement& rows = statement(fmt::format("SELECT {} FROM {} AS a", list, main_table(table)));
  std::vector<Value> values(columns.size());
  while (rows.step()) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = rows.column(static_cast<int>(i));
    use(values);
  }
  rows.reset();
}

// ---------------------------------------------------------------- residue

bool ArchiveFile::has_residue() {
  ValueStatement& row = statement("SELECT max(residue) FROM oubli_archive");
  const bool residue = row.step() && row.column(0).integer != 0;
  row.reset();
  return residue;
}

void ArchiveFile::forget_residue() { statement("UPDATE oubli_archive SET residue = 0").run(); }

bool ArchiveFile::holds_records_of(const std::string& run) {
  ValueStatement& row = statement("SELECT EXISTS (SELECT 1 FROM oubli_records WHERE run = ?1 AND state = 'confirmed')");
  row.bind(0, text(run));
  const bool holds = row.step() && row.column(0).integer != 0;
  row.reset();
  return holds;
}

}  // namespace oubli::sqlite
