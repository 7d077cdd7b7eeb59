/// Reads a reference: purposes as in a policy, without data of their own, but with what a policy
/// has no place for: who says so, what is a floor or a ceiling, and who compared it with the text.
#include "oubli/model/digest.hpp"
#include "policy/event_reader.hpp"
#include "policy/field_readers.hpp"
#include "policy/legal_words.hpp"
#include "policy/phase_reader.hpp"
#include "policy/purpose_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <utility>

namespace oubli {
namespace {

constexpr auto k_format = "reference/1";

constexpr Word<ReferencePurpose::Kind> k_kinds[] = {{"law", ReferencePurpose::Kind::law},
                                                    {"recommendation", ReferencePurpose::Kind::recommendation}};

constexpr Word<ReferenceCheck::Against> k_against[] = {{"own_text", ReferenceCheck::Against::own_text},
                                                       {"copy", ReferenceCheck::Against::copy},
                                                       {"summary", ReferenceCheck::Against::summary}};

bool is_reference(const Field& format) {
  const auto text = format.text();
  if (!text || *text == k_format) return true;
  format.error("unknown-value", fmt::format("'{}' is not the format of a reference", *text),
               "write 'oubli: reference/1'");
  return false;
}

void read_identity(const Field& field, Reference& reference, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  reference.id = block.required("id").identifier().value_or("");
  const auto version = block.required("version").integer(1, std::numeric_limits<int>::max());
  reference.version = static_cast<int>(version.value_or(1));
  reference.title = block.required("title").title().value_or("");
  read_notes(block, scope);
}

/// `none`, which says plainly that nobody compared it, or when, against what and where.
std::optional<ReferenceCheck> read_checked(const Field& field) {
  if (!field) return std::nullopt;
  if (field.is_scalar()) {
    if (*field.text() != "none") field.refuse_word({"none"});
    return std::nullopt;
  }
  Fields block = field.fields();
  ReferenceCheck checked;
  checked.on = block.required("on").day().value_or(Day{});
  checked.against = block.required("against").one_of(k_against).value_or(ReferenceCheck::Against::summary);
  checked.source = block.required("source").title().value_or("");
  return checked;
}

// A policy may say these of a phase; a reference keeps to one period from one start.
void refuse_policy_keys(const Field& phase, std::initializer_list<std::string_view> keys) {
  if (!phase.is_mapping()) return;
  for (const auto& entry : phase.node()->entries) {
    if (std::ranges::count(keys, entry.key.text) == 0) continue;
    phase.findings().error(entry.key.where, "unknown-key",
                           fmt::format("'{}' has no place in a reference", entry.key.text), "leave it out");
  }
}

void read_phases(Fields& block, Purpose& purpose, PolicyScope& scope) {
  const Field active = block.required("active");
  const Field archive = block.optional("archive");
  refuse_policy_keys(active, {"by_category"});
  refuse_policy_keys(archive, {"by_category", "keep", "from", "until", "plus"});
  purpose.active = read_active(active, purpose, scope);
  purpose.archive = read_archive(archive, purpose, scope);
  check_archive(purpose, archive);
  purpose.then = block.optional("then").one_of(k_dispositions).value_or(Disposition::purge);
}

void read_bounds(Fields& block, ReferencePurpose& purpose) {
  purpose.floor = read_period(block.optional("floor"));
  purpose.ceiling = read_period(block.optional("ceiling"));
  if (block.has_own("floor") || block.has_own("ceiling")) return;
  block.report_missing("floor", "add 'floor: …' for a period that must be kept, 'ceiling: …' for one not to exceed");
}

/// What this purpose's blocks assumed while they were read.
std::vector<Assumption> take_assumptions(PolicyScope& scope) { return std::exchange(scope.policy.assumptions, {}); }

ReferencePurpose read_reference_purpose(const Field& entry, PolicyScope& scope) {
  static_cast<void>(entry.has_identifier_name());
  Fields block = entry.fields();
  ReferencePurpose purpose;
  purpose.rules.name = entry.name();
  purpose.rules.where = entry.name_where();
  purpose.rules.title = block.required("title").title().value_or("");
  purpose.kind = block.required("kind").one_of(k_kinds).value_or(ReferencePurpose::Kind::recommendation);
  purpose.rules.legal_reference = block.required("citation").title().value_or("");
  for (const auto& item : block.optional("also_cited_as").items()) {
    purpose.also_cited_as.push_back(item.text().value_or(""));
  }
  purpose.rules.legal_basis = block.required("legal_basis").one_of(k_legal_bases).value_or(LegalBasis::consent);
  read_phases(block, purpose.rules, scope);
  read_bounds(block, purpose);
  purpose.checked = read_checked(block.required("checked"));
  purpose.note = block.optional("note").title().value_or("");
  purpose.rules.reference = read_notes(block, scope);
  purpose.assumptions = take_assumptions(scope);
  return purpose;
}

void read_purposes_of(const Field& field, Reference& reference, PolicyScope& scope) {
  const auto entries = field.entries();
  if (field.is_mapping() && entries.empty()) field.error("too-few", "'purposes' is empty", "add the first purpose");
  for (const auto& entry : entries) reference.purposes.push_back(read_reference_purpose(entry, scope));
}

void read_file(const Field& root, Reference& reference, ReaderFindings& findings) {
  PolicyScope scope;
  Fields top = root.fields();
  if (!is_reference(top.required("oubli"))) return top.ignore_rest();
  read_identity(top.required("reference"), reference, scope);
  read_event_definitions(top.optional("events"), scope);
  read_purposes_of(top.required("purposes"), reference, scope);
  reference.events = scope.policy.events;
  if (!findings.has_error()) scope.events.warn_unused(findings);
}

}  // namespace

Checked<Reference> read_reference(std::string text, const std::filesystem::path& file) {
  const Document document = read_document(std::move(text), file);
  ReaderFindings findings(document);
  Reference reference;
  reference.file = file;
  reference.text = document.text;
  reference.digest = sha256_text(document.text);
  read_file(Field::root(document, findings), reference, findings);
  if (findings.has_error()) return {std::nullopt, std::move(findings).take()};
  return {std::move(reference), std::move(findings).take()};
}

}  // namespace oubli
