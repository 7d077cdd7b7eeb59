#include "source/csv/structure.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace oubli::csv {

namespace {

struct NamedSimd {
  std::string_view name;
  Simd simd;
};
constexpr std::array<NamedSimd, 3> k_simds{{{"avx2", Simd::avx2}, {"sse2", Simd::sse2}, {"scalar", Simd::scalar}}};

// Bit counting came with AVX2's machines, too, but has flags of its own.
bool machine_has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
         __builtin_cpu_supports("popcnt") != 0;
#else
  return false;
#endif
}

Simd widest() {
  for (const auto& each : k_simds) {
    if (is_available(each.simd)) return each.simd;
  }
  return Simd::scalar;
}

// The one thing here that the process chooses for all files; it changes no result.
Simd& simd_of_process() {
  static Simd simd = widest();
  return simd;
}

}  // namespace

bool is_available(Simd simd) { return finder(simd) != nullptr && (simd != Simd::avx2 || machine_has_avx2()); }

FindStructure finder(Simd simd) {
  switch (simd) {
    case Simd::scalar:
      return scalar_finder();
    case Simd::sse2:
      return sse2_finder();
    case Simd::avx2:
      return avx2_finder();
  }
  return nullptr;
}

Simd chosen_simd() { return simd_of_process(); }

void use_simd(std::string_view name) {
  const auto found = std::ranges::find_if(
      k_simds, [&](const NamedSimd& each) { return each.name == name && is_available(each.simd); });
  if (found == k_simds.end()) {
    throw Error(Cause::usage, "OUBLI_SIMD: this machine can't read with " + std::string(name),
                "unset it, or write scalar, sse2 or avx2");
  }
  simd_of_process() = found->simd;
}

}  // namespace oubli::csv
