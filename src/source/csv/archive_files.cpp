#include "source/csv/archive_files.hpp"

#include "source/csv/bookkeeping.hpp"
#include "source/csv/table_scan.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace oubli::csv {

namespace {

constexpr std::string_view k_records_suffix = ".csv";
constexpr std::string_view k_meta_suffix = ".meta.csv";
constexpr std::string_view k_pending_suffix = ".pending";
constexpr std::string_view k_temporary_suffix = ".tmp";
constexpr std::string_view k_next_suffix = ".next";
constexpr std::string_view k_rewriting_suffix = ".rewriting";
constexpr std::string_view k_restoring_suffix = ".restoring";
constexpr const char* k_marker = "oubli_archive";
constexpr std::string_view k_marker_format = "oubli-archive/1\n";

std::string temporary_name(const std::string& name) { return name + std::string(k_temporary_suffix); }

std::string next_name(const std::string& name) { return name + std::string(k_next_suffix); }

ArchiveNames names_from_stem(const std::string& stem) {
  return {stem + std::string(k_records_suffix), stem + std::string(k_meta_suffix),
          stem + std::string(k_meta_suffix) + std::string(k_pending_suffix), stem + std::string(k_rewriting_suffix),
          stem + std::string(k_restoring_suffix)};
}

std::string stem_of(const std::string& name, std::string_view suffix) {
  return name.substr(0, name.size() - suffix.size());
}

std::filesystem::path table_folder(const ArchiveTarget& target, const std::string& dataset, const std::string& table) {
  const std::string name = dataset + '.' + table;
  if (name.find('/') != std::string::npos) throw FileFault("a name with a slash can't name an archive folder");
  return target.folder / name;
}

std::string read_whole(const Folder& folder, const std::string& name) {
  const Descriptor file = folder.open_file(name);
  std::array<char, 4096> bytes{};
  return {bytes.data(), read_at(file, bytes.data(), bytes.size(), 0, name)};
}

void publish_file(const Folder& folder, const std::string& name) {
  if (folder.has(name)) throw FileFault("the archive has a file " + name + " already");
  folder.rename(temporary_name(name), name);
}

/// Bookkeeping that has no line any more: what is left of a pair is removed.
void remove_if_empty(const Folder& folder, const ArchiveNames& names) {
  if (!folder.has(names.meta)) return;
  FileScan lines(folder, present_file(folder, names.meta), CsvDialect(), ColumnChoice());
  if (ScannedRecord line; lines.next(line)) return;
  folder.remove(names.records);
  folder.remove(names.meta);
  folder.flush();
}

// Each name takes its place at most once, however often this is cut off.
void finish_rewrite(const Folder& folder, const ArchiveNames& names) {
  for (const auto& name : {names.records, names.meta, names.pending}) {
    if (folder.has(next_name(name))) folder.rename(next_name(name), name);
  }
  folder.flush();
  remove_if_empty(folder, names);
  folder.remove(names.rewriting);
  folder.flush();
}

void require_digest(const Folder& folder, const std::string& name, const Digest& expected) {
  if (digest_of_file(folder, name) != expected)
    throw FileFault("archive file " + name + " doesn't read back as written");
}

}  // namespace

ArchiveFolder::ArchiveFolder(const ArchiveTarget& target, const std::string& dataset, const std::string& table)
    : m_target(target), m_path(table_folder(target, dataset, table)) {
  if (target.folder.empty() || !std::filesystem::exists(m_path)) return;
  m_folder.emplace(m_path);
  require_own_state();
}

void ArchiveFolder::require_own_state() const {
  const bool is_ours = !m_folder->has(k_marker) ||
                       read_whole(*m_folder, k_marker) == std::string(k_marker_format) + m_target.state_id + '\n';
  if (!is_ours) {
    throw FileFault("archive folder " + m_path.string() + " belongs to another state file",
                    "restore the state it was written with, or name another archive_dir");
  }
}

const Folder& ArchiveFolder::make() {
  if (m_target.folder.empty()) throw FileFault("there is no archive to move records to");
  if (!m_folder) {
    if (::mkdir(m_path.c_str(), S_IRWXU) != 0 && errno != EEXIST) throw_system_fault(m_path.string(), "made");
    m_folder.emplace(m_path);
    Folder(m_target.folder).flush();
  }
  if (!m_folder->has(k_marker)) {
    FileWriter marker(*m_folder, temporary_name(k_marker));
    marker.write(std::string(k_marker_format) + m_target.state_id + '\n');
    static_cast<void>(marker.finish());
    publish_file(*m_folder, k_marker);
    m_folder->flush();
  }
  return *m_folder;
}

ArchiveNames ArchiveFolder::free_names(const std::string& source) const {
  const std::string stem = source + '.' + m_target.run;
  ArchiveNames names = names_from_stem(stem);
  for (int number = 2; m_folder->has(names.records) || m_folder->has(names.meta) || m_folder->has(names.pending);
       ++number) {
    names = names_from_stem(stem + '-' + std::to_string(number));
  }
  return names;
}

