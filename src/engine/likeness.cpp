#include "engine/likeness.hpp"

#include "engine/compiled_purpose.hpp"
#include "engine/plausible_days.hpp"

#include <algorithm>
#include <map>

namespace oubli {

namespace {

using Questions = std::map<int, std::vector<Condition>>;  // by slot

void add_questions(const Condition& condition, Questions& questions) {
  for (const Condition& part : condition.parts) add_questions(part, questions);
  if (condition.parts.empty() && !condition.names_event) questions[condition.slot].push_back(condition);
}

Questions questions_of(const TableRules& rules) {
  Questions questions;
  for (const PurposeRule& purpose : rules.purposes) {
    if (purpose.where) add_questions(*purpose.where, questions);
  }
  for (const EventRule& event : rules.events) {
    if (event.when) add_questions(*event.when, questions);
  }
  return questions;
}

bool asks_for_null_alone(const std::vector<Condition>& questions) {
  return std::ranges::all_of(questions, [](const Condition& each) { return each.kind == Condition::Kind::is_null; });
}

bool is_column_alone(const EventRule& event) { return !event.other_table && !event.first_seen; }

}  // namespace

std::optional<Likeness> Likeness::of(const TableRules& rules, RunDays days) {
  // Whether a record is anonymised already hangs on what its personal columns hold.
  if (rules.anonymised || !std::ranges::all_of(rules.events, is_column_alone)) return std::nullopt;
  Likeness likeness;
  likeness.m_oldest.resize(rules.purposes.size());
  std::vector<Day> last_compared(rules.events.size(), rules.plausible_from);
  std::vector<std::vector<std::size_t>> starts(rules.events.size());
  for (std::size_t i = 0; i < rules.purposes.size(); ++i) {
    const CompiledPurpose purpose(rules.purposes[i], rules, days.as_of);
    purpose.raise_to_last_compared(last_compared);
    for (const std::size_t event : purpose.start_events()) starts[event].push_back(i);
  }
  for (std::size_t event = 0; event < rules.events.size(); ++event) {
    likeness.add_event(rules.events[event], rules, days, last_compared[event], starts[event]);
  }
  likeness.add_texts(rules);
  return likeness.m_bits <= k_most_bits ? std::optional(std::move(likeness)) : std::nullopt;
}

// One that no column gives is unreadable in every record.
void Likeness::add_event(const EventRule& event, const TableRules& rules, RunDays days, Day last_compared,
                         std::vector<std::size_t> starts) {
  if (event.column < 0) return;
  // The days that stand for none lie before.
  constexpr Day k_first{date::year{1970} / 1 / 2};
  m_events.push_back(
      {m_columns.size(), std::max(last_compared, k_first), PlausibleDays(event, rules, days).until, std::move(starts)});
  m_columns.emplace_back(event.column, m_bits++, LateDay(event, rules.timezone));
  set_window(m_events.back());
}

void Likeness::add_texts(const TableRules& rules) {
  for (auto& [slot, questions] : questions_of(rules)) {
    const auto gives_day = [slot = slot](const EventRule& event) { return event.column == slot; };
    if (asks_for_null_alone(questions) && std::ranges::any_of(rules.events, gives_day)) continue;
    m_columns.emplace_back(slot, m_bits, TextClasses(questions));
    m_bits += TextClasses::k_bits;
  }
}

void Likeness::set_window(const LateEvent& event) {
  Day after = event.last_compared;
  for (const std::size_t purpose : event.starts) {
    if (const auto& oldest = m_oldest[purpose]) after = std::max(after, *oldest - date::days{1});
  }
  std::get<LateDay>(m_columns[event.column].m_look).set_window(after, event.until);
}

void Likeness::know(const Judgement& judgement) {
  bool is_older = false;
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) {
    const auto& start = judgement.purposes[i].start;
    if (!start || (m_oldest[i] && *m_oldest[i] <= *start)) continue;
    m_oldest[i] = start;
    is_older = true;
  }
  if (!is_older) return;
  for (const LateEvent& event : m_events) set_window(event);
}

// Where the outcome is due, it may hang on which purpose ended last; what is to be emptied, on what is there.
bool Likeness::is_shared(const Judgement& judgement) {
  return !judgement.due && judgement.ended_categories == 0 && judgement.rewrites.empty();
}

}  // namespace oubli
