#include "report/explanation_words.hpp"

#include "report/rule_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli::report {

namespace {

const PurposeRule& rule_of(const Explanation& explanation, const PurposeDecision& decision) {
  return explanation.rules.purposes[decision.purpose];
}

std::string event_name(const Explanation& explanation, int event) {
  return explanation.rules.events[static_cast<std::size_t>(event)].name;
}

/// "the last day agreed (agreed_keep_until)", where that is what counts.
std::string agreed_words(const Explanation& explanation, const PurposeDecision& decision) {
  if (!decision.agreed) return {};
  return fmt::format(", the last day agreed ({})",
                     event_name(explanation, rule_of(explanation, decision).last_day_override->last_day));
}

std::string through_words(const std::optional<Day>& day, std::string_view fallback) {
  return day ? fmt::format("through {}", to_text(*day)) : std::string(fallback);
}

/// "the latest of a and b was on 2023-02-03", "a is missing".
std::string start_words(const Explanation& explanation, const PurposeDecision& decision) {
  const PurposeRule& rule = rule_of(explanation, decision);
  const EventTerm& start = decision.never_opened ? rule.never_opened->from : rule.active->start;
  const std::string term = term_words(start, explanation.rules);
  if (!decision.start) return fmt::format("{} is missing", term);
  std::string words = fmt::format("{} is {}", term, to_text(*decision.start));
  if (decision.never_opened)
    words += fmt::format(", and {} has no value", event_name(explanation, rule.never_opened->opened));
  if (decision.counted_from && *decision.counted_from != *decision.start) {
    words += fmt::format(", counted from {}", to_text(*decision.counted_from));
  }
  return words;
}

/// What made the end: an ending event, a cap, or the period.
std::string end_words(const Explanation& explanation, const PurposeDecision& decision) {
  if (decision.ended_by) return fmt::format("{} ended it", explanation.rules.events[*decision.ended_by].name);
  if (decision.capped) return "its longest time (at_most) has passed";
  if (decision.state == PurposeState::ended && decision.agreed) {
    const int event = rule_of(explanation, decision).last_day_override->last_day;
    return fmt::format("the last day agreed ({}) has passed", event_name(explanation, event));
  }
  return start_words(explanation, decision);
}

std::string due_words(const PurposeDecision& decision) {
  return decision.due ? fmt::format("due since {}", to_text(*decision.due)) : std::string("due");
}

/// The events of a purpose that are in this state: "last_contact, objection".
std::string events_in(const Explanation& explanation, const PurposeDecision& decision, EventReading::State state) {
  std::vector<std::string> names;
  for (const std::size_t event : events_of(rule_of(explanation, decision))) {
    if (event < decision.events.size() && decision.events[event].state == state) {
      names.push_back(explanation.rules.events[event].name);
    }
  }
  return names.empty() ? std::string("an event") : fmt::format("{}", fmt::join(names, ", "));
}

std::string active_sentence(const Explanation& explanation, const PurposeDecision& decision) {
  const bool is_last_phase = !rule_of(explanation, decision).archive;
  return fmt::format("kept {}{}: {}", through_words(decision.active_last_day, "for now"),
                     is_last_phase ? agreed_words(explanation, decision) : "", start_words(explanation, decision));
}

/// What is open: the start of the purpose or, where that has come, the archive's own event.
std::string open_sentence(const Explanation& explanation, const PurposeDecision& decision) {
  if (!decision.start) return fmt::format("kept: {}, so the relation goes on", start_words(explanation, decision));
  const ArchiveRule& archive = *rule_of(explanation, decision).archive;
  return fmt::format("kept: {}, but {} is missing, so the relation goes on", start_words(explanation, decision),
                     term_words(archive.own->start, explanation.rules));
}

std::string archive_sentence(const Explanation& explanation, const PurposeDecision& decision) {
  return fmt::format("in the archive phase since {}, {}{}: {}",
                     decision.due ? to_text(*decision.due) : std::string("its active phase ended"),
                     through_words(decision.archive_last_day, "without a known end"),
                     agreed_words(explanation, decision), end_words(explanation, decision));
}

std::string ended_sentence(const Explanation& explanation, const PurposeDecision& decision) {
  return fmt::format("ended, to be {}, {}: {}", past_words(rule_of(explanation, decision).then), due_words(decision),
                     end_words(explanation, decision));
}

std::string since_words(const std::optional<Day>& due) {
  return due ? fmt::format(", due since {}", to_text(*due)) : std::string();
}

void add_once(std::vector<std::size_t>& events, int event) {
  const auto index = static_cast<std::size_t>(event);
  if (std::find(events.begin(), events.end(), index) == events.end()) events.push_back(index);
}

void add_term(std::vector<std::size_t>& events, const EventTerm& term) {
  for (const EventTerm::Member& member : term.members) add_once(events, member.event);
}

/// Events that only count for some records, or for some of their data.
void add_exceptions(std::vector<std::size_t>& events, const PurposeRule& purpose) {
  if (const auto& never = purpose.never_opened) {
    add_once(events, never->opened);
    add_term(events, never->from);
  }
  if (purpose.last_day_override) add_once(events, purpose.last_day_override->last_day);
  for (const CategoryEndRule& end : purpose.by_category) add_term(events, end.kept.start);
}

}  // namespace

