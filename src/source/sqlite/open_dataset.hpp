/// What all parts of a SQLite source share: the connection, the catalog, the rules, the snapshot.
#pragma once

#include "source/erased_sample.hpp"
#include "source/events/events_elsewhere.hpp"
#include "source/sqlite/catalog.hpp"
#include "source/sqlite/connection.hpp"
#include "source/sqlite/value_statement.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <optional>
#include <string>
#include <vector>

namespace oubli::sqlite {

struct OpenDataset {
  OpenDataset(const DatasetConfig& dataset, Access dataset_access);

  /// From here to `end_snapshot`, all reading sees the database as it is now.
  void hold_snapshot();
  void end_snapshot() { m_snapshot.reset(); }
  /// To be called first in every transaction: where another connection has changed the database since
  /// the last one, what was read of other tables' rows is forgotten.
  void notice_changes();

  /// Of a record that is about to go.
  void note_erased(const ValueStatement& row);
  /// Of one that stays without it.
  void note_erased(const Value& value);

  DatasetConfig config;
  Access access;
  SQLite::Database database;
  Catalog catalog;
  RuledDataset rules;
  std::optional<ErasedSample> erased;  ///< once the run is known
  events::EventsElsewhere* events = nullptr;  ///< null: no column is missing that other rows would stand for

 private:
  std::optional<SQLite::Transaction> m_snapshot;
  std::int64_t m_data_version = 0;
};

}  // namespace oubli::sqlite
