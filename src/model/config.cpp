/// The config's own words for its enumerations.
#include "oubli/model/config.hpp"

namespace oubli {

std::string_view to_text(RowPick pick) { return pick == RowPick::latest ? "latest" : "earliest"; }

}  // namespace oubli
