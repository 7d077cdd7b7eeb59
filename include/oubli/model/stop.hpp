/// What stops a disposition from outside a record: legal holds (S18), restrictions of processing and
/// directives after death (S19). A person orders and lifts each; the state keeps them.
#pragma once

#include "oubli/model/day.hpp"
#include "oubli/model/digest.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

enum class StopKind : std::uint8_t {
  legal_hold,   ///< GDPR art. 17(3)(b) and (e): a claim or a duty needs the records
  restriction,  ///< art. 18, asked for by the data subject
  directive,    ///< what a person wished for after their death (loi 78-17, art. 85)
};
[[nodiscard]] std::string_view to_text(StopKind kind);
[[nodiscard]] std::optional<StopKind> stop_kind_from_text(std::string_view text);

/// Which records a stop covers: those that satisfy every part that is given. Holds no value of a
/// data subject, only its keyed digest.
struct StopScope {
  std::string dataset;    ///< empty: every dataset
  std::string table;      ///< of `dataset`; empty: every table
  std::string condition;  ///< as its author wrote it (I3); empty: every record of `table`
  std::optional<Digest> subject;
  std::vector<std::string> unreachable;  ///< `dataset.table`: its author accepts that `subject` can't reach it
  friend bool operator==(const StopScope&, const StopScope&) = default;
};

/// How a stop ended before its time.
struct StopLifting {
  std::string lifted_at;  ///< UTC, "2026-11-22T03:00:12Z"
  std::string by;
  std::string reason;
  friend bool operator==(const StopLifting&, const StopLifting&) = default;
};

/// One stop. Case and ground are shown in reports, so neither may name a person; `reason` and
/// `condition` are free text and shown by `oubli hold show` alone.
struct Stop {
  std::int64_t number = 0;  ///< from 1, never given twice
  StopKind kind = StopKind::legal_hold;
  std::string case_id;      ///< legal_hold only
  std::string ground;       ///< restriction: `to_defend_claims` and its like; directive: `keep` or `communicate`
  std::string reason;
  std::string by;
  Day from;                  ///< first day in force
  std::optional<Day> until;  ///< last day in force; absent: until it is lifted
  StopScope scope;
  std::string added_at;  ///< UTC
  std::optional<StopLifting> lifting;
  friend bool operator==(const Stop&, const Stop&) = default;
};

/// Judged by the clock's day, never by the day records are judged by.
[[nodiscard]] bool is_in_force(const Stop& stop, Day clock);

/// How reports name it: "case 2026-17 (hold 3)", "restriction 4 (to defend claims)", "directive 5 (keep)".
[[nodiscard]] std::string title(const Stop& stop);

}  // namespace oubli
