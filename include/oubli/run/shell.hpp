/// What a command needs from the world around it, given as values: no command reads the
/// environment, the clock or a stream of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <istream>
#include <ostream>
#include <string>

namespace oubli {

/// How loud a line of the system's log is.
enum class LogLevel : std::uint8_t { info, warning };

struct Shell {
  std::istream& in;
  std::ostream& out;             ///< results
  std::ostream& err;             ///< everything else
  bool out_is_terminal = false;
  bool in_is_terminal = false;
  bool colour = false;
  int columns = 80;
  std::chrono::system_clock::time_point now{};  ///< read once, at start
  std::function<void(LogLevel, const std::string&)> log = {};  ///< to the system's log; empty: there is none
};

}  // namespace oubli
