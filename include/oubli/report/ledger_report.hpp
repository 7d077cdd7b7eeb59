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
  /// The first entry whose key digests aren't beside the chain as it says, nor were pruned.
  std::optional<std::int64_t> first_without_keys = std::nullopt;
  std::int64_t keys = 0;                      ///< digests of keys that are as they were kept

  [[nodiscard]] bool is_sound() const {
    return !first_broken && !first_without_keys && (asked_head.empty() || asked_head_is);
  }
};
void write_verdict_text(std::ostream& out, const LedgerVerdict& verdict, const Style& style);
void write_verdict_json(std::ostream& out, const LedgerVerdict& verdict);

/// What runs did to a record of which somebody has the key.
struct KeyLine {
  std::string run;
  std::string started_at;
  std::string side;           ///< "live", "archive"
  std::string change;         ///< "archived", "purged", "anonymised", "minimised"
  bool is_confirmed = false;  ///< otherwise the run failed there or was cut off: it may not have come to it
};

/// What `ledger find` prints.
struct KeyReport {
  std::string table;         ///< with its dataset
  bool is_in_config = true;
  std::vector<KeyLine> lines;
  std::string kept_from = {};  ///< the day before which key digests were pruned; empty: none were
};
void write_key_text(std::ostream& out, const KeyReport& report, const Style& style);
void write_key_json(std::ostream& out, const KeyReport& report);

/// What `ledger prune` did.
struct PruneReport {
  std::string before;       ///< the day
  std::int64_t keys = 0;
  std::int64_t reasons = 0;
  std::string head = {};    ///< of the ledger; empty: nothing was there to be dropped
};
void write_prune_text(std::ostream& out, const PruneReport& report);

/// What `ledger policy` prints: the texts as they were approved.
void write_texts_text(std::ostream& out, const Approval& approval);
void write_texts_json(std::ostream& out, const Approval& approval);

}  // namespace oubli
