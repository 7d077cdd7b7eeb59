/// The readings of events that no column of a table gives, for one dataset: what a source gives to
/// the matcher beside a record's values, and what it says to the memory before it removes a row.
#pragma once

#include "oubli/source/data_source.hpp"
#include "oubli/source/day_memory.hpp"
#include "source/events/row_event.hpp"

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli::events {

/// `RecordFacts::given`.
using Given = std::vector<std::optional<EventReading>>;

/// A row's part in an event of another table.
struct Feed {
  RowEvent* event = nullptr;
  RowEvent::Role role = RowEvent::Role::gives;
  [[nodiscard]] std::vector<std::string> columns() const { return event->columns(role); }
};

class EventsElsewhere {
 public:
  explicit EventsElsewhere(ForeignRows& rows) { m_context.rows = &rows; }

  /// `rules` outlive this.
  void set_rules(const RuledDataset& rules);
  void set_memory(DayMemory* memory, const std::filesystem::path& folder);

  /// Whether `read` has anything to give for records of a table. Where it hasn't, any thread may call it.
  [[nodiscard]] bool gives(const RuledTable& table) const;
  /// Fills `given` for a record of a table, by the values of its root.
  void read(const RuledTable& table, RunDays days, std::span<const Value> values, Given& given);
  /// Rows may have changed: reads them again when next asked.
  void forget();

  /// The events that rows of a table take part in, on these days.
  [[nodiscard]] std::vector<Feed> feeds_of(const std::string& table, RunDays days);
  /// The tables whose rows give an event of `table`, or stand between.
  [[nodiscard]] std::vector<std::string> tables_for(const RuledTable& table) const;
  /// Whether `part` has anything to look at in records of a table.
  [[nodiscard]] bool parts_from(const RuledTable& table) const;
  /// Adds what was remembered for a record of a table, by its values.
  void part(const RuledTable& table, RunDays days, std::span<const Value> values, Parting& parting);
  /// Durably, before the records go.
  void remember(const Parting& parting);
  /// See DataSource.
  void remember_leaving(DataSource& archive, const TablePass& pass, const DataSource::Leaves& leaves);

  /// Notes the states that are seen for the first time, and forgets what was remembered for records that oubli
  /// has removed, or that were away for long.
  void refresh(DataSource& source, const TablePass& pass);

 private:
  struct TableEvents {
    RunDays days;
    std::vector<std::unique_ptr<RowEvent>> rows;  ///< one per event; null where rows give none
  };
  class Refresh;

  [[nodiscard]] bool remembers_any(const RuledTable& table, RunDays days);
  [[nodiscard]] TableEvents& events_of(const RuledTable& table, RunDays days);
  [[nodiscard]] EventReading read(const RuledTable& table, std::size_t event, TableEvents& events, RunDays days,
                                  std::span<const Value> values);
  [[nodiscard]] EventReading first_seen(const RuledTable& table, const EventRule& event, RunDays days,
                                        std::span<const Value> values);

  const RuledDataset* m_rules = nullptr;
  std::size_t m_events = 0;  ///< how many there are that no column gives
  EventContext m_context;
  std::map<std::string, TableEvents> m_tables;  ///< by root
  bool m_is_meeting = false;                    ///< a pass for the memory judges nobody by these events
};

}  // namespace oubli::events
