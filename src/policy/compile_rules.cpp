/// From one table's config and its policy to the table's rules.
#include "policy/compile_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace oubli {

namespace {

const Purpose* find_purpose(const Policy& policy, const std::string& name) {
  const auto& all = policy.purposes;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Purpose& purpose) { return purpose.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// One purpose of a table, with the events that count for it.
struct PurposeScope {
  const TableEvents& events;
  const ServedPurpose& served;
  const std::vector<std::string>& categories;

  [[nodiscard]] int event(const std::string& name) const { return events.find(served.purpose, name, served.where); }

  [[nodiscard]] EventTerm term(const EventExpression& expression) const {
    EventTerm term{expression.combine, {}};
    for (const auto& member : expression.members) term.members.push_back({event(member.event), member.optional});
    return term;
  }

  [[nodiscard]] RetentionRule retention(const Retention& kept) const {
    return {term(kept.start), kept.until, kept.period};
  }

  [[nodiscard]] std::optional<CapRule> cap(const std::optional<Cap>& cap) const {
    if (!cap) return std::nullopt;
    return CapRule{cap->keep, term(cap->from)};
  }
};

std::string reference_of(const Purpose& purpose) {
  const bool has_both = !purpose.legal_reference.empty() && !purpose.reference.empty();
  return purpose.legal_reference + (has_both ? "; " : "") + purpose.reference;
}

void compile_phases(const PurposeScope& scope, const Purpose& purpose, PurposeRule& rule) {
  if (const auto& active = purpose.active) {
    rule.active = ActiveRule{scope.term(active->start), active->until, active->period, active->end_of,
                             scope.cap(active->at_most)};
  }
  if (const auto& archive = purpose.archive) {
    rule.archive = ArchiveRule{archive->up_to, archive->because, scope.cap(archive->at_most)};
    if (archive->own) rule.archive->own = scope.retention(*archive->own);
  }
}

void compile_exceptions(const PurposeScope& scope, const Purpose& purpose, PurposeRule& rule) {
  if (const auto& never = purpose.never_opened) {
    rule.never_opened = NeverOpenedRule{scope.event(never->opened), never->keep, scope.term(never->from)};
  }
  if (const auto& last_day = purpose.last_day_override) {
    rule.last_day_override = LastDayOverrideRule{scope.event(last_day->last_day), last_day->may_lengthen,
                                                 last_day->may_shorten, last_day->at_most};
  }
  for (const auto& end : purpose.by_category) {
    const auto category = std::find(scope.categories.begin(), scope.categories.end(), end.category);
    if (category == scope.categories.end()) continue;
    rule.by_category.push_back(
        {static_cast<int>(category - scope.categories.begin()), end.extent, scope.retention(end.kept)});
  }
}

void compile_endings(const PurposeScope& scope, const Purpose& purpose, PurposeRule& rule) {
  for (const auto& ending : purpose.ends_on) rule.ends_on.push_back({scope.event(ending.event), ending.extent});
  if (!purpose.unless_since.empty()) rule.unless_since = scope.event(purpose.unless_since);
  if (const auto& inactive = purpose.inactive) {
    rule.inactive = InactiveRule{inactive->inactive_since, scope.event(inactive->new_records_by)};
  }
}

PurposeRule compile_purpose(const PurposeScope& scope, const Purpose& purpose) {
  PurposeRule rule;
  rule.purpose = purpose.name;
  rule.title = purpose.title;
  rule.legal_basis = purpose.legal_basis;
  rule.reference = reference_of(purpose);
  rule.then = purpose.then;
  compile_phases(scope, purpose, rule);
  compile_exceptions(scope, purpose, rule);
  compile_endings(scope, purpose, rule);
  return rule;
}

/// What decides on which day a purpose ends, and how.
auto ending_of(const Purpose& purpose) {
  return std::tie(purpose.active, purpose.archive, purpose.then, purpose.ends_on, purpose.unless_since,
                  purpose.never_opened, purpose.last_day_override, purpose.no_period);
}

/// What of a table's purposes doesn't end with all the rest, in words; empty where nothing does.
std::string partial_end(const TableScope& table, const std::vector<Served>& purposes, const TableRules& rules) {
  const Purpose& first = *purposes.front().purpose;
  const auto other = std::find_if(purposes.begin(), purposes.end(),
                                  [&](const Served& served) { return ending_of(*served.purpose) != ending_of(first); });
  if (other != purposes.end()) {
    return fmt::format(
        "table '{}' doesn't say what happens when one of its purposes ends before another: '{}' and "
        "'{}' differ",
        table.name, first.name, other->purpose->name);
  }
  for (const PurposeRule& rule : rules.purposes) {
    if (rule.by_category.empty()) continue;
    const auto& category = rules.categories[static_cast<std::size_t>(rule.by_category.front().category)];
    return fmt::format(
        "table '{}' doesn't say what happens when a data category ends before its purpose: '{}' of "
        "'{}' does",
        table.name, category, rule.purpose);
  }
  return {};
}

/// S15: which columns a record still needs is no question only where all its purposes end as one.
void check_partial_end(const TableScope& table, const TableConfig& config, const std::vector<Served>& purposes,
                       const TableRules& rules) {
  if (config.on_partial_end != PartialEnd::unstated || purposes.empty()) return;
  const std::string what = partial_end(table, purposes, rules);
  if (what.empty()) return;
  table.dataset.findings.error(config.where, "partial-end", what, "add 'on_partial_end: minimise', or 'flag'");
}

std::vector<std::string> purpose_names(const Policy& policy) {
  std::vector<std::string> names;
  for (const auto& purpose : policy.purposes) names.push_back(purpose.name);
  return names;
}

std::vector<Served> find_purposes(const TableScope& table, const TableConfig& config) {
  const auto& [policy, names, findings] = table.dataset;
  std::vector<Served> found;
  for (const auto& served : config.purposes) {
    const auto* const purpose = find_purpose(policy, served.purpose);
    const bool is_there = std::any_of(found.begin(), found.end(), [&](const auto& f) { return f.purpose == purpose; });
    if (purpose == nullptr) {
      findings.error(served.where, "undeclared",
                     fmt::format("policy '{}' has no purpose '{}'", policy.id, served.purpose),
                     suggestion(served.purpose, purpose_names(policy)));
    } else if (is_there) {
      findings.error(served.where, "duplicate",
                     fmt::format("table '{}' names the purpose '{}' twice", table.name, served.purpose),
                     "join their conditions with or");
    } else {
      found.push_back({&served, purpose});
    }
  }
  return found;
}

TableRules rules_frame(const TableScope& table, const DatasetConfig& dataset, std::vector<std::string> categories) {
  const Policy& policy = table.dataset.policy;
  TableRules rules;
  rules.dataset = dataset.name;
  rules.table = table.name;
  rules.policy = policy.id;
  rules.timezone = policy.timezone;
  rules.fiscal_years = policy.fiscal_years;
  rules.plausible_from = dataset.plausible_from;
  rules.categories = std::move(categories);
  return rules;
}

}  // namespace

int slot_of(TableRules& rules, const std::string& column) {
  const auto found = std::find(rules.columns.begin(), rules.columns.end(), column);
  if (found == rules.columns.end()) {
    rules.columns.push_back(column);
    return static_cast<int>(rules.columns.size()) - 1;
  }
  return static_cast<int>(found - rules.columns.begin());
}

TableRules compile_rules(const TableScope& table, const DatasetConfig& dataset, const TableConfig& config,
                         std::vector<std::string> categories) {
  const auto purposes = find_purposes(table, config);
  TableRules rules = rules_frame(table, dataset, std::move(categories));
  const TableEvents events(table, config, purposes, rules);
  for (const auto& [served, purpose] : purposes) {
    PurposeRule rule = compile_purpose({events, *served, rules.categories}, *purpose);
    rule.categories = listed_categories(*purpose, rules);
    if (served->condition) {
      rule.where =
          compile_condition(table, *served->condition, served->condition_where, rules, &events, served->purpose);
    }
    rules.purposes.push_back(std::move(rule));
  }
  check_partial_end(table, config, purposes, rules);
  return rules;
}

}  // namespace oubli
