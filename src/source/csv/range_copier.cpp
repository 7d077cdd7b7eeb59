#include "source/csv/range_copier.hpp"

#include <algorithm>
#include <utility>

namespace oubli::csv {

namespace {

constexpr std::size_t k_piece_bytes = 256 * 1024;  // larger ones take longer, all of it in the system

}  // namespace

RangeCopier::RangeCopier(const Descriptor& from, std::string from_name, const Descriptor& to, std::string to_name)
    : m_from(from), m_to(to), m_from_name(std::move(from_name)), m_to_name(std::move(to_name)) {}

void RangeCopier::copy(std::int64_t begin, std::int64_t end) {
  while (begin < end) {
    const std::string_view bytes = original(begin, end);
    write(bytes);
    begin += static_cast<std::int64_t>(bytes.size());
  }
}

void RangeCopier::write(std::string_view bytes) {
  m_waiting += bytes;
  if (m_waiting.size() >= k_piece_bytes) write_out();
}

void RangeCopier::write_out() {
  write_all(m_to, m_waiting, m_to_name);
  m_waiting.clear();
}

// As many of them as are at hand, and one at least.
std::string_view RangeCopier::original(std::int64_t begin, std::int64_t end) {
  const std::int64_t window_end = m_window_begin + static_cast<std::int64_t>(m_window.size());
  if (begin < m_window_begin || begin >= window_end) look_at(begin);
  const auto at = static_cast<std::size_t>(begin - m_window_begin);
  return std::string_view(m_window).substr(at, static_cast<std::size_t>(end - begin));
}

void RangeCopier::look_at(std::int64_t begin) {
  m_window.resize(k_piece_bytes);
  m_window.resize(read_at(m_from, m_window.data(), m_window.size(), begin, m_from_name));
  m_window_begin = begin;
  if (m_window.empty()) throw FileFault(m_from_name + " became shorter while it was copied", "run again later");
}

}  // namespace oubli::csv
