/// Where the tests find what isn't compiled into them.
#pragma once

#include <filesystem>

namespace oubli::test {

/// The project's own `tests/`.
[[nodiscard]] std::filesystem::path tests_folder();
/// `../shared` beside the project; may be absent.
[[nodiscard]] std::filesystem::path shared_folder();

}  // namespace oubli::test
