#include "policy/findings.hpp"

#include <utility>

namespace oubli {

void Findings::add(Extent extent, std::string code, std::string message, std::string hint) {
  const auto record = [&](std::string its_code, std::string its_message, std::string its_hint) {
    m_document.diagnostics.push_back(diagnostic_at(m_document, locate(extent), Severity::error, std::move(its_code),
                                                   std::move(its_message), std::move(its_hint)));
  };
  record(std::move(code), std::move(message), std::move(hint));
  if (m_document.diagnostics.size() < k_most) return;
  record("yaml-size", "too many faults: the rest of the file isn't looked at", "mend those above first");
  throw ReadingStopped{};
}

void Findings::stop(Extent extent, std::string code, std::string message, std::string hint) {
  add(extent, std::move(code), std::move(message), std::move(hint));
  throw ReadingStopped{};
}

}  // namespace oubli
