#include "policy/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oubli {
namespace {

std::string_view describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "empty";
    case Node::Kind::scalar:
      return "a single value";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a mapping";
  }
  return "empty";
}

std::string child_path(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

const Node::Entry* find_entry(const Node* mapping, std::string_view key) {
  if (mapping == nullptr || mapping->kind != Node::Kind::mapping) return nullptr;
  const auto& entries = mapping->entries;
  const auto found =
      std::find_if(entries.begin(), entries.end(), [key](const auto& entry) { return entry.key.text == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::string suggest(const std::string& word, const std::vector<std::string>& allowed) {
  const std::string nearest = nearest_word(word, allowed);
  const std::string list = fmt::format("allowed here: {}", joined(allowed));
  return nearest.empty() ? list : fmt::format("did you mean '{}'? {}", nearest, list);
}

}  // namespace

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

Field Field::root(const Document& document, ReaderFindings& findings) {
  Field root(findings);
  if (!document.root) return root;
  root.m_node = &*document.root;
  root.m_label = "the file";
  root.m_name_where = document.root->where;
  return root;
}

bool Field::expect(Node::Kind kind, std::string_view expected) const {
  if (m_node == nullptr) return false;
  if (m_node->kind == kind) return true;
  const bool is_empty = m_node->kind == Node::Kind::null;
  m_findings->error(is_empty ? m_name_where : m_node->where, "wrong-type",
                    fmt::format("{} must be {}, but is {}", m_label, expected, describe(*m_node)),
                    is_empty ? "give it a value, or leave it out" : "");
  return false;
}

Field Field::item(const Node& node) const {
  Field item = *this;
  item.m_node = &node;
  item.m_label = fmt::format("an item of '{}'", m_name);
  item.m_name_where = node.where;
  return item;
}

Field Field::entry(const Node::Entry& entry) const {
  Field child(*m_findings);
  child.m_node = &entry.value;
  child.m_name = entry.key.text;
  child.m_label = fmt::format("'{}'", entry.key.text);
  child.m_path = child_path(m_path, entry.key.text);
  child.m_name_where = entry.key.where;
  return child;
}

std::vector<Field> Field::items() const {
  std::vector<Field> items;
  if (!expect(Node::Kind::sequence, "a list")) return items;
  for (const auto& node : m_node->items) items.push_back(item(node));
  return items;
}

std::vector<Field> Field::one_or_more() const {
  if (is_scalar()) return {*this};
  return items();
}

std::vector<std::string> Field::texts() const {
  std::vector<std::string> texts;
  for (const auto& item : items()) {
    if (auto text = item.text()) texts.push_back(std::move(*text));
  }
  return texts;
}

std::vector<Field> Field::entries() const {
  std::vector<Field> entries;
  if (!expect(Node::Kind::mapping, "a mapping")) return entries;
  for (const auto& child : m_node->entries) entries.push_back(entry(child));
  return entries;
}

Fields Field::fields(const Node* defaults) const { return Fields(*this, defaults); }

void Field::error(std::string code, std::string message, std::string hint) const {
  m_findings->error(where(), std::move(code), std::move(message), std::move(hint));
}

void Field::warning(std::string code, std::string message, std::string hint) const {
  m_findings->warning(where(), std::move(code), std::move(message), std::move(hint));
}

void Field::warn_not_supported(std::string_view what) const {
  if (m_node == nullptr) return;
  m_findings->warning(m_name_where, "not-supported",
                      fmt::format("{} has no effect in this version", what.empty() ? m_label : what),
                      "leave it out before running a command that reads data");
}

void Field::refuse_word(const std::vector<std::string>& allowed) const {
  error("unknown-value", fmt::format("'{}' is no value of '{}'", m_node->text, m_name), suggest(m_node->text, allowed));
}

Fields::Fields(const Field& mapping, const Node* defaults, Extent extent)
    : m_self(mapping), m_defaults(defaults), m_extent(extent) {
  if (!m_self.expect(Node::Kind::mapping, "a mapping")) m_self.m_node = nullptr;
}

Fields::~Fields() {
  if (!m_self) return;
  for (const auto& entry : m_self.m_node->entries) {
    const auto& key = entry.key.text;
    if (is_known(key)) continue;
    m_self.m_findings->error(entry.key.where, "unknown-key", fmt::format("unknown key '{}'", key),
                             suggest(key, m_known));
  }
}

const Node::Entry* Fields::find(std::string_view key) const {
  if (!m_self) return nullptr;
  if (const auto* entry = find_entry(m_self.m_node, key)) return entry;
  return find_entry(m_defaults, key);
}

Field Fields::optional(std::string_view key) {
  if (!is_known(key)) m_known.emplace_back(key);
  const auto* entry = find(key);
  return entry == nullptr ? Field(*m_self.m_findings) : m_self.entry(*entry);
}

Field Fields::required(std::string_view key) {
  Field field = optional(key);
  if (!field) report_missing(key, fmt::format("add '{}: …'", key));
  return field;
}

bool Fields::has_own(std::string_view key) const { return find_entry(m_self.m_node, key) != nullptr; }

bool Fields::is_known(std::string_view key) const {
  return std::find(m_known.begin(), m_known.end(), key) != m_known.end();
}

void Fields::ignore_rest() {
  if (!m_self) return;
  for (const auto& entry : m_self.m_node->entries) m_known.push_back(entry.key.text);
}

void Fields::report_missing(std::string_view key, std::string hint) const {
  if (!m_self || m_extent == Extent::partial) return;
  error("missing-key", fmt::format("{} lacks the key '{}'", m_self.m_label, key), std::move(hint));
}

void Fields::error(std::string code, std::string message, std::string hint) const {
  m_self.m_findings->error(m_self.m_name_where, std::move(code), std::move(message), std::move(hint));
}

void Fields::warning(std::string code, std::string message, std::string hint) const {
  m_self.m_findings->warning(m_self.m_name_where, std::move(code), std::move(message), std::move(hint));
}

}  // namespace oubli
