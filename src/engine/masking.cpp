/// Masks are judged by their result: a value that looks masked is left alone, so that nothing is
/// changed twice and a value filled in again is noticed.
#include "oubli/engine/masking.hpp"

#include "engine/column_reader.hpp"
#include "engine/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

constexpr std::string_view k_token_prefix = "oubli-";
constexpr std::size_t k_year_digits = 4;
constexpr std::int64_t k_last_year = 9999;

bool is_number(const Value& value) { return value.type == Value::Type::integer || value.type == Value::Type::real; }

bool is_empty(const Value& value) { return value.is_null() || (!is_number(value) && value.bytes.empty()); }

double real_of(const Value& value) {
  return value.type == Value::Type::integer ? static_cast<double>(value.integer) : value.real;
}

/// The text itself, or the number that a column of numbers made of it.
bool is_text_or_its_number(const std::string& text, const Value& value) {
  if (value.type == Value::Type::text) return value.bytes == text;
  if (!is_number(value)) return false;
  const auto decimal = decimal_from_text(text);
  return decimal && decimal->real() == real_of(value);
}

bool is_year(const Value& value) {
  if (is_number(value)) {
    const double year = real_of(value);
    return year >= 0 && year <= static_cast<double>(k_last_year) && year == static_cast<double>(static_cast<int>(year));
  }
  return value.type == Value::Type::text && value.bytes.size() == k_year_digits &&
         std::ranges::all_of(value.bytes, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_token(const Value& value) {
  const std::string_view text = value.bytes;
  return value.type == Value::Type::text && text.starts_with(k_token_prefix) &&
         text.size() == k_token_prefix.size() + 2 * k_token_bytes &&
         text.find_first_not_of("0123456789abcdef", k_token_prefix.size()) == std::string_view::npos;
}

/// Where the first `length` characters of a text end; bytes of a blob.
std::size_t end_of_first(const Value& value, std::size_t length) {
  if (value.type == Value::Type::blob) return std::min(length, value.bytes.size());
  std::size_t at = 0;
  while (at < value.bytes.size()) {
    const bool starts_character = (static_cast<unsigned char>(value.bytes[at]) & 0xC0U) != 0x80U;
    if (starts_character && length-- == 0) break;
    ++at;
  }
  return at;
}

/// A number as the text of its digits.
Value as_text(const Value& value, std::string& digits) {
  if (!is_number(value)) return value;
  digits = to_text(value);
  return Value::of(std::string_view(digits));
}

bool is_truncated(const Mask& mask, const Value& value) {
  std::string digits;
  const Value text = as_text(value, digits);
  return end_of_first(text, static_cast<std::size_t>(mask.length)) == text.bytes.size();
}

Value truncated(const Mask& mask, const Value& value, std::string& bytes) {
  std::string digits;
  const Value text = as_text(value, digits);
  bytes = text.bytes.substr(0, end_of_first(text, static_cast<std::size_t>(mask.length)));
  return value.type == Value::Type::blob ? Value::of_blob(bytes) : Value::of(std::string_view(bytes));
}

Value year_of(const Mask& mask, const Value& value, std::string& bytes) {
  const auto day = written_day(mask.formats, value);
  if (!day) return Value::of_null();
  bytes = fmt::format("{:04}", static_cast<int>(date::year_month_day{*day}.year()));
  return Value::of(std::string_view(bytes));
}

}  // namespace

bool is_masked(const Mask& mask, const Value& value) {
  if (is_empty(value)) return true;
  switch (mask.kind) {
    case Mask::Kind::null:
      return false;
    case Mask::Kind::constant:
      return is_text_or_its_number(mask.constant, value);
    case Mask::Kind::year_only:
      return is_year(value);
    case Mask::Kind::truncate:
      return is_truncated(mask, value);
    case Mask::Kind::random:
      return is_token(value);
  }
  return false;
}

Value masked(const Mask& mask, const Value& value, std::string_view token, std::string& bytes) {
  switch (mask.kind) {
    case Mask::Kind::null:
      break;
    case Mask::Kind::constant:
      bytes = mask.constant;
      return Value::of(std::string_view(bytes));
    case Mask::Kind::year_only:
      return year_of(mask, value, bytes);
    case Mask::Kind::truncate:
      return truncated(mask, value, bytes);
    case Mask::Kind::random:
      bytes = token;
      return Value::of(std::string_view(bytes));
  }
  return Value::of_null();
}

std::string random_token_of(std::string_view random_bytes) {
  std::string token(k_token_prefix);
  for (const char byte : random_bytes) token += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return token;
}

}  // namespace oubli
