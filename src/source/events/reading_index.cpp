#include "source/events/reading_index.hpp"

#include "engine/row_fold.hpp"
#include "source/events/spilled_readings.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace oubli::events {

ReadingIndex::ReadingIndex(RowPick pick, std::filesystem::path folder, std::size_t most_keys)
    : m_pick(pick), m_folder(std::move(folder)), m_most_keys(most_keys) {}
ReadingIndex::~ReadingIndex() = default;
ReadingIndex::ReadingIndex(ReadingIndex&&) noexcept = default;
ReadingIndex& ReadingIndex::operator=(ReadingIndex&&) noexcept = default;

void ReadingIndex::add(const RecordKey& key, const EventReading& reading) {
  const auto [place, is_new] = m_readings.try_emplace(key, reading);
  if (!is_new) place->second = folded(m_pick, place->second, reading);
  if (m_readings.size() >= m_most_keys) spill();
}

std::optional<EventReading> ReadingIndex::find(const RecordKey& key) const {
  const auto found = m_readings.find(key);
  const auto spilled = m_spilled ? m_spilled->find(key) : std::nullopt;
  if (found == m_readings.end()) return spilled;
  return spilled ? folded(m_pick, found->second, *spilled) : found->second;
}

// In the order of the keys: pages of the database are then written one after the other.
void ReadingIndex::spill() {
  if (!m_spilled) m_spilled = std::make_unique<SpilledReadings>(m_folder);
  std::vector<std::pair<RecordKey, EventReading>> readings(m_readings.begin(), m_readings.end());
  m_readings.clear();
  std::ranges::sort(readings, [](const auto& a, const auto& b) {
    return std::pair(a.first.high, a.first.low) < std::pair(b.first.high, b.first.low);
  });
  for (const auto& [key, reading] : readings) {
    const auto before = m_spilled->find(key);
    m_spilled->put(key, before ? folded(m_pick, *before, reading) : reading);
  }
}

}  // namespace oubli::events
