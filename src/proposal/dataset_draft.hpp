/// What the tables of a dataset say of each other: which are about persons, which share another's decisions,
/// and whose records they are.
#pragma once

#include "oubli/proposal/propose.hpp"
#include "proposal/table_draft.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace oubli::proposal {

class DatasetDraft {
 public:
  DatasetDraft(const LookedAtDataset& dataset, Day today);

  [[nodiscard]] const std::vector<TableDraft>& tables() const { return m_tables; }
  /// Whether the table holds personal data, or points to one that does.
  [[nodiscard]] bool is_concerned(const std::string& table) const { return m_concerned.contains(table); }
  /// The table it shares the decisions of: one that it can't do without.
  [[nodiscard]] const GuessedRelation* follows(const std::string& table) const;
  /// The table at the end of what it follows; itself where it follows none.
  [[nodiscard]] const TableDraft& root_of(const TableDraft& table) const;
  [[nodiscard]] std::optional<Guess<GuessedSubject>> subject_of(const std::string& table) const;

 private:
  [[nodiscard]] const TableDraft* find(const std::string& table) const;
  [[nodiscard]] bool tells_a_row(const GuessedRelation& relation) const;
  [[nodiscard]] bool leads_to(const std::string& from, const std::string& to) const;
  void find_concerned();
  void find_followers();
  void find_subjects();
  [[nodiscard]] const GuessedRelation* parent_it_needs(const TableDraft& table) const;
  [[nodiscard]] const GuessedRelation* way_to_a_subject(const TableDraft& table) const;

  bool m_is_database;
  std::vector<TableDraft> m_tables;
  std::set<std::string> m_concerned;
  std::map<std::string, GuessedRelation> m_follows;
  std::map<std::string, Guess<GuessedSubject>> m_subjects;
};

}  // namespace oubli::proposal
