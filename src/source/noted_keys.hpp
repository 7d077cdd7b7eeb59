/// The keys of the records that one step changes: gathered while it judges them, told before its change is for good.
#pragma once

#include "oubli/source/data_source.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace oubli {

class NotedKeys {
 public:
  /// Null: nobody wants to know. What is noted of outlives this.
  explicit NotedKeys(const GoingRecords* going) : m_going(going) {}

  /// Of a record that is at hand now and may be changed later in the step.
  [[nodiscard]] std::optional<KeyDigest> of(const TablePass& pass, const JudgedRecord& record) const;
  /// A record that the step changes.
  void add(const TablePass& pass, RecordChange change, const std::optional<KeyDigest>& key);
  /// The same of one that is at hand and rewritten.
  void add_rewritten(const TablePass& pass, const JudgedRecord& record);
  /// Tells what was added. Many are told along the way, so that memory doesn't grow with them.
  void tell();

 private:
  using Which = std::pair<const RuledTable*, RecordChange>;
  void tell(const Which& which, std::vector<KeyDigest>& keys) const;

  const GoingRecords* m_going;
  std::map<Which, std::vector<KeyDigest>> m_keys;
};

}  // namespace oubli
