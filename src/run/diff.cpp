#include "oubli/run/diff.hpp"

#include "oubli/policy/document.hpp"
#include "oubli/state/state.hpp"
#include "report/rule_changes.hpp"
#include "run/archive_target.hpp"
#include "run/dataset_memory.hpp"
#include "run/outcome_moves.hpp"
#include "run/project_texts.hpp"
#include "run/reference_shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

/// One dataset by both sides' rules; null where a side hasn't got it.
struct DatasetPair {
  const RuledDataset* before = nullptr;
  const RuledDataset* after = nullptr;
};

const RuledDataset* find_dataset(const Project& project, const std::string& name) {
  const auto found = std::ranges::find(project.datasets, name, [](const RuledDataset& each) { return each.config.name; });
  return found == project.datasets.end() ? nullptr : &*found;
}

const RuledTable* find_table(const RuledDataset* dataset, const std::string& name) {
  if (!dataset) return nullptr;
  const auto found = std::ranges::find(dataset->tables, name, [](const RuledTable& each) { return each.rules.table; });
  return found == dataset->tables.end() ? nullptr : &*found;
}

std::vector<DatasetPair> dataset_pairs(const Project& before, const Project& after) {
  std::vector<DatasetPair> pairs;
  for (const auto& dataset : after.datasets) pairs.push_back({find_dataset(before, dataset.config.name), &dataset});
  for (const auto& dataset : before.datasets) {
    if (!find_dataset(after, dataset.config.name)) pairs.push_back({&dataset, nullptr});
  }
  return pairs;
}

/// The tables of either side, those of the later one first.
std::vector<std::string> table_names(const DatasetPair& pair) {
  std::vector<std::string> names;
  for (const auto* dataset : {pair.after, pair.before}) {
    if (!dataset) continue;
    for (const auto& table : dataset->tables) {
      if (std::ranges::count(names, table.rules.table) == 0) names.push_back(table.rules.table);
    }
  }
  return names;
}

bool has_changed(const RuledTable* before, const RuledTable* after) {
  if (!before || !after) return true;
  return before->rules != after->rules || !rule_changes(before, after).empty();
}

// A changed rule of one table may free or block records of the others.
bool has_changed(const DatasetPair& pair) {
  if (!pair.before || !pair.after || pair.before->relations != pair.after->relations) return true;
  return std::ranges::any_of(table_names(pair), [&](const std::string& name) {
    return has_changed(find_table(pair.before, name), find_table(pair.after, name));
  });
}

bool is_selected(const Selection& selection, const RuledTable* before, const RuledTable* after) {
  return (before && is_selected(selection, *before)) || (after && is_selected(selection, *after));
}

TableDiff table_diff(const DatasetPair& pair, const std::string& name, Side side) {
  const auto* before = find_table(pair.before, name);
  const auto* after = find_table(pair.after, name);
  const auto& rules = (after ? after : before)->rules;
  TableDiff diff;
  diff.dataset = rules.dataset;
  diff.table = rules.table;
  diff.policy = rules.policy;
  diff.side = side;
  if (side == Side::live) diff.rules = rule_changes(before, after);
  return diff;
}

void add_moves(OutcomeMoves& moves, TableDiff table, RuleDiff& diff) {
  moves.add_to(table);
  if (!table.is_empty()) diff.tables.push_back(std::move(table));
}

/// The records as both sides find them: what is archived, and what removed rows said, is one for both.
RuledSide ruled_side(const Project& project, const RuledDataset* dataset, RunDays days, const State* state) {
  if (!dataset) return {};
  PlanRequest judged_by;
  judged_by.days = days;
  judged_by.taking_part = tables_taking_part(*dataset, {});
  judged_by.archive = archive_to_read(project.config, *dataset, state);
  judged_by.memory = memory_to_read(dataset->config.name, state);
  judged_by.temporary_folder = project.config.state.parent_path();
  return {dataset, judged_by};
}

const Diagnostic* first_error(const Project& project) {
  const auto found = std::ranges::find(project.diagnostics, Severity::error, &Diagnostic::severity);
  return found == project.diagnostics.end() ? nullptr : &*found;
}

