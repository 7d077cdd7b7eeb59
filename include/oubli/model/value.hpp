/// One field of a record, as its source holds it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oubli {

/// A typed view of one field. Text and blob bytes belong to the source and live as long as the
/// record they came with. Text is UTF-8 whatever the source's own encoding.
struct Value {
  enum class Type : std::uint8_t { null, integer, real, text, blob };

  Type type = Type::null;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view bytes;

  [[nodiscard]] bool is_null() const { return type == Type::null; }

  static Value of_null() { return {}; }
  static Value of(std::int64_t number) { return {Type::integer, number, 0, {}}; }
  static Value of(double number) { return {Type::real, 0, number, {}}; }
  static Value of(std::string_view text) { return {Type::text, 0, 0, text}; }
  static Value of_blob(std::string_view blob) { return {Type::blob, 0, 0, blob}; }
};

/// The value as a person types it: digits, the text itself, `x'…'` for a blob, nothing for null.
[[nodiscard]] std::string to_text(const Value& value);

}  // namespace oubli
