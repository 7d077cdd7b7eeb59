/// Looks for many texts at once.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace oubli {

/// Finds which of a set of texts occur in a sequence of bytes, in one pass, whatever their number.
class ManyTexts {
 public:
  /// Shorter texts can't be looked for.
  static constexpr std::size_t k_fewest_bytes = 8;

  /// REQUIRES: no text is shorter than k_fewest_bytes.
  explicit ManyTexts(std::vector<std::string> texts);

  /// Notes those that occur in `bytes`.
  void look_into(std::string_view bytes);

  [[nodiscard]] std::size_t longest() const { return m_longest; }
  [[nodiscard]] const std::vector<std::string>& texts() const { return m_texts; }
  /// By text.
  [[nodiscard]] const std::vector<bool>& found() const { return m_found; }

 private:
  void compare(std::string_view rest, std::uint64_t head);

  std::vector<std::string> m_texts;
  std::vector<bool> m_found;
  std::size_t m_longest = 0;
  std::unordered_multimap<std::uint64_t, std::size_t> m_by_head;  ///< by the first eight bytes
  std::bitset<1U << 16U> m_heads;  ///< a bit per hash of a head: most places need no more than a look at it
};

}  // namespace oubli
