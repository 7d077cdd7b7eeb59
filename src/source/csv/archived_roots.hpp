/// The columns by which archived records that follow others are judged, where their own notes say
/// nothing (S12).
///
/// One pass over the archived parents notes the values of each key. Memory grows with their rows.
#pragma once

#include "source/csv/archived_dataset.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace oubli::csv {

class ArchivedRoots {
 public:
  /// For the table `child`.
  ArchivedRoots(ArchivedDataset& archive, const std::string& child);

  /// The root's values for a child's key, valid as long as this. False without an archived parent,
  /// and where several say different things: a key may have been given again since.
  [[nodiscard]] bool find(const RecordKey& key, std::vector<Value>& values) const;

 private:
  void read(ArchivedDataset& archive, std::size_t relation);
  void note(const RecordKey& key, std::string packed);

  std::unordered_map<RecordKey, std::optional<std::string>, RecordKeyHash> m_values;  ///< nothing: ambiguous
};

}  // namespace oubli::csv
