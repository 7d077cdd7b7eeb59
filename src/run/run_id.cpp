#include "run/run_id.hpp"

#include "run/ledger_entries.hpp"

#include <fmt/format.h>

#include <random>

namespace oubli {

std::string new_run_id(std::chrono::system_clock::time_point now) {
  auto time = utc_text(now);
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("{}-{:08x}", time, std::random_device{}());
}

std::optional<Day> day_of_run(std::string_view run) {
  constexpr std::size_t k_date = 8;
  if (run.size() < k_date) return std::nullopt;
  return day_from_text(fmt::format("{}-{}-{}", run.substr(0, 4), run.substr(4, 2), run.substr(6, 2)));
}

}  // namespace oubli
