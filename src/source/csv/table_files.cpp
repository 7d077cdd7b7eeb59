#include "source/csv/table_files.hpp"

#include <algorithm>
#include <fnmatch.h>
#include <system_error>
#include <tuple>

namespace oubli::csv {

namespace {

// Only the last component is a pattern: a folder may well have brackets in its name. A leading dot
// must be written out, which keeps our own temporary files away.
std::vector<std::string> matching_names(const std::filesystem::path& folder, const std::string& pattern) {
  std::vector<std::string> names;
  std::error_code failure;
  auto entry = std::filesystem::directory_iterator(folder, failure);
  while (!failure && entry != std::filesystem::directory_iterator()) {
    const std::string name = entry->path().filename().string();
    if (::fnmatch(pattern.c_str(), name.c_str(), FNM_PERIOD) == 0) names.push_back(name);
    entry.increment(failure);
  }
  if (failure) throw FileFault("folder " + folder.string() + " could not be read: " + failure.message());
  std::sort(names.begin(), names.end());
  return names;
}

TableFile look_at(const Folder& folder, const std::string& name) {
  const Descriptor file = folder.open_file(name);
  return {name, identity(status_of(file, name))};
}

// By name where times are equal, so that two passes spare the same one.
void spare_newest(CsvTable& table) {
  if (table.files.empty()) return;
  const auto newest =
      std::max_element(table.files.begin(), table.files.end(), [](const TableFile& a, const TableFile& b) {
        return std::tie(a.identity.changed_ns, a.name) < std::tie(b.identity.changed_ns, b.name);
      });
  table.spared.push_back(*newest);
  table.files.erase(newest);
}

void require_same(const FileIdentity& now, const TableFile& file) {
  if (now == file.identity) return;
  throw FileFault(file.name + " was changed by another program in the meantime", "run again when nothing writes to it");
}

}  // namespace

CsvTable find_files(const std::string& dataset, const TableConfig& config) {
  const CsvFiles& wanted = *config.files;
  const std::string pattern = wanted.glob.filename().string();
  CsvTable table{dataset, config, Folder(wanted.glob.parent_path()), pattern.find_first_of("*?[") != std::string::npos,
                 {},      {}};
  for (const auto& name : matching_names(table.folder.path(), pattern)) {
    table.files.push_back(look_at(table.folder, name));
  }
  if (table.files.empty() && !wanted.may_be_empty) {
    throw FileFault("no file matches " + wanted.glob.string(), "correct the path, or say `may_be_empty: true`");
  }
  if (wanted.leave_newest) spare_newest(table);
  return table;
}

std::vector<std::string> all_files(const CsvTable& table) {
  std::vector<std::string> names;
  for (const auto& file : table.spared) names.push_back(file.name);
  for (const auto& file : table.files) names.push_back(file.name);
  return names;
}

void require_same_files(const CsvTable& table) {
  for (const auto* files : {&table.files, &table.spared}) {
    for (const auto& file : *files) require_unchanged(table.folder, file);
  }
  const auto known = table.files.size() + table.spared.size();
  const auto now = matching_names(table.folder.path(), table.config.files->glob.filename().string());
  if (now.size() == known) return;
  throw FileFault("files of " + table.config.name + " came or went in the meantime", "run again when nothing writes them");
}

TableFile present_file(const Folder& folder, const std::string& name) { return {name, identity(folder.status(name))}; }

void require_unchanged(const Folder& folder, const TableFile& file) {
  require_same(identity(folder.status(file.name)), file);
}

void require_unchanged(const Descriptor& descriptor, const TableFile& file) {
  require_same(identity(status_of(descriptor, file.name)), file);
}

}  // namespace oubli::csv
