#include "source/sqlite/sqlite_source.hpp"

#include "source/rewrite.hpp"
#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/erase.hpp"
#include "source/sqlite/families.hpp"
#include "source/sqlite/foreign_rows.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/pass.hpp"
#include "source/sqlite/references.hpp"
#include "source/sqlite/restore.hpp"
#include "source/sqlite/rewriting.hpp"
#include "source/sqlite/step.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace oubli {
namespace sqlite {
namespace {

/// The steps of one group, recognised by its plan.
struct GroupProgress {
  const GroupPlan* plan = nullptr;
  Progress progress;
};

class SqliteSource final : public DataSource {
 public:
  SqliteSource(const DatasetConfig& config, Access access) : m_dataset(config, access) { m_dataset.events = &m_events; }

  [[nodiscard]] std::vector<TableSchema> schema() const override;
  [[nodiscard]] std::vector<Relation> foreign_keys() const override { return m_dataset.catalog.foreign_keys(); }
  void set_run(const std::string& run) override { m_dataset.erased.emplace().seed(run); }
  void set_rules(const RuledDataset& rules) override;
  void set_day_memory(DayMemory* memory, const std::filesystem::path& temporary_folder) override {
    m_events.set_memory(memory, temporary_folder);
  }
  void refresh_day_memory(const TablePass& pass) override { m_events.refresh(*this, pass); }
  void remember_leaving(DataSource& archive, const TablePass& pass, const Leaves& leaves) override {
    m_events.remember_leaving(archive, pass, leaves);
  }

  void for_each(const TablePass& pass, RecordSink& sink) override;
  void for_each_reference(std::size_t relation, Side side, const std::function<void(const RecordKey&)>& use) override;

  [[nodiscard]] std::vector<Trigger> removal_triggers(const std::string& table) const override;
  [[nodiscard]] std::vector<Trigger> rewriting_triggers(const RuledTable& table) const override;
  [[nodiscard]] ErasureEstimate erasure_estimate() const override;

  void set_archive(const ArchiveTarget& target) override;
  [[nodiscard]] std::unique_ptr<Step> pending_step(const GroupPlan& plan) override;
  [[nodiscard]] std::unique_ptr<Step> next_step(const GroupPlan& plan, StepLimit limit) override;
  [[nodiscard]] Restored restore(const ArchivedPlace& place, const GoingRecords& going) override;
  void settle_restored() override;
  [[nodiscard]] std::unique_ptr<Rewriting> rewriting(const TablePlan& plan, const GoingRecords& going) override;
  [[nodiscard]] ErasureResult erase_residue() override;
  [[nodiscard]] std::vector<std::filesystem::path> archived_to() const override;

 private:
  using FindTriggers = std::function<std::vector<Trigger>(const TableFacts&)>;
  [[nodiscard]] std::vector<Trigger> triggers_of(const std::string& table, const FindTriggers& find) const;
  [[nodiscard]] const std::string& name() const { return m_dataset.config.name; }
  [[nodiscard]] StepContext context() { return {m_dataset, m_archive, m_archived_children}; }
  [[nodiscard]] Progress& progress_of(const GroupPlan& plan);
  [[nodiscard]] ErasureResult erase_archive();

