#include "run/audit_state.hpp"

#include "run/preconditions.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace oubli {

namespace {

using Json = nlohmann::json;

Json body_of(const LedgerEntry& entry) {
  auto body = Json::parse(entry.body, nullptr, false);
  return body.is_object() ? body : Json::object();
}

std::string text_in(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts_in(const Json& body, const char* name) {
  std::vector<std::string> texts;
  const auto found = body.find(name);
  if (found == body.end() || !found->is_array()) return texts;
  for (const auto& item : *found) {
    if (item.is_string()) texts.push_back(item.get<std::string>());
  }
  return texts;
}

RunFacts& run_of(std::vector<RunFacts>& runs, const LedgerEntry& entry) {
  const auto found = std::ranges::find(runs, entry.run, &RunFacts::run);
  if (found != runs.end()) return *found;
  return runs.emplace_back(RunFacts{entry.run, entry.written_at, "unfinished", {}, {}, {}});
}

/// A run begins with `started` and ends with `finished`; one that may not begin is `refused` alone.
std::vector<RunFacts> runs_in(const std::vector<LedgerEntry>& entries) {
  std::vector<RunFacts> runs;
  for (const auto& entry : entries) {
    if (entry.kind == "started") static_cast<void>(run_of(runs, entry));
    if (entry.kind != "finished" && entry.kind != "refused") continue;
    auto& run = run_of(runs, entry);
    const auto body = body_of(entry);
    run.status = entry.kind == "refused" ? "refused" : text_in(body, "status");
    run.because = text_in(body, entry.kind == "refused" ? "message" : "stopped");
    run.failed = texts_in(body, "failed");
    run.refused = texts_in(body, "refused");
  }
  return runs;
}

}  // namespace

StateFacts state_facts(const State& state, const Project& project) {
  StateFacts facts;
  if (const auto approval = state.last_approval()) {
    facts.approved_by = approval->approved_by;
    facts.approved_at = approval->approved_at;
    facts.changed_since = changed_since(*approval, project);
  }
  const auto entries = state.ledger();
  facts.runs = runs_in(entries);
  facts.entries = static_cast<std::int64_t>(entries.size());
  facts.first_broken_entry = state.first_broken_entry();
  facts.stops = state.stops();
  facts.erasure_pending = state.erasure_pending();
  return facts;
}

}  // namespace oubli
