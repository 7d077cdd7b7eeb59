#include "source/memory/memory_step.hpp"

#include "source/noted_keys.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace oubli::memory {

namespace {

const std::string& name_of(const TablePlan& plan) { return plan.pass.table->rules.table; }

bool is_to_go(const GroupPlan& plan, const TablePlan& table, const JudgedRecord& record) {
  if (!removes(record.judgement.outcome)) return false;
  return plan.going == nullptr || plan.going->goes(*table.pass.table, record);
}

/// What a step is made of.
struct Choice {
  std::vector<Family> families;
  StepResult left_out;  ///< due, but more than the plan expected
  Progress progress;    ///< once the step is done
};

class Chooser {
 public:
  Chooser(RuledMemory& memory, const GroupPlan& plan, const Progress& progress)
      : m_memory(memory), m_plan(plan), m_choice{{}, {}, progress} {}

  [[nodiscard]] Choice choose(StepLimit limit) && {
    if (m_plan.as_one) {
      choose_cycle();
    } else {
      choose_families(limit);
    }
    return std::move(m_choice);
  }

  /// A record and all records that follow it, children first.
  void add_with_followers(std::size_t table, std::size_t row, Outcome outcome, Family& family) {
    const MemoryTable& parent = m_memory.table(name_of(m_plan.tables[table]));
    for (std::size_t i = 0; i < m_plan.tables.size(); ++i) {
      const Relation* const relation = m_memory.followed(name_of(m_plan.tables[i]));
      if (relation == nullptr || relation->parent != parent.schema.name) continue;
      const RecordKey key = m_memory.key(parent, parent.rows[row], relation->parent_columns);
      if (m_memory.find(relation->child) == nullptr) continue;
      const MemoryTable& child = m_memory.table(relation->child);
      for (std::size_t r = 0; r < child.rows.size(); ++r) {
        const RecordKey points_to = m_memory.key(child, child.rows[r], relation->child_columns);
        if (!points_to.null && points_to == key) add_with_followers(i, r, outcome, family);
      }
    }
    family.push_back({table, row, outcome, parent.rows[row]});
  }

 private:
  void choose_families(StepLimit limit) {
    const auto root = std::ranges::find_if(
        m_plan.tables, [](const TablePlan& table) { return table.pass.table->root == name_of(table); });
    const auto index = static_cast<std::size_t>(root - m_plan.tables.begin());
    if (m_memory.find(name_of(*root)) == nullptr) {
      m_choice.progress.at_end = true;
      return;
    }
    MemoryReader reader(m_memory, root->pass);
    std::size_t& row = m_choice.progress.next_row;
    // What is due beyond the plan's count is left to a later run: it hasn't changed.
    const auto has_all = [&] { return m_choice.progress.taken[name_of(*root)] >= root->expected; };
    const auto is_at_end = [&] { return row >= reader.rows() || has_all(); };
    for (; !is_at_end() && std::cmp_less(m_choice.families.size(), limit.records); ++row) {
      if (!reader.read(row) || !is_to_go(m_plan, *root, reader.record())) continue;
      Family family;
      add_with_followers(index, row, reader.record().judgement.outcome, family);
      keep_if_expected(std::move(family));
    }
    m_choice.progress.at_end = is_at_end();
  }

  void choose_cycle() {
    Family family;
    for (std::size_t i = 0; i < m_plan.tables.size(); ++i) {
      if (m_memory.find(name_of(m_plan.tables[i])) == nullptr) continue;
      MemoryReader reader(m_memory, m_plan.tables[i].pass);
      const MemoryTable& table = m_memory.table(name_of(m_plan.tables[i]));
      for (std::size_t row = 0; row < reader.rows(); ++row) {
        if (!reader.read(row) || !is_to_go(m_plan, m_plan.tables[i], reader.record())) continue;
        family.push_back({i, row, reader.record().judgement.outcome, table.rows[row]});
      }
    }
    if (!family.empty()) keep_if_expected(std::move(family));
    m_choice.progress.at_end = true;
  }

  void keep_if_expected(Family family) {
    auto taken = m_choice.progress.taken;
    for (const Member& member : family) ++taken[name_of(m_plan.tables[member.table])];
    const bool is_expected = std::ranges::all_of(
        m_plan.tables, [&](const TablePlan& table) { return taken[name_of(table)] <= table.expected; });
    if (is_expected) {
      m_choice.progress.taken = std::move(taken);
      m_choice.families.push_back(std::move(family));
      return;
    }
    for (const Member& member : family) ++m_choice.left_out[name_of(m_plan.tables[member.table])].changed;
  }

  RuledMemory& m_memory;
  const GroupPlan& m_plan;
  Choice m_choice;
};

class MemoryStep : public Step {
 public:
  MemoryStep(RuledMemory& memory, const GroupPlan& plan, Choice choice, Progress& progress)
      : m_memory(memory), m_plan(plan), m_choice(std::move(choice)), m_progress(progress), m_keys(plan.going) {}

  /// The members themselves are the copies: nothing pending is left when the step is destroyed.
  void copy() override {}

  [[nodiscard]] StepResult remove() override {
    const auto guard = begin();
    m_memory.events->forget();
    StepResult result = m_choice.left_out;
    for (const Family& family : m_choice.families) {
      if (still_goes(family)) {
        take(family, result);
      } else {
        leave(family, result);
      }
    }
    m_memory.events->remember(m_parting);
    m_keys.tell();
    remove_rows();
    m_progress = m_choice.progress;
    return result;
  }

