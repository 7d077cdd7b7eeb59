/// Choosing removed values and looking for many texts at once.
#include "source/erased_sample.hpp"
#include "source/many_texts.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;

namespace {

std::vector<std::string> chosen(std::string_view run, int first, int last) {
  ErasedSample sample;
  sample.seed(run);
  for (int i = first; i != last; i += first < last ? 1 : -1) sample.add("a value with number " + std::to_string(i));
  auto values = sample.values();
  std::ranges::sort(values);
  return values;
}

std::vector<bool> found_in(std::vector<std::string> texts, std::string_view bytes) {
  ManyTexts many(std::move(texts));
  many.look_into(bytes);
  return many.found();
}

}  // namespace

TEST_CASE("sample: a thousand values, chosen by the run and not by their order", "[unit][erasure]") {
  const auto values = chosen("run 1", 0, 5'000);
  CHECK(values.size() == 1'000);
  CHECK(values == chosen("run 1", 4'999, -1));
  CHECK(values != chosen("run 2", 0, 5'000));
}

TEST_CASE("sample: a value counts once, and short ones not at all", "[unit][erasure]") {
  ErasedSample sample;
  sample.seed("run");
  for (int i = 0; i < 3; ++i) sample.add("twelve bytes");
  sample.add("eleven byte");
  CHECK(sample.values() == std::vector<std::string>{"twelve bytes"});
}

TEST_CASE("many texts: each is found wherever it stands", "[unit][erasure]") {
  const std::vector<std::string> texts{"abcdefgh", "abcdefghij", "bcdefghi", "not there at all"};
  CHECK(found_in(texts, "abcdefghij") == std::vector{true, true, true, false});
  CHECK(found_in(texts, "..abcdefgh") == std::vector{true, false, false, false});
  CHECK(found_in(texts, "abcdefg") == std::vector{false, false, false, false});
  CHECK(found_in(texts, "") == std::vector{false, false, false, false});
  CHECK(found_in(texts, std::string("\0abcdefghi\0", 11)) == std::vector{true, false, true, false});
}
