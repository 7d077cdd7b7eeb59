/// How rules and records are drawn.
#include "support/generated_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oubli {
namespace {

constexpr int k_most_events = 5;
constexpr int k_most_purposes = 4;
constexpr int k_status_column = k_most_events;
constexpr int k_number_column = k_most_events + 1;
constexpr int k_mark_column = k_most_events + 2;
constexpr int k_secret_column = k_most_events + 3;

const std::vector<std::string> k_zones{"UTC", "UTC", "Europe/Paris", "Europe/Paris", "America/New_York"};
const std::vector<std::string> k_statuses{"prospect", "customer", "closed", "Closed", "été", ""};
const std::vector<std::string> k_likes{"%o%", "clos_", "_t_", "P%", "", "%", "pro%ct"};

std::string clock_text(int second_of_day, bool with_seconds) {
  const auto text = fmt::format("{:02}:{:02}", second_of_day / 3600, second_of_day / 60 % 60);
  return with_seconds ? text + fmt::format(":{:02}", second_of_day % 60) : text;
}

/// The pattern's letters replaced by a day's digits and a time's.
std::string written_as(std::string pattern, Day day, int second_of_day) {
  const std::string iso = to_text(day);
  const std::string time = clock_text(second_of_day, true);
  const std::vector<std::pair<std::string, std::string>> fields{{"yyyy", iso.substr(0, 4)}, {"mm", iso.substr(5, 2)},
                                                                {"dd", iso.substr(8, 2)},   {"HH", time.substr(0, 2)},
                                                                {"MM", time.substr(3, 2)},  {"SS", time.substr(6, 2)}};
  for (const auto& [letters, digits] : fields) {
    const auto found = pattern.find(letters);
    if (found != std::string::npos) pattern.replace(found, letters.size(), digits);
  }
  return pattern;
}

}  // namespace

int RecordGenerator::below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

Day RecordGenerator::some_day() { return Day{date::year{1981} / 1 / 1} + date::days{below(60 * 365)}; }

Period RecordGenerator::some_period() {
  static const std::vector<Period> k_periods{{0, 0, 0, 0},  {0, 0, 0, 90}, {0, 1, 0, 0}, {0, 13, 0, 0}, {1, 0, 0, 0},
                                             {1, 6, 0, 10}, {3, 0, 0, 0},  {0, 0, 2, 0}, {5, 0, 0, 0},  {10, 0, 0, 0}};
  return one_of(k_periods);
}

FiscalYears RecordGenerator::some_fiscal_years() {
  static const std::vector<FiscalYears> k_years{
      {},
      {date::February / 29, {}},
      {date::June / 30, {Day{date::year{2014} / 12 / 31}, Day{date::year{2020} / 3 / 31}}}};
  return one_of(k_years);
}

// ---------------------------------------------------------------- rules

std::vector<ColumnFormat> RecordGenerator::some_formats() {
  using Kind = ColumnFormat::Kind;
  static const std::vector<ColumnFormat> k_formats{{Kind::iso, ""},
                                                   {Kind::iso, ""},
                                                   {Kind::iso, ""},
                                                   {Kind::pattern, "dd/mm/yyyy"},
                                                   {Kind::pattern, "yyyymmdd"},
                                                   {Kind::pattern, "yyyymm"},
                                                   {Kind::pattern, "dd.mm.yyyy HH:MM"},
                                                   {Kind::pattern, "ddmmyyyy"},
                                                   {Kind::pattern, "yyyymmddHHMMSS"},
                                                   {Kind::epoch_s, ""},
                                                   {Kind::epoch_ms, ""},
                                                   {Kind::epoch_us, ""},
                                                   {Kind::chromium_us, ""},
                                                   {Kind::julian_day, ""},
                                                   {Kind::excel_serial, ""}};
  std::vector<ColumnFormat> formats{one_of(k_formats)};
  if (chance(20)) formats.push_back(one_of(k_formats));
  return formats;
}

