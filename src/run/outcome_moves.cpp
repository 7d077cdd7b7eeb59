#include "run/outcome_moves.hpp"

#include <algorithm>
#include <array>

namespace oubli {

namespace {

using Outcomes = std::vector<Outcome>;

class OutcomeSink : public RecordSink {
 public:
  OutcomeSink(const Families& families, const RuledTable& table, Outcomes& outcomes)
      : m_families(families), m_table(table), m_outcomes(outcomes) {}
  void record(const JudgedRecord& record) override { m_outcomes.push_back(m_families.outcome(m_table, record)); }

 private:
  const Families& m_families;
  const RuledTable& m_table;
  Outcomes& m_outcomes;
};

const PlannedTable* find(const std::optional<DatasetPlan>& plan, const std::string& table) {
  if (!plan || plan->failure) return nullptr;
  const auto found = std::ranges::find(plan->tables, table, &PlannedTable::name);
  return found == plan->tables.end() ? nullptr : &*found;
}

/// The outcomes of a table's records in the order of a pass, which is the same for all rules.
std::optional<Outcomes> outcomes_of(const std::optional<DatasetPlan>& plan, const std::string& table) {
  const auto* planned = find(plan, table);
  if (!planned) return std::nullopt;
  if (planned->failure) throw *planned->failure;
  Outcomes outcomes;
  OutcomeSink sink(*plan->families, *planned->table, outcomes);
  plan->source->for_each(plan->families->pass(*planned->table, plan->matchers.at(table)), sink);
  return outcomes;
}

std::int64_t minimised_in(const std::optional<DatasetPlan>& plan, const std::string& table) {
  const auto* planned = find(plan, table);
  return planned ? planned->tally.minimise : 0;
}

std::vector<OutcomeMove> moves_between(const Outcomes& before, const Outcomes& after) {
  std::array<std::array<std::int64_t, k_outcomes>, k_outcomes> counts{};
  for (std::size_t i = 0; i < before.size(); ++i) {
    ++counts[static_cast<std::size_t>(before[i])][static_cast<std::size_t>(after[i])];
  }
  std::vector<OutcomeMove> moves;
  for (std::size_t from = 0; from < k_outcomes; ++from) {
    for (std::size_t to = 0; to < k_outcomes; ++to) {
      if (from == to || counts[from][to] == 0) continue;
      moves.push_back({static_cast<Outcome>(from), static_cast<Outcome>(to), counts[from][to]});
    }
  }
  return moves;
}

void compare(std::optional<Outcomes> before, std::optional<Outcomes> after, TableDiff& table) {
  const std::size_t records = after ? after->size() : before->size();
  const Outcomes ungoverned(records, Outcome::unassigned);
  const auto old_outcomes = std::move(before).value_or(ungoverned);
  const auto new_outcomes = std::move(after).value_or(ungoverned);
  if (old_outcomes.size() != new_outcomes.size()) {
    table.not_judged = "they changed meanwhile; run again";
  } else {
    table.moves = moves_between(old_outcomes, new_outcomes);
  }
}

bool is_same_place(const RuledSide& before, const RuledSide& after, Side side) {
  if (!before.rules || !after.rules) return true;
  const auto& old_archive = before.judged_by.archive;
  const auto& new_archive = after.judged_by.archive;
  if (side == Side::archive) return !old_archive || !new_archive || old_archive->folder == new_archive->folder;
  return before.rules->config.kind == after.rules->config.kind && before.rules->config.path == after.rules->config.path;
}

}  // namespace

OutcomeMoves::OutcomeMoves(RuledSide before, RuledSide after, Side side)
    : m_side(side),
      m_is_same_file(is_same_place(before, after, side)),
      m_before(plan(before)),
      m_after(plan(after)) {}

std::optional<DatasetPlan> OutcomeMoves::plan(const RuledSide& side) const {
  if (!side.rules || !m_is_same_file) return std::nullopt;
  if (m_side == Side::archive) return plan_archive(*side.rules, side.judged_by);
  return plan_dataset(*side.rules, side.judged_by);
}

const Error* OutcomeMoves::failure() const {
  for (const auto* plan : {&m_before, &m_after}) {
    if (*plan && (*plan)->failure) return &*(*plan)->failure;
  }
  return nullptr;
}

void OutcomeMoves::add_to(TableDiff& table) {
  if (!m_is_same_file) {
    table.not_judged = m_side == Side::live ? "the dataset is another file now" : "the archive is another one now";
  } else if (const auto* error = failure()) {
    table.not_judged = error->diagnostic().message;
  } else {
    try {
      auto before = outcomes_of(m_before, table.table);
      auto after = outcomes_of(m_after, table.table);
      if (!before && !after) return;
      compare(std::move(before), std::move(after), table);
      table.minimised_before = minimised_in(m_before, table.table);
      table.minimised_after = minimised_in(m_after, table.table);
    } catch (const Error& unreadable) {
      table.not_judged = unreadable.diagnostic().message;
    }
  }
}

void OutcomeMoves::add_failure(RuleDiff& diff) const {
  const auto* error = failure();
  if (!error) return;
  diff.failed.push_back((m_after ? m_after : m_before)->title());
  diff.diagnostics.push_back(error->diagnostic());
}

}  // namespace oubli
