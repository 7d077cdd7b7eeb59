#include "source/sqlite/archive_source.hpp"

#include "source/sqlite/archive_rewriting.hpp"
#include "source/sqlite/archive_step.hpp"
#include "source/sqlite/archived_children.hpp"
#include "source/sqlite/archived_reader.hpp"
#include "source/sqlite/connection.hpp"
#include "source/sqlite/erase.hpp"

#include <map>
#include <optional>
#include <utility>

namespace oubli {
namespace sqlite {
namespace {

class ArchiveSource final : public DataSource {
 public:
  ArchiveSource(const RuledDataset& dataset, const ArchiveTarget& target, Access access)
      : m_archive(dataset, target, access) {}

  [[nodiscard]] std::vector<TableSchema> schema() const override;
  /// The relations of archived records are those of the live schema.
  [[nodiscard]] std::vector<Relation> foreign_keys() const override { return {}; }
  void set_rules(const RuledDataset& rules) override { m_archive.rules = rules; }

  void for_each(const TablePass& pass, RecordSink& sink) override;
  void for_each_reference(std::size_t relation, Side side, const std::function<void(const RecordKey&)>& use) override;

  [[nodiscard]] std::vector<Trigger> removal_triggers(const std::string&) const override { return {}; }
  /// Archived tables have no triggers.
  [[nodiscard]] std::vector<Trigger> rewriting_triggers(const RuledTable&) const override { return {}; }
  [[nodiscard]] std::unique_ptr<Rewriting> rewriting(const TablePlan& plan, const GoingRecords& going) override {
    return start_rewriting(m_archive, plan, going);
  }
  [[nodiscard]] ErasureEstimate erasure_estimate() const override;

  void set_archive(const ArchiveTarget&) override {}
  /// Pending copies are the live side's to settle.
  [[nodiscard]] std::unique_ptr<Step> pending_step(const GroupPlan&) override { return nullptr; }
  [[nodiscard]] std::unique_ptr<Step> next_step(const GroupPlan& plan, StepLimit limit) override;
  /// So is what goes back.
  [[nodiscard]] Restored restore(const ArchivedPlace&, const GoingRecords&) override { return {}; }
  void settle_restored() override {}
  [[nodiscard]] ErasureResult erase_residue() override;
  [[nodiscard]] std::vector<std::filesystem::path> archived_to() const override { return {}; }

 private:
  /// The steps of one group, recognised by its plan.
  struct GroupProgress {
    const GroupPlan* plan = nullptr;
    ArchiveProgress progress;
    std::optional<ArchivedChildCounts> children;
  };

  [[nodiscard]] const std::string& name() const { return m_archive.rules.config.name; }
  [[nodiscard]] GroupProgress& progress_of(const GroupPlan& plan);

  mutable OpenArchive m_archive;  ///< asking SQLite anything needs the connection as it is, not as const
  std::map<std::string, GroupProgress> m_progress;  ///< by the group's last table, its root
};

std::vector<TableSchema> ArchiveSource::schema() const {
  std::vector<TableSchema> schema;
  for (const ArchivedTable& table : m_archive.tables) {
    if (!m_archive.file.has_confirmed(table.name)) continue;
    TableSchema its;
    its.name = table.name;
    its.implicit_rowid = true;
    for (const std::string& column : table.columns) its.columns.push_back({column, {}, false, false});
    schema.push_back(std::move(its));
  }
  return schema;
}

void ArchiveSource::for_each(const TablePass& pass, RecordSink& sink) {
  if (m_archive.find(pass.table->config.name) == nullptr) return;
  in_step(name(), "reading the archived " + pass.table->config.name, [&] {
    ArchivedReader reader(m_archive, pass, pass.only ? Selection::chosen : Selection::all);
    while (reader.next()) sink.record(reader.record());
  });
}

void ArchiveSource::for_each_reference(std::size_t relation, Side side,
                                       const std::function<void(const RecordKey&)>& use) {
  in_step(name(), "reading what points to archived records", [&] {
    if (side == Side::archive)
      for_each_archived_child(m_archive, relation, use);
    else
      for_each_left_behind(m_archive.rules, relation, use);
  });
}

ErasureEstimate ArchiveSource::erasure_estimate() const {
  if (!m_archive.file.is_open()) return {};
  return in_step(name(), "measuring the archive",
                 [&] { return estimate_erasure(m_archive.file.database(), m_archive.file.path()); });
}

ArchiveSource::GroupProgress& ArchiveSource::progress_of(const GroupPlan& plan) {
  GroupProgress& group = m_progress[plan.tables.back().pass.table->config.name];
  const bool is_under_way = group.progress.has_begun || group.progress.at_end;
  if (group.plan == &plan && group.children && is_under_way) return group;
  group.plan = &plan;
  group.progress = {};
  group.children.emplace(m_archive);
  return group;
}

std::unique_ptr<Step> ArchiveSource::next_step(const GroupPlan& plan, StepLimit limit) {
  if (!m_archive.file.is_open()) return nullptr;
  return in_step(name(), "looking for archived records that are due", [&]() -> std::unique_ptr<Step> {
    GroupProgress& group = progress_of(plan);
    CollectedFromArchive collected =
        group.progress.at_end ? CollectedFromArchive{} : collect(m_archive, plan, limit, group.progress);
    if (collected.families.empty() && collected.left_out.empty()) {
      // The next plan may well stand where this one stood in memory.
      m_progress.erase(plan.tables.back().pass.table->config.name);
      return nullptr;
    }
    return make_archive_step(m_archive, *group.children, plan, std::move(collected), group.progress);
  });
}

ErasureResult ArchiveSource::erase_residue() {
  return in_step(name(), "erasing what was purged from the archive", [&]() -> ErasureResult {
    if (!m_archive.file.is_open() || !m_archive.file.has_residue()) return {};
    // VACUUM may number records anew by which pending copies know theirs.
    if (m_archive.file.has_pending()) return {false, "archived records are not confirmed yet"};
    const ErasureResult result = erase_file(m_archive.file.database(), m_archive.file.path(), Rowids::unused, {});
    if (result.done) m_archive.file.forget_residue();
    return result;
  });
}

}  // namespace
}  // namespace sqlite

std::unique_ptr<DataSource> open_sqlite_archive(const RuledDataset& dataset, const ArchiveTarget& target,
                                                Access access) {
  return sqlite::in_step(dataset.config.name, "opening the archive",
                         [&] { return std::make_unique<sqlite::ArchiveSource>(dataset, target, access); });
}

}  // namespace oubli
