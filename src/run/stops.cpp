#include "run/stops.hpp"

#include "oubli/policy/read.hpp"
#include "policy/live_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

const RuledDataset* find_dataset(const Project& project, const std::string& name) {
  const auto found = std::ranges::find(project.datasets, name, [](const RuledDataset& d) { return d.config.name; });
  return found == project.datasets.end() ? nullptr : &*found;
}

const RuledTable* find_table(const RuledDataset& dataset, const std::string& name) {
  const auto found = std::ranges::find(dataset.tables, name, [](const RuledTable& t) { return t.rules.table; });
  return found == dataset.tables.end() ? nullptr : &*found;
}

std::string full_name(const RuledTable& table) { return table.rules.dataset + "." + table.rules.table; }

bool is_over(const Stop& stop, Day clock) { return stop.lifting || (stop.until && *stop.until < clock); }

// ---------------------------------------------------------------- conditions

Condition parsed(const std::string& condition) {
  auto read = condition_from_text(condition);
  if (auto* const tree = std::get_if<Condition>(&read)) return std::move(*tree);
  const auto& complaint = std::get<Complaint>(read);
  throw Error(Cause::usage, "the condition can't be read: " + complaint.message, complaint.hint);
}

void add_columns(const Condition& condition, std::vector<std::string>& columns) {
  for (const auto& part : condition.parts) add_columns(part, columns);
  if (condition.parts.empty() && std::ranges::count(columns, condition.name) == 0) columns.push_back(condition.name);
}

bool names_event(const Condition& condition) {
  return condition.names_event || std::ranges::any_of(condition.parts, names_event);
}

/// The live table, where the schema is known.
class LiveColumns {
 public:
  LiveColumns(const Project& project, const RuledDataset& dataset, const std::string& table)
      : m_names(schema_of(project, dataset), dataset.config.kind), m_table(m_names.table(table)) {}

  [[nodiscard]] bool has(const std::string& column) const {
    return m_table == nullptr || m_names.column(*m_table, column) != nullptr;
  }
  [[nodiscard]] std::string spelled(const std::string& column) const {
    const auto* const name = m_table == nullptr ? nullptr : m_names.column(*m_table, column);
    return name == nullptr ? column : *name;
  }

 private:
  static const LiveSchema* schema_of(const Project& project, const RuledDataset& dataset) {
    const auto found = project.schemas.find(dataset.config.name);
    return found == project.schemas.end() ? nullptr : &found->second;
  }
  LiveNames m_names;
  const LiveTable* m_table;
};

std::optional<std::string> missing_column(const StopScope& scope, const Project& project, const RuledDataset& dataset) {
  const auto condition = parsed(scope.condition);
  if (names_event(condition)) {
    throw Error(Cause::usage, "the condition of a hold compares columns, no event with a day",
                "compare a column with a text or a number");
  }
  std::vector<std::string> columns;
  add_columns(condition, columns);
  const LiveColumns live(project, dataset, scope.table);
  for (const auto& column : columns) {
    if (!live.has(column)) return fmt::format("column {}.{}.{}", scope.dataset, scope.table, column);
  }
  return std::nullopt;
}

// ---------------------------------------------------------------- tables

/// Whether the stop is about a table, and if so by what.
class TableScopeOf {
 public:
  TableScopeOf(const Stop& stop, const RuledDataset& dataset) : m_scope(stop.scope), m_dataset(dataset) {}

  [[nodiscard]] bool names(const RuledTable& table) const {
    const bool is_here = m_scope.dataset.empty() || m_scope.dataset == m_dataset.config.name;
    return is_here && (m_scope.table.empty() || m_scope.table == table.rules.table || is_inherited_by(table));
  }

  [[nodiscard]] bool can_reach(const RuledTable& table) const { return !m_scope.subject || table.subject; }
  [[nodiscard]] bool is_renounced(const RuledTable& table) const {
    return std::ranges::count(m_scope.unreachable, full_name(table)) > 0;
  }

  /// Followers share their parent's decision, stops included (S12). Those that can tell by themselves do so:
  /// the rest is told by the parent's record.
  [[nodiscard]] bool is_told_by_record(const RuledTable& table) const {
    if (!names(table)) return false;
    if (!m_scope.condition.empty()) return true;
    return m_scope.subject && std::ranges::any_of(m_dataset.tables, [&](const RuledTable& follower) {
             return follower.config.follows && follower.config.data_subject;
           });
  }

 private:
  [[nodiscard]] bool is_inherited_by(const RuledTable& table) const {
    if (!m_scope.condition.empty()) return false;
    for (const auto* at = &table; at != nullptr && at->config.follows;) {
      if (m_scope.subject && at->config.data_subject) return false;
      at = find_table(m_dataset, at->config.follows->parent.name);
      if (at != nullptr && at->rules.table == m_scope.table) return true;
    }
    return false;
  }

