/// The ledger for people and machines: what `oubli ledger` prints.
#pragma once

#include "oubli/model/ledger.hpp"
#include "oubli/report/report.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace oubli {

/// What `ledger show` prints.
struct LedgerReport {
  std::filesystem::path state;
  std::vector<LedgerEntry> entries;
  std::string head;  ///< hash of the ledger's last entry, shown or not
  /// What somebody gave as the reason, by the entry's number; only where it was asked for.
  std::map<std::int64_t, std::string> reasons = {};
};
void write_ledger_text(std::ostream& out, const LedgerReport& report, const Style& style);
void write_ledger_json(std::ostream& out, const LedgerReport& report);
/// One JSON object a line, each field as it was hashed: enough to compute the chain without oubli.
void write_ledger_lines(std::ostream& out, const LedgerReport& report);

/// What `ledger verify` found.
struct LedgerVerdict {
  std::filesystem::path state;
  std::int64_t entries = 0;
  std::optional<std::int64_t> first_broken;   ///< the first entry that isn't as it was appended
  std::string head;                           ///< hash of the last entry
  std::string asked_head;                     ///< as given; empty: none
  std::optional<std::int64_t> asked_head_is;  ///< the entry that has it; nothing: none has

  [[nodiscard]] bool is_sound() const { return !first_broken && (asked_head.empty() || asked_head_is); }
};
void write_verdict_text(std::ostream& out, const LedgerVerdict& verdict, const Style& style);
void write_verdict_json(std::ostream& out, const LedgerVerdict& verdict);

/// What `ledger policy` prints: the texts as they were approved.
void write_texts_text(std::ostream& out, const Approval& approval);
void write_texts_json(std::ostream& out, const Approval& approval);

}  // namespace oubli
