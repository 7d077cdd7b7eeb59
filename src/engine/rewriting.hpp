/// Which columns of a record that stays are emptied or masked, and which records are out of scope
/// (S15, S17).
#pragma once

#include "oubli/engine/decide.hpp"

#include <cstddef>
#include <vector>

namespace oubli {

/// True for a record that was anonymised, and in which nothing was filled in again since. A record
/// that follows another is out of scope with it, while its own columns are masked, too.
[[nodiscard]] bool is_out_of_scope(const TableRules& rules, const RecordFacts& facts);

/// What of a record's judgement decides about its columns.
struct Needs {
  Outcome outcome;
  CategorySet ended;
  CategorySet needed;
};

/// Fills `rewrites` as Judgement::rewrites says.
void find_rewrites(const TableRules& rules, const RecordFacts& facts, Needs needs, std::vector<std::size_t>& rewrites);

}  // namespace oubli
