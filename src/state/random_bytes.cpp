#include "state/random_bytes.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <sys/random.h>
#include <sys/types.h>

namespace oubli::state {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  // Up to 256 bytes come whole or not at all once the kernel's pool is ready.
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(count)) {
    throw Error(Cause::dataset, "the system gives no random bytes");
  }
  return bytes;
}

}  // namespace oubli::state
