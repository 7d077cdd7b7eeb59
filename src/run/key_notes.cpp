#include "run/key_notes.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

void append_sized(std::string& message, std::string_view bytes) {
  message += std::to_string(bytes.size());
  message += ':';
  message += bytes;
}

KeyDigest half(const Digest& whole) {
  KeyDigest digest{};
  std::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

}  // namespace

KeyDigest KeyDigester::of(const std::string& dataset, const std::string& table,
                          const std::vector<std::string>& key) const {
  std::string message;
  append_sized(message, "oubli.key/1");
  append_sized(message, dataset);
  append_sized(message, table);
  for (const auto& part : key) append_sized(message, part);
  return half(m_digest(message));
}

std::optional<KeyDigest> KeyNotes::digest(const RuledTable& table, const JudgedRecord& record) const {
  if (record.key.empty()) return std::nullopt;
  std::vector<std::string> key;
  for (const auto& part : record.key) key.push_back(to_text(part));
  return m_digester.of(table.rules.dataset, table.rules.table, key);
}

void KeyNotes::keep(const RuledTable& table, Side side, RecordChange change, const std::vector<KeyDigest>& keys) {
  const KeyPlace place{m_run, table.rules.dataset, table.rules.table, std::string(to_text(side)),
                       std::string(to_text(change))};
  m_told.push_back(m_state.keep_keys(place, keys, m_done));
  m_done.clear();
}

void KeyNotes::step_done() {
  m_done.insert(m_done.end(), m_told.begin(), m_told.end());
  m_told.clear();
}

std::vector<KeptKeys> KeyNotes::finish() {
  m_state.confirm_keys(m_done);
  m_done.clear();
  return m_state.kept_keys(m_run);
}

std::string_view to_text(RecordChange change) {
  switch (change) {
    case RecordChange::archived:
      return "archived";
    case RecordChange::purged:
      return "purged";
    case RecordChange::anonymised:
      return "anonymised";
    case RecordChange::minimised:
      return "minimised";
  }
  return "";
}

}  // namespace oubli
