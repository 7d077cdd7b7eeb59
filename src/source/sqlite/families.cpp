#include "source/sqlite/families.hpp"

#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/pass.hpp"
#include "source/sqlite/references.hpp"

#include <algorithm>
#include <utility>

namespace oubli::sqlite {
namespace {

bool is_root(const TablePlan& table) { return table.pass.table->root == table.pass.table->config.name; }

const std::string& name_of(const TablePlan& table) { return table.pass.table->config.name; }

class Collector {
 public:
  Collector(OpenDataset& dataset, const GroupPlan& plan, Progress progress)
      : m_dataset(dataset), m_plan(plan), m_finder(dataset), m_reserved(progress.taken) {
    m_collected.progress = std::move(progress);
  }

  void collect_roots(StepLimit limit) {
    const auto root = std::ranges::find_if(m_plan.tables, is_root);
    collect_roots_of(static_cast<std::size_t>(root - m_plan.tables.begin()), limit);
  }

  /// All that is due in all tables: one family.
  void collect_cycle() {
    Family family;
    for (std::size_t i = 0; i < m_plan.tables.size(); ++i) add_due_records(i, family);
    if (!family.members.empty()) m_collected.families.push_back(std::move(family));
    m_collected.progress.at_end = true;
  }

  [[nodiscard]] Collected result() && { return std::move(m_collected); }

 private:
  void collect_roots_of(std::size_t table, StepLimit limit) {
    const TablePlan& plan = m_plan.tables[table];
    Progress& progress = m_collected.progress;
    PassReader reader(m_dataset, plan.pass, progress.after.empty() ? Selection::all : Selection::after);
    if (!progress.after.empty()) reader.start(progress.after);
    while (std::cmp_less(m_collected.families.size(), limit.records)) {
      // What is due beyond the plan's count is left to a later run: it hasn't changed.
      const bool has_all = m_reserved[name_of(plan)] >= plan.expected;
      if (has_all || !reader.next()) {
        progress.at_end = true;
        return;
      }
      if (!is_to_go(m_plan, plan, reader.record())) continue;
      progress.after = reader.identity();
      add_family(table, progress.after, reader.record().judgement.outcome);
    }
  }

  void add_family(std::size_t root, const std::string& identity, Outcome outcome) {
    Family family{identity, {}};
    add_with_followers(root, identity, outcome, family);
    if (reserve(family)) {
      m_collected.families.push_back(std::move(family));
      return;
    }
    for (const Member& member : family.members) ++m_collected.left_out[name_of(m_plan.tables[member.table])].changed;
  }

  // A chain of followers is as deep as the tables that follow each other; passes refuse a circle.
  void add_with_followers(std::size_t table, const std::string& identity, Outcome outcome, Family& family) {
    for (std::size_t i = 0; i < m_plan.tables.size(); ++i) {
      const auto relation = relation_to(i, name_of(m_plan.tables[table]));
      if (relation == m_dataset.rules.relations.size()) continue;
      for (const std::string& child : m_finder.children(relation, identity))
        add_with_followers(i, child, outcome, family);
    }
    family.members.push_back({table, identity, outcome});
  }

  /// The relation by which a table of the plan follows `parent`; the number of relations when it doesn't.
  [[nodiscard]] std::size_t relation_to(std::size_t follower, const std::string& parent) const {
    const auto& relations = m_dataset.rules.relations;
    const Relation* const followed = followed_relation(m_dataset.rules, name_of(m_plan.tables[follower]));
    if (followed == nullptr || !same_name(followed->parent, parent)) return relations.size();
    return static_cast<std::size_t>(followed - relations.data());
  }

  void add_due_records(std::size_t table, Family& family) {
    const TablePlan& plan = m_plan.tables[table];
    PassReader reader(m_dataset, plan.pass, Selection::all);
    while (reader.next()) {
      if (!is_to_go(m_plan, plan, reader.record())) continue;
      if (m_reserved[name_of(plan)] == plan.expected) return;
      ++m_reserved[name_of(plan)];
      family.members.push_back({table, reader.identity(), reader.record().judgement.outcome});
    }
  }

  /// Sets the family's records against what the plan expects: all of them, or none.
  bool reserve(const Family& family) {
    auto reserved = m_reserved;
    for (const Member& member : family.members) {
      const TablePlan& plan = m_plan.tables[member.table];
      if (++reserved[name_of(plan)] > plan.expected) return false;
    }
    m_reserved = std::move(reserved);
    return true;
  }

  OpenDataset& m_dataset;
  const GroupPlan& m_plan;
  ChildFinder m_finder;
  std::map<std::string, std::int64_t> m_reserved;
  Collected m_collected;
};

}  // namespace

std::size_t table_index(const GroupPlan& plan, const std::string& table) {
  const auto found =
      std::ranges::find_if(plan.tables, [&](const TablePlan& one) { return same_name(name_of(one), table); });
  return static_cast<std::size_t>(found - plan.tables.begin());
}

bool is_to_go(const GroupPlan& plan, const TablePlan& table, const JudgedRecord& record) {
  if (!removes(record.judgement.outcome)) return false;
  return plan.going == nullptr || plan.going->goes(*table.pass.table, record);
}

Collected collect(OpenDataset& dataset, const GroupPlan& plan, StepLimit limit, Progress progress) {
  Collector collector(dataset, plan, std::move(progress));
  if (plan.as_one)
    collector.collect_cycle();
  else
    collector.collect_roots(limit);
  return std::move(collector).result();
}

}  // namespace oubli::sqlite
