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

std::string subject_text(const RecordSubject& subject, const ArchiveTarget& target) {
  if (subject.state != RecordSubject::State::known) return {};
  return to_hex(subject_digest(target.digest_key, subject.value));
}

}  // namespace

Digest content_digest(std::string_view content) { return sha256(content); }

Bookkeeping::Bookkeeping(const TableRules& rules, const ArchiveTarget& target, std::string source,
                         std::uint64_t replacement)
    : m_rules(rules), m_target(target), m_source(std::move(source)), m_replacement(std::to_string(replacement)) {}

std::string Bookkeeping::line(const JudgedRecord& record, std::string_view content) const {
  return fmt::format("{},{},{},{},{},{},{},{},{}\r\n", as_field(m_target.run), as_field(m_source), record.row,
                     as_field(key_text(record.key)), to_hex(content_digest(content)),
                     subject_text(record.subject, m_target), as_field(purposes(record.judgement)),
                     as_field(events(record.judgement)), m_replacement);
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

std::string Bookkeeping::events(const Judgement& judgement) const {
  std::string text;
  for (std::size_t i = 0; i < judgement.events.size(); ++i) {
    if (!text.empty()) text += ' ';
    text += full_name(m_rules.events[i]) + '=';
    if (const auto day = written_day(judgement.events[i])) text += to_text(*day);
  }
  return text;
}

}  // namespace oubli::csv
