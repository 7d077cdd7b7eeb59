/// Colour for a terminal, written only where the style asks for it.
#pragma once

#include "oubli/report/report.hpp"

#include <string>
#include <string_view>

namespace oubli::report {

class Paint {
 public:
  explicit Paint(const Style& style) : m_colour(style.colour) {}

  [[nodiscard]] std::string bold(std::string_view text) const { return in("\x1b[1m", text); }
  [[nodiscard]] std::string dim(std::string_view text) const { return in("\x1b[2m", text); }
  [[nodiscard]] std::string bad(std::string_view text) const { return in("\x1b[1;31m", text); }
  [[nodiscard]] std::string odd(std::string_view text) const { return in("\x1b[33m", text); }
  [[nodiscard]] std::string good(std::string_view text) const { return in("\x1b[32m", text); }

 private:
  [[nodiscard]] std::string in(std::string_view code, std::string_view text) const {
    if (!m_colour) return std::string(text);
    return std::string(code) + std::string(text) + "\x1b[0m";
  }

  bool m_colour;
};

}  // namespace oubli::report
