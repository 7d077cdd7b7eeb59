// The compiled rules for a machine, complete: `oubli.rules/1`.

#include "oubli/report/report.hpp"
#include "report/column_words.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Json;
using report::list_of;

template <typename Optional, typename Convert>
Json optional(const Optional& value, Convert convert) {
  return value ? convert(*value) : Json(nullptr);
}

Json condition_json(const Condition& condition) { return to_text(condition); }
Json period_json(const Period& period) { return to_text(period); }

/// Writes rules of one table: their events are told by name.
class RulesJson {
 public:
  explicit RulesJson(const TableRules& rules) : m_rules(rules) {}

  [[nodiscard]] Json events() const {
    return list_of(m_rules.events, [this](const EventRule& event) { return event_json(event); });
  }

  [[nodiscard]] Json purposes() const {
    return list_of(m_rules.purposes, [this](const PurposeRule& purpose) { return purpose_json(purpose); });
  }

  [[nodiscard]] Json personal() const {
    return list_of(m_rules.personal, [this](const PersonalColumn& column) {
      return Json{{"column", column.column},
                  {"categories", report::category_names(column.categories, m_rules)},
                  {"minimised", m_rules.minimises && !column.judges ? Json(to_text(column.minimised)) : Json(nullptr)},
                  {"anonymised", m_rules.anonymised ? Json(to_text(column.anonymised)) : Json(nullptr)}};
    });
  }

 private:
  [[nodiscard]] const std::string& event_name(int index) const {
    return m_rules.events[static_cast<std::size_t>(index)].name;
  }

  [[nodiscard]] const std::string& category_name(int index) const {
    return m_rules.categories[static_cast<std::size_t>(index)];
  }

  [[nodiscard]] const std::string& column(int slot) const { return m_rules.columns[static_cast<std::size_t>(slot)]; }

  [[nodiscard]] Json rows_json(const OtherTableRule& rule) const {
    const auto link = rule.columns.begin() + 1;
    const auto via_json = [](const OtherTableRule::Via& via) {
      return Json{{"table", via.table}, {"linked", via.linked}, {"link", via.link}};
    };
    return {{"pick", to_text(rule.pick)},
            {"table", rule.table},
            {"column", rule.columns.front()},
            {"link", std::vector(link, link + static_cast<std::ptrdiff_t>(rule.links))},
            {"via", optional(rule.via, via_json)},
            {"key", list_of(rule.key, [this](int slot) { return column(slot); })},
            {"where", optional(rule.where, condition_json)}};
  }

  [[nodiscard]] Json event_json(const EventRule& event) const {
    return {{"event", event.name},
            {"purpose", event.purpose.empty() ? Json(nullptr) : Json(event.purpose)},
            {"kind", to_text(event.kind)},
            {"column", event.column < 0 ? Json(nullptr) : Json(column(event.column))},
            {"other_table", optional(event.other_table, [this](const OtherTableRule& rule) { return rows_json(rule); })},
            {"first_seen", event.first_seen.has_value()},
            {"formats", list_of(event.formats, [](const ColumnFormat& format) { return to_text(format); })},
            {"zone", event.zone},
            {"default_missing_values", event.default_missing_values},
            {"missing_values", event.missing_values},
            {"when", optional(event.when, condition_json)}};
  }

  [[nodiscard]] Json term_json(const EventTerm& term) const {
    return {{"combine", to_text(term.combine)},
            {"events", list_of(term.members, [this](const EventTerm::Member& member) {
               return Json{{"event", event_name(member.event)}, {"optional", member.optional}};
             })}};
  }

  [[nodiscard]] Json cap_json(const CapRule& cap) const {
    return {{"keep", period_json(cap.keep)}, {"from", term_json(cap.from)}};
  }

  [[nodiscard]] Json cap_or_null(const std::optional<CapRule>& cap) const {
    return optional(cap, [this](const CapRule& rule) { return cap_json(rule); });
  }

  [[nodiscard]] Json active_json(const ActiveRule& active) const {
    return {{"start", term_json(active.start)},
            {"until", active.until},
            {"period", period_json(active.period)},
            {"end_of", to_text(active.end_of)},
            {"at_most", cap_or_null(active.at_most)}};
  }

  [[nodiscard]] Json retention_json(const RetentionRule& kept) const {
    return {{"start", term_json(kept.start)}, {"until", kept.until}, {"period", period_json(kept.period)}};
  }

  [[nodiscard]] Json archive_json(const ArchiveRule& archive) const {
    return {{"up_to", archive.own ? Json(nullptr) : period_json(archive.up_to)},
            {"own", optional(archive.own, [this](const RetentionRule& kept) { return retention_json(kept); })},
            {"because", archive.because},
            {"at_most", cap_or_null(archive.at_most)}};
  }

