#include "source/csv/archive_step.hpp"

#include "source/csv/archived_scan.hpp"
#include "source/csv/fault.hpp"
#include "source/csv/replacement.hpp"
#include "source/noted_keys.hpp"

#include <optional>

namespace oubli::csv {

namespace {

bool goes(const PairChoice& choice, const JudgedRecord& record) {
  return removes(record.judgement.outcome) &&
         (choice.going == nullptr || choice.going->goes(*choice.plan->pass.table, record));
}

/// What stays of one pair.
class PairPurge {
 public:
  PairPurge(ArchivedDataset& archive, const PairChoice& choice, std::int64_t already)
      : m_archive(archive), m_choice(choice), m_left(choice.plan->expected - already), m_keys(choice.going) {}

  /// Judges every record once more and writes those that stay.
  void prepare() {
    const ArchiveFolder& folder = m_archive.folder(m_choice.table());
    ArchivedRecordJudge judge(m_archive, m_choice.plan->pass);
    ArchivedScan scan(folder, m_choice.pair, m_archive.dialect(m_choice.table()), judge.layout().choice);
    m_rewrite.emplace(*folder.folder(), m_choice.pair.names, m_choice.pair.names.meta, scan.head(), scan.line().head());
    while (scan.next()) {
      require_intact(scan);
      const bool is_taken =
          m_left > 0 && judge.judge(scan, m_choice.pair.names.records) && goes(m_choice, judge.judged());
      if (is_taken)
        take(judge.judged());
      else
        m_rewrite->keep(scan.record().raw.bytes, scan.line().bytes());
    }
    m_rewrite->finish();
  }

  void tell_keys() { m_keys.tell(); }
  void put_in_place() const { m_rewrite->put_in_place(); }
  [[nodiscard]] const PairChoice& choice() const { return m_choice; }
  [[nodiscard]] std::int64_t purged() const { return m_purged; }

 private:
  void take(const JudgedRecord& record) {
    --m_left;
    ++m_purged;
    m_keys.add(m_choice.plan->pass, RecordChange::purged, m_keys.of(m_choice.plan->pass, record));
  }

  void require_intact(const ArchivedScan& scan) const {
    if (to_hex(content_digest(scan.record().raw.content)) == scan.line().content()) return;
    throw FileFault("archive file " + m_choice.pair.records + " isn't as it was written",
                    "restore it from a backup of the archive");
  }

  ArchivedDataset& m_archive;
  const PairChoice& m_choice;
  std::int64_t m_left;  ///< how many more the plan expects
  std::int64_t m_purged = 0;
  NotedKeys m_keys;
  std::optional<PairRewrite> m_rewrite;
};

class PurgeStep : public Step {
 public:
  PurgeStep(ArchivedDataset& archive, PurgeHistory& history, std::vector<PairChoice> choices)
      : m_archive(archive), m_history(history), m_choices(std::move(choices)) {}

  /// Nothing is copied: what leaves the archive is gone.
  void copy() override {}

  [[nodiscard]] StepResult remove() override {
    StepResult result;
    with_context(m_archive.name(), m_choices.front().table(), [&] {
      lock_folders();
      const auto guard = begin();
      auto purges = prepared();
      for (const auto& purge : purges) purge->tell_keys();
      for (const auto& purge : purges) {
        purge->put_in_place();
        note(*purge, result);
      }
      m_archive.forget_roots();
    });
    return result;
  }

 private:
  // A lock on each folder once: a second one of our own would wait for the first.
  void lock_folders() {
    std::set<std::filesystem::path> folders;
    for (const auto& choice : m_choices) folders.insert(m_archive.folder(choice.table()).folder()->path());
    for (const auto& folder : folders) m_locks.emplace_back(folder);
  }

  [[nodiscard]] std::unique_ptr<StepGuard> begin() {
    try {
      return begin_step(m_choices.front().going);
    } catch (const PlanOutdated&) {
      m_history = {};  // the plan that takes this one's place begins at the beginning
      throw;
    }
  }

  [[nodiscard]] std::vector<std::unique_ptr<PairPurge>> prepared() {
    std::vector<std::unique_ptr<PairPurge>> purges;
    auto taken = m_history.taken;
    for (const auto& choice : m_choices) {
      purges.push_back(std::make_unique<PairPurge>(m_archive, choice, taken[choice.table()]));
      purges.back()->prepare();
      taken[choice.table()] += purges.back()->purged();
    }
    return purges;
  }

  void note(const PairPurge& purge, StepResult& result) {
    const PairChoice& choice = purge.choice();
    m_history.finished.emplace(choice.table(), choice.pair.names.records);
    m_history.taken[choice.table()] += purge.purged();
    result[choice.table()].purged += purge.purged();
  }

  ArchivedDataset& m_archive;
  PurgeHistory& m_history;
  std::vector<PairChoice> m_choices;
  std::vector<FolderLock> m_locks;
};

}  // namespace

bool has_going_record(ArchivedDataset& archive, const PairChoice& choice, std::int64_t already) {
  if (already >= choice.plan->expected) return false;
  ArchivedRecordJudge judge(archive, choice.plan->pass);
  ArchivedScan scan(archive.folder(choice.table()), choice.pair, archive.dialect(choice.table()),
                    judge.layout().choice);
  while (scan.next()) {
    if (judge.judge(scan, choice.pair.names.records) && goes(choice, judge.judged())) return true;
  }
  return false;
}

std::unique_ptr<Step> make_purge_step(ArchivedDataset& archive, PurgeHistory& history,
                                      std::vector<PairChoice> choices) {
  return std::make_unique<PurgeStep>(archive, history, std::move(choices));
}

}  // namespace oubli::csv
