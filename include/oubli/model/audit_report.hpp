/// What an audit found, as plain values: filled by src/audit, written by src/report.
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/run_report.hpp"
#include "oubli/model/side.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// From the best to the worst.
enum class CheckState : std::uint8_t { not_applicable, pass, warn, fail };
/// "not_applicable", "pass", "warn", "fail".
[[nodiscard]] std::string_view to_text(CheckState state);

/// What a finding is about; what it isn't about is empty.
struct FindingPlace {
  std::string dataset;
  std::string table;
  Side side = Side::live;
  std::string column;
  std::string purpose;
  SourceLocation where{};  ///< in a policy or the config; file empty: no line says it
};

/// "shop.contacts.email", "shop.contacts (archive), purpose sales", "purpose sales"; empty for a place
/// that is only a line of a file.
[[nodiscard]] std::string in_words(const FindingPlace& place);

/// Why a known finding doesn't count, for a while: an entry of a baseline.
struct Acceptance {
  std::string reason;
  Day until;
};

/// One thing that isn't as it should be. Holds no value read from a dataset.
struct AuditFinding {
  CheckState state = CheckState::fail;  ///< warn or fail
  FindingPlace place;
  std::string message;  ///< the figure and what it means; lower case, no full stop
  std::string hint;     ///< what to do, in the imperative
  std::optional<Acceptance> accepted{};
};

/// One numbered check, what it rests on and how it came out.
struct AuditCheck {
  int number = 0;     ///< stable: baselines and machines know it by this
  std::string name;   ///< stable: "uncovered-column"
  std::string group;  ///< "Policy"
  std::string title;  ///< what holds where it passes: "every column is mapped"
  std::string legal;  ///< "GDPR art. 5(1)(c), 30(1)(c)"
  CheckState state = CheckState::pass;
  std::string figure;  ///< what was looked at: "412 columns"; of one that isn't applicable, why
  std::vector<AuditFinding> findings;
};

/// The records of one purpose by the year of their start.
struct YearLine {
  int year = 0;
  std::int64_t records = 0;
  std::int64_t ended = 0;    ///< its last phase, or in live data its active one, has ended
  std::int64_t overdue = 0;  ///< of these, those that should have gone before
};
struct AgeTable {
  std::string dataset;
  std::string table;
  Side side = Side::live;
  std::string purpose;
  std::vector<YearLine> years;  ///< ascending, those with records
  std::int64_t without_start = 0;
};

struct AuditReport {
  std::filesystem::path config;  ///< as it was named
  std::string config_digest;
  std::vector<PolicyLine> policies;
  std::vector<AuditCheck> checks;       ///< by number
  std::vector<std::string> external;    ///< datasets kept elsewhere, not looked at
  std::vector<std::string> failed;      ///< datasets and tables that could not be read
  std::vector<AgeTable> ages;           ///< where asked for
  std::vector<Diagnostic> diagnostics;  ///< errors of what could not be read

  /// The worst of all checks; a report without any check has failed.
  [[nodiscard]] CheckState result() const;
  [[nodiscard]] std::size_t count(CheckState state) const;
};

}  // namespace oubli
