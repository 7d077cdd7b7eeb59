#include "oubli/model/value.hpp"

#include "oubli/model/digest.hpp"

#include <fmt/format.h>

namespace oubli {

std::string to_text(const Value& value) {
  switch (value.type) {
    case Value::Type::null:
      return {};
    case Value::Type::integer:
      return fmt::to_string(value.integer);
    case Value::Type::real:
      return fmt::to_string(value.real);
    case Value::Type::text:
      return std::string(value.bytes);
    case Value::Type::blob:
      return "x'" + to_hex({reinterpret_cast<const unsigned char*>(value.bytes.data()), value.bytes.size()}) + "'";
  }
  return {};
}

}  // namespace oubli
