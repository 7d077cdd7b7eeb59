#include "report/rule_changes.hpp"

#include "report/column_words.hpp"
#include "report/rule_words.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace oubli {

namespace {

struct WordedRule {
  std::string about;
  std::string words;
};

std::string fiscal_words(const FiscalYears& years) {
  std::string words = fmt::format("fiscal years close on {:02}-{:02}", static_cast<unsigned>(years.closes.month()),
                                  static_cast<unsigned>(years.closes.day()));
  std::vector<std::string> days;
  for (const Day day : years.except) days.push_back(to_text(day));
  return days.empty() ? words : words + ", but on " + report::listed(days);
}

std::string_view partial_end_words(PartialEnd partial_end) {
  switch (partial_end) {
    case PartialEnd::unstated:
      return "";
    case PartialEnd::flag:
      return "; columns that no living purpose needs are flagged";
    case PartialEnd::minimise:
      return "; columns that no living purpose needs are emptied";
  }
  return "";
}

std::string table_words(const RuledTable& table) {
  const TableRules& rules = table.rules;
  const std::string follows = table.root == rules.table ? "" : fmt::format("; follows {}", table.root);
  const std::string_view observed = table.config.mode == TableMode::observe ? "; observed and never changed" : "";
  return fmt::format("under policy {}, days in {}; {}; a day before {} is unreadable{}{}{}", rules.policy,
                     rules.timezone, fiscal_words(rules.fiscal_years), to_text(rules.plausible_from), follows, observed,
                     partial_end_words(table.config.on_partial_end));
}

std::vector<WordedRule> worded_rules(const RuledTable& table) {
  std::vector<WordedRule> rules{{"the table", table_words(table)}};
  for (const PersonalColumn& column : table.rules.personal) {
    rules.push_back({"column " + column.column, report::column_words(column, table.rules)});
  }
  if (table.root != table.rules.table) return rules;
  for (const PurposeRule& purpose : table.rules.purposes) {
    rules.push_back({"purpose " + purpose.purpose,
                     fmt::format("{} Why: {}.", report::purpose_words(purpose, table.rules),
                                 report::reason_words(purpose))});
  }
  for (const EventRule& event : table.rules.events) {
    rules.push_back({"event " + full_name(event), report::event_words(event, table.rules)});
  }
  return rules;
}

std::vector<WordedRule> worded_rules(const RuledTable* table) {
  return table ? worded_rules(*table) : std::vector<WordedRule>{};
}

std::string words_about(const std::vector<WordedRule>& rules, const std::string& about) {
  const auto found = std::ranges::find(rules, about, &WordedRule::about);
  return found == rules.end() ? std::string{} : found->words;
}

}  // namespace

std::vector<RuleChange> rule_changes(const RuledTable* before, const RuledTable* after) {
  const auto old_rules = worded_rules(before);
  const auto new_rules = worded_rules(after);
  std::vector<RuleChange> changes;
  for (const WordedRule& rule : new_rules) {
    const std::string old_words = words_about(old_rules, rule.about);
    if (old_words != rule.words) changes.push_back({rule.about, old_words, rule.words});
  }
  for (const WordedRule& rule : old_rules) {
    if (words_about(new_rules, rule.about).empty()) changes.push_back({rule.about, rule.words, {}});
  }
  return changes;
}

}  // namespace oubli
