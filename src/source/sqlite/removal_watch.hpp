/// Sees to it that a step removes its own records alone, whatever the database's triggers do.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/open_dataset.hpp"

#include <cstdint>
#include <map>
#include <string>

struct sqlite3;

namespace oubli::sqlite {

/// While it lives, counts what goes from and comes to every table of the database. Begun and asked
/// within one transaction.
class RemovalWatch {
 public:
  explicit RemovalWatch(OpenDataset& dataset);
  ~RemovalWatch();
  RemovalWatch(const RemovalWatch&) = delete;
  RemovalWatch& operator=(const RemovalWatch&) = delete;

  /// Throws Error when a ruled table lost other records than `own`, or got some back.
  void require_only(const StepResult& own) const;

 private:
  struct Traffic {
    std::int64_t removed = 0;
    std::int64_t inserted = 0;
  };

  static int keep_single_removals(void* self, int action, const char*, const char*, const char*, const char*);
  static void note(void* self, int action, const char* database, const char* table, long long rowid);

  [[nodiscard]] Traffic traffic_of(const TableFacts& facts, std::int64_t expected) const;
  [[nodiscard]] std::int64_t count(const TableFacts& facts) const;

  OpenDataset& m_dataset;
  sqlite3* m_handle;
  std::map<std::string, Traffic> m_traffic;            ///< of tables with rowids
  std::map<std::string, std::int64_t> m_count_before;  ///< of ruled tables without
};

}  // namespace oubli::sqlite
