#include "engine/text_classes.hpp"

#include "oubli/engine/decide.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

constexpr std::size_t k_most_classes = std::size_t{1} << TextClasses::k_bits;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

}  // namespace

TextClasses::TextClasses(std::vector<Condition> questions) : m_questions(std::move(questions)) {
  for (Condition& question : m_questions) question.slot = 0;
}

std::optional<unsigned> TextClasses::class_of(std::string_view text) {
  // Bytes beyond ASCII mean one thing in one encoding and another in the next.
  if (!is_ascii(text)) return std::nullopt;
  const Answers answers = answers_to(text);
  const auto found = std::ranges::find(m_classes, answers);
  const auto place = static_cast<unsigned>(found - m_classes.begin());
  if (place == k_most_classes) return std::nullopt;
  if (found == m_classes.end()) m_classes.push_back(answers);
  return place;
}

TextClasses::Answers TextClasses::answers_to(std::string_view text) const {
  const Value value = text.empty() ? Value::of_null() : Value::of(text);
  Answers answers;
  for (const Condition& question : m_questions) answers.push_back(evaluate(question, {&value, 1}, {}));
  return answers;
}

}  // namespace oubli