std::vector<std::size_t> events_of(const PurposeRule& purpose) {
  std::vector<std::size_t> events;
  if (purpose.active) add_term(events, purpose.active->start);
  if (purpose.active && purpose.active->at_most) add_term(events, purpose.active->at_most->from);
  if (purpose.archive && purpose.archive->own) add_term(events, purpose.archive->own->start);
  if (purpose.archive && purpose.archive->at_most) add_term(events, purpose.archive->at_most->from);
  for (const EndingRule& ending : purpose.ends_on) add_once(events, ending.event);
  if (purpose.unless_since) add_once(events, *purpose.unless_since);
  add_exceptions(events, purpose);
  if (purpose.inactive) add_once(events, purpose.inactive->event);
  return events;
}

std::string reading_words(const EventReading& reading) {
  switch (reading.state) {
    case EventReading::State::missing:
      return "missing";
    case EventReading::State::known:
      return to_text(reading.day);
    case EventReading::State::unreadable:
      return "unreadable";
    case EventReading::State::future:
      return to_text(reading.day) + ", in the future";
  }
  return "unreadable";
}

std::string origin_words(const EventRule& event) {
  if (event.first_seen) return "the day oubli first saw this state";
  if (!event.other_table) return {};
  const OtherTableRule& rows = *event.other_table;
  return fmt::format("the {} of {}.{}", to_text(rows.pick), rows.table, rows.columns.front());
}

std::string purpose_sentence(const Explanation& explanation, const PurposeDecision& decision) {
  switch (decision.state) {
    case PurposeState::not_concerned:
      return "not concerned: the record is not under this purpose";
    case PurposeState::active:
      return active_sentence(explanation, decision);
    case PurposeState::open:
      return open_sentence(explanation, decision);
    case PurposeState::undetermined:
      return "kept aside: its condition is unknown for this record";
    case PurposeState::unreadable:
      return fmt::format("kept aside: {} cannot be read as a day",
                         events_in(explanation, decision, EventReading::State::unreadable));
    case PurposeState::future:
      return fmt::format("kept aside: {} lies in the future",
                         events_in(explanation, decision, EventReading::State::future));
    case PurposeState::undated:
      return fmt::format("kept aside: {}", start_words(explanation, decision));
    case PurposeState::no_period:
      return "kept: the policy gives no period yet";
    case PurposeState::archive:
      return archive_sentence(explanation, decision);
    case PurposeState::ended:
      return ended_sentence(explanation, decision);
  }
  return {};
}

std::string category_due_words(const CategoryDecision& category, Day as_of) {
  if (!category.due) return "needed, without a known end";
  if (*category.due <= as_of) return fmt::format("not needed since {}", to_text(*category.due));
  return fmt::format("needed through {}", to_text(*category.due - date::days{1}));
}

std::string outcome_sentence(const Explanation& explanation) {
  const std::string since = since_words(explanation.decision.due);
  switch (explanation.outcome) {
    case Outcome::keep:
      return explanation.side == Side::archive ? "is kept in the archive: a purpose lasts"
                                               : "is kept: a purpose is active or open";
    case Outcome::archive:
      return "would be archived: every active phase has ended" + since;
    case Outcome::anonymise:
      return "would be anonymised: every purpose has ended" + since;
    case Outcome::purge:
      return "would be purged: every purpose has ended" + since;
    case Outcome::flag:
      return "is flagged for a person to decide: every purpose has ended" + since;
    case Outcome::held:
      return "is kept although it is due: a legal hold covers it" + since;
    case Outcome::restricted:
      return "is kept although it is due: its processing is restricted" + since;
    case Outcome::blocked:
      return "is kept although it is due: records that stay still need it" + since;
    case Outcome::undated:
      return "is kept aside: a start event is missing";
    case Outcome::unreadable:
      return "is kept aside: a date cannot be read";
    case Outcome::future:
      return "is kept aside: a date lies in the future";
    case Outcome::undetermined:
      return "is kept aside: a condition is unknown for it";
    case Outcome::no_period:
      return "is kept: the policy gives no period yet";
    case Outcome::unassigned:
      return "is kept aside: it is under no purpose";
    case Outcome::malformed:
      return "is kept aside: it is malformed and was not judged";
    case Outcome::out_of_scope:
      return "is out of scope: it was anonymised earlier";
  }
  return {};
}

}  // namespace oubli::report
