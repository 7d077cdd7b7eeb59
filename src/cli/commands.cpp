#include "cli/commands.hpp"

#include <array>

namespace oubli {

std::span<const Command> commands() {
  static constexpr std::array k_commands{
      Command{"status", register_status},     Command{"init", register_init},
      Command{"check", register_check},
      Command{"rules", register_rules},       Command{"scan", register_scan},
      Command{"diff", register_diff},         Command{"approve", register_approve},
      Command{"enforce", register_enforce},   Command{"explain", register_explain},
      Command{"ledger", register_ledger},     Command{"hold", register_hold},
      Command{"subject", register_subject},   Command{"audit", register_audit},
      Command{"forecast", register_forecast}, Command{"archive", register_archive},
      Command{"completions", register_completions}, Command{"complete", register_complete},
  };
  return k_commands;
}

}  // namespace oubli
