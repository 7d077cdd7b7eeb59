/// Past which days nothing changes any more: what `Likeness` tells records alike by.
#include "engine/category_ends.hpp"
#include "engine/compiled_purpose.hpp"

#include <algorithm>

namespace oubli {

namespace {

/// Days compared with literals, in any part of a condition.
void raise_to_literals(const Condition& condition, std::span<Day> days) {
  for (const Condition& part : condition.parts) raise_to_literals(part, days);
  for (const Literal& literal : condition.literals) {
    const Day* const day = std::get_if<Day>(&literal);
    if (day == nullptr) continue;
    Day& known = days[static_cast<std::size_t>(condition.slot)];
    known = std::max(known, *day);
  }
}

}  // namespace

// An event that ends something, or voids what ended, is compared with others, too: but only while the
// one that ends lies no later than the as-of day.
void CompiledPurpose::raise_to_last_compared(std::span<Day> days) const {
  const auto raise = [&](int event, Day day) {
    Day& known = days[static_cast<std::size_t>(event)];
    known = std::max(known, day);
  };
  if (m_rule->where) raise_to_literals(*m_rule->where, days);
  if (m_rule->inactive) raise(m_rule->inactive->event, m_rule->inactive->inactive_since);
  for (const EndingRule& ending : m_rule->ends_on) raise(ending.event, m_as_of);
  if (m_rule->unless_since) raise(*m_rule->unless_since, m_as_of);
  if (m_rule->last_day_override) raise(m_rule->last_day_override->last_day, m_as_of);
  for (const auto& [start, cutoffs] :
       {std::pair(&m_start, &m_cutoffs), std::pair(&m_never_opened_start, &m_never_opened_cutoffs)}) {
    if (*start) (*start)->raise(days, std::max({cutoffs->active, cutoffs->archive, cutoffs->lengthened}));
  }
  if (m_active_cap) m_active_cap->from.raise(days, std::max(m_active_cap->cutoff, m_archive_cap_cutoff));
  if (m_archive_start) m_archive_start->raise(days, m_archive_event_cutoff);
  if (m_archive_cap) m_archive_cap->from.raise(days, m_archive_cap->cutoff);
  m_category_ends.raise_to_last_compared(days);
}

std::vector<std::size_t> CompiledPurpose::start_events() const {
  std::vector<std::size_t> events;
  if (m_start) m_start->add_events_to(events);
  if (m_never_opened_start) m_never_opened_start->add_events_to(events);
  return events;
}

void CategoryEnds::raise_to_last_compared(std::span<Day> days) const {
  for (const End& end : m_ends) end.start.raise(days, end.cutoff);
}

}  // namespace oubli
