/// Rules and records in the words of the oracle.
#pragma once

#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"
#include "support/oracle.hpp"

#include <vector>

namespace oubli {

[[nodiscard]] oracle::DayNumber number_of(Day day);
[[nodiscard]] oracle::Condition translated(const Condition& condition);
[[nodiscard]] oracle::Rules translated(const TableRules& rules);
[[nodiscard]] oracle::Record translated(const std::vector<Value>& values);

}  // namespace oubli
