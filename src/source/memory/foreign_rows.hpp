/// Rows of any table in memory, live and archived, for events of another one (S11).
#pragma once

#include "source/events/foreign_rows.hpp"
#include "source/memory/memory_reader.hpp"

#include <string>
#include <vector>

namespace oubli::memory {

class MemoryRows final : public events::ForeignRows {
 public:
  explicit MemoryRows(RuledMemory& memory) : m_memory(memory) {}

  void for_each_row(const std::string& table, const std::vector<std::string>& columns, Side side,
                    const Use& use) override {
    const auto& tables = side == Side::live ? m_memory.dataset.tables : m_memory.dataset.archive;
    for (const MemoryTable& its : tables) {
      if (its.schema.name != table) continue;
      for (const Row& row : its.rows) use(fields(its, row, columns, side));
    }
  }
  [[nodiscard]] std::vector<events::KeyComparison> comparisons(const Relation& relation) const override {
    return std::vector<events::KeyComparison>(relation.child_columns.size());
  }

 private:
  RuledMemory& m_memory;
};

}  // namespace oubli::memory
