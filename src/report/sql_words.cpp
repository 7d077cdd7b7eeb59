#include "report/sql_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace oubli::report {

namespace {

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) result += c == quote ? std::string(2, quote) : std::string(1, c);
  return result + quote;
}

std::string sql_text(std::string_view text) { return quoted(text, '\''); }

std::string sql_literal(const Literal& literal) {
  if (const auto* text = std::get_if<std::string>(&literal)) return sql_text(*text);
  if (const auto* number = std::get_if<NumberLiteral>(&literal)) return number->text;
  return sql_text(to_text(std::get<Day>(literal)));
}

std::string sql_literals(const std::vector<Literal>& literals) {
  std::vector<std::string> texts;
  for (const Literal& literal : literals) texts.push_back(sql_literal(literal));
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// The digits of one field of a pattern: `substr(column, 7, 4)`.
std::string field(const std::string& column, std::string_view pattern, std::string_view name) {
  return fmt::format("substr({}, {}, {})", column, pattern.find(name) + 1, name.size());
}

/// A month stands for its last day: of all days it may mean, the one that keeps longest.
std::string pattern_day(const std::string& column, std::string_view pattern) {
  const std::string year_month = field(column, pattern, "yyyy") + " || '-' || " + field(column, pattern, "mm");
  if (pattern.find("dd") == std::string_view::npos) {
    return fmt::format("date({} || '-01', '+1 month', '-1 day')", year_month);
  }
  return fmt::format("({} || '-' || {})", year_month, field(column, pattern, "dd"));
}

std::string day_in_format(const std::string& column, const ColumnFormat& format) {
  switch (format.kind) {
    case ColumnFormat::Kind::iso:
      return fmt::format("substr({}, 1, 10)", column);
    case ColumnFormat::Kind::pattern:
      return pattern_day(column, format.pattern);
    case ColumnFormat::Kind::epoch_s:
      return fmt::format("date({}, 'unixepoch')", column);
    case ColumnFormat::Kind::epoch_ms:
      return fmt::format("date({} / 1000, 'unixepoch')", column);
    case ColumnFormat::Kind::epoch_us:
      return fmt::format("date({} / 1000000, 'unixepoch')", column);
    case ColumnFormat::Kind::chromium_us:
      return fmt::format("date({} / 1000000 - 11644473600, 'unixepoch')", column);
    case ColumnFormat::Kind::julian_day:
      return fmt::format("date({})", column);
    case ColumnFormat::Kind::excel_serial:
      return fmt::format("date({} + 2415018.5)", column);
  }
  return "NULL";
}

/// What a value of this format looks like, so that of several formats the right one reads it.
std::string looks_like(const std::string& column, const ColumnFormat& format) {
  if (format.kind == ColumnFormat::Kind::iso) {
    return column + " GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'";
  }
  if (format.kind != ColumnFormat::Kind::pattern) return fmt::format("typeof({}) IN ('integer', 'real')", column);
  std::string glob;
  for (const char c : format.pattern) {
    const bool is_digit = std::string_view("ymdHMS").find(c) != std::string_view::npos;
    const bool is_wildcard = std::string_view("*?[").find(c) != std::string_view::npos;
    glob += is_digit ? "[0-9]" : is_wildcard ? fmt::format("[{}]", c) : std::string(1, c);
  }
  return fmt::format("{} GLOB {}", column, sql_text(glob));
}

std::string day_of_any(const std::string& column, const std::vector<ColumnFormat>& formats) {
  if (formats.size() == 1) return day_in_format(column, formats.front());
  std::string result = "CASE";
  for (const ColumnFormat& format : formats) {
    result += fmt::format(" WHEN {} THEN {}", looks_like(column, format), day_in_format(column, format));
  }
  return result + " END";
}

}  // namespace

std::string sql_name(std::string_view name) { return quoted(name, '"'); }

std::string SqlWords::column(std::string_view name) const {
  const std::string quoted_name = m_prefix + sql_name(name);
  return m_empty_is_null == EmptyIsNull::yes ? fmt::format("nullif({}, '')", quoted_name) : quoted_name;
}

/// The rows that belong to a record: of the table that gives the day, `r`, and the one between, `v`.
std::string SqlWords::rows_of_record(const OtherTableRule& rule) const {
  const std::string record = sql_name(m_rules.table) + '.';
  const std::string pointing = rule.via ? "v." : "r.";
  std::vector<std::string> links(rule.columns.begin() + 1,
                                 rule.columns.begin() + 1 + static_cast<std::ptrdiff_t>(rule.links));
  std::string from = sql_name(rule.table) + " AS r";
  if (rule.via) {
    std::vector<std::string> pairs;
    for (std::size_t i = 0; i < links.size(); ++i) {
      pairs.push_back(fmt::format("v.{} = r.{}", sql_name(rule.via->linked[i]), sql_name(links[i])));
    }
    from += fmt::format(" JOIN {} AS v ON {}", sql_name(rule.via->table), fmt::join(pairs, " AND "));
    links = rule.via->link;
  }
  std::vector<std::string> conditions;
  for (std::size_t i = 0; i < links.size() && i < rule.key.size(); ++i) {
    conditions.push_back(fmt::format("{}{} = {}{}", pointing, sql_name(links[i]), record,
                                     sql_name(m_rules.columns[static_cast<std::size_t>(rule.key[i])])));
  }
  return fmt::format("{} WHERE {}", from, fmt::join(conditions, " AND "));
}

