#include "run/project_texts.hpp"

#include "run/reference_shelf.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace oubli {

namespace {

// A config named relative to the working folder gets its policies named so, too.
std::filesystem::path as_named(const std::filesystem::path& file, const std::filesystem::path& config_file) {
  return config_file.is_absolute() ? file : std::filesystem::proximate(file);
}

Diagnostic missing_policy(const std::filesystem::path& file, const SourceLocation& where) {
  Diagnostic missing;
  missing.code = "no-file";
  missing.where = where;
  missing.message = "the policy " + file.string() + " can't be read";
  missing.hint = "paths are relative to the config's folder";
  return missing;
}

const ApprovedText* find_config(const Approval& approval) {
  const auto found = std::ranges::find(approval.texts, "config", &ApprovedText::kind);
  return found == approval.texts.end() ? nullptr : &*found;
}

std::filesystem::path as_approved(const ApprovedText& text) { return text.name + " (as approved)"; }

std::vector<FoundReference> approved_references(const Approval& approval) {
  std::vector<FoundReference> references;
  for (const auto& text : approval.texts) {
    if (text.kind == "reference") references.push_back(found_reference(text.name, text.text, as_approved(text)));
  }
  return references;
}

std::vector<PolicyText> approved_policies(const Approval& approval) {
  std::vector<PolicyText> policies;
  for (const auto& text : approval.texts) {
    if (text.kind == "policy") policies.push_back({as_approved(text), text.text, approved_references(approval)});
  }
  return policies;
}

}  // namespace

// More than any config or policy may have, and less than an endless device gives.
constexpr std::size_t k_most_bytes = 5 * 1024 * 1024;

std::optional<std::string> file_bytes(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  // Piece by piece: a text takes the memory it has need of, and no more.
  std::string bytes;
  std::array<char, 16 * 1024> piece{};
  while (bytes.size() < k_most_bytes && (in.read(piece.data(), piece.size()) || in.gcount() > 0)) {
    bytes.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  }
  return in.bad() ? std::nullopt : std::optional(std::move(bytes));
}

std::vector<PolicyText> policies_on_disk(const Config& config, std::vector<Diagnostic>& diagnostics) {
  std::vector<PolicyText> policies;
  for (std::size_t i = 0; i < config.policies.size(); ++i) {
    const auto file = as_named(config.policies[i], config.file);
    if (auto text = file_bytes(config.policies[i])) {
      policies.push_back({file, std::move(*text), references_for(file)});
    } else {
      diagnostics.push_back(missing_policy(config.policies[i], config.policy_locations[i]));
    }
  }
  return policies;
}

Project approved_project(const Approval& approval, const std::filesystem::path& file) {
  const auto* config = find_config(approval);
  const auto policies = [&](const Config&, std::vector<Diagnostic>&) { return approved_policies(approval); };
  return make_project(file, config ? config->text : std::string{}, policies, Access::read);
}

}  // namespace oubli
