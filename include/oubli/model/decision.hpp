/// What is decided about a record: its outcome (S14) and each purpose's state (S13).
#pragma once

#include "oubli/model/condition.hpp"
#include "oubli/model/day.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// Every record falls in exactly one (S14), so the outcomes of a table sum to its rows. In the
/// order of the reports (I7).
enum class Outcome : std::uint8_t {
  keep, archive, anonymise, purge, flag, held, restricted, blocked,
  undated, unreadable, future, undetermined, no_period, unassigned, malformed, out_of_scope
};
inline constexpr std::size_t k_outcomes = 16;

[[nodiscard]] std::string_view to_text(Outcome outcome);

/// True for the outcomes that take a record out of its source: archive and purge.
[[nodiscard]] constexpr bool removes(Outcome outcome) {
  return outcome == Outcome::archive || outcome == Outcome::purge;
}

/// True for the outcomes that take a record out of its source or change it (I8).
[[nodiscard]] constexpr bool changes(Outcome outcome) { return removes(outcome) || outcome == Outcome::anonymise; }

/// Where a record stands under one purpose.
enum class PurposeState : std::uint8_t {
  not_concerned,  ///< its condition doesn't hold
  active, open, undetermined, unreadable, future, undated, no_period, archive, ended
};
[[nodiscard]] std::string_view to_text(PurposeState state);

/// What an event's columns say for one record.
struct EventReading {
  enum class State : std::uint8_t { missing, known, unreadable, future };
  State state = State::missing;
  Day day{};  ///< known and future only
  friend bool operator==(const EventReading&, const EventReading&) = default;
};

/// A set of a table's data categories: bit i stands for TableRules::categories[i].
using CategorySet = std::uint64_t;

/// One purpose's part of a judgement.
struct PurposeJudgement {
  PurposeState state = PurposeState::not_concerned;
  std::optional<Day> start;          ///< the start event's day before `end_of`, where it is known
  std::optional<Day> due;            ///< first day of the state the record is in: archive or ended
  bool newer_than_inactive = false;  ///< S16: made after the purpose became inactive
  CategorySet ended_categories = 0;  ///< those it lists and no longer needs
};

/// What the matcher says of one record. Reused from record to record: its vectors keep their size.
struct Judgement {
  Outcome outcome = Outcome::keep;
  std::optional<Day> due;                  ///< since when `outcome` is due: archive, anonymise, purge, flag
  std::vector<PurposeJudgement> purposes;  ///< one per purpose of the rules, in their order
  std::vector<EventReading> events{};      ///< one per event of the rules, in their order
  /// Categories that a purpose of the record listed and that none needs any more (S15). One that no
  /// purpose of it ever listed isn't among them: that is a matter for a person.
  CategorySet ended_categories = 0;
  /// Categories that a purpose of the record needs, or may need.
  CategorySet needed_categories = 0;
  /// What minimising or anonymising would set: indices into TableRules::personal of columns that
  /// hold more than their mask leaves, ascending. Of a record that would leave: what minimising
  /// would set if it were blocked (S20).
  std::vector<std::size_t> rewrites{};

  /// A record that wasn't judged: nothing of an earlier one stays.
  void set_aside(Outcome instead, std::size_t purpose_count);
};

/// The day a column gives, known or in the future; nothing when it is missing or unreadable.
[[nodiscard]] std::optional<Day> written_day(const EventReading& reading);

/// A data category that a purpose may end before itself (`by_category`).
struct CategoryDecision {
  int category = 0;        ///< index into TableRules::categories
  std::optional<Day> due;  ///< the first day on which the purpose doesn't need it; nothing: not known yet
};

/// One purpose's part of a decision: enough to explain it without looking at the record again.
struct PurposeDecision {
  std::size_t purpose = 0;                ///< index into TableRules::purposes
  Truth condition = Truth::yes;
  PurposeState state = PurposeState::not_concerned;
  std::vector<EventReading> events;       ///< one per TableRules::events
  std::optional<Day> start;               ///< the combined start event, before `end_of`
  std::optional<Day> counted_from;        ///< after `end_of`
  std::optional<Day> active_last_day;     ///< last day of the active phase
  std::optional<Day> archive_last_day;    ///< last day of the archive phase
  std::optional<Day> due;                 ///< first day of the present archive or ended state
  std::optional<std::size_t> ended_by;    ///< the event of `ends_on` that ended it, index into TableRules::events
  bool capped = false;                    ///< `at_most` set the end that counts
  bool agreed = false;                    ///< the event of `override` set the last day of the last phase
  bool never_opened = false;              ///< `start` is the one of `never_opened`
  bool newer_than_inactive = false;
  std::vector<CategoryDecision> categories{};  ///< those of `by_category`, each once
  CategorySet ended_categories = 0;            ///< those it lists and no longer needs
};

/// The readable judgement of one record: what `oubli explain` prints.
struct Decision {
  Outcome outcome = Outcome::keep;
  std::optional<Day> due;
  std::vector<PurposeDecision> purposes;  ///< one per purpose of the rules, in their order
  CategorySet ended_categories = 0;       ///< as in Judgement
  CategorySet needed_categories = 0;      ///< as in Judgement
  std::vector<std::size_t> rewrites{};    ///< as in Judgement
};

}  // namespace oubli
