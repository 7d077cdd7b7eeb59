#include "engine/decided_phases.hpp"

#include "oubli/engine/calendar.hpp"

#include <algorithm>
#include <tuple>

namespace oubli {
namespace {

// ---------------------------------------------------------------- comparing ends

PhaseEnd after_period(Day from, const Period& period) {
  return {first_due_day(from, period), last_day(from, period), false, false, {}};
}

MaybeEnd earlier(const MaybeEnd& one, const MaybeEnd& other) {
  if (!one || !other) return one ? one : other;
  return std::tie(other->due, other->ended_on) < std::tie(one->due, one->ended_on) ? other : one;
}

MaybeEnd later(const MaybeEnd& one, const MaybeEnd& other) {
  if (!one || !other) return std::nullopt;
  return other->due > one->due ? other : one;
}

// ---------------------------------------------------------------- what ends a phase

/// Given again since, or never taken back: a later `unless_since` voids an ending.
bool is_voided(Day ended, const DecisionCase& of) {
  if (!of.purpose.unless_since) return false;
  const auto since = of.known_day(*of.purpose.unless_since);
  return since && *since > ended;
}

/// The first event of `ends_on` that has happened: of those that end everything, or of all.
MaybeEnd ending(const DecisionCase& of, std::optional<Ending::Extent> extent) {
  MaybeEnd first;
  for (const EndingRule& rule : of.purpose.ends_on) {
    const auto day = of.known_day(rule.event);
    const bool counts = !extent || rule.extent == *extent;
    // A later day has ended nothing yet (S1).
    if (!counts || !day || *day > of.as_of || is_voided(*day, of)) continue;
    first = earlier(first, PhaseEnd{*day, *day, false, false, static_cast<std::size_t>(rule.event)});
  }
  return first;
}

/// A cap whose own start is missing caps nothing.
MaybeEnd cap_end(const std::optional<CapRule>& cap, const DecisionCase& of) {
  if (!cap) return std::nullopt;
  const auto from = combined(cap->from, of).day;
  if (!from) return std::nullopt;
  PhaseEnd end = after_period(*from, cap->keep);
  end.capped = true;
  return end;
}

/// The day agreed for the record, kept within `at_most`. A day computed that is later stands.
MaybeEnd lengthened(const MaybeEnd& computed, MaybeEnd agreed, const LastDayOverrideRule& rule,
                    const PurposeStart& start) {
  if (rule.at_most && start.counted_from) {
    PhaseEnd limit = after_period(*start.counted_from, *rule.at_most);
    limit.capped = true;
    agreed = earlier(agreed, limit);
  }
  return later(computed, agreed);
}

/// S10. Where no last day could be computed there is none to be replaced.
MaybeEnd overridden(const MaybeEnd& computed, const DecisionCase& of, const PurposeStart& start) {
  const auto& rule = of.purpose.last_day_override;
  const auto agreed_day = rule ? of.known_day(rule->last_day) : std::nullopt;
  if (!computed || !agreed_day) return computed;
  const PhaseEnd agreed{*agreed_day + date::days{1}, *agreed_day, false, true, {}};
  if (agreed.due < computed->due) return rule->may_shorten ? agreed : computed;
  return rule->may_lengthen ? lengthened(computed, agreed, *rule, start) : computed;
}

// ---------------------------------------------------------------- the start

/// The relation never began: neither what ends it nor what opens it has any value (S7).
bool was_never_opened(const DecisionCase& of) {
  const auto& never = of.purpose.never_opened;
  return never && of.is_missing(never->opened) && is_missing_whole(of.purpose.active->start, of);
}

PurposeStart start_of(const DecisionCase& of) {
  const ActiveRule& active = *of.purpose.active;
  PurposeStart start;
  start.never_opened = was_never_opened(of);
  const auto& never = of.purpose.never_opened;
  const CombinedDay day = combined(start.never_opened ? never->from : active.start, of);
  start.day = day.day;
  start.is_open = day.is_open;
  start.counted_from = day.day;
  start.period = start.never_opened ? never->keep : active.period;
  if (day.day && !start.never_opened) start.counted_from = close_of(*day.day, active.end_of, of.rules.fiscal_years);
  return start;
}

// ---------------------------------------------------------------- the phases

bool waits_for_archive(const DecisionCase& of) {
  const auto& archive = of.purpose.archive;
  return archive && archive->own && combined(archive->own->start, of).is_open;
}

MaybeEnd active_end(const Phases& phases, const DecisionCase& of) {
  MaybeEnd end = phases.waits_for_archive ? std::nullopt : phases.period;
  end = earlier(end, cap_end(of.purpose.active->at_most, of));
  if (!of.purpose.archive) end = overridden(end, of, phases.start);
  return earlier(end, ending(of, std::nullopt));
}

/// The archive by its period alone. Where its start is missing it runs from the end of the active phase.
MaybeEnd archive_period(const Phases& phases, const DecisionCase& of) {
  const ArchiveRule& archive = *of.purpose.archive;
  if (!archive.own) return after_period(phases.start.counted_from.value_or(phases.active->ended_on), archive.up_to);
  const CombinedDay start = combined(archive.own->start, of);
  if (start.is_open) return std::nullopt;
  return after_period(start.day.value_or(phases.active->ended_on), archive.own->period);
}

/// The end of all phases. An archive that would end before the active phase changes nothing.
MaybeEnd whole_end(const Phases& phases, const DecisionCase& of) {
  if (!phases.active) return std::nullopt;
  MaybeEnd end = phases.active;
  if (of.purpose.archive) {
    const MaybeEnd archived = earlier(archive_period(phases, of), cap_end(of.purpose.archive->at_most, of));
    end = later(end, overridden(archived, of, phases.start));
  }
  return earlier(end, ending(of, Ending::Extent::all));
}

// ---------------------------------------------------------------- categories

/// The earliest end that `by_category` sets for a category to this extent.
MaybeEnd category_end(int category, CategoryEnd::Extent extent, const DecisionCase& of) {
  MaybeEnd first;
  for (const CategoryEndRule& rule : of.purpose.by_category) {
    if (rule.category != category || rule.extent != extent) continue;
    if (const auto day = combined(rule.kept.start, of).day)
      first = earlier(first, after_period(*day, rule.kept.period));
  }
  return first;
}

}  // namespace

Phases phases_of(const DecisionCase& of) {
  Phases phases;
  phases.start = start_of(of);
  if (phases.start.counted_from) phases.period = after_period(*phases.start.counted_from, phases.start.period);
  phases.waits_for_archive = waits_for_archive(of);
  phases.active = active_end(phases, of);
  phases.whole = whole_end(phases, of);
  return phases;
}

std::optional<Day> category_due(int category, const Phases& phases, const DecisionCase& of) {
  MaybeEnd end = earlier(phases.active, category_end(category, CategoryEnd::Extent::active, of));
  if (of.purpose.archive) {
    end = later(end, earlier(phases.whole, category_end(category, CategoryEnd::Extent::archive, of)));
  }
  end = earlier(earlier(end, phases.whole), category_end(category, CategoryEnd::Extent::purpose, of));
  return end ? std::optional(end->due) : std::nullopt;
}

}  // namespace oubli
