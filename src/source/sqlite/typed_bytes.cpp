#include "source/sqlite/typed_bytes.hpp"

#include "oubli/model/digest.hpp"

#include <bit>
#include <cstdint>

namespace oubli::sqlite {
namespace {

constexpr std::size_t k_word = 8;

void append_word(std::string& bytes, std::uint64_t word) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((word >> shift) & 0xFF);
}

std::uint64_t word_at(std::string_view bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < k_word; ++i) word = word << 8 | static_cast<unsigned char>(bytes[i]);
  return word;
}

std::uint64_t word_of(std::span<const unsigned char, k_word> bytes) {
  std::uint64_t word = 0;
  for (const unsigned char byte : bytes) word = word << 8 | byte;
  return word;
}

Value value_from(Value::Type type, std::string_view bytes) {
  switch (type) {
    case Value::Type::integer:
      return Value::of(static_cast<std::int64_t>(word_at(bytes)));
    case Value::Type::real:
      return Value::of(std::bit_cast<double>(word_at(bytes)));
    case Value::Type::text:
      return Value::of(bytes);
    case Value::Type::blob:
      return Value::of_blob(bytes);
    case Value::Type::null:
      break;
  }
  return Value::of_null();
}

}  // namespace

void append_typed(std::string& bytes, const Value& value) {
  bytes += static_cast<char>(value.type);
  switch (value.type) {
    case Value::Type::null:
      append_word(bytes, 0);
      break;
    case Value::Type::integer:
      append_word(bytes, k_word);
      append_word(bytes, static_cast<std::uint64_t>(value.integer));
      break;
    case Value::Type::real:
      append_word(bytes, k_word);
      append_word(bytes, std::bit_cast<std::uint64_t>(value.real));
      break;
    case Value::Type::text:
    case Value::Type::blob:
      append_word(bytes, value.bytes.size());
      bytes += value.bytes;
      break;
  }
}

std::string typed_bytes(std::span<const Value> values) {
  std::string bytes;
  for (const Value& value : values) append_typed(bytes, value);
  return bytes;
}

std::vector<Value> values_from(std::string_view typed) {
  std::vector<Value> values;
  while (!typed.empty()) {
    const auto type = static_cast<Value::Type>(typed[0]);
    const std::size_t length = word_at(typed.substr(1));
    values.push_back(value_from(type, typed.substr(1 + k_word, length)));
    typed.remove_prefix(1 + k_word + length);
  }
  return values;
}

RecordKey record_key(std::span<const Value> identity) {
  if (identity.empty() || identity.front().is_null()) return {};
  if (identity.size() == 1 && identity.front().type == Value::Type::integer)
    return {0, static_cast<std::uint64_t>(identity.front().integer), false};
  const Digest digest = sha256(typed_bytes(identity));
  const std::span<const unsigned char, 32> bytes(digest);
  return {word_of(bytes.subspan<0, k_word>()), word_of(bytes.subspan<k_word, k_word>()), false};
}

}  // namespace oubli::sqlite
