/// How a CSV file seems to be written, by its first bytes. Pure.
#pragma once

#include "oubli/model/proposal.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace oubli {

/// What can't be read as a CSV, and why.
struct NoDialect {
  std::string because;
};

/// A header line is believed only where names stand in it: a record taken for one would put a person's data into the
/// config. Where it can't be told the columns are numbered, and the evidence says so.
/// `head`: the file's first bytes; `is_whole`: there are no more.
[[nodiscard]] std::variant<GuessedFiles, NoDialect> guess_dialect(std::string_view head, bool is_whole);

}  // namespace oubli
