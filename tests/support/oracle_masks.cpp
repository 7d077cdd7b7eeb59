/// The oracle's masks: what is left of values that nobody may keep.
#include "support/oracle.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace oracle {
namespace {

std::string digits_of(const Field& field) {
  if (field.type == 'i') return std::to_string(field.integer);
  if (field.type != 'r') return field.text;
  char digits[32];
  std::snprintf(digits, sizeof digits, "%g", field.real);
  return digits;
}

bool is_number(const Field& field) { return field.type == 'i' || field.type == 'r'; }

double number_of(const Field& field) { return field.type == 'i' ? static_cast<double>(field.integer) : field.real; }

bool all_among(const std::string& text, const char* allowed) {
  return text.find_first_not_of(allowed) == std::string::npos;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_constant(const Mask& mask, const Field& field) {
  if (field.type == 't') return field.text == mask.constant;
  const bool spells_number = !mask.constant.empty() && all_among(mask.constant, "0123456789");
  return is_number(field) && spells_number && number_of(field) == std::strtod(mask.constant.c_str(), nullptr);
}

bool has_year(const Field& field) {
  if (field.type == 't') return field.text.size() == 4 && all_among(field.text, "0123456789");
  if (!is_number(field)) return false;
  const double year = number_of(field);
  return year >= 0 && year <= 9999 && year == static_cast<double>(static_cast<int>(year));
}

bool holds_nothing_more(const Mask& mask, const Field& field) {
  if (field.type == '0' || (!is_number(field) && field.text.empty())) return true;
  if (mask.kind == "constant") return has_constant(mask, field);
  if (mask.kind == "year") return has_year(field);
  if (mask.kind == "first") {
    return (field.type == 'b' ? field.text.size() : characters(digits_of(field))) <= mask.length;
  }
  if (mask.kind != "random") return false;
  return field.type == 't' && field.text.size() == 38 && field.text.substr(0, 6) == "oubli-" &&
         all_among(field.text.substr(6), "0123456789abcdef");
}

bool any_of(const std::set<int>& some, const std::set<int>& others) {
  return std::any_of(some.begin(), some.end(), [&](int one) { return others.count(one) > 0; });
}

std::set<int> needed(const Rules& rules, const Verdict& verdict) {
  std::set<int> categories;
  for (std::size_t i = 0; i < rules.purposes.size(); ++i) {
    if (verdict.purposes[i].state == "not_concerned") continue;
    for (const int category : rules.purposes[i].categories) {
      if (!verdict.purposes[i].ended_categories.contains(category)) categories.insert(category);
    }
  }
  const bool would_leave = verdict.outcome == "archive" || verdict.outcome == "purge";
  if (would_leave) categories.insert(rules.needed_below.begin(), rules.needed_below.end());
  return categories;
}

}  // namespace

bool is_out_of_scope(const Rules& rules, const Record& record, const Record& personal) {
  if (!rules.mark) return false;
  const Field& mark = record[*rules.mark];
  const bool says_no = mark.type == '0' || (is_number(mark) && number_of(mark) == 0) ||
                       (!is_number(mark) && (mark.text.empty() || mark.text == "0"));
  if (says_no) return false;
  for (const Masked& masked : rules.masked) {
    if (!holds_nothing_more(masked.mask, record[masked.slot])) return false;
  }
  for (std::size_t i = 0; i < personal.size(); ++i) {
    if (!holds_nothing_more(rules.personal[i].anonymised, personal[i])) return false;
  }
  return true;
}

void find_rewrites(const Rules& rules, const Record& personal, Verdict& verdict) {
  const bool anonymises = verdict.outcome == "anonymise";
  const bool left_alone = verdict.outcome == "flag" || verdict.outcome == "unassigned";
  if (!anonymises && (!rules.minimises || left_alone)) return;
  const auto still_needed = needed(rules, verdict);
  for (std::size_t i = 0; i < personal.size(); ++i) {
    const Personal& column = rules.personal[i];
    const bool unneeded = !column.judges && any_of(column.categories, verdict.ended_categories) &&
                          !any_of(column.categories, still_needed);
    if (!anonymises && !unneeded) continue;
    const Mask& mask = anonymises ? column.anonymised : column.minimised;
    if (!holds_nothing_more(mask, personal[i])) verdict.rewrites.insert(i);
  }
}

}  // namespace oracle
