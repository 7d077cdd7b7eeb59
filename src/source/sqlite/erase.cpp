#include "source/sqlite/erase.hpp"

#include "source/sqlite/catalog.hpp"
#include "source/sqlite/connection.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/residue_search.hpp"
#include "source/sqlite/search_index.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sys/statvfs.h>

#include <optional>
#include <sqlite3.h>
#include <system_error>

namespace oubli::sqlite {
namespace {

namespace fs = std::filesystem;

std::int64_t pragma(SQLite::Database& database, const char* sql) { return database.execAndGet(sql).getInt64(); }

std::int64_t bytes_free(const fs::path& file) {
  struct statvfs status {};
  if (::statvfs(file.parent_path().c_str(), &status) != 0) return 0;
  return static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize);
}

/// VACUUM numbers implicit rowids anew, from 1 without gaps: no change where they are so already.
bool would_renumber(SQLite::Database& database, const TableFacts& table) {
  if (!table.schema.implicit_rowid || !table.schema.is_plain_table) return false;
  SQLite::Statement row(database, fmt::format("SELECT count(*), min({0}), max({0}) FROM {1}", table.identity.front(),
                                              main_table(table.schema.name)));
  if (!row.executeStep() || row.getColumn(0).getInt64() == 0) return false;
  return row.getColumn(1).getInt64() != 1 || row.getColumn(2).getInt64() != row.getColumn(0).getInt64();
}

/// What keeps the file from being rewritten now; nothing when it can be.
std::optional<std::string> obstacle(SQLite::Database& database, const fs::path& file, Rowids rowids) {
  if (rowids == Rowids::in_use) {
    const Catalog catalog(database);
    for (const TableFacts& table : catalog.tables()) {
      if (would_renumber(database, table))
        return fmt::format("the records of {} would be numbered anew (say `rowids: unused` if nothing relies on that)",
                           table.schema.name);
    }
  }
  const ErasureEstimate estimate = estimate_erasure(database, file);
  if (estimate.bytes_needed > estimate.bytes_free)
    return fmt::format("{} needs {} bytes of free space, there are {}", file.filename().string(), estimate.bytes_needed,
                       estimate.bytes_free);
  return std::nullopt;
}

/// TRUNCATE answers (busy, log, checkpointed): all zero, or in a rollback mode no log at all.
bool checkpoint_everything(SQLite::Database& database) {
  SQLite::Statement answer(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (!answer.executeStep() || answer.getColumn(0).getInt() != 0) return false;
  const int log = answer.getColumn(1).getInt();
  return log <= 0 && answer.getColumn(2).getInt() == log;
}

bool has_content(fs::path file, const char* suffix) {
  file += suffix;
  std::error_code none;
  const auto size = fs::file_size(file, none);
  return !none && size > 0;
}

/// Statistics another build of SQLite gathered hold whole key values as samples, and outlive VACUUM.
void forget_samples(SQLite::Database& database) {
  for (const char* const samples : {"sqlite_stat3", "sqlite_stat4"}) {
    if (database.tableExists(samples)) database.exec(fmt::format("DELETE FROM {}", main_table(samples)));
  }
}

bool flush(SQLite::Database& database, int which) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(database.getHandle(), "main", which, static_cast<void*>(&file));
  const bool is_open = file != nullptr && file->pMethods != nullptr;
  return !is_open || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

/// VACUUM cuts the file off after its commit, a checkpoint the log, and SQLite flushes neither: after a power
/// cut the ends would be there again with all they held.
bool flush_what_was_cut_off(SQLite::Database& database) {
  return flush(database, SQLITE_FCNTL_FILE_POINTER) && flush(database, SQLITE_FCNTL_JOURNAL_POINTER);
}

/// A view or an index may quote a value, a trigger have written it elsewhere, another program hold an old file.
ErasureResult search(SQLite::Database& database, const fs::path& file, const ErasedSample& erased) {
  const ResidueSearch search = search_residue(database, file, erased);
  if (search.found == 0) return {true, {}, search};
  return {false,
          fmt::format("{} of {} removed values that were looked for are still in {}", search.found, search.searched,
                      file.filename().string()),
          search};
}

ErasureResult rewrite(SQLite::Database& database, const fs::path& file) {
  const std::string name = file.filename().string();
  optimise_search_indexes(database);
  forget_samples(database);
  database.exec("VACUUM");
  if (!checkpoint_everything(database)) return {false, fmt::format("another connection is reading {}", name)};
  // Another program's PERSIST journal, whose pages only a writer in DELETE mode takes away: VACUUM did.
  if (has_content(file, "-journal")) return {false, fmt::format("{}-journal is in use", name)};
  if (!flush_what_was_cut_off(database)) return {false, fmt::format("{} could not be flushed to disk", name)};
  return {};
}

}  // namespace

ErasureEstimate estimate_erasure(SQLite::Database& database, const fs::path& file) {
  const std::int64_t page_size = pragma(database, "PRAGMA page_size");
  const std::int64_t pages = pragma(database, "PRAGMA page_count");
  const std::int64_t live_pages = pages - pragma(database, "PRAGMA freelist_count");
  // The new file, and the journal or WAL through which it becomes the old one.
  return {pages * page_size, 2 * live_pages * page_size, bytes_free(file)};
}

ErasureResult erase_file(SQLite::Database& database, const fs::path& file, Rowids rowids, const ErasedSample& erased) {
  try {
    if (const auto reason = unreachable_search_index(database)) return {false, *reason};
    if (const auto reason = obstacle(database, file, rowids)) return {false, *reason};
    const ErasureResult rewritten = rewrite(database, file);
    return rewritten.done ? search(database, file, erased) : rewritten;
  } catch (const SQLite::Exception& exception) {
    const std::string name = file.filename().string();
    if (is_busy(exception)) return {false, fmt::format("another connection is using {}", name)};
    if ((exception.getErrorCode() & 0xFF) == SQLITE_FULL)
      return {false, fmt::format("there is no space left to rewrite {}", name)};
    throw;
  }
}

}  // namespace oubli::sqlite
