// `explain` for a person: the outcome first, then per purpose one sentence and the days behind it.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/column_words.hpp"
#include "report/explanation_words.hpp"
#include "report/rule_words.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Paint;
using report::printable;

constexpr int k_label_width = 20;

class ExplanationWriter {
 public:
  ExplanationWriter(std::ostream& out, const Explanation& explanation, const Style& style)
      : m_out(out), m_explanation(explanation), m_style(style), m_paint(style) {}

  void write() const {
    write_heading();
    write_columns();
    for (const PurposeDecision& decision : m_explanation.decision.purposes) write_purpose(decision);
  }

 private:
  void write_heading() const {
    const TableRules& rules = m_explanation.rules;
    const std::string row = fmt::format("row {}", m_explanation.row);
    const bool has_key = !m_explanation.record.empty() && m_explanation.record != row;
    const std::string record = has_key ? fmt::format("record {}, {}", m_explanation.record, row) : row;
    const char* const side = m_explanation.side == Side::archive ? " (archive)" : "";
    const std::string file = m_explanation.file.empty() ? "" : " of " + m_explanation.file;
    m_out << m_paint.bold(printable(fmt::format("{}.{}{}, {}{}", rules.dataset, rules.table, side, record, file)))
          << '\n';
    const std::string sentence =
        fmt::format("As of {} it {}.", to_text(m_explanation.as_of), report::outcome_sentence(m_explanation));
    m_out << report::wrapped(sentence, m_style.columns, 2, 2);
    for (const std::string& stop : m_explanation.stops) {
      m_out << report::wrapped("It is covered by " + stop + ".", m_style.columns, 2, 2);
    }
    if (!m_explanation.root.empty() && m_explanation.root != rules.table) {
      const std::string follows = fmt::format("It follows {}, whose purposes decide.", m_explanation.root);
      m_out << report::wrapped(follows, m_style.columns, 2, 2);
    }
    write_ended_categories();
  }

  void write_columns() const {
    for (const auto& column : report::explained_columns(m_explanation)) {
      m_out << report::wrapped(report::explained_column_words(column, m_explanation) + ".", m_style.columns, 2, 4);
    }
  }

  void write_purpose(const PurposeDecision& decision) const {
    const PurposeRule& rule = m_explanation.rules.purposes[decision.purpose];
    const std::string title = rule.title.empty() ? "" : ": " + printable(rule.title);
    m_out << "\n  " << m_paint.bold(printable(rule.purpose)) << title << '\n';
    m_out << report::wrapped(report::purpose_sentence(m_explanation, decision) + ".", m_style.columns, 4, 4);
    if (rule.where) write_line("condition", condition_words(*rule.where, decision.condition));
    if (decision.state == PurposeState::not_concerned) return;
    for (const std::size_t event : report::events_of(rule)) write_event(decision, event);
    write_days(decision);
    if (decision.newer_than_inactive) write_line("finding", "newer than the end of this purpose");
    write_line("why", report::reason_words(rule));
  }

  static std::string condition_words(const Condition& condition, Truth truth) {
    const std::string_view word = truth == Truth::yes ? "holds" : truth == Truth::no ? "does not hold" : "is unknown";
    return fmt::format("{} {}", to_text(condition), word);
  }

  void write_event(const PurposeDecision& decision, std::size_t event) const {
    if (event >= decision.events.size()) return;
    const EventRule& rule = m_explanation.rules.events[event];
    const std::string origin = report::origin_words(rule);
    write_line(rule.name, report::reading_words(decision.events[event]) + (origin.empty() ? "" : ": " + origin));
  }

  void write_days(const PurposeDecision& decision) const {
    if (decision.counted_from && decision.counted_from != decision.start) {
      write_line("counted from", to_text(*decision.counted_from));
    }
    if (decision.active_last_day) write_line("active through", to_text(*decision.active_last_day));
    if (decision.archive_last_day) write_line("archived through", to_text(*decision.archive_last_day));
    if (decision.due) write_line("due since", to_text(*decision.due));
    for (const CategoryDecision& category : decision.categories) {
      const std::string& name = m_explanation.rules.categories[static_cast<std::size_t>(category.category)];
      write_line(name, report::category_due_words(category, m_explanation.as_of));
    }
  }

  /// Data of a record that stays, which its purposes don't need any more.
  void write_ended_categories() const {
    const Outcome outcome = m_explanation.outcome;
    const bool goes = removes(outcome) || outcome == Outcome::anonymise || outcome == Outcome::flag;
    const auto names = report::category_names(m_explanation.decision.ended_categories, m_explanation.rules);
    if (goes || names.empty() || !m_explanation.decision.rewrites.empty()) return;
    m_out << report::wrapped(fmt::format("No purpose of it needs {} any more.", report::listed(names, "or")),
                             m_style.columns, 2, 2);
  }

  void write_line(std::string_view label, std::string_view words) const {
    constexpr int k_indent = 4;
    const std::string shown = report::padded_right(report::elided(label, k_label_width), k_label_width);
    const int words_at = k_indent + k_label_width + 2;
    const std::string text = report::wrapped(words, m_style.columns, words_at, words_at);
    m_out << "    " << m_paint.dim(shown) << "  " << text.substr(static_cast<std::size_t>(words_at));
  }

  std::ostream& m_out;
  const Explanation& m_explanation;
  const Style& m_style;
  const Paint m_paint;
};

}  // namespace

void write_explanation_text(std::ostream& out, const Explanation& explanation, const Style& style) {
  ExplanationWriter(out, explanation, style).write();
}

}  // namespace oubli
