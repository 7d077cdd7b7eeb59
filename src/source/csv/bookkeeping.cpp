#include "source/csv/bookkeeping.hpp"

#include "oubli/model/day.hpp"
#include "source/csv/field_writer.hpp"

#include <fmt/format.h>

#include <utility>

namespace oubli::csv {

namespace {

std::string as_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char byte : text) result.append(byte == '"' ? 2 : 1, byte);
  return result + '"';
}

std::string key_text(std::span<const Value> key) {
  std::string text;
  for (const auto& value : key) {
    if (&value != key.data()) text += ',';
    text += as_field(value.bytes);
  }
  return text;
}

std::string subject_text(const RecordSubject& subject, const ArchiveTarget& target) {
  if (subject.state != RecordSubject::State::known) return {};
  return to_hex(subject_digest(target.digest_key, subject.value));
}

const CsvDialect k_dialect;

std::string joined(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, " ")); }

std::string day_or_state(const EventReading& reading) {
  if (reading.state == EventReading::State::unreadable) return "?";
  const auto day = written_day(reading);
  return day ? to_text(*day) : std::string();
}

std::string events_text(const ArchiveNotes& notes) {
  std::string text;
  for (const auto& [name, reading] : notes.events)
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, day_or_state(reading));
  return text;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) result.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

/// Nothing for what format 1 leaves open: whether the event was missing or unreadable.
std::optional<EventReading> reading_from(std::string_view text, bool tells_unreadable) {
  using State = EventReading::State;
  if (text.empty()) return tells_unreadable ? std::optional(EventReading{State::missing, {}}) : std::nullopt;
  const auto day = day_from_text(text);
  return day ? EventReading{State::known, *day} : EventReading{State::unreadable, {}};
}

std::map<std::string, EventReading> events_from(std::string_view text, bool tells_unreadable) {
  std::map<std::string, EventReading> events;
  for (const std::string& word : words(text)) {
    const std::size_t equals = std::min(word.find('='), word.size() - 1);
    const auto reading = reading_from(std::string_view(word).substr(equals + 1), tells_unreadable);
    if (reading) events.emplace(word.substr(0, equals), *reading);
  }
  return events;
}

}  // namespace

Digest content_digest(std::string_view content) { return sha256(content); }

Bookkeeping::Bookkeeping(const TableRules& rules, const ArchiveTarget& target, std::string source,
                         std::uint64_t replacement)
    : m_rules(rules), m_target(target), m_source(std::move(source)), m_replacement(std::to_string(replacement)) {}

std::string Bookkeeping::line(const JudgedRecord& record, std::string_view content) const {
  const ArchiveNotes notes = notes_of(m_rules, record.judgement);
  return fmt::format("{},{},{},{},{},{},{},{},{},{}\r\n", as_field(m_target.run), as_field(m_source), record.row,
                     as_field(key_text(record.key)), to_hex(content_digest(content)),
                     subject_text(record.subject, m_target), as_field(joined(notes.purposes)),
                     as_field(joined(notes.other_purposes)), as_field(events_text(notes)), m_replacement);
}

ColumnChoice BookkeepingReader::columns() {
  ColumnChoice choice;
  choice.append({"content_sha256", "purposes", "events", "other_purposes", "key", "subject_hmac"});
  return choice;
}

BookkeepingReader::BookkeepingReader(const Folder& folder, TableFile file)
    : m_scan(folder, std::move(file), k_dialect, columns(), Absent::null) {}

void BookkeepingReader::throw_damaged() const {
  throw FileFault("archive file " + m_scan.file().name + " doesn't belong to the records beside it, or is damaged",
                  "restore both from a backup of the archive");
}

void BookkeepingReader::next() {
  if (!m_scan.next(m_line) || m_line.malformed) throw_damaged();
  m_notes.purposes = words(m_line.fields[k_purposes].bytes);
  m_notes.other_purposes = words(m_line.fields[k_other_purposes].bytes);
  m_notes.events = events_from(m_line.fields[k_events].bytes, m_scan.has(k_other_purposes));
}

std::optional<Digest> BookkeepingReader::subject() const {
  const std::string_view text = m_line.fields[k_subject].bytes;
  if (text.empty()) return std::nullopt;
  const auto digest = digest_from_hex(text);
  if (!digest) throw_damaged();
  return digest;
}

std::string BookkeepingReader::rewritten(std::string_view content, bool is_anonymised) const {
  std::vector<FieldText> fields{{m_scan.place_of(k_content), to_hex(content_digest(content))}};
  if (is_anonymised) {
    fields.push_back({m_scan.place_of(k_key), {}});
    fields.push_back({m_scan.place_of(k_subject), {}});
  }
  return FieldWriter(k_dialect).rewritten(m_line.raw, std::move(fields));
}

void BookkeepingReader::require_end() {
  if (m_scan.next(m_line)) throw_damaged();
}

}  // namespace oubli::csv
