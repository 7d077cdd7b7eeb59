/// What the ledger keeps of the keys of records that runs changed: digests, beside the chain, which has their number
/// and a digest of them all. They say for one key whether its record is gone and since when, and can be pruned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oubli {

/// Where keys are from and what was done to their records; all in the words of reports: "live", "purged".
struct KeyPlace {
  std::string run;
  std::string dataset;
  std::string table;
  std::string side;
  std::string change;
  friend auto operator<=>(const KeyPlace&, const KeyPlace&) = default;
};

/// The digests that a run has kept of one table on one side.
struct KeptKeys {
  std::string dataset;
  std::string table;
  std::string side;
  std::int64_t count = 0;
  std::string digest;             ///< of all of them, in the order they were kept
  std::int64_t unconfirmed = 0;   ///< beside them: of steps of which nobody knows whether they were carried out
  friend bool operator==(const KeptKeys&, const KeptKeys&) = default;
};

/// A key that was found among them.
struct FoundKey {
  KeyPlace place;
  bool is_confirmed = false;  ///< its step was carried out
};

}  // namespace oubli
