// What other texts change, for a person: each rule before and after, then the records it moves.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Paint;
using report::printable;
using report::Table;

std::string_view kind_of(const RuleChange& change) {
  if (change.before.empty()) return "new";
  return change.after.empty() ? "gone" : "changed";
}

void write_side(std::ostream& out, const Style& style, std::string_view side, const std::string& words) {
  if (!words.empty()) out << report::wrapped(fmt::format("{} {}", side, words), style.columns, 4, 6);
}

void write_rule(std::ostream& out, const RuleChange& change, const Style& style) {
  out << "  " << printable(change.about) << ", " << kind_of(change) << '\n';
  write_side(out, style, "-", change.before);
  write_side(out, style, "+", change.after);
}

std::string records_words(const TableDiff& table) {
  if (!table.not_judged.empty()) return "its records were not compared: " + table.not_judged;
  if (table.moves.empty()) return "no record changes its outcome";
  const std::int64_t due = table.become_due();
  const std::int64_t spared = table.are_spared();
  return fmt::format("{} {} due, {} {} spared", report::grouped(due), due == 1 ? "record becomes" : "records become",
                     report::grouped(spared), spared == 1 ? "is" : "are");
}

void write_moves(std::ostream& out, const TableDiff& table, const Style& style) {
  if (table.moves.empty()) return;
  Table moves({{"records", Table::Align::right}, {"outcome before"}, {"outcome after"}});
  for (const OutcomeMove& move : table.moves) {
    moves.add({report::grouped(move.records), std::string(to_text(move.before)), std::string(to_text(move.after))});
  }
  moves.write(out, style.columns, 4);
}

void write_table(std::ostream& out, const TableDiff& table, const Style& style, const Paint& paint) {
  const std::string side = table.side == Side::archive ? " (archive)" : "";
  out << '\n'
      << paint.bold(printable(table.dataset + "." + table.table + side)) << ", policy " << printable(table.policy) << '\n';
  for (const RuleChange& change : table.rules) write_rule(out, change, style);
  out << report::wrapped(records_words(table), style.columns, 2, 4);
  write_moves(out, table, style);
  if (table.minimised_before == table.minimised_after) return;
  const std::string minimised = fmt::format("to be minimised: {} instead of {}", report::grouped(table.minimised_after),
                                            report::counted(table.minimised_before, "record"));
  out << report::wrapped(minimised, style.columns, 2, 4);
}

void write_sum(std::ostream& out, const RuleDiff& diff, const Style& style, const Paint& paint) {
  std::int64_t due = 0;
  std::int64_t spared = 0;
  for (const TableDiff& table : diff.tables) {
    due += table.become_due();
    spared += table.are_spared();
  }
  const std::string words =
      fmt::format("{} {} due and {} {} spared", report::grouped(due), due == 1 ? "becomes" : "become",
                  report::grouped(spared), spared == 1 ? "is" : "are");
  out << '\n' << paint.bold(report::wrapped(words, style.columns, 0, 2));
}

}  // namespace

void write_diff_text(std::ostream& out, const RuleDiff& diff, const Style& style) {
  const Paint paint(style);
  out << paint.bold(report::wrapped(fmt::format("From {} to {}", diff.before, diff.after), style.columns, 0, 2));
  if (!diff.not_compared.empty()) {
    out << paint.odd(report::wrapped("The rules can't be compared: " + diff.not_compared, style.columns, 0, 2));
    return;
  }
  for (const std::string& name : diff.failed) out << printable(name) << ": " << paint.bad("FAILED, not read") << '\n';
  if (diff.tables.empty()) {
    out << "no rule changes\n";
    return;
  }
  for (const TableDiff& table : diff.tables) write_table(out, table, style, paint);
  write_sum(out, diff, style, paint);
}

}  // namespace oubli
