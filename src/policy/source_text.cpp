#include "policy/source_text.hpp"

#include "diag/utf8.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

std::string with_plain_line_ends(std::string_view raw) {
  if (raw.starts_with(k_byte_order_mark)) raw.remove_prefix(k_byte_order_mark.size());
  std::string text;
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool ends_line = raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n';
    if (!ends_line) text += raw[i];
  }
  return text;
}

}  // namespace

std::vector<std::size_t> line_starts(std::string_view text) {
  std::vector<std::size_t> starts{0};
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    starts.push_back(end + 1);
  }
  return starts;
}

SourceText::SourceText(std::string_view raw, std::filesystem::path file)
    : m_text(with_plain_line_ends(raw)), m_file(std::move(file)), m_line_starts(line_starts(m_text)) {}

std::string_view SourceText::view(Extent extent) const {
  return std::string_view(m_text).substr(extent.begin, extent.end - extent.begin);
}

void SourceText::seek(std::size_t offset) {
  const auto next_line = std::ranges::upper_bound(m_line_starts, offset);
  const int line = static_cast<int>(next_line - m_line_starts.begin());
  if (line != m_place.line || offset < m_place.offset) m_place = {*(next_line - 1), line, 1};
  m_place.column += static_cast<int>(count_code_points(view({m_place.offset, offset})));
  m_place.offset = offset;
}

SourceLocation SourceText::locate(Extent extent) {
  seek(extent.begin);
  const std::string_view bytes = view(extent);
  const bool one_line = !bytes.empty() && bytes.find('\n') == std::string_view::npos;
  return {m_file, m_place.line, m_place.column, one_line ? static_cast<int>(count_code_points(bytes)) : 1};
}

}  // namespace oubli
