/// What a dataset no longer shows and oubli still knows: the days that removed rows gave to events of
/// other tables, and the days on which a state was first seen (S11).
///
/// A source asks and tells; where and under which digest it is kept is the memory's business. Events
/// and keys are opaque names here, the same in every run.
#pragma once

#include "oubli/model/config.hpp"
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

/// Not for concurrent use. Throws Error when it can't be read or written.
class DayMemory {
 public:
  virtual ~DayMemory() = default;

  /// True when anything is remembered of this event.
  [[nodiscard]] virtual bool has(const std::string& event) = 0;
  [[nodiscard]] virtual std::optional<EventReading> find(const std::string& event, std::string_view key) = 0;
  /// In the place of what is remembered of the same keys. Durable when it returns.
  virtual void remember(const std::vector<RememberedReading>& readings) = 0;

  /// Forgets of an event what isn't kept between these two: its records are gone, or the state is.
  virtual void begin_keeping(const std::string& event) = 0;
  virtual void keep(const std::string& event, std::string_view key) = 0;
  virtual void end_keeping(const std::string& event) = 0;
};

}  // namespace oubli
