#include "oubli/report/metrics.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace oubli {

namespace {

using TimePoint = std::chrono::system_clock::time_point;

// What the format asks to escape in a label's value.
std::string label(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return escaped;
}

std::int64_t seconds(TimePoint time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string table_labels(const TableLine& line) {
  return fmt::format("dataset=\"{}\",table=\"{}\",side=\"{}\"", label(line.dataset), label(line.table),
                     to_text(line.side));
}

/// What is due and was left. A run does what is due unless something keeps it from that.
std::int64_t left_due(const TableLine& line) {
  if (line.refusal) return line.tally.to_change();
  return line.applied ? line.applied->remaining : 0;
}

/// Since when the oldest of those has been due: the others went before it.
std::optional<Day> oldest_left(const TableLine& line) {
  auto gone = line.tally.to_change() - left_due(line);
  for (const auto& [day, records] : line.tally.due_since) {
    if (gone < records) return day;
    gone -= records;
  }
  return std::nullopt;
}

std::int64_t overdue_seconds(const RunReport& report, const TableLine& line) {
  const auto policy = std::ranges::find(report.policies, line.policy, &PolicyLine::policy);
  const auto oldest = left_due(line) > 0 ? oldest_left(line) : std::nullopt;
  if (!oldest || policy == report.policies.end()) return 0;
  return std::chrono::duration_cast<std::chrono::seconds>(policy->as_of - *oldest).count();
}

class MetricsText {
 public:
  explicit MetricsText(std::ostream& out) : m_out(out) {}

  void write(const RunMetrics& metrics) {
    gauge("oubli_last_run_timestamp_seconds", "When the last run ended, whatever came of it.", seconds(metrics.ended));
    gauge("oubli_last_run_duration_seconds", "How long it took.", metrics.took.count());
    gauge("oubli_last_run_exit_status", "Its exit status: 0 when all is well.", metrics.exit_status);
    if (metrics.last_complete) {
      gauge("oubli_last_complete_run_timestamp_seconds", "When the last complete run began.", seconds(*metrics.last_complete));
    }
    gauge("oubli_legal_holds", "Legal holds in force.", metrics.holds);
    if (metrics.report) write(*metrics.report);
  }

 private:
  void write(const RunReport& report) {
    head("oubli_records", "Records by what was decided on them, as the last run planned.");
    for (const auto& line : report.tables) {
      for (std::size_t i = 0; i < k_outcomes; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        value("oubli_records", table_labels(line) + fmt::format(",outcome=\"{}\"", to_text(outcome)),
              line.tally.outcomes[outcome]);
      }
    }
    by_table(report, "oubli_records_left_due", "Records that are due and that the last run left.", left_due);
    by_table(report, "oubli_oldest_overdue_seconds", "For how long the oldest of them has been due.",
             [&](const TableLine& line) { return overdue_seconds(report, line); });
    write_erasures(report);
  }

  void write_erasures(const RunReport& report) {
    if (!report.enforced || report.enforced->erasure.empty()) return;
    head("oubli_erasure_pending", "1 where removed data could not be erased from the files yet.");
    for (const auto& line : report.enforced->erasure) {
      value("oubli_erasure_pending", fmt::format("dataset=\"{}\"", label(line.dataset)), line.done ? 0 : 1);
    }
  }

  void by_table(const RunReport& report, std::string_view name, std::string_view help,
                const std::function<std::int64_t(const TableLine&)>& of) {
    head(name, help);
    for (const auto& line : report.tables) value(name, table_labels(line), of(line));
  }

  void head(std::string_view name, std::string_view help) {
    fmt::print(m_out, "# HELP {0} {1}\n# TYPE {0} gauge\n", name, help);
  }

  template <typename Number>
  void value(std::string_view name, const std::string& labels, Number number) {
    fmt::print(m_out, "{}{{{}}} {}\n", name, labels, number);
  }

  template <typename Number>
  void gauge(std::string_view name, std::string_view help, Number number) {
    head(name, help);
    fmt::print(m_out, "{} {}\n", name, number);
  }

  std::ostream& m_out;
};

}  // namespace

void write_metrics(std::ostream& out, const RunMetrics& metrics) { MetricsText(out).write(metrics); }

}  // namespace oubli
