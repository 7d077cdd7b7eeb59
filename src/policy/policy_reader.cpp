/// The top level of a policy (I1). Purposes, phases, events and what only describes have files of
/// their own.
#include "oubli/model/digest.hpp"
#include "policy/description_reader.hpp"
#include "policy/event_reader.hpp"
#include "policy/field_readers.hpp"
#include "policy/mask_reader.hpp"
#include "policy/policy_scope.hpp"
#include "policy/purpose_checks.hpp"
#include "policy/purpose_reader.hpp"
#include "policy/reference_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace oubli {
namespace {

constexpr auto k_format = "policy/1";

constexpr Word<Role> k_roles[] = {
    {"controller", Role::controller}, {"joint_controller", Role::joint_controller}, {"processor", Role::processor}};

/// The name a config gives to columns that are no personal data.
constexpr auto k_technical = "technical";

bool is_policy(const Field& format) {
  const auto text = format.text();
  if (!text || *text == k_format) return true;
  format.error("unknown-value", fmt::format("'{}' is not the format of a policy", *text),
               *text == "config/1" ? "this is a config: name it with --config" : "write 'oubli: policy/1'");
  return false;
}

void read_identity(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  scope.policy.id = block.required("id").identifier().value_or("");
  const auto version = block.required("version").integer(1, std::numeric_limits<int>::max());
  scope.policy.version = static_cast<int>(version.value_or(1));
  scope.policy.in_force_from = block.required("in_force_from").day().value_or(Day{});
  read_notes(block, scope);
}

void check_role(Fields& block, Role role, const Field& on_behalf, const Field& instructions) {
  if (role == Role::processor) {
    if (!on_behalf) block.report_missing("for", "add 'for: …' and the controller you process for (GDPR art. 30(2))");
    return;
  }
  for (const Field* field : {&on_behalf, &instructions}) {
    if (!*field) continue;
    block.self().findings().error(field->name_where(), "conflict",
                                  fmt::format("'{}' is for a processor only", field->name()),
                                  "add 'role: processor', or leave it out");
  }
}

void read_controller(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  auto& policy = scope.policy;
  policy.controller = block.required("name").title().value_or("");
  static_cast<void>(block.optional("contact").text());
  policy.role = block.optional("role").one_of(k_roles).value_or(Role::controller);
  const Field on_behalf = block.optional("for");
  const Field instructions = block.optional("instructions");
  policy.instructions = instructions.title().value_or("");
  check_role(block, policy.role, on_behalf, instructions);
  const auto decides = on_behalf.title();
  if (policy.role == Role::processor && decides) policy.processor = std::exchange(policy.controller, *decides);
  read_notes(block, scope);
}

/// `12-31`; 29 February is a close too: it stands for the last day of February.
std::optional<date::month_day> read_close(const Field& field) {
  const auto text = field.text();
  if (!text) return std::nullopt;
  // A leap year, so that 02-29 exists.
  const auto day = day_from_text("2000-" + *text);
  if (!day) {
    field.error("day", fmt::format("'{}' is not a day of the year", *text), "write it as MM-DD: 12-31");
    return std::nullopt;
  }
  const date::year_month_day parts{*day};
  return parts.month() / parts.day();
}

std::vector<Day> read_days(const Field& list) {
  std::vector<Day> days;
  for (const auto& item : list.items()) {
    const auto day = item.day();
    if (!day) continue;
    if (std::find(days.begin(), days.end(), *day) != days.end()) {
      item.error("duplicate", fmt::format("{} is listed twice", to_text(*day)), "list it once");
    }
    days.push_back(*day);
  }
  std::sort(days.begin(), days.end());
  return days;
}

void read_fiscal_years(const Field& field, PolicyScope& scope) {
  if (!field) return;
  Fields block = field.fields();
  FiscalYears years;
  years.closes = read_close(block.optional("closes")).value_or(years.closes);
  years.except = read_days(block.optional("except"));
  read_notes(block, scope);
  scope.policy.fiscal_years = years;
}

void read_data_subjects(const Field& field, PolicyScope& scope) {
  for (const auto& entry : field.entries()) {
    scope.subjects.declare(entry);
    static_cast<void>(entry.title());
    scope.policy.data_subjects.push_back(entry.name());
  }
}

void read_data_category(const Field& entry, PolicyScope& scope) {
  scope.categories.declare(entry);
  if (entry.name() == k_technical) {
    entry.findings().error(entry.name_where(), "name", "'technical' can't be a data category",
                           "choose another name: a config lists columns without personal data under it");
  }
  Fields block = entry.fields();
  DataCategory category{entry.name(), block.required("title").title().value_or(""), entry.name_where()};
  category.mask = read_mask(block.optional("mask"), scope);
  read_special(block.optional("special"), scope);
  read_notes(block, scope);
  scope.policy.categories.push_back(std::move(category));
}

void read_data_categories(const Field& field, PolicyScope& scope) {
  for (const auto& entry : field.entries()) read_data_category(entry, scope);
}

void read_top(Fields& top, PolicyScope& scope) {
  read_identity(top.required("policy"), scope);
  read_published(top.optional("published"), scope);
  read_controller(top.required("controller"), scope);
  scope.policy.timezone = read_timezone(top.required("timezone")).value_or("");
  read_fiscal_years(top.optional("fiscal_years"), scope);
  read_requests(top.optional("requests"), scope);
  read_directives(top.optional("directives_after_death"), scope);
  read_data_subjects(top.required("data_subjects"), scope);
  read_data_categories(top.required("data_categories"), scope);
  read_event_definitions(top.optional("events"), scope);
  const Field defaults = top.optional("defaults");
  read_purposes(top.required("purposes"), defaults, scope);
  auto& events = scope.policy.events;
  events.insert(events.end(), scope.taken_events.begin(), scope.taken_events.end());
  read_notes(top, scope);
}

void check_whole(const PolicyScope& scope, ReaderFindings& findings) {
  // A misspelt name would be told twice: as undeclared and as unused.
  if (findings.has_error()) return;
  for (const auto* names : {&scope.subjects, &scope.categories, &scope.events}) names->warn_unused(findings);
  check_consents(scope.policy, findings);
  check_objections(scope.policy, findings);
  check_periods(scope.policy, scope.references, findings);
}

void read_file(const Field& root, PolicyScope& scope, ReaderFindings& findings) {
  Fields top = root.fields();
  if (!is_policy(top.required("oubli"))) return top.ignore_rest();
  read_top(top, scope);
  check_whole(scope, findings);
}

}  // namespace

Checked<Policy> read_policy(std::string text, const std::filesystem::path& file,
                            std::span<const FoundReference> references) {
  const Document document = read_document(std::move(text), file);
  ReaderFindings findings(document);
  PolicyScope scope;
  scope.references = references;
  scope.policy.file = file;
  scope.policy.text = document.text;
  scope.policy.digest = sha256_text(document.text);
  read_file(Field::root(document, findings), scope, findings);
  if (findings.has_error()) return {std::nullopt, std::move(findings).take()};
  return {std::move(scope.policy), std::move(findings).take()};
}

}  // namespace oubli
