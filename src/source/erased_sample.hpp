/// Some of the values that a run has removed, kept in memory alone, to look for them afterwards.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// Chooses by a hash seeded with the run: every value has the same chance, whatever the order of records,
/// and nobody can tell before which are looked for. Never printed, written or handed on.
class ErasedSample {
 public:
  static constexpr std::size_t k_most = 1'000;
  /// Shorter ones occur by chance.
  static constexpr std::size_t k_fewest_bytes = 12;

  /// Starts anew.
  void seed(std::string_view run);
  void add(std::string_view value);

  [[nodiscard]] std::vector<std::string> values() const;

 private:
  std::uint64_t m_seed = 0;
  std::map<std::uint64_t, std::string> m_chosen;  ///< those with the smallest hashes
};

}  // namespace oubli
