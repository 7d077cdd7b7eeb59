/// Where the references are that policies take purposes from.
#pragma once

#include "oubli/policy/read.hpp"

#include <filesystem>
#include <vector>

namespace oubli {

/// Every reference in the folder `reference` beside a policy, then those installed with oubli. The
/// first of a name counts, so a policy's own copy goes before the installed one.
[[nodiscard]] std::vector<FoundReference> references_for(const std::filesystem::path& policy_file);

/// A reference by its text; its id must be its name.
[[nodiscard]] FoundReference found_reference(const std::string& name, std::string text,
                                             const std::filesystem::path& file);

}  // namespace oubli
