#include "engine/category_ends.hpp"

#include "engine/outcome.hpp"
#include "oubli/engine/calendar.hpp"

namespace oubli {

CategoryEnds::CategoryEnds(const PurposeRule& rule, const TableRules& rules, Day as_of)
    : m_has_archive(rule.archive.has_value()) {
  const CategorySet listed = categories_of(rule);
  for (const CategoryEndRule& end : rule.by_category) {
    const CategorySet category = listed & CategorySet{1} << end.category;
    m_ends.push_back({category, end.extent, Term(end.kept.start, rules), cutoff(as_of, end.kept.period)});
  }
}

CategorySet CategoryEnds::ended(PurposeState state, Readings readings) const {
  if (m_ends.empty() || !may_end_categories(state)) return 0;
  const CategorySet all = ~CategorySet{0};
  CategorySet whole = 0;
  CategorySet active = state == PurposeState::archive ? all : 0;
  CategorySet archive = m_has_archive ? 0 : all;
  for (const End& end : m_ends) {
    if (end.start.day(readings) > end.cutoff) continue;
    if (end.extent == CategoryEnd::Extent::purpose) whole |= end.category;
    if (end.extent == CategoryEnd::Extent::active) active |= end.category;
    if (end.extent == CategoryEnd::Extent::archive) archive |= end.category;
  }
  // A category has left the purpose once it has left every phase of it.
  return whole | (active & archive);
}

void CategoryEnds::add_events_to(std::vector<std::size_t>& events) const {
  for (const End& end : m_ends) end.start.add_events_to(events);
}

}  // namespace oubli
