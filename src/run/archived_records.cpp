#include "run/archived_records.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

void require(const RuledDataset& rules, const std::string& table, std::int64_t found, std::int64_t known) {
  if (found >= known) return;
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
  for (const auto& [table, known] : archive.known) require(rules, table, 0, known.at_least);
}

void require_all_archived(const DatasetPlan& archive, const ArchivedCounts& known) {
  for (const auto& [table, count] : known) {
    require(*archive.rules, table, found_of(archive, table, count.at_least), count.at_least);
  }
}

ArchivedCounts ArchivedRecords::counts() const { return m_state.archived_counts(m_dataset.policy, m_dataset.name); }

// Most nights nothing changes, and nothing is written.
void ArchivedRecords::note(const ArchivedCounts& counts) {
  if (counts != this->counts()) m_state.note_archived(m_dataset.policy, m_dataset.name, counts);
}

void ArchivedRecords::accept_lost() {
  auto known = counts();
  for (auto& [table, count] : known) count.at_least = 0;
  note(known);
}

void ArchivedRecords::found(const PlannedDataset& planned) {
  if (planned.live.failure) return;
  auto known = counts();
  if (planned.archive) {
    for (const auto& table : planned.archive->tables) known.try_emplace(table.name());
  }
  for (auto& [table, count] : known) {
    count.at_least = planned.archive ? found_of(*planned.archive, table, count.at_least) : 0;
  }
  note(known);
}

void ArchivedRecords::before_purge(const DatasetPlan& archive) {
  auto known = counts();
  for (const auto& table : archive.tables) {
    auto& at_least = known[table.name()].at_least;
    if (!table.failure) at_least = std::min(at_least, kept(table));
  }
  note(known);
}

void ArchivedRecords::before_archiving(const DatasetPlan& live) {
  auto known = counts();
  for (const auto& table : live.tables) {
    const auto planned = table.tally.outcomes[Outcome::archive];
    if (planned > 0) known[table.name()].arrivals = std::max(known[table.name()].arrivals, planned);
  }
  note(known);
}

// How many come along isn't known yet: until it is, none of them need be there.
void ArchivedRecords::before_restore(const DatasetPlan& archive, const std::string& root) {
  auto known = counts();
  for (const auto& table : archive.tables) {
    if (table.table->root == root) known[table.name()].at_least = 0;
  }
  note(known);
}

void ArchivedRecords::after_restore(const DatasetPlan& archive, const std::map<std::string, std::int64_t>& restored) {
  auto known = counts();
  for (const auto& table : archive.tables) {
    const auto gone = restored.find(table.name());
    if (!table.failure) known[table.name()].at_least = table.tally.rows - (gone == restored.end() ? 0 : gone->second);
  }
  note(known);
}

void ArchivedRecords::after_archiving(const RunReport& report) {
  auto known = counts();
  for (const auto& line : report.tables) {
    const bool is_its = line.dataset == m_dataset.name && line.side == Side::live;
    if (is_its && line.applied && line.applied->archived > 0) known[line.table].at_least += line.applied->archived;
  }
  note(known);
}

void ArchivedRecords::after_minimising(const std::set<std::string>& tables) {
  auto known = counts();
  for (auto& [table, count] : known) {
    if (tables.contains(table)) count.arrivals = 0;
  }
  note(known);
}

}  // namespace oubli
