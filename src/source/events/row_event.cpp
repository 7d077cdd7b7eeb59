#include "source/events/row_event.hpp"

#include "engine/row_fold.hpp"
#include "oubli/engine/decide.hpp"
#include "source/events/link_key.hpp"

#include <algorithm>

namespace oubli::events {
namespace {

using State = EventReading::State;

Day last_plausible_day(const EventRule& event, RunDays days) {
  return event.kind == EventKind::planned ? Day::max() : std::max(days.as_of, days.clock) + date::days{1};
}

std::vector<std::string> key_columns(const RuledTable& table, const OtherTableRule& rule) {
  std::vector<std::string> names;
  for (const int slot : rule.key) names.push_back(table.rules.columns.at(static_cast<std::size_t>(slot)));
  return names;
}

std::vector<std::string> link_columns(const OtherTableRule& rule) {
  const auto first = rule.columns.begin() + 1;
  return {first, first + static_cast<std::ptrdiff_t>(rule.links)};
}

Relation row_relation(const RuledTable& table, const OtherTableRule& rule) {
  if (rule.via) return {rule.table, link_columns(rule), rule.via->table, rule.via->linked, false};
  return {rule.table, link_columns(rule), table.root, key_columns(table, rule), false};
}

Relation record_relation(const RuledTable& table, const OtherTableRule& rule) {
  if (!rule.via) return row_relation(table, rule);
  return {rule.via->table, rule.via->link, table.root, key_columns(table, rule), false};
}

/// True for an event whose absence lets a record go sooner: that it was never opened, that nothing
/// voided its end, that nobody agreed on a later last day.
bool keeps_by_being_known(const RuledTable& table, const EventRule& event) {
  const auto index = static_cast<int>(&event - table.rules.events.data());
  return std::ranges::any_of(table.rules.purposes, [&](const PurposeRule& purpose) {
    return purpose.unless_since == index || (purpose.never_opened && purpose.never_opened->opened == index) ||
           (purpose.last_day_override && purpose.last_day_override->last_day == index);
  });
}


}  // namespace

RowEvent::RowEvent(const RuledTable& table, const EventRule& event, RunDays days, const EventContext& context)
    : m_rule(*event.other_table),
      m_context(context),
      m_reader(event, table.rules, days),
      m_needs_a_day(keeps_by_being_known(table, event)),
      m_last_plausible(last_plausible_day(event, days)),
      m_rows_name("rows for " + table.root + '.' + full_name(event)),
      m_between_name("rows between for " + table.root + '.' + full_name(event)),
      m_row_link(context.rows->comparisons(row_relation(table, m_rule))),
      m_record_link(context.rows->comparisons(record_relation(table, m_rule))) {}

// ---------------------------------------------------------------- keys

std::optional<std::string> RowEvent::key_of_row(std::span<const Value> row) const {
  return link_key(row.subspan(1, m_rule.links), m_row_link);
}

std::optional<std::string> RowEvent::linked_key(std::span<const Value> between) const {
  return link_key(between.first(m_rule.links), m_row_link);
}

std::optional<std::string> RowEvent::key_of_between(std::span<const Value> between) const {
  return link_key(between.subspan(m_rule.links), m_record_link);
}

std::optional<std::string> RowEvent::key_of_record(std::span<const Value> record) const {
  std::vector<Value> values;
  for (const int slot : m_rule.key) values.push_back(record[static_cast<std::size_t>(slot)]);
  return link_key(values, m_record_link);
}

// ---------------------------------------------------------------- rows

std::optional<EventReading> RowEvent::read_row(std::span<const Value> row) const {
  if (m_rule.where) {
    const Truth counts = evaluate(*m_rule.where, row, {});
    if (counts == Truth::no) return std::nullopt;
    // It may be the one that keeps the record.
    if (counts == Truth::unknown) return EventReading{State::unreadable, {}};
  }
  const EventReading reading = m_reader.read(row.front());
  const bool says_too_little = m_needs_a_day && reading.state == State::missing;
  return says_too_little ? EventReading{State::unreadable, {}} : reading;
}

void RowEvent::build_rows(Side side) {
  m_context.rows->for_each_row(m_rule.table, m_rule.columns, side, [&](std::span<const Value> row) {
    if (row.empty()) m_has_malformed = true;
    if (row.empty()) return;
    const auto key = key_of_row(row);
    const auto reading = key ? read_row(row) : std::nullopt;
    if (reading) m_rows->add(digest_of(*key), *reading);
  });
}

void RowEvent::build_between(Side side) {
  m_context.rows->for_each_row(m_rule.via->table, columns(Role::between), side, [&](std::span<const Value> row) {
    if (row.empty()) m_has_malformed = true;
    if (row.empty()) return;
    const auto linked = linked_key(row);
    const auto key = key_of_between(row);
    const auto said = linked && key ? said_by_rows(*linked) : std::nullopt;
    if (said) m_records->add(digest_of(*key), *said);
  });
}

void RowEvent::build() {
  m_has_malformed = false;
  m_rows.emplace(m_rule.pick, m_context.folder, m_context.most_keys);
  for (const Side side : {Side::live, Side::archive}) build_rows(side);
  if (!m_rule.via) return;
  m_records.emplace(m_rule.pick, m_context.folder, m_context.most_keys);
  for (const Side side : {Side::live, Side::archive}) build_between(side);
}

void RowEvent::forget() {
  m_rows.reset();
  m_records.reset();
}

void RowEvent::prepare() {
  if (!m_rows) build();
}

// ---------------------------------------------------------------- memory

bool RowEvent::is_remembered(const std::string& name) const {
  return m_context.memory != nullptr && m_context.memory->has(name);
}

std::optional<Recollection> RowEvent::remembered(const std::string& name, const std::string& key) const {
  if (!is_remembered(name)) return std::nullopt;
  auto found = m_context.memory->find(name, key);
  if (!found) return found;
  EventReading& reading = found->reading;
  if (reading.state == State::known || reading.state == State::future) {
    reading.state = reading.day > m_last_plausible ? State::future : State::known;
  }
  return found;
}

// In doubt whether what is remembered is this record's or another's, the later day keeps longer; without any
// row of its own nobody knows.
std::optional<EventReading> RowEvent::with_remembered(std::optional<EventReading> said, const std::string& name,
                                                      const std::string& key) const {
  const auto found = remembered(name, key);
  if (!found) return said;
  if (!said) return found->is_in_doubt ? EventReading{State::unreadable, {}} : found->reading;
  return folded(found->is_in_doubt ? RowPick::latest : m_rule.pick, *said, found->reading);
}

std::optional<EventReading> RowEvent::said_by_rows(const std::string& key) const {
  return with_remembered(m_rows->find(digest_of(key)), m_rows_name, key);
}

EventReading RowEvent::of(std::span<const Value> record) {
  const auto key = key_of_record(record);
  if (!key) return {};
  prepare();
  if (m_has_malformed) return {State::unreadable, {}};
  const auto said = m_rule.via ? with_remembered(m_records->find(digest_of(*key)), m_between_name, *key)
                               : said_by_rows(*key);
  return said.value_or(EventReading{});
}

// ---------------------------------------------------------------- removals

bool RowEvent::has_role(Role role, const std::string& table) const {
  return role == Role::gives ? m_rule.table == table : m_rule.via && m_rule.via->table == table;
}

std::vector<std::string> RowEvent::columns(Role role) const {
  if (role == Role::gives) return m_rule.columns;
  std::vector<std::string> names = m_rule.via->linked;
  names.insert(names.end(), m_rule.via->link.begin(), m_rule.via->link.end());
  return names;
}

std::optional<RememberedReading> RowEvent::said_by(Role role, std::span<const Value> row) {
  const bool gives = role == Role::gives;
  const auto key = gives ? key_of_row(row) : key_of_between(row);
  if (!key) return std::nullopt;
  if (!gives) prepare();
  const auto linked = gives ? std::nullopt : linked_key(row);
  auto said = gives ? read_row(row) : linked ? said_by_rows(*linked) : std::nullopt;
  if (!said) return std::nullopt;
  const std::string& name = gives ? m_rows_name : m_between_name;
  return RememberedReading{name, *key, m_rule.pick, *with_remembered(said, name, *key)};
}

void RowEvent::part(Role role, std::span<const Value> row, Parting& parting) {
  if (auto said = said_by(role, row)) parting.said.push_back(std::move(*said));
  if (role == Role::gives || !is_remembered(m_rows_name)) return;
  if (auto key = linked_key(row)) parting.left.push_back({m_rows_name, std::move(*key)});
}

void RowEvent::part_record(std::span<const Value> record, Parting& parting) const {
  if (auto key = key_of_record(record)) parting.left.push_back({name_of_records(), std::move(*key)});
}

// ---------------------------------------------------------------- what is of use

void RowEvent::begin_pass() {
  for (const std::string& name : {m_rows_name, m_between_name}) {
    if (is_remembered(name)) m_context.memory->begin_pass(name);
  }
  if (!m_rule.via || !is_remembered(m_rows_name)) return;
  for (const Side side : {Side::live, Side::archive}) {
    m_context.rows->for_each_row(m_rule.via->table, columns(Role::between), side, [&](std::span<const Value> row) {
      const auto key = row.empty() ? std::nullopt : linked_key(row);
      if (key) m_context.memory->meet(m_rows_name, *key, content_of(row));
    });
  }
}

void RowEvent::meet(std::span<const Value> record, std::string_view content) {
  if (!is_remembered(name_of_records())) return;
  if (const auto key = key_of_record(record)) m_context.memory->meet(name_of_records(), *key, content);
}

void RowEvent::end_pass(Day today, bool is_whole) {
  for (const std::string& name : {m_rows_name, m_between_name}) {
    if (is_remembered(name)) m_context.memory->end_pass(name, today, is_whole);
  }
}

}  // namespace oubli::events
