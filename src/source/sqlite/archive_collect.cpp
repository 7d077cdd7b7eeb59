// Which archived records go together: a root with those that came with it, whose line in the
// bookkeeping names the same run and family.
#include "source/sqlite/archive_step.hpp"
#include "source/sqlite/archived_reader.hpp"
#include "source/sqlite/families.hpp"
#include "source/sqlite/identifiers.hpp"

#include <utility>

namespace oubli::sqlite {
namespace {

const std::string& name_of(const TablePlan& table) { return table.pass.table->config.name; }

class ArchiveCollector {
 public:
  ArchiveCollector(OpenArchive& archive, const GroupPlan& plan, ArchiveProgress progress)
      : m_archive(archive), m_plan(plan), m_reserved(progress.taken) {
    m_collected.progress = std::move(progress);
  }

  // Tables in the plan's order: what follows a record that isn't in the archive goes by itself.
  void collect_families(StepLimit limit) {
    ArchiveProgress& progress = m_collected.progress;
    for (; progress.table < m_plan.tables.size(); ++progress.table, progress.has_begun = false) {
      if (m_archive.find(name_of(m_plan.tables[progress.table])) == nullptr) continue;
      if (!collect_from(progress.table, limit)) return;
    }
    progress.at_end = true;
  }

  /// All that is due in all tables: one family.
  void collect_cycle() {
    ArchivedFamily family;
    for (std::size_t i = 0; i < m_plan.tables.size(); ++i) {
      if (m_archive.find(name_of(m_plan.tables[i])) != nullptr) add_due_records(i, family);
    }
    if (!family.empty()) m_collected.families.push_back(std::move(family));
    m_collected.progress.at_end = true;
  }

  [[nodiscard]] CollectedFromArchive result() && { return std::move(m_collected); }

 private:
  /// False when the step is full.
  bool collect_from(std::size_t table, StepLimit limit) {
    const TablePlan& plan = m_plan.tables[table];
    ArchiveProgress& progress = m_collected.progress;
    ArchivedReader reader(m_archive, plan.pass, progress.has_begun ? Selection::after : Selection::all);
    if (progress.has_begun) reader.start(progress.after);
    while (std::cmp_less(m_collected.families.size(), limit.records)) {
      // What is due beyond the plan's count is left to a later run.
      if (m_reserved[name_of(plan)] >= plan.expected || !reader.next()) return true;
      progress.after = reader.rowid();
      progress.has_begun = true;
      if (!reader.follows_another() && is_to_go(m_plan, plan, reader.record())) add_family(table, reader);
    }
    return false;
  }

  void add_family(std::size_t table, const ArchivedReader& root) {
    ArchivedFamily family = followers_of(table, root);
    family.push_back({table, root.rowid(), root.line()});
    if (reserve(family)) {
      m_collected.families.push_back(std::move(family));
      return;
    }
    for (const ArchivedMember& member : family) ++m_collected.left_out[name_of(m_plan.tables[member.table])].changed;
  }

  /// What came with a root, in the plan's order.
  [[nodiscard]] ArchivedFamily followers_of(std::size_t table, const ArchivedReader& root) {
    ArchivedFamily family;
    if (root.family().bytes.empty()) return family;
    const std::string& root_name = name_of(m_plan.tables[table]);
    for (std::size_t i = 0; i < m_plan.tables.size(); ++i) {
      const RuledTable& follower = *m_plan.tables[i].pass.table;
      const bool follows = i != table && follower.root == root_name && follower.rules.table != root_name;
      if (follows) append_members(i, root, family);
    }
    return family;
  }

  void append_members(std::size_t table, const ArchivedReader& root, ArchivedFamily& family) {
    for (const FamilyLine& line : m_archive.file.family(name_of(m_plan.tables[table]), root.run(), root.family()))
      family.push_back({table, line.rowid, line.record});
  }

  void add_due_records(std::size_t table, ArchivedFamily& family) {
    const TablePlan& plan = m_plan.tables[table];
    ArchivedReader reader(m_archive, plan.pass, Selection::all);
    while (reader.next()) {
      if (!is_to_go(m_plan, plan, reader.record())) continue;
      if (m_reserved[name_of(plan)] == plan.expected) return;
      ++m_reserved[name_of(plan)];
      family.push_back({table, reader.rowid(), reader.line()});
    }
  }

  /// Sets the family's records against what the plan expects: all of them, or none.
  bool reserve(const ArchivedFamily& family) {
    auto reserved = m_reserved;
    for (const ArchivedMember& member : family) {
      const TablePlan& plan = m_plan.tables[member.table];
      if (++reserved[name_of(plan)] > plan.expected) return false;
    }
    m_reserved = std::move(reserved);
    return true;
  }

  OpenArchive& m_archive;
  const GroupPlan& m_plan;
  std::map<std::string, std::int64_t> m_reserved;
  CollectedFromArchive m_collected;
};

}  // namespace

CollectedFromArchive collect(OpenArchive& archive, const GroupPlan& plan, StepLimit limit, ArchiveProgress progress) {
  ArchiveCollector collector(archive, plan, std::move(progress));
  if (plan.as_one)
    collector.collect_cycle();
  else
    collector.collect_families(limit);
  return std::move(collector).result();
}

}  // namespace oubli::sqlite
