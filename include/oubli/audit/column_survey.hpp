/// What a column's values say of it, without keeping any of them.
#pragma once

#include "oubli/audit/detectors.hpp"
#include "oubli/model/value.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oubli {

/// Counts over one column. A value is looked into where it is part of the sample; empty ones are
/// counted in every record.
struct ColumnSurvey {
  std::int64_t records = 0;
  std::int64_t empty = 0;    ///< NULL or an empty text
  std::int64_t sampled = 0;  ///< values looked into, none of them empty
  std::array<std::int64_t, k_personal_kinds> of_kind{};
  std::int64_t days = 0;  ///< sampled values that are a day
  std::optional<Day> first_day;
  std::optional<Day> last_day;

  enum class Sample : std::uint8_t { no, yes };
  void add(const Value& value, Sample sample);

  [[nodiscard]] bool is_always_empty() const { return records > 0 && empty == records; }
  friend bool operator==(const ColumnSurvey&, const ColumnSurvey&) = default;

 private:
  void look_into(const Value& value);
};

/// How many values of a column are looked into, at most about twice as many: spread evenly over the
/// table's records.
inline constexpr std::int64_t k_sample = 2'000;
/// Every how many records one is looked into.
[[nodiscard]] std::int64_t sample_step(std::int64_t records);

/// What a column looks like, and by what.
struct Likeness {
  PersonalKind kind = PersonalKind::email;
  bool by_name = false;
  int percent = 0;  ///< of the sampled values that have the kind
  std::int64_t sampled = 0;
  [[nodiscard]] bool by_content() const { return percent > 0; }
};

/// The kind of personal data a column seems to hold: by its values, where enough of them have it, else by
/// its name. A kind with a checksum, or an e-mail address, needs one value in ten; the others half.
/// A date of birth is told from other days by lying long before `today` and over many years.
[[nodiscard]] std::optional<Likeness> likeness(std::string_view name, const ColumnSurvey& survey, Day today);

/// "looks like an IBAN: 98 % of 412 values, and its name".
[[nodiscard]] std::string in_words(const Likeness& likeness);

}  // namespace oubli
