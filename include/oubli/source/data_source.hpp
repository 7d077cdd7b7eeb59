/// The contract of everything oubli reads and changes: one `DataSource` per dataset.
///
/// A source delivers records to the matcher and carries out steps; it never decides. Adding one is
/// a folder beside `sqlite/` and `csv/` and a line in `open.cpp`; the contract suite in
/// `tests/contract` must pass for it unchanged.
#pragma once

#include "oubli/engine/decide.hpp"
#include "oubli/model/archived_count.hpp"
#include "oubli/model/record_subject.hpp"
#include "oubli/model/residue_search.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/side.hpp"
#include "oubli/model/tally.hpp"
#include "oubli/source/day_memory.hpp"

#include <array>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli {

// ---------------------------------------------------------------- schema

struct ColumnSchema {
  std::string name;
  std::string declared_type;  ///< SQLite's, as written; empty for CSV
  bool not_null = false;
  bool generated = false;
};

struct TableSchema {
  std::string name;
  std::vector<ColumnSchema> columns;          ///< in the table's order, generated ones included
  std::vector<std::string> primary_key;       ///< empty: none
  std::vector<std::vector<std::string>> unique;  ///< sets of columns, the primary key included
  bool implicit_rowid = false;                ///< its records are known by a rowid no column shows
  bool is_plain_table = true;                 ///< false: a view, virtual or shadow table; can't be enforced
};

struct Trigger {
  std::string name;
  std::string table;
};

// ---------------------------------------------------------------- reading

/// What identifies a record to a relation, within one process: opaque, compared only with keys
/// the same source gave for the same relation. A null key points to nothing.
struct RecordKey {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  bool null = true;
  friend bool operator==(const RecordKey&, const RecordKey&) = default;
};

struct RecordKeyHash {
  std::size_t operator()(const RecordKey& key) const noexcept { return key.high * 0x9E3779B97F4A7C15ULL ^ key.low; }
};

/// One record with its judgement; everything in it lives for the call only.
struct JudgedRecord {
  const Judgement& judgement;
  std::int64_t row;                       ///< from 1: the rowid where the table has one, else the ordinal in the pass;
                                          ///< CSV: the record's number in its file, the header not counted
  std::string_view file;                  ///< CSV: the file's name where the table is a glob; else empty
  RecordFacts facts;                      ///< what it was judged by; empty for a malformed record
  std::span<const Value> key;             ///< the config's `key` columns, where the pass asked for them
  std::span<const RecordKey> as_parent;   ///< one per TablePass::as_parent
  std::span<const RecordKey> as_child;    ///< one per TablePass::as_child
  RecordSubject subject = {};             ///< where the pass asked for it and the table has a path to it
  std::span<const Value> more = {};       ///< one per TablePass::more; none where an archived record lacks one
};

class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void record(const JudgedRecord& record) = 0;

  /// A sink for some of the records, told of them by another thread; null where records must come one
  /// by one, in their order. What this one and its parts read must not change meanwhile.
  [[nodiscard]] virtual std::unique_ptr<RecordSink> part() const { return nullptr; }
  /// Takes over what a part was told: part by part, in the records' order. The part counted its rows
  /// from 1; `rows_before` of the same file come before them.
  virtual void join(const RecordSink& /*part*/, std::int64_t /*rows_before*/) {}
};

/// Chooses one record for `explain`.
struct RecordChoice {
  std::vector<std::string> key;      ///< one text per `key` column, as a person types it
  std::optional<std::int64_t> row;   ///< instead of the key
};

/// What one pass over a table is to deliver. Relations are indices into RuledDataset::relations.
struct TablePass {
  const RuledTable* table = nullptr;
  const Matcher* matcher = nullptr;     ///< of the table's rules
  std::vector<std::size_t> as_parent;   ///< relations whose parent-side key is wanted
  std::vector<std::size_t> as_child;    ///< relations whose child-side key is wanted
  bool with_key = false;
  bool with_subject = false;            ///< over RuledTable::subject; a follower's is its own path's
  std::vector<std::string> more;        ///< columns of the table itself that no rule reads
  std::optional<RecordChoice> only;     ///< deliver the matching records alone
};

