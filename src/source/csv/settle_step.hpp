/// Settles the copies an interrupted run left pending.
///
/// A source file is replaced in one moment, so its records are all gone or all there. Where the
/// file that was to replace the source stands in its place, all are gone and the copies are
/// confirmed. Else each is looked for among the live records, in whatever file of the table, by
/// the digest of its content: the copy of one that is there is erased (the run archives it again if
/// it is still to go), the copy of one that is not is confirmed.
/// Memory grows with the pending records.
#pragma once

#include "source/csv/csv_step.hpp"

#include <string>
#include <vector>

namespace oubli::csv {

class SettleStep : public Step {
 public:
  /// `tables`: those with pending copies.
  SettleStep(StepContext context, std::vector<std::string> tables) : m_context(context), m_tables(std::move(tables)) {}

  void copy() override {}
  [[nodiscard]] StepResult remove() override;

 private:
  StepContext m_context;
  std::vector<std::string> m_tables;
};

}  // namespace oubli::csv
