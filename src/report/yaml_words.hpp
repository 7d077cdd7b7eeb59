/// YAML as the readers of policies and configs take it: names of strangers in quotes, comments on one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oubli::report {

/// A text as a scalar, key or value, in block or flow: plain where it can't be taken for anything else.
[[nodiscard]] std::string yaml_scalar(std::string_view text);

/// "[a, b]"; on lines of their own, indented, where one would be too long.
[[nodiscard]] std::string yaml_list(const std::vector<std::string>& texts, int indent);

/// "  # review: evidence", to stand behind a value.
[[nodiscard]] std::string review_mark(std::string_view evidence);

/// Lines of a comment, wrapped and indented, each ended.
[[nodiscard]] std::string comment_lines(std::string_view text, int indent);
/// The same, with the mark before the first word.
[[nodiscard]] std::string review_lines(std::string_view text, int indent);

}  // namespace oubli::report