// ---------------------------------------------------------------- enforcing

/// What every archived record is accompanied by (oubli-rules(7), the archive).
struct ArchiveTarget {
  std::filesystem::path folder;          ///< of the policy: exists, mode 0700, ours
  std::string state_id;                  ///< an archive file of another state is refused
  std::string run;                       ///< id of the present run
  std::array<unsigned char, 32> digest_key{};  ///< HMAC key of subject digests (`<state>.key`)
  ArchivedCounts known = {};             ///< tables with neither records nor arrivals left out
};

/// Held by a source for as long as a step judges and changes records: nobody adds or lifts a stop
/// meanwhile (S18, S19).
class StepGuard {
 public:
  virtual ~StepGuard() = default;
};

/// Thrown when a step finds that stops were added or lifted since its plan was made. The step has
/// changed nothing; who carries out the plan makes it anew.
class PlanOutdated : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "stops were added or lifted meanwhile"; }
};

/// An archived record, as a pass over the archive tells of it.
struct ArchivedPlace {
  const RuledTable* table = nullptr;
  std::int64_t row = 0;
  std::string file{};  ///< CSV: of the archive
};

/// What came back to the source.
struct Restored {
  std::map<std::string, std::int64_t> records{};  ///< by table
  std::int64_t row = 0;  ///< of the record asked for, where it is now; 0 where a pass tells it by its order alone
  std::string file{};    ///< CSV: of the source
};

/// What a step does to a record.
enum class RecordChange : std::uint8_t { archived, purged, anonymised, minimised };

/// By what the proof of a change knows a record: half of an HMAC-SHA-256 of its key.
using KeyDigest = std::array<unsigned char, 16>;

/// Says what may be changed in this run. A source asks it of every record right before a change.
class GoingRecords {
 public:
  virtual ~GoingRecords() = default;
  /// Whether a due record goes: it isn't stopped (S18, S19), nor blocked (S20), and within `--catch-up` (I8).
  [[nodiscard]] virtual bool goes(const RuledTable& table, const JudgedRecord& record) const = 0;
  /// Says whether a record that stays is anonymised, or minimised by what its judgement names.
  [[nodiscard]] virtual bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const = 0;
  /// Called by a source at the start of every step that changes records, inside its write transaction and
  /// before it reads a record again. The guard is kept until the change is committed or undone; null where
  /// nothing can be stopped. Throws PlanOutdated.
  [[nodiscard]] virtual std::unique_ptr<StepGuard> begin_step() const { return nullptr; }
  /// Of a record's key; nothing where its table has none, or nobody wants to know. REQUIRES: a pass `with_key`.
  [[nodiscard]] virtual std::optional<KeyDigest> key_digest(const RuledTable& /*table*/,
                                                            const JudgedRecord& /*record*/) const {
    return std::nullopt;
  }
  /// Told by every step of the records it changes, right before the change is for good: what is noted of them is
  /// durable when it returns. A step that fails afterwards has been told of in vain; who carries it out knows.
  virtual void before_change(const RuledTable& /*table*/, RecordChange /*change*/,
                             const std::vector<KeyDigest>& /*keys*/) const {}
};

/// The guard of a plan's step; null where nothing decides what goes.
[[nodiscard]] std::unique_ptr<StepGuard> begin_step(const GoingRecords* going);

/// One table's part of a plan: rules, as-of day and the expected count; never a list of records.
struct TablePlan {
  TablePass pass;                 ///< `goes` needs the keys it asks for
  std::int64_t expected = 0;      ///< records to take out, or to rewrite; a source never changes more
};

/// Tables that are changed together: a root table and those that follow it, children before
/// parents. Where tables point to each other in a cycle, all of these, and `as_one`.
struct GroupPlan {
  std::vector<TablePlan> tables;
  bool as_one = false;            ///< the whole group in one step: a cycle goes or stays as one (S20)
  const GoingRecords* going = nullptr;
};

struct StepLimit {
  std::int64_t records = 2'000;   ///< of the root table; their followers come on top
};

