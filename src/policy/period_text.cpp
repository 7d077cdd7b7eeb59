/// Periods as people write them (S2): `6 years 6 months`, or ISO 8601's `P6Y6M`. Both are taken
/// apart into the same parts, then added up and checked alike.
#include "oubli/policy/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace oubli {
namespace {

constexpr int k_most_years = 1000;
constexpr auto k_example = "write a number and a unit: 3 years, 6 years 6 months, P13M";

struct Token {
  std::string_view text;
  int offset = 0;
};

/// `3 years`, or the `3Y` of `P3Y`.
struct Part {
  Token number;
  Token unit;
};

struct Unit {
  std::string_view singular;
  std::string_view plural;
  char iso;
  int Period::*amount;
  int in_a_thousand_years;
};

// From the longest to the shortest, the order in which a period is written.
constexpr std::array<Unit, 4> k_units{{
    {"year", "years", 'Y', &Period::years, k_most_years},
    {"month", "months", 'M', &Period::months, k_most_years * 12},
    {"week", "weeks", 'W', &Period::weeks, k_most_years * 52},
    {"day", "days", 'D', &Period::days, k_most_years * 365},
}};

/// Words that nearly were a unit, and the unit to offer; empty: there is none.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> k_other_units{{
    {"y", "years"},
    {"m", "months"},
    {"w", "weeks"},
    {"d", "days"},
    {"an", "years"},
    {"ans", "years"},
    {"mois", "months"},
    {"semaine", "weeks"},
    {"semaines", "weeks"},
    {"jour", "days"},
    {"jours", "days"},
    {"année", "years"},
    {"hour", ""},
    {"hours", ""},
    {"minute", ""},
    {"minutes", ""},
    {"second", ""},
    {"seconds", ""},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

Complaint complain(const char* code, const Token& at, std::string message, std::string hint) {
  return {code, std::move(message), std::move(hint), at.offset, std::max(1, static_cast<int>(at.text.size()))};
}

std::vector<Token> split_at_spaces(std::string_view text) {
  std::vector<Token> tokens;
  for (auto start = text.find_first_not_of(' '); start != std::string_view::npos;) {
    const auto end = std::min(text.find(' ', start), text.size());
    tokens.push_back({text.substr(start, end - start), static_cast<int>(start)});
    start = text.find_first_not_of(' ', end);
  }
  return tokens;
}

/// Why this isn't a whole number.
Complaint complain_of_number(const Token& number) {
  const auto text = number.text;
  if (text.front() == '-') return complain("period", number, fmt::format("'{}' is negative", text), k_example);
  if (text.find_first_of(".,/") != std::string_view::npos && is_digit(text.front())) {
    return complain("period", number, fmt::format("'{}' is not a whole number", text),
                    "write 1 year 6 months, not 1.5 years");
  }
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0) {
    return complain("period", number, fmt::format("'{}' runs a number and a unit together", text),
                    fmt::format("put a space between them: {} {}", text.substr(0, digits), text.substr(digits)));
  }
  return complain("period", number, fmt::format("'{}' is not a number", text), k_example);
}

Complaint complain_of_unit(const Token& unit) {
  const auto message = fmt::format("'{}' is not a unit of a retention period", unit.text);
  const auto other = std::find_if(k_other_units.begin(), k_other_units.end(),
                                  [&](const auto& known) { return known.first == unit.text; });
  if (other != k_other_units.end() && other->second.empty()) {
    return complain("period-unit", unit, message, "write whole years, months, weeks or days");
  }
  const std::string nearest = other != k_other_units.end()
                                  ? std::string(other->second)
                                  : nearest_word(unit.text, {"years", "months", "weeks", "days"});
  return complain("period-unit", unit, message,
                  nearest.empty() ? "write years, months, weeks or days" : fmt::format("did you mean '{}'?", nearest));
}

