#include "source/csv/packed_values.hpp"

#include <cstdint>
#include <cstring>
#include <limits>

namespace oubli::csv {

namespace {

constexpr std::uint32_t k_null = std::numeric_limits<std::uint32_t>::max();

}  // namespace

std::string packed(std::span<const Value> values) {
  std::string bytes;
  for (const auto& value : values) {
    const std::uint32_t length = value.is_null() ? k_null : static_cast<std::uint32_t>(value.bytes.size());
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    bytes.append(value.bytes);
  }
  return bytes;
}

void unpack(std::string_view packed, std::vector<Value>& values) {
  values.clear();
  while (!packed.empty()) {
    std::uint32_t length = 0;
    std::memcpy(&length, packed.data(), sizeof length);
    packed.remove_prefix(sizeof length);
    values.push_back(length == k_null ? Value::of_null() : Value::of(packed.substr(0, length)));
    if (length != k_null) packed.remove_prefix(length);
  }
}

}  // namespace oubli::csv
