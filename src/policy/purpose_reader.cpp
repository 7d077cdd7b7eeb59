#include "policy/purpose_reader.hpp"

#include "policy/description_reader.hpp"
#include "policy/event_reader.hpp"
#include "policy/field_readers.hpp"
#include "policy/legal_words.hpp"
#include "policy/phase_reader.hpp"
#include "policy/purpose_checks.hpp"
#include "policy/reference_use.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

constexpr Word<Ending::Extent> k_extents[] = {{"all", Ending::Extent::all}, {"active", Ending::Extent::active}};

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void read_categories_of(const Field& subject, Purpose& purpose, PolicyScope& scope) {
  std::vector<std::string> categories;
  for (const auto& item : subject.items()) {
    const auto category = scope.categories.use(item);
    if (!category) continue;
    if (std::find(categories.begin(), categories.end(), *category) != categories.end()) {
      item.error("duplicate", fmt::format("data category '{}' is listed twice", *category), "list it once");
    }
    categories.push_back(*category);
    add_once(purpose.categories, *category);
  }
  if (subject.is_list() && subject.node()->items.empty()) {
    subject.error("too-few", fmt::format("'{}' lists no data category", subject.name()), "list one, or leave it out");
  }
}

void read_data(const Field& field, Purpose& purpose, PolicyScope& scope) {
  if (!field) return;
  const auto subjects = field.entries();
  if (field.is_mapping() && subjects.empty()) {
    field.error("too-few", "'data' names no data subject", "write 'data: {customer: [identity]}'");
  }
  for (const auto& subject : subjects) {
    if (const auto name = scope.subjects.use_key(subject)) purpose.data_subjects.push_back(*name);
    read_categories_of(subject, purpose, scope);
  }
}

void read_ends_on(const Field& field, Purpose& purpose, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  read_notes(block, scope);
  const Field unless_since = block.optional("unless_since");
  purpose.unless_since = read_event(unless_since, EventRole::start, scope).value_or("");
  if (!block) return;
  for (const auto& entry : field.entries()) {
    if (block.is_known(entry.name())) continue;
    static_cast<void>(block.optional(entry.name()));
    const auto event = read_event_key(entry, EventRole::ending, scope);
    const auto extent = entry.one_of(k_extents);
    if (event && extent) purpose.ends_on.push_back({*event, *extent});
  }
}

std::optional<NoPeriod> read_no_period(const Field& field, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  NoPeriod no_period;
  no_period.because = block.required("because").title().value_or("");
  no_period.propose = block.optional("propose").title().value_or("");
  no_period.decide_by = block.optional("decide_by").day();
  read_notes(block, scope);
  return no_period;
}

std::optional<InactiveStatus> read_status(const Field& field, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  InactiveStatus status;
  status.inactive_since = block.required("inactive_since").day().value_or(Day{});
  status.new_records_by = read_event(block.required("new_records_by"), EventRole::start, scope).value_or("");
  read_notes(block, scope);
  return status;
}

// An objection may be overridden on compelling grounds, but never for direct marketing (GDPR art. 21(1) and (3)).
void read_objection_rules(Fields& purpose, PolicyScope& scope) {
  const bool is_marketing = purpose.optional("direct_marketing").boolean().value_or(false);
  const Field overriding = purpose.optional("overriding");
  if (!overriding) return;
  if (is_marketing) {
    purpose.self().findings().error(overriding.name_where(), "conflict",
                                    "an objection to direct marketing can't be overridden",
                                    "leave 'overriding' out (GDPR art. 21(3))");
  }
  Fields block = overriding.fields();
  static_cast<void>(block.required("because").title());
  read_notes(block, scope);
}

/// `active` with `archive`, or `no_period`. What the purpose says itself goes before the defaults.
/// A purpose that `use`s another may leave them to it.
void read_duration(Fields& block, Purpose& purpose, PolicyScope& scope) {
  const Field active = block.optional("active");
  const Field archive = block.optional("archive");
  const Field no_period = block.optional("no_period");
  if (block.has_own("no_period") && (block.has_own("active") || block.has_own("archive"))) {
    block.error("conflict", fmt::format("'{}' has a period and 'no_period'", purpose.name), "write one of them");
  }
  if (block.has_own("no_period") && block.has_own("use")) {
    block.error("conflict", fmt::format("'{}' takes a period and has 'no_period'", purpose.name), "write one of them");
  }
  if (no_period && !block.has_own("active")) {
    purpose.no_period = read_no_period(no_period, scope);
    return;
  }
  if (!active && !block.has_own("use")) block.report_missing("active", "add 'active: {keep: 3 years, from: …}', or 'no_period: {because: …}'");
  purpose.active = read_active(active, purpose, scope);
  purpose.archive = read_archive(archive, purpose, scope);
}