/// `PT6M` is what a programmer writes for six months, and means six minutes.
Complaint complain_of_time(const Token& whole) {
  const auto amount = whole.text.substr(2, whole.text.size() - 3);
  if (whole.text.substr(0, 2) == "PT" && is_digits(amount) && whole.text.back() == 'M') {
    return complain("period-unit", whole, fmt::format("{} is {} minutes, not a retention period", whole.text, amount),
                    fmt::format("write P{}M for {} months", amount, amount));
  }
  return complain("period-unit", whole,
                  fmt::format("{} counts hours, minutes or seconds, not a retention period", whole.text),
                  "write whole years, months, weeks or days");
}

using Parts = std::variant<std::vector<Part>, Complaint>;

Parts parts_of_words(std::string_view text) {
  const auto tokens = split_at_spaces(text);
  if (tokens.empty()) return complain("period", {text, 0}, "a period is missing", k_example);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < tokens.size(); i += 2) {
    if (!is_digits(tokens[i].text)) return complain_of_number(tokens[i]);
    if (i + 1 == tokens.size()) {
      const auto number = tokens[i].text;
      return complain("period-unit", tokens[i], fmt::format("'{}' has no unit", number),
                      fmt::format("write {} years, {} months, {} weeks or {} days", number, number, number, number));
    }
    parts.push_back({tokens[i], tokens[i + 1]});
  }
  return parts;
}

Parts parts_of_iso(const Token& whole) {
  if (whole.text.find('T') != std::string_view::npos) return complain_of_time(whole);
  std::vector<Part> parts;
  for (std::size_t start = 1; start < whole.text.size();) {
    const auto end = whole.text.find_first_of("YMWD", start);
    if (end == std::string_view::npos) {
      return complain("period-unit", whole, fmt::format("'{}' lacks one of the units Y, M, W and D", whole.text),
                      "write P13M for 13 months, P1Y6M for 1 year 6 months");
    }
    const int offset = whole.offset + static_cast<int>(start);
    const Token number{whole.text.substr(start, end - start), offset};
    if (number.text.empty()) return complain("period", whole, "a unit has no number", "write P13M for 13 months");
    if (!is_digits(number.text)) return complain_of_number(number);
    parts.push_back({number, {whole.text.substr(end, 1), whole.offset + static_cast<int>(end)}});
    start = end + 1;
  }
  if (parts.empty()) return complain("period", whole, "'P' is not a period", "write P13M for 13 months");
  return parts;
}

const Unit* find_unit(std::string_view text) {
  const auto found = std::find_if(k_units.begin(), k_units.end(), [text](const Unit& unit) {
    return text == unit.singular || text == unit.plural || (text.size() == 1 && text.front() == unit.iso);
  });
  return found == k_units.end() ? nullptr : &*found;
}

std::variant<Period, Complaint> sum_of(const std::vector<Part>& parts) {
  Period period;
  const Unit* last = nullptr;
  for (const auto& [number, written] : parts) {
    const Unit* unit = find_unit(written.text);
    if (unit == nullptr) return complain_of_unit(written);
    if (unit == last) {
      return complain("period", written, fmt::format("{} are given twice", unit->plural), "add them up");
    }
    if (unit < last) {
      return complain("period", written, fmt::format("{} come after {}", unit->plural, last->plural),
                      "write years, months, weeks, days in this order");
    }
    int amount = 0;
    const auto fault = std::from_chars(number.text.data(), number.text.data() + number.text.size(), amount).ec;
    if (fault != std::errc() || amount > unit->in_a_thousand_years) {
      return complain("period", number, fmt::format("a period is at most {} years", k_most_years),
                      "write the period the law or the policy gives");
    }
    period.*(unit->amount) = amount;
    last = unit;
  }
  return period;
}

bool looks_iso(const std::vector<Token>& tokens) {
  if (tokens.size() != 1 || tokens.front().text.size() < 1) return false;
  return tokens.front().text.front() == 'P';
}

}  // namespace

std::variant<Period, Complaint> period_from_text(std::string_view text) {
  const auto tokens = split_at_spaces(text);
  const Parts parts = looks_iso(tokens) ? parts_of_iso(tokens.front()) : parts_of_words(text);
  if (const auto* complaint = std::get_if<Complaint>(&parts)) return *complaint;
  return sum_of(std::get<std::vector<Part>>(parts));
}

}  // namespace oubli
