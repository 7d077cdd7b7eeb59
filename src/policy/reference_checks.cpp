#include "policy/reference_checks.hpp"

#include "model/ascii.hpp"
#include "policy/purpose_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

constexpr double k_month = 31;
constexpr double k_year = 366;

/// How much later a close may be than the event it follows.
double longest_wait(EndOf end_of) {
  switch (end_of) {
    case EndOf::none:
      return 0;
    case EndOf::month:
      return k_month;
    case EndOf::calendar_year:
    case EndOf::fiscal_year:
      return k_year;
  }
  return 0;
}

/// The whole time a purpose keeps a record, from its start event; an archive counts from there too.
struct Kept {
  Period period;
  double shortest = 0;  ///< in days
  double longest = 0;
};

Kept kept_by(const Purpose& purpose) {
  const Period& period = purpose.archive ? purpose.archive->up_to : purpose.active->period;
  const double days = approximate_days(period);
  return {period, days, days + longest_wait(purpose.active->end_of)};
}

bool ends_early(const Purpose& purpose) {
  return std::ranges::any_of(purpose.ends_on, [&](const Ending& ending) {
    return ending.extent == Ending::Extent::all || !purpose.archive;
  });
}

bool counts_from_event_itself(const Purpose& purpose, const Purpose& reference) {
  return purpose.active->end_of == EndOf::none && reference.active->end_of != EndOf::none;
}

enum class Fault { none, below_floor, from_event_itself, ends_early, above_ceiling };

Fault fault_of(const Purpose& purpose, const ReferencePurpose& cited) {
  // An archive with an event of its own has no length that could be compared.
  if (purpose.archive && purpose.archive->own) return Fault::none;
  const Kept kept = kept_by(purpose);
  if (cited.floor) {
    const double floor = approximate_days(*cited.floor);
    if (kept.shortest < floor) return Fault::below_floor;
    const double wait = longest_wait(cited.rules.active->end_of);
    if (counts_from_event_itself(purpose, cited.rules) && kept.shortest < floor + wait) return Fault::from_event_itself;
    if (cited.kind == ReferencePurpose::Kind::law && ends_early(purpose)) return Fault::ends_early;
  }
  if (!cited.ceiling) return Fault::none;
  const double ceiling = approximate_days(*cited.ceiling) + longest_wait(cited.rules.active->end_of);
  return kept.longest > ceiling ? Fault::above_ceiling : Fault::none;
}

std::string authority(const ReferencePurpose& cited) {
  return fmt::format("{} ({})", cited.rules.legal_reference, to_text(cited.kind));
}

std::string close_words(EndOf end_of) {
  std::string words(to_text(end_of));
  std::ranges::replace(words, '_', ' ');
  return words;
}

void warn(const Purpose& purpose, const ReferencePurpose& cited, Fault fault, ReaderFindings& findings) {
  const std::string kept = to_text(kept_by(purpose).period);
  switch (fault) {
    case Fault::none:
      return;
    case Fault::below_floor:
      return findings.warning(purpose.where, "below-floor",
                              fmt::format("'{}' is kept {}, shorter than the {} of {}", purpose.name, kept,
                                          to_text(*cited.floor), authority(cited)),
                              fmt::format("keep it {}, or cite what allows less", to_text(*cited.floor)));
    case Fault::from_event_itself:
      return findings.warning(purpose.where, "below-floor",
                              fmt::format("'{}' counts from the event itself, but {} from the close of its {}",
                                          purpose.name, authority(cited), close_words(cited.rules.active->end_of)),
                              fmt::format("add 'end_of: {}' to 'active'", to_text(cited.rules.active->end_of)));
    case Fault::ends_early:
      return findings.warning(purpose.where, "below-floor",
                              fmt::format("'{}' ends early on an event, but {} says {} whatever happens", purpose.name,
                                          authority(cited), to_text(*cited.floor)),
                              "end the active phase alone, or split the purpose");
    case Fault::above_ceiling:
      return findings.warning(purpose.where, "above-ceiling",
                              fmt::format("'{}' is kept {}, longer than the {} of {}", purpose.name, kept,
                                          to_text(*cited.ceiling), authority(cited)),
                              fmt::format("keep it {} at most, or cite what allows more", to_text(*cited.ceiling)));
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A letter of any alphabet, or a digit; of lower-case text.
bool is_of_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// Letters and digits alone, without the word for article: "Code de commerce, art. L. 123-22" and
/// "code de commerce, article L123-22" are the same.
std::string folded(const std::string& citation) {
  std::string text;
  std::string word;
  for (const char c : ascii_lower(citation) + ' ') {
    if (is_of_word(c)) {
      word += c;
    } else {
      if (word != "art" && word != "article" && word != "articles") text += word;
      word.clear();
    }
  }
  return text;
}

/// The cited text is named there, and not only the beginning of another article's number.
bool names(const std::string& text, const std::string& cited) {
  for (auto at = text.find(cited); at != std::string::npos; at = text.find(cited, at + 1)) {
    const auto end = at + cited.size();
    if (end == text.size() || !is_digit(text[end])) return true;
  }
  return false;
}

bool is_cited(const ReferencePurpose& reference, const std::string& legal_reference) {
  const auto is_named = [&](const std::string& citation) { return names(legal_reference, folded(citation)); };
  return is_named(reference.rules.legal_reference) || std::ranges::any_of(reference.also_cited_as, is_named);
}

std::vector<const ReferencePurpose*> cited_by(const Purpose& purpose, std::span<const FoundReference> references) {
  std::vector<const ReferencePurpose*> cited;
  const std::string legal_reference = folded(purpose.legal_reference);
  for (const auto& found : references) {
    if (!found.read.value) continue;
    for (const auto& each : found.read.value->purposes) {
      const bool is_taken = purpose.taken && purpose.taken->name == found.id + "/" + each.rules.name;
      if (is_taken) return {&each};
      if (is_cited(each, legal_reference)) cited.push_back(&each);
    }
  }
  return cited;
}

}  // namespace

void check_periods(const Policy& policy, std::span<const FoundReference> references, ReaderFindings& findings) {
  for (const auto& purpose : policy.purposes) {
    if (!purpose.active) continue;
    const auto cited = cited_by(purpose, references);
    const auto is_obeyed = [&](const auto* each) { return fault_of(purpose, *each) == Fault::none; };
    if (cited.empty() || std::ranges::any_of(cited, is_obeyed)) continue;
    warn(purpose, *cited.front(), fault_of(purpose, *cited.front()), findings);
  }
}

}  // namespace oubli
