/// Which records that others follow are stopped, by the keys those point to them with.
#pragma once

#include "engine/stop_matcher.hpp"
#include "oubli/source/data_source.hpp"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace oubli {

/// A stop covers few different sets of records, so each set of stops is kept once.
class StoppedParents {
 public:
  /// True when that wasn't known yet. A null key is nobody's parent.
  bool note(std::size_t relation, const RecordKey& key, const Stopped& stopped);
  /// What stops the parent; null where nothing does.
  [[nodiscard]] const Stopped* find(std::size_t relation, const RecordKey& key) const;
  [[nodiscard]] bool has(std::size_t relation) const;

 private:
  using Keys = std::unordered_map<RecordKey, std::size_t, RecordKeyHash>;
  [[nodiscard]] std::size_t index_of(const Stopped& stopped);

  std::unordered_map<std::size_t, Keys> m_keys;  ///< by relation: indices into m_sets
  std::vector<Stopped> m_sets;
};

}  // namespace oubli
