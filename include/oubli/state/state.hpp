/// The state file: approvals, stops and the ledger, in one SQLite database beside the config (I10).
#pragma once

#include "oubli/model/archived_count.hpp"
#include "oubli/model/changed_keys.hpp"
#include "oubli/model/day.hpp"
#include "oubli/model/ledger.hpp"
#include "oubli/model/stop.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// What is remembered of one key of one event (S11): nothing but a day, under a keyed digest.
struct RememberedDay {
  using Digest = std::array<unsigned char, 32>;
  std::string event;   ///< dataset and event, as the config names them
  Digest digest{};     ///< HMAC of the key
  std::string reading; ///< "known", "missing", "unreadable", "future"
  std::optional<Day> day;
  std::optional<Digest> content = {};  ///< HMAC of what its record said when a pass last met it
  std::optional<Day> away_since = {};  ///< the first pass that didn't meet it
  bool is_in_doubt = false;            ///< it came back other than it went
  bool is_leaving = false;             ///< its record is removed next
  std::string pass = {};               ///< when it is put for the first time: the pass that counts as having met it
};

/// A remembered day whose record a pass has met.
struct MetRecord {
  RememberedDay::Digest digest{};
  RememberedDay::Digest content{};
  bool is_in_doubt = false;
  bool is_changed = true;  ///< what the state has of it is another content, that it is away, or that it leaves
};

/// A lock on the state: one run at a time. Released when destroyed, and by the system on a crash.
class RunLock {
 public:
  ~RunLock();
  RunLock(RunLock&&) noexcept;
  RunLock& operator=(RunLock&&) noexcept;

 private:
  friend class State;
  explicit RunLock(int descriptor) : m_descriptor(descriptor) {}
  int m_descriptor = -1;
};

/// An entry as a command words it; number and hashes are the ledger's.
struct LedgerDraft {
  std::string kind;
  std::string run;
  std::string body;
  std::string written_at;
};

/// A lock on the stops. A step of a run shares it while it reads the stops, judges and changes
/// records; who adds or lifts a stop has it alone. So once a stop was added, no record it covers is
/// touched. Waits for its turn; one who wants it alone is never overtaken. Released when destroyed,
/// and by the system on a crash.
class StopLock {
 public:
  enum class Hold : std::uint8_t { shared, alone };
  ~StopLock();
  StopLock(StopLock&&) noexcept;
  StopLock& operator=(StopLock&&) noexcept;

 private:
  friend class State;
  explicit StopLock(int descriptor) : m_descriptor(descriptor) {}
  int m_descriptor = -1;
};

/// The state file. Every method throws Error (Cause::dataset) when it can't be read or written.
class State {
 public:
  /// Opens an existing state for reading; nothing when there is no file.
  [[nodiscard]] static std::optional<State> open_for_reading(const std::filesystem::path& file);
  /// Opens it for writing; `create` makes it where there is none, mode 0600, with a fresh id and
  /// a key file (`<file>.key`, 0600) beside it.
  enum class Create { no, yes };
  [[nodiscard]] static State open(const std::filesystem::path& file, Create create);

  ~State();
  State(State&&) noexcept;
  State& operator=(State&&) noexcept;

  /// Throws Error (Cause::locked) when another run holds it.
  [[nodiscard]] static RunLock lock(const std::filesystem::path& file);

  /// See StopLock. `file` is the state's.
  [[nodiscard]] static StopLock lock_stops(const std::filesystem::path& file, StopLock::Hold hold);

  [[nodiscard]] std::string id() const;
  [[nodiscard]] std::array<unsigned char, 32> digest_key() const;

  [[nodiscard]] std::optional<Approval> last_approval() const;
  /// The approval in force at the end of a UTC day; nothing when the first came later.
  [[nodiscard]] std::optional<Approval> approval_on(Day day) const;
  void record_approval(const Approval& approval);
  /// A text that was ever approved, by its digest; nothing where none has it.
  [[nodiscard]] std::optional<ApprovedText> approved_text(const std::string& digest) const;

