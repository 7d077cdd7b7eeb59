#include "source/csv/csv_step.hpp"

#include "source/csv/fault.hpp"

#include <algorithm>
#include <utility>

namespace oubli::csv {

namespace {

// The bookkeeping tells key and data subject, whatever the plan's own passes ask for.
TablePass for_bookkeeping(TablePass pass) {
  pass.with_key = true;
  pass.with_subject = true;
  return pass;
}

bool goes(const FileChoice& choice, const JudgedRecord& record) {
  return removes(record.judgement.outcome) &&
         (choice.going == nullptr || choice.going->goes(*choice.plan->pass.table, record));
}

}  // namespace

bool has_going_record(CsvDataset& dataset, const FileChoice& choice, std::int64_t already) {
  if (already >= choice.plan->expected) return false;
  const CsvTable& table = dataset.table(choice.table());
  RecordJudge judge(dataset, choice.plan->pass);
  FileScan scan(table.folder, table.files[choice.file], table.dialect(), judge.layout().choice);
  for (ScannedRecord record; scan.next(record);) {
    if (judge.judge(record, scan.file().name) && goes(choice, judge.judged())) return true;
  }
  return false;
}

FileChange::FileChange(StepContext& context, const FileChoice& choice, std::int64_t already)
    : m_context(context),
      m_choice(choice),
      m_left(choice.plan->expected - already),
      m_pass(for_bookkeeping(choice.plan->pass)),
      m_judge(context.dataset, m_pass),
      m_table(context.dataset.table(choice.table())),
      m_keys(choice.going),
      m_scan(m_table.folder, m_table.files[choice.file], m_table.dialect(), choice_with_feeds()),
      m_replacement(m_table.folder, m_scan.file(), m_scan.descriptor()),
      m_archive_folder(context.target, context.dataset.name(), choice.table()),
      m_carry_from(m_scan.file().identity.size) {}

// What the judge reads keeps its slots: those of the feeds come after.
ColumnChoice FileChange::choice_with_feeds() {
  ColumnChoice columns = m_judge.layout().choice;
  for (const events::Feed& feed : m_context.dataset.events().feeds_of(table(), m_pass.matcher->days())) {
    m_feeds.push_back({feed, columns.slots(feed.columns())});
  }
  return columns;
}

void FileChange::part(const ScannedRecord& record) {
  for (const auto& [feed, slots] : m_feeds) {
    std::vector<Value> row;
    for (const std::size_t slot : slots) row.push_back(record.fields[slot]);
    feed.event->part(feed.role, row, m_parting);
  }
  m_context.dataset.events().part(*m_pass.table, m_pass.matcher->days(), m_judge.judged().facts.values, m_parting);
}

void FileChange::copy() {
  m_replacement.keep(0, m_scan.records_begin());
  std::int64_t end = m_scan.records_begin();
  for (ScannedRecord record; m_scan.next(record); end = record.raw.end) {
    const bool is_chosen = m_left > 0 && m_judge.judge(record, m_scan.file().name);
    if (is_chosen && goes(m_choice, m_judge.judged())) {
      take(record);
    } else {
      m_replacement.keep(record.raw.begin, record.raw.end);
    }
  }
  m_replacement.keep(end, m_scan.file().identity.size);  // empty lines at the end
  m_replacement.finish();
  if (m_archive) m_archive->publish();
}

void FileChange::take(const ScannedRecord& record) {
  --m_left;
  part(record);
  const bool is_archived = m_judge.judged().judgement.outcome == Outcome::archive;
  if (is_archived) archive(record);
  ++(is_archived ? m_change.archived : m_change.purged);
  m_keys.add(m_pass, is_archived ? RecordChange::archived : RecordChange::purged, m_keys.of(m_pass, m_judge.judged()));
  const bool has_no_line_end = record.raw.bytes.size() == record.raw.content.size();
  if (has_no_line_end) m_carry_from = record.raw.begin;
}

void FileChange::archive(const ScannedRecord& record) {
  if (!m_archive) start_archive();
  m_archive->add(record.raw.bytes, m_bookkeeping->line(m_judge.judged(), record.raw.content));
}

void FileChange::start_archive() {
  const std::string& source = m_scan.file().name;
  m_bookkeeping.emplace(m_pass.table->rules, m_context.target, source, m_replacement.inode());
  const Folder& folder = m_archive_folder.make();
  m_archive.emplace(folder, m_archive_folder.free_names(source), m_scan.head());
}

void FileChange::require_unchanged() const { csv::require_unchanged(m_table.folder, m_scan.file()); }

void FileChange::apply() {
  m_replacement.put_in_place();
  m_replacement.carry_over(m_carry_from);
  m_table.files[m_choice.file] = m_replacement.file();
  m_context.dataset.forget_indices();
  m_context.history.finished.emplace(table(), m_scan.file().name);
  m_context.history.taken[table()] += taken();
  if (!m_archive) return;
  m_archive->confirm();
  m_context.history.archived_to.push_back(m_archive->file());
}

void FileChange::give_up() {
  if (!m_archive || m_replacement.is_in_place()) return;
  try {
    m_archive->withdraw();
  } catch (const FileFault&) {
    // They stay pending: the next run settles them.
  }
}

CsvStep::CsvStep(StepContext context, std::vector<FileChoice> choices, std::vector<std::string> deciding,
                 std::vector<std::string> feeding)
    : m_context(context),
      m_choices(std::move(choices)),
      m_deciding(std::move(deciding)),
      m_feeding(std::move(feeding)) {}

void CsvStep::attempt(const std::function<void()>& work) {
  with_context(m_context.dataset.name(), m_choices.front().table(), [&] {
    try {
      work();
    } catch (...) {
      for (const auto& change : m_changes) change->give_up();
      throw;
    }
  });
}

void CsvStep::copy() {
  attempt([&] {
    lock_folders();
    begin();
    std::map<std::string, std::int64_t> taken = m_context.history.taken;
    for (const auto& choice : m_choices) {
      m_changes.push_back(std::make_unique<FileChange>(m_context, choice, taken[choice.table()]));
      m_changes.back()->copy();
      taken[choice.table()] += m_changes.back()->taken();
    }
  });
}

// The guard is kept to the end of the step: what is copied is what stays.
void CsvStep::begin() {
  try {
    m_guard = begin_step(m_choices.front().going);
  } catch (const PlanOutdated&) {
    m_context.history.forget_plan();
    throw;
  }
}

// A lock on each folder once: a second one of our own would wait for the first.
void CsvStep::lock_folders() {
  std::set<std::filesystem::path> folders;
  for (const auto& choice : m_choices) folders.insert(m_context.dataset.table(choice.table()).folder.path());
  for (const auto& folder : folders) m_locks.emplace_back(folder);
}

void CsvStep::require_unchanged() const {
  for (const auto& change : m_changes) change->require_unchanged();
  for (const auto& name : m_deciding) {
    const CsvTable& table = m_context.dataset.table(name);
    for (const auto& file : table.files) csv::require_unchanged(table.folder, file);
  }
  for (const auto& name : m_feeding) require_same_files(m_context.dataset.table(name));
}

StepResult CsvStep::remove() {
  StepResult result;
  attempt([&] {
    require_unchanged();
    for (const auto& change : m_changes) m_context.dataset.events().remember(change->parting());
    for (const auto& change : m_changes) change->tell_keys();
    for (const auto& change : m_changes) {
      change->apply();
      result[change->table()] += change->change();
    }
  });
  m_guard.reset();
  return result;
}

}  // namespace oubli::csv
