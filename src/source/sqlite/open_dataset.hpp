/// What all parts of a SQLite source share: the connection, the catalog, the rules, the snapshot.
#pragma once

#include "source/sqlite/catalog.hpp"
#include "source/sqlite/connection.hpp"

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

  DatasetConfig config;
  Access access;
  SQLite::Database database;
  Catalog catalog;
  RuledDataset rules;

 private:
  std::optional<SQLite::Transaction> m_snapshot;
};

}  // namespace oubli::sqlite
