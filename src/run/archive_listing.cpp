#include "oubli/archive/folder.hpp"
#include "oubli/run/archive.hpp"
#include "oubli/source/archive_contents.hpp"
#include "oubli/state/state.hpp"
#include "run/archive_target.hpp"
#include "run/run_id.hpp"

#include <algorithm>
#include <system_error>

namespace oubli {

namespace {

std::int64_t bytes_of(const std::vector<std::filesystem::path>& files) {
  std::int64_t bytes = 0;
  std::error_code none;
  for (const auto& file : files) {
    if (std::filesystem::is_regular_file(std::filesystem::symlink_status(file, none)))
      bytes += static_cast<std::int64_t>(std::filesystem::file_size(file, none));
  }
  return bytes;
}

ArchiveLine::Table table_line(const RuledDataset& dataset, ArchivedTableContents contents) {
  ArchiveLine::Table line;
  for (const auto& [run, records] : contents.runs) {
    const auto day = day_of_run(run);
    if (!day) continue;
    line.oldest = std::min(line.oldest.value_or(*day), *day);
    line.newest = std::max(line.newest.value_or(*day), *day);
  }
  line.is_mapped = std::ranges::count(dataset.tables, contents.table, [](const RuledTable& table) { return table.rules.table; }) > 0;
  line.contents = std::move(contents);
  return line;
}

bool is_wanted(const RuledDataset& dataset, const std::string& table, const Selection& selection) {
  if (selection.tables.empty()) return true;
  return std::ranges::any_of(selection.tables, [&](const std::string& name) {
    return name == table || name == dataset.config.name + "." + table;
  });
}

bool says_something(const ArchivedTableContents& table) {
  return table.records + table.pending + table.restoring + table.without_bookkeeping + table.without_record > 0 ||
         !table.unreadable.empty();
}

void fill(ArchiveLine& line, const RuledDataset& dataset, const ArchiveTarget& target, const Selection& selection) {
  const auto rights = rights_of(target.folder);
  line.mode = rights.mode;
  line.owner = rights.owner;
  auto found = archive_contents(dataset, target, Contents::counted);
  line.bytes = bytes_of(found.files);
  for (auto& table : found.tables) {
    if (says_something(table) && is_wanted(dataset, table.table, selection))
      line.tables.push_back(table_line(dataset, std::move(table)));
  }
}

}  // namespace

ArchiveListing list_archive(const Project& project, const Selection& selection) {
  ArchiveListing listing;
  const auto state = State::open_for_reading(project.config.state);
  for (const auto& dataset : project.datasets) {
    const auto target = archive_to_read(project.config, dataset, state ? &*state : nullptr);
    if (!target || !is_selected(selection, dataset)) continue;
    ArchiveLine line{dataset.config.policy, dataset.config.name, target->folder, {}, {}, 0, {}, {}};
    try {
      fill(line, dataset, *target, selection);
    } catch (const Error& error) {
      line.failure = error.diagnostic().message;
    }
    if (!line.tables.empty() || !line.failure.empty()) listing.archives.push_back(std::move(line));
  }
  listing.unclaimed = unclaimed_archives(project.config);
  return listing;
}

}  // namespace oubli
