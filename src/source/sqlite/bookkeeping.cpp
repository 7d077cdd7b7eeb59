#include "source/sqlite/bookkeeping.hpp"

#include "oubli/engine/decide.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <span>

namespace oubli::sqlite {
namespace {

std::string purposes_of(const TableRules& rules, const Judgement& judgement) {
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) {
    if (judgement.purposes[i].state != PurposeState::not_concerned) names.push_back(rules.purposes[i].purpose);
  }
  return names.dump();
}

std::string full_name(const EventRule& event) {
  return event.purpose.empty() ? event.name : event.purpose + '.' + event.name;
}

/// `decide` reads every event once per purpose, each time alike: the first one's readings serve.
std::string events_of(const TableRules& rules, std::span<const Value> values, RunDays days) {
  const Decision decision = decide(rules, values, days);
  nlohmann::ordered_json events = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < rules.events.size() && !decision.purposes.empty(); ++i) {
    const EventReading& reading = decision.purposes.front().events.at(i);
    const bool has_day = reading.state == EventReading::State::known || reading.state == EventReading::State::future;
    events[full_name(rules.events[i])] = has_day ? nlohmann::ordered_json(to_text(reading.day)) : nullptr;
  }
  return events.dump();
}

Value field(const TableFacts& facts, const ValueStatement& row, const std::string& name) {
  for (std::size_t i = 0; i < facts.schema.columns.size(); ++i) {
    if (same_name(facts.schema.columns[i].name, name)) return row.column(static_cast<int>(i));
  }
  return Value::of_null();
}

std::string as_text(const Value& value) {
  switch (value.type) {
    case Value::Type::integer:
      return fmt::to_string(value.integer);
    case Value::Type::real:
      return fmt::to_string(value.real);
    case Value::Type::text:
      return std::string(value.bytes);
    case Value::Type::blob: {
      const auto* const bytes = reinterpret_cast<const unsigned char*>(value.bytes.data());
      return to_hex({bytes, value.bytes.size()});
    }
    case Value::Type::null:
      break;
  }
  return {};
}

std::string key_of(const TableFacts& facts, const TableConfig& config, const ValueStatement& row) {
  std::string text;
  for (const NamedColumn& column : config.key) {
    if (!text.empty()) text += ',';
    text += as_text(field(facts, row, column.name));
  }
  return text;
}

std::optional<Digest> subject_of(const ArchiveTarget& target, const TableFacts& facts, const TableConfig& config,
                                 const ValueStatement& row) {
  if (!config.data_subject) return std::nullopt;
  const Value subject = field(facts, row, config.data_subject->name);
  if (subject.is_null()) return std::nullopt;
  return hmac_sha256(target.digest_key, typed_bytes({&subject, 1}));
}

}  // namespace

ArchiveEntry archive_entry(const ArchiveTarget& target, const TableFacts& facts, const TablePass& pass,
                           const JudgedRecord& record, const ValueStatement& row) {
  const TableRules& rules = pass.table->rules;
  ArchiveEntry entry;
  entry.run = target.run;
  entry.table = facts.schema.name;
  entry.key = key_of(facts, pass.table->config, row);
  entry.subject = subject_of(target, facts, pass.table->config, row);
  entry.purposes = purposes_of(rules, record.judgement);
  entry.events = events_of(rules, record.values, pass.matcher->days());
  return entry;
}

}  // namespace oubli::sqlite
