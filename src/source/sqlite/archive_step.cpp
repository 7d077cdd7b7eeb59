#include "source/sqlite/archive_step.hpp"

#include "source/noted_keys.hpp"
#include "source/sqlite/archived_reader.hpp"
#include "source/sqlite/connection.hpp"
#include "source/sqlite/families.hpp"
#include "source/sqlite/identifiers.hpp"

#include <SQLiteCpp/Transaction.h>

#include <utility>

namespace oubli::sqlite {
namespace {

using KeysByRelation = std::map<std::size_t, std::vector<RecordKey>>;

/// A pass that delivers the keys of all relations of a table that don't follow.
TablePass with_all_relations(const OpenArchive& archive, const TablePass& planned) {
  TablePass pass;
  pass.table = planned.table;
  pass.matcher = planned.matcher;
  const auto& relations = archive.rules.relations;
  for (std::size_t i = 0; i < relations.size(); ++i) {
    if (relations[i].follows) continue;
    if (same_name(relations[i].parent, planned.table->config.name)) pass.as_parent.push_back(i);
    if (same_name(relations[i].child, planned.table->config.name)) pass.as_child.push_back(i);
  }
  return pass;
}

/// One table's statements for single records.
struct ArchivedAccess {
  ArchivedAccess(OpenArchive& archive, const TablePass& planned)
      : pass(with_all_relations(archive, planned)),
        judged(archive, planned, Selection::one),
        related(archive, pass, Selection::one) {}

  TablePass pass;
  ArchivedReader judged;   ///< as the plan judges
  ArchivedReader related;  ///< with the keys of all relations
};

class ArchiveStep final : public Step {
 public:
  ArchiveStep(OpenArchive& archive, ArchivedChildCounts& children, const GroupPlan& plan,
              CollectedFromArchive collected, ArchiveProgress& progress)
      : m_archive(archive),
        m_children(children),
        m_plan(plan),
        m_families(std::move(collected.families)),
        m_next(std::move(collected.progress)),
        m_progress(progress),
        m_result(std::move(collected.left_out)),
        m_keys(plan.going) {}

  /// Nothing is copied: what leaves the archive is gone.
  void copy() override {}
  [[nodiscard]] StepResult remove() override;

 private:
  [[nodiscard]] const std::string& name_of(const ArchivedMember& member) const {
    return m_plan.tables[member.table].pass.table->config.name;
  }
  [[nodiscard]] ArchivedAccess& access(const ArchivedMember& member);
  void remove_families();
  [[nodiscard]] bool is_still_to_go(const ArchivedMember& member);
  [[nodiscard]] bool has_other_children(const ArchivedFamily& family);
  void note_relations(const ArchivedMember& member, KeysByRelation& as_parent, KeysByRelation& as_child);
  void purge(const ArchivedFamily& family);

  OpenArchive& m_archive;
  ArchivedChildCounts& m_children;
  const GroupPlan& m_plan;
  std::vector<ArchivedFamily> m_families;
  ArchiveProgress m_next;
  ArchiveProgress& m_progress;
  StepResult m_result;
  std::map<std::size_t, ArchivedAccess> m_access;  ///< by table of the plan
  KeysByRelation m_pointing;                       ///< from the family looked at last to its parents
  std::vector<std::optional<KeyDigest>> m_family_keys;  ///< of its members, as far as they were looked at
  NotedKeys m_keys;
};

ArchivedAccess& ArchiveStep::access(const ArchivedMember& member) {
  return m_access.try_emplace(member.table, m_archive, m_plan.tables[member.table].pass).first->second;
}

StepResult ArchiveStep::remove() {
  try {
    in_step(m_archive.rules.config.name, "purging archived records", [&] { remove_families(); });
  } catch (const PlanOutdated&) {
    m_progress = {};  // the plan that takes this one's place begins at the beginning
    throw;
  }
  m_progress = m_next;
  return m_result;
}

void ArchiveStep::remove_families() {
  SQLite::Transaction transaction(m_archive.file.database(), SQLite::TransactionBehavior::IMMEDIATE);
  const auto guard = begin_step(m_plan.going);
  for (const ArchivedFamily& family : m_families) {
    m_family_keys.clear();
    const bool goes = std::ranges::all_of(family, [&](const ArchivedMember& one) { return is_still_to_go(one); }) &&
                      !has_other_children(family);
    if (goes) purge(family);
    for (const ArchivedMember& member : family) {
      TableChange& change = m_result[name_of(member)];
      ++(goes ? change.purged : change.changed);
    }
  }
  m_access.clear();
  m_keys.tell();
  transaction.commit();
}

bool ArchiveStep::is_still_to_go(const ArchivedMember& member) {
  ArchivedReader& reader = access(member).judged;
  reader.start(member.rowid);
  const bool goes =
      reader.next() && reader.line() == member.record && is_to_go(m_plan, m_plan.tables[member.table], reader.record());
  m_family_keys.push_back(goes ? m_keys.of(m_plan.tables[member.table].pass, reader.record()) : std::nullopt);
  reader.finish();
  return goes;
}

void ArchiveStep::note_relations(const ArchivedMember& member, KeysByRelation& as_parent, KeysByRelation& as_child) {
  ArchivedAccess& its = access(member);
  its.related.start(member.rowid);
  if (its.related.next()) {
    const JudgedRecord record = its.related.record();
    for (std::size_t i = 0; i < record.as_parent.size(); ++i) {
      as_parent[its.pass.as_parent[i]].push_back(record.as_parent[i]);
    }
    for (std::size_t i = 0; i < record.as_child.size(); ++i) {
      as_child[its.pass.as_child[i]].push_back(record.as_child[i]);
    }
  }
  its.related.finish();
}

// Children of the family that aren't of it: they were kept when their own group's turn came.
bool ArchiveStep::has_other_children(const ArchivedFamily& family) {
  KeysByRelation as_parent;
  m_pointing.clear();
  for (const ArchivedMember& member : family) note_relations(member, as_parent, m_pointing);
  for (const auto& [relation, keys] : as_parent) {
    const auto& own = m_pointing[relation];
    for (const RecordKey& key : keys) {
      if (m_children.children(relation, key) > std::ranges::count(own, key)) return true;
    }
  }
  return false;
}

void ArchiveStep::purge(const ArchivedFamily& family) {
  for (std::size_t i = 0; i < family.size(); ++i) {
    const ArchivedMember& member = family[i];
    m_archive.file.erase(member.record);
    m_keys.add(m_plan.tables[member.table].pass, RecordChange::purged, m_family_keys[i]);
    ++m_next.taken[name_of(member)];
  }
  for (const auto& [relation, keys] : m_pointing) {
    for (const RecordKey& key : keys) m_children.remove(relation, key);
  }
}

}  // namespace

std::unique_ptr<Step> make_archive_step(OpenArchive& archive, ArchivedChildCounts& children, const GroupPlan& plan,
                                        CollectedFromArchive collected, ArchiveProgress& progress) {
  return std::make_unique<ArchiveStep>(archive, children, plan, std::move(collected), progress);
}

}  // namespace oubli::sqlite