EventRule RecordGenerator::some_event(const TableRules& rules, int column) {
  EventRule event;
  event.name = fmt::format("event{}", column);
  event.kind = one_of<EventKind>({EventKind::dated, EventKind::dated, EventKind::end, EventKind::planned});
  event.column = column;
  event.formats = some_formats();
  event.zone = chance(70) ? rules.timezone : one_of(k_zones);
  event.default_missing_values = chance(85);
  if (chance(20)) event.missing_values = {"none", " 2011-11-11 ", "20111111", "1320969600"};
  if (chance(15)) event.when = some_condition(rules, 1, false);
  return event;
}

Condition RecordGenerator::day_leaf(const TableRules& rules) {
  Condition leaf;
  leaf.kind = Condition::Kind::compare;
  leaf.names_event = true;
  leaf.slot = below(static_cast<int>(rules.events.size()));
  leaf.comparison = static_cast<Condition::Comparison>(below(6));
  leaf.literals = {Literal{some_day()}};
  return leaf;
}

Condition RecordGenerator::some_leaf(const TableRules& rules, bool events_allowed) {
  if (events_allowed && chance(20)) return day_leaf(rules);
  Condition leaf;
  const bool on_status = chance(60);
  leaf.slot = on_status ? k_status_column : k_number_column;
  leaf.kind = one_of<Condition::Kind>(
      {Condition::Kind::compare, Condition::Kind::one_of, Condition::Kind::like, Condition::Kind::is_null});
  if (leaf.kind == Condition::Kind::is_null) return leaf;
  if (leaf.kind == Condition::Kind::like) {
    leaf.literals = {Literal{one_of(k_likes)}};
    return leaf;
  }
  leaf.comparison = static_cast<Condition::Comparison>(below(6));
  const int count = leaf.kind == Condition::Kind::one_of ? 1 + below(3) : 1;
  for (int i = 0; i < count; ++i) {
    const int number = below(5);
    if (on_status)
      leaf.literals.emplace_back(one_of(k_statuses));
    else if (chance(70))
      leaf.literals.emplace_back(NumberLiteral{true, number, static_cast<double>(number), ""});
    else
      leaf.literals.emplace_back(NumberLiteral{false, 0, number + 0.5, ""});
  }
  return leaf;
}

Condition RecordGenerator::some_condition(const TableRules& rules, int depth, bool events_allowed) {
  if (depth == 0 || chance(60)) return some_leaf(rules, events_allowed);
  Condition condition;
  condition.kind =
      one_of<Condition::Kind>({Condition::Kind::all_of, Condition::Kind::any_of, Condition::Kind::none_of});
  const int count = condition.kind == Condition::Kind::none_of ? 1 : 2;
  for (int i = 0; i < count; ++i) condition.parts.push_back(some_condition(rules, depth - 1, events_allowed));
  return condition;
}

EventTerm RecordGenerator::some_term(const TableRules& rules) {
  const int events = static_cast<int>(rules.events.size());
  EventTerm term;
  if (events == 1 || chance(65)) {
    term.members.push_back({below(events), false});
    return term;
  }
  term.combine = static_cast<EventExpression::Combine>(1 + below(3));
  const int first = below(events);
  for (int i = 0; i < 2 + below(events - 1) && i < events; ++i) {
    const bool optional = term.combine == EventExpression::Combine::latest_of && chance(40);
    term.members.push_back({(first + i) % events, optional});
  }
  return term;
}

std::optional<CapRule> RecordGenerator::some_cap(const TableRules& rules, int percent) {
  if (!chance(percent)) return std::nullopt;
  return CapRule{some_period(), some_term(rules)};
}

ArchiveRule RecordGenerator::some_archive(const TableRules& rules) {
  ArchiveRule archive{some_period(), "legal_claims", some_cap(rules, 30)};
  if (chance(40)) archive.own = RetentionRule{some_term(rules), true, some_period()};
  return archive;
}

