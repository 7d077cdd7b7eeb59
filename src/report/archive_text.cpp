// The archive for a person: what is in it, whether it is whole, one record, and what came back.

#include "oubli/report/archive_report.hpp"
#include "report/colour.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace oubli {

namespace {

using report::counted;
using report::Paint;
using report::printable;
using report::Table;
using report::wrapped;

/// "4.2 MB"; up to 1,000 bytes as they are.
std::string size_words(std::int64_t bytes) {
  constexpr std::array k_units{"kB", "MB", "GB", "TB"};
  constexpr double k_step = 1000;
  if (bytes < static_cast<std::int64_t>(k_step)) return counted(bytes, "byte");
  auto size = static_cast<double>(bytes) / k_step;
  std::size_t unit = 0;
  for (; size >= k_step && unit + 1 < k_units.size(); ++unit) size /= k_step;
  return fmt::format("{:.1f} {}", size, k_units.at(unit));
}

std::string day_or_dash(const std::optional<Day>& day) { return day ? to_text(*day) : "-"; }

std::string table_words(const ArchiveLine& line, const ArchiveLine::Table& table) {
  return line.dataset + "." + table.contents.table + (table.is_mapped ? "" : " (not in the config)");
}

/// The purposes under their table, which says nothing else about them.
void add_rows(const ArchiveLine& line, const ArchiveLine::Table& table, Table& rows) {
  rows.add({table_words(line, table), report::grouped(table.contents.records), day_or_dash(table.oldest),
            day_or_dash(table.newest)});
  for (const auto& [purpose, records] : table.contents.purposes)
    rows.add({"  " + purpose, report::grouped(records), "", ""});
}

void write_trouble(std::ostream& out, const ArchiveLine& line, const Style& style) {
  const Paint paint(style);
  const auto say = [&](const std::string& words) { out << paint.odd(wrapped(words, style.columns, 2, 4)); };
  if (!line.failure.empty()) say(line.dataset + ": could not be looked at: " + line.failure);
  for (const auto& table : line.tables) {
    const auto& contents = table.contents;
    if (contents.pending > 0)
      say(fmt::format("{}: {} of an interrupted run still pending", table_words(line, table), counted(contents.pending, "copy")));
    if (contents.restoring > 0)
      say(fmt::format("{}: {} of an interrupted restore on its way", table_words(line, table), counted(contents.restoring, "record")));
    if (contents.without_bookkeeping + contents.without_record > 0 || !contents.unreadable.empty())
      say(table_words(line, table) + ": damaged; see `oubli archive verify`");
  }
}

void write_folder(std::ostream& out, const ArchiveLine& line, const Style& style) {
  const Paint paint(style);
  out << paint.bold("policy " + printable(line.policy)) << '\n'
      << wrapped(fmt::format("{}, mode {}, owner {}", line.folder.string(), line.mode, line.owner), style.columns, 2, 4);
}

void write_archive(std::ostream& out, const ArchiveLine& line, const Style& style) {
  out << '\n' << wrapped(fmt::format("{}: {}", line.dataset, size_words(line.bytes)), style.columns, 2, 4);
  Table rows({{"table, purpose"}, {"records", Table::Align::right}, {"oldest"}, {"newest"}});
  for (const auto& table : line.tables) add_rows(line, table, rows);
  if (!line.tables.empty()) rows.write(out, style.columns, 2);
  write_trouble(out, line, style);
}

void write_finding(std::ostream& out, const Diagnostic& finding, const Style& style) {
  const Paint paint(style);
  const std::string code = finding.code.empty() ? "" : " [" + finding.code + "]";
  out << paint.odd(wrapped(finding.message + code, style.columns, 0, 2));
  if (!finding.hint.empty()) out << wrapped("hint: " + finding.hint, style.columns, 2, 4);
}

/// "1 record of contacts, and with it 2 records of notes".
std::string restored_words(const RestoreReport& report) {
  std::vector<std::string> with_it;
  std::string itself;
  for (const auto& [table, records] : report.restored) {
    const std::string words = fmt::format("{} of {}", counted(records, "record"), table);
    if (table == report.table)
      itself = words;
    else
      with_it.push_back(words);
  }
  return with_it.empty() ? itself : itself + ", and with it " + report::listed(with_it);
}

/// What the next run makes of it. Where nothing else keeps it, a hold does.
std::string tonight_words(const Explanation& live) {
  const auto& decision = live.decision;
  const std::string since = decision.due ? " since " + to_text(*decision.due) : "";
  const auto due = [&](const char* what) {
    return fmt::format("It is still due{}: the next run {} it again. Nothing but a hold that covers it keeps it in the "
                       "source: `oubli hold add`, before that run.",
                       since, what);
  };
  switch (live.outcome) {
    case Outcome::archive:
      return due("archives");
    case Outcome::purge:
      return fmt::format("Its last phase has ended{}: the next run PURGES it, for good. Nothing but a hold that covers it "
                         "keeps it: `oubli hold add`, before that run.",
                         since);
    case Outcome::anonymise:
      return fmt::format("Its last phase has ended{}: the next run anonymises it. Nothing but a hold that covers it keeps "
                         "it: `oubli hold add`, before that run.",
                         since);
    default:
      return fmt::format("As of {} it is {}: the next run leaves it where it is.", to_text(live.as_of),
                         to_text(live.outcome));
  }
}

}  // namespace

