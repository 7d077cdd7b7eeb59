// The compiled rules as queries for a reader: for each purpose, how many records its cutoffs make
// due. They say in SQL what oubli's strict reader does record by record, and no more than SQL can.

#include "oubli/engine/calendar.hpp"
#include "oubli/report/report.hpp"
#include "report/sql_words.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <vector>

namespace oubli {

namespace {

using report::printable;
using report::SqlWords;

constexpr const char* k_preface =
    R"(-- Queries for a reader, to be run in sqlite3. They count what each purpose makes due by its
-- cutoffs on {}. oubli itself reads every value strictly and also looks at what these
-- queries leave out: times with an offset or of another zone than the policy's (here a day is
-- taken as it is written, a count of seconds as UTC), values that look like a day but are none,
-- further missing values, days in the future, numbers compared with text, archives that count from
-- the end of the active phase, the other purposes of a record, data categories that end before
-- their purpose, and records that others still need.
)";

/// One purpose of a table, for one as-of day.
class PurposeQuery {
 public:
  PurposeQuery(const RuledTable& table, const PurposeRule& purpose, Day as_of, SqlWords::EmptyIsNull empty_is_null)
      : m_rules(table.rules), m_purpose(purpose), m_as_of(as_of), m_sql(table.rules, empty_is_null) {}

  [[nodiscard]] std::string text() const {
    if (!m_purpose.active) return select("\"without a period, kept\"", {}) + where({}) + ";\n";
    const std::string over = any_of(ends_of_active());
    return select("\"active phase over\"", archive_column()) + where(over) + ";\n";
  }

 private:
  [[nodiscard]] std::string select(std::string_view alias, const std::string& more) const {
    return fmt::format("SELECT count(*) AS {}{}\nFROM {}\n", alias, more, report::sql_name(m_rules.table));
  }

  [[nodiscard]] std::string archive_column() const {
    if (!m_purpose.archive) return {};
    return fmt::format(",\n       count(CASE WHEN {} THEN 1 END) AS \"archive phase over, too\"",
                       any_of(ends_of_archive()));
  }

  /// `WHERE …` without a line end, or nothing.
  [[nodiscard]] std::string where(const std::string& due) const {
    std::vector<std::string> parts;
    if (m_purpose.where) parts.push_back(m_sql.condition(*m_purpose.where));
    if (!due.empty()) parts.push_back(due);
    return parts.empty() ? std::string() : fmt::format("WHERE {}", fmt::join(parts, "\n  AND "));
  }

  [[nodiscard]] std::string start_is_due(const Period& period) const {
    const ActiveRule& active = *m_purpose.active;
    return m_sql.is_due(active.start, cutoff(m_as_of, period, active.end_of, m_rules.fiscal_years));
  }

  [[nodiscard]] std::string cap_is_due(const CapRule& cap) const {
    return m_sql.is_due(cap.from, cutoff(m_as_of, cap.keep));
  }

  [[nodiscard]] std::string ending_is_due(const EndingRule& ending) const {
    const std::string due = m_sql.is_due(ending.event, m_as_of);
    if (!m_purpose.unless_since) return due;
    return fmt::format("({} AND NOT {})", due, m_sql.is_later(*m_purpose.unless_since, ending.event));
  }

  /// The active phase by its period: from its own start, unless the archive's event is open, or from
  /// that of a relation that was never opened.
  [[nodiscard]] std::vector<std::string> period_ends() const {
    std::vector<std::string> ends{start_is_due(m_purpose.active->period)};
    if (const auto& archive = m_purpose.archive; archive && archive->own) {
      ends.front() = fmt::format("({} AND NOT {})", ends.front(), m_sql.is_absent(archive->own->start));
    }
    if (const auto& never = m_purpose.never_opened) {
      ends.push_back(fmt::format("({} AND {} AND {})", m_sql.is_missing(m_purpose.active->start),
                                 m_sql.is_missing(never->opened),
                                 m_sql.is_due(never->from, cutoff(m_as_of, never->keep))));
    }
    return ends;
  }