void RecordGenerator::add_exceptions(const TableRules& rules, PurposeRule& purpose) {
  const int events = static_cast<int>(rules.events.size());
  if (!purpose.ends_on.empty() && chance(40)) purpose.unless_since = below(events);
  if (chance(20)) purpose.never_opened = NeverOpenedRule{below(events), some_period(), some_term(rules)};
  if (chance(25)) {
    const int may = 1 + below(3);
    purpose.last_day_override = LastDayOverrideRule{below(events), (may & 1) != 0, (may & 2) != 0, {}};
    if (chance(50)) purpose.last_day_override->at_most = some_period();
  }
  for (int i = 0; i < 3; ++i) {
    if (!chance(20)) continue;
    const auto extent = static_cast<CategoryEnd::Extent>(below(3));
    purpose.by_category.push_back({below(static_cast<int>(rules.categories.size())), extent,
                                   RetentionRule{some_term(rules), false, some_period()}});
  }
}

PurposeRule RecordGenerator::some_purpose(const TableRules& rules) {
  PurposeRule purpose;
  if (chance(50)) purpose.where = some_condition(rules, 2, true);
  purpose.then = one_of<Disposition>(
      {Disposition::purge, Disposition::purge, Disposition::purge, Disposition::flag, Disposition::anonymise});
  for (int category = 0; category < static_cast<int>(rules.categories.size()); ++category) {
    if (chance(40)) purpose.categories.push_back(category);
  }
  const int events = static_cast<int>(rules.events.size());
  if (chance(25)) purpose.inactive = InactiveRule{some_day(), below(events)};
  if (chance(7)) return purpose;
  purpose.active =
      ActiveRule{some_term(rules), false, some_period(), static_cast<EndOf>(below(4)), some_cap(rules, 30)};
  if (chance(50)) purpose.active->end_of = EndOf::none;
  if (chance(40)) purpose.archive = some_archive(rules);
  for (int i = 0; i < 2; ++i) {
    if (chance(25)) purpose.ends_on.push_back({below(events), static_cast<Ending::Extent>(below(2))});
  }
  add_exceptions(rules, purpose);
  return purpose;
}

Mask RecordGenerator::some_mask() {
  static const std::vector<Mask> k_masks{{},
                                         {Mask::Kind::constant, "-"},
                                         {Mask::Kind::constant, "0"},
                                         {Mask::Kind::year_only, "", 0, {ColumnFormat{}}},
                                         {Mask::Kind::truncate, "", 2},
                                         {Mask::Kind::random}};
  return one_of(k_masks);
}

void RecordGenerator::add_rewriting(TableRules& rules) {
  rules.minimises = chance(60);
  const bool anonymises = chance(60);
  if (!rules.minimises && !anonymises) return;
  for (const char* const name : {"status", "number", "secret"}) {
    if (!chance(70)) continue;
    const auto categories = static_cast<CategorySet>(below(1 << static_cast<int>(rules.categories.size())));
    rules.personal.push_back({name, categories, some_mask(), some_mask(), chance(20)});
  }
  rules.needed_below = static_cast<CategorySet>(below(8));
  if (!anonymises) return;
  rules.anonymised = AnonymisedRule{k_mark_column, {}};
  if (chance(70)) rules.anonymised->masked.push_back({k_secret_column, some_mask()});
}

GeneratedTable RecordGenerator::table() {
  GeneratedTable table;
  table.days.as_of = Day{date::year{2015} / 1 / 1} + date::days{below(13 * 365)};
  table.days.clock = chance(60) ? table.days.as_of : table.days.as_of + date::days{below(1000) - 300};
  TableRules& rules = table.rules;
  rules.timezone = one_of(k_zones);
  rules.fiscal_years = some_fiscal_years();
  rules.plausible_from = Day{date::year{chance(80) ? 1980 : 2005} / 1 / 1};
  const int events = 1 + below(k_most_events);
  for (int i = 0; i < k_most_events; ++i) rules.columns.push_back(fmt::format("column{}", i));
  rules.columns.insert(rules.columns.end(), {"status", "number", "mark", "secret"});
  rules.categories = {"identity", "contact", "billing"};
  for (int i = 0; i < events; ++i) rules.events.push_back(some_event(rules, i));
  const int purposes = 1 + below(k_most_purposes);
  for (int i = 0; i < purposes; ++i) rules.purposes.push_back(some_purpose(rules));
  add_rewriting(rules);
  return table;
}

