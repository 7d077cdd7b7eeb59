/// The texts a project is made of, wherever they are kept: in files, or in an approval.
#pragma once

#include "oubli/policy/read.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

struct PolicyText {
  std::filesystem::path file;  ///< as messages name it
  std::string text;
  std::vector<FoundReference> references;  ///< what its `use` finds
};

/// The policies a config names. What can't be read goes to the diagnostics.
using PolicyTexts = std::function<std::vector<PolicyText>(const Config& config, std::vector<Diagnostic>& diagnostics)>;

/// The bytes of a regular file; nothing where it can't be read.
[[nodiscard]] std::optional<std::string> file_bytes(const std::filesystem::path& file);

/// From the files the config names, each with the references beside it and those installed.
[[nodiscard]] std::vector<PolicyText> policies_on_disk(const Config& config, std::vector<Diagnostic>& diagnostics);

/// A project of these texts; `file` is what the config's paths are relative to.
[[nodiscard]] Project make_project(const std::filesystem::path& file, std::string config_text,
                                   const PolicyTexts& policies, Access access);

/// The project as it was approved, on the data as it is now.
[[nodiscard]] Project approved_project(const Approval& approval, const std::filesystem::path& file);

}  // namespace oubli
