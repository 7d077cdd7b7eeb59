/// From YAML text to a checked policy and a checked config (I1, I2).
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/condition.hpp"
#include "oubli/model/config.hpp"
#include "oubli/model/period.hpp"
#include "oubli/model/policy.hpp"
#include "oubli/model/reference.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oubli {

/// What a reader made of a file. `value` is absent when `diagnostics` has an error. Every fault of
/// the file is reported, not only the first. A key that is understood but has no effect in this
/// version is a warning with the code `not-supported`; commands that read data refuse to run then.
template <class T>
struct Checked {
  std::optional<T> value;
  std::vector<Diagnostic> diagnostics;
};

/// Reads a reference/1 file.
[[nodiscard]] Checked<Reference> read_reference(std::string text, const std::filesystem::path& file);

/// A reference a policy may take purposes from, by the name of its file: `reference/fr.yaml` is fr.
struct FoundReference {
  std::string id;
  Checked<Reference> read;
};

/// Reads a policy/1 file. `text` is the file's bytes, `references` what its `use` finds; of two with
/// the same id the first counts.
[[nodiscard]] Checked<Policy> read_policy(std::string text, const std::filesystem::path& file,
                                          std::span<const FoundReference> references = {});

/// Reads a config/1 file. Relative paths in it are resolved against `file`'s folder.
[[nodiscard]] Checked<Config> read_config(std::string text, const std::filesystem::path& file);

/// Reads a period (S2): `3 years`, `6 years 6 months`, `P13M`, `0 days`. On failure, what is wrong
/// and what to write instead.
struct Complaint {
  std::string code;
  std::string message;
  std::string hint;
  int offset = 0;  ///< into the text, in bytes
  int length = 1;
};
[[nodiscard]] std::variant<Period, Complaint> period_from_text(std::string_view text);

/// Reads a condition (I3). Names aren't resolved: `slot` stays -1.
[[nodiscard]] std::variant<Condition, Complaint> condition_from_text(std::string_view text);

/// The warnings about comments that begin with `review:`. Nothing that has one is approved.
[[nodiscard]] std::vector<Diagnostic> review_marks(const std::vector<Diagnostic>& diagnostics);

/// True when one of them says that something has no effect in this version.
[[nodiscard]] bool has_unsupported(const std::vector<Diagnostic>& diagnostics);

}  // namespace oubli
