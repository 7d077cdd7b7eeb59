/// What the rows of a table say of an event, by the key they point to.
///
/// A few hundred thousand keys are held in memory; more go to a database without a name, so that the
/// memory needed doesn't grow with the data.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/source/data_source.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <unordered_map>

namespace oubli::events {

class SpilledReadings;

/// How many keys are held in memory, of all indices of a dataset: about 72 bytes each.
inline constexpr std::size_t k_most_keys = 400'000;

class ReadingIndex {
 public:
  /// `folder` is where the database is made that takes what is too much for memory.
  ReadingIndex(RowPick pick, std::filesystem::path folder, std::size_t most_keys);
  ~ReadingIndex();
  ReadingIndex(ReadingIndex&&) noexcept;
  ReadingIndex& operator=(ReadingIndex&&) noexcept;

  /// Together with what was added under the key before. Throws Error when there is no room.
  void add(const RecordKey& key, const EventReading& reading);
  /// Nothing where no row said anything.
  [[nodiscard]] std::optional<EventReading> find(const RecordKey& key) const;

 private:
  void spill();

  RowPick m_pick;
  std::filesystem::path m_folder;
  std::size_t m_most_keys;
  std::unordered_map<RecordKey, EventReading, RecordKeyHash> m_readings;
  std::unique_ptr<SpilledReadings> m_spilled;
};

}  // namespace oubli::events
