/// A step over CSV files. A file is rewritten once, whatever the step's limit: one step takes all
/// that goes from one file, or where a group goes as one, from all its files.
#pragma once

#include "source/csv/archive_files.hpp"
#include "source/csv/bookkeeping.hpp"
#include "source/csv/record_judge.hpp"
#include "source/csv/replacement.hpp"
#include "source/noted_keys.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace oubli::csv {

/// What a source remembers of its steps. `taken` and `finished` belong to the plan at hand.
struct StepHistory {
  std::map<std::string, std::int64_t> taken;               ///< records, by table
  std::set<std::pair<std::string, std::string>> finished;  ///< table and file: nothing more goes from it
  std::vector<std::filesystem::path> archived_to;          ///< by the whole run

  /// The plan that takes its place begins at the beginning.
  void forget_plan() {
    taken.clear();
    finished.clear();
  }
};

/// What a step needs from its source; outlives it.
struct StepContext {
  CsvDataset& dataset;
  const ArchiveTarget& target;
  StepHistory& history;
};

/// One file of a plan.
struct FileChoice {
  const TablePlan* plan = nullptr;
  const GoingRecords* going = nullptr;
  std::size_t file = 0;  ///< index into the table's files

  [[nodiscard]] const std::string& table() const { return plan->pass.table->config.name; }
};

/// True when a record of the file goes, `already` others of its table being taken.
[[nodiscard]] bool has_going_record(CsvDataset& dataset, const FileChoice& choice, std::int64_t already);

/// The removal of what goes from one file.
class FileChange {
 public:
  FileChange(StepContext& context, const FileChoice& choice, std::int64_t already);

  /// Archives what is to be archived and prepares the file that replaces this one.
  void copy();
  /// Throws FileFault when the file isn't the one that was copied any more.
  void require_unchanged() const;
  /// Tells the keys of what goes.
  void tell_keys() { m_keys.tell(); }
  /// Removes and confirms.
  void apply();
  /// After a failure: withdraws the copies of records that weren't removed. The next run knows a
  /// removal by the inode of the file that replaced the source, which any new file may get now.
  void give_up();

  [[nodiscard]] const std::string& table() const { return m_choice.table(); }
  [[nodiscard]] const TableChange& change() const { return m_change; }
  [[nodiscard]] std::int64_t taken() const { return m_change.archived + m_change.purged; }
  /// What the records that go take along of events.
  [[nodiscard]] const events::Parting& parting() const { return m_parting; }

 private:
  /// A record as a row of another table's event.
  struct FeedingRow {
    events::Feed feed;
    std::vector<std::size_t> slots;
  };
  [[nodiscard]] ColumnChoice choice_with_feeds();
  void take(const ScannedRecord& record);
  void part(const ScannedRecord& record);
  void archive(const ScannedRecord& record);
  void start_archive();

  StepContext& m_context;
  FileChoice m_choice;
  std::int64_t m_left;  ///< how many more the plan expects
  TablePass m_pass;     ///< the plan's, with keys and data subjects
  RecordJudge m_judge;
  CsvTable& m_table;
  std::vector<FeedingRow> m_feeds;
  events::Parting m_parting;
  NotedKeys m_keys;
  FileScan m_scan;
  Replacement m_replacement;
  ArchiveFolder m_archive_folder;
  std::optional<Bookkeeping> m_bookkeeping;
  std::optional<ArchiveWriter> m_archive;  ///< none while nothing is archived
  TableChange m_change;
  std::int64_t m_carry_from;
};

class CsvStep : public Step {
 public:
  /// `deciding`: other tables whose records were looked at to judge these; `feeding`: those whose rows
  /// give their events, where a new file counts, too.
  CsvStep(StepContext context, std::vector<FileChoice> choices, std::vector<std::string> deciding,
          std::vector<std::string> feeding);
  void copy() override;
  [[nodiscard]] StepResult remove() override;

 private:
  void begin();
  void lock_folders();
  void require_unchanged() const;
  /// Does `work`; when that fails, gives up every change before it says so.
  void attempt(const std::function<void()>& work);

  StepContext m_context;
  std::vector<FileChoice> m_choices;
  std::vector<std::string> m_deciding;
  std::vector<std::string> m_feeding;
  std::vector<FolderLock> m_locks;
  std::unique_ptr<StepGuard> m_guard;
  std::vector<std::unique_ptr<FileChange>> m_changes;
};

}  // namespace oubli::csv
