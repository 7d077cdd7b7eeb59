/// A second opinion on every decision: the rules of S3 to S14 written again, slowly and plainly, from
/// their text alone. Includes nothing of oubli, shares no type with it, and knows the few timezones it
/// needs by their own rules.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace oracle {

/// Days since 1970-01-01.
using DayNumber = long;
[[nodiscard]] DayNumber day_number(long year, long month, long day);

struct Field {
  char type = '0';  ///< '0' null, 'i', 'r', 't', 'b'
  std::int64_t integer = 0;
  double real = 0;
  std::string text;
};

struct Literal {
  char type = 't';  ///< 't' text, 'n' number, 'd' day
  std::string text;
  double number = 0;
  DayNumber day = 0;
};

struct Condition {
  std::string kind;  ///< "and", "or", "not", "in", "like", "null", or a comparison: "=", "!=", "<", …
  std::vector<Condition> parts;
  std::size_t slot = 0;  ///< column, or event where a literal is a day
  std::vector<Literal> literals;
};

struct Event {
  char kind = 'd';  ///< 'd' dated, 'e' end, 'p' planned
  std::size_t column = 0;
  std::vector<std::string> formats;  ///< as a config writes them
  std::string zone;
  bool default_missing_values = true;
  std::vector<std::string> missing_values;
  std::optional<Condition> when;
};

struct Period {
  long years = 0, months = 0, weeks = 0, days = 0;
};

struct Term {
  std::string combine;  ///< "single", "latest_of", "earliest_of", "first_known"
  struct Member {
    std::size_t event = 0;
    bool optional = false;
  };
  std::vector<Member> members;
};

struct Cap {
  Period keep;
  Term from;
};

struct Ending {
  std::size_t event = 0;
  bool all = true;
};

/// A start and a period after it.
struct Span {
  Term start;
  Period period;
};

struct CategoryEnd {
  int category = 0;
  std::string extent;  ///< "purpose", "active", "archive"
  Span kept;
};

struct NeverOpened {
  std::size_t opened = 0;
  Span kept;
};

struct Override {
  std::size_t last_day = 0;
  bool may_lengthen = false, may_shorten = false;
  std::optional<Period> at_most;
};

struct Purpose {
  std::optional<Condition> where;
  bool has_period = true;
  Term start;
  Period period;
  std::string end_of = "none";
  std::optional<Cap> cap;
  std::optional<Period> archive;
  std::optional<Span> archive_own;  ///< in place of `archive`
  std::optional<Cap> archive_cap;
  std::string then = "purge";
  std::vector<Ending> endings;
  std::optional<std::size_t> unless_since;
  std::optional<NeverOpened> never_opened;
  std::optional<Override> last_day_override;
  std::vector<CategoryEnd> by_category;
  std::set<int> categories;
};

struct Mask {
  std::string kind = "null";  ///< "null", "constant", "year", "first", "random"
  std::string constant;
  std::size_t length = 0;
};

/// A column of the record itself that may be emptied or masked.
struct Personal {
  std::set<int> categories;
  Mask minimised, anonymised;
  bool judges = false;
};

struct Masked {
  std::size_t slot = 0;
  Mask mask;
};

struct Rules {
  std::string timezone;
  DayNumber plausible_from = 0;
  long closes_month = 12, closes_day = 31;
  std::vector<DayNumber> except;
  std::vector<Event> events;
  std::vector<Purpose> purposes;
  bool minimises = false;
  std::vector<Personal> personal;
  std::optional<std::size_t> mark;  ///< slot of the mark, where the table anonymises
  std::vector<Masked> masked;
  std::set<int> needed_below;
};

/// "missing", "unreadable", "future" or "known".
struct Reading {
  std::string state;
  DayNumber day = 0;
};

struct PurposeVerdict {
  std::string state;
  std::optional<DayNumber> due;
  std::set<int> ended_categories = {};
};

struct Verdict {
  std::string outcome;
  std::optional<DayNumber> due;
  std::vector<PurposeVerdict> purposes;
  std::set<std::size_t> rewrites;  ///< columns of Rules::personal to be set, if the record stays
  std::set<int> ended_categories;  ///< listed once, needed by none any more
};

using Record = std::vector<Field>;

/// What keeps records from going: those that meet its condition, where it has one, and are its subject's,
/// where it has one; and those of which nobody can say that they don't.
struct Stop {
  bool is_hold = true;
  std::optional<Condition> where;
  std::optional<std::string> subject;
};

/// "held", "restricted", or nothing. `subject`: whose record it is; empty when it names nobody.
[[nodiscard]] std::string stopped_by(const std::vector<Stop>& stops, const Record& record, const std::string& subject);

[[nodiscard]] Reading read(const Event& event, const Rules& rules, const Record& record, DayNumber last_plausible);
/// "yes", "no" or "unknown".
[[nodiscard]] std::string evaluate(const Condition& condition, const Record& record,
                                   const std::vector<Reading>& readings);
/// `personal`: the fields of Rules::personal.
[[nodiscard]] Verdict judge(const Rules& rules, const Record& record, DayNumber as_of, DayNumber clock,
                            const Record& personal = {});

/// What a record that stays may keep: `verdict` has its outcome and its purposes' states.
[[nodiscard]] bool is_out_of_scope(const Rules& rules, const Record& record, const Record& personal);
void find_rewrites(const Rules& rules, const Record& personal, Verdict& verdict);

// The calendar, shared by the oracle's own parts.
struct Civil {
  long year = 0, month = 0, day = 0;
};
[[nodiscard]] Civil civil(DayNumber day);
[[nodiscard]] long days_in_month(long year, long month);

}  // namespace oracle
