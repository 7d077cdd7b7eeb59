/// Tells which records of a table the matcher must say the same of, without judging them.
///
/// Nearly all records that a nightly run reads are kept, for the same few reasons. What is said of one
/// depends on its days only as far as they compare with cutoffs (S4), the as-of day, and days that
/// conditions name: a day past all of these is to every rule like any other that is. And it depends on
/// its texts only as far as conditions ask. So the likeness of a record is, of each event's column,
/// whether it is empty or holds such a late day, and of each column that a condition reads, the answers
/// to what it asks. Who has judged one record knows what is true of all of its likeness, but for the
/// days they tell.
///
/// Of those days one is reported: the oldest start of each purpose. Told of the oldest that is known, a
/// likeness takes only later days for late, so that no record it is said of could be an older one.
///
/// A record whose days are earlier, in the future, or written in an unusual shape has none, and must be
/// judged. So has one in whose columns of conditions are long texts, or too many different ones.
#pragma once

#include "engine/late_day.hpp"
#include "engine/text_classes.hpp"
#include "oubli/engine/read_day.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace oubli {

/// Not for concurrent use: each thread has a copy.
class Likeness {
 public:
  /// More than that isn't worth a table of all likenesses.
  static constexpr unsigned k_most_bits = 14;

  /// Nothing where the table's rules leave too little that is alike, or where more than columns decides.
  [[nodiscard]] static std::optional<Likeness> of(const TableRules& rules, RunDays days);

  /// What of a record to look at. The likeness of the record: all these values side by side.
  class Column {
   public:
    Column(int slot, unsigned shift, LateDay day) : m_slot(slot), m_shift(shift), m_look(std::move(day)) {}
    Column(int slot, unsigned shift, TextClasses texts) : m_slot(slot), m_shift(shift), m_look(std::move(texts)) {}

    [[nodiscard]] std::size_t slot() const { return static_cast<std::size_t>(m_slot); }
    /// Adds the column's part to a likeness; false where the record has none. `text`: the field's, in any
    /// encoding that ASCII is part of.
    [[nodiscard]] bool add(std::string_view text, std::uint32_t& likeness);

   private:
    friend class Likeness;
    int m_slot;  ///< index into TableRules::columns
    unsigned m_shift;
    std::variant<LateDay, TextClasses> m_look;
  };
  [[nodiscard]] std::vector<Column>& columns() { return m_columns; }

  /// As many likenesses there may be, counted from 0.
  [[nodiscard]] std::size_t size() const { return std::size_t{1} << m_bits; }

  /// To be told of every record that is judged: from now on no record older than it, in any purpose, has a likeness.
  void know(const Judgement& judgement);
  /// Whether a judgement is true of all records of its likeness: it tells of no day but starts.
  [[nodiscard]] static bool is_shared(const Judgement& judgement);

 private:
  struct LateEvent {
    std::size_t column;  ///< index into `m_columns`
    Day last_compared;
    Day until;
    std::vector<std::size_t> starts;  ///< purposes that count from it
  };

  Likeness() = default;
  void add_event(const EventRule& event, const TableRules& rules, RunDays days, Day last_compared,
                 std::vector<std::size_t> starts);
  void add_texts(const TableRules& rules);
  void set_window(const LateEvent& event);

  std::vector<Column> m_columns;
  std::vector<LateEvent> m_events;
  std::vector<std::optional<Day>> m_oldest;  ///< start, by purpose
  unsigned m_bits = 0;
};

inline bool Likeness::Column::add(std::string_view text, std::uint32_t& likeness) {
  if (const LateDay* const day = std::get_if<LateDay>(&m_look)) {
    if (text.empty()) return true;
    likeness |= std::uint32_t{1} << m_shift;
    return day->holds(text);
  }
  const auto found = std::get_if<TextClasses>(&m_look)->of(text);
  likeness |= found.value_or(0) << m_shift;
  return found.has_value();
}

}  // namespace oubli
