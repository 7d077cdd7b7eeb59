// What every x86-64 has, and the compiler so takes for granted.
#include "source/csv/structure_stages.hpp"

namespace oubli::csv {

FindStructure sse2_finder() {
#if defined(__SSE2__)
  return find_structure<Sse2Block>;
#else
  return nullptr;
#endif
}

}  // namespace oubli::csv
