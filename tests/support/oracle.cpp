/// The oracle's conditions, sums and phases.
#include "support/oracle.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <limits>

namespace oracle {
namespace {

// ---------------------------------------------------------------- conditions

bool is_decimal(const std::string& text) {
  std::string digits = text;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) digits.erase(0, 1);
  if (digits.empty() || digits.front() == '.' || digits.back() == '.') return false;
  return std::count(digits.begin(), digits.end(), '.') <= 1 &&
         digits.find_first_not_of("0123456789.") == std::string::npos;
}

/// -1, 0 or 1; nothing where the two can't be compared.
std::optional<int> order(const Literal& literal, const Condition& leaf, const Record& record,
                         const std::vector<Reading>& readings) {
  if (literal.type == 'd') {
    if (leaf.slot >= readings.size() || readings[leaf.slot].state != "known") return std::nullopt;
    const DayNumber day = readings[leaf.slot].day;
    return day < literal.day ? -1 : day > literal.day ? 1 : 0;
  }
  const Field& field = record[leaf.slot];
  if (literal.type == 't') {
    if (field.type != 't') return std::nullopt;
    const int compared = field.text.compare(literal.text);
    return compared < 0 ? -1 : compared > 0 ? 1 : 0;
  }
  double value = 0;
  if (field.type == 'i') value = static_cast<double>(field.integer);
  if (field.type == 'r') value = field.real;
  if (field.type == 't' && is_decimal(field.text)) value = std::strtod(field.text.c_str(), nullptr);
  const bool comparable = field.type == 'i' || field.type == 'r' || (field.type == 't' && is_decimal(field.text));
  if (!comparable) return std::nullopt;
  return value < literal.number ? -1 : value > literal.number ? 1 : 0;
}

bool like(const std::string& text, const std::string& pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '%') {
    return like(text, pattern.substr(1)) || (!text.empty() && like(text.substr(1), pattern));
  }
  if (text.empty()) return false;
  if (pattern[0] == '_') {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
    return like(text.substr(length), pattern.substr(1));
  }
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? std::tolower(c) : c; };
  return lower(pattern[0]) == lower(text[0]) && like(text.substr(1), pattern.substr(1));
}

bool holds(const std::string& comparison, int compared) {
  if (comparison == "=") return compared == 0;
  if (comparison == "!=") return compared != 0;
  if (comparison == "<") return compared < 0;
  if (comparison == "<=") return compared <= 0;
  if (comparison == ">") return compared > 0;
  return compared >= 0;
}

std::string word(bool holds_now) { return holds_now ? "yes" : "no"; }

std::string leaf_truth(const Condition& leaf, const Record& record, const std::vector<Reading>& readings) {
  if (leaf.kind == "null") return word(record[leaf.slot].type == '0');
  if (leaf.kind == "like") {
    if (record[leaf.slot].type != 't') return "unknown";
    return word(like(record[leaf.slot].text, leaf.literals[0].text));
  }
  bool unknown = false;
  bool found = false;
  for (const Literal& literal : leaf.literals) {
    const auto compared = order(literal, leaf, record, readings);
    unknown = unknown || !compared;
    found = found || (compared && holds(leaf.kind == "in" ? "=" : leaf.kind, *compared));
  }
  return found ? "yes" : unknown ? "unknown" : "no";
}

}  // namespace

std::string evaluate(const Condition& condition, const Record& record, const std::vector<Reading>& readings) {
  if (condition.parts.empty()) return leaf_truth(condition, record, readings);
  std::vector<std::string> truths;
  for (const Condition& part : condition.parts) truths.push_back(evaluate(part, record, readings));
  const auto any = [&](const char* truth) { return std::count(truths.begin(), truths.end(), truth) > 0; };
  if (condition.kind == "and") return any("no") ? "no" : any("unknown") ? "unknown" : "yes";
  if (condition.kind == "or") return any("yes") ? "yes" : any("unknown") ? "unknown" : "no";
  return any("unknown") ? "unknown" : word(any("no"));
}

