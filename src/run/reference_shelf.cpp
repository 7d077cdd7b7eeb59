#include "run/reference_shelf.hpp"

#include "run/project_texts.hpp"

#include <algorithm>
#include <system_error>

namespace oubli {

namespace {

constexpr const char* k_installed = OUBLI_REFERENCES;

std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code none_there;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none_there)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void add_folder(std::vector<FoundReference>& references, const std::filesystem::path& folder) {
  for (const auto& file : yaml_files(folder)) {
    const std::string id = file.stem().string();
    if (std::ranges::find(references, id, &FoundReference::id) != references.end()) continue;
    if (auto text = file_bytes(file)) references.push_back(found_reference(id, std::move(*text), file));
  }
}

Diagnostic other_name(const Reference& reference, const std::string& name) {
  Diagnostic diagnostic;
  diagnostic.code = "reference-name";
  diagnostic.where = {reference.file, 0, 0, 1};
  diagnostic.message = "the reference calls itself '" + reference.id + "', but its file '" + name + "'";
  diagnostic.hint = "give the file the name of the reference";
  return diagnostic;
}

}  // namespace

FoundReference found_reference(const std::string& name, std::string text, const std::filesystem::path& file) {
  FoundReference found{name, read_reference(std::move(text), file)};
  if (!found.read.value || found.read.value->id == name) return found;
  found.read.diagnostics.push_back(other_name(*found.read.value, name));
  found.read.value.reset();
  return found;
}

std::vector<FoundReference> references_for(const std::filesystem::path& policy_file) {
  std::vector<FoundReference> references;
  add_folder(references, policy_file.parent_path() / "reference");
  add_folder(references, k_installed);
  return references;
}

}  // namespace oubli
