/// The document layer: YAML text as a tree in which every node knows its place, and nothing else.
///
/// A policy is untrusted input and yaml-cpp reads much that isn't YAML, or isn't what was meant.
/// What is refused here never reaches a reader: duplicate keys, anchors, aliases, tags, merge keys,
/// complex keys, a second document, text after the document, quotes that close on another line,
/// NUL, invalid UTF-8, more than 32 levels, files over 4 MiB.
#pragma once

#include "oubli/diag/diagnostic.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// A node of a document. Scalars keep their text: what `yes`, `010` or `~` mean is the reader's
/// business. Order of keys is the file's.
struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  struct Entry;

  Kind kind = Kind::null;
  SourceLocation where;            ///< of the first character; `length` of a scalar on one line
  std::string text;                ///< scalar
  bool quoted = false;             ///< scalar: quoted or a block, so never null or a number
  std::vector<Node> items;         ///< sequence
  std::vector<Entry> entries;      ///< mapping; keys are unique scalars

  /// The value under `key`, or nullptr.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Node::Entry {
  Node key;
  Node value;
};

struct Document {
  std::filesystem::path file;
  std::string text;                      ///< the bytes it was read from
  std::vector<std::size_t> line_starts;  ///< offsets into `text`
  std::optional<Node> root;              ///< absent when `diagnostics` has an error
  std::vector<Diagnostic> diagnostics;
  std::vector<SourceLocation> review_marks = {};  ///< comments that begin with `review:`, what nobody has confirmed yet
};

/// Reads one YAML document from `text`; `file` is only named. Never throws for what the text says.
[[nodiscard]] Document read_document(std::string text, const std::filesystem::path& file);

/// A diagnostic at a place of the document, its excerpt filled in.
[[nodiscard]] Diagnostic diagnostic_at(const Document& document, const SourceLocation& where, Severity severity,
                                       std::string code, std::string message, std::string hint = {});

}  // namespace oubli
