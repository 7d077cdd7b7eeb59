/// What the state proves to an audit: approval, runs, stops, erasures, the ledger's chain.
#pragma once

#include "oubli/audit/facts.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"

namespace oubli {

[[nodiscard]] StateFacts state_facts(const State& state, const Project& project);

}  // namespace oubli
