/// What a mask leaves of a value, and whether it is all that is there (S15, S17).
#pragma once

#include "oubli/model/mask.hpp"
#include "oubli/model/value.hpp"

#include <string>
#include <string_view>

namespace oubli {

/// True when the value holds no more than its mask leaves. NULL and an empty text hold nothing,
/// whatever the mask. A number stands for its digits: a column of numbers turns a text into one.
[[nodiscard]] bool is_masked(const Mask& mask, const Value& value);

/// What is to be written in place of `value`; text and blob bytes live in `bytes`. `token`: what
/// `Mask::Kind::random` writes, see `random_token_of`; not looked at by the others.
[[nodiscard]] Value masked(const Mask& mask, const Value& value, std::string_view token, std::string& bytes);

/// How many random bytes a token is made of: no two will ever be the same.
inline constexpr std::size_t k_token_bytes = 16;

/// "oubli-" and the bytes in hexadecimal: known again for what it is, and never a value of a person.
[[nodiscard]] std::string random_token_of(std::string_view random_bytes);

}  // namespace oubli
