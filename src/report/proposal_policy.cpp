// The proposed policy: what a law or authority says is taken from a reference, what nobody can guess is left open.
#include "oubli/report/proposal_report.hpp"
#include "report/yaml_words.hpp"

#include <fmt/format.h>

#include <vector>

namespace oubli {

namespace {

using report::review_lines;
using report::review_mark;
using report::yaml_list;
using report::yaml_scalar;

constexpr auto k_head =
    "oubli: policy/1\n"
    "# Proposed by `oubli init`, and in force only once a person has approved it. Each `# review:` is a guess and\n"
    "# what it rests on: confirm or correct it, then delete the word. `oubli approve` refuses while one is left.\n\n";

std::string identity_text(const Proposal& proposal) {
  std::string text = fmt::format("policy: {{id: {}, version: 1, in_force_from: {}}}\n", yaml_scalar(proposal.policy_id),
                                 to_text(proposal.in_force_from));
  if (proposal.controller.empty()) {
    text += "controller: {name: Not named yet}" + review_mark("who decides what the data is processed for") + '\n';
  } else {
    text += fmt::format("controller: {{name: {}}}\n", yaml_scalar(proposal.controller));
  }
  text += "timezone: " + yaml_scalar(proposal.timezone.value);
  if (!proposal.timezone.evidence.empty()) text += review_mark(proposal.timezone.evidence);
  return text + "\n\n";
}

std::string subjects_text(const Proposal& proposal) {
  std::string text = "data_subjects:\n";
  for (const auto& [name, title] : proposal.data_subjects)
    text += fmt::format("  {}: {}{}\n", name, yaml_scalar(title), review_mark("by the names of tables"));
  return text + '\n';
}

std::string categories_text(const Proposal& proposal) {
  std::string text = "data_categories:\n";
  for (const auto& [name, title] : proposal.data_categories)
    text += fmt::format("  {}: {{title: {}}}\n", name, yaml_scalar(title));
  return text + '\n';
}

std::string data_text(const ProposedPurpose& purpose) {
  std::string text = "    data:\n";
  for (const auto& [subject, categories] : purpose.data) {
    text += fmt::format("      {}: {}\n", subject, yaml_list({categories.begin(), categories.end()}, 8));
  }
  return text;
}

std::string taken_text(const ProposedPurpose& purpose) {
  return fmt::format("  {}:\n    use: {}{}\n{}", purpose.name, purpose.use, review_mark("of " + purpose.evidence),
                     data_text(purpose));
}

std::string undecided_text(const ProposedPurpose& purpose) {
  std::string text = fmt::format("  {}:\n", purpose.name);
  const std::string of =
      purpose.evidence.empty() ? "" : "what it is kept for, and how long: " + purpose.evidence + "; ";
  text += review_lines(of + "make a purpose of each, or take one by `use:`. Until then it is kept and reported.", 4);
  text += "    title: Not decided yet\n";
  text += "    legal_basis: legitimate_interests" + review_mark("which of the six of GDPR, art. 6(1)") + '\n';
  text += data_text(purpose);
  return text + "    no_period: {because: nobody has decided on a period yet}\n";
}

}  // namespace

std::string policy_text(const Proposal& proposal) {
  std::string text = k_head + identity_text(proposal) + subjects_text(proposal) + categories_text(proposal);
  text += "purposes:\n";
  for (const auto& purpose : proposal.purposes) {
    text += purpose.use.empty() ? undecided_text(purpose) : taken_text(purpose);
  }
  return text;
}

}  // namespace oubli
