/// One event of a table whose day the rows of another table give (S11).
///
/// Every row is read once and noted under the key it points to; where a third table stands between,
/// its rows are read next and what is noted moves on to the keys they point to. Rows of the archive
/// count like live ones, and so does what removed rows had said: taking a row away never changes an
/// event.
#pragma once

#include "oubli/engine/read_day.hpp"
#include "oubli/source/day_memory.hpp"
#include "source/events/foreign_rows.hpp"
#include "source/events/reading_index.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli::events {

/// What all events of a dataset are read with.
struct EventContext {
  ForeignRows* rows = nullptr;
  DayMemory* memory = nullptr;   ///< null: nothing is remembered
  std::filesystem::path folder;  ///< for temporary files
  std::size_t most_keys = k_most_keys;
};

/// What records take along when they are removed.
struct Parting {
  std::vector<RememberedReading> said;  ///< of events of other tables' records
  std::vector<RememberedKey> left;      ///< what was remembered for them
};

class RowEvent {
 public:
  /// `table` is the one that has the event; it outlives this.
  RowEvent(const RuledTable& table, const EventRule& event, RunDays days, const EventContext& context);

  /// Of the record with these values, in the slots of its rules.
  [[nodiscard]] EventReading of(std::span<const Value> record);
  /// The rows may be others now: reads them again when next asked.
  void forget();
  /// Reads them now, if they aren't read: to be called before the first of several rows is removed.
  void prepare();

  /// Where removing a row takes something away: of the table that gives the day, of the one between.
  enum class Role { gives, between };
  [[nodiscard]] bool has_role(Role role, const std::string& table) const;
  /// What of such a row `part` looks at.
  [[nodiscard]] std::vector<std::string> columns(Role role) const;
  /// Before a row of that table goes.
  void part(Role role, std::span<const Value> row, Parting& parting);
  /// Before a record that has the event goes.
  void part_record(std::span<const Value> record, Parting& parting) const;

  /// True where anything is remembered of it.
  [[nodiscard]] bool is_remembered() const { return is_remembered(m_rows_name) || is_remembered(m_between_name); }
  /// A pass over all records that have the event, for the memory; `content` is all that the record says.
  void begin_pass();
  void meet(std::span<const Value> record, std::string_view content);
  void end_pass(Day today, bool is_whole);

 private:
  void build();
  void build_rows(Side side);
  void build_between(Side side);
  [[nodiscard]] std::optional<EventReading> read_row(std::span<const Value> row) const;
  [[nodiscard]] std::optional<std::string> key_of_row(std::span<const Value> row) const;
  [[nodiscard]] std::optional<std::string> linked_key(std::span<const Value> between) const;
  [[nodiscard]] std::optional<std::string> key_of_between(std::span<const Value> between) const;
  [[nodiscard]] std::optional<std::string> key_of_record(std::span<const Value> record) const;
  [[nodiscard]] std::optional<RememberedReading> said_by(Role role, std::span<const Value> row);
  [[nodiscard]] std::optional<EventReading> said_by_rows(const std::string& key) const;
  [[nodiscard]] std::optional<EventReading> with_remembered(std::optional<EventReading> said, const std::string& name,
                                                            const std::string& key) const;
  [[nodiscard]] std::optional<Recollection> remembered(const std::string& name, const std::string& key) const;
  /// Under what is remembered for records of the table: what rows say of them, directly or passed on.
  [[nodiscard]] const std::string& name_of_records() const { return m_rule.via ? m_between_name : m_rows_name; }
  [[nodiscard]] bool is_remembered(const std::string& name) const;

  const OtherTableRule& m_rule;
  EventContext m_context;
  DayReader m_reader;
  bool m_needs_a_day;                       ///< a row without a day makes the event unreadable
  Day m_last_plausible;                     ///< a remembered day after it lies in the future
  std::string m_rows_name;                  ///< in the memory, by the keys rows point to
  std::string m_between_name;               ///< by the keys the rows between point to
  std::vector<KeyComparison> m_row_link;    ///< of rows with what they point to
  std::vector<KeyComparison> m_record_link; ///< of what points to the record with it
  std::optional<ReadingIndex> m_rows;
  std::optional<ReadingIndex> m_records;    ///< with a table between: by the record's key
  bool m_has_malformed = false;             ///< nobody knows whose row that is
};

}  // namespace oubli::events
