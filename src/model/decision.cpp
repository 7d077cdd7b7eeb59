/// The names of outcomes and states, as reports print them (I7), and records that weren't judged.
#include "oubli/model/decision.hpp"

namespace oubli {

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::keep:
      return "keep";
    case Outcome::archive:
      return "archive";
    case Outcome::anonymise:
      return "anonymise";
    case Outcome::purge:
      return "purge";
    case Outcome::flag:
      return "flag";
    case Outcome::held:
      return "held";
    case Outcome::restricted:
      return "restricted";
    case Outcome::blocked:
      return "blocked";
    case Outcome::undated:
      return "undated";
    case Outcome::unreadable:
      return "unreadable";
    case Outcome::future:
      return "future";
    case Outcome::undetermined:
      return "undetermined";
    case Outcome::no_period:
      return "no_period";
    case Outcome::unassigned:
      return "unassigned";
    case Outcome::malformed:
      return "malformed";
    case Outcome::out_of_scope:
      return "out_of_scope";
  }
  return "";
}

std::string_view to_text(PurposeState state) {
  switch (state) {
    case PurposeState::not_concerned:
      return "not_concerned";
    case PurposeState::active:
      return "active";
    case PurposeState::open:
      return "open";
    case PurposeState::undetermined:
      return "undetermined";
    case PurposeState::unreadable:
      return "unreadable";
    case PurposeState::future:
      return "future";
    case PurposeState::undated:
      return "undated";
    case PurposeState::no_period:
      return "no_period";
    case PurposeState::archive:
      return "archive";
    case PurposeState::ended:
      return "ended";
  }
  return "";
}

void Judgement::set_aside(Outcome instead, std::size_t purpose_count) {
  outcome = instead;
  due.reset();
  purposes.assign(purpose_count, PurposeJudgement{});
  events.assign(events.size(), EventReading{});
  ended_categories = 0;
  needed_categories = 0;
  rewrites.clear();
}

std::optional<Day> written_day(const EventReading& reading) {
  const bool is_day = reading.state == EventReading::State::known || reading.state == EventReading::State::future;
  return is_day ? std::optional(reading.day) : std::nullopt;
}

}  // namespace oubli
