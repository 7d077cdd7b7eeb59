#include "source/many_texts.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace oubli {

namespace {

std::uint64_t head_of(const char* bytes) {
  std::uint64_t head = 0;
  std::memcpy(&head, bytes, sizeof head);
  return head;
}

std::size_t bit_of(std::uint64_t head) { return head * 0x9E3779B97F4A7C15ULL >> 48U; }

}  // namespace

ManyTexts::ManyTexts(std::vector<std::string> texts) : m_texts(std::move(texts)), m_found(m_texts.size()) {
  for (std::size_t i = 0; i < m_texts.size(); ++i) {
    const std::uint64_t head = head_of(m_texts[i].data());
    m_by_head.emplace(head, i);
    m_heads.set(bit_of(head));
    m_longest = std::max(m_longest, m_texts[i].size());
  }
}

void ManyTexts::look_into(std::string_view bytes) {
  for (std::size_t at = 0; at + k_fewest_bytes <= bytes.size(); ++at) {
    const std::uint64_t head = head_of(bytes.data() + at);
    if (m_heads[bit_of(head)]) compare(bytes.substr(at), head);
  }
}

void ManyTexts::compare(std::string_view rest, std::uint64_t head) {
  const auto [first, last] = m_by_head.equal_range(head);
  for (auto each = first; each != last; ++each) {
    if (rest.starts_with(m_texts[each->second])) m_found[each->second] = true;
  }
}

}  // namespace oubli