  /// S10: the last phase's end with the day agreed for a record in place of the computed one.
  [[nodiscard]] std::vector<std::string> as_agreed(std::vector<std::string> ends) const {
    const auto& rule = m_purpose.last_day_override;
    if (!rule) return ends;
    const std::string computed = any_of(ends);
    std::string over = m_sql.is_due(rule->last_day, m_as_of - date::days{1});
    if (rule->at_most) over = fmt::format("({} OR {})", over, start_is_due(*rule->at_most));
    const std::string longer = rule->may_lengthen ? over : "1";
    const std::string shorter = rule->may_shorten ? m_sql.is_due(rule->last_day, m_as_of - date::days{1}) : "0";
    return {fmt::format("CASE WHEN {} THEN {}\n         WHEN {} THEN {}\n         ELSE {} AND NOT {} END",
                        m_sql.is_missing(rule->last_day), computed, computed, longer, shorter,
                        m_sql.is_absent(m_purpose.active->start))};
  }

  [[nodiscard]] std::vector<std::string> ends_of_active() const {
    std::vector<std::string> ends = period_ends();
    if (m_purpose.active->at_most) ends.push_back(cap_is_due(*m_purpose.active->at_most));
    if (!m_purpose.archive) ends = as_agreed(std::move(ends));
    for (const EndingRule& ending : m_purpose.ends_on) ends.push_back(ending_is_due(ending));
    return ends;
  }

  [[nodiscard]] std::string archive_is_due() const {
    const ArchiveRule& archive = *m_purpose.archive;
    if (!archive.own) return start_is_due(archive.up_to);
    return m_sql.is_due(archive.own->start, cutoff(m_as_of, archive.own->period));
  }

  [[nodiscard]] std::vector<std::string> ends_of_archive() const {
    std::vector<std::string> ends{archive_is_due()};
    if (m_purpose.archive->at_most) ends.push_back(cap_is_due(*m_purpose.archive->at_most));
    ends = as_agreed(std::move(ends));
    for (const EndingRule& ending : m_purpose.ends_on) {
      if (ending.extent == Ending::Extent::all) ends.push_back(ending_is_due(ending));
    }
    return ends;
  }

  static std::string any_of(const std::vector<std::string>& conditions) {
    return fmt::format("({})", fmt::join(conditions, "\n    OR "));
  }

  const TableRules& m_rules;
  const PurposeRule& m_purpose;
  Day m_as_of;
  SqlWords m_sql;
};

/// True when showing the query shows nothing a terminal would obey.
bool is_harmless(std::string_view query) {
  std::string one_line(query);
  for (char& c : one_line) c = c == '\n' ? ' ' : c;
  return printable(one_line) == one_line;
}

void write_purpose(std::ostream& out, const RuledTable& table, const PurposeRule& purpose, Day as_of,
                   SqlWords::EmptyIsNull empty_is_null) {
  const TableRules& rules = table.rules;
  const std::string query = PurposeQuery(table, purpose, as_of, empty_is_null).text();
  out << fmt::format("\n-- {}\n", printable(fmt::format("{}.{}, {}", rules.dataset, rules.table, purpose.purpose)));
  if (is_harmless(query)) {
    out << query;
  } else {
    out << "-- No query: a name or a text in it holds control characters.\n";
  }
}

void write_table(std::ostream& out, const RuledDataset& dataset, const RuledTable& table, Day as_of) {
  const TableRules& rules = table.rules;
  const std::string name = printable(rules.dataset + "." + rules.table);
  if (table.root != rules.table) {
    out << fmt::format("\n-- {} follows {}: its records go with theirs.\n", name, printable(table.root));
    return;
  }
  const bool is_csv = dataset.config.kind == DatasetKind::csv;
  if (is_csv) out << fmt::format("\n-- {}: first .import its files as UTF-8 into a table of this name.\n", name);
  const auto empty_is_null = is_csv ? SqlWords::EmptyIsNull::yes : SqlWords::EmptyIsNull::no;
  for (const PurposeRule& purpose : rules.purposes) write_purpose(out, table, purpose, as_of, empty_is_null);
}

}  // namespace

void write_rules_sql(std::ostream& out, const std::vector<RuledDataset>& datasets, RunDays days) {
  out << fmt::format(k_preface, to_text(days.as_of));
  for (const RuledDataset& dataset : datasets) {
    for (const RuledTable& table : dataset.tables) write_table(out, dataset, table, days.as_of);
  }
}

}  // namespace oubli