/// A row without a day leaves the latest one open.
std::string SqlWords::day_of_rows(const EventRule& event) const {
  const OtherTableRule& rule = *event.other_table;
  const SqlWords rows(m_rules, m_empty_is_null, "r.");
  const std::string day = day_of_any(rows.column(rule.columns.front()), event.formats);
  const std::string picked = rule.pick == RowPick::earliest
                                 ? fmt::format("min({})", day)
                                 : fmt::format("CASE WHEN count(*) = count({0}) THEN max({0}) END", day);
  const std::string where = rule.where ? " AND " + rows.condition(*rule.where) : std::string();
  return fmt::format("(SELECT {} FROM {}{})", picked, rows_of_record(rule), where);
}

std::string SqlWords::day_of(const EventRule& event) const {
  if (event.first_seen) return "NULL /* what oubli saw first is in its state */";
  if (event.other_table) return day_of_rows(event);
  return day_of_any(column(m_rules.columns[static_cast<std::size_t>(event.column)]), event.formats);
}

std::string SqlWords::day(int index) const {
  const EventRule& event = m_rules.events[static_cast<std::size_t>(index)];
  const std::string day = day_of(event);
  return event.when ? fmt::format("CASE WHEN {} THEN {} END", condition(*event.when), day) : day;
}

std::string SqlWords::plausible_day(int event) const {
  const std::string expression = day(event);
  return fmt::format("CASE WHEN {} >= {} THEN {} END", expression, sql_text(to_text(m_rules.plausible_from)),
                     expression);
}

std::string SqlWords::day(const EventTerm& term) const {
  if (term.members.size() == 1) return day(term.members.front().event);
  const bool earliest = term.combine == EventExpression::Combine::earliest_of;
  std::vector<std::string> members;
  for (const EventTerm::Member& member : term.members) {
    const std::string expression = plausible_day(member.event);
    // SQLite's min and max of several values are null where one is: for a required member, just right.
    const bool passed_over = earliest || member.optional;
    members.push_back(passed_over ? fmt::format("coalesce({}, '{}')", expression, earliest ? "9999-12-31" : "")
                                  : expression);
  }
  const std::string_view function = earliest                                              ? "min"
                                    : term.combine == EventExpression::Combine::latest_of ? "max"
                                                                                          : "coalesce";
  return fmt::format("{}({})", function, fmt::join(members, ", "));
}

std::string SqlWords::is_due(const EventTerm& term, Day last) const {
  return fmt::format("{} BETWEEN {} AND {}", day(term), sql_text(to_text(m_rules.plausible_from)),
                     sql_text(to_text(last)));
}

std::string SqlWords::is_due(int event, Day last) const { return is_due(EventTerm{{}, {{event, false}}}, last); }

std::string SqlWords::is_missing(int event) const { return fmt::format("{} IS NULL", day(event)); }

std::string SqlWords::is_missing(const EventTerm& term) const {
  std::vector<std::string> missing;
  for (const EventTerm::Member& member : term.members) missing.push_back(is_missing(member.event));
  return fmt::format("{}", fmt::join(missing, " AND "));
}

std::string SqlWords::is_absent(const EventTerm& term) const {
  const std::string expression = day(term);
  return fmt::format("coalesce({0}, '') IN ('', '9999-12-31')", expression);
}

std::string SqlWords::is_later(int later, int event) const {
  return fmt::format("coalesce({} > {}, 0)", plausible_day(later), day(event));
}

std::string SqlWords::operand(const Condition& leaf) const {
  if (!leaf.names_event) return column(leaf.name);
  const auto& events = m_rules.events;
  const auto found =
      std::find_if(events.begin(), events.end(), [&](const EventRule& e) { return e.name == leaf.name; });
  return found == events.end() ? std::string("NULL") : plausible_day(static_cast<int>(found - events.begin()));
}

std::string SqlWords::joined(const Condition& whole, std::string_view word) const {
  std::vector<std::string> parts;
  for (const Condition& part : whole.parts) parts.push_back(condition(part));
  return fmt::format("({})", fmt::join(parts, fmt::format(" {} ", word)));
}

std::string SqlWords::condition(const Condition& condition) const {
  switch (condition.kind) {
    case Condition::Kind::all_of:
      return joined(condition, "AND");
    case Condition::Kind::any_of:
      return joined(condition, "OR");
    case Condition::Kind::none_of:
      return fmt::format("NOT {}", joined(condition, "OR"));
    case Condition::Kind::is_null:
      return fmt::format("{} IS NULL", operand(condition));
    case Condition::Kind::one_of:
      return fmt::format("{} IN ({})", operand(condition), sql_literals(condition.literals));
    case Condition::Kind::like:
      return fmt::format("{} LIKE {}", operand(condition), sql_literals(condition.literals));
    case Condition::Kind::compare:
      return fmt::format("{} {} {}", operand(condition), to_text(condition.comparison),
                         sql_literals(condition.literals));
  }
  return "NULL";
}

}  // namespace oubli::report
