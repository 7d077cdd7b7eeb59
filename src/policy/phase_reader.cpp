#include "policy/phase_reader.hpp"

#include "policy/event_reader.hpp"
#include "policy/field_readers.hpp"

#include <fmt/format.h>

namespace oubli {
namespace {

constexpr Word<EndOf> k_closes[] = {
    {"month", EndOf::month}, {"calendar_year", EndOf::calendar_year}, {"fiscal_year", EndOf::fiscal_year}};

/// `keep P from E`, or `until E plus P`.
struct Term {
  EventExpression start;
  bool until = false;
  Period period;
};

struct TermFields {
  Field keep;
  Field from;
  Field until;
  Field plus;

  [[nodiscard]] bool is_given() const { return keep || from || until || plus; }
};

TermFields ask_for_term(Fields& block) {
  return {block.optional("keep"), block.optional("from"), block.optional("until"), block.optional("plus")};
}

Term read_keep(Fields& block, const TermFields& fields, PolicyScope& scope) {
  if (!fields.keep) block.report_missing("keep", "add 'keep: 3 years', or 'until: …' for an event that ends it");
  if (!fields.from) block.report_missing("from", "add 'from: …' and the event the period runs from");
  return {read_expression(fields.from, EventRole::start, scope), false, read_period(fields.keep).value_or(Period{})};
}

Term read_until(Fields& block, const TermFields& fields, PolicyScope& scope) {
  if (!fields.until) block.report_missing("until", "add 'until: …' and the event that ends it");
  return {read_expression(fields.until, EventRole::ending, scope), true, read_period(fields.plus).value_or(Period{})};
}

Term read_term(Fields& block, const TermFields& fields, PolicyScope& scope) {
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

// The archive's own event is understood, but only `up_to` has an effect.
void read_own_term(Fields& block, const TermFields& fields, PolicyScope& scope) {
  if (!fields.is_given()) return;
  static_cast<void>(read_term(block, fields, scope));
  for (const Field* field : {&fields.keep, &fields.until}) field->warn_not_supported();
}

Period read_up_to(const Field& field) {
  const auto period = read_period(field);
  if (period && period->is_zero()) {
    field.error("archive-too-short", "an archive of no length keeps nothing", "write the law's figure, or no archive");
  }
  return period.value_or(Period{});
}

}  // namespace

std::optional<ActivePhase> read_active(const Field& field, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  const Term term = read_term(block, ask_for_term(block), scope);
  ActivePhase phase;
  phase.start = term.start;
  phase.until = term.until;
  phase.period = term.period;
  phase.end_of = block.optional("end_of").one_of(k_closes).value_or(EndOf::none);
  phase.at_most = read_cap(block.optional("at_most"), scope);
  read_by_category(block.optional("by_category"), scope);
  read_notes(block, scope);
  return phase;
}

std::optional<ArchivePhase> read_archive(const Field& field, PolicyScope& scope) {
  if (!field) return std::nullopt;
  Fields block = field.fields();
  ArchivePhase phase;
  const Field up_to = block.optional("up_to");
  const TermFields own = ask_for_term(block);
  if (up_to && own.is_given()) {
    block.error("conflict", "'archive' mixes two ways to say how long", "write either 'up_to', or an event of its own");
  }
  if (!up_to && !own.is_given()) block.report_missing("up_to", "add 'up_to: 10 years', the law's own figure");
  phase.up_to = read_up_to(up_to);
  read_own_term(block, own, scope);
  const Field because = block.optional("because");
  if (block && !because) {
    block.warning("archive-reason", "'archive' gives no reason",
                  "add 'because: legal_claims', legal_obligation, public_interest, or a reason in words");
  }
  phase.because = because.title().value_or("");
  phase.at_most = read_cap(block.optional("at_most"), scope);
  read_by_category(block.optional("by_category"), scope);
  read_notes(block, scope);
  return phase;
}

void read_by_category(const Field& field, PolicyScope& scope) {
  if (!field) return;
  field.warn_not_supported();
  for (const auto& entry : field.entries()) {
    static_cast<void>(scope.categories.use_key(entry));
    Fields block = entry.fields();
    static_cast<void>(read_term(block, ask_for_term(block), scope));
    read_notes(block, scope);
  }
}

void read_never_opened(const Field& field, PolicyScope& scope) {
  if (!field) return;
  field.warn_not_supported();
  Fields block = field.fields();
  static_cast<void>(read_event(block.required("opened"), EventRole::start, scope));
  static_cast<void>(read_period(block.required("keep")));
  static_cast<void>(read_expression(block.required("from"), EventRole::start, scope));
  read_notes(block, scope);
}

}  // namespace oubli
