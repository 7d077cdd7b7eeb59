#include "policy/mask_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

constexpr Word<Mask::Kind> k_plain_masks[] = {
    {"null", Mask::Kind::null}, {"year_only", Mask::Kind::year_only}, {"random", Mask::Kind::random}};
const std::vector<std::string> k_masks{"null", "constant", "year_only", "truncate", "random"};
const std::vector<std::string> k_hashes{"hash", "md5", "sha1", "sha256", "sha512", "hmac", "pseudonym", "pseudonymise"};
constexpr int k_longest = 1000;

bool is_hash(const std::string& word) { return std::find(k_hashes.begin(), k_hashes.end(), word) != k_hashes.end(); }

void refuse_word(const Field& field, const std::string& word) {
  if (is_hash(word)) {
    field.error("mask", fmt::format("'{}' is no mask: a hash of a guessable value only pseudonymises", word),
                fmt::format("write one of {}", joined(k_masks)));
  } else if (word == "constant") {
    field.error("mask", "'constant' lacks the value to write", "write 'mask: {constant: \"-\"}'");
  } else if (word == "truncate") {
    field.error("mask", "'truncate' lacks the number of characters that stay", "write 'mask: {truncate: 2}'");
  } else {
    field.refuse_word(k_masks);
  }
}

std::optional<Mask> read_word(const Field& field) {
  const std::string& word = field.node()->text;
  for (const auto& plain : k_plain_masks) {
    if (plain.text == word) return Mask{plain.value};
  }
  refuse_word(field, word);
  return std::nullopt;
}

Mask read_block(const Field& field, PolicyScope& scope) {
  Fields block = field.fields();
  read_notes(block, scope);
  if (const Field truncate = block.optional("truncate")) {
    const auto length = truncate.integer(1, k_longest);
    if (const Field constant = block.optional("constant")) {
      constant.error("conflict", "a mask has 'constant' and 'truncate'", "keep one of them");
    }
    return {Mask::Kind::truncate, {}, static_cast<int>(length.value_or(1))};
  }
  return {Mask::Kind::constant, block.required("constant").text().value_or("")};
}

}  // namespace

std::optional<Mask> read_mask(const Field& field, PolicyScope& scope) {
  if (!field) return std::nullopt;
  // An unquoted `null` isn't among the words the document layer hands on: it is an empty value.
  if (field.is_empty()) return Mask{};
  if (field.is_scalar()) return read_word(field);
  return read_block(field, scope);
}

}  // namespace oubli
