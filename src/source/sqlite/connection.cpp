/// The rules of opening (each measured):
/// - A READONLY connection to a database in WAL mode leaves a `-wal` and a `-shm` behind where there
///   were none, a READWRITE one held to reading by `query_only` leaves nothing.
/// - A READWRITE connection checkpoints a `-wal` that has content when it closes, and rolls back a
///   hot journal when it first reads; both change the main file. READONLY does neither.
/// - `immutable` ignores a `-wal` and so misses committed records: never used.
#include "source/sqlite/connection.hpp"

#include <fmt/format.h>

#include <sqlite3.h>
#include <system_error>

namespace oubli::sqlite {
namespace {

namespace fs = std::filesystem;

bool has_content(fs::path file, const char* suffix) {
  file += suffix;
  std::error_code none;
  const auto size = fs::file_size(file, none);
  return !none && size > 0;
}

int open_flags(const fs::path& file, Access access) {
  const bool unfinished = has_content(file, "-wal") || has_content(file, "-journal");
  const int mode = access == Access::read && unfinished ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE;
  // A source isn't for concurrent use: without a mutex a field costs a call less to lock and one to unlock.
  return mode | SQLite::OPEN_NOFOLLOW | SQLite::OPEN_NOMUTEX;
}

/// NOFOLLOW also refuses a link among the folders above, which is nobody's trap: those are resolved.
fs::path with_real_folder(const fs::path& file, const std::string& dataset) {
  std::error_code failed;
  const fs::path folder = fs::canonical(file.parent_path().empty() ? "." : file.parent_path(), failed);
  if (failed)
    throw Error(Cause::dataset, fmt::format("{}: the folder of {} can't be opened", dataset, file.filename().string()));
  return folder / file.filename();
}

void require_regular_file(const fs::path& file, const std::string& dataset) {
  std::error_code failed;
  const fs::file_status status = fs::symlink_status(file, failed);
  const std::string name = file.filename().string();
  if (status.type() == fs::file_type::not_found)
    throw Error(Cause::dataset, fmt::format("{}: there is no file {}", dataset, name),
                "correct `sqlite:` in the config");
  if (status.type() == fs::file_type::symlink)
    throw Error(Cause::dataset, fmt::format("{}: {} is a symbolic link", dataset, name), "name the file it points to");
  if (failed || status.type() != fs::file_type::regular)
    throw Error(Cause::dataset, fmt::format("{}: {} isn't a regular file", dataset, name));
}

void switch_setting(const SQLite::Database& database, int setting, int on) {
  sqlite3_db_config(database.getHandle(), setting, on, nullptr);
}

/// The file may come from anyone: its schema gets no power over this process, and a misspelt name
/// is an error, not a text literal.
void harden(SQLite::Database& database) {
  switch_setting(database, SQLITE_DBCONFIG_DEFENSIVE, 1);
  switch_setting(database, SQLITE_DBCONFIG_DQS_DML, 0);
  switch_setting(database, SQLITE_DBCONFIG_DQS_DDL, 0);
  trust_schema(database, false);
  switch_setting(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
  switch_setting(database, SQLITE_DBCONFIG_ENABLE_FKEY, 1);
  database.exec("PRAGMA cell_size_check = ON");
}

struct Meaning {
  const char* reason;
  const char* hint;
};

Meaning meaning_of_constraint(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return {"a foreign key forbids it", "look for records that still point to those due"};
    case SQLITE_CONSTRAINT_TRIGGER:
      return {"a trigger of the database forbids it", "let the trigger allow it"};
    case SQLITE_CONSTRAINT_NOTNULL:
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_UNIQUE:
      // The message names the constraint, which is the schema's.
      return {nullptr, "give the data category a mask that the column takes"};
    default:
      return {"a constraint of the database forbids it", ""};
  }
}

Meaning meaning_of(int code, int extended) {
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {"another program holds a lock on the database", "run again when it is done"};
    case SQLITE_NOTADB:
      return {"it isn't a SQLite database, or it is encrypted", "correct `sqlite:` in the config"};
    case SQLITE_CORRUPT:
      return {"the database is damaged", "see what `PRAGMA integrity_check` says"};
    case SQLITE_FULL:
      return {"there is no space left", "make room beside the database and in the temporary folder"};
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return {"the database can't be opened", "check the permissions of the file and its folder"};
    case SQLITE_IOERR:
      return {"reading or writing the file failed", "look into the system's log"};
    case SQLITE_CONSTRAINT:
      return meaning_of_constraint(extended);
    case SQLITE_READONLY:
      if (extended == SQLITE_READONLY_ROLLBACK)
        return {"a transaction was cut off and isn't rolled back yet", "open the database once with its own program"};
      return {"the database can't be written", "check the permissions of the file and its folder"};
    default:
      return {nullptr, ""};
  }
}

}  // namespace

SQLite::Database open_database(const fs::path& file, Access access, const std::string& dataset) {
  require_regular_file(file, dataset);
  SQLite::Database database(with_real_folder(file, dataset).string(), open_flags(file, access), k_busy_timeout_ms);
  harden(database);
  if (access == Access::read) database.exec("PRAGMA query_only = ON");
  // What is noted elsewhere once this file has changed must not come undone: FULL doesn't make a rollback
  // journal's removal durable, and a journal that comes back after a power cut undoes its transaction.
  if (access == Access::enforce) database.exec("PRAGMA synchronous = EXTRA");
  database.exec("PRAGMA secure_delete = ON");
  return database;
}

void trust_schema(const SQLite::Database& database, bool trust) {
  switch_setting(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, trust ? 1 : 0);
}

Error explained(const SQLite::Exception& exception, const std::string& dataset, const std::string& step) {
  const int extended = exception.getExtendedErrorCode();
  const Meaning meaning = meaning_of(exception.getErrorCode() & 0xFF, extended);
  // Only SQLite's plain errors name what is wrong, and those speak of the schema, not of records.
  const std::string reason = meaning.reason == nullptr ? exception.what() : meaning.reason;
  return {Cause::dataset, fmt::format("{}: {}: {}", dataset, step, reason), meaning.hint};
}

bool is_busy(const SQLite::Exception& exception) {
  const int code = exception.getErrorCode() & 0xFF;
  return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

}  // namespace oubli::sqlite