// ---------------------------------------------------------------- records

Day RecordGenerator::interesting_day(const GeneratedTable& table) {
  const date::days jitter{below(5) - 2};
  const int choice = below(100);
  if (choice < 30) return some_day();
  if (choice < 45) return table.days.as_of + jitter;
  if (choice < 50) return std::max(table.days.as_of, table.days.clock) + jitter;
  const auto period = some_period();
  const date::year_month_day then{table.days.as_of - date::days{period.days + period.weeks * 7}};
  const auto month = then.year() / then.month() - date::months{period.months} - date::years{period.years};
  return Day{month / 1} + (then.day() - date::day{1}) + jitter;
}

void RecordGenerator::add_text(GeneratedRecord& record, std::string text) {
  record.texts.push_back(std::move(text));
  record.values.push_back(Value::of(std::string_view(record.texts.back())));
}

void RecordGenerator::add_number(GeneratedRecord& record, double number) {
  const bool whole = std::floor(number) == number;
  const int choice = below(4);
  if (choice == 0)
    record.values.push_back(Value::of(number));
  else if (choice < 3 && whole)
    record.values.push_back(Value::of(static_cast<std::int64_t>(number)));
  else
    add_text(record, whole ? fmt::format("{:.0f}", number) : fmt::format("{}{:.6f}", chance(50) ? "" : " ", number));
}

