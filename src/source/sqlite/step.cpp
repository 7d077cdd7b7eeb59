#include "source/sqlite/step.hpp"

#include "source/noted_keys.hpp"
#include "source/sqlite/bookkeeping.hpp"
#include "source/sqlite/content_digest.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/member_access.hpp"
#include "source/sqlite/removal_watch.hpp"

#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace oubli::sqlite {
namespace {

/// Members of a cycle are removed in any order: foreign keys would refuse that, or act on members
/// still to come. That nobody else points to them is checked before.
class ForeignKeyPause {
 public:
  ForeignKeyPause(SQLite::Database& database, bool pause) : m_database(pause ? &database : nullptr) {
    if (m_database != nullptr) m_database->exec("PRAGMA foreign_keys = OFF");
  }
  ~ForeignKeyPause() {
    if (m_database != nullptr) m_database->tryExec("PRAGMA foreign_keys = ON");
  }
  ForeignKeyPause(const ForeignKeyPause&) = delete;
  ForeignKeyPause& operator=(const ForeignKeyPause&) = delete;

 private:
  SQLite::Database* m_database;
};

class SqliteStep final : public Step {
 public:
  SqliteStep(const StepContext& context, const GroupPlan& plan, Collected collected, Copies copies, Progress& progress);

  void copy() override;
  [[nodiscard]] StepResult remove() override;

 private:
  struct Verdict {
    bool goes = false;
    std::vector<bool> is_there;  ///< by member
    std::vector<std::optional<KeyDigest>> keys;  ///< likewise
  };

  [[nodiscard]] const std::string& name_of(const Member& member) const;
  [[nodiscard]] bool copies_anything() const;
  void prepare_archive();
  void copy_member(const Family& family, Member& member);

  void remove_families();
  [[nodiscard]] bool has_triggers();
  [[nodiscard]] bool were_removed_before();
  [[nodiscard]] Verdict judge(const Family& family);
  [[nodiscard]] bool is_still_to_go(const Member& member, const JudgedRecord& record) const;
  [[nodiscard]] bool equals_its_copy(const Member& member);
  [[nodiscard]] bool has_other_children(const Family& family);
  [[nodiscard]] bool has_archived_children(const Member& member);
  void carry_out(const Family& family, const Verdict& verdict);
  void note_erased(const Member& member);
  void settle_copies();
  [[nodiscard]] bool writes_foreign_rows();
  void remember_parting();

