/// What the conditions of a table say of the texts of one column.
///
/// A condition asks few questions of a column, and most columns that it asks hold few texts: a country,
/// a status. Texts that get the same answers to all of them are of one class; short ones are remembered
/// with theirs, so that a text that comes again is neither compared nor evaluated.
#pragma once

#include "oubli/model/condition.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace oubli {

class TextClasses {
 public:
  static constexpr unsigned k_bits = 4;  ///< of a class

  /// `questions`: the parts of conditions that look at the column, and at nothing else.
  explicit TextClasses(std::vector<Condition> questions);

  /// Nothing for a text that isn't short ASCII, or where there are too many classes. An empty text is null.
  [[nodiscard]] std::optional<unsigned> of(std::string_view text);

 private:
  using Answers = std::vector<Truth>;

  /// A text of up to 16 bytes; with its size it is known exactly.
  struct ShortText {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::size_t size = 0;
    explicit ShortText(std::string_view text);
    ShortText() = default;
    friend bool operator==(const ShortText&, const ShortText&) = default;
    [[nodiscard]] std::size_t place() const;
  };
  struct Known {
    ShortText text;
    std::optional<unsigned> its_class;
    bool is_set = false;
  };

  static constexpr std::size_t k_longest = 16;
  static constexpr unsigned k_place_bits = 8;
  [[nodiscard]] std::optional<unsigned> class_of(std::string_view text);
  [[nodiscard]] Answers answers_to(std::string_view text) const;

  std::vector<Condition> m_questions;
  std::vector<Answers> m_classes;
  std::array<Known, std::size_t{1} << k_place_bits> m_known{};
};

// Two words that overlap where the text is shorter: they read no byte but the text's own.
inline TextClasses::ShortText::ShortText(std::string_view text) : size(text.size()) {
  const auto copy = [&](std::uint64_t& to, std::size_t from, std::size_t count) {
    std::memcpy(&to, text.data() + from, count);
  };
  if (size >= 8) {
    copy(low, 0, 8);
    copy(high, size - 8, 8);
  } else if (size >= 4) {
    copy(low, 0, 4);
    copy(high, size - 4, 4);
  } else if (size >= 2) {
    copy(low, 0, 2);
    copy(high, size - 2, 2);
  } else if (size == 1) {
    copy(low, 0, 1);
  }
}

inline std::size_t TextClasses::ShortText::place() const {
  return static_cast<std::size_t>((low ^ high * 31 ^ size) * 0x9E3779B97F4A7C15U >> (64 - k_place_bits));
}

inline std::optional<unsigned> TextClasses::of(std::string_view text) {
  if (text.size() > k_longest) return std::nullopt;
  const ShortText wanted(text);
  // Two that belong in one place keep from pushing each other out.
  const std::size_t place = wanted.place();
  for (const std::size_t either : {place, place ^ 1U}) {
    if (m_known[either].is_set && m_known[either].text == wanted) return m_known[either].its_class;
  }
  Known& free = m_known[m_known[place].is_set ? place ^ 1U : place];
  free = {wanted, class_of(text), true};
  return free.its_class;
}

}  // namespace oubli
