/// Carries out what was planned for one dataset: the archive, the live data, what arrived in the archive, and
/// the erasure from the files of both.
#pragma once

#include "oubli/model/run_report.hpp"
#include "run/dataset_plan.hpp"
#include "run/enforce_run.hpp"
#include "run/groups.hpp"

#include <set>
#include <string>

namespace oubli {

class DatasetRun {
 public:
  /// All outlive this. What is done is counted in `report`, which shows the plan.
  DatasetRun(EnforceRun& run, PlannedDataset& planned, RunReport& report)
      : m_run(run), m_planned(planned), m_report(report) {}

  /// What fails stops its table at most; it is in the report and the ledger.
  void carry_out();

 private:
  void change_archive();
  void change_live();
  void change(DatasetPlan& plan);
  void prepare(const DatasetPlan& plan);
  [[nodiscard]] bool change_groups(DatasetPlan& plan);
  void change_anew(DatasetPlan& plan);
  void move(DatasetPlan& plan, const TableGroup& group);
  void move_oldest(DatasetPlan& plan, const TableGroup& group, const GroupPlan& all);
  void rewrite(DatasetPlan& plan, const TableGroup& group);
  [[nodiscard]] std::set<std::string> arrivals() const;
  void minimise_arrivals();
  void minimise(const std::set<std::string>& tables);
  void tidy_memory(DatasetPlan& plan);
  void erase(DatasetPlan& plan);
  void fail(const std::string& name, const std::string& dataset, const Error& error);

  EnforceRun& m_run;
  PlannedDataset& m_planned;
  RunReport& m_report;
};

}  // namespace oubli