  /// Appends an entry, durably, and returns it with its number and hashes.
  LedgerEntry append(const std::string& kind, const std::string& run, const std::string& body,
                     const std::string& written_at);
  /// The same with the reason somebody gave, which is kept beside the chain: both or neither.
  LedgerEntry append_with_reason(const LedgerDraft& entry, const std::string& reason);
  /// By the entry's number.
  [[nodiscard]] std::map<std::int64_t, std::string> reasons() const;
  [[nodiscard]] std::vector<LedgerEntry> ledger() const;
  [[nodiscard]] std::optional<LedgerEntry> last_entry(const std::string& kind) const;
  /// The number at which the chain first differs from what was appended, one past the last entry
  /// where entries are missing at the end; or nothing.
  [[nodiscard]] std::optional<std::int64_t> first_broken_entry() const;

  /// Keeps digests of keys whose records a step is about to change, durably, beside the ledger; returns the number
  /// of the batch they are. The step isn't known to be carried out until that number is among the `confirmed` of a
  /// later call.
  using KeyDigest = std::array<unsigned char, 16>;
  [[nodiscard]] std::int64_t keep_keys(const KeyPlace& place, std::vector<KeyDigest> keys,
                                       const std::vector<std::int64_t>& confirmed);
  void confirm_keys(const std::vector<std::int64_t>& confirmed);
  [[nodiscard]] std::vector<KeptKeys> kept_keys(const std::string& run) const;
  /// Runs that kept keys and whose end isn't in the ledger: cut off, or under way.
  [[nodiscard]] std::vector<std::string> runs_cut_off() const;
  [[nodiscard]] std::vector<FoundKey> find_key(const std::string& dataset, const std::string& table,
                                               const KeyDigest& key) const;

  /// What stands beside the ledger from before a UTC day: key digests of runs that ended, and reasons.
  struct Evidence {
    std::int64_t keys = 0;
    std::int64_t reasons = 0;
  };
  [[nodiscard]] Evidence evidence_before(Day day) const;
  /// Drops it and adds an entry that says so, both or neither, and leaves no trace of it in the file. The chain stays
  /// as it is. REQUIRES: the lock.
  void prune(Day day, const LedgerDraft& entry);

  /// Every stop there ever was, by number: lifted and past ones, too.
  [[nodiscard]] std::vector<Stop> stops() const;
  /// Adds a stop and its ledger entry, both or neither. REQUIRES: the lock on the stops alone, and a
  /// number one past the last stop's.
  void add_stop(const Stop& stop, const LedgerDraft& entry);
  /// Lifts one the same way. REQUIRES: the lock on the stops alone; a stop that isn't lifted yet.
  void lift_stop(std::int64_t number, const StopLifting& lifting, const LedgerDraft& entry);

  /// Days that rows which are gone gave, and on which states were first seen (S11).
  [[nodiscard]] std::vector<std::string> remembered_events() const;
  [[nodiscard]] std::optional<RememberedDay> remembered_day(const std::string& event,
                                                            const RememberedDay::Digest& digest) const;
  /// All or none, durably; each reading in the place of what was remembered under its digest.
  void remember(const std::vector<RememberedDay>& days);
  /// All or none, durably: their records are removed next.
  void leave_remembered(const std::string& event, const std::vector<RememberedDay::Digest>& digests);
  /// `pass` is a name no other pass has.
  void meet_remembered(const std::string& event, const std::string& pass, const std::vector<MetRecord>& met);
  /// What the pass didn't meet is away from today on, if it wasn't before.
  void note_remembered_away(const std::string& event, const std::string& pass, Day today);
  /// Forgets what has left and wasn't met since, and what was away already on `day`.
  void forget_remembered(const std::string& event, Day day);

  /// What is known of the records in a dataset's archive: how many the last run found there, less what was to
  /// be purged since, and what arrived since. Tables of which nothing was noted are left out.
  [[nodiscard]] ArchivedCounts archived_counts(const std::string& policy, const std::string& dataset) const;
  /// Notes it for the tables given, all or none, durably; of others what was noted stays.
  void note_archived(const std::string& policy, const std::string& dataset, const ArchivedCounts& counts);

  /// Erasures still to be done, by dataset, with the reason.
  void set_erasure_pending(const std::string& dataset, const std::string& because);
  void clear_erasure_pending(const std::string& dataset);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> erasure_pending() const;

 private:
  struct Storage;
  explicit State(std::unique_ptr<Storage> storage);
  std::unique_ptr<Storage> m_storage;
};

}  // namespace oubli