  StepContext m_context;
  const GroupPlan& m_plan;
  std::vector<TablePass> m_passes;  ///< the plan's, with what the bookkeeping tells
  std::vector<Family> m_families;
  Copies m_copies;
  Progress m_next;
  Progress& m_progress;
  StepResult m_result;
  ChildFinder m_finder;
  std::vector<MemberAccess> m_access;  ///< by table of the plan
  std::vector<std::int64_t> m_to_confirm;
  std::vector<std::int64_t> m_to_withdraw;
  events::Parting m_parting;  ///< of records that go and aren't remembered yet
  NotedKeys m_keys;
};

SqliteStep::SqliteStep(const StepContext& context, const GroupPlan& plan, Collected collected, Copies copies,
                       Progress& progress)
    : m_context(context),
      m_plan(plan),
      m_families(std::move(collected.families)),
      m_copies(copies),
      m_next(std::move(collected.progress)),
      m_progress(progress),
      m_result(std::move(collected.left_out)),
      m_finder(context.dataset),
      m_keys(plan.going) {
  m_passes.reserve(plan.tables.size());
  m_access.reserve(plan.tables.size());
  for (const TablePlan& table : plan.tables) {
    m_passes.push_back(table.pass);
    m_passes.back().with_subject = true;
    m_access.emplace_back(context.dataset, m_passes.back());
  }
}

const std::string& SqliteStep::name_of(const Member& member) const {
  return m_plan.tables[member.table].pass.table->config.name;
}

// ---------------------------------------------------------------- step A

bool SqliteStep::copies_anything() const {
  const auto is_archived = [](const Member& member) { return member.outcome == Outcome::archive; };
  return m_copies == Copies::made_here && std::ranges::any_of(m_families, [&](const Family& one) {
           return std::ranges::any_of(one.members, is_archived);
         });
}

void SqliteStep::prepare_archive() {
  std::set<std::size_t> tables;
  for (const Family& family : m_families) {
    for (const Member& member : family.members) {
      if (member.outcome == Outcome::archive) tables.insert(member.table);
    }
  }
  for (const std::size_t table : tables) {
    const TableFacts& facts = m_access[table].facts();
    m_context.archive->prepare_table(facts);
    m_context.archived_children.forget(m_context.dataset, facts.schema.name);
  }
}

void SqliteStep::copy() {
  if (!copies_anything()) return;
  in_step(m_context.dataset.config.name, "copying records to the archive", [&] {
    m_context.dataset.hold_snapshot();
    m_context.archive->open_or_create(text_encoding(m_context.dataset.database));
    SQLite::Transaction transaction(m_context.archive->database(), SQLite::TransactionBehavior::IMMEDIATE);
    prepare_archive();
    for (Family& family : m_families) {
      for (Member& member : family.members) copy_member(family, member);
    }
    for (MemberAccess& access : m_access) access.finish();
    transaction.commit();
  });
}

void SqliteStep::copy_member(const Family& family, Member& member) {
  if (member.outcome != Outcome::archive) return;
  MemberAccess& access = m_access[member.table];
  const auto record = access.read(member.identity);
  const ValueStatement* const row = access.read_whole(member.identity);
  if (!record || row == nullptr) return;
  ArchiveEntry entry =
      archive_entry(m_context.archive->target(), access.facts(), m_plan.tables[member.table].pass, *record, *row);
  entry.identity = member.identity;
  entry.family = family.name;
  member.copy = m_context.archive->insert(access.facts(), *row, entry);
}

// ---------------------------------------------------------------- step B

StepResult SqliteStep::remove() {
  const std::string& dataset = m_context.dataset.config.name;
  try {
    in_step(dataset, "removing records", [&] { remove_families(); });
  } catch (const PlanOutdated&) {
    m_progress = {};  // the plan that takes this one's place begins at the beginning
    throw;
  }
  in_step(dataset, "confirming archived records", [&] { settle_copies(); });
  m_progress = m_next;
  return m_result;
}

void SqliteStep::remove_families() {
  SQLite::Database& database = m_context.dataset.database;
  m_context.dataset.end_snapshot();
  // One lock on the archive for all comparisons, not one for each record.
  std::optional<SQLite::Transaction> comparing;
  if (m_context.archive && m_context.archive->is_open()) comparing.emplace(m_context.archive->database());
  const ForeignKeyPause pause(database, m_plan.as_one);
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const auto guard = begin_step(m_plan.going);
  m_context.dataset.notice_changes();
  const bool rereads = writes_foreign_rows();
  std::optional<RemovalWatch> watch;
  if (has_triggers()) watch.emplace(m_context.dataset);
  const bool are_gone = were_removed_before();
  for (const Family& family : m_families) {
    for (MemberAccess& access : m_access) access.prepare_said();
    const Verdict verdict = are_gone ? Verdict{true, std::vector(family.members.size(), false), {}} : judge(family);
    for (MemberAccess& access : m_access) access.finish();
    carry_out(family, verdict);
    if (rereads) remember_parting();
    if (rereads) m_context.dataset.events->forget();
  }
  if (watch) watch->require_only(m_result);
  remember_parting();
  m_keys.tell();
  transaction.commit();
}

bool SqliteStep::has_triggers() {
  return std::ranges::any_of(m_access, [](MemberAccess& access) { return access.has_triggers(); });
}

// Taking a row away changes no event, for what it said is remembered; but a trigger may write more.
bool SqliteStep::writes_foreign_rows() {
  if (m_context.dataset.events == nullptr) return false;
  std::set<std::string> looked_at;
  for (const TablePlan& table : m_plan.tables) {
    for (const std::string& name : m_context.dataset.events->tables_for(*table.pass.table)) looked_at.insert(name);
  }
  const auto writes_any = [&](MemberAccess& access) {
    if (looked_at.empty() || !access.has_triggers()) return false;
    const auto written = tables_written_by_removal(m_context.dataset.database, access.facts());
    return std::ranges::any_of(written, [&](const std::string& name) { return looked_at.contains(name); });
  };
  return std::ranges::any_of(m_access, writes_any);
}

// Before the removal is committed: cut off between the two, a row says once more what is remembered.
void SqliteStep::remember_parting() {
  if (m_context.dataset.events != nullptr) m_context.dataset.events->remember(m_parting);
  m_parting = {};
}

// A step removes all of its records at once. So when none of them is there as it was copied, the
// earlier run had removed them, and what is there under the same key or rowid is a new record.
bool SqliteStep::were_removed_before() {
  if (m_copies != Copies::of_earlier_run) return false;
  const auto is_as_copied = [&](const Member& member) { return equals_its_copy(member); };
  const bool is_any_left = std::ranges::any_of(
      m_families, [&](const Family& family) { return std::ranges::any_of(family.members, is_as_copied); });
  for (MemberAccess& access : m_access) access.finish();
  return !is_any_left;
}

SqliteStep::Verdict SqliteStep::judge(const Family& family) {
  Verdict verdict{true, {}, {}};
  for (const Member& member : family.members) {
    const auto record = m_access[member.table].read(member.identity);
    verdict.is_there.push_back(record.has_value());
    verdict.keys.push_back(record ? m_keys.of(m_passes[member.table], *record) : std::nullopt);
    if (record)
      verdict.goes = verdict.goes && is_still_to_go(member, *record) && equals_its_copy(member);
    else
      verdict.goes = verdict.goes && m_copies == Copies::of_earlier_run;
  }
  verdict.goes = verdict.goes && !has_other_children(family) &&
                 std::ranges::none_of(family.members, [&](const Member& one) { return has_archived_children(one); });
  return verdict;
}

bool SqliteStep::is_still_to_go(const Member& member, const JudgedRecord& record) const {
  if (!is_to_go(m_plan, m_plan.tables[member.table], record)) return false;
  // Its copy is due all the same when an earlier run archived what today would be purged.
  return record.judgement.outcome == member.outcome || m_copies == Copies::of_earlier_run;
}

bool SqliteStep::equals_its_copy(const Member& member) {
  if (member.copy == 0) return member.outcome == Outcome::purge;
  MemberAccess& access = m_access[member.table];
  const ValueStatement* const row = access.read_whole(member.identity);
  return row != nullptr && content_digest(*row) == m_context.archive->digest_of(access.facts(), member.copy);
}

bool SqliteStep::has_other_children(const Family& family) {
  std::set<std::pair<std::string, std::string>> own;
  for (const Member& member : family.members) own.emplace(m_access[member.table].facts().schema.name, member.identity);
  const auto& relations = m_context.dataset.rules.relations;
  for (const Member& member : family.members) {
    for (std::size_t i = 0; i < relations.size(); ++i) {
      if (!same_name(relations[i].parent, name_of(member))) continue;
      const std::string& child = m_context.dataset.catalog.plain_table(relations[i].child).schema.name;
      const auto is_other = [&](const std::string& identity) { return !own.contains({child, identity}); };
      if (std::ranges::any_of(m_finder.children(i, member.identity), is_other)) return true;
    }
  }
  return false;
}

/// Only what would be purged: an archived parent goes where its archived children are.
bool SqliteStep::has_archived_children(const Member& member) {
  auto& archive = m_context.archive;
  if (member.outcome != Outcome::purge || !archive || !archive->is_open()) return false;
  const auto& relations = m_context.dataset.rules.relations;
  for (std::size_t i = 0; i < relations.size(); ++i) {
    if (same_name(relations[i].parent, name_of(member)) &&
        m_context.archived_children.exist(m_context.dataset, *archive, i, member.identity))
      return true;
  }
  return false;
}

void SqliteStep::carry_out(const Family& family, const Verdict& verdict) {
  for (std::size_t i = 0; i < family.members.size(); ++i) {
    const Member& member = family.members[i];
    const bool is_gone_before = !verdict.is_there[i] && m_copies == Copies::of_earlier_run;
    if (verdict.goes && !is_gone_before) {
      note_erased(member);
      m_access[member.table].part(member.identity, m_parting);
      m_access[member.table].remove(member.identity);
      m_keys.add(m_passes[member.table], member.copy != 0 ? RecordChange::archived : RecordChange::purged,
                 verdict.keys[i]);
      ++m_next.taken[name_of(member)];
      ++(member.copy != 0 ? m_result[name_of(member)].archived : m_result[name_of(member)].purged);
    } else if (!is_gone_before) {
      ++m_result[name_of(member)].changed;
    }
    if (member.copy == 0) continue;
    if (verdict.goes || is_gone_before)
      m_to_confirm.push_back(member.copy);
    else
      m_to_withdraw.push_back(member.copy);
  }
}

void SqliteStep::note_erased(const Member& member) {
  if (!m_context.dataset.erased) return;
  const ValueStatement* const row = m_access[member.table].read_whole(member.identity);
  if (row != nullptr) m_context.dataset.note_erased(*row);
  m_access[member.table].finish();
}

void SqliteStep::settle_copies() {
  if (m_to_confirm.empty() && m_to_withdraw.empty()) return;
  SQLite::Transaction transaction(m_context.archive->database(), SQLite::TransactionBehavior::IMMEDIATE);
  for (const std::int64_t copy : m_to_confirm) m_context.archive->confirm(copy);
  for (const std::int64_t copy : m_to_withdraw) m_context.archive->erase(copy);
  transaction.commit();
}

std::vector<std::string> archived_names(const OpenDataset& dataset, const GroupPlan& plan) {
  std::vector<std::string> names;
  for (const TablePlan& table : plan.tables)
    names.push_back(dataset.catalog.plain_table(table.pass.table->config.name).schema.name);
  return names;
}

}  // namespace

std::unique_ptr<Step> make_step(const StepContext& context, const GroupPlan& plan, Collected collected, Copies copies,
                                Progress& progress) {
  return std::make_unique<SqliteStep>(context, plan, std::move(collected), copies, progress);
}

std::vector<Family> pending_families(const StepContext& context, const GroupPlan& plan) {
  std::vector<Family> families;
  for (PendingCopy& copy : context.archive->pending(archived_names(context.dataset, plan))) {
    if (families.empty() || families.back().name != copy.family) families.push_back({copy.family, {}});
    families.back().members.push_back(
        {table_index(plan, copy.table), std::move(copy.identity), Outcome::archive, copy.record});
  }
  return families;
}

}  // namespace oubli::sqlite
