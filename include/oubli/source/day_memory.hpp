/// What a dataset no longer shows and oubli still knows: the days that removed rows gave to events of
/// other tables, and the days on which a state was first seen (S11).
///
/// A source asks and tells; where and under which digest it is kept is the memory's business. Events
/// and keys are opaque names here, the same in every run.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/day.hpp"
#include "oubli/model/decision.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// What is to be remembered of one key of one event.
struct RememberedReading {
  std::string event;
  std::string key;
  RowPick pick = RowPick::latest;  ///< how several of one key go together
  EventReading reading;            ///< what was remembered before is part of it
};

struct RememberedKey {
  std::string event;
  std::string key;
};

struct Recollection {
  EventReading reading;
  bool is_in_doubt = false;  ///< its record was away, and what came back under its key may be another
};

/// How long what is remembered for a record outlives the last pass that met it. Its file may be away for a
/// night, or a table half filled; a season later it is gone for good.
inline constexpr date::days k_remembered_while_away{92};

/// Not for concurrent use. Throws Error when it can't be read or written.
class DayMemory {
 public:
  virtual ~DayMemory() = default;

  /// True when anything is remembered of this event.
  [[nodiscard]] virtual bool has(const std::string& event) = 0;
  [[nodiscard]] virtual std::optional<Recollection> find(const std::string& event, std::string_view key) = 0;
  /// In the place of what is remembered of the same keys, and in doubt no more. Durable when it returns.
  virtual void remember(const std::vector<RememberedReading>& readings) = 0;
  /// Their records are removed next, or their states are over: the end of a whole pass that doesn't meet
  /// them forgets them. Durable when it returns.
  virtual void leave(const std::vector<RememberedKey>& keys) = 0;

  /// A pass over the records an event is asked for meets each, with what it says: any bytes that are the
  /// same as long as the record is. What comes back other than it went is in doubt.
  virtual void begin_pass(const std::string& event) = 0;
  /// What is remembered of it.
  virtual std::optional<Recollection> meet(const std::string& event, std::string_view key,
                                           std::string_view content) = 0;
  /// `is_whole`: no record is there that wasn't met. Forgets what has left, and what was away for too long.
  virtual void end_pass(const std::string& event, Day today, bool is_whole) = 0;
};

}  // namespace oubli
