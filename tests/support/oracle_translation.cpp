#include "support/oracle_translation.hpp"

#include <map>

namespace oubli {

namespace {

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

}  // namespace

oracle::Condition translated(const Condition& condition) {
  oracle::Condition result;
  result.kind = kind_of(condition);
  result.slot = condition.slot < 0 ? 0 : static_cast<std::size_t>(condition.slot);
  for (const Condition& part : condition.parts) result.parts.push_back(translated(part));
  for (const Literal& literal : condition.literals) result.literals.push_back(translated(literal));
  return result;
}

namespace {

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

oracle::Span translated(const RetentionRule& kept) { return {translated(kept.start), translated(kept.period)}; }

void translate_archive(const PurposeRule& purpose, oracle::Purpose& result) {
  if (!purpose.archive) return;
  result.archive_cap = translated(purpose.archive->at_most);
  if (purpose.archive->own) {
    result.archive_own = translated(*purpose.archive->own);
  } else {
    result.archive = translated(purpose.archive->up_to);
  }
}

void translate_exceptions(const PurposeRule& purpose, oracle::Purpose& result) {
  if (purpose.unless_since) result.unless_since = static_cast<std::size_t>(*purpose.unless_since);
  if (const auto& never = purpose.never_opened) {
    result.never_opened = {static_cast<std::size_t>(never->opened), {translated(never->from), translated(never->keep)}};
  }
  if (const auto& rule = purpose.last_day_override) {
    result.last_day_override = {static_cast<std::size_t>(rule->last_day), rule->may_lengthen, rule->may_shorten, {}};
    if (rule->at_most) result.last_day_override->at_most = translated(*rule->at_most);
  }
  for (const CategoryEndRule& end : purpose.by_category) {
    result.by_category.push_back({end.category, std::string(to_text(end.extent)), translated(end.kept)});
  }
}

oracle::Purpose translated(const PurposeRule& purpose) {
  oracle::Purpose result;
  result.where = translated(purpose.where);
  result.then = to_text(purpose.then);
  result.categories.insert(purpose.categories.begin(), purpose.categories.end());
  result.has_period = purpose.active.has_value();
  if (!purpose.active) return result;
  result.start = translated(purpose.active->start);
  result.period = translated(purpose.active->period);
  result.end_of = to_text(purpose.active->end_of);
  result.cap = translated(purpose.active->at_most);
  translate_archive(purpose, result);
  translate_exceptions(purpose, result);
  for (const EndingRule& ending : purpose.ends_on) {
    result.endings.push_back({static_cast<std::size_t>(ending.event), ending.extent == Ending::Extent::all});
  }
  return result;
}

oracle::Mask translated(const Mask& mask) {
  static const std::vector<std::string> k_names{"null", "constant", "year", "first", "random"};
  return {k_names[static_cast<std::size_t>(mask.kind)], mask.constant, static_cast<std::size_t>(mask.length)};
}

std::set<int> translated(CategorySet set) {
  std::set<int> categories;
  for (int i = 0; i < static_cast<int>(k_most_categories); ++i) {
    if ((set >> i & 1U) != 0) categories.insert(i);
  }
  return categories;
}

}  // namespace

oracle::DayNumber number_of(Day day) { return day.time_since_epoch().count(); }

oracle::Rules translated(const TableRules& rules) {
  oracle::Rules result;
  result.timezone = rules.timezone;
  result.plausible_from = number_of(rules.plausible_from);
  result.closes_month = static_cast<long>(static_cast<unsigned>(rules.fiscal_years.closes.month()));
  result.closes_day = static_cast<long>(static_cast<unsigned>(rules.fiscal_years.closes.day()));
  for (const Day day : rules.fiscal_years.except) result.except.push_back(number_of(day));
  for (const EventRule& event : rules.events) result.events.push_back(translated(event));
  for (const PurposeRule& purpose : rules.purposes) result.purposes.push_back(translated(purpose));
  result.minimises = rules.minimises;
  result.needed_below = translated(rules.needed_below);
  for (const PersonalColumn& column : rules.personal) {
    result.personal.push_back(
        {translated(column.categories), translated(column.minimised), translated(column.anonymised), column.judges});
  }
  if (!rules.anonymised) return result;
  result.mark = static_cast<std::size_t>(rules.anonymised->mark);
  for (const auto& masked : rules.anonymised->masked) {
    result.masked.push_back({static_cast<std::size_t>(masked.column), translated(masked.mask)});
  }
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

}  // namespace oubli
