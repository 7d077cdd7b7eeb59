#include "run/record_digest.hpp"

#include "oubli/model/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace oubli {

namespace {

void append_sized(std::string& message, std::string_view bytes) {
  message += fmt::format("{}:", bytes.size());
  message += bytes;
}

// Each with its type and its length: no two rows give the same message.
void append_typed(std::string& message, const Value& value) {
  switch (value.type) {
    case Value::Type::null:
      message += 'n';
      return;
    case Value::Type::integer:
      message += fmt::format("i{},", value.integer);
      return;
    case Value::Type::real:
      message += fmt::format("r{:016x},", std::bit_cast<std::uint64_t>(value.real));
      return;
    case Value::Type::text:
      message += 't';
      break;
    case Value::Type::blob:
      message += 'b';
      break;
  }
  append_sized(message, value.bytes);
}

}  // namespace

RecordDigester::RecordDigester(const Key& key, Side side, const RuledTable& table, std::vector<std::string> columns)
    : m_key(key), m_columns(std::move(columns)) {
  for (const std::string_view part : {std::string_view("oubli.plan/1"), std::string_view(table.rules.dataset),
                                      std::string_view(table.rules.table), to_text(side)}) {
    append_sized(m_begin, part);
  }
}

TablePass RecordDigester::widened(TablePass pass) const {
  pass.more.insert(pass.more.end(), m_columns.begin(), m_columns.end());
  return pass;
}

std::optional<RecordDigest> RecordDigester::of(const JudgedRecord& record, std::string_view fate) const {
  if (record.more.size() < m_columns.size()) return std::nullopt;
  auto message = m_begin;
  append_sized(message, fate);
  for (const Value& value : record.more.last(m_columns.size())) append_typed(message, value);
  const auto whole = hmac_sha256(m_key, message);
  RecordDigest digest{};
  std::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

std::string fate_of_going(const Judgement& judgement) { return std::string(to_text(judgement.outcome)); }

std::string fate_of_rewriting(const TableRules& rules, const Judgement& judgement) {
  if (judgement.outcome == Outcome::anonymise) return std::string(to_text(judgement.outcome));
  std::string fate = "minimise";
  for (const std::size_t column : judgement.rewrites) append_sized(fate, rules.personal[column].column);
  return fate;
}

}  // namespace oubli
