/// The oracle's stops.
#include "support/oracle.hpp"

namespace oracle {

std::string stopped_by(const std::vector<Stop>& stops, const Record& record, const std::string& subject) {
  std::string strongest;
  for (const Stop& stop : stops) {
    if (stop.where && evaluate(*stop.where, record, {}) == "no") continue;
    if (stop.subject && *stop.subject != subject) continue;
    if (stop.is_hold) return "held";
    strongest = "restricted";
  }
  return strongest;
}

}  // namespace oracle
