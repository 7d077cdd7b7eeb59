/// The words that names of tables and columns are made of, English and French.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::proposal {

/// The words of a name in lower case and, but for short ones, in the singular: "InvoiceLines" is invoice, line.
[[nodiscard]] std::vector<std::string> singular_words(std::string_view name);

/// Whether all of `phrase`, words set apart by spaces, are among the words: "last contact".
[[nodiscard]] bool has_words(const std::vector<std::string>& words, std::string_view phrase);

/// The first of the phrases whose words are all there; empty where none is.
[[nodiscard]] std::string_view first_phrase(const std::vector<std::string>& words,
                                            std::span<const std::string_view> phrases);

/// Whether a config can name it: a text of visible characters, of a length that a line takes.
[[nodiscard]] bool is_nameable(std::string_view name);

/// The name as a config can take it where columns are listed: what can't be written is a `*`.
[[nodiscard]] std::string as_pattern(std::string_view name);

/// A name for a dataset, a policy or a CSV table: letters, digits, `_` and `-`, a letter first.
/// `otherwise`: where nothing of it is left.
[[nodiscard]] std::string identifier_from(std::string_view text, std::string_view otherwise);

}  // namespace oubli::proposal
