/// What every fuzz target has in common: bytes in, and a stop with a message where something isn't as promised.
///
/// With clang, libFuzzer makes up the bytes (run.sh). Everywhere else `replay.cpp` reads them from files, so
/// that each target is compiled and runs over its corpus with the other tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// libFuzzer's own name for it. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace oubli::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A fuzzer takes the abort for a finding and keeps the bytes.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

}  // namespace oubli::fuzz