struct TableChange {
  std::int64_t archived = 0;
  std::int64_t purged = 0;
  std::int64_t anonymised = 0;
  std::int64_t minimised = 0;
  std::int64_t changed = 0;       ///< due when planned, not any more when read again: kept
  std::map<std::string, std::int64_t> columns{};  ///< records in which each column was emptied or masked
  [[nodiscard]] std::int64_t rewritten() const { return anonymised + minimised; }
  TableChange& operator+=(const TableChange& other);
};

/// By table name.
using StepResult = std::map<std::string, TableChange>;

/// The next due records of a group, taken together. Destroyed without `remove`, it leaves the
/// source as it was; copies already made stay pending and are settled by the next run.
class Step {
 public:
  virtual ~Step() = default;
  /// Step A: copies what goes to the archive, durably, as pending. Changes nothing in the source.
  virtual void copy() = 0;
  /// Step B: reads and judges every record again inside one transaction and removes those that
  /// are still due and, where archived, equal byte for byte and type for type to their copy; then
  /// confirms their copies and erases the others'. All of it or, throwing Error, none.
  [[nodiscard]] virtual StepResult remove() = 0;
};

/// The emptying and masking of what records that stay may not keep (S15, S17), one table's, step by
/// step. Destroyed between two steps, it leaves what is done.
class Rewriting {
 public:
  virtual ~Rewriting() = default;
  /// Reads and judges the next records again inside one transaction, sets the columns that
  /// `Judgement::rewrites` names in those that are still to be rewritten, marks those that are
  /// anonymised, and makes sure that nothing else of them changed. All of the step or, throwing
  /// Error, none; nothing at all where a record of the table can't be written so. Nothing when
  /// there are no more records.
  [[nodiscard]] virtual std::optional<TableChange> next(StepLimit limit) = 0;
};

/// What becomes of the bytes of removed records in the source's and the archive's files.
struct ErasureResult {
  bool done = true;
  std::string pending_because{};  ///< in words, when not done: "another connection is reading crm.db"
  ResidueSearch search{};         ///< of a source that can leave something behind
};

/// What `approve` tells about an erasure before there is one.
struct ErasureEstimate {
  std::int64_t bytes_to_rewrite = 0;
  std::int64_t bytes_needed = 0;  ///< of temporary and journal space
  std::int64_t bytes_free = 0;
};

/// One dataset. Not for concurrent use. Every method throws Error (Cause::dataset) naming the
/// dataset, the table and the step when it can't be read or changed; none skips a record in silence.
class DataSource {
 public:
  virtual ~DataSource() = default;

  /// All tables; of an archive those that hold records.
  [[nodiscard]] virtual std::vector<TableSchema> schema() const = 0;
  /// The foreign keys the source itself knows. Columns are named as in the schema.
  [[nodiscard]] virtual std::vector<Relation> foreign_keys() const = 0;

  /// Tells the compiled rules, whose relations the passes refer to. Called once, before any pass.
  virtual void set_rules(const RuledDataset& rules) = 0;

  /// Tells the id of the run, which chooses the removed values that `erase_residue` looks for. Called before any
  /// step; without it none are looked for.
  virtual void set_run(const std::string& /*run*/) {}

  /// Says by what days are remembered that no row shows (S11), or null where nothing is, and where a
  /// pass may put what is too much for memory. Called before any pass; `memory` outlives the source.
  virtual void set_day_memory(DayMemory* /*memory*/, const std::filesystem::path& /*temporary_folder*/) {}

  /// Notes the states of a table's records that are seen for the first time, and forgets what was
  /// remembered for records that are gone. Changes the memory alone.
  virtual void refresh_day_memory(const TablePass& /*pass*/) {}

  /// Remembers what archived rows that are about to be purged say of events of other tables: those of a pass
  /// over the archive of which `leaves` says so. Changes the memory alone.
  using Leaves = std::function<bool(const JudgedRecord&)>;
  virtual void remember_leaving(DataSource& /*archive*/, const TablePass& /*pass*/, const Leaves& /*leaves*/) {}

  /// How many threads a pass may use; 1 until told. The outcome of a pass is the same for any number.
  virtual void set_threads(unsigned /*threads*/) {}

