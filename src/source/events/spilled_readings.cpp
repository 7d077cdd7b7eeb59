#include "source/events/spilled_readings.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <bit>
#include <cstdlib>
#include <string>
#include <unistd.h>

namespace oubli::events {
namespace {

[[noreturn]] void throw_no_room(const std::filesystem::path& folder, const std::string& reason) {
  throw Error(Cause::dataset, fmt::format("no temporary file in {}: {}", folder.string(), reason),
              "let oubli write in the folder of the state, and make room there");
}

/// The name lives only until the file is open. mkstemp makes it for its owner alone.
SQLite::Database open_nameless(const std::filesystem::path& folder) {
  std::string name = (folder / ".oubli-events-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) throw_no_room(folder, "it can't be made");
  ::close(descriptor);
  try {
    SQLite::Database database(name, SQLite::OPEN_READWRITE);
    // Without a journal: it would need a name, and there is nothing to roll back to.
    for (const char* const setting : {"journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                                      "temp_store = MEMORY", "cache_size = -8192"}) {
      database.exec(fmt::format("PRAGMA {}", setting));
    }
    ::unlink(name.c_str());
    return database;
  } catch (...) {
    ::unlink(name.c_str());
    throw;
  }
}

std::int64_t as_signed(std::uint64_t word) { return std::bit_cast<std::int64_t>(word); }

}  // namespace

struct SpilledReadings::Storage {
  explicit Storage(const std::filesystem::path& its_folder) : folder(its_folder), database(open_nameless(folder)) {
    database.exec(
        "CREATE TABLE reading (high INTEGER, low INTEGER, state INTEGER, day INTEGER, PRIMARY KEY (high, low)) "
        "WITHOUT ROWID; BEGIN");
    select.emplace(database, "SELECT state, day FROM reading WHERE high = ? AND low = ?");
    insert.emplace(database, "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)");
  }
  std::filesystem::path folder;
  SQLite::Database database;
  std::optional<SQLite::Statement> select;  ///< destroyed before the database
  std::optional<SQLite::Statement> insert;
};

SpilledReadings::SpilledReadings(const std::filesystem::path& folder) {
  try {
    m_storage = std::make_unique<Storage>(folder);
  } catch (const SQLite::Exception& failure) {
    throw_no_room(folder, failure.what());
  }
}

SpilledReadings::~SpilledReadings() = default;

std::optional<EventReading> SpilledReadings::find(const RecordKey& key) {
  try {
    SQLite::Statement& select = *m_storage->select;
    select.reset();
    select.bind(1, as_signed(key.high));
    select.bind(2, as_signed(key.low));
    if (!select.executeStep()) return std::nullopt;
    const auto state = static_cast<EventReading::State>(select.getColumn(0).getInt());
    return EventReading{state, Day(date::days(select.getColumn(1).getInt()))};
  } catch (const SQLite::Exception& failure) {
    throw_no_room(m_storage->folder, failure.what());
  }
}

void SpilledReadings::put(const RecordKey& key, const EventReading& reading) {
  try {
    SQLite::Statement& insert = *m_storage->insert;
    insert.bind(1, as_signed(key.high));
    insert.bind(2, as_signed(key.low));
    insert.bind(3, static_cast<int>(reading.state));
    insert.bind(4, static_cast<int>(reading.day.time_since_epoch().count()));
    insert.exec();
    insert.reset();
  } catch (const SQLite::Exception& failure) {
    throw_no_room(m_storage->folder, failure.what());
  }
}

}  // namespace oubli::events
