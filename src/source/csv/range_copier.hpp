/// Copies ranges of one file into another, with other bytes between them, in large pieces: a few
/// records go from a file, and what lies between two of them is short.
#pragma once

#include "source/csv/file_system.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace oubli::csv {

class RangeCopier {
 public:
  /// Both files must outlive this. `from_name` and `to_name` are for messages.
  RangeCopier(const Descriptor& from, std::string from_name, const Descriptor& to, std::string to_name);

  /// The bytes [begin, end) of the original come next. In ascending order.
  void copy(std::int64_t begin, std::int64_t end);
  void write(std::string_view bytes);
  /// To be called at the end, and before anyone else writes.
  void write_out();

 private:
  [[nodiscard]] std::string_view original(std::int64_t begin, std::int64_t end);
  void look_at(std::int64_t begin);

  const Descriptor& m_from;
  const Descriptor& m_to;
  std::string m_from_name;
  std::string m_to_name;
  std::string m_window;             ///< bytes of the original…
  std::int64_t m_window_begin = 0;  ///< …from here on
  std::string m_waiting;            ///< to be written
};

}  // namespace oubli::csv
