#include "source/rewrite.hpp"

#include "oubli/engine/masking.hpp"

#include <random>

namespace oubli {

namespace {

std::string random_token() {
  std::random_device device;  // the kernel's generator
  std::string bytes;
  while (bytes.size() < k_token_bytes) bytes.push_back(static_cast<char>(device()));
  return random_token_of(bytes);
}

const Mask& mask_of(const PersonalColumn& column, Outcome outcome) {
  return outcome == Outcome::anonymise ? column.anonymised : column.minimised;
}

}  // namespace

std::span<const NewField> RecordRewrite::of(const JudgedRecord& record) {
  const Outcome outcome = record.judgement.outcome;
  m_fields.clear();
  // Values point into their own fields, which therefore must not move.
  m_fields.reserve(record.judgement.rewrites.size() + 1);
  for (const std::size_t i : record.judgement.rewrites) {
    const PersonalColumn& column = m_rules.personal[i];
    NewField& field = m_fields.emplace_back(NewField{column.column, &mask_of(column, outcome)});
    const std::string token = field.mask->kind == Mask::Kind::random ? random_token() : std::string();
    field.value = masked(*field.mask, record.facts.personal[i], token, field.bytes);
  }
  if (outcome == Outcome::anonymise && !m_rules.mark.empty()) {
    NewField& mark = m_fields.emplace_back(NewField{m_rules.mark});
    mark.bytes = to_text(m_days.as_of);
    mark.value = Value::of(std::string_view(mark.bytes));
  }
  return m_fields;
}

void RecordRewrite::count(const JudgedRecord& record, TableChange& change) const {
  ++(record.judgement.outcome == Outcome::anonymise ? change.anonymised : change.minimised);
  for (const std::size_t i : record.judgement.rewrites) ++change.columns[m_rules.personal[i].column];
}

std::vector<std::string> rewritable_columns(const TableRules& rules) {
  std::vector<std::string> columns;
  for (const PersonalColumn& column : rules.personal) columns.push_back(column.column);
  if (!rules.mark.empty()) columns.push_back(rules.mark);
  return columns;
}

}  // namespace oubli
