// `audit` for a person: every check by number, what failed with its figure, what it rests on and what to do.

#include "oubli/report/audit_report.hpp"
#include "report/audit_ages.hpp"
#include "report/audit_groups.hpp"
#include "report/colour.hpp"
#include "report/run_words.hpp"
#include "report/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace oubli {

namespace {

using report::Paint;
using report::printable;

constexpr int k_state_at = 2;
constexpr int k_title_at = 13;  ///< after "  FAIL  203  "

std::string_view word_for(CheckState state) {
  switch (state) {
    case CheckState::not_applicable:
      return "n/a ";
    case CheckState::pass:
      return "pass";
    case CheckState::warn:
      return "WARN";
    case CheckState::fail:
      return "FAIL";
  }
  return "";
}

/// " (105, 301)"; empty for none.
std::string numbers_of(const AuditReport& report, CheckState state) {
  std::vector<std::string> numbers;
  for (const AuditCheck& check : report.checks) {
    if (check.state == state) numbers.push_back(std::to_string(check.number));
  }
  return numbers.empty() ? std::string() : fmt::format(" ({})", fmt::join(numbers, ", "));
}

std::string sum_words(const AuditReport& report) {
  const auto counted = [&](CheckState state) { return static_cast<std::int64_t>(report.count(state)); };
  return fmt::format("{} failed{}, {} with warnings{}, {} passed, {} not applicable",
                     report::counted(counted(CheckState::fail), "check"), numbers_of(report, CheckState::fail),
                     counted(CheckState::warn), numbers_of(report, CheckState::warn), counted(CheckState::pass),
                     counted(CheckState::not_applicable));
}

class AuditWriter {
 public:
  AuditWriter(std::ostream& out, const AuditReport& report, const Style& style)
      : m_out(out), m_report(report), m_style(style), m_paint(style) {}

  void write() const {
    m_out << m_paint.bold("Audit") << '\n';
    for (const PolicyLine& policy : m_report.policies) sentence(report::policy_words(policy), 2, 4);
    m_out << '\n';
    sentence("Each line says what must hold, then what was looked at.", 0, 0);
    write_checks();
    write_external();
    if (!m_report.ages.empty()) report::write_ages(m_out, m_report.ages, m_style);
    m_out << '\n' << in_colour(m_report.result(), report::wrapped(sum_words(m_report), m_style.columns, 0, 2));
  }

 private:
  void write_checks() const {
    std::string group;
    for (const AuditCheck& check : m_report.checks) {
      if (check.group != group) m_out << '\n' << m_paint.bold(check.group) << '\n';
      group = check.group;
      write_check(check);
    }
  }

  void write_check(const AuditCheck& check) const {
    const std::string words = fmt::format("{}: {}", check.title, check.figure);
    const std::string text = report::wrapped(words, m_style.columns, k_title_at, k_title_at);
    m_out << std::string(k_state_at, ' ') << in_colour(check.state, word_for(check.state)) << "  " << check.number
          << "  " << text.substr(k_title_at);
    if (check.findings.empty()) return;
    m_out << m_paint.dim(report::wrapped(check.legal, m_style.columns, k_title_at, k_title_at));
    const auto groups = report::grouped_findings(check.findings);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      write_findings(groups[i]);
      write_advice(groups[i].front(), i + 1 == groups.size() ? nullptr : &groups[i + 1].front());
    }
  }

  void write_findings(report::Findings group) const {
    const AuditFinding& finding = group.front();
    const std::string place = report::places_of(group);
    const std::string where = report::lines_of(group);
    const std::string text = fmt::format("{}{}{}{}", place, place.empty() ? "" : ": ", finding.message,
                                         where.empty() ? "" : fmt::format(" [{}]", where));
    const auto state = finding.accepted ? CheckState::not_applicable : finding.state;
    std::string lines = report::wrapped(text, m_style.columns, k_title_at + 2, k_title_at + 4);
    lines.replace(k_title_at, 1, finding.state == CheckState::fail ? "!" : "?");
    m_out << in_colour(state, lines);
  }

  /// What to do is said once where the next finding says the same.
  void write_advice(const AuditFinding& finding, const AuditFinding* next) const {
    if (finding.accepted) {
      return sentence(fmt::format("accepted until {}: {}", to_text(finding.accepted->until), finding.accepted->reason),
                      k_title_at + 4, k_title_at + 4);
    }
    if (next && !next->accepted && next->hint == finding.hint) return;
    sentence("do: " + finding.hint, k_title_at + 4, k_title_at + 8);
  }

  void write_external() const {
    if (!m_report.external.empty()) m_out << '\n';
    for (const std::string& dataset : m_report.external) {
      m_out << m_paint.bold(printable(dataset)) << ": not looked at, it is kept elsewhere\n";
    }
  }

  [[nodiscard]] std::string in_colour(CheckState state, std::string_view text) const {
    switch (state) {
      case CheckState::not_applicable:
        return m_paint.dim(text);
      case CheckState::pass:
        return m_paint.good(text);
      case CheckState::warn:
        return m_paint.odd(text);
      case CheckState::fail:
        return m_paint.bad(text);
    }
    return std::string(text);
  }

  void sentence(std::string_view text, int indent, int hang) const {
    m_out << report::wrapped(text, m_style.columns, indent, hang);
  }

  std::ostream& m_out;
  const AuditReport& m_report;
  const Style& m_style;
  const Paint m_paint;
};

}  // namespace

void write_audit_text(std::ostream& out, const AuditReport& report, const Style& style) {
  AuditWriter(out, report, style).write();
}

}  // namespace oubli
