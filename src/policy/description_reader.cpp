#include "policy/description_reader.hpp"

#include "policy/field_readers.hpp"

namespace oubli {
namespace {

enum class Request { access, portability };
constexpr Word<Request> k_requests[] = {{"access", Request::access}, {"portability", Request::portability}};

enum class Wish { erase, keep, communicate };
constexpr Word<Wish> k_wishes[] = {{"erase", Wish::erase}, {"keep", Wish::keep}, {"communicate", Wish::communicate}};

void read_titles(const Field& field) {
  for (const auto& item : field.one_or_more()) static_cast<void>(item.title());
}

// A transfer to a third country names it and the safeguards (GDPR art. 30(1)(e)).
void read_transfers(const Field& field, PolicyScope& scope) {
  for (const auto& item : field.one_or_more()) {
    if (!item.is_mapping()) {
      static_cast<void>(item.text());
      continue;
    }
    Fields block = item.fields();
    static_cast<void>(block.required("to").title());
    static_cast<void>(block.required("safeguards").title());
    read_notes(block, scope);
  }
}

void read_held_by(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  static_cast<void>(block.required("processor").text());
  static_cast<void>(read_period(block.optional("proof_every")));
  read_notes(block, scope);
}

bool is_sha256(const std::string& text) {
  constexpr std::size_t k_digits = 64;
  return text.size() == k_digits && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

template <class T, std::size_t Count>
void read_words(const Field& list, const Word<T> (&words)[Count]) {
  for (const auto& item : list.items()) static_cast<void>(item.one_of(words));
}

}  // namespace

void read_register_entries(Fields& purpose, PolicyScope& scope) {
  for (const auto* key : {"recipients", "processors", "locations", "security"}) read_titles(purpose.optional(key));
  read_transfers(purpose.optional("transfers"), scope);
  read_held_by(purpose.optional("held_by"), scope);
}

void read_published(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  static_cast<void>(block.required("title").title());
  static_cast<void>(block.optional("url").text());
  const Field sha256 = block.optional("sha256");
  const auto digest = sha256.text();
  if (digest && !is_sha256(*digest)) {
    sha256.error("wrong-type", "'sha256' must be 64 hexadecimal digits", "write what sha256sum prints for the text");
  }
  read_notes(block, scope);
}

void read_requests(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  static_cast<void>(read_period(block.optional("answer_within")));
  static_cast<void>(read_period(block.optional("extendable_by")));
  read_words(block.optional("freeze_while_open"), k_requests);
  read_notes(block, scope);
}

void read_directives(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  const Field accepted = block.required("accept");
  read_words(accepted, k_wishes);
  scope.policy.directives = accepted.texts();
  read_notes(block, scope);
}

void read_special(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  const Field article_9 = block.optional("article_9");
  const Field article_10 = block.optional("article_10");
  if (!article_9 && !article_10) block.report_missing("article_9", "write 'special: {article_9: health}'");
  static_cast<void>(article_9.title());
  static_cast<void>(article_10.title());
  read_notes(block, scope);
}

}  // namespace oubli
