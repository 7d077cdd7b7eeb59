#include "source/sqlite/restoring.hpp"

#include "source/sqlite/identifiers.hpp"

#include <SQLiteCpp/Transaction.h>

#include <algorithm>

namespace oubli::sqlite {
namespace {

constexpr const char* k_layout =
    "CREATE TABLE IF NOT EXISTS oubli_restoring (record INTEGER PRIMARY KEY, identity BLOB NOT NULL)";
constexpr const char* k_removal = "DROP TABLE IF EXISTS oubli_restoring";

ReturningRecord record_from(const ValueStatement& row) {
  return {row.column(0).integer, row.column(1).integer, std::string(row.column(2).bytes),
          std::string(row.column(3).bytes)};
}

}  // namespace

std::optional<ReturningLine> returning_line(ArchiveFile& archive, const std::string& table, std::int64_t rowid) {
  ValueStatement row(archive.database(),
                     "SELECT record, archived_rowid, source_table, source_identity, run, family FROM oubli_records "
                     "WHERE source_table = ?1 COLLATE NOCASE AND archived_rowid = ?2 AND state = 'confirmed'");
  row.bind_all(std::vector{Value::of(std::string_view(table)), Value::of(rowid)});
  if (!row.step()) return std::nullopt;
  return ReturningLine{record_from(row), std::string(row.column(4).bytes), std::string(row.column(5).bytes)};
}

std::vector<ReturningRecord> records_on_their_way(ArchiveFile& archive) {
  std::vector<ReturningRecord> records;
  if (!archive.database().tableExists("oubli_restoring")) return records;
  ValueStatement rows(archive.database(),
                      "SELECT r.record, r.archived_rowid, r.source_table, w.identity FROM oubli_restoring AS w "
                      "JOIN oubli_records AS r ON r.record = w.record ORDER BY r.record");
  while (rows.step()) records.push_back(record_from(rows));
  return records;
}

void note_on_their_way(ArchiveFile& archive, std::span<const ReturningRecord> records) {
  SQLite::Transaction transaction(archive.database(), SQLite::TransactionBehavior::IMMEDIATE);
  archive.database().exec(k_layout);
  ValueStatement insert(archive.database(), "INSERT INTO oubli_restoring VALUES (?1, ?2)");
  for (const ReturningRecord& each : records) {
    insert.bind_all(std::vector{Value::of(each.record), Value::of_blob(each.identity)});
    insert.run();
  }
  transaction.commit();
}

void take_out(ArchiveFile& archive, std::span<const ReturningRecord> records) {
  SQLite::Transaction transaction(archive.database(), SQLite::TransactionBehavior::IMMEDIATE);
  for (const ReturningRecord& each : records) archive.erase(each.record);
  archive.database().exec(k_removal);
  transaction.commit();
}

void forget_on_their_way(ArchiveFile& archive) {
  SQLite::Transaction transaction(archive.database(), SQLite::TransactionBehavior::IMMEDIATE);
  archive.database().exec(k_removal);
  transaction.commit();
}

}  // namespace oubli::sqlite
