/// The shared way to walk a document: each reader asks a mapping for the keys it knows, and reads
/// like the file format itself.
///
///     Fields limits = file.optional("limits").fields();
///     config.limits.max_share = limits.optional("max_share").share().value_or(0.20);
///     config.limits.max_records = limits.optional("max_records").integer(1, k_most).value_or(100'000);
///
/// Whatever is wrong goes to `ReaderFindings`; the reader goes on with nothing, so that every fault of a
/// file is found at once. A key nobody asked for is reported when its `Fields` goes out of scope.
#pragma once

#include "oubli/model/day.hpp"
#include "oubli/policy/document.hpp"
#include "policy/reader_findings.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

class Fields;

/// A word of the file format and what it stands for.
template <class T>
struct Word {
  std::string_view text;
  T value;
};

/// One value of a document, or its absence. A conversion that doesn't fit reports why and gives
/// nothing; that of an absent value gives nothing in silence. Document and findings outlive it.
class Field {
 public:
  /// The whole document; absent where it couldn't be read.
  [[nodiscard]] static Field root(const Document& document, ReaderFindings& findings);

  [[nodiscard]] explicit operator bool() const { return m_node != nullptr; }
  /// Nothing after the key, `~` or `null`.
  [[nodiscard]] bool is_empty() const { return is(Node::Kind::null); }
  [[nodiscard]] bool is_scalar() const { return is(Node::Kind::scalar); }
  [[nodiscard]] bool is_mapping() const { return is(Node::Kind::mapping); }
  [[nodiscard]] bool is_list() const { return is(Node::Kind::sequence); }

  [[nodiscard]] const Node* node() const { return m_node; }
  /// The key this value stands under; that of the list for an item.
  [[nodiscard]] const std::string& name() const { return m_name; }
  /// The path of keys from the root: "purposes.bank.active".
  [[nodiscard]] const std::string& path() const { return m_path; }
  /// Of the key, where there is one.
  [[nodiscard]] const SourceLocation& name_where() const { return m_name_where; }
  /// Of the value. Not to be asked of an absent one.
  [[nodiscard]] const SourceLocation& where() const { return m_node->where; }
  [[nodiscard]] ReaderFindings& findings() const { return *m_findings; }

  [[nodiscard]] std::optional<std::string> text() const;
  /// A name that may become part of a file name: a letter, then letters, digits, `_` and `-`.
  [[nodiscard]] std::optional<std::string> identifier() const;
  /// The same for the key this value stands under.
  [[nodiscard]] bool has_identifier_name() const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t least, std::int64_t most) const;
  /// `true` or `false`, nothing else.
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<Day> day() const;
  /// `20%` is 0.20; from 0 to 100 per cent.
  [[nodiscard]] std::optional<double> share() const;
  /// A text, or one per language: `{fr: …, en: …}`, of which English is taken, else the first.
  [[nodiscard]] std::optional<std::string> title() const;
  template <class T, std::size_t Count>
  [[nodiscard]] std::optional<T> one_of(const Word<T> (&words)[Count]) const;

  /// The items of a list.
  [[nodiscard]] std::vector<Field> items() const;
  /// The items of a list, or the one value written without a list.
  [[nodiscard]] std::vector<Field> one_or_more() const;
  /// A list of texts.
  [[nodiscard]] std::vector<std::string> texts() const;
  /// The entries of a mapping whose keys are names of the file's own, not words of the format.
  [[nodiscard]] std::vector<Field> entries() const;
  /// A mapping whose keys are words of the format. What it lacks is looked up in `defaults`.
  [[nodiscard]] Fields fields(const Node* defaults = nullptr) const;

  void error(std::string code, std::string message, std::string hint = {}) const;
  void warning(std::string code, std::string message, std::string hint = {}) const;
  /// Says that this key, or `what` of it, is understood but has no effect in this version.
  void warn_not_supported(std::string_view what = {}) const;
  /// Says that the value isn't one of `allowed`, and which is nearest.
  void refuse_word(const std::vector<std::string>& allowed) const;
  /// Reports a complaint about this value's text.
  void refuse(const Complaint& complaint) const { m_findings->refuse(*m_node, complaint); }

 private:
  friend class Fields;
  explicit Field(ReaderFindings& findings) : m_findings(&findings) {}

  [[nodiscard]] bool is(Node::Kind kind) const { return m_node != nullptr && m_node->kind == kind; }
  /// True when the value is there and of that kind; says so when it is there and isn't.
  [[nodiscard]] bool expect(Node::Kind kind, std::string_view expected) const;
  [[nodiscard]] Field item(const Node& node) const;
  [[nodiscard]] Field entry(const Node::Entry& entry) const;

  const Node* m_node = nullptr;
  ReaderFindings* m_findings;
  std::string m_name;
  std::string m_label;  ///< how messages name it
  std::string m_path;
  SourceLocation m_name_where;
};

/// A mapping whose keys are words of the file format.
class Fields {
 public:
  /// `whole`: what is required must be there. `partial`: any part of it may be left out.
  enum class Extent { whole, partial };

  explicit Fields(const Field& mapping, const Node* defaults = nullptr, Extent extent = Extent::whole);
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;
  /// Reports every key that was never asked for.
  ~Fields();

  /// The mapping is there; every key of an absent one is absent, and none of them is missed.
  [[nodiscard]] explicit operator bool() const { return static_cast<bool>(m_self); }
  /// The mapping itself.
  [[nodiscard]] const Field& self() const { return m_self; }

  [[nodiscard]] Field optional(std::string_view key);
  /// Reports the key where it is missing.
  [[nodiscard]] Field required(std::string_view key);
  /// The mapping itself says the key: it isn't a default.
  [[nodiscard]] bool has_own(std::string_view key) const;
  /// The key has been asked for.
  [[nodiscard]] bool is_known(std::string_view key) const;
  /// Lets every other key pass: the file isn't what it was taken for.
  void ignore_rest();
  /// Says that the key is missing, unless parts may be left out.
  void report_missing(std::string_view key, std::string hint) const;

  /// At the mapping's own name.
  void error(std::string code, std::string message, std::string hint = {}) const;
  void warning(std::string code, std::string message, std::string hint = {}) const;

 private:
  [[nodiscard]] const Node::Entry* find(std::string_view key) const;

  Field m_self;
  const Node* m_defaults;
  Extent m_extent;
  std::vector<std::string> m_known;
};

/// "keep, from, at_most".
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

template <class T, std::size_t Count>
std::optional<T> Field::one_of(const Word<T> (&words)[Count]) const {
  const auto written = text();
  if (!written) return std::nullopt;
  std::vector<std::string> allowed;
  for (const auto& word : words) {
    if (word.text == *written) return word.value;
    allowed.emplace_back(word.text);
  }
  refuse_word(allowed);
  return std::nullopt;
}

}  // namespace oubli