void write_archive_listing_text(std::ostream& out, const ArchiveListing& listing, const Style& style) {
  std::string policy;
  for (const auto& line : listing.archives) {
    const bool is_first = policy.empty();
    if (line.policy != policy) {
      if (!is_first) out << '\n';
      write_folder(out, line, style);
    }
    policy = line.policy;
    write_archive(out, line, style);
  }
  if (listing.archives.empty()) out << "nothing is archived\n";
  for (const auto& path : listing.unclaimed)
    out << wrapped("not of this config: " + path.string(), style.columns, 0, 2);
}

void write_archive_verdict_text(std::ostream& out, const ArchiveVerdict& verdict, const Style& style) {
  for (const auto& finding : verdict.findings) write_finding(out, finding, style);
  for (const auto& failure : verdict.failures) write_finding(out, failure, style);
  const Paint paint(style);
  const std::string looked = fmt::format("{} held against {} and bookkeeping, rights of {} looked at",
                                         counted(verdict.records, "record"), verdict.records == 1 ? "its digest" : "their digests",
                                         counted(verdict.files, "file"));
  const auto faults = static_cast<std::int64_t>(verdict.findings.size() + verdict.failures.size());
  const std::string words = verdict.is_sound() ? looked + ": all is well" : looked + ": " + counted(faults, "finding");
  const auto text = wrapped(words, style.columns, 0, 2);
  out << (verdict.is_sound() ? text : paint.bad(text));
}

void write_shown_record_text(std::ostream& out, const ShownRecord& shown, const Style& style) {
  write_explanation_text(out, shown.explanation, style);
  const Paint paint(style);
  out << "\n  " << paint.bold("archived") << '\n'
      << wrapped(fmt::format("on {} by run {}", day_or_dash(shown.archived_on), shown.record.run), style.columns, 4, 4)
      << "\n  " << paint.bold("fields") << '\n';
  int widest = 0;
  for (const auto& field : shown.record.fields) widest = std::max(widest, report::width(printable(field.column)));
  for (const auto& field : shown.record.fields) {
    const int at = 4 + widest + 2;
    const std::string label = report::padded_right(printable(field.column), widest);
    const std::string text = wrapped(field.text.value_or("-"), style.columns, at, at);
    out << "    " << paint.dim(label) << "  " << text.substr(static_cast<std::size_t>(at));
  }
}

void write_restore_text(std::ostream& out, const RestoreReport& report, const Style& style) {
  const Paint paint(style);
  const auto say = [&](const std::string& words) { out << wrapped(words, style.columns, 2, 4); };
  out << paint.bold(printable(fmt::format("{}.{}: restored", report.dataset, report.table))) << '\n';
  say(restored_words(report) + (report.file.empty() ? "" : ", in " + report.file));
  if (report.live) {
    const bool goes = changes(report.live->outcome);
    const auto text = wrapped(tonight_words(*report.live), style.columns, 2, 4);
    out << (goes ? paint.odd(text) : text);
  }
  if (!report.erasure_pending.empty())
    say("erasure pending: its bytes are still in the archive's files: " + report.erasure_pending);
  out << "head " << report.ledger_head << '\n';
}

}  // namespace oubli
