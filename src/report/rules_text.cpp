// The compiled rules for a person: per table its purposes in sentences, then what gives its events
// their days.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/column_words.hpp"
#include "report/rule_words.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Paint;
using report::printable;

void write_purpose(std::ostream& out, const PurposeRule& purpose, const TableRules& rules, const Style& style,
                   const Paint& paint) {
  const std::string title = purpose.title.empty() ? "" : ": " + printable(purpose.title);
  out << "\n  " << paint.bold(printable(purpose.purpose)) << title << '\n';
  out << report::wrapped(report::purpose_words(purpose, rules), style.columns, 4, 4);
  out << report::wrapped(fmt::format("Why: {}.", report::reason_words(purpose)), style.columns, 4, 4);
}

void write_events(std::ostream& out, const TableRules& rules, const Style& style) {
  if (rules.events.empty()) return;
  out << "\n  Events, as days in " << printable(rules.timezone) << '\n';
  for (const EventRule& event : rules.events) {
    out << report::wrapped(report::event_words(event, rules) + ".", style.columns, 4, 6);
  }
  const std::string window =
      fmt::format("A day before {} is unreadable and keeps its record.", to_text(rules.plausible_from));
  out << report::wrapped(window, style.columns, 4, 4);
}

void write_columns(std::ostream& out, const TableRules& rules, const Style& style) {
  if (rules.personal.empty()) return;
  out << "\n  Columns of records that stay\n";
  for (const PersonalColumn& column : rules.personal) {
    out << report::wrapped(report::column_words(column, rules) + ".", style.columns, 4, 6);
  }
  if (rules.mark.empty()) return;
  out << report::wrapped(fmt::format("{} says since when a record is anonymised.", rules.mark), style.columns, 4, 6);
}

void write_table(std::ostream& out, const RuledTable& table, const Style& style, const Paint& paint) {
  const TableRules& rules = table.rules;
  const std::string_view observed = table.config.mode == TableMode::observe ? ", observed and never changed" : "";
  out << paint.bold(printable(rules.dataset + "." + rules.table)) << ", policy " << printable(rules.policy) << observed
      << '\n';
  if (table.root != rules.table) {
    const std::string words =
        fmt::format("Follows {}: its records are kept, archived and purged with theirs.", table.root);
    out << report::wrapped(words, style.columns, 2, 2);
    write_columns(out, rules, style);
    return;
  }
  if (rules.purposes.empty()) {
    out << report::wrapped("Serves no purpose: its records are kept as unassigned, and give days to events of others.",
                           style.columns, 2, 2);
  }
  for (const PurposeRule& purpose : rules.purposes) write_purpose(out, purpose, rules, style, paint);
  write_events(out, rules, style);
  write_columns(out, rules, style);
}

}  // namespace

void write_rules_text(std::ostream& out, const std::vector<RuledDataset>& datasets, const Style& style) {
  const Paint paint(style);
  bool first = true;
  for (const RuledDataset& dataset : datasets) {
    for (const RuledTable& table : dataset.tables) {
      if (!first) out << '\n';
      first = false;
      write_table(out, table, style, paint);
    }
  }
}

}  // namespace oubli
