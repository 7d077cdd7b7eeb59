/// A reference: purposes with the periods that laws give and authorities recommend, for policies to
/// take by `use: fr/accounting`.
#pragma once

#include "oubli/model/policy.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// When and against what somebody last compared a reference purpose with the text it cites.
struct ReferenceCheck {
  enum class Against : std::uint8_t {
    own_text,  ///< as its publisher publishes it
    copy,      ///< the whole text, as somebody else shows it
    summary,   ///< what somebody else says of it
  };
  Day on;
  Against against = Against::summary;
  std::string source;  ///< where it was read, in words
};

struct ReferencePurpose {
  enum class Kind : std::uint8_t { law, recommendation };

  Purpose rules;  ///< title, legal basis, phases; `legal_reference` is the citation; no data of its own
  Kind kind = Kind::recommendation;
  std::vector<std::string> also_cited_as;  ///< how else a policy's `legal_reference` may write it
  std::optional<Period> floor;             ///< not to be kept shorter, counted from the start event
  std::optional<Period> ceiling;           ///< not to be kept longer, counted alike
  std::optional<ReferenceCheck> checked;   ///< absent: never compared with the text it cites
  std::string note;
  std::vector<Assumption> assumptions;     ///< values that the text cited doesn't give
};

struct Reference {
  std::string id;
  int version = 1;
  std::string title;
  std::vector<EventDefinition> events;
  std::vector<ReferencePurpose> purposes;
  std::filesystem::path file;
  std::string text;    ///< the file's bytes
  std::string digest;  ///< "sha256:<hex>" of `text`

  /// Null where there is no purpose of this name.
  [[nodiscard]] const ReferencePurpose* find(const std::string& purpose) const;
};

[[nodiscard]] std::string_view to_text(ReferencePurpose::Kind kind);

/// "checked on 2026-11-25 against a copy of the text, not as published: …"; plainly "not checked
/// against its text" where it wasn't.
[[nodiscard]] std::string check_words(const std::optional<ReferenceCheck>& checked);

}  // namespace oubli
