/// Where an event's day is found (S11) and how it is written (I4).
#include "model/ascii.hpp"
#include "policy/config_readers.hpp"
#include "policy/field_readers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

constexpr auto k_formats_hint =
    "write iso, epoch_s, epoch_ms, epoch_us, chromium_us, julian_day, excel_serial or a pattern such as dd/mm/yyyy";

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Patterns of other tools have letters of their own; a year of two digits is refused for good.
std::string format_hint(const std::string& written) {
  const std::string lower = ascii_lower(written);
  if (holds(lower, "%")) return "write dd, mm, yyyy, HH, MM and SS instead of % and a letter";
  if (holds(lower, "yy") && !holds(lower, "yyyy")) return "a year of two digits is ambiguous: export it with four";
  if (holds(written, "YYYY") || holds(written, "DD")) return "write the day as dd, the month as mm, the year as yyyy";
  if (holds(written, "hh") || holds(written, ":mm")) return "write the hour as HH, the minute as MM, the second as SS";
  return k_formats_hint;
}

std::vector<ColumnFormat> read_formats(const Field& one_or_list) {
  std::vector<ColumnFormat> formats;
  for (const auto& item : one_or_list.one_or_more()) {
    const auto text = item.text();
    if (!text) continue;
    const auto format = column_format_from_text(*text);
    if (!format) {
      item.error("format", fmt::format("'{}' is no column format", *text), format_hint(*text));
    } else if (std::find(formats.begin(), formats.end(), *format) != formats.end()) {
      item.error("duplicate", fmt::format("'{}' is listed twice", *text), "list it once");
    } else {
      formats.push_back(*format);
    }
  }
  if (formats.empty()) formats.push_back({});
  return formats;
}

void read_missing_values(const Field& list, EventMapping& event) {
  if (!list) return;
  event.missing_values = list.texts();
  event.default_missing_values = !event.missing_values.empty();
}

/// `interactions.at`.
void read_foreign_column(const Field& field, OtherTable& other) {
  const auto text = field.text();
  if (!text) return;
  const auto dot = text->find('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == text->size()) {
    return field.error("wrong-type", fmt::format("'{}' names no column of another table", *text), "write table.column");
  }
  other.table = {text->substr(0, dot), field.where()};
  other.column = {text->substr(dot + 1), field.where()};
}

/// `orders`, or `{orders: {order_id: id}}`.
std::optional<OtherTable::Via> read_via(const Field& field) {
  if (!field) return std::nullopt;
  if (!field.is_mapping()) return OtherTable::Via{read_name(field), {}};
  const auto entries = field.entries();
  if (entries.size() != 1) {
    field.error("wrong-type", "'via' is one table between both", "write {table: {its column: the other's column}}");
    return std::nullopt;
  }
  const Field& entry = entries.front();
  return OtherTable::Via{{entry.name(), entry.name_where()}, read_column_pairs(entry)};
}

/// `{latest: interactions.at, on: {contact_id: id}, where: …}`.
void read_other_table(Fields& block, const Field& latest, const Field& earliest, const Field& on, EventMapping& event) {
  if (latest && earliest) {
    block.error("conflict", fmt::format("event '{}' is the latest and the earliest", event.event), "keep one of them");
  }
  OtherTable& other = event.other_table.emplace();
  other.pick = latest ? RowPick::latest : RowPick::earliest;
  read_foreign_column(latest ? latest : earliest, other);
  if (!on) block.report_missing("on", "add 'on: {…: …}', the other table's column and this table's");
  other.on = read_column_pairs(on);
  other.via = read_via(block.optional("via"));
  const auto [where, place] = read_condition(block.optional("where"));
  other.where = where;
  other.where_where = place;
}

/// `{when: …, on: first_seen}`.
void read_first_seen(Fields& block, const Field& on, EventMapping& event) {
  constexpr Word<bool> k_seen[] = {{"first_seen", true}};
  event.first_seen = on.one_of(k_seen).value_or(false);
  if (!block.has_own("when")) block.report_missing("when", "add 'when: …', the state whose first sight is the event");
}

void read_source(Fields& block, EventMapping& event) {
  const Field column = block.optional("column");
  const Field latest = block.optional("latest");
  const Field earliest = block.optional("earliest");
  const Field on = block.optional("on");
  if (column) {
    event.column = read_name(column);
    if (!latest && !earliest && !on) return;
    return block.error("conflict", fmt::format("event '{}' has a column and another source", event.event),
                       "keep 'column', or leave it out");
  }
  if (!latest && !earliest && !on) {
    return block.report_missing("column", "add 'column: …', the column that gives its day");
  }
  if (latest || earliest) return read_other_table(block, latest, earliest, on, event);
  read_first_seen(block, on, event);
}

void read_block(Fields& block, EventMapping& event) {
  const auto [when, where] = read_condition(block.optional("when"));
  event.when = when;
  event.when_where = where;
  read_source(block, event);
  event.formats = read_formats(block.optional("format"));
  event.zone = read_timezone(block.optional("zone")).value_or("");
  read_missing_values(block.optional("missing_values"), event);
}

}  // namespace

EventMapping read_event_mapping(const Field& entry) {
  EventMapping event;
  const auto dot = entry.name().find('.');
  event.purpose = dot == std::string::npos ? "" : entry.name().substr(0, dot);
  event.event = dot == std::string::npos ? entry.name() : entry.name().substr(dot + 1);
  event.where = entry.name_where();
  event.formats = {ColumnFormat{}};
  if (entry.is_mapping()) {
    Fields block = entry.fields();
    read_block(block, event);
  } else {
    event.column = read_name(entry);
  }
  return event;
}

}  // namespace oubli
