/// `oubli explain`: one record, every purpose, and the sentence why (I5).
#pragma once

#include "oubli/model/explanation.hpp"
#include "oubli/run/project.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

struct ExplainRequest {
  std::string table;                  ///< `dataset.table`, or `table` where only one dataset has it
  std::vector<std::string> key;       ///< one text per `key` column
  std::optional<std::int64_t> row;    ///< instead of the key
  std::optional<Day> as_of;
};

/// The records with that key or row number: several where the key isn't unique, or a row number is
/// that of several files. Throws Error (Cause::usage) when the table or the record isn't there.
[[nodiscard]] std::vector<Explanation> explain(const Project& project, const ExplainRequest& request,
                                               std::chrono::system_clock::time_point now);

}  // namespace oubli
