#include "policy/phase_reader.hpp"

#include "policy/event_reader.hpp"
#include "policy/field_readers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

constexpr Word<EndOf> k_closes[] = {
    {"month", EndOf::month}, {"calendar_year", EndOf::calendar_year}, {"fiscal_year", EndOf::fiscal_year}};

struct RetentionFields {
  Field keep;
  Field from;
  Field until;
  Field plus;

  [[nodiscard]] bool is_given() const { return keep || from || until || plus; }
};

RetentionFields ask_for_retention(Fields& block) {
  return {block.optional("keep"), block.optional("from"), block.optional("until"), block.optional("plus")};
}

Retention read_keep(Fields& block, const RetentionFields& fields, PolicyScope& scope) {
  if (!fields.keep) block.report_missing("keep", "add 'keep: 3 years', or 'until: …' for an event that ends it");
  if (!fields.from) block.report_missing("from", "add 'from: …' and the event the period runs from");
  return {read_expression(fields.from, EventRole::start, scope), false, read_period(fields.keep).value_or(Period{})};
}

Retention read_until(Fields& block, const RetentionFields& fields, PolicyScope& scope) {
  if (!fields.until) block.report_missing("until", "add 'until: …' and the event that ends it");
  return {read_expression(fields.until, EventRole::ending, scope), true, read_period(fields.plus).value_or(Period{})};
}

Retention read_retention(Fields& block, const RetentionFields& fields, PolicyScope& scope) {
  const bool keeps = fields.keep || fields.from;
  const bool lasts = fields.until || fields.plus;
  if (keeps && lasts) {
    block.error("conflict", fmt::format("'{}' mixes two ways to say how long", block.self().name()),
                "write either 'keep' with 'from', or 'until' with 'plus'");
  }
  return lasts ? read_until(block, fields, scope) : read_keep(block, fields, scope);
}

std::optional<Cap> read_cap(const Field& field, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  Cap cap;
  cap.keep = read_period(block.required("keep")).value_or(Period{});
  cap.from = read_expression(block.required("from"), EventRole::any, scope);
  read_notes(block, scope);
  return cap;
}

Period read_up_to(const Field& field) {
  const auto period = read_period(field);
  if (period && period->is_zero()) {
    field.error("archive-too-short", "an archive of no length keeps nothing", "write the law's figure, or no archive");
  }
  return period.value_or(Period{});
}

// What a purpose lists is read before; one that borrows from a reference may say nothing of it.
void check_is_listed(const Field& entry, const Purpose& purpose) {
  const auto& listed = purpose.categories;
  if (listed.empty() || std::find(listed.begin(), listed.end(), entry.name()) != listed.end()) return;
  entry.findings().warning(entry.name_where(), "unused",
                           fmt::format("'{}' doesn't list the data category '{}'", purpose.name, entry.name()),
                           "list it under 'data', or leave it out");
}

enum class Change { lengthen, shorten };
constexpr Word<Change> k_changes[] = {{"lengthen", Change::lengthen}, {"shorten", Change::shorten}};

void read_changes(const Field& may, LegalBasis basis, LastDayOverride& rule) {
  for (const auto& item : may.items()) {
    const auto change = item.one_of(k_changes);
    rule.may_lengthen = rule.may_lengthen || change == Change::lengthen;
    rule.may_shorten = rule.may_shorten || change == Change::shorten;
    if (change == Change::shorten && basis == LegalBasis::legal_obligation) {
      item.error("conflict", "a period kept by legal obligation can't be shortened", "write 'may: [lengthen]'");
    }
  }
  if (may.is_list() && may.node()->items.empty()) {
    may.error("too-few", "'may' allows nothing", "write 'may: [lengthen]', 'may: [shorten]' or both");
  }
}

}  // namespace

std::optional<ActivePhase> read_active(const Field& field, Purpose& purpose, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  const Retention kept = read_retention(block, ask_for_retention(block), scope);
  ActivePhase phase;
  phase.start = kept.start;
  phase.until = kept.until;
  phase.period = kept.period;
  phase.end_of = block.optional("end_of").one_of(k_closes).value_or(EndOf::none);
  phase.at_most = read_cap(block.optional("at_most"), scope);
  read_by_category(block.optional("by_category"), CategoryEnd::Extent::active, purpose, scope);
  read_notes(block, scope);
  return phase;
}

std::optional<ArchivePhase> read_archive(const Field& field, Purpose& purpose, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  ArchivePhase phase;
  const Field up_to = block.optional("up_to");
  const RetentionFields own = ask_for_retention(block);
  if (up_to && own.is_given()) {
    block.error("conflict", "'archive' mixes two ways to say how long", "write either 'up_to', or an event of its own");
  }
  if (!up_to && !own.is_given()) block.report_missing("up_to", "add 'up_to: 10 years', the law's own figure");
  phase.up_to = read_up_to(up_to);
  if (own.is_given()) phase.own = read_retention(block, own, scope);
  const Field because = block.optional("because");
  if (block && !because) {
    block.warning("archive-reason", "'archive' gives no reason",
                  "add 'because: legal_claims', legal_obligation, public_interest, or a reason in words");
  }
  phase.because = because.title().value_or("");
  phase.at_most = read_cap(block.optional("at_most"), scope);
  read_by_category(block.optional("by_category"), CategoryEnd::Extent::archive, purpose, scope);
  read_notes(block, scope);
  return phase;
}

void read_by_category(const Field& field, CategoryEnd::Extent extent, Purpose& purpose, PolicyScope& scope) {
  if (!field) return;
  for (const auto& entry : field.entries()) {
    const auto category = scope.categories.use_key(entry);
    Fields block = entry.fields();
    Retention kept = read_retention(block, ask_for_retention(block), scope);
    read_notes(block, scope);
    if (!category) continue;
    check_is_listed(entry, purpose);
    purpose.by_category.push_back({*category, extent, std::move(kept)});
  }
}

std::optional<NeverOpened> read_never_opened(const Field& field, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  NeverOpened never;
  never.opened = read_event(block.required("opened"), EventRole::start, scope).value_or("");
  never.keep = read_period(block.required("keep")).value_or(Period{});
  never.from = read_expression(block.required("from"), EventRole::start, scope);
  read_notes(block, scope);
  return never;
}

std::optional<LastDayOverride> read_override(const Field& field, LegalBasis basis, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  LastDayOverride rule;
  rule.last_day = read_event(block.required("last_day"), EventRole::ending, scope).value_or("");
  read_changes(block.required("may"), basis, rule);
  rule.at_most = read_period(block.optional("at_most"));
  read_notes(block, scope);
  return rule;
}

}  // namespace oubli