/// What changes the duration for some records or for some of their data.
void read_exceptions(Fields& block, Purpose& purpose, PolicyScope& scope) {
  const Field by_category = block.optional("by_category");
  const Field never_opened = block.optional("never_opened");
  const Field last_day = block.optional("override");
  read_by_category(by_category, CategoryEnd::Extent::purpose, purpose, scope);
  purpose.never_opened = read_never_opened(never_opened, scope);
  purpose.last_day_override = read_override(last_day, purpose.legal_basis, scope);
  for (const Field* field : {&by_category, &never_opened, &last_day}) check_has_period(purpose, *field);
  check_never_opened(purpose, never_opened);
  check_override(purpose, last_day);
  check_active_categories(purpose, block.optional("active"));
}

// A purpose taken from a reference says only what it changes, and why.
void check_taken_keys(Fields& block) {
  const Field use = block.optional("use");
  for (const auto* key : {"because", "events"}) {
    const Field field = block.optional(key);
    if (!field || use) continue;
    block.self().findings().error(field.name_where(), "conflict",
                                  fmt::format("'{}' is about what 'use' takes", key),
                                  "write it in the block it is about, or leave it out");
  }
  static_cast<void>(block.optional("because").title());
}

Purpose read_purpose(Fields& block, PolicyScope& scope) {
  Purpose purpose;
  purpose.name = block.self().name();
  purpose.where = block.self().name_where();
  check_taken_keys(block);
  const bool borrows = block.has_own("use");
  const auto required = [&](const char* key) { return borrows ? block.optional(key) : block.required(key); };
  purpose.title = required("title").title().value_or("");
  purpose.legal_basis = required("legal_basis").one_of(k_legal_bases).value_or(LegalBasis::consent);
  purpose.legal_reference = block.optional("legal_reference").title().value_or("");
  read_data(block.required("data"), purpose, scope);
  read_duration(block, purpose, scope);
  purpose.then = block.optional("then").one_of(k_dispositions).value_or(Disposition::purge);
  if (const auto use = read_use(block, scope)) take_from_reference(block, *use, purpose, scope);
  check_archive(purpose, block.optional("archive"));
  read_ends_on(block.optional("ends_on"), purpose, scope);
  purpose.inactive = read_status(block.optional("status"), scope);
  read_exceptions(block, purpose, scope);
  read_objection_rules(block, scope);
  read_register_entries(block, scope);
  purpose.reference = read_notes(block, scope);
  return purpose;
}

/// What a reference gives goes before the defaults: these hold for what it has no word on.
Node defaults_beside_use(const Field& defaults) {
  Node node;
  node.kind = Node::Kind::mapping;
  if (!defaults.is_mapping()) return node;
  constexpr std::string_view k_taken[] = {"title", "legal_basis", "legal_reference", "active", "archive", "no_period",
                                          "then"};
  std::ranges::copy_if(defaults.node()->entries, std::back_inserter(node.entries),
                       [&](const Node::Entry& entry) { return std::ranges::count(k_taken, entry.key.text) == 0; });
  return node;
}

void refuse_use(const Field& defaults) {
  for (const auto* key : {"use", "because", "events"}) {
    const Node* const node = defaults.is_mapping() ? defaults.node()->find(key) : nullptr;
    if (!node) continue;
    defaults.findings().error(node->where, "conflict", fmt::format("'{}' is for one purpose, not for all", key),
                              "write it in the purpose it is about");
  }
}

}  // namespace

void read_purposes(const Field& field, const Field& defaults, PolicyScope& scope) {
  if (defaults) {
    refuse_use(defaults);
    Fields block(defaults, nullptr, Fields::Extent::partial);
    static_cast<void>(read_purpose(block, scope));
  }
  if (!field) return;
  const Node without_use = defaults_beside_use(defaults);
  const auto entries = field.entries();
  if (field.is_mapping() && entries.empty()) field.error("too-few", "'purposes' is empty", "add the first purpose");
  for (const auto& entry : entries) {
    static_cast<void>(entry.has_identifier_name());
    const bool borrows = entry.is_mapping() && entry.node()->find("use") != nullptr;
    const Node* const general = borrows ? &without_use : defaults.node();
    Fields block(entry, general);
    scope.policy.purposes.push_back(read_purpose(block, scope));
  }
}

}  // namespace oubli
