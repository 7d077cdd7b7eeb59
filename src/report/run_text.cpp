// `scan` and `enforce` for a person: one line per outcome and table, the number first, then what
// happens and why. The lines of a table sum to its records.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/run_words.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

using report::Paint;
using report::printable;
using report::Table;

constexpr int k_number_width = 9;
constexpr int k_words_at = k_number_width + 2;

/// One writer per report: the stream and how to write to it.
class RunWriter {
 public:
  RunWriter(std::ostream& out, const RunReport& report, const Style& style)
      : m_out(out), m_report(report), m_style(style), m_paint(style) {}

  void write() const {
    write_heading();
    write_tables();
    write_beside();
    m_out << '\n';
    write_findings();
    if (m_report.enforced) write_enforced(*m_report.enforced);
    write_sum();
  }

 private:
  void write_heading() const {
    const bool loud = m_report.enforced && m_report.enforced->status != RunStatus::complete;
    const std::string title = printable(report::heading_words(m_report));
    m_out << (loud ? m_paint.bad(title) : m_paint.bold(title)) << '\n';
    for (const PolicyLine& policy : m_report.policies) sentence(report::policy_words(policy), 2, 4);
  }

  /// Of several controllers each by itself: a processor shows nobody the figures of another.
  void write_tables() const {
    if (m_report.policies.size() < 2) {
      for (const TableLine& table : m_report.tables) write_table(table);
      return;
    }
    for (const PolicyLine& policy : m_report.policies) {
      const std::string heading = report::group_words(m_report, policy);
      if (!heading.empty()) m_out << '\n' << m_paint.bold(report::wrapped(heading, m_style.columns, 0, 2));
      for (const TableLine& table : m_report.tables) {
        if (table.policy == policy.policy) write_table(table);
      }
    }
  }

  void write_table(const TableLine& table) const {
    m_out << '\n' << m_paint.bold(printable(report::table_name(table))) << report::table_words(table) << '\n';
    if (table.refusal) write_refusal(*table.refusal);
    for (const report::CountedWords& line : report::outcome_lines(table)) write_counted(line);
    if (!table.purposes.empty() && table.follows.empty()) write_purposes(table);
    if (!table.records.empty()) write_records(table);
  }

  void write_counted(const report::CountedWords& line) const {
    const std::string number = report::padded_left(report::grouped(line.count), k_number_width);
    const std::string text = report::wrapped(line.words, m_style.columns, k_words_at, k_words_at);
    m_out << (line.leaves ? m_paint.bold(number) : number)
          << (line.odd ? m_paint.odd(text.substr(k_number_width)) : text.substr(k_number_width));
  }

  void write_refusal(const Refusal& refusal) const {
    const std::string words = fmt::format("REFUSED: {} [{}]", refusal.message, refusal.code);
    m_out << m_paint.bad(report::wrapped(words, m_style.columns, 2, 4));
    if (!refusal.hint.empty()) sentence("hint: " + refusal.hint, 2, 4);
  }

  void write_purposes(const TableLine& line) const {
    using Align = Table::Align;
    Table table({{"purpose"},
                 {"records", Align::right},
                 {"kept", Align::right},
                 {"ended", Align::right},
                 {"aside", Align::right},
                 {"due up to"},
                 {"oldest start"}});
    for (const PurposeLine& purpose : line.purposes) table.add(report::purpose_cells(purpose, line.side));
    m_out << '\n';
    table.write(m_out, m_style.columns, 2);
  }

  void write_records(const TableLine& line) const {
    const bool with_file = std::any_of(line.records.begin(), line.records.end(),
                                       [](const RecordLine& record) { return !record.file.empty(); });
    std::vector<Table::Column> columns{{"row", Table::Align::right}, {"key"}, {"outcome"}, {"why"}};
    if (with_file) columns.insert(columns.begin(), Table::Column{"file"});
    Table table(std::move(columns));
    for (const RecordLine& record : line.records) {
      std::vector<std::string> cells{std::to_string(record.row), record.key, std::string(to_text(record.outcome)),
                                     record.reason};
      if (with_file) cells.insert(cells.begin(), record.file);
      table.add(std::move(cells));
    }
    m_out << '\n';
    table.write(m_out, m_style.columns, 2);
  }

  void write_beside() const {
    if (!m_report.external.empty() || !m_report.failed.empty() || !m_report.refused.empty()) m_out << '\n';
    for (const std::string& dataset : m_report.external) {
      m_out << m_paint.bold(printable(dataset)) << ": not looked at, it is kept elsewhere\n";
    }
    for (const std::string& name : m_report.failed) {
      write_loud(name, m_report.enforced ? "FAILED, not fully read or changed" : "FAILED, could not be read");
    }
    for (const std::string& name : m_report.refused) write_loud(name, "REFUSED, left as it was");
  }

  /// What the run itself found. Faults of a policy or config have a file and were told before;
  /// errors belong on stderr, which is the caller's.
  void write_findings() const {
    for (const Diagnostic& diagnostic : m_report.diagnostics) {
      const bool is_told_elsewhere = diagnostic.severity == Severity::error || !diagnostic.where.file.empty();
      if (!is_told_elsewhere) write_diagnostic(m_out, diagnostic, m_style);
    }
  }

  void write_loud(const std::string& name, std::string_view words) const {
    m_out << m_paint.bold(printable(name)) << ": " << m_paint.bad(words) << '\n';
  }

  void write_enforced(const EnforcedPart& enforced) const {
    if (!enforced.stopped_because.empty()) {
      m_out << m_paint.bad(report::wrapped(report::stopped_words(enforced), m_style.columns, 0, 2));
    }
    for (const auto& file : enforced.archived_to) m_out << "archived to " << printable(file.string()) << '\n';
    for (const ErasureLine& erasure : enforced.erasure) {
      const std::string words = report::erasure_words(erasure);
      if (erasure.done) sentence(words, 0, 2);
      if (!erasure.done) m_out << m_paint.odd(report::wrapped(words, m_style.columns, 0, 2));
    }
    if (!enforced.ledger_head.empty()) m_out << "ledger head " << printable(enforced.ledger_head) << '\n';
  }

  void write_sum() const {
    const bool loud = m_report.enforced && m_report.enforced->status != RunStatus::complete;
    const std::string text = report::wrapped(report::sum_words(m_report), m_style.columns, 0, 2);
    m_out << (loud ? m_paint.bad(text) : m_paint.bold(text));
  }

  void sentence(std::string_view text, int indent, int hang) const {
    m_out << report::wrapped(text, m_style.columns, indent, hang);
  }

  std::ostream& m_out;
  const RunReport& m_report;
  const Style& m_style;
  const Paint m_paint;
};

}  // namespace

void write_run_text(std::ostream& out, const RunReport& report, const Style& style) {
  RunWriter(out, report, style).write();
}

}  // namespace oubli
