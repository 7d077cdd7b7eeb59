// Stops for a person: the list, one with all its author wrote, and what a new one covers.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/stop_words.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Paint;
using report::printable;
using report::Table;
using Coverage = StopReport::Coverage;

constexpr int k_label_width = 12;

std::string_view kind_words(StopKind kind) {
  switch (kind) {
    case StopKind::legal_hold:
      return "hold";
    case StopKind::restriction:
      return "restriction";
    case StopKind::directive:
      return "directive";
  }
  return {};
}

std::string day_or_dash(const std::optional<Day>& day) { return day ? to_text(*day) : "-"; }

std::string case_or_ground(const Stop& stop) {
  return stop.kind == StopKind::legal_hold ? stop.case_id : stop.ground;
}

/// "crm.contacts", "crm.contacts (archive)".
std::string place_words(const Coverage& coverage) {
  return coverage.dataset + "." + coverage.table + (coverage.side == Side::archive ? " (archive)" : "");
}

std::string nameless_words(const Coverage& coverage) {
  return fmt::format("{}: {} that name nobody are not covered; if they may be needed, hold them by a condition",
                     place_words(coverage), report::counted(coverage.nameless, "record"));
}

/// The lines of one stop, label by label.
class StopWriter {
 public:
  StopWriter(std::ostream& out, const Style& style) : m_out(out), m_style(style), m_paint(style) {}

  void line(std::string_view label, std::string_view words) const {
    if (words.empty()) return;
    constexpr int k_words_at = k_label_width + 4;
    const std::string text = report::wrapped(words, m_style.columns, k_words_at, k_words_at);
    m_out << "  " << m_paint.dim(report::padded_right(label, k_label_width)) << "  "
          << text.substr(static_cast<std::size_t>(k_words_at));
  }

 private:
  std::ostream& m_out;
  const Style& m_style;
  const Paint m_paint;
};

}  // namespace

void write_stops_text(std::ostream& out, const std::vector<Stop>& stops, Day today, const Style& style) {
  if (stops.empty()) {
    out << "none\n";
    return;
  }
  Table table({{"no.", Table::Align::right}, {"what"}, {"case or ground"}, {"covers"}, {"from"}, {"until"}, {"state"}});
  for (const Stop& stop : stops) {
    table.add({std::to_string(stop.number), std::string(kind_words(stop.kind)), case_or_ground(stop),
               report::scope_words(stop.scope), to_text(stop.from), day_or_dash(stop.until),
               std::string(report::state_words(stop, today))});
  }
  table.write(out, style.columns, 0);
}

void write_stop_text(std::ostream& out, const Stop& stop, Day today, const Style& style) {
  const Paint paint(style);
  out << paint.bold(printable(title(stop))) << ", " << report::state_words(stop, today) << '\n';
  const StopWriter writer(out, style);
  writer.line("covers", report::scope_words(stop.scope));
  writer.line("condition", stop.scope.condition);
  for (const std::string& table : stop.scope.unreachable) writer.line("out of reach", table);
  writer.line("reason", stop.reason);
  writer.line("from", to_text(stop.from));
  if (stop.until) writer.line("until", to_text(*stop.until));
  writer.line("added", fmt::format("by {} at {}", stop.by, stop.added_at));
  if (!stop.lifting) return;
  writer.line("lifted", fmt::format("by {} at {}", stop.lifting->by, stop.lifting->lifted_at));
  writer.line("because", stop.lifting->reason);
}

void write_stop_added_text(std::ostream& out, const StopReport& report, const Style& style) {
  const Paint paint(style);
  const auto sentence = [&](std::string_view text) { out << report::wrapped(text, style.columns, 2, 4); };
  const auto& stop = report.stop;
  const std::string when = is_in_force(stop, report.today) ? "in force" : "in force from " + to_text(stop.from);
  out << paint.bold(printable(title(stop))) << ": " << when << '\n';
  for (const Coverage& coverage : report.tables) {
    sentence(fmt::format("{}: covers {} now", place_words(coverage), report::counted(coverage.covered, "record")));
    if (coverage.nameless > 0) sentence(nameless_words(coverage));
  }
  for (const std::string& table : stop.scope.unreachable) sentence(table + ": out of its reach");
  for (const std::string& name : report.failed) sentence(name + ": could not be looked at; it is in force there, too");
  for (const std::string& name : report.external) sentence(name + ": kept elsewhere, and not stopped by this");
}

}  // namespace oubli
