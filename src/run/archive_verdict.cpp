#include "oubli/archive/folder.hpp"
#include "oubli/run/archive.hpp"
#include "oubli/source/archive_contents.hpp"
#include "oubli/state/state.hpp"
#include "run/archive_target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

namespace oubli {

namespace {

const char* const k_from_backup = "put the archive back from a backup of before, or see who wrote to it";

class Verifier {
 public:
  explicit Verifier(ArchiveVerdict& verdict) : m_verdict(verdict) {}

  void verify(const RuledDataset& dataset, const ArchiveTarget& target) {
    const auto found = archive_contents(dataset, target, Contents::checked);
    for (const auto& table : found.tables) judge(dataset.config.name + "." + table.table, table);
    for (const auto& [table, known] : target.known) require_all(dataset, found, table, known.at_least);
  }

  /// Of the folder and everything in it.
  void look_at_rights(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(std::filesystem::symlink_status(folder))) return;
    look_at_rights_of(folder);
    if (!std::filesystem::is_directory(std::filesystem::symlink_status(folder))) return;
    std::set<std::filesystem::path> inside;
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, unreadable)) inside.insert(entry.path());
    for (const auto& path : inside) look_at_rights_of(path);
  }

  /// Why an archive couldn't be looked at, unless that was said of its rights.
  void failed(const RuledDataset& dataset, const ArchiveTarget& target, const Error& error) {
    const std::string begin = (target.folder / dataset.config.name).string();
    const bool is_said = std::ranges::any_of(
        m_verdict.findings, [&](const Diagnostic& finding) { return finding.message.starts_with(begin); });
    if (!is_said) m_verdict.failures.push_back(error.diagnostic());
  }

 private:
  void look_at_rights_of(const std::filesystem::path& path) {
    ++m_verdict.files;
    if (auto fault = rights_fault(path)) m_verdict.findings.push_back(std::move(*fault));
  }

  void judge(const std::string& name, const ArchivedTableContents& table) {
    m_verdict.records += table.records;
    finding("archive-changed", table.changed, name, "isn't what it was when it was archived",
            "aren't what they were when they were archived", k_from_backup);
    finding("archive-orphan", table.without_bookkeeping, name, "has no bookkeeping", "have no bookkeeping", k_from_backup);
    finding("archive-orphan", table.without_record, name, "is in the bookkeeping and isn't there",
            "are in the bookkeeping and aren't there", k_from_backup);
    finding("archive-pending", table.pending, name, "may still be in the source", "may still be in the source",
            "a run was interrupted: the next `oubli enforce` settles it");
    finding("archive-pending", table.restoring, name, "was on its way back to the source",
            "were on their way back to the source", "a restore was interrupted: the next `oubli enforce` settles it");
    for (const auto& words : table.unreadable) add("archive-changed", name + ": " + words, k_from_backup);
  }

  void require_all(const RuledDataset& dataset, const ArchiveContents& found, const std::string& table,
                   std::int64_t known) {
    const auto its = std::ranges::find(found.tables, table, &ArchivedTableContents::table);
    const auto there = its == found.tables.end() ? 0 : its->records + its->pending;
    if (there >= known) return;
    add("archive-lost", fmt::format("{}.{}: {} of at least {} records are there", dataset.config.name, table, there, known),
        "put the archive back, or mount its disk");
  }

  void finding(const char* code, std::int64_t records, const std::string& name, const char* one, const char* several,
               const char* hint) {
    if (records == 0) return;
    add(code, fmt::format("{}: {} record{} {}", name, records, records == 1 ? "" : "s", records == 1 ? one : several), hint);
  }

  void add(const char* code, std::string message, const char* hint) {
    m_verdict.findings.push_back({Severity::finding, code, {}, std::move(message), hint, {}});
  }

  ArchiveVerdict& m_verdict;
};

}  // namespace

ArchiveVerdict verify_archive(const Project& project, const Selection& selection) {
  ArchiveVerdict verdict;
  Verifier verifier(verdict);
  const auto state = State::open_for_reading(project.config.state);
  verifier.look_at_rights(project.config.archive_dir);
  for (const auto& dataset : project.datasets) {
    const auto target = archive_to_read(project.config, dataset, state ? &*state : nullptr);
    if (!target || !is_selected(selection, dataset)) continue;
    try {
      verifier.verify(dataset, *target);
    } catch (const Error& error) {
      verifier.failed(dataset, *target, error);
    }
  }
  return verdict;
}

}  // namespace oubli
