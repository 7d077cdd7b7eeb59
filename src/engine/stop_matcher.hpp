/// Which stops cover a record (S18, S19): pure, asked by everything that may change one.
///
/// The data subject is compared by its keyed digest, so live and archived records are asked the same way.
#pragma once

#include "oubli/model/condition.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/record_subject.hpp"
#include "oubli/model/stop.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli {

/// A stop as far as it concerns one table.
struct TableStop {
  std::int64_t number = 0;
  StopKind kind = StopKind::legal_hold;
  std::optional<Condition> condition;  ///< its slots are those of TableStops::columns; no event in it
  std::optional<Digest> subject;       ///< absent: whoever's record it is
};

/// The stops that cover a record; none: it isn't stopped.
struct Stopped {
  std::vector<std::int64_t> numbers;  ///< ascending
  bool held = false;                  ///< a legal hold is among them: the strongest stop

  [[nodiscard]] explicit operator bool() const { return !numbers.empty(); }
  [[nodiscard]] Outcome outcome() const { return held ? Outcome::held : Outcome::restricted; }
  void add(std::int64_t number, StopKind kind);
  Stopped& operator+=(const Stopped& other);
  friend bool operator==(const Stopped&, const Stopped&) = default;
};

/// The stops of one table, by number.
class TableStops {
 public:
  using Key = std::array<unsigned char, 32>;

  TableStops() = default;
  /// `key`: the state's, of the subjects' digests.
  TableStops(std::vector<TableStop> stops, std::vector<std::string> columns, const Key& key)
      : m_stops(std::move(stops)), m_columns(std::move(columns)), m_key(key) {}

  [[nodiscard]] bool empty() const { return m_stops.empty(); }
  /// Columns of the table that the conditions look at.
  [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
  [[nodiscard]] bool needs_subject() const;

  /// `more` has the values of `columns`. What is unknown covers: a condition that is unknown for the record
  /// or whose values aren't there, a subject that nobody can tell. A record that names nobody is covered by
  /// no stop on a data subject.
  [[nodiscard]] Stopped covering(const RecordSubject& subject, std::span<const Value> more) const;

 private:
  [[nodiscard]] bool satisfies_condition(const TableStop& stop, std::span<const Value> more) const;

  std::vector<TableStop> m_stops;
  std::vector<std::string> m_columns;
  Key m_key{};
};

}  // namespace oubli
