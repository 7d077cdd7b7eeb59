#include "oubli/source/data_source.hpp"

namespace oubli {

TableChange& TableChange::operator+=(const TableChange& other) {
  archived += other.archived;
  purged += other.purged;
  anonymised += other.anonymised;
  minimised += other.minimised;
  changed += other.changed;
  for (const auto& [column, records] : other.columns) columns[column] += records;
  return *this;
}

std::unique_ptr<StepGuard> begin_step(const GoingRecords* going) { return going ? going->begin_step() : nullptr; }

}  // namespace oubli
