#include "source/noted_keys.hpp"

namespace oubli {

namespace {

constexpr std::size_t k_most_at_once = 65'536;

}  // namespace

std::optional<KeyDigest> NotedKeys::of(const TablePass& pass, const JudgedRecord& record) const {
  const bool is_known = m_going != nullptr && pass.with_key && !record.key.empty();
  return is_known ? m_going->key_digest(*pass.table, record) : std::nullopt;
}

void NotedKeys::add(const TablePass& pass, RecordChange change, const std::optional<KeyDigest>& key) {
  if (!key) return;
  const Which which{pass.table, change};
  auto& keys = m_keys[which];
  keys.push_back(*key);
  if (keys.size() == k_most_at_once) tell(which, keys);
}

void NotedKeys::add_rewritten(const TablePass& pass, const JudgedRecord& record) {
  const bool is_anonymised = record.judgement.outcome == Outcome::anonymise;
  add(pass, is_anonymised ? RecordChange::anonymised : RecordChange::minimised, of(pass, record));
}

void NotedKeys::tell() {
  for (auto& [which, keys] : m_keys) {
    if (!keys.empty()) tell(which, keys);
  }
}

void NotedKeys::tell(const Which& which, std::vector<KeyDigest>& keys) const {
  m_going->before_change(*which.first, which.second, keys);
  keys.clear();
}

}  // namespace oubli
