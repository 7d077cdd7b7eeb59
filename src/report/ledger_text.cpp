// The ledger for a person: a line per entry, and whether the chain is as it was written.

#include "oubli/report/ledger_report.hpp"
#include "report/colour.hpp"
#include "report/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace oubli {

namespace {

using report::Paint;
using Body = nlohmann::json;

std::string text_of(const Body& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// "purged 7, result complete": what counts something or says something, digests left aside.
std::string words_of(const Body& body) {
  std::vector<std::string> words;
  for (const auto& [name, value] : body.items()) {
    const bool says_nothing = value.empty() || value == 0 || value == "";
    const bool is_digest = name == "rules" || name == "config" || name == "policies" || name == "texts" ||
                           name == "reason";
    if (!says_nothing && !is_digest) words.push_back(name + " " + text_of(value));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

/// "crm.contacts 29, crm.orders (archive) 41": how many key digests are beside the chain.
std::string kept_words(const Body& tables) {
  std::vector<std::string> words;
  for (const auto& table : tables) {
    const auto said = [&](const char* name) { return table.contains(name) ? text_of(table[name]) : std::string{}; };
    words.push_back(fmt::format("{}.{}{} {}", said("dataset"), said("table"),
                                said("side") == "archive" ? " (archive)" : "", said("count")));
  }
  return fmt::format("key digests: {}", fmt::join(words, ", "));
}

/// A table goes first, under its full name.
std::string entry_words(const LedgerEntry& entry) {
  auto body = Body::parse(entry.body, nullptr, false);
  if (!body.is_object()) return entry.body;
  if (entry.kind == "keys" && body.contains("tables")) return kept_words(body["tables"]);
  if (!body.contains("dataset") || !body.contains("table")) return words_of(body);
  const auto name = text_of(body["dataset"]) + "." + text_of(body["table"]);
  for (const auto* said : {"dataset", "table", "policy", "outcomes"}) body.erase(said);
  return name + ": " + words_of(body);
}

std::string chain_words(const LedgerVerdict& verdict) {
  if (!verdict.first_broken)
    return fmt::format("all {} entries of the chain are as they were written", report::grouped(verdict.entries));
  if (*verdict.first_broken > verdict.entries) return "entries are MISSING at the end";
  return fmt::format("entry {} of {} is NOT as it was written", *verdict.first_broken, verdict.entries);
}

std::string keys_words(const LedgerVerdict& verdict) {
  if (verdict.first_without_keys) {
    return fmt::format("the key digests of entry {} are NOT beside the chain as it says", *verdict.first_without_keys);
  }
  return fmt::format("{} beside it {} as they were kept", report::counted(verdict.keys, "key digest"),
                     verdict.keys == 1 ? "is" : "are");
}

std::string key_words(const KeyLine& line) {
  const std::string where = line.side == "archive" ? " in the archive" : "";
  const std::string run = fmt::format("run {} of {}", line.run, line.started_at);
  if (line.is_confirmed) return fmt::format("{}{} by {}", line.change, where, run);
  return fmt::format("about to be {}{} when {} failed or was cut off: see whether it is there", line.change, where, run);
}

std::string head_words(const LedgerVerdict& verdict) {
  if (!verdict.asked_head_is) return "the head you gave is NOT in the chain: what it stood for was changed or removed";
  return fmt::format("the head you gave is entry {}: nothing up to it was changed", *verdict.asked_head_is);
}

}  // namespace

void write_ledger_text(std::ostream& out, const LedgerReport& report, const Style& style) {
  const Paint paint(style);
  for (const LedgerEntry& entry : report.entries) {
    const auto run = entry.run.empty() ? std::string{} : " of run " + entry.run;
    out << paint.bold(report::printable(fmt::format("{} {} {}{}", entry.number, entry.written_at, entry.kind, run)))
        << '\n'
        << report::wrapped(entry_words(entry), style.columns, 2, 4);
    const auto reason = report.reasons.find(entry.number);
    if (reason != report.reasons.end()) out << report::wrapped("reason: " + reason->second, style.columns, 2, 4);
  }
  out << "\nhead " << report.head << '\n';
}

void write_verdict_text(std::ostream& out, const LedgerVerdict& verdict, const Style& style) {
  const Paint paint(style);
  const auto write = [&](const std::string& words, bool is_sound) {
    const auto text = report::wrapped(words, style.columns, 0, 2);
    out << (is_sound ? text : paint.bad(text));
  };
  write(chain_words(verdict), !verdict.first_broken);
  if (verdict.keys > 0 || verdict.first_without_keys) write(keys_words(verdict), !verdict.first_without_keys);
  if (!verdict.asked_head.empty()) write(head_words(verdict), verdict.asked_head_is.has_value());
  out << "head " << verdict.head << '\n';
}

void write_key_text(std::ostream& out, const KeyReport& report, const Style& style) {
  const auto since =
      report.kept_from.empty() ? std::string() : fmt::format(" since {}, from when key digests are kept", report.kept_from);
  const auto table = report::printable(report.table);
  const auto heading = report.lines.empty()
                           ? fmt::format("{}: no run has changed or removed a record with this key{}", table, since)
                           : fmt::format("{}: a record with this key was{}:", table, since);
  out << report::wrapped(heading, style.columns, 0, 2);
  for (const KeyLine& line : report.lines) out << report::wrapped(report::printable(key_words(line)), style.columns, 2, 4);
  if (!report.is_in_config) out << report::wrapped("the config has no such table now", style.columns, 0, 2);
}

void write_prune_text(std::ostream& out, const PruneReport& report) {
  if (report.head.empty()) {
    out << fmt::format("nothing stands beside the ledger from before {}\n", report.before);
    return;
  }
  out << fmt::format("dropped {} and {} from before {}\nledger head {}\n", report::counted(report.keys, "key digest"),
                     report::counted(report.reasons, "reason"), report.before, report.head);
}

void write_texts_text(std::ostream& out, const Approval& approval) {
  out << fmt::format("approved by {} at {}\n", report::printable(approval.approved_by), approval.approved_at);
  for (const ApprovedText& text : approval.texts) {
    out << fmt::format("\n{} {}, {}\n\n", text.kind, report::printable(text.name), text.digest) << text.text;
    if (!text.text.ends_with('\n')) out << '\n';
  }
}

}  // namespace oubli
