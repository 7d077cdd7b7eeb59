#include "engine/rewriting.hpp"

#include "oubli/engine/masking.hpp"

#include <algorithm>

namespace oubli {
namespace {

/// What a mark says when it says no: nothing, or the zero of a column of yes and no.
bool is_unmarked(const Value& mark) {
  switch (mark.type) {
    case Value::Type::null:
      return true;
    case Value::Type::integer:
      return mark.integer == 0;
    case Value::Type::real:
      return mark.real == 0;
    default:
      return mark.bytes.empty() || mark.bytes == "0";
  }
}

/// Columns that are no longer needed may be emptied in a record with this outcome. Of a flagged
/// one a person decides, who must see what it is about.
bool may_be_minimised(Outcome outcome) {
  switch (outcome) {
    case Outcome::flag:
    case Outcome::unassigned:
    case Outcome::malformed:
    case Outcome::out_of_scope:
    case Outcome::held:
    case Outcome::restricted:
      return false;
    default:
      return true;
  }
}

/// Of a column under several categories one at least was needed, and none is any more.
bool is_minimised(const PersonalColumn& column, const Needs& needs) {
  return !column.judges && (column.categories & needs.ended) != 0 && (column.categories & needs.needed) == 0;
}

}  // namespace

bool is_out_of_scope(const TableRules& rules, const RecordFacts& facts) {
  const auto field = [&](int column) { return facts.values[static_cast<std::size_t>(column)]; };
  if (!rules.anonymised || is_unmarked(field(rules.anonymised->mark))) return false;
  for (const auto& masked : rules.anonymised->masked) {
    if (!is_masked(masked.mask, field(masked.column))) return false;
  }
  for (std::size_t i = 0; i < facts.personal.size(); ++i) {
    if (!is_masked(rules.personal[i].anonymised, facts.personal[i])) return false;
  }
  return true;
}

void find_rewrites(const TableRules& rules, const RecordFacts& facts, Needs needs, std::vector<std::size_t>& rewrites) {
  rewrites.clear();
  const bool anonymises = needs.outcome == Outcome::anonymise;
  if (!anonymises && !(rules.minimises && may_be_minimised(needs.outcome))) return;
  // A record that would leave stays only because others need it: so may they need its categories.
  if (removes(needs.outcome)) needs.needed |= rules.needed_below;
  for (std::size_t i = 0; i < facts.personal.size(); ++i) {
    const PersonalColumn& column = rules.personal[i];
    if (!anonymises && !is_minimised(column, needs)) continue;
    const Mask& mask = anonymises ? column.anonymised : column.minimised;
    if (!is_masked(mask, facts.personal[i])) rewrites.push_back(i);
  }
}

}  // namespace oubli
