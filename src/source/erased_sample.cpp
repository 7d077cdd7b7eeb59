#include "source/erased_sample.hpp"

#include <iterator>

namespace oubli {

namespace {

constexpr std::uint64_t k_fnv_start = 0xCBF29CE484222325ULL;
constexpr std::uint64_t k_fnv_prime = 0x100000001B3ULL;

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t hash = k_fnv_start ^ seed;
  for (const unsigned char byte : bytes) hash = (hash ^ byte) * k_fnv_prime;
  // FNV leaves its high bits, by which values are compared, to the last few bytes: stir them once more.
  hash ^= hash >> 33U;
  hash *= 0xFF51AFD7ED558CCDULL;
  return hash ^ (hash >> 33U);
}

}  // namespace

void ErasedSample::seed(std::string_view run) {
  m_seed = hash_of(run, 0);
  m_chosen.clear();
}

void ErasedSample::add(std::string_view value) {
  if (value.size() < k_fewest_bytes) return;
  const std::uint64_t hash = hash_of(value, m_seed);
  if (m_chosen.size() == k_most && hash >= m_chosen.rbegin()->first) return;
  m_chosen.try_emplace(hash, value);
  if (m_chosen.size() > k_most) m_chosen.erase(std::prev(m_chosen.end()));
}

std::vector<std::string> ErasedSample::values() const {
  std::vector<std::string> values;
  for (const auto& [hash, value] : m_chosen) values.push_back(value);
  return values;
}

}  // namespace oubli
