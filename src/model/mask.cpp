#include "oubli/model/mask.hpp"

#include <fmt/format.h>

namespace oubli {

std::string to_text(const Mask& mask) {
  switch (mask.kind) {
    case Mask::Kind::null:
      return "null";
    case Mask::Kind::constant:
      return fmt::format("constant '{}'", mask.constant);
    case Mask::Kind::year_only:
      return "year_only";
    case Mask::Kind::truncate:
      return fmt::format("truncate {}", mask.length);
    case Mask::Kind::random:
      return "random";
  }
  return "";
}

}  // namespace oubli
