/// `oubli init`: a first config and policy for data that nobody has described yet.
#pragma once

#include "oubli/report/proposal_report.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace oubli {

struct InitOptions {
  std::vector<std::string> sources;    ///< databases, CSV files, folders of them, or a folder with a pattern
  std::filesystem::path folder = ".";  ///< where the files are written
  std::string policy_id{};             ///< empty: from the controller's name or the folder's
  std::string controller{};
  std::string timezone{};  ///< empty: that of the reference
};

/// Looks at the sources, of each table at a bounded part, and writes `oubli.yaml` and `policy.yaml`. Changes none of
/// the sources and replaces no file. Throws Error (Cause::usage) where one of the two is there already, and
/// (Cause::dataset) where a source that was named can't be read; nothing is written then. What is only found in a
/// folder and can't be read is left out and named.
[[nodiscard]] InitReport init(const InitOptions& options, std::chrono::system_clock::time_point now);

}  // namespace oubli