/// The id of a policy's text; empty where it isn't one.
std::string policy_id(const std::string& text) {
  const auto document = read_document(text, {});
  const auto* identity = document.root ? document.root->find("policy") : nullptr;
  const auto* id = identity ? identity->find("id") : nullptr;
  return id ? id->text : std::string{};
}

std::string format_of(const std::string& text) {
  const auto document = read_document(text, {});
  const auto* format = document.root ? document.root->find("oubli") : nullptr;
  return format ? format->text : std::string{};
}

std::string text_of(const std::filesystem::path& file) {
  auto text = file_bytes(file);
  if (!text) throw Error(Cause::usage, file.string() + " can't be read");
  return std::move(*text);
}

Project project_with_policy(const PolicyText& policy, const std::filesystem::path& config_file) {
  const std::string id = policy_id(policy.text);
  bool is_in_place = false;
  const auto policies = [&](const Config& config, std::vector<Diagnostic>& diagnostics) {
    auto texts = policies_on_disk(config, diagnostics);
    for (auto& text : texts) {
      if (policy_id(text.text) != id) continue;
      text = policy;
      is_in_place = true;
    }
    return texts;
  };
  auto project = make_project(config_file, text_of(config_file), policies, Access::read);
  if (is_in_place) return project;
  throw Error(Cause::usage, fmt::format("{} is policy '{}', which {} doesn't name", policy.file.string(), id,
                                        config_file.string()),
              "name the config that does with --config");
}

}  // namespace

RuleDiff diff(const Project& before, const Project& after, const DiffRequest& request,
              std::chrono::system_clock::time_point now) {
  const auto state = State::open_for_reading(after.config.state);
  const auto side_of = [&](const Project& project, const RuledDataset* dataset) {
    const auto days = dataset ? run_days(project.policy(dataset->config.policy), now, request.as_of) : RunDays{};
    return ruled_side(project, dataset, days, state ? &*state : nullptr);
  };
  RuleDiff result;
  for (const auto& pair : dataset_pairs(before, after)) {
    if (!has_changed(pair)) continue;
    const auto old_side = side_of(before, pair.before);
    const auto new_side = side_of(after, pair.after);
    OutcomeMoves live(old_side, new_side);
    OutcomeMoves archived(old_side, new_side, Side::archive);
    for (const auto& name : table_names(pair)) {
      if (!is_selected(request.selection, find_table(pair.before, name), find_table(pair.after, name))) continue;
      add_moves(live, table_diff(pair, name, Side::live), result);
      add_moves(archived, table_diff(pair, name, Side::archive), result);
    }
    live.add_failure(result);
    archived.add_failure(result);
  }
  return result;
}

RuleDiff diff_from_approved(const Approval& approval, const Project& project, const DiffRequest& request,
                            std::chrono::system_clock::time_point now) {
  const auto approved = approved_project(approval, project.config.file);
  RuleDiff result;
  if (const auto* error = first_error(approved)) {
    result.not_compared = "what was approved doesn't fit any more: " + error->message;
  } else {
    result = diff(approved, project, request, now);
  }
  result.before = fmt::format("what {} approved at {}", approval.approved_by, approval.approved_at);
  result.after = "the texts as they are";
  return result;
}

RuleDiff diff_from_approved(const Project& project, const DiffRequest& request,
                            std::chrono::system_clock::time_point now) {
  const auto state = State::open_for_reading(project.config.state);
  const auto approval = state ? state->last_approval() : std::nullopt;
  if (!approval) {
    throw Error(Cause::refused, "nothing is approved yet, so there is nothing to compare with",
                "run `oubli approve --by NAME`, or name a file to compare with");
  }
  return diff_from_approved(*approval, project, request, now);
}

Project project_with(const std::filesystem::path& file, const std::filesystem::path& config_file) {
  auto text = text_of(file);
  const std::string format = format_of(text);
  if (format == "config/1") return make_project(file, std::move(text), policies_on_disk, Access::read);
  if (format == "policy/1") return project_with_policy({file, std::move(text), references_for(file)}, config_file);
  throw Error(Cause::usage, file.string() + " is neither a policy nor a config", "name one of each kind, or two alike");
}

}  // namespace oubli
