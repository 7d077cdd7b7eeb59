/// What is noted beside an archived record, and how the record is judged by it.
///
/// In the archive the noted days and purposes stand for what the live data said when the record was
/// moved: columns may have been emptied since, and the tables its events came from may be gone.
#pragma once

#include "oubli/engine/decide.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli {

/// Names are those of the rules of that day; a policy may have changed since.
struct ArchiveNotes {
  std::vector<std::string> purposes;  ///< the record was under
  /// Those of its rules it was not under. Archives of format 1 don't tell.
  std::vector<std::string> other_purposes;
  /// By full name. Known days alone are noted as such: what lies in the future is told by today's
  /// clock. In format 1 an event without a day isn't here, for it may have been unreadable.
  std::map<std::string, EventReading> events;
  friend bool operator==(const ArchiveNotes&, const ArchiveNotes&) = default;
};

/// What there is to note of a record on its way to the archive.
[[nodiscard]] ArchiveNotes notes_of(const TableRules& rules, const Judgement& judgement);

/// Where the columns that the rules read are, for a record in the archive.
enum class Columns {
  there,    ///< some may be null that weren't in the source: a column it didn't have then, or emptied since
  unknown,  ///< of a record that follows one which isn't in the archive with it
};

/// An archived record's fields, as they are now.
struct ArchivedFields {
  std::span<const Value> values;      ///< in the slots of the rules
  std::span<const Value> personal{};  ///< one per TableRules::personal
  Columns columns = Columns::there;   ///< whether `values` are known
};

/// Judges the archived records of one table.
///
/// A purpose the record was under concerns it still; any other is judged by its condition on the
/// archived columns, and where that is unknown, one the record wasn't under doesn't concern it. An
/// event that isn't noted is read from the archived columns. Active and archive both mean keep here,
/// and a purpose or event that the rules no longer have gives nothing.
class ArchivedJudge {
 public:
  /// `matcher`, of the table's rules, must outlive this.
  explicit ArchivedJudge(const Matcher& matcher);

  void judge(const ArchivedFields& fields, const ArchiveNotes& notes, Judgement& judgement);

  /// What the last record was judged by; lives until the next call. `decide` with these gives the
  /// same states.
  [[nodiscard]] RecordFacts facts() const { return {m_fields.values, m_given, m_concerned, m_fields.personal}; }

 private:
  void take_events(Columns columns, const ArchiveNotes& notes);
  void take_purposes(Columns columns, const ArchiveNotes& notes);
  [[nodiscard]] bool settle_unknown(const ArchiveNotes& notes, const Judgement& judgement);

  const Matcher& m_matcher;
  std::vector<std::string> m_event_names;  ///< full ones, by event of the rules
  ArchivedFields m_fields;
  std::vector<std::optional<EventReading>> m_given;
  std::vector<std::optional<Truth>> m_concerned;
};

/// In the archive nothing is left to be archived: that outcome is to keep.
[[nodiscard]] constexpr Outcome outcome_in_archive(Outcome outcome) {
  return outcome == Outcome::archive ? Outcome::keep : outcome;
}

}  // namespace oubli
