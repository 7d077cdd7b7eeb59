#include "source/sqlite/archived_keys.hpp"

#include "model/ascii.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace oubli::sqlite {
namespace {

std::string_view without_spaces(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

template <typename Number>
std::optional<Number> number_from(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

/// A whole number as an integer, where one can hold it.
Value number(double real) {
  constexpr double k_limit = 9.2e18;
  const bool is_whole = std::abs(real) < k_limit && std::trunc(real) == real;
  return is_whole ? Value::of(static_cast<std::int64_t>(real)) : Value::of(real);
}

void append_text(std::string& bytes, std::string_view text) {
  const std::string_view trimmed = without_spaces(text);
  if (const auto integer = number_from<std::int64_t>(trimmed)) return append_typed(bytes, Value::of(*integer));
  if (const auto real = number_from<double>(trimmed); real && std::isfinite(*real))
    return append_typed(bytes, number(*real));
  const std::string folded = ascii_lower(text.substr(0, text.find_last_not_of(' ') + 1));
  append_typed(bytes, Value::of(std::string_view(folded)));
}

}  // namespace

RecordKey loose_key(std::span<const Value> values) {
  std::string bytes;
  for (const Value& value : values) {
    if (value.is_null()) return {};
    if (value.type == Value::Type::text)
      append_text(bytes, value.bytes);
    else
      append_typed(bytes, value.type == Value::Type::real ? number(value.real) : value);
  }
  return record_key(std::array{Value::of_blob(bytes)});
}

RecordKey family_key(const Value& run, const Value& family) {
  if (family.bytes.empty()) return {};
  return record_key(std::array{run, family});
}

}  // namespace oubli::sqlite
