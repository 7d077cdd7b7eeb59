#include "source/sqlite/removal_watch.hpp"

#include "source/sqlite/identifiers.hpp"

#include <fmt/format.h>

#include <sqlite3.h>
#include <string_view>

namespace oubli::sqlite {

RemovalWatch::RemovalWatch(OpenDataset& dataset) : m_dataset(dataset), m_handle(dataset.database.getHandle()) {
  for (const RuledTable& table : dataset.rules.tables) {
    const TableFacts& facts = dataset.catalog.plain_table(table.config.name);
    if (!facts.by_rowid) m_count_before[facts.schema.name] = count(facts);
  }
  sqlite3_update_hook(m_handle, &RemovalWatch::note, this);
  sqlite3_set_authorizer(m_handle, &RemovalWatch::keep_single_removals, this);
}

RemovalWatch::~RemovalWatch() {
  sqlite3_set_authorizer(m_handle, nullptr, nullptr);
  sqlite3_update_hook(m_handle, nullptr, nullptr);
}

// A DELETE without WHERE empties a table at one stroke and tells no hook, unless it is "ignored":
// then it removes record by record.
int RemovalWatch::keep_single_removals(void*, int action, const char*, const char*, const char*, const char*) {
  return action == SQLITE_DELETE ? SQLITE_IGNORE : SQLITE_OK;
}

void RemovalWatch::note(void* self, int action, const char* database, const char* table, long long) {
  if (std::string_view(database) != "main") return;
  Traffic& traffic = static_cast<RemovalWatch*>(self)->m_traffic[table];
  if (action == SQLITE_DELETE) ++traffic.removed;
  if (action == SQLITE_INSERT) ++traffic.inserted;
}

std::int64_t RemovalWatch::count(const TableFacts& facts) const {
  const std::string sql = fmt::format("SELECT count(*) FROM {}", main_table(facts.schema.name));
  return m_dataset.database.execAndGet(sql).getInt64();
}

// The hook passes over tables without rowids: those are counted before and after.
RemovalWatch::Traffic RemovalWatch::traffic_of(const TableFacts& facts, std::int64_t expected) const {
  if (facts.by_rowid) {
    const auto found = m_traffic.find(facts.schema.name);
    return found == m_traffic.end() ? Traffic{} : found->second;
  }
  const std::int64_t fewer = m_count_before.at(facts.schema.name) - count(facts);
  return fewer < expected ? Traffic{expected, expected - fewer} : Traffic{fewer, 0};
}

void RemovalWatch::require_only(const StepResult& own) const {
  for (const RuledTable& table : m_dataset.rules.tables) {
    const TableFacts& facts = m_dataset.catalog.plain_table(table.config.name);
    const auto change = own.find(table.config.name);
    const std::int64_t expected = change == own.end() ? 0 : change->second.archived + change->second.purged;
    const Traffic traffic = traffic_of(facts, expected);
    const std::string place = m_dataset.config.name + "." + facts.schema.name;
    if (traffic.removed != expected)
      throw Error(Cause::dataset, place + ": a trigger or foreign key removed records that the step didn't",
                  "let the database's triggers leave this table alone; the step was undone");
    if (expected > 0 && traffic.inserted > 0)
      throw Error(Cause::dataset, place + ": a trigger put records back",
                  "let the table's triggers allow removals; the step was undone");
  }
}

}  // namespace oubli::sqlite
