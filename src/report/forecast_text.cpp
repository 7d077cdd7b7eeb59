// `forecast` for a person: what becomes due by month, in all with bars, then by purpose.

#include "oubli/report/forecast_report.hpp"
#include "report/bars.hpp"
#include "report/colour.hpp"
#include "report/run_words.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace oubli {

namespace {

using report::Paint;
using report::Table;

using Months = std::map<date::year_month, DueCounts>;

/// What becomes due under one purpose, whatever the table.
struct PurposePart {
  std::string policy;
  std::string purpose;
  DueCounts now;
  Months months;
};

std::string month_text(date::year_month month) {
  return fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

/// In the order in which the report first names them.
std::vector<PurposePart> parts_of(const ForecastReport& report) {
  std::vector<PurposePart> parts;
  for (const ForecastLine& line : report.lines) {
    const auto is_it = [&](const PurposePart& part) {
      return part.policy == line.policy && part.purpose == line.purpose;
    };
    auto part = std::ranges::find_if(parts, is_it);
    if (part == parts.end()) part = parts.insert(parts.end(), PurposePart{line.policy, line.purpose, {}, {}});
    part->now += line.now;
    for (const auto& [month, counts] : line.months) part->months[month] += counts;
  }
  return parts;
}

/// The outcomes that occur, as columns: a purpose that only purges has no others.
struct Column {
  const char* heading;
  std::int64_t DueCounts::*count;
};
constexpr Column k_columns[] = {{"archive", &DueCounts::archive},
                                {"anonymise", &DueCounts::anonymise},
                                {"purge", &DueCounts::purge},
                                {"flag", &DueCounts::flag},
                                {"of these stopped", &DueCounts::stopped}};

std::vector<Column> columns_in(const DueCounts& now, const Months& months) {
  std::vector<Column> columns;
  for (const Column& column : k_columns) {
    const bool occurs = now.*column.count > 0 ||
                        std::ranges::any_of(months, [&](const auto& month) { return month.second.*column.count > 0; });
    if (occurs) columns.push_back(column);
  }
  return columns;
}

class ForecastWriter {
 public:
  ForecastWriter(std::ostream& out, const ForecastReport& report, const Style& style)
      : m_out(out), m_report(report), m_style(style), m_paint(style) {}

  void write() const {
    m_out << m_paint.bold("Forecast until " + to_text(m_report.until)) << '\n';
    for (const PolicyLine& policy : m_report.policies) sentence(report::policy_words(policy), 2, 4);
    const auto parts = parts_of(m_report);
    write_chart(parts.size() == 1 ? title_of(parts.front()) : "All purposes");
    if (parts.size() > 1) write_purposes(parts);
    write_beside();
    m_out << '\n';
    sentence(
        "If nothing changes: no new records, no later events, the same policy. Records that others still need wait "
        "for them.",
        0, 0);
  }

 private:
  [[nodiscard]] std::string title_of(const PurposePart& part) const {
    return m_report.policies.size() < 2 ? part.purpose : fmt::format("{} ({})", part.purpose, part.policy);
  }

  void write_chart(const std::string& title) const {
    const auto now = m_report.now();
    const auto months = m_report.months();
    m_out << '\n' << m_paint.bold(report::printable(title)) << '\n';
    if (now.total() == 0 && months.empty()) {
      return sentence(m_report.failed.empty() ? "nothing becomes due" : "nothing could be read", 2, 2);
    }
    write_months(now, months, columns_in(now, months));
  }

  void write_months(const DueCounts& now, const Months& months, const std::vector<Column>& columns) const {
    std::vector<Table::Column> headings{{"month"}};
    for (const Column& column : columns) headings.push_back({column.heading, Table::Align::right});
    headings.push_back({""});
    Table table(std::move(headings));
    const auto add = [&](const std::string& month, const DueCounts& counts) {
      std::vector<std::string> cells{month};
      for (const Column& column : columns) cells.push_back(report::grouped(counts.*column.count));
      cells.push_back(report::bar(counts.total(), largest(now, months), bar_columns(columns)));
      table.add(std::move(cells));
    };
    if (now.total() > 0) add("due now", now);
    for (const auto& [month, counts] : months) add(month_text(month), counts);
    table.write(m_out, m_style.columns, 2);
  }

  [[nodiscard]] static std::int64_t largest(const DueCounts& now, const Months& months) {
    std::int64_t largest = now.total();
    for (const auto& [month, counts] : months) largest = std::max(largest, counts.total());
    return largest;
  }

  [[nodiscard]] int bar_columns(const std::vector<Column>& columns) const {
    constexpr int k_month = 13;   // indent, "due now", gap
    constexpr int k_number = 11;  // seven digits, their grouping, gap
    constexpr int k_least = 8;
    return std::max(k_least, m_style.columns - k_month - static_cast<int>(columns.size()) * k_number);
  }

  /// Months by purposes; as many purposes beside each other as there is room for.
  void write_purposes(const std::vector<PurposePart>& parts) const {
    for (auto first = parts.begin(); first != parts.end();) {
      int used = k_margin;
      auto last = first;
      while (last != parts.end() && (last == first || used + heading_width(*last) <= m_style.columns)) {
        used += heading_width(*last++);
      }
      m_out << '\n';
      write_purposes(std::span<const PurposePart>(first, last));
      first = last;
    }
  }

  static constexpr int k_margin = 9;         // indent, "due now"
  static constexpr int k_longest_name = 24;  // three names beside each other

  [[nodiscard]] std::string heading_of(const PurposePart& part) const {
    return report::elided(title_of(part), k_longest_name);
  }
  [[nodiscard]] int heading_width(const PurposePart& part) const { return 2 + report::width(heading_of(part)); }

  void write_purposes(std::span<const PurposePart> parts) const {
    std::vector<Table::Column> headings{{"month"}};
    for (const PurposePart& part : parts) headings.push_back({heading_of(part), Table::Align::right});
    Table table(std::move(headings));
    const auto add = [&](const std::string& month, const auto& total_of) {
      std::vector<std::string> cells{month};
      for (const PurposePart& part : parts) {
        const auto total = total_of(part);
        cells.push_back(total == 0 ? "-" : report::grouped(total));
      }
      table.add(std::move(cells));
    };
    add("due now", [](const PurposePart& part) { return part.now.total(); });
    for (const auto& [month, counts] : m_report.months()) {
      add(month_text(month), [&](const PurposePart& part) {
        const auto found = part.months.find(month);
        return found == part.months.end() ? std::int64_t{0} : found->second.total();
      });
    }
    table.write(m_out, m_style.columns, 2);
  }

  void write_beside() const {
    if (!m_report.external.empty() || !m_report.failed.empty()) m_out << '\n';
    for (const std::string& dataset : m_report.external) {
      m_out << m_paint.bold(report::printable(dataset)) << ": not looked at, it is kept elsewhere\n";
    }
    for (const std::string& name : m_report.failed) {
      m_out << m_paint.bold(report::printable(name)) << ": " << m_paint.bad("FAILED, could not be read") << '\n';
    }
  }

  void sentence(std::string_view text, int indent, int hang) const {
    m_out << report::wrapped(text, m_style.columns, indent, hang);
  }

  std::ostream& m_out;
  const ForecastReport& m_report;
  const Style& m_style;
  const Paint m_paint;
};

}  // namespace

void write_forecast_text(std::ostream& out, const ForecastReport& report, const Style& style) {
  ForecastWriter(out, report, style).write();
}

}  // namespace oubli
