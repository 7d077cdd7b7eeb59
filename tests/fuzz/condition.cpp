/// A condition that can be read is written so that it reads the same again; a complaint lies in the text.
#include "fuzz/target.hpp"
#include "oubli/policy/read.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oubli;
  const auto text = fuzz::text_of(data, size);
  const auto read = condition_from_text(text);
  if (const auto* const complaint = std::get_if<Complaint>(&read)) {
    fuzz::require(!complaint->message.empty(), "a complaint says something");
    fuzz::require(complaint->offset >= 0 && static_cast<std::size_t>(complaint->offset) <= size,
                  "a complaint lies in the text");
    return 0;
  }
  const std::string written = to_text(std::get<Condition>(read));
  const auto again = condition_from_text(written);
  const auto* const condition = std::get_if<Condition>(&again);
  fuzz::require(condition != nullptr, "what is written can be read");
  fuzz::require(to_text(*condition) == written, "it is written the same again");
  return 0;
}
