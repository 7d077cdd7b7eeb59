#include "oubli/proposal/propose.hpp"

#include "proposal/dataset_draft.hpp"
#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

using namespace proposal;

std::string purpose_name(const TableDraft& table) {
  const bool has_one = table.purpose && table.purpose->gap.empty();
  return has_one ? table.purpose->purpose : std::string(k_undecided);
}

/// Each category with its columns, in the table's order.
std::vector<GuessedCategory> categories_in_order(const TableDraft& draft) {
  std::vector<GuessedCategory> categories;
  for (const auto& column : draft.table->columns) {
    const auto guess = draft.categories.find(column.name);
    const auto named = as_pattern(column.name);
    if (guess == draft.categories.end() || named.empty() || named == "*") continue;
    auto listed = std::ranges::find(categories, guess->second.category, &GuessedCategory::category);
    if (listed == categories.end()) listed = categories.insert(listed, {guess->second.category, {}});
    const bool is_there =
        std::ranges::find(listed->columns, named, &Guess<std::string>::value) != listed->columns.end();
    if (!is_there) listed->columns.push_back({named, guess->second.evidence});
  }
  std::ranges::stable_partition(categories, [](const auto& each) { return each.category != k_technical; });
  return categories;
}

/// Builds the proposal, dataset by dataset: what a table holds, its purpose processes.
class Proposing {
 public:
  explicit Proposing(const ProposalWishes& wishes) : m_today(wishes.today) {
    m_proposal.policy_id = wishes.policy_id;
    m_proposal.controller = wishes.controller;
    m_proposal.timezone = wishes.timezone;
    m_proposal.in_force_from = wishes.today;
  }

  void add(const LookedAtDataset& looked_at) {
    const DatasetDraft draft(looked_at, m_today);
    ProposedDataset dataset{looked_at.name, looked_at.kind, looked_at.path, {}, {}, looked_at.left_out};
    for (const auto& table : draft.tables()) add(looked_at, draft, table, dataset);
    m_proposal.datasets.push_back(std::move(dataset));
  }

  Proposal finish() && {
    // A policy has at least one purpose.
    if (m_proposal.purposes.empty()) {
      const auto subject = subject_of("");
      m_proposal.data_subjects.emplace(subject.name, subject.title);
      purpose_named(std::string(k_undecided)).data[subject.name];
    }
    for (auto& purpose : m_proposal.purposes) {
      for (auto& [subject, categories] : purpose.data) {
        if (categories.empty()) declare_category(categories, k_undescribed);
      }
    }
    return std::move(m_proposal);
  }

 private:
  void add(const LookedAtDataset& looked_at, const DatasetDraft& draft, const TableDraft& table,
           ProposedDataset& dataset) {
    const auto& name = table.table->name;
    const bool is_database = looked_at.kind == DatasetKind::sqlite;
    if (!is_nameable(name)) {
      dataset.left_out.push_back({name, "its name has characters that a config can't hold"});
    } else if (is_database && !draft.is_concerned(name) && table.table->records == 0) {
      dataset.left_out.push_back({name, "it is empty, and no name in it says what it is for"});
    } else if (is_database && !draft.is_concerned(name)) {
      dataset.free_tables.push_back({name, "no column looks or is called like personal data"});
    } else {
      dataset.tables.push_back(proposed(looked_at, draft, table));
      declare(looked_at.name, draft, table, dataset.tables.back());
    }
  }

  static ProposedTable proposed(const LookedAtDataset& looked_at, const DatasetDraft& draft, const TableDraft& table) {
    const auto& name = table.table->name;
    ProposedTable result{name, table.table->records, table.table->has_more};
    result.key = table.key;
    result.categories = categories_in_order(table);
    result.undecided_columns = table.undecided;
    result.gaps = table.gaps;
    if (const auto files = looked_at.files.find(name); files != looked_at.files.end()) result.files = files->second;
    if (const auto* const followed = draft.follows(name)) result.follows = *followed;
    if (!result.follows) set_purpose(draft, table, result);
    for (const auto& relation : table.relations) {
      const bool is_said = relation.is_declared || (result.follows && *result.follows == relation);
      if (!is_said) result.relations.push_back(relation);
    }
    return result;
  }

  static void set_purpose(const DatasetDraft& draft, const TableDraft& table, ProposedTable& result) {
    result.data_subject = draft.subject_of(result.name);
    const auto purpose = purpose_name(table);
    if (purpose == k_undecided) {
      result.purpose = {purpose, "nothing says what it is kept for"};
      if (table.purpose) {
        result.gaps.push_back(fmt::format("purpose {}/{}: {} suggests it, but {}", k_reference, table.purpose->purpose,
                                          table.purpose->evidence, table.purpose->gap));
      }
      return;
    }
    result.purpose = {purpose, table.purpose->evidence};
    const auto& day = table.days.at(table.purpose->column);
    result.events.push_back({table.purpose->event, table.purpose->column, day.format,
                             fmt::format("{}; {}", table.purpose->column_evidence, day.evidence)});
  }

  /// What the table holds, its root's purpose processes: a follower's data is kept for the same reason.
  void declare(const std::string& dataset, const DatasetDraft& draft, const TableDraft& table,
               const ProposedTable& result) {
    const auto& root = draft.root_of(table);
    auto& purpose = purpose_named(purpose_name(root));
    if (!purpose.evidence.empty()) purpose.evidence += ", ";
    purpose.evidence += dataset + "." + result.name;
    const auto subject = subject_of(root.table->name);
    m_proposal.data_subjects.emplace(subject.name, subject.title);
    auto& categories = purpose.data[subject.name];
    for (const auto& listed : result.categories) {
      if (listed.category != k_technical) declare_category(categories, listed.category);
    }
  }

  void declare_category(std::set<std::string>& categories, const std::string& category) {
    categories.insert(category);
    m_proposal.data_categories.emplace(category, category_title(category));
  }

  ProposedPurpose& purpose_named(const std::string& name) {
    auto found = std::ranges::find(m_proposal.purposes, name, &ProposedPurpose::name);
    if (found != m_proposal.purposes.end()) return *found;
    const bool is_taken = name != k_undecided;
    m_proposal.purposes.push_back({name, is_taken ? fmt::format("{}/{}", k_reference, name) : "", {}, ""});
    return m_proposal.purposes.back();
  }

  Day m_today;
  Proposal m_proposal;
};

}  // namespace

Proposal propose(const std::vector<LookedAtDataset>& datasets, const ProposalWishes& wishes) {
  Proposing proposing(wishes);
  for (const auto& dataset : datasets) proposing.add(dataset);
  return std::move(proposing).finish();
}

}  // namespace oubli
