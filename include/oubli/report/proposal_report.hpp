/// A proposal as the files that `oubli init` writes, and what it says of them.
#pragma once

#include "oubli/model/proposal.hpp"
#include "oubli/report/report.hpp"

#include <filesystem>
#include <ostream>
#include <string>

namespace oubli {

/// The config's text; `policy_file` as it is to name it.
[[nodiscard]] std::string config_text(const Proposal& proposal, const std::string& policy_file);
[[nodiscard]] std::string policy_text(const Proposal& proposal);

/// What was written, and how many faults and marks `check` finds in it.
struct InitReport {
  Proposal proposal;
  std::filesystem::path config;
  std::filesystem::path policy;
  std::size_t marks = 0;
  std::size_t errors = 0;
};
void write_init_text(std::ostream& out, const InitReport& report, const Style& style);

}  // namespace oubli
