#include "run/archived_records.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

using Counts = std::map<std::string, std::int64_t>;

[[noreturn]] void refuse(const RuledDataset& rules, const std::string& table, std::int64_t found, std::int64_t known) {
  throw Error(Cause::refused,
              fmt::format("{}.{} (archive): {} of at least {} archived records are there", rules.config.name, table,
                          found, known),
              "put the archive back, or mount its disk; if they are lost for good, say so once: enforce "
              "--accept-lost-archive");
}

// What the config has lost isn't counted: that it is there must do.
std::int64_t found_of(const DatasetPlan& archive, const std::string& table, std::int64_t known) {
  const auto planned = std::ranges::find(archive.tables, table, &PlannedTable::name);
  if (planned != archive.tables.end()) return planned->failure ? known : planned->tally.rows;
  const auto schema = archive.source->schema();
  return std::ranges::find(schema, table, &TableSchema::name) == schema.end() ? 0 : known;
}

std::int64_t kept(const PlannedTable& table) { return table.tally.rows - table.tally.outcomes[Outcome::purge]; }

}  // namespace

void require_archive_folder(const RuledDataset& rules, const ArchiveTarget& archive) {
  if (std::filesystem::exists(archive.folder)) return;
  for (const auto& [table, known] : archive.at_least) {
    if (known > 0) refuse(rules, table, 0, known);
  }
}

void require_all_archived(const DatasetPlan& archive, const Counts& at_least) {
  for (const auto& [table, known] : at_least) {
    const auto found = found_of(archive, table, known);
    if (found < known) refuse(*archive.rules, table, found, known);
  }
}

void ArchivedRecords::note(const DatasetPlan& plan, const Counts& records) {
  const auto& dataset = plan.rules->config;
  const auto noted = m_state.archived_at_least(dataset.policy, dataset.name);
  const auto is_noted = [&](const auto& each) {
    const auto before = noted.find(each.first);
    return (before == noted.end() ? 0 : before->second) == each.second;
  };
  if (std::ranges::all_of(records, is_noted)) return;
  m_state.note_archived(dataset.policy, dataset.name, records);
}

void ArchivedRecords::accept_lost(const DatasetConfig& dataset) {
  auto records = m_state.archived_at_least(dataset.policy, dataset.name);
  for (auto& [table, known] : records) known = 0;
  m_state.note_archived(dataset.policy, dataset.name, records);
}

void ArchivedRecords::found(const PlannedDataset& planned) {
  if (planned.live.failure) return;
  auto records = m_state.archived_at_least(planned.live.rules->config.policy, planned.live.name());
  for (const auto& table : planned.live.tables) records.try_emplace(table.name(), 0);
  for (auto& [table, known] : records) known = planned.archive ? found_of(*planned.archive, table, known) : 0;
  note(planned.live, records);
}

void ArchivedRecords::before_purge(const DatasetPlan& archive) {
  auto records = m_state.archived_at_least(archive.rules->config.policy, archive.name());
  for (const auto& table : archive.tables) {
    if (!table.failure) records[table.name()] = std::min(records[table.name()], kept(table));
  }
  note(archive, records);
}

void ArchivedRecords::after_archiving(const DatasetPlan& live, const RunReport& report) {
  auto records = m_state.archived_at_least(live.rules->config.policy, live.name());
  for (const auto& line : report.tables) {
    const bool is_its = line.dataset == live.name() && line.side == Side::live;
    if (is_its && line.applied) records[line.table] += line.applied->archived;
  }
  note(live, records);
}

}  // namespace oubli
