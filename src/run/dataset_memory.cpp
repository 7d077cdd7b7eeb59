#include "run/dataset_memory.hpp"

#include "engine/row_fold.hpp"
#include "oubli/model/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
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

std::string netstring(std::string_view text) { return fmt::format("{}:{},", text.size(), text); }

class DatasetMemory : public DayMemory {
 public:
  DatasetMemory(std::string dataset, const State& state, State* to_fill)
      : m_dataset(std::move(dataset)), m_state(state), m_to_fill(to_fill) {
    for (auto& event : state.remembered_events()) m_events.insert(std::move(event));
  }

  [[nodiscard]] bool has(const std::string& event) override { return m_events.contains(full(event)); }

  [[nodiscard]] std::optional<EventReading> find(const std::string& event, std::string_view key) override {
    const auto day = m_state.remembered_day(full(event), digest(event, key));
    return day ? std::optional(reading_from(*day)) : std::nullopt;
  }

  void remember(const std::vector<RememberedReading>& readings) override {
    std::map<std::pair<std::string, RememberedDay::Digest>, EventReading> together;
    for (const RememberedReading& one : readings) {
      const auto place = std::pair(one.event, digest(one.event, one.key));
      const auto [entry, is_new] = together.try_emplace(place, one.reading);
      if (!is_new) entry->second = folded(one.pick, entry->second, one.reading);
    }
    if (together.empty()) return;
    std::vector<RememberedDay> days;
    for (const auto& [place, reading] : together) {
      days.push_back(
          {full(place.first), place.second, word_for(reading.state), written_day(reading), m_marks[place.first]});
      m_events.insert(days.back().event);
    }
    to_fill().remember(days);
  }

  void begin_keeping(const std::string& event) override {
    m_marks[event] = fmt::format("{:08x}{:08x}", m_random(), m_random());
  }

  void keep(const std::string& event, std::string_view key) override {
    auto& kept = m_kept[event];
    kept.push_back(digest(event, key));
    if (kept.size() == k_batch) flush(event);
  }

  void end_keeping(const std::string& event) override {
    flush(event);
    to_fill().forget_unmarked(full(event), m_marks[event]);
  }

 private:
  static constexpr std::size_t k_batch = 4'096;

  [[nodiscard]] std::string full(const std::string& event) const { return m_dataset + ": " + event; }

  // Where nothing is remembered the key isn't needed, and a fault of its file is no reason to stop.
  [[nodiscard]] RememberedDay::Digest digest(const std::string& event, std::string_view key) {
    if (!m_key) m_key = m_state.digest_key();
    return hmac_sha256(*m_key, netstring(m_dataset) + netstring(event) + netstring(key));
  }

  void flush(const std::string& event) {
    if (!m_kept[event].empty()) to_fill().mark_remembered(full(event), m_marks[event], m_kept[event]);
    m_kept[event].clear();
  }

  [[nodiscard]] State& to_fill() {
    if (m_to_fill == nullptr) throw std::logic_error("a memory opened for reading is written");
    return *m_to_fill;
  }

  std::string m_dataset;
  const State& m_state;
  State* m_to_fill;
  std::optional<std::array<unsigned char, 32>> m_key;
  std::set<std::string> m_events;             ///< of all datasets: of which anything is remembered
  std::map<std::string, std::string> m_marks; ///< by event, of the last keeping
  std::map<std::string, std::vector<RememberedDay::Digest>> m_kept;
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
