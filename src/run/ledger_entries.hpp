/// What a run writes to the ledger: figures, digests and names, never a personal value.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/enforce.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"

#include <chrono>
#include <optional>
#include <map>
#include <span>
#include <string>

namespace oubli {

/// "2026-11-22T03:00:12Z".
[[nodiscard]] std::string utc_text(std::chrono::system_clock::time_point time);
/// The same read back; nothing where it isn't one.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> time_from_utc_text(const std::string& text);

/// The entries of a stop that is added or lifted. Neither reason nor condition is in them: free text may name
/// a person, and a ledger can't be corrected. Of the condition and the subject there is a digest, by `key`.
[[nodiscard]] LedgerDraft stopped_entry(const Stop& stop, std::span<const unsigned char> key);
[[nodiscard]] LedgerDraft lifted_entry(const Stop& stop, const StopLifting& lifting);

/// What an order about archived records says of itself: who, on what. Its reason is kept beside the chain, which has
/// its digest.
struct ArchiveOrder {
  std::string dataset;
  std::string table;
  std::string policy;
  std::string by;
  std::string reason;
};
/// `records`: how many were shown.
[[nodiscard]] LedgerDraft shown_entry(const ArchiveOrder& order, std::int64_t records, std::span<const unsigned char> key,
                                      std::chrono::system_clock::time_point now);
/// Before anything is put back.
[[nodiscard]] LedgerDraft restoring_entry(const ArchiveOrder& order, const std::string& run,
                                          std::span<const unsigned char> key,
                                          std::chrono::system_clock::time_point now);

/// What an entry says was kept of keys; nothing where it is of another kind.
[[nodiscard]] std::optional<std::vector<KeptKeys>> kept_keys_of(const LedgerEntry& entry);
/// Key digests and reasons from before a day are dropped.
[[nodiscard]] LedgerDraft pruned_entry(Day before, const std::string& by, const State::Evidence& dropped,
                                       std::chrono::system_clock::time_point now);
/// The day such an entry names; nothing where it is of another kind.
[[nodiscard]] std::optional<std::string> pruned_before(const LedgerEntry& entry);

/// A run's entries, one after the other, in one ledger.
class LedgerWriter {
 public:
  LedgerWriter(State& state, std::string run, std::chrono::system_clock::time_point now);

  void started(const Project& project, const EnforceRequest& request, const RunReport& heading);
  void table(const TableLine& line, const std::string& rules_digest);
  void failed(const std::string& name, const Diagnostic& diagnostic);
  /// What was kept of the keys of changed records; nothing is written where nothing was.
  void keys(const std::vector<KeptKeys>& kept);
  void finished(const RunReport& report);
  /// Another run, whose end isn't in the ledger.
  void cut_off(const std::string& run, const std::vector<KeptKeys>& kept);
  void refused(const Diagnostic& diagnostic);
  /// `erasure_pending`: of the archive; empty where it is done.
  void restored(const ArchiveOrder& order, const std::map<std::string, std::int64_t>& records,
                const std::string& erasure_pending);
  void approved(const Approval& approval);

  /// The hash of the last entry written.
  [[nodiscard]] const std::string& head() const { return m_head; }

 private:
  void append(const std::string& kind, const std::string& body);

  State& m_state;
  std::string m_run;
  std::string m_time;
  std::string m_head;
};

}  // namespace oubli
