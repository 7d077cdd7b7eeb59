/// One side of a dataset opened and judged: what a run would do to each of its tables. `scan` prints it,
/// `enforce` carries it out; both come by it in the same way.
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"
#include "oubli/source/data_source.hpp"
#include "run/families.hpp"
#include "run/limits.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace oubli {

struct PlannedTable {
  const RuledTable* table = nullptr;
  TableTally tally;
  std::optional<Refusal> refusal;  ///< over a limit, or tied to a table that is
  std::optional<Error> failure;    ///< could not be read: nothing of it may be changed
  std::int64_t left_out = 0;       ///< due, and not in the saved plan

  [[nodiscard]] const std::string& name() const { return table->rules.table; }
};

struct DatasetPlan {
  const RuledDataset* rules = nullptr;
  Side side = Side::live;
  RunDays days;
  std::shared_ptr<DayMemory> memory;        ///< null where nothing is remembered; outlives the source
  bool notes_days = false;                  ///< what is seen first is remembered
  std::unique_ptr<DataSource> source;       ///< null when the dataset could not be opened
  std::map<std::string, Matcher> matchers;  ///< by table
  std::set<std::string> taking_part;        ///< tables the run may change
  std::unique_ptr<Families> families;
  std::vector<PlannedTable> tables;  ///< in the config's order
  std::optional<Error> failure;      ///< of the dataset as a whole

  [[nodiscard]] const std::string& name() const { return rules->config.name; }
  /// "crm", "crm (archive)".
  [[nodiscard]] std::string title() const { return in_words(name()); }
  /// "crm.contacts", "crm.contacts (archive)".
  [[nodiscard]] std::string title(const std::string& table) const { return in_words(name() + "." + table); }
  [[nodiscard]] PlannedTable& table(const std::string& name);

 private:
  [[nodiscard]] std::string in_words(const std::string& text) const {
    return side == Side::live ? text : text + " (archive)";
  }
};

/// As many threads as this process has cores.
[[nodiscard]] unsigned machine_threads();

/// The saved plan that a run carries out (I9).
struct SavedPlanInUse {
  const SavedPlan* plan = nullptr;  ///< null: any due record may go
  RecordDigester::Key key{};
  /// Planned in the archive: what the run has moved there, by this schema of the live side.
  std::optional<std::vector<TableSchema>> arrivals_of = {};
};

/// How a dataset is to be planned.
struct PlanRequest {
  RunDays days;
  Access access = Access::read;
  std::set<std::string> taking_part;     ///< tables the run may change
  std::optional<ArchiveTarget> archive;  ///< absent: nothing was ever archived
  Limits limits;
  Allowances allowed;
  std::shared_ptr<const DatasetStops> stops = std::make_shared<DatasetStops>();  ///< in force on the clock's day
  Families::BeginStep begin_step = {};
  std::shared_ptr<DayMemory> memory = {};  ///< absent: nothing is remembered
  std::filesystem::path temporary_folder = {};
  unsigned threads = machine_threads();  ///< a pass may use
  std::string run = {};                    ///< id; empty where nothing is changed
  SavedPlanInUse saved = {};
  std::shared_ptr<KeyNotes> notes = {};    ///< of the keys of what is changed; null where nothing is
};

/// Opens and judges a dataset. What can't be read is a failure of that table or dataset, never an
/// exception: one failing table doesn't stop the others.
[[nodiscard]] DatasetPlan plan_dataset(const RuledDataset& rules, const PlanRequest& request);

/// The same for the records in its archive; nothing where there can be none.
[[nodiscard]] std::optional<DatasetPlan> plan_archive(const RuledDataset& rules, const PlanRequest& request);

/// Both sides of a dataset.
struct PlannedDataset {
  DatasetPlan live;
  std::optional<DatasetPlan> archive;  ///< absent where there can be none, or nothing may be changed anyway
};

/// Plans the archive beside live data that is planned already. Where it can't be read whole nothing may be
/// changed: what it holds may be what others are kept for.
void add_archive(PlannedDataset& planned, const PlanRequest& request);

/// Both at once, where nothing has to be settled between them.
[[nodiscard]] PlannedDataset plan_both(const RuledDataset& rules, const PlanRequest& request);

/// A dataset of which not even a plan could be made.
[[nodiscard]] DatasetPlan failed_plan(const RuledDataset& rules, const Error& error);

/// Judges an opened dataset again, after something in it has changed.
void plan_again(DatasetPlan& plan, const PlanRequest& request);

}  // namespace oubli
