// The only file that is compiled with a path: the compiler cache then holds all others for every clone.
#include "support/places.hpp"

namespace oubli::test {

std::filesystem::path tests_folder() { return OUBLI_TESTS_DIR; }

std::filesystem::path shared_folder() { return tests_folder() / "../../shared"; }

}  // namespace oubli::test
