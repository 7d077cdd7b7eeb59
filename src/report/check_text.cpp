// `check` for a person: every fault with its place, then what was understood.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

using report::counted;
using report::Paint;

std::int64_t count_of(const std::vector<Diagnostic>& diagnostics, Severity severity) {
  return std::count_if(diagnostics.begin(), diagnostics.end(),
                       [severity](const Diagnostic& diagnostic) { return diagnostic.severity == severity; });
}

std::string taken_words(const CheckReport::PolicySummary::Taken& taken) {
  const TakenReference& reference = taken.reference;
  std::string words = fmt::format("takes {} in purposes.{} ({}), {}", reference.name, taken.purpose,
                                  reference.authority, reference.checked);
  if (!reference.changed.empty()) {
    words += fmt::format("; changes {} because {}", report::listed(reference.changed), reference.because);
  }
  return words;
}

void write_policy(std::ostream& out, const CheckReport::PolicySummary& policy, const Style& style, const Paint& paint) {
  const std::string words =
      fmt::format("policy {}, {}", policy.id, counted(static_cast<std::int64_t>(policy.purposes), "purpose"));
  out << paint.bold(report::printable(words)) << " (" << report::printable(policy.file.string()) << ")\n";
  for (const auto& taken : policy.taken) out << report::wrapped(taken_words(taken), style.columns, 2, 4);
  for (const Assumption& assumption : policy.assumptions) {
    const std::string line =
        fmt::format("assumes in {}, line {}: {}", assumption.about, assumption.where.line, assumption.text);
    out << report::wrapped(line, style.columns, 2, 4);
  }
}

}  // namespace

void write_check_text(std::ostream& out, const CheckReport& report, const Style& style) {
  const Paint paint(style);
  for (const Diagnostic& diagnostic : report.diagnostics) write_diagnostic(out, diagnostic, style);
  if (!report.diagnostics.empty()) out << '\n';
  for (const CheckReport::PolicySummary& policy : report.policies) write_policy(out, policy, style, paint);
  const std::int64_t errors = count_of(report.diagnostics, Severity::error);
  const std::int64_t warnings = count_of(report.diagnostics, Severity::warning);
  const std::string sum = fmt::format("{}: {} with rules, {}, {}", report::printable(report.config.string()),
                                      counted(static_cast<std::int64_t>(report.tables), "table"),
                                      counted(errors, "error"), counted(warnings, "warning"));
  out << (errors > 0 ? paint.bad(sum) : paint.bold(sum)) << '\n';
}

}  // namespace oubli
