// What a person sees before approving: what changed, what it makes due, what a removal sets off.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace oubli {

namespace {

using report::Paint;
using report::printable;

/// "3.4 MB": powers of a thousand, as disk sizes are sold and shown.
std::string size_words(std::int64_t bytes) {
  constexpr std::array k_units{"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  auto size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (size >= 999.95 && unit + 1 < k_units.size()) size /= 1000, ++unit;
  return fmt::format("{:.1f} {}", size, k_units[unit]);
}

std::string painted_line(std::string_view line, const Paint& paint) {
  const std::string shown = printable(line);
  if (line.starts_with('+')) return paint.good(shown);
  if (line.starts_with('-')) return paint.bad(shown);
  return line.starts_with("@@") ? paint.dim(shown) : shown;
}

void write_diff(std::ostream& out, std::string_view diff, const Paint& paint) {
  while (!diff.empty()) {
    const std::size_t end = std::min(diff.find('\n'), diff.size());
    out << "    " << painted_line(diff.substr(0, end), paint) << '\n';
    diff.remove_prefix(std::min(end + 1, diff.size()));
  }
}

void write_changes(std::ostream& out, const ApprovalReport& report, const Paint& paint) {
  out << paint.bold("Since the last approval") << '\n';
  for (const ApprovalReport::Change& change : report.changes) {
    const std::string name = change.kind == change.name ? change.kind : change.kind + " " + change.name;
    out << "  " << printable(fmt::format("{}: {}", name, change.change)) << '\n';
    write_diff(out, change.diff, paint);
  }
}

std::string trigger_words(const ApprovalReport::TriggerLine& line) {
  return fmt::format("{} records of {}.{} fires the trigger {}{}", line.by, line.dataset, line.table, line.trigger,
                     line.accepted ? "" : ": NOT accepted, write 'triggers: accepted' in the dataset once you know it");
}

void write_triggers(std::ostream& out, const ApprovalReport& report, const Style& style, const Paint& paint) {
  if (report.triggers.empty()) return;
  out << '\n' << paint.bold("Triggers") << '\n';
  for (const ApprovalReport::TriggerLine& line : report.triggers) {
    const std::string text = report::wrapped(trigger_words(line), style.columns, 2, 4);
    out << (line.accepted ? text : paint.odd(text));
  }
}

// What a plain disk writes while SQLite's VACUUM goes through the file twice. An order of magnitude
// is what a person needs: is the database locked for a second, a minute or an hour?
constexpr std::int64_t k_bytes_per_second = 50'000'000;

std::string time_words(std::int64_t bytes) {
  const auto seconds = bytes / k_bytes_per_second;
  if (seconds < 2) return "a moment";
  return seconds < 120 ? fmt::format("some {} seconds", seconds) : fmt::format("some {} minutes", seconds / 60);
}

std::string erasure_words(const ApprovalReport::ErasureCost& cost) {
  return fmt::format("{}: rewrites {} in {}, needs {} of {} free{}", cost.dataset,
                     size_words(cost.bytes_to_rewrite), time_words(cost.bytes_to_rewrite),
                     size_words(cost.bytes_needed), size_words(cost.bytes_free),
                     cost.bytes_needed > cost.bytes_free ? ": NOT ENOUGH, the erasure would stay pending" : "");
}

void write_erasures(std::ostream& out, const ApprovalReport& report, const Style& style, const Paint& paint) {
  if (report.erasures.empty()) return;
  out << '\n' << paint.bold("Erasure") << '\n';
  for (const ApprovalReport::ErasureCost& cost : report.erasures) {
    const std::string text = report::wrapped(erasure_words(cost), style.columns, 2, 4);
    out << (cost.bytes_needed > cost.bytes_free ? paint.odd(text) : text);
  }
}

}  // namespace

void write_approval_text(std::ostream& out, const ApprovalReport& report, const Style& style) {
  const Paint paint(style);
  write_changes(out, report, paint);
  if (report.rules) {
    out << '\n';
    write_diff_text(out, *report.rules, style);
  }
  write_triggers(out, report, style, paint);
  write_erasures(out, report, style, paint);
  out << '\n';
  write_run_text(out, report.scan, style);
}

}  // namespace oubli
