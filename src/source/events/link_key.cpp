#include "source/events/link_key.hpp"

#include "oubli/model/digest.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstring>

namespace oubli::events {
namespace {

using Affinity = KeyComparison::Affinity;
using Collation = KeyComparison::Collation;

constexpr double k_exact = 9007199254740992.0;  // 2^53

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view k_spaces = " \t\n\v\f\r";
  const auto begin = text.find_first_not_of(k_spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(k_spaces) + 1 - begin);
}

/// The number a text is taken for where numbers are compared, as SQLite takes it.
Value number_of(const Value& value) {
  if (value.type != Value::Type::text) return value;
  std::string_view text = trimmed(value.bytes);
  if (text.starts_with('+')) text.remove_prefix(1);
  // from_chars also reads names such as inf.
  if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return value;
  const char* const end = text.data() + text.size();
  std::int64_t integer = 0;
  if (const auto read = std::from_chars(text.data(), end, integer); read.ec == std::errc() && read.ptr == end)
    return Value::of(integer);
  double real = 0;
  if (const auto read = std::from_chars(text.data(), end, real); read.ec == std::errc() && read.ptr == end)
    return Value::of(real);
  return value;
}

std::string number_text(const Value& value) {
  if (value.type == Value::Type::integer) return std::to_string(value.integer);
  const bool is_integral = std::trunc(value.real) == value.real && std::abs(value.real) <= k_exact;
  return is_integral ? std::to_string(static_cast<std::int64_t>(value.real)) : fmt::format("{}", value.real);
}

/// As SQLite writes a number where texts are compared.
std::string written(const Value& value) {
  if (value.type == Value::Type::integer) return std::to_string(value.integer);
  std::string text = fmt::format("{:.15g}", value.real);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string collated(std::string text, Collation collation) {
  if (collation == Collation::rtrim) text.erase(text.find_last_not_of(' ') + 1);
  if (collation == Collation::nocase) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

bool is_number(const Value& value) { return value.type == Value::Type::integer || value.type == Value::Type::real; }

void append(std::string& bytes, char tag, const std::string& text) {
  bytes += fmt::format("{}{}:", tag, text.size());
  bytes += text;
}

void append(std::string& bytes, const Value& field, const KeyComparison& how) {
  const Value value = how.affinity == Affinity::numeric ? number_of(field) : field;
  if (is_number(value) && how.affinity != Affinity::text) return append(bytes, 'n', number_text(value));
  if (value.type == Value::Type::blob) return append(bytes, 'b', std::string(value.bytes));
  append(bytes, 't', collated(is_number(value) ? written(value) : std::string(value.bytes), how.collation));
}

}  // namespace

std::optional<std::string> link_key(std::span<const Value> values, std::span<const KeyComparison> comparisons) {
  std::string bytes;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].is_null()) return std::nullopt;
    append(bytes, values[i], i < comparisons.size() ? comparisons[i] : KeyComparison{});
  }
  return bytes;
}

std::optional<std::string> link_key(std::span<const Value> values) { return link_key(values, {}); }

std::string content_of(std::span<const Value> values) {
  std::string bytes;
  for (const Value& value : values) {
    if (value.is_null()) {
      bytes += '-';
    } else {
      append(bytes, value, {});
    }
  }
  return bytes;
}

RecordKey digest_of(std::string_view link_key) {
  const Digest digest = sha256(link_key);
  RecordKey key{0, 0, false};
  std::memcpy(&key.high, digest.data(), sizeof key.high);
  std::memcpy(&key.low, digest.data() + sizeof key.high, sizeof key.low);
  return key;
}

}  // namespace oubli::events