std::vector<std::string> ArchiveFolder::names() const {
  std::vector<std::string> names;
  if (!m_folder) return names;
  for (const auto& entry : std::filesystem::directory_iterator(m_path)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

ArchivedPair ArchiveFolder::present(const ArchiveNames& names) const {
  const bool is_decided = m_folder->has(names.rewriting);
  const auto counting = [&](const std::string& name) {
    return is_decided && m_folder->has(next_name(name)) ? next_name(name) : name;
  };
  return {names, counting(names.records), counting(names.meta)};
}

std::vector<ArchivedPair> ArchiveFolder::copies() const {
  std::vector<ArchivedPair> pairs;
  for (const auto& name : names()) {
    if (!name.ends_with(k_records_suffix) || name.ends_with(k_meta_suffix)) continue;
    pairs.push_back(present(names_from_stem(stem_of(name, k_records_suffix))));
  }
  return pairs;
}

std::vector<ArchivedPair> ArchiveFolder::settled() const {
  std::vector<ArchivedPair> pairs = copies();
  std::erase_if(pairs, [&](const ArchivedPair& pair) { return m_folder->has(pair.names.pending); });
  return pairs;
}

std::vector<ArchiveNames> ArchiveFolder::with_suffix(const std::string& suffix) const {
  std::vector<ArchiveNames> found;
  for (const auto& name : names()) {
    if (name.ends_with(suffix)) found.push_back(names_from_stem(stem_of(name, suffix)));
  }
  return found;
}

std::vector<ArchiveNames> ArchiveFolder::pending() const {
  return with_suffix(std::string(k_meta_suffix) + std::string(k_pending_suffix));
}

std::vector<ArchiveNames> ArchiveFolder::restoring() const { return with_suffix(std::string(k_restoring_suffix)); }

void ArchiveFolder::tidy_up() const {
  for (const auto& name : names()) {
    if (name.ends_with(k_rewriting_suffix))
      finish_rewrite(*m_folder, names_from_stem(stem_of(name, k_rewriting_suffix)));
  }
  for (const auto& name : names()) {
    if (name.ends_with(k_temporary_suffix) || name.ends_with(k_next_suffix)) m_folder->remove(name);
  }
}

ArchiveWriter::ArchiveWriter(const Folder& folder, ArchiveNames names, std::string_view head)
    : m_folder(folder),
      m_names(std::move(names)),
      m_records(folder, temporary_name(m_names.records)),
      m_meta(folder, temporary_name(m_names.pending)) {
  m_records.write(head);
  m_meta.write(k_bookkeeping_header);
  m_meta.write("\r\n");
}

void ArchiveWriter::add(std::string_view record, std::string_view bookkeeping_line) {
  m_records.write(record);
  m_meta.write(bookkeeping_line);
}

// The bookkeeping first: records without it would count as settled.
void ArchiveWriter::publish() {
  const Digest records = m_records.finish();
  const Digest meta = m_meta.finish();
  publish_file(m_folder, m_names.pending);
  m_folder.flush();
  publish_file(m_folder, m_names.records);
  m_folder.flush();
  require_digest(m_folder, m_names.pending, meta);
  require_digest(m_folder, m_names.records, records);
}

void ArchiveWriter::confirm() const { csv::confirm(m_folder, m_names); }

void ArchiveWriter::withdraw() const { csv::withdraw(m_folder, m_names); }

PairRewrite::PairRewrite(const Folder& folder, ArchiveNames names, std::string meta, std::string_view records_head,
                         std::string_view meta_head)
    : m_folder(folder),
      m_names(std::move(names)),
      m_meta_name(std::move(meta)),
      m_records(folder, next_name(m_names.records)),
      m_meta(folder, next_name(m_meta_name)) {
  m_records.write(records_head);
  m_meta.write(meta_head);
}

void PairRewrite::keep(std::string_view record, std::string_view bookkeeping_line) {
  m_records.write(record);
  m_meta.write(bookkeeping_line);
}

void PairRewrite::finish() {
  const Digest records = m_records.finish();
  const Digest meta = m_meta.finish();
  m_folder.flush();
  require_digest(m_folder, next_name(m_names.records), records);
  require_digest(m_folder, next_name(m_meta_name), meta);
}

void PairRewrite::put_in_place() const {
  FileWriter decision(m_folder, m_names.rewriting);
  static_cast<void>(decision.finish());
  m_folder.flush();
  finish_rewrite(m_folder, m_names);
}

void confirm(const Folder& folder, const ArchiveNames& names) {
  folder.rename(names.pending, names.meta);
  folder.flush();
}

// The records first: bookkeeping alone is harmless, records alone would count as settled.
void withdraw(const Folder& folder, const ArchiveNames& names) {
  folder.remove(names.records);
  folder.flush();
  folder.remove(names.pending);
  folder.flush();
}

}  // namespace oubli::csv