 private:
  [[nodiscard]] std::unique_ptr<StepGuard> begin() {
    try {
      return begin_step(m_plan.going);
    } catch (const PlanOutdated&) {
      m_progress = {};  // the plan that takes this one's place begins at the beginning
      throw;
    }
  }

  [[nodiscard]] bool still_goes(const Family& family) const {
    const bool same_members = m_plan.as_one || has_same_followers(family);
    return same_members && std::ranges::all_of(family, [&](const Member& member) { return still_goes(member); });
  }

  [[nodiscard]] bool still_goes(const Member& member) const {
    const TablePlan& plan = m_plan.tables[member.table];
    const MemoryTable& table = m_memory.table(name_of(plan));
    if (member.row >= table.rows.size()) return false;
    MemoryReader reader(m_memory, plan.pass);
    const bool is_due = reader.read(member.row) && is_to_go(m_plan, plan, reader.record()) &&
                        reader.record().judgement.outcome == member.outcome;
    return is_due && (member.outcome != Outcome::archive || table.rows[member.row] == member.fields);
  }

  [[nodiscard]] bool has_same_followers(const Family& family) const {
    const Member& root = family.back();
    if (root.row >= m_memory.table(name_of(m_plan.tables[root.table])).rows.size()) return false;
    Family now;
    Chooser(m_memory, m_plan, {}).add_with_followers(root.table, root.row, root.outcome, now);
    return std::ranges::equal(now, family,
                              [](const Member& a, const Member& b) { return a.table == b.table && a.row == b.row; });
  }

  void take(const Family& family, StepResult& result) {
    for (const Member& member : family) {
      const std::string& name = name_of(m_plan.tables[member.table]);
      m_removed[name].insert(member.row);
      part(member);
      note_key(member);
      TableChange& change = result[name];
      if (member.outcome == Outcome::archive) {
        archive(member);
        ++change.archived;
      } else {
        ++change.purged;
      }
    }
  }

  // What an archived row says was noted when it left the live side.
  void part(const Member& member) {
    if (m_memory.side == Side::archive) return;
    const TablePlan& plan = m_plan.tables[member.table];
    const MemoryTable& table = m_memory.table(name_of(plan));
    for (const events::Feed& feed : m_memory.events->feeds_of(name_of(plan), plan.pass.matcher->days())) {
      feed.event->part(feed.role, fields(table, member.fields, feed.columns()), m_parting);
    }
    MemoryReader reader(m_memory, plan.pass);
    if (!reader.read(member.row)) return;
    m_memory.events->part(*plan.pass.table, plan.pass.matcher->days(), reader.record().facts.values, m_parting);
  }

  void note_key(const Member& member) {
    const TablePass& pass = m_plan.tables[member.table].pass;
    MemoryReader reader(m_memory, pass);
    if (!reader.read(member.row)) return;
    const bool is_archived = member.outcome == Outcome::archive;
    m_keys.add(pass, is_archived ? RecordChange::archived : RecordChange::purged, m_keys.of(pass, reader.record()));
  }

  void leave(const Family& family, StepResult& result) {
    for (const Member& member : family) {
      const std::string& name = name_of(m_plan.tables[member.table]);
      ++result[name].changed;
      --m_choice.progress.taken[name];
    }
  }

  void archive(const Member& member) {
    const TablePlan& plan = m_plan.tables[member.table];
    MemoryReader reader(m_memory, plan.pass);
    if (!reader.read(member.row)) return;
    MemoryTable& table = archived(name_of(plan));
    table.rows.push_back(member.fields);
    table.notes.push_back(notes_of(plan.pass.table->rules, reader.record().judgement));
  }

  [[nodiscard]] MemoryTable& archived(const std::string& name) {
    auto& archive = m_memory.dataset.archive;
    const auto found = std::ranges::find(archive, name, [](const MemoryTable& table) { return table.schema.name; });
    if (found != archive.end()) return *found;
    archive.push_back({m_memory.table(name).schema, {}, {}});
    return archive.back();
  }

  void remove_rows() {
    for (const auto& [name, rows] : m_removed) {
      MemoryTable& table = m_memory.table(name);
      const auto without = [&rows = rows](auto& all) {
        std::size_t at = 0;
        std::erase_if(all, [&](const auto&) { return rows.contains(at++); });
      };
      without(table.rows);
      without(table.notes);
    }
    for (const TablePlan& plan : m_plan.tables) {
      if (plan.pass.table->root == name_of(plan)) m_choice.progress.next_row -= m_removed[name_of(plan)].size();
    }
  }

  RuledMemory& m_memory;
  GroupPlan m_plan;
  Choice m_choice;
  Progress& m_progress;
  std::map<std::string, std::set<std::size_t>> m_removed;
  events::Parting m_parting;
  NotedKeys m_keys;
};

}  // namespace

std::unique_ptr<Step> choose_step(RuledMemory& memory, const GroupPlan& plan, StepLimit limit, Progress& progress) {
  if (progress.at_end || plan.tables.empty()) return nullptr;
  Choice choice = Chooser(memory, plan, progress).choose(limit);
  if (choice.families.empty() && choice.left_out.empty()) {
    progress = choice.progress;
    return nullptr;
  }
  return std::make_unique<MemoryStep>(memory, plan, std::move(choice), progress);
}

}  // namespace oubli::memory
