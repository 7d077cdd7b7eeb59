/// All that a tally counted, as text, for tests that hold two ways of counting together.
#pragma once

#include "oubli/model/tally.hpp"

#include <sstream>
#include <string>

namespace oubli::test {

[[nodiscard]] inline std::string text_of(const TableTally& tally) {
  std::ostringstream text;
  const auto list = [&](const char* name, const auto& counts) {
    text << "\n" << name;
    for (const auto count : counts) text << ' ' << count;
  };
  text << "rows " << tally.rows << ", minimise " << tally.minimise;
  list("outcomes", tally.outcomes.counts);
  for (const auto& purpose : tally.purposes) {
    list("purpose",
         std::initializer_list<std::int64_t>{purpose.records, purpose.active, purpose.open, purpose.archive,
                                             purpose.ended, purpose.undated, purpose.unreadable, purpose.future,
                                             purpose.undetermined, purpose.no_period, purpose.newer_than_inactive});
    text << (purpose.oldest_start ? " since " + to_text(*purpose.oldest_start) : "");
  }
  for (const auto& [outcome, odd] : tally.odd_rows) list(to_text(outcome).data(), odd.rows);
  for (const auto& [day, count] : tally.due_since) text << "\n" << to_text(day) << ' ' << count;
  list("rewrites", tally.rewrites);
  list("ended", tally.ended);
  for (const auto& [stop, count] : tally.stopped) text << "\nstop " << stop << ' ' << count;
  return text.str();
}

}  // namespace oubli::test
