/// Why one record is kept, archived or purged: what `oubli explain` prints (I5).
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/side.hpp"

#include <string>
#include <vector>

namespace oubli {

struct Explanation {
  TableRules rules;          ///< by value: it outlives the run
  std::string root;          ///< the table that decides, where the record's own follows it
  std::string record;        ///< key or row, as asked for
  std::int64_t row = 0;
  std::string file;
  Side side = Side::live;
  Day as_of;
  Decision decision;
  Outcome outcome = Outcome::keep;   ///< the final one: the decision's, or blocked
  std::vector<std::string> stops;    ///< titles of those that cover it, or the record it follows; due or not
  bool malformed = false;
};

}  // namespace oubli
