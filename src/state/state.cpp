// The state file's public face: opens it with care, keeps approvals, stops and pending erasures, and
// turns every failure of SQLite into an Error that names the file.

#include "oubli/state/state.hpp"

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/digest.hpp"
#include "state/archived_table.hpp"
#include "state/day_table.hpp"
#include "state/key_file.hpp"
#include "state/key_table.hpp"
#include "state/ledger.hpp"
#include "state/private_file.hpp"
#include "state/random_bytes.hpp"
#include "state/schema.hpp"
#include "state/stop_table.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <utility>

namespace oubli {

namespace fs = std::filesystem;

struct State::Storage {
  Storage(fs::path its_file, SQLite::Database opened) : file(std::move(its_file)), database(std::move(opened)) {}
  fs::path file;
  SQLite::Database database;
  state::DayTable days{database};
};

namespace {

// A reader such as `oubli status` holds the file for a moment only.
constexpr int k_busy_milliseconds = 5'000;
constexpr std::size_t k_id_bytes = 16;

/// Calls `action`; what SQLite throws comes out as an Error about `file`.
template <typename Action>
auto guarded(const fs::path& file, const char* step, Action action) {
  try {
    return action();
  } catch (const SQLite::Exception& failure) {
    throw Error(Cause::dataset, fmt::format("the state {} cannot be {}: {}", file.string(), step, failure.what()),
                "check its rights and its disk; if it is damaged, put it back from a backup");
  }
}

SQLite::Database open_database(const fs::path& file, int mode) {
  state::check_is_state(file);
  return guarded(file, "opened", [&] {
    SQLite::Database database(file.string(), mode, k_busy_milliseconds);
    state::check_format(database, file);
    return database;
  });
}

std::string fresh_id() {
  const std::string bytes = state::random_bytes(k_id_bytes);
  const std::vector<unsigned char> unsigned_bytes(bytes.begin(), bytes.end());
  return to_hex(unsigned_bytes);
}

void create_with_key(const fs::path& file) {
  if (!fs::is_directory(file.parent_path())) {
    throw Error(Cause::dataset, fmt::format("the folder of the state {} does not exist", file.string()),
                "create the folder, for its owner alone, and try again");
  }
  state::create_key(file);
  guarded(file, "created", [&] { state::create_state(file, fresh_id()); });
}

void insert_text(SQLite::Database& database, std::int64_t approval, int position, const ApprovedText& text) {
  SQLite::Statement insert(database, "INSERT INTO approved_text VALUES (?, ?, ?, ?, ?, ?)");
  insert.bind(1, approval);
  insert.bind(2, position);
  insert.bind(3, text.kind);
  insert.bind(4, text.name);
  insert.bind(5, text.digest);
  insert.bind(6, text.text);
  insert.exec();
}

std::int64_t insert_approval(SQLite::Database& database, const Approval& approval) {
  SQLite::Statement insert(database, "INSERT INTO approval (approved_at, approved_by) VALUES (?, ?)");
  insert.bind(1, approval.approved_at);
  insert.bind(2, approval.approved_by);
  insert.exec();
  return database.getLastInsertRowid();
}

/// No approval is later.
constexpr const char* k_last_day = "9999-12-31";

LedgerEntry drafted(const LedgerDraft& draft) {
  return {0, draft.written_at, draft.kind, draft.run, draft.body, {}, {}};
}

std::vector<ApprovedText> read_texts(SQLite::Database& database, std::int64_t approval) {
  SQLite::Statement select(database,
                           "SELECT kind, name, digest, text FROM approved_text WHERE approval = ? ORDER BY position");
  select.bind(1, approval);
  std::vector<ApprovedText> texts;
  while (select.executeStep()) {
    texts.push_back({select.getColumn(0).getString(), select.getColumn(1).getString(), select.getColumn(2).getString(),
                     select.getColumn(3).getString()});
  }
  return texts;
}

/// The last approval up to the end of a UTC day.
std::optional<Approval> read_approval_on(SQLite::Database& database, const std::string& day) {
  SQLite::Statement select(database,
                           "SELECT number, approved_at, approved_by FROM approval WHERE substr(approved_at, 1, 10) <= ? "
                           "ORDER BY number DESC LIMIT 1");
  select.bind(1, day);
  if (!select.executeStep()) return std::nullopt;
  Approval approval{
      select.getColumn(0).getInt64(), select.getColumn(1).getString(), select.getColumn(2).getString(), {}};
  approval.texts = read_texts(database, approval.number);
  return approval;
}

}  // namespace

State::State(std::unique_ptr<Storage> storage) : m_storage(std::move(storage)) {}
State::~State() = default;
State::State(State&&) noexcept = default;
State& State::operator=(State&&) noexcept = default;

std::optional<State> State::open_for_reading(const fs::path& file) {
  if (!state::has_regular_file(file)) return std::nullopt;
  return State(std::make_unique<Storage>(file, open_database(file, SQLite::OPEN_READONLY)));
}

State State::open(const fs::path& file, Create create) {
  if (!state::has_regular_file(file)) {
    if (create == Create::no) {
      throw Error(Cause::dataset, fmt::format("there is no state {}", file.string()),
                  "run 'oubli approve --by NAME', which creates it");
    }
    create_with_key(file);
  }
  // An archive that can't be matched to a data subject must not grow.
  static_cast<void>(state::read_key(file));
  State opened(std::make_unique<Storage>(file, open_database(file, SQLite::OPEN_READWRITE)));
  guarded(file, "opened", [&] {
    state::prepare_for_writing(opened.m_storage->database);
    state::bring_up_to_date(opened.m_storage->database);
  });
  return opened;
}

std::string State::id() const {
  return guarded(m_storage->file, "read",
                 [&] { return m_storage->database.execAndGet("SELECT id FROM oubli_state").getString(); });
}

std::array<unsigned char, 32> State::digest_key() const { return state::read_key(m_storage->file); }

std::optional<Approval> State::last_approval() const {
  return guarded(m_storage->file, "read", [&] { return read_approval_on(m_storage->database, k_last_day); });
}

std::optional<Approval> State::approval_on(Day day) const {
  return guarded(m_storage->file, "read",
                 [&] { return read_approval_on(m_storage->database, to_text(day)); });
}

std::optional<ApprovedText> State::approved_text(const std::string& digest) const {
  return guarded(m_storage->file, "read", [&]() -> std::optional<ApprovedText> {
    SQLite::Statement select(m_storage->database,
                             "SELECT kind, name, digest, text FROM approved_text WHERE digest = ? LIMIT 1");
    select.bind(1, digest);
    if (!select.executeStep()) return std::nullopt;
    return ApprovedText{select.getColumn(0).getString(), select.getColumn(1).getString(),
                        select.getColumn(2).getString(), select.getColumn(3).getString()};
  });
}

void State::record_approval(const Approval& approval) {
  guarded(m_storage->file, "written", [&] {
    SQLite::Database& database = m_storage->database;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const std::int64_t number = insert_approval(database, approval);
    int position = 0;
    for (const ApprovedText& text : approval.texts) insert_text(database, number, ++position, text);
    transaction.commit();
  });
}

LedgerEntry State::append(const std::string& kind, const std::string& run, const std::string& body,
                          const std::string& written_at) {
  return guarded(m_storage->file, "written", [&] {
    return state::append_entry(m_storage->database, {0, written_at, kind, run, body, {}, {}});
  });
}

LedgerEntry State::append_with_reason(const LedgerDraft& entry, const std::string& reason) {
  return guarded(m_storage->file, "written", [&] {
    SQLite::Transaction transaction(m_storage->database, SQLite::TransactionBehavior::IMMEDIATE);
    auto appended = state::append_within(m_storage->database, drafted(entry));
    state::put_reason(m_storage->database, appended.number, reason);
    transaction.commit();
    return appended;
  });
}

std::map<std::int64_t, std::string> State::reasons() const {
  return guarded(m_storage->file, "read", [&] { return state::read_reasons(m_storage->database); });
}

std::vector<LedgerEntry> State::ledger() const {
  return guarded(m_storage->file, "read", [&] { return state::read_ledger(m_storage->database); });
}

std::optional<LedgerEntry> State::last_entry(const std::string& kind) const {
  return guarded(m_storage->file, "read", [&] { return state::read_last_entry(m_storage->database, kind); });
}

std::optional<std::int64_t> State::first_broken_entry() const {
  return guarded(m_storage->file, "read", [&] { return state::find_broken_entry(m_storage->database); });
}

std::int64_t State::keep_keys(const KeyPlace& place, std::vector<KeyDigest> keys,
                              const std::vector<std::int64_t>& confirmed) {
  return guarded(m_storage->file, "written",
                 [&] { return state::put_keys(m_storage->database, place, std::move(keys), confirmed); });
}

void State::confirm_keys(const std::vector<std::int64_t>& confirmed) {
  guarded(m_storage->file, "written", [&] { state::confirm_keys(m_storage->database, confirmed); });
}

std::vector<KeptKeys> State::kept_keys(const std::string& run) const {
  return guarded(m_storage->file, "read", [&] { return state::read_kept_keys(m_storage->database, run); });
}

std::vector<std::string> State::runs_cut_off() const {
  return guarded(m_storage->file, "read", [&] { return state::read_runs_cut_off(m_storage->database); });
}

std::vector<FoundKey> State::find_key(const std::string& dataset, const std::string& table, const KeyDigest& key) const {
  return guarded(m_storage->file, "read", [&] { return state::find_key(m_storage->database, dataset, table, key); });
}

State::Evidence State::evidence_before(Day day) const {
  return guarded(m_storage->file, "read", [&] {
    return Evidence{state::count_keys_before(m_storage->database, to_text(day)),
                    state::count_reasons_before(m_storage->database, to_text(day))};
  });
}

void State::prune(Day day, const LedgerDraft& entry) {
  guarded(m_storage->file, "written", [&] {
    SQLite::Transaction transaction(m_storage->database, SQLite::TransactionBehavior::IMMEDIATE);
    state::drop_keys_before(m_storage->database, to_text(day));
    state::drop_reasons_before(m_storage->database, to_text(day));
    state::append_within(m_storage->database, drafted(entry));
    transaction.commit();
    // What secure_delete overwrites may have been copied within the file before.
    m_storage->database.exec("VACUUM");
  });
}

std::vector<Stop> State::stops() const {
  return guarded(m_storage->file, "read", [&] { return state::read_stops(m_storage->database); });
}

void State::add_stop(const Stop& stop, const LedgerDraft& entry) {
  guarded(m_storage->file, "written", [&] {
    SQLite::Transaction transaction(m_storage->database, SQLite::TransactionBehavior::IMMEDIATE);
    state::insert_stop(m_storage->database, stop);
    state::append_within(m_storage->database, drafted(entry));
    transaction.commit();
  });
}

void State::lift_stop(std::int64_t number, const StopLifting& lifting, const LedgerDraft& entry) {
  guarded(m_storage->file, "written", [&] {
    SQLite::Transaction transaction(m_storage->database, SQLite::TransactionBehavior::IMMEDIATE);
    state::set_lifted(m_storage->database, number, lifting);
    state::append_within(m_storage->database, drafted(entry));
    transaction.commit();
  });
}

std::vector<std::string> State::remembered_events() const {
  return guarded(m_storage->file, "read", [&] { return m_storage->days.events(); });
}

std::optional<RememberedDay> State::remembered_day(const std::string& event,
                                                   const RememberedDay::Digest& digest) const {
  return guarded(m_storage->file, "read", [&] { return m_storage->days.find(event, digest); });
}

void State::remember(const std::vector<RememberedDay>& days) {
  guarded(m_storage->file, "written", [&] { m_storage->days.put(days); });
}

void State::leave_remembered(const std::string& event, const std::vector<RememberedDay::Digest>& digests) {
  guarded(m_storage->file, "written", [&] { m_storage->days.leave(event, digests); });
}

void State::meet_remembered(const std::string& event, const std::string& pass, const std::vector<MetRecord>& met) {
  guarded(m_storage->file, "written", [&] { m_storage->days.meet(event, pass, met); });
}

void State::note_remembered_away(const std::string& event, const std::string& pass, Day today) {
  guarded(m_storage->file, "written", [&] { m_storage->days.note_away(event, pass, today); });
}

void State::forget_remembered(const std::string& event, Day day) {
  guarded(m_storage->file, "written", [&] { m_storage->days.forget(event, day); });
}

ArchivedCounts State::archived_counts(const std::string& policy, const std::string& dataset) const {
  return guarded(m_storage->file, "read",
                 [&] { return state::read_archived(m_storage->database, policy, dataset); });
}

void State::note_archived(const std::string& policy, const std::string& dataset, const ArchivedCounts& counts) {
  guarded(m_storage->file, "written", [&] { state::put_archived(m_storage->database, policy, dataset, counts); });
}

void State::set_erasure_pending(const std::string& dataset, const std::string& because) {
  guarded(m_storage->file, "written", [&] {
    SQLite::Statement insert(m_storage->database, "INSERT OR REPLACE INTO erasure_pending VALUES (?, ?)");
    insert.bind(1, dataset);
    insert.bind(2, because);
    insert.exec();
  });
}

void State::clear_erasure_pending(const std::string& dataset) {
  guarded(m_storage->file, "written", [&] {
    SQLite::Statement remove(m_storage->database, "DELETE FROM erasure_pending WHERE dataset = ?");
    remove.bind(1, dataset);
    remove.exec();
  });
}

std::vector<std::pair<std::string, std::string>> State::erasure_pending() const {
  return guarded(m_storage->file, "read", [&] {
    SQLite::Statement select(m_storage->database, "SELECT dataset, because FROM erasure_pending ORDER BY dataset");
    std::vector<std::pair<std::string, std::string>> pending;
    while (select.executeStep()) pending.emplace_back(select.getColumn(0).getString(), select.getColumn(1).getString());
    return pending;
  });
}

}  // namespace oubli