  [[nodiscard]] Json category_end_json(const CategoryEndRule& end) const {
    return {{"category", category_name(end.category)}, {"of", to_text(end.extent)}, {"kept", retention_json(end.kept)}};
  }

  [[nodiscard]] Json never_opened_json(const NeverOpenedRule& never) const {
    return {{"opened", event_name(never.opened)}, {"keep", period_json(never.keep)}, {"from", term_json(never.from)}};
  }

  [[nodiscard]] Json override_json(const LastDayOverrideRule& rule) const {
    Json may = Json::array();
    if (rule.may_lengthen) may.push_back("lengthen");
    if (rule.may_shorten) may.push_back("shorten");
    return {{"last_day", event_name(rule.last_day)}, {"may", may}, {"at_most", optional(rule.at_most, period_json)}};
  }

  [[nodiscard]] Json ending_json(const EndingRule& ending) const {
    return {{"event", event_name(ending.event)}, {"ends", ending.extent == Ending::Extent::all ? "all" : "active"}};
  }

  [[nodiscard]] Json inactive_json(const InactiveRule& inactive) const {
    return {{"inactive_since", to_text(inactive.inactive_since)}, {"new_records_by", event_name(inactive.event)}};
  }

  [[nodiscard]] Json purpose_json(const PurposeRule& purpose) const {
    return {
        {"purpose", purpose.purpose},
        {"title", purpose.title},
        {"legal_basis", to_text(purpose.legal_basis)},
        {"reference", purpose.reference},
        {"categories", list_of(purpose.categories, [this](int category) { return category_name(category); })},
        {"where", optional(purpose.where, condition_json)},
        {"active", optional(purpose.active, [this](const ActiveRule& active) { return active_json(active); })},
        {"archive", optional(purpose.archive, [this](const ArchiveRule& archive) { return archive_json(archive); })},
        {"then", to_text(purpose.then)},
        {"ends_on", list_of(purpose.ends_on, [this](const EndingRule& ending) { return ending_json(ending); })},
        {"unless_since", optional(purpose.unless_since, [this](int event) { return Json(event_name(event)); })},
        {"by_category", list_of(purpose.by_category, [this](const auto& end) { return category_end_json(end); })},
        {"never_opened", optional(purpose.never_opened, [this](const auto& rule) { return never_opened_json(rule); })},
        {"override", optional(purpose.last_day_override, [this](const auto& rule) { return override_json(rule); })},
        {"status", optional(purpose.inactive, [this](const InactiveRule& rule) { return inactive_json(rule); })}};
  }

  const TableRules& m_rules;
};

Json fiscal_years_json(const FiscalYears& years) {
  const auto month = static_cast<unsigned>(years.closes.month());
  const auto day = static_cast<unsigned>(years.closes.day());
  return {{"closes", fmt::format("{:02}-{:02}", month, day)},
          {"except", list_of(years.except, [](Day closing) { return to_text(closing); })}};
}

Json table_json(const RuledTable& table) {
  const TableRules& rules = table.rules;
  const RulesJson writer(rules);
  return {{"dataset", rules.dataset},
          {"table", rules.table},
          {"policy", rules.policy},
          {"mode", table.config.mode == TableMode::observe ? "observe" : "enforce"},
          {"follows", table.root == rules.table ? Json(nullptr) : Json(table.root)},
          {"timezone", rules.timezone},
          {"fiscal_years", fiscal_years_json(rules.fiscal_years)},
          {"plausible_from", to_text(rules.plausible_from)},
          {"columns", rules.columns},
          {"categories", rules.categories},
          {"events", writer.events()},
          {"purposes", writer.purposes()},
          {"personal", writer.personal()},
          {"anonymised_mark", rules.mark.empty() ? Json(nullptr) : Json(rules.mark)}};
}

Json relation_json(const Relation& relation) {
  return {{"child", relation.child},
          {"child_columns", relation.child_columns},
          {"parent", relation.parent},
          {"parent_columns", relation.parent_columns},
          {"follows", relation.follows}};
}

}  // namespace

void write_rules_json(std::ostream& out, const std::vector<RuledDataset>& datasets) {
  Json document = report::json_document("oubli.rules/1");
  document["tables"] = Json::array();
  document["relations"] = Json::array();
  for (const RuledDataset& dataset : datasets) {
    for (const RuledTable& table : dataset.tables) document["tables"].push_back(table_json(table));
    for (const Relation& relation : dataset.relations) {
      Json line = {{"dataset", dataset.config.name}};
      line.update(relation_json(relation));
      document["relations"].push_back(std::move(line));
    }
  }
  report::write_json(out, document);
}

}  // namespace oubli
