/// From YAML text to a checked baseline.
#pragma once

#include "oubli/model/baseline.hpp"
#include "oubli/policy/read.hpp"

#include <filesystem>
#include <string>

namespace oubli {

/// Reads a baseline/1 file.
[[nodiscard]] Checked<Baseline> read_baseline(std::string text, const std::filesystem::path& file);

}  // namespace oubli
