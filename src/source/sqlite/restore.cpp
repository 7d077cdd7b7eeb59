#include "source/sqlite/restore.hpp"

#include "source/followers.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/member_access.hpp"
#include "source/sqlite/restoring.hpp"
#include "source/sqlite/returning_table.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <sqlite3.h>
#include <utility>

namespace oubli::sqlite {
namespace {

class Restoration {
 public:
  Restoration(OpenDataset& dataset, ArchiveFile& archive) : m_dataset(dataset), m_archive(archive) {}

  [[nodiscard]] Restored carry_out(const ArchivedPlace& place, const GoingRecords& going) {
    if (m_archive.has_pending())
      refuse("copies of an interrupted run are still pending", "run `oubli enforce` first, which settles them");
    auto records = records_at(place);
    m_dataset.end_snapshot();
    SQLite::Transaction transaction(m_dataset.database, SQLite::TransactionBehavior::IMMEDIATE);
    const auto guard = begin_step(&going);
    m_dataset.notice_changes();
    for (ReturningRecord& record : records) table(record.table).insert(record);
    for (const ReturningRecord& record : records) require_parents(record);
    // No statement may be open on the archive when the notes' table is made.
    Restored restored = told(records);
    m_tables.clear();
    note_on_their_way(m_archive, records);
    commit(transaction);
    if (m_dataset.events != nullptr) m_dataset.events->forget();
    take_out(m_archive, records);
    return restored;
  }

  void settle() {
    auto records = records_on_their_way(m_archive);
    // They came back in one transaction: where one stands as it was archived, all did, whatever became of them since.
    const bool came_back =
        std::ranges::any_of(records, [&](const ReturningRecord& one) { return table(one.table).is_as_copied(one); });
    m_tables.clear();
    if (came_back)
      take_out(m_archive, records);
    else
      forget_on_their_way(m_archive);
  }

 private:
  [[noreturn]] void refuse(const std::string& reason, const std::string& hint) const {
    throw Error(Cause::refused, m_dataset.config.name + ": " + reason, hint);
  }

  ReturningTable& table(const std::string& name) {
    const auto found = m_tables.find(name);
    if (found != m_tables.end()) return found->second;
    if (m_archived.empty()) m_archived = m_archive.tables();
    const auto archived = std::ranges::find(m_archived, name, &ArchivedTable::name);
    return m_tables.try_emplace(name, m_dataset, m_archive, *archived).first->second;
  }

  /// The record with what came with it, parents before their children.
  [[nodiscard]] std::vector<ReturningRecord> records_at(const ArchivedPlace& place) {
    const std::string& name = place.table->config.name;
    const auto line = returning_line(m_archive, name, place.row);
    if (!line) refuse(name + " has no such record in the archive", "run again: it may have been purged meanwhile");
    std::vector<ReturningRecord> records{line->record};
    if (line->family.empty()) return records;
    const Value run = Value::of(std::string_view(line->run));
    const Value family = Value::of_blob(line->family);
    require_root(*place.table, run, family);
    for (const RuledTable* follower : with_followers(m_dataset.rules, name)) {
      if (follower != place.table && follower->config.name != name) append(follower->config.name, run, family, records);
    }
    return records;
  }

  /// What follows a record goes with it, not before.
  void require_root(const RuledTable& follower, const Value& run, const Value& family) {
    if (follower.root == follower.rules.table || m_archive.family(follower.root, run, family).empty()) return;
    refuse(fmt::format("this record of {} is in the archive with the record of {} it follows", follower.rules.table,
                       follower.root),
           "restore that one: what follows it comes along");
  }

  void append(const std::string& name, const Value& run, const Value& family, std::vector<ReturningRecord>& records) {
    for (const FamilyLine& each : m_archive.family(name, run, family)) {
      if (auto line = returning_line(m_archive, name, each.rowid)) records.push_back(std::move(line->record));
    }
  }

  /// Also of relations that the config alone knows.
  void require_parents(const ReturningRecord& record) {
    const TableFacts& facts = table(record.table).facts();
    const std::vector<Relation>& configured = m_dataset.rules.relations;
    for (const auto* relations : {&configured, &m_dataset.catalog.foreign_keys()}) {
      for (const Relation& relation : *relations) {
        if (same_name(relation.child, facts.schema.name) && is_orphan(facts, relation, record.identity))
          table(record.table).refuse("the record of " + relation.parent + " it points to isn't in the source",
                                     "restore that one first, where it is archived");
      }
    }
  }

  [[nodiscard]] bool is_orphan(const TableFacts& facts, const Relation& relation, const std::string& identity) {
    std::string points = identified(facts);
    std::string meets;
    for (std::size_t i = 0; i < relation.child_columns.size(); ++i) {
      points += fmt::format(" AND {} IS NOT NULL", column_of("t0", relation.child_columns[i]));
      meets += fmt::format("{}{} = {}", meets.empty() ? "" : " AND ", column_of("t0", relation.child_columns[i]),
                           column_of("p", relation.parent_columns[i]));
    }
    ValueStatement orphan(m_dataset.database,
                          fmt::format("SELECT 1 FROM {} AS t0 WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS p WHERE {})",
                                      main_table(facts.schema.name), points, main_table(relation.parent), meets));
    orphan.bind_all(values_from(identity));
    return orphan.step();
  }

  [[nodiscard]] Restored told(const std::vector<ReturningRecord>& records) {
    Restored restored;
    for (const ReturningRecord& record : records) ++restored.records[record.table];
    if (table(records.front().table).facts().by_rowid)
      restored.row = values_from(records.front().identity).front().integer;
    return restored;
  }

  // A foreign key that waits for the end refuses here. After any other failure, such as one of the disk, the records
  // may have come back all the same: the notes stay, and whoever opens the source next settles them.
  void commit(SQLite::Transaction& transaction) {
    try {
      transaction.commit();
    } catch (const SQLite::Exception& exception) {
      if ((exception.getErrorCode() & 0xFF) == SQLITE_CONSTRAINT) forget_on_their_way(m_archive);
      throw;
    }
  }

  OpenDataset& m_dataset;
  ArchiveFile& m_archive;
  std::vector<ArchivedTable> m_archived;
  std::map<std::string, ReturningTable> m_tables;
};

}  // namespace

Restored restore_records(OpenDataset& dataset, ArchiveFile& archive, const ArchivedPlace& place,
                         const GoingRecords& going) {
  return Restoration(dataset, archive).carry_out(place, going);
}

void settle_restored(OpenDataset& dataset, ArchiveFile& archive) {
  if (!archive.database().tableExists("oubli_restoring")) return;
  dataset.end_snapshot();
  Restoration(dataset, archive).settle();
}

}  // namespace oubli::sqlite
