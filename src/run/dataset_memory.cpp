#include "run/dataset_memory.hpp"

#include "engine/row_fold.hpp"
#include "oubli/model/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <unordered_set>
#include <utility>
#include <vector>

namespace oubli {

namespace {

using Reading = EventReading::State;

constexpr std::array<std::pair<Reading, std::string_view>, 4> k_words = {{{Reading::missing, "missing"},
                                                                         {Reading::known, "known"},
                                                                         {Reading::unreadable, "unreadable"},
                                                                         {Reading::future, "future"}}};

std::string word_for(Reading state) {
  return std::string(std::ranges::find(k_words, state, [](const auto& word) { return word.first; })->second);
}

/// A word this version doesn't know keeps the record.
EventReading reading_from(const RememberedDay& day) {
  const auto word = std::ranges::find(k_words, day.reading, [](const auto& each) { return each.second; });
  const Reading state = word == k_words.end() ? Reading::unreadable : word->first;
  const bool needs_day = state == Reading::known || state == Reading::future;
  if (needs_day && !day.day) return {Reading::unreadable, {}};
  return {state, day.day.value_or(Day{})};
}

std::uint64_t start_of(const RememberedDay::Digest& digest) {
  std::uint64_t start = 0;
  std::memcpy(&start, digest.data(), sizeof start);
  return start;
}

std::string netstring(std::string_view text) { return std::to_string(text.size()).append(":").append(text).append(","); }

class DatasetMemory : public DayMemory {
 public:
  DatasetMemory(std::string dataset, const State& state, State* to_fill)
      : m_dataset(std::move(dataset)), m_state(state), m_to_fill(to_fill) {
    for (auto& event : state.remembered_events()) m_events.insert(std::move(event));
  }

  [[nodiscard]] bool has(const std::string& event) override { return m_events.contains(full(event)); }

  [[nodiscard]] std::optional<Recollection> find(const std::string& event, std::string_view key) override {
    const auto day = m_state.remembered_day(full(event), digest(event, key));
    return day ? std::optional(Recollection{reading_from(*day), day->is_in_doubt}) : std::nullopt;
  }

  void remember(const std::vector<RememberedReading>& readings) override {
    std::map<Place, EventReading> together;
    for (const RememberedReading& one : readings) {
      const auto place = Place(one.event, digest(one.event, one.key));
      const auto [entry, is_new] = together.try_emplace(place, one.reading);
      if (!is_new) entry->second = folded(one.pick, entry->second, one.reading);
    }
    if (together.empty()) return;
    std::vector<RememberedDay> days;
    for (const auto& [place, reading] : together) {
      flush(place.first);  // what was met before may not put it in doubt again
      days.push_back({.event = full(place.first),
                      .digest = place.second,
                      .reading = word_for(reading.state),
                      .day = written_day(reading),
                      .pass = m_passes[place.first].name});
      m_events.insert(days.back().event);
    }
    to_fill().remember(days);
    std::vector<Place> left;
    for (const auto& [place, reading] : together) {
      if (has_left(place)) left.push_back(place);
    }
    leave(left);
  }

  void leave(const std::vector<RememberedKey>& keys) override {
    std::vector<Place> places;
    for (const auto& [event, key] : keys) places.emplace_back(event, digest(event, key));
    leave(places);
  }

  void begin_pass(const std::string& event) override {
    m_passes[event] = {fmt::format("{:08x}{:08x}", m_random(), m_random()), {}};
  }

  std::optional<Recollection> meet(const std::string& event, std::string_view key, std::string_view content) override {
    const auto place = digest(event, key);
    const auto day = m_state.remembered_day(full(event), place);
    if (!day) return std::nullopt;
    const auto says = digest(event, content);
    const bool is_in_doubt = day->is_in_doubt || (day->away_since && day->content != says);
    auto& met = m_passes[event].met;
    const bool is_as_known = day->content == says && !day->away_since && !day->is_leaving;
    met.push_back({place, says, is_in_doubt, !is_as_known});
    if (met.size() == k_batch) flush(event);
    return Recollection{reading_from(*day), is_in_doubt};
  }

  void end_pass(const std::string& event, Day today, bool is_whole) override {
    flush(event);
    if (is_whole) to_fill().forget_remembered(full(event), today - k_remembered_while_away);
    to_fill().note_remembered_away(full(event), m_passes[event].name, today);
  }

 private:
  static constexpr std::size_t k_batch = 4'096;
  using Place = std::pair<std::string, RememberedDay::Digest>;  ///< event and key

  struct Pass {
    std::string name;
    std::vector<MetRecord> met;  ///< and not written yet
  };

  [[nodiscard]] std::string full(const std::string& event) const { return m_dataset + ": " + event; }

  // Where nothing is remembered the key isn't needed, and a fault of its file is no reason to stop.
  [[nodiscard]] RememberedDay::Digest digest(const std::string& event, std::string_view key) {
    if (!m_digest) m_digest.emplace(m_state.digest_key());
    return (*m_digest)(netstring(m_dataset) + netstring(event) + netstring(key));
  }

  void leave(const std::vector<Place>& places) {
    std::map<std::string, std::vector<RememberedDay::Digest>> by_event;
    for (const Place& place : places) {
      m_left.insert(start_of(place.second));
      if (has(place.first)) by_event[place.first].push_back(place.second);
    }
    for (const auto& [event, digests] : by_event) {
      flush(event);
      to_fill().leave_remembered(full(event), digests);
    }
  }

  // The rows of a record may go after it.
  [[nodiscard]] bool has_left(const Place& place) const { return m_left.contains(start_of(place.second)); }

  void flush(const std::string& event) {
    auto& [name, met] = m_passes[event];
    if (!met.empty()) to_fill().meet_remembered(full(event), name, met);
    met.clear();
  }

  [[nodiscard]] State& to_fill() {
    if (m_to_fill == nullptr) throw std::logic_error("a memory opened for reading is written");
    return *m_to_fill;
  }

  std::string m_dataset;
  const State& m_state;
  State* m_to_fill;
  std::optional<HmacSha256> m_digest;
  std::set<std::string> m_events;             ///< of all datasets: of which anything is remembered
  std::map<std::string, Pass> m_passes;       ///< by event: the last
  std::unordered_set<std::uint64_t> m_left;   ///< what this run removes, by the start of its digest
  std::random_device m_random;
};

}  // namespace

std::shared_ptr<DayMemory> memory_to_read(const std::string& dataset, const State* state) {
  if (state == nullptr) return nullptr;
  return std::make_shared<DatasetMemory>(dataset, *state, nullptr);
}

std::shared_ptr<DayMemory> memory_to_fill(const std::string& dataset, State& state) {
  return std::make_shared<DatasetMemory>(dataset, state, &state);
}

}  // namespace oubli
