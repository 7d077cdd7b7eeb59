/// A memory of days for tests, in memory: it outlives sources, as a state outlives runs.
#pragma once

#include "engine/row_fold.hpp"
#include "oubli/source/day_memory.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace oubli::test {

class RememberedDays : public DayMemory {
 public:
  [[nodiscard]] bool has(const std::string& event) override {
    const auto first = m_days.lower_bound({event, ""});
    return first != m_days.end() && first->first.first == event;
  }
  [[nodiscard]] std::optional<Recollection> find(const std::string& event, std::string_view key) override {
    const auto found = m_days.find({event, std::string(key)});
    return found == m_days.end() ? std::nullopt : std::optional(Recollection{found->second.reading, found->second.is_in_doubt});
  }
  void remember(const std::vector<RememberedReading>& readings) override {
    std::map<Place, EventReading> together;
    for (const RememberedReading& one : readings) {
      const auto [place, is_new] = together.try_emplace({one.event, one.key}, one.reading);
      if (!is_new) place->second = folded(one.pick, place->second, one.reading);
    }
    for (const auto& [place, reading] : together) {
      if (!m_days.contains(place)) m_days[place].is_met = true;
      m_days[place].reading = reading;
      m_days[place].is_in_doubt = false;
    }
  }
  void leave(const std::vector<RememberedKey>& keys) override {
    for (const auto& [event, key] : keys) {
      if (const auto found = m_days.find({event, key}); found != m_days.end()) found->second.is_leaving = true;
    }
  }
  void begin_pass(const std::string& event) override {
    for (auto& [place, day] : m_days) day.is_met = day.is_met && place.first != event;
  }
  std::optional<Recollection> meet(const std::string& event, std::string_view key, std::string_view content) override {
    const auto found = m_days.find({event, std::string(key)});
    if (found == m_days.end()) return std::nullopt;
    auto& day = found->second;
    const bool is_in_doubt = day.is_in_doubt || (day.away_since && day.content != content);
    day = {day.reading, std::string(content), {}, is_in_doubt, true, false};
    return Recollection{day.reading, is_in_doubt};
  }
  void end_pass(const std::string& event, Day today, bool is_whole) override {
    std::erase_if(m_days, [&](const auto& entry) {
      const auto& [place, day] = entry;
      const bool is_too_long = day.away_since && *day.away_since <= today - k_remembered_while_away;
      return is_whole && place.first == event && (day.is_leaving || is_too_long);
    });
    for (auto& [place, day] : m_days) {
      if (place.first == event && !day.is_met && !day.away_since) day.away_since = today;
    }
  }

  void forget_all() { m_days.clear(); }
  /// Whether anything is remembered for a key that looks like this.
  [[nodiscard]] bool knows(const std::string& key) const {
    for (const auto& [place, day] : m_days) {
      if (place.second.find(key) != std::string::npos) return true;
    }
    return false;
  }
  /// By event and key.
  [[nodiscard]] std::map<std::pair<std::string, std::string>, EventReading> days() const {
    std::map<Place, EventReading> readings;
    for (const auto& [place, day] : m_days) readings[place] = day.reading;
    return readings;
  }

 private:
  using Place = std::pair<std::string, std::string>;
  struct Remembered {
    EventReading reading;
    std::optional<std::string> content = {};
    std::optional<Day> away_since = {};
    bool is_in_doubt = false;
    bool is_met = false;
    bool is_leaving = false;
  };

  std::map<Place, Remembered> m_days;
};

}  // namespace oubli::test
