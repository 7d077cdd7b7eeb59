/// What the state file proves: who approved which texts, and what was done under them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oubli {

/// A text whose digest was approved.
struct ApprovedText {
  std::string kind;    ///< "policy", "config" or "reference"
  std::string name;    ///< the policy's or reference's id; "config"
  std::string digest;  ///< "sha256:<hex>"
  std::string text;
};

struct Approval {
  std::int64_t number = 0;     ///< from 1
  std::string approved_at;     ///< "2026-11-22T03:00:12Z"
  std::string approved_by;
  std::vector<ApprovedText> texts;
};

/// One entry of the append-only, hash-chained ledger. Holds no personal value.
///
/// Its hash is taken over number, written_at, kind, run, body and previous, in this order, each as
/// a netstring: the length in bytes in decimal, a colon, the bytes, a comma. Lengths keep the form
/// unambiguous whatever the fields hold.
struct LedgerEntry {
  std::int64_t number = 0;     ///< from 1, without gaps
  std::string written_at;      ///< UTC, to the second
  std::string kind;            ///< "approved", "started", "table", "keys", "finished", "cut_off", "refused",
                               ///< "failed", "stopped", "lifted", "shown", "restoring", "restored", "pruned"
  std::string run;             ///< run id; empty for an approval or a stop
  std::string body;            ///< canonical JSON: sorted keys, no spaces
  std::string previous;        ///< hash of the entry before; 64 zeros for the first
  std::string hash;            ///< SHA-256 in hexadecimal
};

}  // namespace oubli
