#include "support/oracle_rows.hpp"

#include <algorithm>

namespace oracle {
namespace {

bool is_same(const Field& a, const Field& b) {
  return a.type != '0' && b.type != '0' && a.type == b.type && a.text == b.text && a.integer == b.integer;
}

bool belongs(const Rows& rows, const Record& row, const Field& key) {
  if (!rows.has_between) return is_same(row[rows.points_by], key);
  return std::any_of(rows.between.begin(), rows.between.end(), [&](const Record& between) {
    return is_same(row[rows.points_by], between[rows.between_key]) && is_same(between[rows.between_points_by], key);
  });
}

}  // namespace

Reading said_by_rows(const Rows& rows, const Rules& rules, const Field& key, DayNumber last_plausible) {
  std::vector<Reading> said;
  for (const Record& row : rows.rows) {
    if (!belongs(rows, row, key)) continue;
    const std::string counts = rows.where ? evaluate(*rows.where, row, {}) : "yes";
    if (counts == "unknown") said.push_back({"unreadable", 0});
    if (counts == "yes") said.push_back(read(rows.day, rules, row, last_plausible));
  }
  const auto any = [&](const char* state) {
    return std::any_of(said.begin(), said.end(), [&](const Reading& one) { return one.state == state; });
  };
  if (any("unreadable")) return {"unreadable", 0};
  std::vector<DayNumber> days;
  const bool is_future = any("future");
  for (const Reading& one : said) {
    if (one.state == (is_future ? "future" : "known")) days.push_back(one.day);
  }
  if (days.empty() || (rows.latest && !is_future && any("missing"))) return {"missing", 0};
  std::sort(days.begin(), days.end());
  return {is_future ? "future" : "known", rows.latest ? days.back() : days.front()};
}

}  // namespace oracle
