// What `oubli init` says when it has written its proposal, for somebody who never saw oubli before.
#include "model/figures.hpp"
#include "oubli/report/proposal_report.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <numeric>

namespace oubli {

namespace {

using report::printable;
using report::wrapped;

std::size_t tables_with_rules(const Proposal& proposal) {
  return std::accumulate(proposal.datasets.begin(), proposal.datasets.end(), std::size_t{0},
                         [](std::size_t sum, const auto& dataset) { return sum + dataset.tables.size(); });
}

std::size_t free_tables(const Proposal& proposal) {
  return std::accumulate(proposal.datasets.begin(), proposal.datasets.end(), std::size_t{0},
                         [](std::size_t sum, const auto& dataset) { return sum + dataset.free_tables.size(); });
}

std::string in_words(const Proposal& proposal) {
  std::string text = counted(static_cast<std::int64_t>(tables_with_rules(proposal)), "table") + " mapped";
  if (const auto free = free_tables(proposal); free > 0)
    text += fmt::format(", {} without personal data", counted(static_cast<std::int64_t>(free), "table"));
  return text;
}

std::string purposes_in_words(const Proposal& proposal) {
  std::vector<std::string> names;
  for (const auto& purpose : proposal.purposes) names.push_back(purpose.use.empty() ? purpose.name : purpose.use);
  return fmt::format("{}: {}", counted(static_cast<std::int64_t>(names.size()), "purpose"), fmt::join(names, ", "));
}

void write_left_out(std::ostream& out, const Proposal& proposal, const Style& style) {
  for (const auto& dataset : proposal.datasets) {
    for (const auto& left : dataset.left_out) {
      out << wrapped(printable(fmt::format("Left out: {}, {}: {}", dataset.name, left.value, left.evidence)),
                     style.columns, 0, 2);
    }
  }
}

void write_next_steps(std::ostream& out, const InitReport& report, const Style& style) {
  const auto folder = report.config.parent_path();
  const std::string config = folder.empty() || folder == "." ? "" : " --config " + printable(report.config.string());
  const auto step = [&](const std::string& text) { out << wrapped(text, style.columns, 2, 5); };
  out << "\nNothing is in force yet, and no data was changed. Next:\n";
  if (report.errors > 0) {
    step(fmt::format("0. Put right {}: `oubli check{}` says where.",
                     counted(static_cast<std::int64_t>(report.errors), "error"), config));
  }
  step(fmt::format(
      "1. Read both files. {} begin{} with `review:` after a `#`: each says what was guessed and why. Correct "
      "what is wrong, then delete the word.",
      counted(static_cast<std::int64_t>(report.marks), "comment"), report.marks == 1 ? "s" : ""));
  step(fmt::format("2. oubli check{}: lists what is left to review", config));
  step(fmt::format("3. oubli scan{}: shows what would become of the records; changes nothing", config));
  step(fmt::format("4. oubli approve{} --by NAME: once nothing is left to review", config));
}

}  // namespace

void write_init_text(std::ostream& out, const InitReport& report, const Style& style) {
  out << wrapped(fmt::format("Wrote {}: {}", printable(report.policy.string()), purposes_in_words(report.proposal)),
                 style.columns, 0, 2);
  out << wrapped(fmt::format("Wrote {}: {}", printable(report.config.string()), in_words(report.proposal)),
                 style.columns, 0, 2);
  write_left_out(out, report.proposal, style);
  write_next_steps(out, report, style);
}

}  // namespace oubli
