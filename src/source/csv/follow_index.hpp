/// Which record decides for those that follow it (S12).
///
/// A CSV has no index, so one pass over the parent's files notes, for each of its keys, the values
/// the root's rules judge by. Memory grows with the parent's rows: about 100 bytes and the bytes of
/// those values for each. Where a key occurs twice the record that keeps most counts (S14).
#pragma once

#include "oubli/engine/decide.hpp"
#include "source/csv/csv_dataset.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace oubli::csv {

class FollowIndex {
 public:
  /// For the table `child`, whose rules (its root's) `matcher` has.
  FollowIndex(CsvDataset& dataset, const std::string& child, const Matcher& matcher);

  /// The root's values for a child's key, valid as long as this; false when there is no parent.
  [[nodiscard]] bool find(const RecordKey& key, std::vector<Value>& values) const;

 private:
  void read(const Relation& relation, std::size_t relation_index);
  void note(const RecordKey& key, std::span<const Value> values);
  [[nodiscard]] Outcome outcome_of(std::span<const Value> values) const;

  CsvDataset& m_dataset;
  const RuledTable& m_child;
  const Matcher& m_matcher;  ///< used while it is built
  std::unordered_map<RecordKey, std::string, RecordKeyHash> m_values;
};

}  // namespace oubli::csv
