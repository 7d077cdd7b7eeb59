#include "state/archived_table.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

namespace oubli::state {

std::map<std::string, std::int64_t> read_archived(SQLite::Database& database, const std::string& policy,
                                                  const std::string& dataset) {
  std::map<std::string, std::int64_t> records;
  if (!database.tableExists("archived")) return records;
  SQLite::Statement select(database, "SELECT table_name, at_least FROM archived WHERE policy = ? AND dataset = ?");
  select.bind(1, policy);
  select.bind(2, dataset);
  while (select.executeStep()) records[select.getColumn(0).getString()] = select.getColumn(1).getInt64();
  return records;
}

void put_archived(SQLite::Database& database, const std::string& policy, const std::string& dataset,
                  const std::map<std::string, std::int64_t>& records) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement insert(database, "INSERT OR REPLACE INTO archived VALUES (?, ?, ?, ?)");
  for (const auto& [table, at_least] : records) {
    insert.bind(1, policy);
    insert.bind(2, dataset);
    insert.bind(3, table);
    insert.bind(4, at_least);
    insert.exec();
    insert.reset();
  }
  transaction.commit();
}

}  // namespace oubli::state
