#include "state/schema.hpp"

#include "oubli/diag/diagnostic.hpp"
#include "state/ledger.hpp"
#include "state/private_file.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <unistd.h>

namespace oubli::state {

namespace {

// Where a state says so in its file header: SQLite's application_id, big-endian at offset 68.
constexpr std::string_view k_magic{"SQLite format 3\0", 16};
constexpr std::string_view k_application_id = "obli";
constexpr std::size_t k_application_id_offset = 68;
constexpr std::size_t k_write_version_offset = 18;
constexpr char k_rollback_journal = 1;

constexpr const char* k_schema = R"(
PRAGMA application_id = 0x6f626c69;
CREATE TABLE oubli_state (format INTEGER NOT NULL, id TEXT NOT NULL, ledger_head TEXT NOT NULL);
CREATE TABLE approval (number INTEGER PRIMARY KEY, approved_at TEXT NOT NULL, approved_by TEXT NOT NULL) STRICT;
CREATE TABLE approved_text (
  approval INTEGER NOT NULL REFERENCES approval, position INTEGER NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (approval, position)) STRICT;
CREATE TABLE ledger (
  number INTEGER PRIMARY KEY, written_at TEXT NOT NULL, kind TEXT NOT NULL, run TEXT NOT NULL,
  body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
  BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
  BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
CREATE TABLE erasure_pending (dataset TEXT PRIMARY KEY, because TEXT NOT NULL) STRICT;
)";

constexpr const char* k_stops = R"(
CREATE TABLE stop (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, case_id TEXT NOT NULL, ground TEXT NOT NULL, reason TEXT NOT NULL,
  author TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT,
  dataset TEXT NOT NULL, table_name TEXT NOT NULL, condition TEXT NOT NULL, subject BLOB,
  added_at TEXT NOT NULL, lifted_at TEXT, lifted_by TEXT, lifted_because TEXT) STRICT;
CREATE TABLE stop_unreachable (
  stop INTEGER NOT NULL REFERENCES stop, table_name TEXT NOT NULL, PRIMARY KEY (stop, table_name)) STRICT;
CREATE TRIGGER stop_is_never_forgotten BEFORE DELETE ON stop
  BEGIN SELECT raise(ABORT, 'a stop is lifted, never deleted'); END;
)";

// States of format 2 may have the first of these already.
constexpr const char* k_memory = R"(
CREATE TABLE IF NOT EXISTS remembered_day (
  event TEXT NOT NULL, digest BLOB NOT NULL, reading TEXT NOT NULL, day TEXT, mark TEXT NOT NULL,
  PRIMARY KEY (event, digest)) STRICT, WITHOUT ROWID;
CREATE TABLE archived (
  policy TEXT NOT NULL, dataset TEXT NOT NULL, table_name TEXT NOT NULL,
  at_least INTEGER NOT NULL, arrivals INTEGER NOT NULL, PRIMARY KEY (policy, dataset, table_name)) STRICT, WITHOUT ROWID;
)";

// Free text may name a person and a ledger can't be corrected: it stands beside the chain, which has its digest.
constexpr const char* k_reasons = R"(
CREATE TABLE ledger_reason (entry INTEGER PRIMARY KEY REFERENCES ledger, reason TEXT NOT NULL) STRICT;
)";

// What tells a record that was away for a night from another that came under its key.
constexpr const char* k_absences = R"(
ALTER TABLE remembered_day ADD COLUMN content BLOB;
ALTER TABLE remembered_day ADD COLUMN away_since TEXT;
ALTER TABLE remembered_day ADD COLUMN is_in_doubt INTEGER NOT NULL DEFAULT 0;
)";

constexpr const char* k_keys = R"(
CREATE TABLE ledger_key (
  number INTEGER PRIMARY KEY, run TEXT NOT NULL, dataset TEXT NOT NULL, table_name TEXT NOT NULL, side TEXT NOT NULL,
  change TEXT NOT NULL, is_confirmed INTEGER NOT NULL, keys BLOB NOT NULL) STRICT;
)";

// What each format added to the one before, from the second on.
constexpr std::array k_additions{k_stops, k_memory, k_reasons, k_absences, k_keys};
constexpr int k_format = 1 + static_cast<int>(k_additions.size());

void insert_identity(SQLite::Database& database, const std::string& id) {
  SQLite::Statement insert(database, "INSERT INTO oubli_state VALUES (?, ?, ?)");
  insert.bind(1, k_format);
  insert.bind(2, id);
  insert.bind(3, std::string(k_hash_length, '0'));
  insert.exec();
}

void fill(const std::filesystem::path& file, const std::string& id) {
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  prepare_for_writing(database);
  SQLite::Transaction transaction(database);
  database.exec(k_schema);
  for (const char* const addition : k_additions) database.exec(addition);
  insert_identity(database, id);
  transaction.commit();
}

int format_of(SQLite::Database& database) {
  return database.execAndGet("SELECT format FROM oubli_state").getInt();
}

[[noreturn]] void throw_not_a_state(const std::filesystem::path& file) {
  throw Error(Cause::dataset, fmt::format("{} is not a state of oubli", file.string()),
              "correct state: in the config, or put the state back from a backup");
}

}  // namespace

void create_state(const std::filesystem::path& file, const std::string& id) {
  const std::filesystem::path unfinished = file.string() + ".new";
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  create_private_file(unfinished, {});
  fill(unfinished, id);
  // Unlike a rename, a link never takes the place of a state made meanwhile.
  if (::link(unfinished.c_str(), file.c_str()) != 0) throw_errno("cannot create", file);
  std::filesystem::remove(unfinished, ignored);
  sync_folder_of(file);
}

void check_is_state(const std::filesystem::path& file) {
  std::array<char, 100> header{};
  std::ifstream in(file, std::ios::binary);
  if (!in) throw_errno("cannot open", file);
  in.read(header.data(), header.size());
  const std::string_view bytes(header.data(), static_cast<std::size_t>(in.gcount()));
  if (bytes.size() < header.size() || !bytes.starts_with(k_magic) ||
      bytes.substr(k_application_id_offset, k_application_id.size()) != k_application_id ||
      bytes[k_write_version_offset] != k_rollback_journal) {
    throw_not_a_state(file);
  }
}

void check_format(SQLite::Database& database, const std::filesystem::path& file) {
  if (!database.tableExists("oubli_state")) throw_not_a_state(file);
  const int format = format_of(database);
  if (format > k_format) {
    throw Error(Cause::dataset,
                fmt::format("the state {} has format {}, and this oubli knows {}", file.string(), format, k_format),
                "use the version of oubli that wrote it, or a newer one");
  }
}

void bring_up_to_date(SQLite::Database& database) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int format = format_of(database);
  if (format == k_format) return;
  for (auto i = static_cast<std::size_t>(format - 1); i < k_additions.size(); ++i) database.exec(k_additions.at(i));
  SQLite::Statement update(database, "UPDATE oubli_state SET format = ?");
  update.bind(1, k_format);
  update.exec();
  transaction.commit();
}

void prepare_for_writing(SQLite::Database& database) {
  // Approvals are compared with what is typed today, so a lost commit would lift a safeguard:
  // EXTRA also waits for the journal's removal to be on the medium.
  database.exec("PRAGMA journal_mode = DELETE");
  database.exec("PRAGMA synchronous = EXTRA");
  database.exec("PRAGMA secure_delete = ON");
  database.exec("PRAGMA foreign_keys = ON");
}

}  // namespace oubli::state
