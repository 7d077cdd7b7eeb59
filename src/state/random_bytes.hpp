/// Bytes nobody can guess, from the kernel.
#pragma once

#include <cstddef>
#include <string>

namespace oubli::state {

[[nodiscard]] std::string random_bytes(std::size_t count);

}  // namespace oubli::state
