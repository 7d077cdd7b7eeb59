/// What a command needs from the world around it, given as values: no command reads the
/// environment, the clock or a stream of its own.
#pragma once

#include <chrono>
#include <istream>
#include <ostream>

namespace oubli {

struct Shell {
  std::istream& in;
  std::ostream& out;             ///< results
  std::ostream& err;             ///< everything else
  bool out_is_terminal = false;
  bool in_is_terminal = false;
  bool colour = false;
  int columns = 80;
  std::chrono::system_clock::time_point now{};  ///< read once, at start
};

}  // namespace oubli
