#include "engine/stop_matcher.hpp"

#include "oubli/engine/decide.hpp"

#include <algorithm>

namespace oubli {

namespace {

/// One record's subject, whose digest is computed when the first stop asks for it.
class SubjectMatch {
 public:
  SubjectMatch(const RecordSubject& subject, const TableStops::Key& key) : m_subject(subject), m_key(key) {}

  [[nodiscard]] bool may_be(const Digest& subject) {
    switch (m_subject.state) {
      case RecordSubject::State::nobody:
        return false;
      case RecordSubject::State::unknown:
        return true;
      case RecordSubject::State::digest:
        return m_subject.digest == subject;
      case RecordSubject::State::known:
        if (!m_digest) m_digest = subject_digest(m_key, m_subject.value);
        return *m_digest == subject;
    }
    return true;
  }

 private:
  const RecordSubject& m_subject;
  const TableStops::Key& m_key;
  std::optional<Digest> m_digest;
};

}  // namespace

void Stopped::add(std::int64_t number, StopKind kind) {
  held = held || kind == StopKind::legal_hold;
  const auto place = std::lower_bound(numbers.begin(), numbers.end(), number);
  if (place == numbers.end() || *place != number) numbers.insert(place, number);
}

Stopped& Stopped::operator+=(const Stopped& other) {
  for (const std::int64_t number : other.numbers) add(number, StopKind::restriction);
  held = held || other.held;
  return *this;
}

bool TableStops::needs_subject() const {
  return std::any_of(m_stops.begin(), m_stops.end(), [](const TableStop& stop) { return stop.subject.has_value(); });
}

bool TableStops::satisfies_condition(const TableStop& stop, std::span<const Value> more) const {
  if (!stop.condition || more.size() != m_columns.size()) return true;
  return evaluate(*stop.condition, more, {}) != Truth::no;
}

Stopped TableStops::covering(const RecordSubject& subject, std::span<const Value> more) const {
  Stopped stopped;
  SubjectMatch match(subject, m_key);
  for (const TableStop& stop : m_stops) {
    const bool covers = satisfies_condition(stop, more) && (!stop.subject || match.may_be(*stop.subject));
    if (covers) stopped.add(stop.number, stop.kind);
  }
  return stopped;
}

}  // namespace oubli
