/// Random rules and records, repeatable by their seed: for tests that hold two implementations together.
#pragma once

#include "oubli/engine/read_day.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"

#include <deque>
#include <random>
#include <string>
#include <vector>

namespace oubli {

struct GeneratedTable {
  TableRules rules;
  RunDays days;
};

/// A record whose texts live as long as it does.
struct GeneratedRecord {
  std::deque<std::string> texts;
  std::vector<Value> values;
  std::vector<Value> personal;  ///< of TableRules::personal
};

/// Makes tables whose rules use everything a policy may say, and records whose days lie where
/// decisions change: around the ends of the table's periods, around today, at sentinels.
///
/// Columns are first the events', then `status` (text), `number` (any type), `mark` and `secret`.
class RecordGenerator {
 public:
  explicit RecordGenerator(std::uint32_t seed) : m_random(seed) {}

  [[nodiscard]] GeneratedTable table();
  [[nodiscard]] GeneratedRecord record(const GeneratedTable& table);

 private:
  [[nodiscard]] int below(int limit);
  [[nodiscard]] bool chance(int percent) { return below(100) < percent; }
  template <class T>
  const T& one_of(const std::vector<T>& items) {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }

  [[nodiscard]] Day some_day();
  [[nodiscard]] Period some_period();
  [[nodiscard]] FiscalYears some_fiscal_years();
  [[nodiscard]] std::vector<ColumnFormat> some_formats();
  [[nodiscard]] EventRule some_event(const TableRules& rules, int column);
  [[nodiscard]] EventTerm some_term(const TableRules& rules);
  [[nodiscard]] std::optional<CapRule> some_cap(const TableRules& rules, int percent);
  [[nodiscard]] ArchiveRule some_archive(const TableRules& rules);
  void add_exceptions(const TableRules& rules, PurposeRule& purpose);
  [[nodiscard]] PurposeRule some_purpose(const TableRules& rules);
  [[nodiscard]] Condition some_condition(const TableRules& rules, int depth, bool events_allowed);
  [[nodiscard]] Condition some_leaf(const TableRules& rules, bool events_allowed);
  [[nodiscard]] Condition day_leaf(const TableRules& rules);

  [[nodiscard]] Mask some_mask();
  void add_rewriting(TableRules& rules);
  void add_mark(GeneratedRecord& record);
  void add_secret(GeneratedRecord& record);
  [[nodiscard]] Day interesting_day(const GeneratedTable& table);
  void add_text(GeneratedRecord& record, std::string text);
  void add_event_value(GeneratedRecord& record, const GeneratedTable& table, const EventRule& event);
  void add_odd_value(GeneratedRecord& record);
  void add_written(GeneratedRecord& record, const ColumnFormat& format, Day day);
  void add_number(GeneratedRecord& record, double number);
  void add_status(GeneratedRecord& record);
  void add_any_number(GeneratedRecord& record);

  std::mt19937 m_random;
};

}  // namespace oubli
