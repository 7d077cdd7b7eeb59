/// What becomes different when other texts apply: rule by rule in words, and on the data as it is.
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/side.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oubli {

/// A rule that only one side has, or that says something else on each.
struct RuleChange {
  std::string about;   ///< "purpose prospecting", "event invoiced"
  std::string before;  ///< in words; empty: the rule is new
  std::string after;   ///< in words; empty: the rule is gone
  friend bool operator==(const RuleChange&, const RuleChange&) = default;
};

/// Records whose outcome is another one.
struct OutcomeMove {
  Outcome before = Outcome::keep;
  Outcome after = Outcome::keep;
  std::int64_t records = 0;
  friend bool operator==(const OutcomeMove&, const OutcomeMove&) = default;
};

/// True when a record of this outcome leaves its table or is changed by the next run.
[[nodiscard]] bool is_due(Outcome outcome);

struct TableDiff {
  std::string dataset;
  std::string table;
  std::string policy;
  Side side = Side::live;
  std::vector<RuleChange> rules;   ///< of the live side; they are the archive's, too
  std::vector<OutcomeMove> moves;  ///< in the order of Outcome, `before` first
  std::int64_t minimised_before = 0;  ///< records that stay, with columns to be emptied
  std::int64_t minimised_after = 0;
  std::string not_judged;          ///< why the records weren't compared; empty when they were

  [[nodiscard]] bool is_empty() const;
  [[nodiscard]] std::int64_t become_due() const;
  [[nodiscard]] std::int64_t are_spared() const;
};

struct RuleDiff {
  std::string before;              ///< what was compared, in words
  std::string after;
  std::string not_compared;        ///< why the rules weren't; empty when they were
  std::vector<TableDiff> tables;   ///< those with a difference
  std::vector<std::string> failed; ///< datasets and tables that could not be read
  std::vector<Diagnostic> diagnostics;
};

}  // namespace oubli
