#include "source/csv/bookkeeping.hpp"

#include "oubli/model/day.hpp"

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

std::string subject_text(const Value& subject, const ArchiveTarget& target) {
  return subject.is_null() ? std::string() : to_hex(hmac_sha256(target.digest_key, subject.bytes));
}

std::string event_name(const EventRule& event) {
  return event.purpose.empty() ? event.name : event.purpose + '.' + event.name;
}

bool has_day(const EventReading& reading) {
  return reading.state == EventReading::State::known || reading.state == EventReading::State::future;
}

}  // namespace

Digest content_digest(std::string_view content) { return sha256(content); }

Bookkeeping::Bookkeeping(const TableRules& rules, RunDays days, const ArchiveTarget& target, std::string source,
                         std::uint64_t replacement)
    : m_rules(rules), m_target(target), m_source(std::move(source)), m_replacement(std::to_string(replacement)) {
  for (const auto& event : rules.events) m_readers.emplace_back(event, rules, days);
}

std::string Bookkeeping::line(const JudgedRecord& record, const Value& data_subject, std::string_view content) const {
  return fmt::format("{},{},{},{},{},{},{},{},{}\r\n", as_field(m_target.run), as_field(m_source), record.row,
                     as_field(key_text(record.key)), to_hex(content_digest(content)),
                     subject_text(data_subject, m_target), as_field(purposes(record.judgement)),
                     as_field(events(record.values)), m_replacement);
}

std::string Bookkeeping::purposes(const Judgement& judgement) const {
  std::string text;
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) {
    if (judgement.purposes[i].state == PurposeState::not_concerned) continue;
    if (!text.empty()) text += ' ';
    text += m_rules.purposes[i].purpose;
  }
  return text;
}

std::vector<EventReading> Bookkeeping::readings(std::span<const Value> values) const {
  std::vector<EventReading> readings;
  for (std::size_t i = 0; i < m_readers.size(); ++i) {
    readings.push_back(m_readers[i].read(values[static_cast<std::size_t>(m_rules.events[i].column)]));
  }
  return readings;
}

std::string Bookkeeping::events(std::span<const Value> values) const {
  const std::vector<EventReading> read = readings(values);
  std::string text;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const EventRule& event = m_rules.events[i];
    if (!text.empty()) text += ' ';
    text += event_name(event) + '=';
    // A state without a date of its own happened only where its condition holds (S11).
    const bool happened = !event.when || evaluate(*event.when, values, read) == Truth::yes;
    if (happened && has_day(read[i])) text += to_text(read[i].day);
  }
  return text;
}

}  // namespace oubli::csv
