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

}  // namespace oubli
