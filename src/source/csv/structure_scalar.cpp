// For machines whose instructions nobody taught us, and for tests.
#include "source/csv/structure_stages.hpp"

namespace oubli::csv {

FindStructure scalar_finder() { return find_structure<ScalarBlock>; }

}  // namespace oubli::csv
