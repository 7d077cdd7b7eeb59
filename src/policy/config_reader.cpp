/// The top level of a config (I2). Datasets, tables, events and files have files of their own.
#include "oubli/model/digest.hpp"
#include "policy/config_readers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

/// What relative paths of the config start from.
std::filesystem::path folder_of(const Config& config) {
  return std::filesystem::absolute(config.file).lexically_normal().parent_path();
}

constexpr auto k_format = "config/1";
constexpr std::int64_t k_most_records = 1'000'000'000'000;

bool is_config(const Field& format) {
  const auto text = format.text();
  if (!text || *text == k_format) return true;
  format.error(
      "unknown-value", fmt::format("'{}' is not the format of a config", *text),
      *text == "policy/1" ? "this is a policy: name it under 'policies' of a config" : "write 'oubli: config/1'");
  return false;
}

void read_policies(const Field& list, Config& config) {
  if (!list) return;
  for (const auto& item : list.items()) {
    const auto path = read_path(item, folder_of(config));
    if (!path) continue;
    if (std::find(config.policies.begin(), config.policies.end(), *path) != config.policies.end()) {
      item.error("duplicate", "this policy is named twice", "name it once");
    }
    config.policies.push_back(*path);
    config.policy_locations.push_back(item.where());
  }
  if (list.is_list() && list.node()->items.empty()) {
    list.error("missing-key", "no policy is named", "name at least one policy file");
  }
}

void read_limits(const Field& field, Limits& limits) {
  Fields block = field.fields();
  limits.max_share = block.optional("max_share").share().value_or(limits.max_share);
  limits.max_records = block.optional("max_records").integer(1, k_most_records).value_or(limits.max_records);
}

void read_datasets(const Field& field, Config& config) {
  for (const auto& entry : field.entries()) {
    config.datasets.push_back(read_dataset(entry, folder_of(config)));
  }
  if (field.is_mapping() && config.datasets.empty()) {
    field.error("missing-key", "no dataset is named", "name at least one dataset");
  }
}

/// `archive/` and `archive` are the same folder.
std::filesystem::path without_last_slash(const std::filesystem::path& folder) {
  return folder.has_filename() ? folder : folder.parent_path();
}

void read_top(Fields& top, Config& config) {
  const auto folder = folder_of(config);
  read_policies(top.required("policies"), config);
  config.state = read_path(top.optional("state"), folder).value_or(folder / "state.db");
  config.archive_dir = without_last_slash(read_path(top.optional("archive_dir"), folder).value_or(folder / "archive"));
  read_limits(top.optional("limits"), config.limits);
  read_datasets(top.required("datasets"), config);
}

void read_file(const Field& root, Config& config) {
  Fields top = root.fields();
  if (!is_config(top.required("oubli"))) return top.ignore_rest();
  read_top(top, config);
}

}  // namespace

std::optional<std::filesystem::path> read_path(const Field& field, const std::filesystem::path& folder) {
  const auto text = field.text();
  if (!text) return std::nullopt;
  if (!text->empty()) return (folder / *text).lexically_normal();
  field.error("wrong-type", fmt::format("'{}' is an empty path", field.name()), "write a path relative to this file");
  return std::nullopt;
}

Checked<Config> read_config(std::string text, const std::filesystem::path& file) {
  const Document document = read_document(std::move(text), file);
  ReaderFindings findings(document);
  Config config;
  config.file = file;
  config.text = document.text;
  config.digest = sha256_text(document.text);
  read_file(Field::root(document, findings), config);
  if (findings.has_error()) return {std::nullopt, std::move(findings).take()};
  return {std::move(config), std::move(findings).take()};
}

}  // namespace oubli