void RecordGenerator::add_written(GeneratedRecord& record, const ColumnFormat& format, Day day) {
  const int second = chance(30) ? 0 : chance(10) ? 86'399 : below(86'400);
  const auto since_1970 = static_cast<double>(day.time_since_epoch().count());
  const double seconds = since_1970 * 86'400 + second;
  static const std::vector<std::string> k_offsets{"", "", "Z", "+02:00", "-05", "+0530", "-11:00"};
  switch (format.kind) {
    case ColumnFormat::Kind::iso:
      if (chance(50)) return add_text(record, to_text(day));
      return add_text(record, to_text(day) + (chance(50) ? "T" : " ") + clock_text(second, true) +
                                  (chance(20) ? ".123" : "") + one_of(k_offsets));
    case ColumnFormat::Kind::pattern: {
      const auto text = written_as(format.pattern, day, second);
      const bool is_digits = text.find_first_not_of("0123456789") == std::string::npos;
      if (is_digits && chance(30)) return record.values.push_back(Value::of(std::int64_t{std::stoll(text)}));
      return add_text(record, chance(10) ? " " + text + "  " : text);
    }
    case ColumnFormat::Kind::epoch_s:
      return add_number(record, seconds);
    case ColumnFormat::Kind::epoch_ms:
      return add_number(record, seconds * 1'000);
    case ColumnFormat::Kind::epoch_us:
      return add_number(record, seconds * 1'000'000);
    case ColumnFormat::Kind::chromium_us:
      return add_number(record, (seconds + 11'644'473'600.0) * 1'000'000);
    case ColumnFormat::Kind::julian_day:
      return add_number(record, since_1970 + 2'440'587.5 + second / 86'400.0);
    case ColumnFormat::Kind::excel_serial:
      return add_number(record, since_1970 + 25'569 + (chance(50) ? 0 : second / 86'400.0));
  }
}

void RecordGenerator::add_odd_value(GeneratedRecord& record) {
  static const std::vector<std::string> k_odd{"",
                                              "  ",
                                              "none",
                                              "0000-00-00",
                                              "0000-00-00 00:00:00",
                                              "00000000",
                                              "1900-01-01",
                                              "01/01/1900",
                                              "1970-01-01",
                                              "1970-01-01T00:00:00Z",
                                              "1970-01-01 00:00:01",
                                              "9999-12-31",
                                              "9999-12-31T23:59:59-05:00",
                                              "99991231",
                                              "31/12/9999",
                                              "2011-11-11",
                                              "20111111",
                                              "1899-12-30",
                                              "0",
                                              "0.0",
                                              "-0",
                                              "60",
                                              "2023-02-30",
                                              "30/02/2023",
                                              "2023-13-01",
                                              "1/2/2023",
                                              "2024-02-29T24:00",
                                              "2024-02-29T10:00:60",
                                              "2024-02-29T10:00:00+0",
                                              "2024-02-29x",
                                              "abc",
                                              "1e9",
                                              "12345678901234567890",
                                              "1979-12-31",
                                              "2300-01-01",
                                              "23000101",
                                              "-1",
                                              "1700000000.",
                                              "2024-02-29T10:00Z "};
  const int choice = below(10);
  if (choice == 0)
    record.values.push_back(Value::of_null());
  else if (choice == 1)
    record.values.push_back(Value::of_blob("2020-01-01"));
  else if (choice == 2)
    record.values.push_back(Value::of(std::int64_t{below(3) - 1}));
  else if (choice == 3)
    record.values.push_back(Value::of(std::nan("")));
  else
    add_text(record, one_of(k_odd));
}

void RecordGenerator::add_event_value(GeneratedRecord& record, const GeneratedTable& table, const EventRule& event) {
  if (chance(15)) return record.values.push_back(Value::of_null());
  if (chance(6)) return add_odd_value(record);
  add_written(record, one_of(event.formats), interesting_day(table));
}

void RecordGenerator::add_status(GeneratedRecord& record) {
  if (chance(10)) return record.values.push_back(Value::of_null());
  add_text(record, one_of(k_statuses));
}

void RecordGenerator::add_any_number(GeneratedRecord& record) {
  const int number = below(5);
  switch (below(6)) {
    case 0:
      return record.values.push_back(Value::of_null());
    case 1:
      return record.values.push_back(Value::of(number + 0.5));
    case 2:
      return add_text(record, fmt::format("{}", number));
    case 3:
      return add_text(record, chance(50) ? "many" : fmt::format("{}.50", number));
    default:
      return record.values.push_back(Value::of(std::int64_t{number}));
  }
}

void RecordGenerator::add_mark(GeneratedRecord& record) {
  switch (below(8)) {
    case 0:
      return add_text(record, "2024-05-06");
    case 1:
      return add_text(record, chance(50) ? "0" : "");
    case 2:
      return record.values.push_back(Value::of(std::int64_t{below(2)}));
    case 3:
      return record.values.push_back(Value::of(chance(50) ? 0.0 : 1.5));
    default:
      return record.values.push_back(Value::of_null());
  }
}

void RecordGenerator::add_secret(GeneratedRecord& record) {
  static const std::vector<std::string> k_secrets{"",
                                                  "-",
                                                  "0",
                                                  "19",
                                                  "1980",
                                                  "1980-02-03",
                                                  "é",
                                                  "éé",
                                                  "éàè",
                                                  "a name",
                                                  "oubli-0123456789abcdef0123456789abcdef",
                                                  "oubli-0123456789ABCDEF0123456789abcdef"};
  switch (below(6)) {
    case 0:
      return record.values.push_back(Value::of_null());
    case 1:
      return record.values.push_back(Value::of(std::int64_t{below(3) * 1'000 - 5}));
    case 2:
      return record.values.push_back(Value::of_blob(chance(50) ? "ab" : "abc"));
    default:
      return add_text(record, one_of(k_secrets));
  }
}

GeneratedRecord RecordGenerator::record(const GeneratedTable& table) {
  GeneratedRecord record;
  for (const EventRule& event : table.rules.events) add_event_value(record, table, event);
  while (record.values.size() < k_most_events) record.values.push_back(Value::of_null());
  add_status(record);
  add_any_number(record);
  add_mark(record);
  add_secret(record);
  for (const PersonalColumn& column : table.rules.personal) {
    const auto slot = std::find(table.rules.columns.begin(), table.rules.columns.end(), column.column);
    record.personal.push_back(record.values[static_cast<std::size_t>(slot - table.rules.columns.begin())]);
  }
  return record;
}

}  // namespace oubli
