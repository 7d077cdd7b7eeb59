#include "oubli/source/memory_source.hpp"

#include "source/memory/foreign_rows.hpp"
#include "source/memory/memory_reader.hpp"
#include "source/memory/memory_restore.hpp"
#include "source/memory/memory_rewriting.hpp"
#include "source/memory/memory_step.hpp"

#include <algorithm>

namespace oubli {

namespace {

class MemorySource : public DataSource {
 public:
  MemorySource(MemoryDataset& dataset, Side side) : m_memory{dataset, side, {}, {}, &m_events} {}

  [[nodiscard]] std::vector<TableSchema> schema() const override {
    std::vector<TableSchema> schemas;
    const auto& tables = m_memory.side == Side::live ? m_memory.dataset.tables : m_memory.dataset.archive;
    for (const MemoryTable& table : tables) schemas.push_back(table.schema);
    return schemas;
  }

  [[nodiscard]] std::vector<Relation> foreign_keys() const override { return m_memory.dataset.foreign_keys; }

  void set_rules(const RuledDataset& rules) override {
    m_memory.rules = rules;
    m_events.set_rules(m_memory.rules);
  }
  void set_day_memory(DayMemory* memory, const std::filesystem::path& temporary_folder) override {
    m_events.set_memory(memory, temporary_folder);
  }
  void refresh_day_memory(const TablePass& pass) override { m_events.refresh(*this, pass); }
  void remember_leaving(DataSource& archive, const TablePass& pass, const Leaves& leaves) override {
    m_events.remember_leaving(archive, pass, leaves);
  }

  void for_each(const TablePass& pass, RecordSink& sink) override {
    m_events.forget();  // a test may have changed any row
    if (m_memory.side == Side::archive && m_memory.find(pass.table->rules.table) == nullptr) return;
    memory::MemoryReader reader(m_memory, pass);
    for (std::size_t row = 0; row < reader.rows(); ++row) {
      if (reader.read(row)) sink.record(reader.record());
    }
  }

  void for_each_reference(std::size_t relation, Side side, const std::function<void(const RecordKey&)>& use) override {
    const Relation& its = m_memory.rules.relations.at(relation);
    memory::RuledMemory asked{m_memory.dataset, side, {}, std::move(m_memory.numbers)};
    if (const MemoryTable* const child = asked.find(its.child)) {
      for (const memory::Row& row : child->rows) {
        const RecordKey key = asked.key(*child, row, its.child_columns);
        if (!key.null && (side == m_memory.side || is_left_behind(its, key, asked))) use(key);
      }
    }
    m_memory.numbers = std::move(asked.numbers);
  }

  [[nodiscard]] std::vector<Trigger> removal_triggers(const std::string&) const override { return {}; }
  [[nodiscard]] std::vector<Trigger> rewriting_triggers(const RuledTable&) const override { return {}; }
  [[nodiscard]] ErasureEstimate erasure_estimate() const override { return {}; }

  /// The archive is part of the dataset, so there is no folder to know.
  void set_archive(const ArchiveTarget& /*target*/) override {}

  [[nodiscard]] std::unique_ptr<Step> pending_step(const GroupPlan& /*plan*/) override { return nullptr; }

  [[nodiscard]] std::unique_ptr<Step> next_step(const GroupPlan& plan, StepLimit limit) override {
    const std::string group = plan.tables.empty() ? std::string() : plan.tables.back().pass.table->rules.table;
    return memory::choose_step(m_memory, plan, limit, m_progress[group]);
  }

  [[nodiscard]] Restored restore(const ArchivedPlace& place, const GoingRecords& going) override {
    m_events.forget();
    return memory::restore_records(m_memory, place, going);
  }
  void settle_restored() override {}

  [[nodiscard]] std::unique_ptr<Rewriting> rewriting(const TablePlan& plan, const GoingRecords& going) override {
    return memory::start_rewriting(m_memory, plan, going);
  }

  [[nodiscard]] ErasureResult erase_residue() override { return {}; }
  [[nodiscard]] std::vector<std::filesystem::path> archived_to() const override { return {}; }

 private:
  /// Live records point to an archived parent only where no live one has its key.
  [[nodiscard]] bool is_left_behind(const Relation& relation, const RecordKey& key, memory::RuledMemory& asked) const {
    if (asked.side == Side::archive) return true;
    const MemoryTable* const parent = asked.find(relation.parent);
    return parent == nullptr || std::ranges::none_of(parent->rows, [&](const memory::Row& row) {
      return asked.key(*parent, row, relation.parent_columns) == key;
    });
  }

  memory::RuledMemory m_memory;
  memory::MemoryRows m_rows{m_memory};
  events::EventsElsewhere m_events{m_rows};
  std::map<std::string, memory::Progress> m_progress;  ///< by the last table of each group
};

}  // namespace

Value OwnedValue::view() const { return {type, integer, real, bytes}; }

std::unique_ptr<DataSource> open_memory_source(MemoryDataset& dataset) {
  return std::make_unique<MemorySource>(dataset, Side::live);
}

std::unique_ptr<DataSource> open_memory_archive(MemoryDataset& dataset) {
  return std::make_unique<MemorySource>(dataset, Side::archive);
}

}  // namespace oubli
