/// Since when a record that is due under a purpose is due: the only sums of the compiled form.
#include "engine/compiled_purpose.hpp"
#include "oubli/engine/calendar.hpp"

#include <algorithm>

namespace oubli {

Day CompiledPurpose::counted_from(const Facts& facts) const {
  return facts.never_opened ? facts.start : close_of(facts.start, m_rule->active->end_of, *m_fiscal_years);
}

const Period& CompiledPurpose::active_period(const Facts& facts) const {
  return facts.never_opened ? m_rule->never_opened->keep : m_rule->active->period;
}

Day CompiledPurpose::active_due(const Facts& facts) const {
  Day due = k_never;
  if (facts.start != k_never && !facts.archive_is_open) due = first_due_day(counted_from(facts), active_period(facts));
  if (facts.active_cap != k_never) due = std::min(due, first_due_day(facts.active_cap, m_active_cap->keep));
  if (!m_rule->archive) due = as_agreed(due, facts);
  return std::min(due, facts.ending);
}

/// What an archive counts from that has no start of its own.
Day CompiledPurpose::active_ended_on(const Facts& facts) const {
  Day day = facts.ending;
  if (facts.start != k_never) day = std::min(day, last_day(counted_from(facts), active_period(facts)));
  if (facts.active_cap != k_never) day = std::min(day, last_day(facts.active_cap, m_active_cap->keep));
  return day;
}

/// The archive phase's own end, however it compares with the active phase's.
Day CompiledPurpose::archive_due(const Facts& facts) const {
  const ArchiveRule& archive = *m_rule->archive;
  Day due = k_never;
  if (facts.archive_start != k_never) {
    due = first_due_day(facts.archive_start, archive.own->period);
  } else if (archive.own) {
    if (!facts.archive_is_open) due = first_due_day(active_ended_on(facts), archive.own->period);
  } else {
    due = first_due_day(facts.start != k_never ? counted_from(facts) : active_ended_on(facts), archive.up_to);
  }
  if (facts.archive_cap != k_never) due = std::min(due, first_due_day(facts.archive_cap, m_archive_cap->keep));
  return as_agreed(due, facts);
}

/// S10: the end of the last phase with the day agreed for the record in place of the computed one.
Day CompiledPurpose::as_agreed(Day due, const Facts& facts) const {
  if (facts.agreed == k_never || due == k_never) return due;
  const LastDayOverrideRule& rule = *m_rule->last_day_override;
  Day agreed = facts.agreed + date::days{1};
  if (agreed < due) return rule.may_shorten ? agreed : due;
  if (!rule.may_lengthen) return due;
  if (rule.at_most && facts.start != k_never) {
    agreed = std::min(agreed, first_due_day(counted_from(facts), *rule.at_most));
  }
  return std::max(due, agreed);
}

Day CompiledPurpose::ended_due(const Facts& facts) const {
  Day due = active_due(facts);
  if (m_rule->archive) due = std::max(due, archive_due(facts));
  return std::min(due, facts.ending_all);
}

}  // namespace oubli
