// A CSV has neither index nor transaction: every pass reads whole files from end to end, and a
// change is a new file that takes the old one's name. Each pass and each change makes sure that
// the files are those that were found when the dataset was opened.
#include "source/csv/csv_source.hpp"

#include "source/csv/alike_records.hpp"
#include "source/csv/archive_files.hpp"
#include "source/csv/csv_dataset.hpp"
#include "source/csv/csv_rewriting.hpp"
#include "source/csv/csv_step.hpp"
#include "source/csv/fault.hpp"
#include "source/csv/foreign_rows.hpp"
#include "source/csv/record_judge.hpp"
#include "source/csv/restore.hpp"
#include "source/csv/restoring.hpp"
#include "source/csv/settle_step.hpp"

#include <sys/statvfs.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace oubli {

namespace csv {

namespace {

using KeyUse = std::function<void(const RecordKey&)>;

class CsvSource : public DataSource {
 public:
  CsvSource(const DatasetConfig& config, Access access, const PassWay& way)
      : m_dataset(config), m_access(access), m_way(way) {
    m_dataset.set_events(m_events);
  }

  [[nodiscard]] std::vector<TableSchema> schema() const override;
  [[nodiscard]] std::vector<Relation> foreign_keys() const override { return {}; }
  void set_rules(const RuledDataset& rules) override {
    m_dataset.set_rules(rules);
    m_events.set_rules(rules);
  }
  void set_day_memory(DayMemory* memory, const std::filesystem::path& temporary_folder) override {
    m_events.set_memory(memory, temporary_folder);
  }
  void set_threads(unsigned threads) override { m_way.threads = threads; }
  void refresh_day_memory(const TablePass& pass) override { m_events.refresh(*this, pass); }
  void remember_leaving(DataSource& archive, const TablePass& pass, const Leaves& leaves) override {
    m_events.remember_leaving(archive, pass, leaves);
  }
  void for_each(const TablePass& pass, RecordSink& sink) override;
  void for_each_reference(std::size_t relation, Side side, const KeyUse& use) override;
  [[nodiscard]] std::vector<Trigger> removal_triggers(const std::string&) const override { return {}; }
  [[nodiscard]] std::vector<Trigger> rewriting_triggers(const RuledTable&) const override { return {}; }
  [[nodiscard]] ErasureEstimate erasure_estimate() const override;
  void set_archive(const ArchiveTarget& target) override;
  [[nodiscard]] std::unique_ptr<Step> pending_step(const GroupPlan& plan) override;
  [[nodiscard]] std::unique_ptr<Step> next_step(const GroupPlan& plan, StepLimit limit) override;
  [[nodiscard]] Restored restore(const ArchivedPlace& place, const GoingRecords& going) override;
  void settle_restored() override;
  [[nodiscard]] std::unique_ptr<Rewriting> rewriting(const TablePlan& plan, const GoingRecords& going) override;
  /// A rewritten file holds no removed byte, and the old one has no name any more.
  [[nodiscard]] ErasureResult erase_residue() override { return {}; }
  [[nodiscard]] std::vector<std::filesystem::path> archived_to() const override { return m_history.archived_to; }

 private:
  void pass_over(const TablePass& pass, RecordSink& sink);
  void use_live_keys(std::size_t relation, const KeyUse& use);
  void use_archived_keys(std::size_t relation, const KeyUse& use);
  [[nodiscard]] std::vector<FileChoice> remaining(const GroupPlan& plan, const TablePlan& table);
  [[nodiscard]] bool has_going(const FileChoice& choice);
  [[nodiscard]] std::unique_ptr<Step> step_over(const GroupPlan& plan, std::vector<FileChoice> choices);
  [[nodiscard]] StepContext context() { return {m_dataset, m_target, m_history}; }
  void forget(const GroupPlan& plan);
  void require_enforcing() const;

