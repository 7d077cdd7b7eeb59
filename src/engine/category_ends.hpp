/// `by_category` compiled for one as-of day: data that a purpose no longer needs while it runs (S13, S15).
#pragma once

#include "engine/term.hpp"

#include <vector>

namespace oubli {

class CategoryEnds {
 public:
  CategoryEnds(const PurposeRule& rule, const TableRules& rules, Day as_of);

  /// The categories that have ended before the purpose itself; `state` is the record's.
  [[nodiscard]] CategorySet ended(PurposeState state, Readings readings) const;
  void add_events_to(std::vector<std::size_t>& events) const;
  /// As CompiledPurpose does.
  void raise_to_last_compared(std::span<Day> days) const;

 private:
  struct End {
    CategorySet category;
    CategoryEnd::Extent extent;
    Term start;
    Day cutoff;  ///< a start up to here has ended it
  };

  std::vector<End> m_ends;
  bool m_has_archive;
};

}  // namespace oubli
