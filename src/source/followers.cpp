#include "source/followers.hpp"

#include <algorithm>

namespace oubli {

namespace {

const RuledTable& named(const RuledDataset& rules, const std::string& name) {
  return *std::ranges::find(rules.tables, name, [](const RuledTable& table) { return table.rules.table; });
}

}  // namespace

std::vector<const RuledTable*> with_followers(const RuledDataset& rules, const std::string& root) {
  std::vector<const RuledTable*> tables{&named(rules, root)};
  for (std::size_t at = 0; at < tables.size(); ++at) {
    for (const Relation& relation : rules.relations) {
      if (relation.follows && relation.parent == tables[at]->rules.table) tables.push_back(&named(rules, relation.child));
    }
  }
  return tables;
}

const Relation* followed_relation(const RuledDataset& rules, const std::string& child) {
  const auto found = std::ranges::find_if(
      rules.relations, [&](const Relation& relation) { return relation.follows && relation.child == child; });
  return found == rules.relations.end() ? nullptr : &*found;
}

}  // namespace oubli
