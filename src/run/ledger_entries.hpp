/// What a run writes to the ledger: figures, digests and names, never a personal value.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/enforce.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"

#include <chrono>
#include <span>
#include <string>

namespace oubli {

/// "2026-11-22T03:00:12Z".
[[nodiscard]] std::string utc_text(std::chrono::system_clock::time_point time);

/// The entries of a stop that is added or lifted. Neither reason nor condition is in them: free text may name
/// a person, and a ledger can't be corrected. Of the condition and the subject there is a digest, by `key`.
[[nodiscard]] LedgerDraft stopped_entry(const Stop& stop, std::span<const unsigned char> key);
[[nodiscard]] LedgerDraft lifted_entry(const Stop& stop, const StopLifting& lifting);

/// A run's entries, one after the other, in one ledger.
class LedgerWriter {
 public:
  LedgerWriter(State& state, std::string run, std::chrono::system_clock::time_point now);

  void started(const Project& project, const EnforceRequest& request, const RunReport& heading);
  void table(const TableLine& line, const std::string& rules_digest);
  void failed(const std::string& name, const Diagnostic& diagnostic);
  void finished(const RunReport& report);
  void refused(const Diagnostic& diagnostic);
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
