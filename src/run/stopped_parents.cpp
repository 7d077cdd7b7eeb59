#include "run/stopped_parents.hpp"

#include <algorithm>

namespace oubli {

bool StoppedParents::note(std::size_t relation, const RecordKey& key, const Stopped& stopped) {
  if (key.null) return false;
  const auto index = index_of(stopped);
  const auto [place, is_new] = m_keys[relation].try_emplace(key, index);
  if (is_new) return true;
  // Where a key isn't unique, whoever follows it follows all that have it.
  auto together = m_sets[place->second];
  together += stopped;
  if (together == m_sets[place->second]) return false;
  place->second = index_of(together);
  return true;
}

const Stopped* StoppedParents::find(std::size_t relation, const RecordKey& key) const {
  const auto keys = m_keys.find(relation);
  if (keys == m_keys.end() || key.null) return nullptr;
  const auto found = keys->second.find(key);
  return found == keys->second.end() ? nullptr : &m_sets[found->second];
}

bool StoppedParents::has(std::size_t relation) const {
  const auto keys = m_keys.find(relation);
  return keys != m_keys.end() && !keys->second.empty();
}

std::size_t StoppedParents::index_of(const Stopped& stopped) {
  const auto found = std::ranges::find(m_sets, stopped);
  if (found != m_sets.end()) return static_cast<std::size_t>(found - m_sets.begin());
  m_sets.push_back(stopped);
  return m_sets.size() - 1;
}

}  // namespace oubli