  // Asking SQLite anything needs the connection as it is, not as const.
  mutable OpenDataset m_dataset;
  mutable std::optional<ArchiveFile> m_archive;
  SqliteRows m_rows{m_dataset, m_archive};
  events::EventsElsewhere m_events{m_rows};
  ArchivedChildren m_archived_children;
  std::map<std::string, GroupProgress> m_progress;  ///< by the group's last table, its root
};

/// SQLite refuses every removal from a table that such a key touches.
Error explained(const BrokenKey& key, const std::string& dataset, const std::string& table) {
  return {Cause::dataset,
          fmt::format("{}.{}: the foreign key of {} to {} matches no key there", dataset, table, key.child, key.parent),
          "correct or drop the foreign key of " + key.child};
}

void SqliteSource::set_rules(const RuledDataset& rules) {
  m_dataset.rules = rules;
  m_events.set_rules(m_dataset.rules);
}

std::vector<TableSchema> SqliteSource::schema() const {
  std::vector<TableSchema> schema;
  for (const TableFacts& table : m_dataset.catalog.tables()) schema.push_back(table.schema);
  return schema;
}

void SqliteSource::for_each(const TablePass& pass, RecordSink& sink) {
  in_step(name(), "reading " + pass.table->config.name, [&] {
    m_dataset.hold_snapshot();
    PassReader reader(m_dataset, pass, pass.only ? Selection::chosen : Selection::all);
    while (reader.next()) sink.record(reader.record());
  });
}

void SqliteSource::for_each_reference(std::size_t relation, Side side,
                                      const std::function<void(const RecordKey&)>& use) {
  const Relation& pointing = m_dataset.rules.relations.at(relation);
  in_step(name(), "reading what " + pointing.child + " points to", [&] {
    m_dataset.hold_snapshot();
    if (side == Side::live)
      for_each_live_reference(m_dataset, pointing, use);
    else if (m_archive && m_archive->is_open())
      for_each_archived_reference(m_dataset, *m_archive, pointing, use);
  });
}

std::vector<Trigger> SqliteSource::triggers_of(const std::string& table, const FindTriggers& find) const {
  return in_step(name(), "looking for triggers of " + table, [&] {
    try {
      return find(m_dataset.catalog.plain_table(table));
    } catch (const SQLite::Exception&) {
      if (const BrokenKey* const key = m_dataset.catalog.broken_key(table)) throw explained(*key, name(), table);
      throw;
    }
  });
}

std::vector<Trigger> SqliteSource::removal_triggers(const std::string& table) const {
  return triggers_of(table,
                     [&](const TableFacts& facts) { return sqlite::removal_triggers(m_dataset.database, facts); });
}

std::vector<Trigger> SqliteSource::rewriting_triggers(const RuledTable& table) const {
  return triggers_of(table.config.name, [&](const TableFacts& facts) {
    return sqlite::rewriting_triggers(m_dataset.database, facts, rewritable_columns(table.rules));
  });
}

ErasureEstimate SqliteSource::erasure_estimate() const {
  return in_step(name(), "measuring the database",
                 [&] { return estimate_erasure(m_dataset.database, m_dataset.config.path); });
}

void SqliteSource::set_archive(const ArchiveTarget& target) {
  m_archive.emplace(target, name());
  in_step(name(), "opening the archive", [&] { m_archive->open_existing(); });
}

Progress& SqliteSource::progress_of(const GroupPlan& plan) {
  GroupProgress& group = m_progress[plan.tables.back().pass.table->config.name];
  if (group.plan != &plan) group = {&plan, {}};
  return group.progress;
}

std::unique_ptr<Step> SqliteSource::pending_step(const GroupPlan& plan) {
  if (!m_archive || !m_archive->is_open()) return nullptr;
  return in_step(name(), "reading pending copies", [&]() -> std::unique_ptr<Step> {
    auto families = pending_families(context(), plan);
    if (families.empty()) return nullptr;
    Progress& progress = progress_of(plan);
    return make_step(context(), plan, {std::move(families), {}, progress}, Copies::of_earlier_run, progress);
  });
}

std::unique_ptr<Step> SqliteSource::next_step(const GroupPlan& plan, StepLimit limit) {
  return in_step(name(), "looking for due records", [&]() -> std::unique_ptr<Step> {
    Progress& progress = progress_of(plan);
    m_dataset.hold_snapshot();
    Collected collected = progress.at_end ? Collected{} : collect(m_dataset, plan, limit, progress);
    if (collected.families.empty() && collected.left_out.empty()) {
      // The next plan may well stand where this one stood in memory; and nobody else need wait.
      progress = {};
      m_dataset.end_snapshot();
      return nullptr;
    }
    return make_step(context(), plan, std::move(collected), Copies::made_here, progress);
  });
}

Restored SqliteSource::restore(const ArchivedPlace& place, const GoingRecords& going) {
  if (!m_archive || !m_archive->is_open()) throw Error(Cause::refused, name() + ": nothing of it is archived");
  m_archived_children = {};
  return in_step(name(), "restoring records of " + place.table->config.name,
                 [&] { return restore_records(m_dataset, *m_archive, place, going); });
}

void SqliteSource::settle_restored() {
  if (!m_archive || !m_archive->is_open()) return;
  in_step(name(), "finishing an interrupted restore", [&] { sqlite::settle_restored(m_dataset, *m_archive); });
}

std::unique_ptr<Rewriting> SqliteSource::rewriting(const TablePlan& plan, const GoingRecords& going) {
  return in_step(name(), "preparing to rewrite records of " + plan.pass.table->config.name,
                 [&] { return start_rewriting(m_dataset, plan, going); });
}

ErasureResult SqliteSource::erase_archive() {
  if (!m_archive || !m_archive->is_open() || !m_archive->has_residue()) return {};
  const ErasureResult result = erase_file(m_archive->database(), m_archive->path(), Rowids::unused, {});
  if (result.done) m_archive->forget_residue();
  return result;
}

ErasureResult SqliteSource::erase_residue() {
  return in_step(name(), "erasing what was removed", [&] {
    m_dataset.end_snapshot();
    // VACUUM may number records anew by which pending copies know theirs.
    if (m_archive && m_archive->is_open() && m_archive->has_pending())
      return ErasureResult{false, "archived records are not confirmed yet"};
    const Rowids rowids = m_dataset.config.rowids_unused ? Rowids::unused : Rowids::in_use;
    const ErasureResult source = erase_file(m_dataset.database, m_dataset.config.path, rowids,
                                            m_dataset.erased.value_or(ErasedSample()));
    const ErasureResult archive = erase_archive();
    return source.done ? ErasureResult{archive.done, archive.pending_because, source.search} : source;
  });
}

std::vector<std::filesystem::path> SqliteSource::archived_to() const {
  if (!m_archive || !m_archive->is_open()) return {};
  return in_step(name(), "reading the archive", [&] {
    const bool holds = m_archive->holds_records_of(m_archive->target().run);
    return holds ? std::vector{m_archive->path()} : std::vector<std::filesystem::path>();
  });
}

}  // namespace
}  // namespace sqlite

std::unique_ptr<DataSource> open_sqlite_source(const DatasetConfig& dataset, Access access) {
  return sqlite::in_step(dataset.name, "opening",
                         [&] { return std::make_unique<sqlite::SqliteSource>(dataset, access); });
}

}  // namespace oubli
