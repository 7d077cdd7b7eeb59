#include "run/limits.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

constexpr std::int64_t k_small_table_rows = 50;
constexpr std::int64_t k_small_table_records = 10;
constexpr auto k_hint_share =
    "read `oubli scan`; if this is right, allow it once with --allow-share, or take the oldest with --catch-up N";
constexpr auto k_hint_records =
    "read `oubli scan`; if this is right, allow it once with --allow-records, or take the oldest with --catch-up N";

/// What is to become of the records that are counted.
std::string_view fate(const TableTally& tally) { return tally.to_rewrite() > 0 ? "would go or change" : "would go"; }

std::optional<Refusal> share_refusal(const TableTally& tally, std::int64_t changes, double max_share, Side side) {
  if (max_share >= 1) return std::nullopt;
  const std::int64_t rows = tally.rows;
  if (rows >= k_small_table_rows) {
    const auto share = static_cast<double>(changes) / static_cast<double>(rows);
    if (share <= max_share) return std::nullopt;
    return Refusal{"max-share",
                   fmt::format("{} of {} records ({:.1f} %) {}, more than max_share allows ({:.1f} %)", changes, rows,
                               share * 100, fate(tally), max_share * 100),
                   k_hint_share};
  }
  if (changes > k_small_table_records) {
    return Refusal{"small-table",
                   fmt::format("{} of {} records {}, more than {} in a table this small", changes, rows, fate(tally),
                               k_small_table_records),
                   k_hint_share};
  }
  if (changes == rows && side == Side::live) {
    return Refusal{"small-table", fmt::format("{} {}", rows == 1 ? "the only record" : fmt::format("all {} records", rows), fate(tally)), k_hint_share};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> refusal(const TableTally& tally, const Limits& limits, const Allowances& allowed, Side side,
                               std::int64_t not_counted) {
  const auto changes = tally.to_change() - not_counted;
  if (changes == 0 || allowed.catch_up) return std::nullopt;
  if (!allowed.share) {
    if (auto over = share_refusal(tally, changes, limits.max_share, side)) return over;
  }
  if (!allowed.records && changes > limits.max_records) {
    return Refusal{
        "max-records",
        fmt::format("{} records {}, more than max_records allows ({})", changes, fate(tally), limits.max_records),
        k_hint_records};
  }
  return std::nullopt;
}

}  // namespace oubli
