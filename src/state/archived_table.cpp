#include "state/archived_table.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

namespace oubli::state {

ArchivedCounts read_archived(SQLite::Database& database, const std::string& policy, const std::string& dataset) {
  ArchivedCounts counts;
  if (!database.tableExists("archived")) return counts;
  SQLite::Statement select(database,
                           "SELECT table_name, at_least, arrivals FROM archived WHERE policy = ? AND dataset = ?");
  select.bind(1, policy);
  select.bind(2, dataset);
  while (select.executeStep()) {
    counts[select.getColumn(0).getString()] = {select.getColumn(1).getInt64(), select.getColumn(2).getInt64()};
  }
  return counts;
}

void put_archived(SQLite::Database& database, const std::string& policy, const std::string& dataset,
                  const ArchivedCounts& counts) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement insert(database, "INSERT OR REPLACE INTO archived VALUES (?, ?, ?, ?, ?)");
  for (const auto& [table, count] : counts) {
    insert.bind(1, policy);
    insert.bind(2, dataset);
    insert.bind(3, table);
    insert.bind(4, count.at_least);
    insert.bind(5, count.arrivals);
    insert.exec();
    insert.reset();
  }
  transaction.commit();
}

}  // namespace oubli::state
