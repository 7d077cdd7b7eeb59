#include "oubli/source/data_source.hpp"

namespace oubli {

TableChange& TableChange::operator+=(const TableChange& other) {
  archived += other.archived;
  purged += other.purged;
  changed += other.changed;
  return *this;
}

}  // namespace oubli
