/// A memory of days for tests, in memory: it outlives sources, as a state outlives runs.
#pragma once

#include "engine/row_fold.hpp"
#include "oubli/source/day_memory.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace oubli::test {

class RememberedDays : public DayMemory {
 public:
  [[nodiscard]] bool has(const std::string& event) override {
    for (const auto& [place, reading] : days) {
      if (place.first == event) return true;
    }
    return false;
  }
  [[nodiscard]] std::optional<EventReading> find(const std::string& event, std::string_view key) override {
    const auto found = days.find({event, std::string(key)});
    return found == days.end() ? std::nullopt : std::optional(found->second);
  }
  void remember(const std::vector<RememberedReading>& readings) override {
    std::map<std::pair<std::string, std::string>, EventReading> together;
    for (const RememberedReading& one : readings) {
      const auto [place, is_new] = together.try_emplace({one.event, one.key}, one.reading);
      if (!is_new) place->second = folded(one.pick, place->second, one.reading);
    }
    for (const auto& [place, reading] : together) {
      days[place] = reading;
      m_kept.insert(place);
    }
  }
  void begin_keeping(const std::string& event) override {
    std::erase_if(m_kept, [&](const auto& place) { return place.first == event; });
  }
  void keep(const std::string& event, std::string_view key) override { m_kept.insert({event, std::string(key)}); }
  void end_keeping(const std::string& event) override {
    std::erase_if(days, [&](const auto& entry) { return entry.first.first == event && !m_kept.contains(entry.first); });
  }

  std::map<std::pair<std::string, std::string>, EventReading> days;  ///< by event and key

 private:
  std::set<std::pair<std::string, std::string>> m_kept;
};

}  // namespace oubli::test
