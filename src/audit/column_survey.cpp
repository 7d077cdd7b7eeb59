#include "oubli/audit/column_survey.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

constexpr std::size_t k_longest = 300;  ///< a longer text is prose, not one of the kinds

/// How many of a hundred values must have the kind, so that the column has it. A checksum makes a chance
/// hit rare, and an `@` stands in nothing else; a number of ten digits may be anything.
int least_percent(PersonalKind kind) {
  switch (kind) {
    case PersonalKind::email:
    case PersonalKind::iban:
      return 10;
    case PersonalKind::nir:
    case PersonalKind::postal_address:
      return 30;
    case PersonalKind::card:
    case PersonalKind::phone:
    case PersonalKind::ip:
    case PersonalKind::person_name:
      return 50;
    case PersonalKind::date_of_birth:
      return 90;
  }
  return 100;
}

int percent_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<int>((part * 100 + whole - 1) / whole);
}

/// Those born in the last fifteen years are rarely customers, and no other column of days spans a generation
/// and ends before.
bool are_births(const ColumnSurvey& survey, Day today) {
  constexpr date::days k_youngest{15 * 365};
  constexpr date::days k_generation{25 * 365};
  const bool are_days = percent_of(survey.days, survey.sampled) >= least_percent(PersonalKind::date_of_birth);
  if (!are_days || !survey.first_day || !survey.last_day) return false;
  return *survey.last_day < today - k_youngest && *survey.last_day - *survey.first_day >= k_generation;
}

std::optional<Likeness> by_content(const ColumnSurvey& survey, Day today) {
  std::optional<Likeness> best;
  for (std::size_t i = 0; i < k_personal_kinds; ++i) {
    const auto kind = static_cast<PersonalKind>(i);
    const int percent = percent_of(survey.of_kind[i], survey.sampled);
    const bool is_enough = percent >= least_percent(kind) && survey.of_kind[i] > 0;
    if (is_enough && (!best || percent > best->percent)) best = Likeness{kind, false, percent, survey.sampled};
  }
  if (best || !are_births(survey, today)) return best;
  return Likeness{PersonalKind::date_of_birth, false, percent_of(survey.days, survey.sampled), survey.sampled};
}

}  // namespace

std::int64_t sample_step(std::int64_t records) { return std::max(std::int64_t{1}, records / k_sample); }

void ColumnSurvey::add(const Value& value, Sample sample) {
  ++records;
  const bool is_text = value.type == Value::Type::text;
  if (value.is_null() || (is_text && value.bytes.empty()))
    ++empty;
  else if (sample == Sample::yes)
    look_into(value);
}

void ColumnSurvey::look_into(const Value& value) {
  ++sampled;
  const bool is_readable = value.type == Value::Type::text || value.type == Value::Type::integer;
  if (!is_readable || value.bytes.size() > k_longest) return;
  const std::string text = to_text(value);
  if (const auto kind = kind_of_value(text)) ++of_kind[static_cast<std::size_t>(*kind)];
  const auto day = written_day(text);
  if (!day) return;
  ++days;
  first_day = std::min(first_day.value_or(*day), *day);
  last_day = std::max(last_day.value_or(*day), *day);
}

std::optional<Likeness> likeness(std::string_view name, const ColumnSurvey& survey, Day today) {
  const auto named = kind_of_name(name);
  auto found = by_content(survey, today);
  if (!found && named) found = Likeness{*named, true, 0, survey.sampled};
  if (found) found->by_name = named == found->kind;
  return found;
}

std::string in_words(const Likeness& likeness) {
  if (!likeness.by_content()) return fmt::format("is called like {}", in_words(likeness.kind));
  return fmt::format("looks like {}: {}\u202F% of {} value{}{}", in_words(likeness.kind), likeness.percent,
                     likeness.sampled, likeness.sampled == 1 ? "" : "s", likeness.by_name ? ", and its name" : "");
}

}  // namespace oubli
