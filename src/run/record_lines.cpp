#include "run/record_lines.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace oubli {

namespace {

// The purposes in the state that decided, each with the day it entered it.
std::string purposes_in(const TableRules& rules, const Judgement& judgement, PurposeState state) {
  std::string text;
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) {
    const auto& purpose = judgement.purposes[i];
    if (purpose.state != state) continue;
    if (!text.empty()) text += ", ";
    text += rules.purposes[i].purpose;
    if (purpose.due) text += " since " + to_text(*purpose.due);
  }
  return text;
}

std::string ended(const TableRules& rules, const Judgement& judgement) {
  return "every phase has ended: " + purposes_in(rules, judgement, PurposeState::ended);
}

// "; minimised: email, phone".
std::string rewritten_columns(const TableRules& rules, const Judgement& judgement, Outcome outcome) {
  if (removes(outcome) || judgement.rewrites.empty()) return {};
  std::string names;
  for (const std::size_t i : judgement.rewrites) names += (names.empty() ? "" : ", ") + rules.personal[i].column;
  return (outcome == Outcome::anonymise ? "; columns: " : "; to minimise: ") + names;
}

class LineSink : public RecordSink {
 public:
  explicit LineSink(std::function<void(const JudgedRecord&)> use) : m_use(std::move(use)) {}
  void record(const JudgedRecord& record) override { m_use(record); }

 private:
  std::function<void(const JudgedRecord&)> m_use;
};

}  // namespace

std::string key_text(std::span<const Value> key) {
  std::string text;
  for (const auto& value : key) {
    if (!text.empty()) text += ',';
    text += to_text(value);
  }
  return text;
}

std::string reason(const TableRules& rules, const Judgement& judgement, Outcome outcome) {
  switch (outcome) {
    case Outcome::keep:
      return "still in its active phase: " + purposes_in(rules, judgement, PurposeState::active) +
             purposes_in(rules, judgement, PurposeState::open);
    case Outcome::archive:
      return "in its archive phase: " + purposes_in(rules, judgement, PurposeState::archive);
    case Outcome::anonymise:
    case Outcome::purge:
    case Outcome::flag:
      return ended(rules, judgement);
    case Outcome::held:
      return "under a legal hold";
    case Outcome::restricted:
      return "restricted";
    case Outcome::blocked:
      return "other records that stay still point to it";
    case Outcome::undated:
      return "no start day: " + purposes_in(rules, judgement, PurposeState::undated);
    case Outcome::unreadable:
      return "a day that can't be read: " + purposes_in(rules, judgement, PurposeState::unreadable);
    case Outcome::future:
      return "a day in the future: " + purposes_in(rules, judgement, PurposeState::future);
    case Outcome::undetermined:
      return "a condition that is unknown: " + purposes_in(rules, judgement, PurposeState::undetermined);
    case Outcome::no_period:
      return "no period: " + purposes_in(rules, judgement, PurposeState::no_period);
    case Outcome::unassigned:
      return "under no purpose";
    case Outcome::malformed:
      return "the line can't be read";
    case Outcome::out_of_scope:
      return "anonymised";
  }
  return "";
}

std::string stop_titles(const Families& families, const RuledTable& table, const JudgedRecord& record) {
  std::string text;
  for (const auto number : families.stopped(table, record).numbers) {
    text += (text.empty() ? "" : ", ") + title(families.stops().stop(number));
  }
  return text;
}

std::vector<RecordLine> record_lines(const DatasetPlan& plan, const PlannedTable& planned) {
  std::vector<RecordLine> lines;
  const auto& table = *planned.table;
  LineSink sink([&](const JudgedRecord& record) {
    const auto outcome = plan.families->outcome(table, record);
    const bool is_stopped = outcome == Outcome::held || outcome == Outcome::restricted;
    const auto columns = plan.families->is_stopped(table, record)
                             ? std::string()
                             : rewritten_columns(table.rules, record.judgement, outcome);
    if (outcome == Outcome::keep && columns.empty()) return;
    lines.push_back({record.row, std::string(record.file), key_text(record.key), outcome,
                     is_stopped ? stop_titles(*plan.families, table, record)
                                : reason(table.rules, record.judgement, outcome) + columns});
  });
  auto pass = plan.families->pass(table, plan.matchers.at(planned.name()));
  pass.with_key = true;
  plan.source->for_each(pass, sink);
  return lines;
}

}  // namespace oubli
