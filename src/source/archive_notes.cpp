#include "oubli/source/archive_notes.hpp"

#include "oubli/engine/read_day.hpp"

namespace oubli {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

EventReading as_noted(const EventReading& reading) {
  const auto day = written_day(reading);
  return day ? EventReading{EventReading::State::known, *day} : EventReading{reading.state, {}};
}

}  // namespace

ArchiveNotes notes_of(const TableRules& rules, const Judgement& judgement) {
  ArchiveNotes notes;
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) {
    const bool is_under = judgement.purposes[i].state != PurposeState::not_concerned;
    (is_under ? notes.purposes : notes.other_purposes).push_back(rules.purposes[i].purpose);
  }
  for (std::size_t i = 0; i < judgement.events.size(); ++i)
    notes.events.emplace(full_name(rules.events[i]), as_noted(judgement.events[i]));
  return notes;
}

ArchivedJudge::ArchivedJudge(const Matcher& matcher)
    : m_matcher(matcher), m_given(matcher.rules().events.size()), m_concerned(matcher.rules().purposes.size()) {
  for (const EventRule& event : matcher.rules().events) m_event_names.push_back(full_name(event));
}

void ArchivedJudge::judge(const ArchivedFields& fields, const ArchiveNotes& notes, Judgement& judgement) {
  m_fields = fields;
  take_events(fields.columns, notes);
  take_purposes(fields.columns, notes);
  m_matcher.judge(facts(), judgement);
  if (settle_unknown(notes, judgement)) m_matcher.judge(facts(), judgement);
  if (judgement.outcome != Outcome::archive) return;
  judgement.outcome = outcome_in_archive(judgement.outcome);
  judgement.due.reset();
}

void ArchivedJudge::take_events(Columns columns, const ArchiveNotes& notes) {
  const TableRules& rules = m_matcher.rules();
  for (std::size_t i = 0; i < m_given.size(); ++i) {
    const auto noted = notes.events.find(m_event_names[i]);
    m_given[i].reset();
    if (noted == notes.events.end()) {
      if (columns == Columns::unknown) m_given[i] = EventReading{EventReading::State::unreadable, {}};
    } else if (noted->second.state == EventReading::State::known) {
      m_given[i] = reading_of_day(noted->second.day, rules.events[i], rules, m_matcher.days());
    } else {
      m_given[i] = noted->second;
    }
  }
}

void ArchivedJudge::take_purposes(Columns columns, const ArchiveNotes& notes) {
  const auto& purposes = m_matcher.rules().purposes;
  for (std::size_t i = 0; i < purposes.size(); ++i) {
    m_concerned[i].reset();
    if (contains(notes.purposes, purposes[i].purpose)) {
      m_concerned[i] = Truth::yes;
    } else if (columns == Columns::unknown && purposes[i].where) {
      m_concerned[i] = contains(notes.other_purposes, purposes[i].purpose) ? Truth::no : Truth::unknown;
    }
  }
}

// An emptied column makes a condition unknown that was false when the record came.
bool ArchivedJudge::settle_unknown(const ArchiveNotes& notes, const Judgement& judgement) {
  const auto& purposes = m_matcher.rules().purposes;
  bool has_settled = false;
  for (std::size_t i = 0; i < purposes.size(); ++i) {
    const bool is_open = !m_concerned[i] && judgement.purposes[i].state == PurposeState::undetermined;
    if (!is_open || !contains(notes.other_purposes, purposes[i].purpose)) continue;
    m_concerned[i] = Truth::no;
    has_settled = true;
  }
  return has_settled;
}

}  // namespace oubli
