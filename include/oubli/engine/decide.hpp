/// The readable reference of all decisions, and its compiled form.
#pragma once

#include "oubli/engine/read_day.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"

#include <memory>
#include <optional>
#include <span>

namespace oubli {

/// What is known of one record. Views of its source's memory.
///
/// A source that knows more than the columns say gives it beside them: the day that rows of another
/// table give (S11), or what the archive noted about a record when it was archived. What is given
/// goes before what the columns would say.
struct RecordFacts {
  std::span<const Value> values;  ///< in the slot order of `TableRules::columns`
  /// Empty, or one per event of the rules; a reading that is there replaces the event's column.
  std::span<const std::optional<EventReading>> given{};
  /// Empty, or one per purpose of the rules; an answer that is there replaces its condition.
  std::span<const std::optional<Truth>> concerned{};
  /// One per `TableRules::personal`: fields of the record itself, also where it follows another.
  std::span<const Value> personal{};
};

/// Decides what happens to one record on `days.as_of`: S7 to S14 word for word, by adding periods
/// to days. Pure: reads no clock, changes nothing. Slow and plain; `Matcher` is what scans use, and
/// a test holds both together.
///
/// Doesn't know what stops a disposition from outside the record (S18 to S20).
[[nodiscard]] Decision decide(const TableRules& rules, const RecordFacts& facts, RunDays days);

/// `decide` compiled for one table and one as-of day: each rule has its cutoffs (S4), so that
/// judging a record compares days and adds nothing.
///
/// Immutable once built: may be shared by threads, each with its own Judgement.
class Matcher {
 public:
  /// Throws Error for a timezone this machine doesn't know.
  Matcher(const TableRules& rules, RunDays days);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  /// Judges one record into `judgement`, whose former content doesn't matter.
  void judge(const RecordFacts& facts, Judgement& judgement) const;

  [[nodiscard]] const TableRules& rules() const;
  [[nodiscard]] RunDays days() const;

  /// The last start day whose active phase, by its period alone, has ended; nothing for a purpose
  /// without period. Printed in reports as the purpose's cutoff.
  [[nodiscard]] std::optional<Day> active_cutoff(std::size_t purpose) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> m_compiled;
};

/// Evaluates a condition on one record (I3). `events` are the readings of `rules.events`, needed
/// only where the condition names an event.
[[nodiscard]] Truth evaluate(const Condition& condition, std::span<const Value> values,
                             std::span<const EventReading> events);

}  // namespace oubli
