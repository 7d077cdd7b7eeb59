// Compiled for AVX2, where the compiler can; called only where the machine has it.
#include "source/csv/structure_stages.hpp"

namespace oubli::csv {

FindStructure avx2_finder() {
#if defined(__AVX2__)
  return find_structure<Avx2Block>;
#else
  return nullptr;
#endif
}

}  // namespace oubli::csv