namespace {

// ---------------------------------------------------------------- sums

constexpr DayNumber k_never = std::numeric_limits<DayNumber>::max();

/// The last day of a period that starts on `start`: month by month, then day by day.
DayNumber sum(DayNumber start, const Period& period) {
  auto [year, month, day] = civil(start);
  for (long months = period.years * 12 + period.months; months > 0; --months) {
    if (++month > 12) {
      month = 1;
      ++year;
    }
  }
  while (day > days_in_month(year, month)) --day;
  return day_number(year, month, day) + period.weeks * 7 + period.days;
}

bool is_zero(const Period& period) { return period.years + period.months + period.weeks + period.days == 0; }

DayNumber due_day(DayNumber start, const Period& period) { return is_zero(period) ? start : sum(start, period) + 1; }

bool is_close(DayNumber day, const std::string& end_of, const Rules& rules) {
  const Civil today = civil(day);
  if (end_of == "month") return today.day == days_in_month(today.year, today.month);
  if (end_of == "calendar_year") return today.month == 12 && today.day == 31;
  for (const DayNumber except : rules.except) {
    if (except == day) return true;
  }
  for (const DayNumber except : rules.except) {
    if (civil(except).year == today.year) return false;
  }
  const long closing_day = std::min(rules.closes_day, days_in_month(today.year, rules.closes_month));
  return today.month == rules.closes_month && today.day == closing_day;
}

DayNumber moved_to_close(DayNumber day, const std::string& end_of, const Rules& rules) {
  while (end_of != "none" && !is_close(day, end_of, rules)) ++day;
  return day;
}

// ---------------------------------------------------------------- phases

/// Everything that is looked at for one purpose of one record.
struct Look {
  const Rules& rules;
  const Purpose& purpose;
  const std::vector<Reading>& readings;
  DayNumber as_of;
};

/// "known", "open" or "undated".
Reading combined(const Term& term, const Look& look) {
  std::vector<DayNumber> days;
  bool needed_is_absent = false;
  bool goes_on = false;
  for (const Term::Member& member : term.members) {
    const Reading& reading = look.readings[member.event];
    if (reading.state == "known") days.push_back(reading.day);
    if (reading.state == "known") continue;
    if (look.rules.events[member.event].kind != 'd') goes_on = true;
    if (term.combine == "latest_of" && !member.optional) needed_is_absent = true;
  }
  if (days.empty() || needed_is_absent) return {goes_on ? "open" : "undated", 0};
  if (term.combine == "latest_of") std::sort(days.rbegin(), days.rend());
  if (term.combine == "earliest_of") std::sort(days.begin(), days.end());
  return {"known", days.front()};
}

bool has_no_value(const Term& term, const Look& look) {
  for (const Term::Member& member : term.members) {
    if (look.readings[member.event].state != "missing") return false;
  }
  return true;
}

std::string odd(const Look& look) {
  const Purpose& purpose = look.purpose;
  std::vector<std::size_t> events;
  const auto use = [&](const Term& term) {
    for (const Term::Member& member : term.members) events.push_back(member.event);
  };
  use(purpose.start);
  if (purpose.cap) use(purpose.cap->from);
  if (purpose.archive_own) use(purpose.archive_own->start);
  if (purpose.archive_cap) use(purpose.archive_cap->from);
  if (purpose.never_opened) use(purpose.never_opened->kept.start);
  for (const CategoryEnd& end : purpose.by_category) use(end.kept.start);
  for (const Ending& ending : purpose.endings) events.push_back(ending.event);
  if (purpose.unless_since) events.push_back(*purpose.unless_since);
  if (purpose.last_day_override) events.push_back(purpose.last_day_override->last_day);
  for (const char* const state : {"unreadable", "future"}) {
    for (const std::size_t event : events) {
      if (look.readings[event].state == state) return state;
    }
  }
  return "";
}

/// The first ending that has happened by the as-of day and wasn't voided since.
DayNumber first_ending(const Look& look, bool only_all) {
  DayNumber first = k_never;
  for (const Ending& ending : look.purpose.endings) {
    const Reading& reading = look.readings[ending.event];
    if (reading.state != "known" || reading.day > look.as_of || (only_all && !ending.all)) continue;
    if (look.purpose.unless_since) {
      const Reading& since = look.readings[*look.purpose.unless_since];
      if (since.state == "known" && since.day > reading.day) continue;
    }
    first = std::min(first, reading.day);
  }
  return first;
}

/// Where a purpose starts for a record.
struct Start {
  Reading day;  ///< "known", "open" or "undated"
  DayNumber counted_from = k_never;
  Period period;
};

Start start_of(const Look& look) {
  const auto& never = look.purpose.never_opened;
  if (never && look.readings[never->opened].state == "missing" && has_no_value(look.purpose.start, look)) {
    const Reading day = combined(never->kept.start, look);
    return {day, day.state == "known" ? day.day : k_never, never->kept.period};
  }
  const Reading day = combined(look.purpose.start, look);
  if (day.state != "known") return {day, k_never, look.purpose.period};
  return {day, moved_to_close(day.day, look.purpose.end_of, look.rules), look.purpose.period};
}

/// The first day after the last phase, once the day agreed for the record has its say.
DayNumber as_agreed(DayNumber due, const Start& start, const Look& look) {
  const auto& rule = look.purpose.last_day_override;
  if (!rule || due == k_never || look.readings[rule->last_day].state != "known") return due;
  DayNumber agreed = look.readings[rule->last_day].day + 1;
  if (agreed < due && rule->may_shorten) return agreed;
  if (agreed <= due || !rule->may_lengthen) return due;
  if (rule->at_most && start.counted_from != k_never) {
    agreed = std::min(agreed, due_day(start.counted_from, *rule->at_most));
  }
  return std::max(agreed, due);
}

/// The day a cap makes due.
DayNumber capped(const std::optional<Cap>& cap, const Look& look) {
  if (!cap) return k_never;
  const Reading from = combined(cap->from, look);
  return from.state == "known" ? due_day(from.day, cap->keep) : k_never;
}

/// The day the active phase ended on, for an archive that has no start of its own.
DayNumber end_of_active(const Start& start, const Look& look) {
  DayNumber day = first_ending(look, false);
  if (start.counted_from != k_never) day = std::min(day, sum(start.counted_from, start.period));
  if (look.purpose.cap) {
    const Reading from = combined(look.purpose.cap->from, look);
    if (from.state == "known") day = std::min(day, sum(from.day, look.purpose.cap->keep));
  }
  return day;
}

DayNumber archive_due(const Start& start, const Look& look) {
  const Purpose& purpose = look.purpose;
  DayNumber due = k_never;
  if (purpose.archive_own) {
    const Reading own = combined(purpose.archive_own->start, look);
    if (own.state == "known") due = due_day(own.day, purpose.archive_own->period);
    if (own.state == "undated") due = due_day(end_of_active(start, look), purpose.archive_own->period);
  } else {
    const bool has_start = start.counted_from != k_never;
    due = due_day(has_start ? start.counted_from : end_of_active(start, look), *purpose.archive);
  }
  return as_agreed(std::min(due, capped(purpose.archive_cap, look)), start, look);
}

PurposeVerdict phases(const Look& look) {
  const Purpose& purpose = look.purpose;
  const Start start = start_of(look);
  const bool has_archive = purpose.archive || purpose.archive_own;
  const bool is_waited_for = purpose.archive_own && combined(purpose.archive_own->start, look).state == "open";
  const DayNumber by_period = start.counted_from == k_never ? k_never : due_day(start.counted_from, start.period);
  DayNumber active_due = std::min(is_waited_for ? k_never : by_period, capped(purpose.cap, look));
  if (!has_archive) active_due = as_agreed(active_due, start, look);
  active_due = std::min(active_due, first_ending(look, false));
  if (active_due > look.as_of) {
    if (start.day.state != "known") return {start.day.state, std::nullopt, {}};
    return {is_waited_for && by_period <= look.as_of ? "open" : "active", std::nullopt, {}};
  }
  DayNumber ended = active_due;
  if (has_archive) ended = std::max(ended, archive_due(start, look));
  ended = std::min(ended, first_ending(look, true));
  if (ended <= look.as_of) return {"ended", ended, {}};
  return {"archive", active_due, {}};
}

/// Whether `by_category` has ended a category to this extent.
bool is_over(int category, const std::string& extent, const Look& look) {
  for (const CategoryEnd& end : look.purpose.by_category) {
    const Reading start = combined(end.kept.start, look);
    if (end.category != category || end.extent != extent || start.state != "known") continue;
    if (due_day(start.day, end.kept.period) <= look.as_of) return true;
  }
  return false;
}

bool is_needed(int category, const std::string& state, const Look& look) {
  if (state == "ended") return false;
  if (state != "active" && state != "open" && state != "archive") return true;
  if (is_over(category, "purpose", look)) return false;
  if (state != "archive" && !is_over(category, "active", look)) return true;
  const bool has_archive = look.purpose.archive || look.purpose.archive_own;
  return has_archive && !is_over(category, "archive", look);
}

PurposeVerdict judge_purpose(const Look& look, const Record& record) {
  const std::string concerned = look.purpose.where ? evaluate(*look.purpose.where, record, look.readings) : "yes";
  if (concerned == "no") return {"not_concerned", std::nullopt, {}};
  if (concerned == "unknown") return {"undetermined", std::nullopt, {}};
  if (!look.purpose.has_period) return {"no_period", std::nullopt, {}};
  if (const std::string state = odd(look); !state.empty()) return {state, std::nullopt, {}};
  PurposeVerdict verdict = phases(look);
  for (const int category : look.purpose.categories) {
    if (!is_needed(category, verdict.state, look)) verdict.ended_categories.insert(category);
  }
  return verdict;
}

// ---------------------------------------------------------------- outcome

std::string mildest_of_the_last(const Rules& rules, const Verdict& verdict) {
  for (const char* const disposition : {"flag", "anonymise", "purge"}) {
    for (std::size_t i = 0; i < rules.purposes.size(); ++i) {
      const bool is_last = verdict.purposes[i].due && verdict.purposes[i].due == verdict.due;
      if (is_last && rules.purposes[i].then == disposition) return disposition;
    }
  }
  return "";
}

void conclude(const Rules& rules, Verdict& verdict) {
  const auto any = [&](const std::string& state) {
    return std::any_of(verdict.purposes.begin(), verdict.purposes.end(),
                       [&](const PurposeVerdict& purpose) { return purpose.state == state; });
  };
  verdict.outcome = "unassigned";
  if (any("active") || any("open")) {
    verdict.outcome = "keep";
    return;
  }
  for (const char* const state : {"undetermined", "unreadable", "future", "undated", "no_period"}) {
    if (!any(state)) continue;
    verdict.outcome = state;
    return;
  }
  if (!any("archive") && !any("ended")) return;
  for (const PurposeVerdict& purpose : verdict.purposes) {
    if (purpose.due) verdict.due = std::max(verdict.due.value_or(*purpose.due), *purpose.due);
  }
  verdict.outcome = any("archive") ? "archive" : mildest_of_the_last(rules, verdict);
}

void end_categories(const Rules& rules, Verdict& verdict) {
  std::set<int> needed;
  for (std::size_t i = 0; i < rules.purposes.size(); ++i) {
    const PurposeVerdict& purpose = verdict.purposes[i];
    if (purpose.state == "not_concerned") continue;
    for (const int category : rules.purposes[i].categories) {
      const bool has_ended = purpose.ended_categories.contains(category);
      (has_ended ? verdict.ended_categories : needed).insert(category);
    }
  }
  for (const int category : needed) verdict.ended_categories.erase(category);
}

}  // namespace

Verdict judge(const Rules& rules, const Record& record, DayNumber as_of, DayNumber clock, const Record& personal) {
  Verdict verdict;
  if (is_out_of_scope(rules, record, personal)) {
    verdict.outcome = "out_of_scope";
    verdict.purposes.assign(rules.purposes.size(), {"not_concerned", std::nullopt});
    return verdict;
  }
  std::vector<Reading> readings;
  for (const Event& event : rules.events) readings.push_back(read(event, rules, record, std::max(as_of, clock) + 1));
  for (const Purpose& purpose : rules.purposes) {
    verdict.purposes.push_back(judge_purpose({rules, purpose, readings, as_of}, record));
  }
  conclude(rules, verdict);
  end_categories(rules, verdict);
  find_rewrites(rules, personal, verdict);
  return verdict;
}

}  // namespace oracle
