/// The oracle's part on events that rows of another table give (S11): every row is looked at for every
/// record, and nothing is remembered. Includes nothing of oubli.
#pragma once

#include "support/oracle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace oracle {

/// How rows come to a record: straight, or by the rows of a table between.
struct Rows {
  bool latest = true;
  Event day;                       ///< of a row
  std::optional<Condition> where;  ///< on a row
  std::size_t points_by = 0;       ///< the column by which a row points on
  std::vector<Record> rows;
  bool has_between = false;
  std::size_t between_key = 0;
  std::size_t between_points_by = 0;
  std::vector<Record> between;
};

/// What the rows that point to `key` say; "missing" without one.
[[nodiscard]] Reading said_by_rows(const Rows& rows, const Rules& rules, const Field& key, DayNumber last_plausible);

}  // namespace oracle
