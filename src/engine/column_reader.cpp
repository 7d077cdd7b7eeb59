#include "engine/column_reader.hpp"

#include "engine/numbers.hpp"

namespace oubli {

std::string_view trimmed(std::string_view text) {
  if (text.empty() || (text.front() != ' ' && text.back() != ' ')) return text;
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

ColumnReader::ColumnReader(const ColumnFormat& format) : m_kind(format.kind) {
  if (m_kind == ColumnFormat::Kind::pattern) m_shape.emplace(format.pattern);
}

WrittenTime ColumnReader::read(const Value& value, std::string_view text) const {
  switch (m_kind) {
    case ColumnFormat::Kind::iso:
      return read_iso(text);
    case ColumnFormat::Kind::pattern:
      return value.type == Value::Type::integer ? m_shape->read(value.integer) : m_shape->read(text);
    default:
      return read_number(m_kind, value.type == Value::Type::text ? Value::of(text) : value);
  }
}

std::optional<Day> written_day(std::span<const ColumnFormat> formats, const Value& value) {
  const auto text = value.type == Value::Type::text ? trimmed(value.bytes) : std::string_view{};
  for (const ColumnFormat& format : formats) {
    const WrittenTime written = ColumnReader(format).read(value, text);
    if (written.kind != WrittenTime::Kind::unreadable) return written.day;
  }
  return std::nullopt;
}

}  // namespace oubli
