#include "source/sqlite/bookkeeping.hpp"

#include "source/sqlite/identifiers.hpp"

#include <nlohmann/json.hpp>

namespace oubli::sqlite {
namespace {

std::string purposes_of(const TableRules& rules, const Judgement& judgement) {
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) {
    if (judgement.purposes[i].state != PurposeState::not_concerned) names.push_back(rules.purposes[i].purpose);
  }
  return names.dump();
}

std::string events_of(const TableRules& rules, const Judgement& judgement) {
  nlohmann::ordered_json events = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < judgement.events.size(); ++i) {
    const auto day = written_day(judgement.events[i]);
    events[full_name(rules.events[i])] = day ? nlohmann::ordered_json(to_text(*day)) : nullptr;
  }
  return events.dump();
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
  entry.purposes = purposes_of(rules, record.judgement);
  entry.events = events_of(rules, record.judgement);
  return entry;
}

}  // namespace oubli::sqlite
