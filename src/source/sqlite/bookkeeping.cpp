#include "source/sqlite/bookkeeping.hpp"

#include "source/sqlite/identifiers.hpp"

#include <nlohmann/json.hpp>

namespace oubli::sqlite {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* k_unreadable = "unreadable";

Json day_or_state(const EventReading& reading) {
  if (reading.state == EventReading::State::unreadable) return k_unreadable;
  const auto day = written_day(reading);
  return day ? Json(to_text(*day)) : Json(nullptr);
}

std::string events_text(const ArchiveNotes& notes) {
  Json events = Json::object();
  for (const auto& [name, reading] : notes.events) events[name] = day_or_state(reading);
  return events.dump();
}

Json parsed(const Value& text) {
  const Json json = Json::parse(text.bytes, nullptr, false);
  if (json.is_discarded()) throw SQLite::Exception("the bookkeeping of an archived record is damaged");
  return json;
}

std::vector<std::string> names_from(const Value& text) {
  std::vector<std::string> names;
  if (text.is_null()) return names;
  for (const auto& name : parsed(text)) {
    if (name.is_string()) names.push_back(name.get<std::string>());
  }
  return names;
}

/// `names`, unless they are those of the text read before.
void read_names(const Value& text, std::string& before, std::vector<std::string>& names) {
  if (text.bytes == before) return;
  names = names_from(text);
  before = text.bytes;
}

/// Nothing for what format 1 leaves open: whether the event was missing or unreadable.
std::optional<EventReading> reading_from(const Json& noted, bool tells_unreadable) {
  using State = EventReading::State;
  if (noted.is_null()) return tells_unreadable ? std::optional(EventReading{State::missing, {}}) : std::nullopt;
  const auto day = noted.is_string() ? day_from_text(noted.get<std::string>()) : std::nullopt;
  return day ? EventReading{State::known, *day} : EventReading{State::unreadable, {}};
}

Value field(const TableFacts& facts, const ValueStatement& row, const std::string& name) {
  for (std::size_t i = 0; i < facts.schema.columns.size(); ++i) {
    if (same_name(facts.schema.columns[i].name, name)) return row.column(static_cast<int>(i));
  }
  return Value::of_null();
}

std::string key_of(const TableFacts& facts, const TableConfig& config, const ValueStatement& row) {
  std::string text;
  for (const NamedColumn& column : config.key) {
    if (!text.empty()) text += ',';
    text += to_text(field(facts, row, column.name));
  }
  return text;
}

std::optional<Digest> subject_of(const ArchiveTarget& target, const RecordSubject& subject) {
  if (subject.state != RecordSubject::State::known) return std::nullopt;
  return subject_digest(target.digest_key, subject.value);
}

}  // namespace

ArchiveEntry archive_entry(const ArchiveTarget& target, const TableFacts& facts, const TablePass& pass,
                           const JudgedRecord& record, const ValueStatement& row) {
  const TableRules& rules = pass.table->rules;
  ArchiveEntry entry;
  entry.run = target.run;
  entry.table = facts.schema.name;
  entry.key = key_of(facts, pass.table->config, row);
  entry.subject = subject_of(target, record.subject);
  entry.root = pass.table->root;
  const ArchiveNotes notes = notes_of(rules, record.judgement);
  entry.purposes = Json(notes.purposes).dump();
  entry.other_purposes = Json(notes.other_purposes).dump();
  entry.events = events_text(notes);
  return entry;
}

const ArchiveNotes& NotesReader::read(const Value& purposes, const Value& other_purposes, const Value& events) {
  read_names(purposes, m_purposes, m_notes.purposes);
  read_names(other_purposes, m_other_purposes, m_notes.other_purposes);
  const bool tells_unreadable = !other_purposes.is_null();
  const Json days = parsed(events);
  m_notes.events.clear();
  for (const auto& [name, noted] : days.items()) {
    if (const auto reading = reading_from(noted, tells_unreadable)) m_notes.events.emplace(name, *reading);
  }
  return m_notes;
}

}  // namespace oubli::sqlite
