// `oubli` alone, for a person: what is due tonight, what is odd, who approved.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

using report::Paint;
using report::Table;
using Dataset = StatusReport::DatasetStatus;

constexpr const char* k_nothing = "-";

std::string known_or_nothing(const std::string& text) { return text.empty() ? k_nothing : text; }

std::vector<std::string> cells_of(const Dataset& dataset) {
  if (dataset.kind == "external")
    return {dataset.dataset, k_nothing, k_nothing, k_nothing, k_nothing, "not looked at", ""};
  const std::string last_run = dataset.last_run.empty() ? "never" : dataset.last_run;
  if (!dataset.failure.empty())
    return {dataset.dataset, "?", "?", "?", "?", last_run, known_or_nothing(dataset.last_result)};
  return {dataset.dataset,
          report::grouped(dataset.rows),
          report::grouped(dataset.due),
          dataset.overdue_since ? to_text(*dataset.overdue_since) : k_nothing,
          report::grouped(dataset.undated + dataset.unreadable),
          last_run,
          known_or_nothing(dataset.last_result)};
}

/// Of one controller alone it needn't be said which.
bool has_several_policies(const StatusReport& status) {
  const auto differs = [&](const Dataset& dataset) {
    return !dataset.policy.empty() && dataset.policy != status.datasets.front().policy;
  };
  return std::any_of(status.datasets.begin(), status.datasets.end(), differs);
}

std::string approval_words(const StatusReport& status) {
  if (status.approved_by.empty()) return "never approved: nothing is enforced until 'oubli approve --by NAME'";
  const std::string words = fmt::format("approved by {} at {}", status.approved_by, status.approved_at);
  if (status.changed_since.empty()) return words + ", unchanged since";
  return fmt::format("{}; CHANGED since: {}: nothing is enforced until 'oubli approve --by NAME'", words,
                     report::listed(status.changed_since));
}

/// Nothing where the archive is empty.
std::string archive_words(const Dataset& dataset) {
  if (dataset.archived == 0) return {};
  const std::string due = dataset.archived_due == 0 ? "none" : report::grouped(dataset.archived_due);
  return fmt::format("{}: {} in the archive, {} due", dataset.dataset, report::counted(dataset.archived, "record"),
                     due);
}

/// What a person should look at in one dataset.
std::vector<std::string> notes_on(const Dataset& dataset) {
  std::vector<std::string> notes;
  if (!dataset.failure.empty()) notes.push_back(fmt::format("{}: FAILED, {}", dataset.dataset, dataset.failure));
  if (!dataset.erasure_pending.empty()) {
    notes.push_back(
        fmt::format("{}: erasure PENDING, {}{}", dataset.dataset, dataset.erasure_pending,
                    dataset.erasure_waits ? "" : "; the next run tries again"));
  }
  if (dataset.undated + dataset.unreadable > 0) {
    notes.push_back(fmt::format("{}: kept aside: {} undated, {} unreadable; 'oubli scan' names the rows",
                                dataset.dataset, report::grouped(dataset.undated),
                                report::grouped(dataset.unreadable)));
  }
  if (dataset.held + dataset.restricted > 0) {
    notes.push_back(fmt::format("{}: due and stopped: {} held, {} restricted; 'oubli scan' names the cases",
                                dataset.dataset, report::grouped(dataset.held), report::grouped(dataset.restricted)));
  }
  return notes;
}

std::string stops_words(const StatusReport& status) {
  std::vector<std::string> parts;
  if (status.holds > 0) parts.push_back(report::counted(status.holds, "legal hold"));
  if (status.restrictions > 0) parts.push_back(report::counted(status.restrictions, "restriction"));
  if (status.directives > 0) parts.push_back(report::counted(status.directives, "directive") + " after death");
  return parts.empty() ? std::string() : report::listed(parts) + " in force";
}

}  // namespace

void write_status_text(std::ostream& out, const StatusReport& status, const Style& style) {
  using Align = Table::Align;
  const Paint paint(style);
  out << paint.bold(fmt::format("As of {}", to_text(status.as_of))) << "\n\n";
  std::vector<Table::Column> columns{{"dataset"},
                                     {"records", Align::right},
                                     {"due", Align::right},
                                     {"since"},
                                     {"aside", Align::right},
                                     {"last run"},
                                     {"result"}};
  const bool with_controller = has_several_policies(status);
  if (with_controller) columns.insert(columns.begin(), Table::Column{"controller"});
  Table table(std::move(columns));
  for (const Dataset& dataset : status.datasets) {
    auto cells = cells_of(dataset);
    if (with_controller) cells.insert(cells.begin(), known_or_nothing(dataset.controller));
    table.add(std::move(cells));
  }
  table.write(out, style.columns, 2);
  out << '\n';
  for (const Dataset& dataset : status.datasets) {
    if (const std::string words = archive_words(dataset); !words.empty())
      out << report::wrapped(words, style.columns, 0, 2);
    for (const std::string& note : notes_on(dataset)) out << paint.odd(report::wrapped(note, style.columns, 0, 2));
  }
  if (const std::string stops = stops_words(status); !stops.empty()) out << report::wrapped(stops, style.columns, 0, 2);
  const bool approved = !status.approved_by.empty() && status.changed_since.empty();
  const std::string approval = report::wrapped(approval_words(status), style.columns, 0, 2);
  out << (approved ? approval : paint.bad(approval));
}

}  // namespace oubli
