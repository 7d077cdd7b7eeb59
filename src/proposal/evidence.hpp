/// What a guess rests on, in words that never quote a value.
#pragma once

#include <cstdint>
#include <string>

namespace oubli::proposal {

/// Rounded up, so that a single value of thousands still shows; 100 only where all have it.
[[nodiscard]] int percent_of(std::int64_t part, std::int64_t whole);

/// "1 value", "2 000 values".
[[nodiscard]] std::string counted_values(std::int64_t values);

/// "all 412 records", "2 % of 2 000 records".
[[nodiscard]] std::string share_of_records(std::int64_t part, std::int64_t whole);

/// "all 412 values", "98 % of 2 000 values".
[[nodiscard]] std::string share_in_words(std::int64_t part, std::int64_t whole);

}  // namespace oubli::proposal
