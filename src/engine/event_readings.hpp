/// All events of a record.
#pragma once

#include "oubli/engine/decide.hpp"

#include <vector>

namespace oubli {

/// Reads every event of one table's records, `when` included (S11).
class EventReaders {
 public:
  /// `rules` must outlive this. Throws Error for a timezone this machine doesn't know.
  EventReaders(const TableRules& rules, RunDays days);

  /// Fills `readings`, one per event of the rules, in their order.
  void read(const RecordFacts& facts, std::vector<EventReading>& readings) const;

 private:
  [[nodiscard]] EventReading read_one(std::size_t event, std::span<const Value> values) const;

  const TableRules* m_rules;
  std::vector<DayReader> m_readers;  ///< one per event
};

}  // namespace oubli
