#include "source/memory/memory_restore.hpp"

#include "source/followers.hpp"

#include <algorithm>
#include <set>

namespace oubli::memory {

namespace {

/// An archived record on its way back.
struct Returning {
  const RuledTable* table = nullptr;
  std::size_t row = 0;  ///< index into its archived table's rows
};

class Restoration {
 public:
  explicit Restoration(RuledMemory& memory) : m_memory(memory), m_archive{memory.dataset, Side::archive, memory.rules} {}

  [[nodiscard]] Restored carry_out(const ArchivedPlace& place, const GoingRecords& going) {
    const auto guard = begin_step(&going);
    const std::string& name = place.table->rules.table;
    const MemoryTable* const table = m_archive.find(name);
    if (table == nullptr || place.row < 1 || static_cast<std::size_t>(place.row) > table->rows.size())
      refuse("the archive has no such record of " + name);
    require_without_root(*place.table, static_cast<std::size_t>(place.row) - 1);
    m_records.push_back({place.table, static_cast<std::size_t>(place.row) - 1});
    add_followers(name);
    for (const Returning& record : m_records) require_no_key(record);
    for (const Returning& record : m_records) require_parents(record);
    return move();
  }

 private:
  [[noreturn]] static void refuse(const std::string& reason) { throw Error(Cause::refused, reason); }

  [[nodiscard]] const Row& row_of(const Returning& record) {
    return m_archive.table(record.table->rules.table).rows[record.row];
  }

  [[nodiscard]] RecordKey key(const Returning& record, const std::vector<std::string>& columns) {
    return m_archive.key(m_archive.table(record.table->rules.table), row_of(record), columns);
  }

  /// Whether a record of the table has this key.
  [[nodiscard]] bool has(RuledMemory& side, const std::string& name, const std::vector<std::string>& columns,
                         const RecordKey& wanted) {
    const MemoryTable* const table = side.find(name);
    if (table == nullptr) return false;
    // One numbering for both sides, or keys couldn't be compared.
    return std::ranges::any_of(table->rows,
                               [&](const Row& row) { return m_archive.numbers.key(fields(*table, row, columns, side.side)) == wanted; });
  }

  void require_without_root(const RuledTable& table, std::size_t row) {
    const Relation* const relation = followed_relation(m_memory.rules, table.rules.table);
    if (relation == nullptr) return;
    if (has(m_archive, relation->parent, relation->parent_columns, key({&table, row}, relation->child_columns)))
      refuse("this record is in the archive with the record of " + relation->parent + " it follows");
  }

  void add_followers(const std::string& root) {
    for (const RuledTable* follower : with_followers(m_memory.rules, root)) {
      const MemoryTable* const table = m_archive.find(follower->rules.table);
      if (follower->rules.table == root || table == nullptr) continue;
      const Relation& relation = *followed_relation(m_memory.rules, follower->rules.table);
      for (std::size_t row = 0; row < table->rows.size(); ++row) {
        if (follows_one({follower, row}, relation)) m_records.push_back({follower, row});
      }
    }
  }

  [[nodiscard]] bool follows_one(const Returning& record, const Relation& relation) {
    const RecordKey points_to = key(record, relation.child_columns);
    return !points_to.null && std::ranges::any_of(m_records, [&](const Returning& parent) {
      return parent.table->rules.table == relation.parent && key(parent, relation.parent_columns) == points_to;
    });
  }

  void require_no_key(const Returning& record) {
    std::vector<std::string> columns;
    for (const NamedColumn& column : record.table->config.key) columns.push_back(column.name);
    if (!columns.empty() && has(m_memory, record.table->rules.table, columns, key(record, columns)))
      refuse("the source has a record with its key again");
  }

  void require_parents(const Returning& record) {
    for (const Relation& relation : m_memory.rules.relations) {
      if (relation.child != record.table->rules.table) continue;
      const RecordKey points_to = key(record, relation.child_columns);
      const bool comes_along = std::ranges::any_of(m_records, [&](const Returning& parent) {
        return parent.table->rules.table == relation.parent && key(parent, relation.parent_columns) == points_to;
      });
      if (points_to.null || comes_along || has(m_memory, relation.parent, relation.parent_columns, points_to)) continue;
      refuse("the record of " + relation.parent + " it points to isn't in the source");
    }
  }

  [[nodiscard]] Restored move() {
    Restored restored;
    std::map<std::string, std::set<std::size_t>> gone;
    for (const Returning& record : m_records) {
      MemoryTable& live = m_memory.table(record.table->rules.table);
      live.rows.push_back(row_of(record));
      if (restored.row == 0) restored.row = static_cast<std::int64_t>(live.rows.size());
      ++restored.records[record.table->rules.table];
      gone[record.table->rules.table].insert(record.row);
    }
    for (const auto& [name, rows] : gone) take_out(m_archive.table(name), rows);
    return restored;
  }

  static void take_out(MemoryTable& table, const std::set<std::size_t>& rows) {
    const auto without = [&](auto& all) {
      std::size_t at = 0;
      std::erase_if(all, [&](const auto&) { return rows.contains(at++); });
    };
    without(table.rows);
    without(table.notes);
  }

  RuledMemory& m_memory;
  RuledMemory m_archive;
  std::vector<Returning> m_records;
};

}  // namespace

Restored restore_records(RuledMemory& memory, const ArchivedPlace& place, const GoingRecords& going) {
  return Restoration(memory).carry_out(place, going);
}

}  // namespace oubli::memory
