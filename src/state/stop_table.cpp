#include "state/stop_table.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>

namespace oubli::state {

namespace {

std::optional<Digest> digest_in(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  Digest digest{};
  if (column.getBytes() != static_cast<int>(digest.size())) throw SQLite::Exception("a stop's digest is damaged");
  std::copy_n(static_cast<const unsigned char*>(column.getBlob()), digest.size(), digest.begin());
  return digest;
}

Day day_in(const SQLite::Column& column) {
  const auto day = day_from_text(column.getString());
  if (!day) throw SQLite::Exception("a stop's day is damaged");
  return *day;
}

StopKind kind_in(const SQLite::Column& column) {
  const auto kind = stop_kind_from_text(column.getString());
  if (!kind) throw SQLite::Exception("a stop's kind is damaged");
  return *kind;
}

std::optional<StopLifting> lifting_in(SQLite::Statement& row, int first) {
  if (row.getColumn(first).isNull()) return std::nullopt;
  return StopLifting{row.getColumn(first).getString(), row.getColumn(first + 1).getString(),
                     row.getColumn(first + 2).getString()};
}

std::vector<std::string> read_unreachable(SQLite::Database& database, std::int64_t stop) {
  SQLite::Statement select(database, "SELECT table_name FROM stop_unreachable WHERE stop = ? ORDER BY table_name");
  select.bind(1, stop);
  std::vector<std::string> names;
  while (select.executeStep()) names.push_back(select.getColumn(0).getString());
  return names;
}

Stop read_stop(SQLite::Database& database, SQLite::Statement& row) {
  Stop stop;
  stop.number = row.getColumn(0).getInt64();
  stop.kind = kind_in(row.getColumn(1));
  stop.case_id = row.getColumn(2).getString();
  stop.ground = row.getColumn(3).getString();
  stop.reason = row.getColumn(4).getString();
  stop.by = row.getColumn(5).getString();
  stop.from = day_in(row.getColumn(6));
  if (!row.getColumn(7).isNull()) stop.until = day_in(row.getColumn(7));
  stop.scope.dataset = row.getColumn(8).getString();
  stop.scope.table = row.getColumn(9).getString();
  stop.scope.condition = row.getColumn(10).getString();
  stop.scope.subject = digest_in(row.getColumn(11));
  stop.scope.unreachable = read_unreachable(database, stop.number);
  stop.added_at = row.getColumn(12).getString();
  stop.lifting = lifting_in(row, 13);
  return stop;
}

void insert_unreachable(SQLite::Database& database, const Stop& stop) {
  for (const std::string& name : stop.scope.unreachable) {
    SQLite::Statement insert(database, "INSERT INTO stop_unreachable VALUES (?, ?)");
    insert.bind(1, stop.number);
    insert.bind(2, name);
    insert.exec();
  }
}

}  // namespace

std::vector<Stop> read_stops(SQLite::Database& database) {
  std::vector<Stop> stops;
  if (!database.tableExists("stop")) return stops;
  SQLite::Statement select(database,
                           "SELECT number, kind, case_id, ground, reason, author, first_day, last_day, dataset, "
                           "table_name, condition, subject, added_at, lifted_at, lifted_by, lifted_because "
                           "FROM stop ORDER BY number");
  while (select.executeStep()) stops.push_back(read_stop(database, select));
  return stops;
}

void insert_stop(SQLite::Database& database, const Stop& stop) {
  SQLite::Statement insert(database,
                           "INSERT INTO stop (number, kind, case_id, ground, reason, author, first_day, last_day, "
                           "dataset, table_name, condition, subject, added_at) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, stop.number);
  insert.bind(2, std::string(to_text(stop.kind)));
  insert.bind(3, stop.case_id);
  insert.bind(4, stop.ground);
  insert.bind(5, stop.reason);
  insert.bind(6, stop.by);
  insert.bind(7, to_text(stop.from));
  if (stop.until) insert.bind(8, to_text(*stop.until));
  insert.bind(9, stop.scope.dataset);
  insert.bind(10, stop.scope.table);
  insert.bind(11, stop.scope.condition);
  if (const auto& subject = stop.scope.subject) insert.bind(12, subject->data(), static_cast<int>(subject->size()));
  insert.bind(13, stop.added_at);
  insert.exec();
  insert_unreachable(database, stop);
}

void set_lifted(SQLite::Database& database, std::int64_t number, const StopLifting& lifting) {
  SQLite::Statement update(database,
                           "UPDATE stop SET lifted_at = ?, lifted_by = ?, lifted_because = ? "
                           "WHERE number = ? AND lifted_at IS NULL");
  update.bind(1, lifting.lifted_at);
  update.bind(2, lifting.by);
  update.bind(3, lifting.reason);
  update.bind(4, number);
  if (update.exec() != 1) throw SQLite::Exception(fmt::format("stop {} isn't there to be lifted", number));
}

}  // namespace oubli::state
