#include "source/memory/memory_rewriting.hpp"

#include "source/noted_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli::memory {

namespace {

class MemoryRewriting : public Rewriting {
 public:
  MemoryRewriting(RuledMemory& memory, const TablePlan& plan, const GoingRecords& going)
      : m_plan(plan),
        m_going(going),
        m_table(memory.table(plan.pass.table->rules.table)),
        m_reader(memory, plan.pass),
        m_rewrite(plan.pass.table->rules, plan.pass.matcher->days()) {}

  [[nodiscard]] std::optional<TableChange> next(StepLimit limit) override {
    if (m_row == 0) require_possible();
    const auto guard = m_going.begin_step();
    TableChange change;
    NotedKeys keys(&m_going);
    bool found = false;
    for (; m_row < m_reader.rows() && change.rewritten() < limit.records && m_taken < m_plan.expected; ++m_row) {
      if (!is_next(m_row)) continue;
      found = true;
      ++m_taken;
      m_table.rows[m_row] = rewritten(m_row);
      m_rewrite.count(m_reader.record(), change);
      keys.add_rewritten(m_plan.pass, m_reader.record());
    }
    keys.tell();
    return found ? std::optional(change) : std::nullopt;
  }

 private:
  [[nodiscard]] bool is_next(std::size_t row) {
    return m_reader.read(row) && m_going.is_rewritten(*m_plan.pass.table, m_reader.record());
  }

  [[nodiscard]] std::size_t place_of(const std::string& column) const {
    const auto& columns = m_table.schema.columns;
    return static_cast<std::size_t>(std::ranges::find(columns, column, &ColumnSchema::name) - columns.begin());
  }

  [[nodiscard]] Row rewritten(std::size_t row) {
    Row fields = m_table.rows[row];
    for (const NewField& field : m_rewrite.of(m_reader.record())) {
      fields.at(place_of(field.column)) = {field.value.type, field.value.integer, field.value.real,
                                           std::string(field.value.bytes)};
    }
    return fields;
  }

  /// Tries it on a copy of the table, as a database would in a transaction that it rolls back.
  void require_possible() {
    std::vector<Row> tried = m_table.rows;
    for (std::size_t row = 0; row < tried.size(); ++row) {
      if (is_next(row)) tried[row] = rewritten(row);
    }
    for (const ColumnSchema& column : m_table.schema.columns) {
      const std::size_t place = place_of(column.name);
      const auto is_null = [&](const Row& fields) { return fields.at(place).view().is_null(); };
      if (column.not_null && std::ranges::any_of(tried, is_null)) {
        throw Error(Cause::dataset, fmt::format("{}: column {} refuses NULL", m_table.schema.name, column.name));
      }
    }
  }

  const TablePlan& m_plan;
  const GoingRecords& m_going;
  MemoryTable& m_table;
  MemoryReader m_reader;
  RecordRewrite m_rewrite;
  std::size_t m_row = 0;
  std::int64_t m_taken = 0;
};

}  // namespace

std::unique_ptr<Rewriting> start_rewriting(RuledMemory& memory, const TablePlan& plan, const GoingRecords& going) {
  return std::make_unique<MemoryRewriting>(memory, plan, going);
}

}  // namespace oubli::memory
