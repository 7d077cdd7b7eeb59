#include "proposal/day_format.hpp"

#include "audit/text_forms.hpp"
#include "model/ascii.hpp"
#include "oubli/engine/read_day.hpp"
#include "proposal/evidence.hpp"
#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace oubli::proposal {

namespace {

constexpr int k_least_percent = 90;         ///< of the values, that a form of days with separators must fit
constexpr int k_least_percent_number = 95;  ///< of numbers, which fit by chance more easily
constexpr std::int64_t k_fewest_values = 3;

/// A format, and the one that reads the same values with day and month exchanged.
struct Candidate {
  const char* format;
  const char* twin = "";
  bool is_number = false;  ///< digits alone
};

constexpr std::array k_candidates{Candidate{"iso"},
                                  Candidate{"dd/mm/yyyy", "mm/dd/yyyy"},
                                  Candidate{"mm/dd/yyyy", "dd/mm/yyyy"},
                                  Candidate{"dd/mm/yyyy HH:MM:SS", "mm/dd/yyyy HH:MM:SS"},
                                  Candidate{"mm/dd/yyyy HH:MM:SS", "dd/mm/yyyy HH:MM:SS"},
                                  Candidate{"dd/mm/yyyy HH:MM", "mm/dd/yyyy HH:MM"},
                                  Candidate{"mm/dd/yyyy HH:MM", "dd/mm/yyyy HH:MM"},
                                  Candidate{"dd.mm.yyyy"},
                                  Candidate{"dd.mm.yyyy HH:MM:SS"},
                                  Candidate{"dd-mm-yyyy", "mm-dd-yyyy"},
                                  Candidate{"mm-dd-yyyy", "dd-mm-yyyy"},
                                  Candidate{"yyyy/mm/dd"},
                                  Candidate{"yyyy/mm/dd HH:MM:SS"},
                                  Candidate{"yyyymmdd", "", true},
                                  Candidate{"ddmmyyyy", "mmddyyyy", true},
                                  Candidate{"mmddyyyy", "ddmmyyyy", true},
                                  Candidate{"yyyymm", "", true},
                                  Candidate{"epoch_s", "", true},
                                  Candidate{"epoch_ms", "", true},
                                  Candidate{"epoch_us", "", true},
                                  Candidate{"chromium_us", "", true},
                                  Candidate{"julian_day", "", true},
                                  Candidate{"excel_serial", "", true}};

/// Reads values as an event's column would be read: planned, since days in the future are days, too.
class Trial {
 public:
  Trial(std::vector<ColumnFormat> formats, Day today)
      : m_latest(today + date::days{40 * 366}), m_reader(event_of(std::move(formats)), rules(), {today, today}) {}

  /// How a value counts: those that mean "missing" speak neither for nor against.
  enum class Result { fits, differs, missing };
  [[nodiscard]] Result of(const SampledValue& value) const {
    const auto reading = m_reader.read(value.view());
    if (reading.state == EventReading::State::missing) return Result::missing;
    const bool is_day = reading.state == EventReading::State::known && reading.day <= m_latest;
    return is_day ? Result::fits : Result::differs;
  }

 private:
  static EventRule event_of(std::vector<ColumnFormat> formats) {
    EventRule event;
    event.kind = EventKind::planned;
    event.formats = std::move(formats);
    event.zone = "UTC";
    return event;
  }
  static TableRules rules() {
    TableRules rules;
    rules.timezone = "UTC";
    rules.plausible_from = DatasetConfig{}.plausible_from;
    return rules;
  }