  /// One pass over a table, each record judged once and handed to `sink`, in the same order every
  /// time nothing changed. All passes between two changes see one snapshot. The file is left byte
  /// for byte as it was.
  virtual void for_each(const TablePass& pass, RecordSink& sink) = 0;

  /// The parent key of every record of a relation's child table that has one, rules or not.
  /// A dataset is asked with Side::archive for the archived records of that table, pending ones left
  /// out; its archive with Side::live for those live records whose parent isn't live any more.
  virtual void for_each_reference(std::size_t relation, Side side, const std::function<void(const RecordKey&)>& use) = 0;

  /// Triggers that removing records of a ruled table would fire. Throws Error when nothing can be
  /// removed from that table.
  [[nodiscard]] virtual std::vector<Trigger> removal_triggers(const std::string& table) const = 0;
  /// Triggers that rewriting records of a ruled table would fire. Throws Error when nothing can be
  /// changed in it.
  [[nodiscard]] virtual std::vector<Trigger> rewriting_triggers(const RuledTable& table) const = 0;
  [[nodiscard]] virtual ErasureEstimate erasure_estimate() const = 0;

  /// Says where archived records are and go. Called once, before Side::archive is asked for and
  /// before the first step; creates nothing yet. A file of another state is refused.
  virtual void set_archive(const ArchiveTarget& target) = 0;

  /// The copies an earlier, interrupted run left pending, as a step of their own that only settles
  /// them: an identical live record that is still due goes and its copy is confirmed; one that
  /// differs or is no longer due stays and its copy is erased; for one that is gone the copy is
  /// confirmed. Null when there are none.
  [[nodiscard]] virtual std::unique_ptr<Step> pending_step(const GroupPlan& plan) = 0;

  /// The next due records of the group, or null when none are left.
  [[nodiscard]] virtual std::unique_ptr<Step> next_step(const GroupPlan& plan, StepLimit limit) = 0;

  /// Puts an archived record back, with those that came to the archive with it: first into the source, durably and
  /// read back there type for type and byte for byte, then out of the archive. Cut off anywhere, each is in the
  /// archive, in the source or in both, and `settle_restored` finishes. Throws Error (Cause::refused), having changed
  /// nothing, where the source doesn't take one of them: a key that exists again, a parent that is missing, other
  /// columns than then, copies that are still pending. `going` is asked for the step's guard alone.
  /// REQUIRES: set_archive; nothing is left for `settle_restored`.
  [[nodiscard]] virtual Restored restore(const ArchivedPlace& place, const GoingRecords& going) = 0;

  /// Finishes what an interrupted `restore` began: a record that came back leaves the archive, any other stays there.
  virtual void settle_restored() = 0;

  /// Starts to rewrite a table's records, those that `going` says. Both outlive what is returned.
  [[nodiscard]] virtual std::unique_ptr<Rewriting> rewriting(const TablePlan& plan, const GoingRecords& going) = 0;

  /// Makes removed bytes unreadable in the source's files, and looks for some of the values that the steps
  /// before removed (oubli-rules(7), erasure). It isn't done where one is found.
  [[nodiscard]] virtual ErasureResult erase_residue() = 0;

  /// Where the records archived by this run are; empty when none were.
  [[nodiscard]] virtual std::vector<std::filesystem::path> archived_to() const = 0;
};

enum class Access : std::uint8_t {
  read,     ///< leaves the file, and what lies beside it, as they were
  enforce,
};

/// Opens a dataset. Throws Error (Cause::dataset) when it isn't there or isn't what the config says.
/// REQUIRES: `dataset.kind` is not external.
[[nodiscard]] std::unique_ptr<DataSource> open_source(const DatasetConfig& dataset, Access access);

/// Opens the archive of a dataset as a source of its own: its records are the archived ones, each
/// judged by its notes (ArchivedJudge), and what a step removes is gone with its bookkeeping. Copies
/// that are still pending belong to the live side and aren't seen. Nothing is created: where no
/// archive was made yet, there are no records. Throws Error (Cause::refused) for the archive of
/// another state.
[[nodiscard]] std::unique_ptr<DataSource> open_archive(const RuledDataset& dataset, const ArchiveTarget& target,
                                                       Access access);

}  // namespace oubli
