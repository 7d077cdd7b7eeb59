// `explain` for a machine: `oubli.explain/1`.

#include "oubli/report/report.hpp"
#include "report/column_words.hpp"
#include "report/explanation_words.hpp"
#include "report/json.hpp"

namespace oubli {

namespace {

using report::Json;

std::string_view word_for(Truth truth) {
  switch (truth) {
    case Truth::no:
      return "no";
    case Truth::yes:
      return "yes";
    case Truth::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view word_for(EventReading::State state) {
  switch (state) {
    case EventReading::State::missing:
      return "missing";
    case EventReading::State::known:
      return "known";
    case EventReading::State::unreadable:
      return "unreadable";
    case EventReading::State::future:
      return "future";
  }
  return "unreadable";
}

Json reading_json(const EventRule& event, const EventReading& reading) {
  const bool has_day = reading.state == EventReading::State::known || reading.state == EventReading::State::future;
  Json json = {{"event", event.name},
               {"state", word_for(reading.state)},
               {"day", has_day ? Json(to_text(reading.day)) : Json(nullptr)}};
  if (const std::string origin = report::origin_words(event); !origin.empty()) json["from"] = origin;
  return json;
}

Json events_json(const Explanation& explanation, const PurposeDecision& decision) {
  Json events = Json::array();
  for (const std::size_t event : report::events_of(explanation.rules.purposes[decision.purpose])) {
    if (event >= decision.events.size()) continue;
    events.push_back(reading_json(explanation.rules.events[event], decision.events[event]));
  }
  return events;
}

Json category_json(const TableRules& rules, const CategoryDecision& category) {
  return {{"category", rules.categories[static_cast<std::size_t>(category.category)]},
          {"due", report::to_json(category.due)}};
}

Json purpose_json(const Explanation& explanation, const PurposeDecision& decision) {
  const PurposeRule& rule = explanation.rules.purposes[decision.purpose];
  return {{"purpose", rule.purpose},
          {"where", rule.where ? Json(to_text(*rule.where)) : Json(nullptr)},
          {"condition", word_for(decision.condition)},
          {"state", to_text(decision.state)},
          {"events", events_json(explanation, decision)},
          {"start", report::to_json(decision.start)},
          {"counted_from", report::to_json(decision.counted_from)},
          {"active_last_day", report::to_json(decision.active_last_day)},
          {"archive_last_day", report::to_json(decision.archive_last_day)},
          {"due", report::to_json(decision.due)},
          {"ended_by", decision.ended_by ? Json(explanation.rules.events[*decision.ended_by].name) : Json(nullptr)},
          {"capped", decision.capped},
          {"agreed", decision.agreed},
          {"never_opened", decision.never_opened},
          {"by_category", report::list_of(decision.categories,
                                          [&](const CategoryDecision& category) {
                                            return category_json(explanation.rules, category);
                                          })},
          {"ended_categories", report::category_names(decision.ended_categories, explanation.rules)},
          {"newer_than_inactive", decision.newer_than_inactive},
          {"reason", report::purpose_sentence(explanation, decision)}};
}

Json column_json(const report::ExplainedColumn& explained, const Explanation& explanation) {
  return {{"column", explained.column->column},
          {"categories", report::category_names(explained.column->categories, explanation.rules)},
          {"mask", to_text(*explained.mask)},
          {"reason", report::explained_column_words(explained, explanation)}};
}

}  // namespace

void write_explanation_json(std::ostream& out, const Explanation& explanation) {
  Json document = report::json_document("oubli.explain/1");
  document["dataset"] = explanation.rules.dataset;
  document["table"] = explanation.rules.table;
  document["policy"] = explanation.rules.policy;
  document["side"] = to_text(explanation.side);
  document["root"] = explanation.root;
  document["record"] = explanation.record;
  document["row"] = explanation.row;
  document["file"] = explanation.file;
  document["as_of"] = to_text(explanation.as_of);
  document["outcome"] = to_text(explanation.outcome);
  document["due"] = report::to_json(explanation.decision.due);
  document["ended_categories"] = report::category_names(explanation.decision.ended_categories, explanation.rules);
  document["reason"] = report::outcome_sentence(explanation);
  document["rewrites"] =
      report::list_of(report::explained_columns(explanation),
                      [&](const report::ExplainedColumn& one) { return column_json(one, explanation); });
  document["stops"] = explanation.stops;
  document["purposes"] = report::list_of(explanation.decision.purposes, [&](const PurposeDecision& decision) {
    return purpose_json(explanation, decision);
  });
  report::write_json(out, document);
}

}  // namespace oubli