  CsvDataset m_dataset;
  Access m_access;
  PassWay m_way;
  ArchiveTarget m_target;
  CsvRows m_rows{m_dataset, m_target};
  events::EventsElsewhere m_events{m_rows};
  StepHistory m_history;
};

void use_keys(FileScan& scan, const std::vector<std::size_t>& slots, const KeyUse& use) {
  for (ScannedRecord record; scan.next(record);) {
    if (record.malformed) continue;
    const RecordKey key = record_key(record.fields, slots);
    if (!key.null) use(key);
  }
}

std::int64_t free_bytes(const Folder& folder) {
  struct ::statvfs space {};
  if (::fstatvfs(folder.descriptor(), &space) != 0) throw_system_fault(folder.path().string(), "looked at");
  return static_cast<std::int64_t>(space.f_bavail * space.f_frsize);
}

std::vector<TableSchema> CsvSource::schema() const {
  std::vector<TableSchema> schemas;
  for (const auto& table : m_dataset.tables()) {
    with_context(m_dataset.name(), table.config.name, [&] { schemas.push_back(schema_of(table)); });
  }
  return schemas;
}

void CsvSource::for_each(const TablePass& pass, RecordSink& sink) {
  with_context(m_dataset.name(), pass.table->config.name, [&] { pass_over(pass, sink); });
}

void CsvSource::pass_over(const TablePass& pass, RecordSink& sink) {
  if (pass_in_parallel(m_dataset, pass, sink, m_way)) return;
  const CsvTable& table = m_dataset.table(pass.table->config.name);
  RecordJudge judge(m_dataset, pass);
  const auto alike = AlikeRecords::of_pass(m_dataset, pass, sink);
  for (const auto& file : table.files) {
    FileScan scan(table.folder, file, table.dialect(), judge.layout().choice, Absent::refused, m_way.reading);
    judge_records(scan, judge, sink, alike.get());
  }
}

void CsvSource::for_each_reference(std::size_t relation, Side side, const KeyUse& use) {
  const std::string& child = m_dataset.rules().relations.at(relation).child;
  with_context(m_dataset.name(), child, [&] {
    if (side == Side::live) {
      use_live_keys(relation, use);
    } else {
      use_archived_keys(relation, use);
    }
  });
}

void CsvSource::use_live_keys(std::size_t relation, const KeyUse& use) {
  const std::string& child = m_dataset.rules().relations.at(relation).child;
  const CsvTable& table = m_dataset.table(child);
  const TableLayout layout = m_dataset.layout(child);
  for (const auto& file : table.files) {
    FileScan scan(table.folder, file, table.dialect(), layout.choice);
    use_keys(scan, layout.as_child.at(relation), use);
  }
}

// The key's columns alone: an old archive file may lack a column that the config maps by now.
void CsvSource::use_archived_keys(std::size_t relation, const KeyUse& use) {
  const Relation& described = m_dataset.rules().relations.at(relation);
  const ArchiveFolder archive(m_target, m_dataset.name(), described.child);
  ColumnChoice choice;
  const std::vector<std::size_t> slots = choice.slots(described.child_columns);
  for (const auto& pair : archive.settled()) {
    FileScan scan(*archive.folder(), present_file(*archive.folder(), pair.records),
                  m_dataset.table(described.child).dialect(), choice);
    use_keys(scan, slots, use);
  }
}

ErasureEstimate CsvSource::erasure_estimate() const {
  return with_context(m_dataset.name(), {}, [&] {
    ErasureEstimate estimate;
    std::optional<std::int64_t> least_free;
    for (const auto& table : m_dataset.tables()) {
      const std::int64_t free = free_bytes(table.folder);
      least_free = std::min(free, least_free.value_or(free));
      for (const auto& file : table.files) {
        estimate.bytes_to_rewrite += file.identity.size;
        estimate.bytes_needed = std::max(estimate.bytes_needed, file.identity.size);
      }
    }
    estimate.bytes_free = least_free.value_or(0);
    return estimate;
  });
}

void CsvSource::set_archive(const ArchiveTarget& target) {
  m_target = target;
  for (const auto& table : m_dataset.tables()) {
    with_context(m_dataset.name(), table.config.name,
                 [&] { static_cast<void>(ArchiveFolder(m_target, m_dataset.name(), table.config.name)); });
  }
}

void CsvSource::require_enforcing() const {
  if (m_access != Access::enforce) throw FileFault("opened for reading only");
}

std::unique_ptr<Step> CsvSource::pending_step(const GroupPlan& plan) {
  std::vector<std::string> waiting;
  for (const auto& table : plan.tables) {
    const std::string& name = table.pass.table->config.name;
    with_context(m_dataset.name(), name, [&] {
      require_enforcing();
      const ArchiveFolder archive(m_target, m_dataset.name(), name);
      archive.tidy_up();
      if (!archive.pending().empty()) waiting.push_back(name);
    });
  }
  if (waiting.empty()) return nullptr;
  return std::make_unique<SettleStep>(context(), std::move(waiting));
}

std::unique_ptr<Step> CsvSource::next_step(const GroupPlan& plan, StepLimit) {
  std::vector<FileChoice> all;
  for (const auto& table : plan.tables) {
    for (auto& choice : remaining(plan, table)) {
      if (!plan.as_one) return step_over(plan, {choice});
      all.push_back(choice);
    }
  }
  if (!all.empty()) return step_over(plan, std::move(all));
  forget(plan);
  return nullptr;
}

Restored CsvSource::restore(const ArchivedPlace& place, const GoingRecords& going) {
  return with_context(m_dataset.name(), place.table->config.name, [&] {
    require_enforcing();
    return restore_records(m_dataset, m_target, place, going);
  });
}

void CsvSource::settle_restored() {
  for (const auto& table : m_dataset.tables()) {
    with_context(m_dataset.name(), table.config.name, [&] {
      require_enforcing();
      const ArchiveFolder archive(m_target, m_dataset.name(), table.config.name);
      archive.tidy_up();
      csv::settle_restored(table, archive);
    });
  }
}

std::unique_ptr<Rewriting> CsvSource::rewriting(const TablePlan& plan, const GoingRecords& going) {
  return with_context(m_dataset.name(), plan.pass.table->config.name, [&] {
    require_enforcing();
    return start_rewriting(m_dataset, plan, going);
  });
}

// The next plan may be another share of the same records: it counts from nothing.
void CsvSource::forget(const GroupPlan& plan) {
  for (const auto& table : plan.tables) {
    const std::string& name = table.pass.table->config.name;
    m_history.taken.erase(name);
    std::erase_if(m_history.finished, [&](const auto& each) { return each.first == name; });
  }
}

// The files of a table from which something goes; outside a group that goes as one, the first of
// them.
std::vector<FileChoice> CsvSource::remaining(const GroupPlan& plan, const TablePlan& table) {
  const std::string& name = table.pass.table->config.name;
  return with_context(m_dataset.name(), name, [&] {
    require_enforcing();
    std::vector<FileChoice> choices;
    for (std::size_t file = 0; file < m_dataset.table(name).files.size(); ++file) {
      const FileChoice choice{&table, plan.going, file};
      if (!has_going(choice)) continue;
      choices.push_back(choice);
      if (!plan.as_one) break;
    }
    return choices;
  });
}

bool CsvSource::has_going(const FileChoice& choice) {
  const std::pair place(choice.table(), m_dataset.table(choice.table()).files[choice.file].name);
  if (m_history.finished.contains(place)) return false;
  if (has_going_record(m_dataset, choice, m_history.taken[choice.table()])) return true;
  m_history.finished.insert(place);
  return false;
}

// Records of tables that follow were judged by those of tables later in the group.
std::unique_ptr<Step> CsvSource::step_over(const GroupPlan& plan, std::vector<FileChoice> choices) {
  std::vector<std::string> deciding;
  const auto& tables = plan.tables;
  const auto first =
      std::find_if(tables.begin(), tables.end(), [&](const TablePlan& each) { return &each == choices.front().plan; });
  for (auto later = first + 1; later != tables.end(); ++later) deciding.push_back(later->pass.table->config.name);
  return std::make_unique<CsvStep>(context(), std::move(choices), std::move(deciding),
                                   m_events.tables_for(*first->pass.table));
}

}  // namespace

}  // namespace csv

std::unique_ptr<DataSource> open_csv_source(const DatasetConfig& config, Access access) {
  return open_csv_source(config, access, {});
}

std::unique_ptr<DataSource> open_csv_source(const DatasetConfig& config, Access access, const csv::PassWay& way) {
  return std::make_unique<csv::CsvSource>(config, access, way);
}

}  // namespace oubli