  Day m_latest;
  DayReader m_reader;
};

struct Fit {
  std::int64_t fitting = 0;
  std::int64_t values = 0;
  [[nodiscard]] int percent() const { return percent_of(fitting, values); }
};

Fit fit_of(const SurveyedColumn& column, const std::vector<std::string>& formats, Day today) {
  std::vector<ColumnFormat> read;
  for (const auto& format : formats) read.push_back(column_format_from_text(format).value());
  const Trial trial(std::move(read), today);
  Fit fit;
  for (const auto& value : column.sample) {
    const auto result = trial.of(value);
    if (result == Trial::Result::missing) continue;
    ++fit.values;
    fit.fitting += result == Trial::Result::fits ? 1 : 0;
  }
  return fit;
}

bool is_enough(const Fit& fit, const Candidate& candidate) {
  const int least = candidate.is_number ? k_least_percent_number : k_least_percent;
  return fit.values > 0 && fit.percent() >= least;
}

/// Digits promise nothing by themselves; a form with separators does.
bool may_be(const Candidate& candidate, bool is_named) { return is_named || !candidate.is_number; }

std::string words_for(const Fit& fit, const std::string& format, bool is_named) {
  return fmt::format("{} {} {}{}", share_in_words(fit.fitting, fit.values), fit.values == 1 ? "is" : "are", format,
                     is_named ? ", and its name" : "");
}

std::optional<DayColumn> by_one_format(const SurveyedColumn& column, Day today, bool is_named) {
  const Candidate* best = nullptr;
  Fit of_best;
  for (const auto& candidate : k_candidates) {
    const auto fit = fit_of(column, {candidate.format}, today);
    const bool is_better = is_enough(fit, candidate) && may_be(candidate, is_named) && fit.fitting > of_best.fitting;
    if (!is_better) continue;
    best = &candidate;
    of_best = fit;
  }
  if (best == nullptr) return std::nullopt;
  const std::string twin = best->twin;
  if (!twin.empty() && fit_of(column, {twin}, today).fitting == of_best.fitting) {
    return DayColumn{"", fmt::format("{} or {}: {} both", best->format, twin,
                                     of_best.values == 1 ? "the one value fits"
                                                         : fmt::format("all {} fit", counted_values(of_best.fitting)))};
  }
  return DayColumn{best->format, words_for(of_best, best->format, is_named)};
}

/// Exports that changed their ways: most values in one form, the rest in another.
std::optional<DayColumn> by_two_formats(const SurveyedColumn& column, Day today, bool is_named) {
  for (const auto* second : {"dd/mm/yyyy", "dd.mm.yyyy", "yyyymmdd"}) {
    const auto fit = fit_of(column, {"iso", second}, today);
    if (fit.fitting < k_fewest_values || fit.percent() < k_least_percent_number) continue;
    const auto reversed =
        std::string_view(second) == "dd/mm/yyyy" ? fit_of(column, {"iso", "mm/dd/yyyy"}, today) : Fit{};
    if (reversed.fitting == fit.fitting) continue;
    return DayColumn{fmt::format("[iso, {}]", second), words_for(fit, fmt::format("iso or {}", second), is_named)};
  }
  return std::nullopt;
}

}  // namespace

bool is_named_as_day(const SurveyedColumn& column) {
  static const std::set<std::string_view> k_words{
      "date",        "datetime",   "day",     "time",     "timestamp",  "when",      "created",   "creation",
      "modified",    "updated",    "deleted", "accessed", "visited",    "seen",      "expiry",    "expire",
      "expired",     "expiration", "until",   "since",    "start",      "end",       "opened",    "closed",
      "signed",      "paid",       "sent",    "issued",   "invoiced",   "delivered", "ordered",   "hired",
      "left",        "added",      "birth",   "dob",      "logged",     "collected", "birthdate", "orderdate",
      "invoicedate", "ts",         "jour",    "heure",    "horodatage", "cree",      "créé",      "modifie",
      "modifié",     "debut",      "début",   "fin",      "echeance",   "échéance",  "naissance", "embauche",
      "depart",      "départ",     "cloture", "clôture",  "signature",  "maj",       "livraison", "facturation"};
  static const std::set<std::string_view> k_last_words{"at", "on", "le", "dt"};
  const auto type = ascii_lower(column.declared_type);
  if (type.find("date") != std::string::npos || type.find("time") != std::string::npos) return true;
  const auto words = singular_words(column.name);
  if (k_last_words.contains(words.back())) return true;
  const auto is_word = [&](const std::string& word) { return k_words.contains(word) || word.starts_with("date"); };
  return std::ranges::any_of(words, is_word);
}

std::optional<DayColumn> day_column(const SurveyedColumn& column, Day today) {
  if (column.sample.empty()) return std::nullopt;
  const bool is_named = is_named_as_day(column);
  if (auto found = by_one_format(column, today, is_named)) return found;
  return by_two_formats(column, today, is_named);
}

}  // namespace oubli::proposal
