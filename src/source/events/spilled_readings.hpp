/// Readings in a database file that has no name: nobody else can open it, and nothing is left of it
/// when the run ends, however it ends. It holds digests and days.
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/source/data_source.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace oubli::events {

/// Throws Error when the file can't be made or written.
class SpilledReadings {
 public:
  explicit SpilledReadings(const std::filesystem::path& folder);
  ~SpilledReadings();
  SpilledReadings(const SpilledReadings&) = delete;
  SpilledReadings& operator=(const SpilledReadings&) = delete;

  [[nodiscard]] std::optional<EventReading> find(const RecordKey& key);
  void put(const RecordKey& key, const EventReading& reading);

 private:
  struct Storage;
  std::unique_ptr<Storage> m_storage;
};

}  // namespace oubli::events
