/// `decide`, `Matcher` and an oracle that knows nothing of either agree on generated records.
#include "oubli/engine/decide.hpp"
#include "support/generated_records.hpp"
#include "support/oracle.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <iostream>
#include <map>

namespace oubli {
namespace {

// ---------------------------------------------------------------- the same rules for the oracle

oracle::DayNumber number_of(Day day) { return day.time_since_epoch().count(); }

oracle::Period translated(const Period& period) { return {period.years, period.months, period.weeks, period.days}; }

oracle::Literal translated(const Literal& literal) {
  if (const auto* const text = std::get_if<std::string>(&literal)) return {'t', *text, 0, 0};
  if (const auto* const number = std::get_if<NumberLiteral>(&literal)) return {'n', "", number->real, 0};
  return {'d', "", 0, number_of(std::get<Day>(literal))};
}

std::string kind_of(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::all_of:
      return "and";
    case Condition::Kind::any_of:
      return "or";
    case Condition::Kind::none_of:
      return "not";
    case Condition::Kind::one_of:
      return "in";
    case Condition::Kind::like:
      return "like";
    case Condition::Kind::is_null:
      return "null";
    case Condition::Kind::compare:
      break;
  }
  static const std::vector<std::string> k_comparisons{"=", "!=", "<", "<=", ">", ">="};
  return k_comparisons[static_cast<std::size_t>(condition.comparison)];
}

oracle::Condition translated(const Condition& condition) {
  oracle::Condition result;
  result.kind = kind_of(condition);
  result.slot = condition.slot < 0 ? 0 : static_cast<std::size_t>(condition.slot);
  for (const Condition& part : condition.parts) result.parts.push_back(translated(part));
  for (const Literal& literal : condition.literals) result.literals.push_back(translated(literal));
  return result;
}

std::optional<oracle::Condition> translated(const std::optional<Condition>& condition) {
  return condition ? std::optional(translated(*condition)) : std::nullopt;
}

std::string format_text(const ColumnFormat& format) {
  static const std::map<ColumnFormat::Kind, std::string> k_names{{ColumnFormat::Kind::iso, "iso"},
                                                                 {ColumnFormat::Kind::epoch_s, "epoch_s"},
                                                                 {ColumnFormat::Kind::epoch_ms, "epoch_ms"},
                                                                 {ColumnFormat::Kind::epoch_us, "epoch_us"},
                                                                 {ColumnFormat::Kind::chromium_us, "chromium_us"},
                                                                 {ColumnFormat::Kind::julian_day, "julian_day"},
                                                                 {ColumnFormat::Kind::excel_serial, "excel_serial"}};
  return format.kind == ColumnFormat::Kind::pattern ? format.pattern : k_names.at(format.kind);
}

oracle::Event translated(const EventRule& event) {
  oracle::Event result;
  result.kind = event.kind == EventKind::dated ? 'd' : event.kind == EventKind::end ? 'e' : 'p';
  result.column = static_cast<std::size_t>(event.column);
  for (const ColumnFormat& format : event.formats) result.formats.push_back(format_text(format));
  result.zone = event.zone;
  result.default_missing_values = event.default_missing_values;
  result.missing_values = event.missing_values;
  result.when = translated(event.when);
  return result;
}

oracle::Term translated(const EventTerm& term) {
  static const std::vector<std::string> k_names{"single", "latest_of", "earliest_of", "first_known"};
  oracle::Term result;
  result.combine = k_names[static_cast<std::size_t>(term.combine)];
  for (const EventTerm::Member& member : term.members) {
    result.members.push_back({static_cast<std::size_t>(member.event), member.optional});
  }
  return result;
}

std::optional<oracle::Cap> translated(const std::optional<CapRule>& cap) {
  if (!cap) return std::nullopt;
  return oracle::Cap{translated(cap->keep), translated(cap->from)};
}

oracle::Purpose translated(const PurposeRule& purpose) {
  oracle::Purpose result;
  result.where = translated(purpose.where);
  result.then = to_text(purpose.then);
  result.has_period = purpose.active.has_value();
  if (!purpose.active) return result;
  result.start = translated(purpose.active->start);
  result.period = translated(purpose.active->period);
  result.end_of = to_text(purpose.active->end_of);
  result.cap = translated(purpose.active->at_most);
  if (purpose.archive) result.archive = translated(purpose.archive->up_to);
  if (purpose.archive) result.archive_cap = translated(purpose.archive->at_most);
  for (const EndingRule& ending : purpose.ends_on) {
    result.endings.push_back({static_cast<std::size_t>(ending.event), ending.extent == Ending::Extent::all});
  }
  return result;
}

oracle::Rules translated(const TableRules& rules) {
  oracle::Rules result;
  result.timezone = rules.timezone;
  result.plausible_from = number_of(rules.plausible_from);
  result.closes_month = static_cast<long>(static_cast<unsigned>(rules.fiscal_years.closes.month()));
  result.closes_day = static_cast<long>(static_cast<unsigned>(rules.fiscal_years.closes.day()));
  for (const Day day : rules.fiscal_years.except) result.except.push_back(number_of(day));
  for (const EventRule& event : rules.events) result.events.push_back(translated(event));
  for (const PurposeRule& purpose : rules.purposes) result.purposes.push_back(translated(purpose));
  return result;
}

oracle::Record translated(const std::vector<Value>& values) {
  oracle::Record record;
  for (const Value& value : values) {
    constexpr std::string_view k_types = "0irtb";
    record.push_back(
        {k_types[static_cast<std::size_t>(value.type)], value.integer, value.real, std::string(value.bytes)});
  }
  return record;
}

// ---------------------------------------------------------------- what each of them says, as text

std::string due_text(const std::optional<Day>& due) { return due ? to_text(*due) : "-"; }

std::string said_by(const Decision& decision) {
  std::string text = fmt::format("{} {}", to_text(decision.outcome), due_text(decision.due));
  for (const auto& purpose : decision.purposes) {
    text += fmt::format("; {} {}", to_text(purpose.state), due_text(purpose.due));
  }
  return text;
}

std::string said_by(const Judgement& judgement) {
  std::string text = fmt::format("{} {}", to_text(judgement.outcome), due_text(judgement.due));
  for (const auto& purpose : judgement.purposes) {
    text += fmt::format("; {} {}", to_text(purpose.state), due_text(purpose.due));
  }
  return text;
}

std::string said_by(const oracle::Verdict& verdict) {
  const auto day = [](const std::optional<oracle::DayNumber>& due) {
    return due ? to_text(Day{date::days{*due}}) : std::string("-");
  };
  std::string text = fmt::format("{} {}", verdict.outcome, day(verdict.due));
  for (const auto& purpose : verdict.purposes) text += fmt::format("; {} {}", purpose.state, day(purpose.due));
  return text;
}

/// What only the two forms of the engine say.
std::string details(const Decision& decision) {
  std::string text;
  for (const auto& purpose : decision.purposes) {
    text += fmt::format("{} {};", due_text(purpose.start), purpose.newer_than_inactive);
  }
  return text;
}

std::string details(const Judgement& judgement) {
  std::string text;
  for (const auto& purpose : judgement.purposes) {
    text += fmt::format("{} {};", due_text(purpose.start), purpose.newer_than_inactive);
  }
  return text;
}

std::string written(const GeneratedRecord& record) {
  std::string text;
  for (const Value& value : record.values) {
    text += fmt::format("[{} {} {} '{}']", static_cast<int>(value.type), value.integer, value.real, value.bytes);
  }
  return text;
}

constexpr int k_tables = 4'000;
constexpr int k_records_per_table = 50;
constexpr std::uint32_t k_seed = 20'261'122;

TEST_CASE("decide, Matcher and the oracle agree on generated records", "[unit][engine][differential][S14]") {
  RecordGenerator generator(k_seed);
  std::map<std::string, int> outcomes;
  Judgement judgement;
  int disagreements = 0;
  for (int t = 0; t < k_tables && disagreements < 5; ++t) {
    const GeneratedTable table = generator.table();
    const oracle::Rules oracle_rules = translated(table.rules);
    const Matcher matcher(table.rules, table.days);
    for (int r = 0; r < k_records_per_table; ++r) {
      const GeneratedRecord record = generator.record(table);
      matcher.judge(record.values, judgement);
      const Decision decision = decide(table.rules, record.values, table.days);
      const auto verdict = oracle::judge(oracle_rules, translated(record.values), number_of(table.days.as_of),
                                         number_of(table.days.clock));
      ++outcomes[verdict.outcome];
      if (said_by(judgement) == said_by(decision) && said_by(judgement) == said_by(verdict) &&
          details(judgement) == details(decision)) {
        continue;
      }
      ++disagreements;
      FAIL_CHECK("table " << t << ", record " << r << ", as of " << to_text(table.days.as_of) << ": " << written(record)
                          << "\n  matcher: " << said_by(judgement) << "\n  decide:  " << said_by(decision)
                          << "\n  oracle:  " << said_by(verdict));
    }
  }
  CHECK(disagreements == 0);
  for (const char* const outcome : {"keep", "archive", "purge", "flag", "anonymise", "undated", "unreadable", "future",
                                    "undetermined", "no_period", "unassigned"}) {
    std::cout << fmt::format("{:>13} {}\n", outcome, outcomes[outcome]);
    CHECK(outcomes[outcome] > 0);
  }
}

}  // namespace
}  // namespace oubli