  const StopScope& m_scope;
  const RuledDataset& m_dataset;
};

void set_slots(Condition& condition, const LiveColumns& live, std::vector<std::string>& columns) {
  for (auto& part : condition.parts) set_slots(part, live, columns);
  if (!condition.parts.empty()) return;
  const auto name = live.spelled(condition.name);
  const auto found = std::ranges::find(columns, name);
  condition.slot = static_cast<int>(found - columns.begin());
  if (found == columns.end()) columns.push_back(name);
}

std::optional<TableStop> table_stop(const Stop& stop, const TableScopeOf& about, const RuledTable& table,
                                    const LiveColumns& live, std::vector<std::string>& columns) {
  if (!about.names(table) || (!about.can_reach(table) && about.is_renounced(table))) return std::nullopt;
  TableStop own{stop.number, stop.kind, {}, {}};
  if (!stop.scope.condition.empty()) set_slots(own.condition.emplace(parsed(stop.scope.condition)), live, columns);
  // A table that the stop's author didn't know to be out of reach is covered as a whole.
  if (about.can_reach(table)) own.subject = stop.scope.subject;
  return own;
}

// Only a hold names any of these.
void require_complete(const Stop& stop, const Project& project) {
  const auto missing = missing_part(stop.scope, project);
  if (!missing) return;
  throw Error(Cause::usage, fmt::format("{} covers the {}, which is no longer there", title(stop), *missing),
              fmt::format("put it back, or lift the hold: `oubli hold lift {}`", stop.number));
}

}  // namespace

const TableStops& DatasetStops::of(const std::string& table) const {
  static const TableStops k_none;
  const auto found = tables.find(table);
  return found == tables.end() ? k_none : found->second;
}

const Stop& DatasetStops::stop(std::int64_t number) const { return *std::ranges::find(stops, number, &Stop::number); }

Day first_clock_day(const Project& project, std::chrono::system_clock::time_point now) {
  auto first = Day::max();
  for (const auto& [id, days] : days_by_policy(project, now, std::nullopt)) first = std::min(first, days.clock);
  return project.policies.empty() ? Day(date::floor<date::days>(now)) : first;
}

std::optional<std::string> missing_part(const StopScope& scope, const Project& project) {
  if (scope.dataset.empty()) return std::nullopt;
  const auto* const dataset = find_dataset(project, scope.dataset);
  if (dataset == nullptr) return "dataset " + scope.dataset;
  if (scope.table.empty()) return std::nullopt;
  if (find_table(*dataset, scope.table) == nullptr) return fmt::format("table {}.{}", scope.dataset, scope.table);
  return scope.condition.empty() ? std::nullopt : missing_column(scope, project, *dataset);
}

std::vector<std::string> tables_out_of_reach(const StopScope& scope, const Project& project) {
  std::vector<std::string> names;
  Stop stop;
  stop.scope = scope;
  for (const auto& dataset : project.datasets) {
    const TableScopeOf about(stop, dataset);
    for (const auto& table : dataset.tables) {
      if (about.names(table) && !about.can_reach(table)) names.push_back(full_name(table));
    }
  }
  return names;
}

Stops::Stops(const Project& project, const State* state, std::chrono::system_clock::time_point now)
    : m_project(project) {
  if (state == nullptr) return;
  m_all = state->stops();
  const auto today = first_clock_day(project, now);
  for (const auto& stop : m_all) {
    if (!is_over(stop, today)) require_complete(stop, project);
  }
  const auto has_subject = [](const Stop& stop) { return stop.scope.subject.has_value(); };
  if (std::ranges::any_of(m_all, has_subject)) m_key = state->digest_key();
}

std::shared_ptr<const DatasetStops> dataset_stops(const std::vector<Stop>& stops, const RuledDataset& dataset,
                                                  const Project& project, const TableStops::Key& key) {
  auto result = std::make_shared<DatasetStops>();
  result->stops = stops;
  for (const auto& table : dataset.tables) {
    const LiveColumns live(project, dataset, table.rules.table);
    std::vector<TableStop> own;
    std::vector<std::string> columns;
    for (const auto& stop : stops) {
      const TableScopeOf about(stop, dataset);
      if (about.is_told_by_record(table)) result->told_by_record.insert(table.rules.table);
      if (const auto one = table_stop(stop, about, table, live, columns)) own.push_back(*one);
    }
    if (!own.empty()) result->tables.emplace(table.rules.table, TableStops(std::move(own), std::move(columns), key));
  }
  return result;
}

std::shared_ptr<const DatasetStops> Stops::in_force(const RuledDataset& dataset, Day clock) const {
  std::vector<Stop> stops;
  for (const auto& stop : m_all) {
    if (is_in_force(stop, clock)) stops.push_back(stop);
  }
  return dataset_stops(stops, dataset, m_project, m_key);
}

}  // namespace oubli
