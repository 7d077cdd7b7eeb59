#include "oubli/model/reference.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

std::string_view words_for(ReferenceCheck::Against against) {
  switch (against) {
    case ReferenceCheck::Against::own_text:
      return "its own text";
    case ReferenceCheck::Against::copy:
      return "a copy of its text, not the official publication";
    case ReferenceCheck::Against::summary:
      return "what others say of it, NOT its own text";
  }
  return "";
}

}  // namespace

const ReferencePurpose* Reference::find(const std::string& purpose) const {
  const auto found = std::ranges::find_if(purposes, [&](const auto& each) { return each.rules.name == purpose; });
  return found == purposes.end() ? nullptr : &*found;
}

std::string_view to_text(ReferencePurpose::Kind kind) {
  return kind == ReferencePurpose::Kind::law ? "law" : "recommendation";
}

std::string check_words(const std::optional<ReferenceCheck>& checked) {
  if (!checked) return "NOT checked against its text";
  return fmt::format("checked on {} against {}: {}", to_text(checked->on), words_for(checked->against),
                     checked->source);
}

}  // namespace oubli
