#include "proposal/dataset_draft.hpp"

#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oubli::proposal {

namespace {

/// One that is told apart by persons' names or addresses stands for itself.
bool names_persons(const TableDraft& draft) {
  return std::ranges::any_of(draft.categories, [](const auto& entry) {
    const auto& likeness = entry.second.likeness;
    return likeness && (likeness->kind == PersonalKind::email || likeness->kind == PersonalKind::person_name ||
                        likeness->kind == PersonalKind::nir);
  });
}

bool is_always_there(const SurveyedTable& table, const GuessedRelation& relation) {
  return std::ranges::all_of(relation.on, [&](const auto& pair) {
    const auto* const column = table.find(pair.first);
    return column != nullptr && column->empty == 0;
  });
}

}  // namespace

DatasetDraft::DatasetDraft(const LookedAtDataset& dataset, Day today)
    : m_is_database(dataset.kind == DatasetKind::sqlite) {
  auto relations = relations_of(dataset.survey, m_is_database);
  for (const auto& table : dataset.survey.tables) {
    m_tables.push_back(draft_of(table, relations.of[table.name], today));
    auto& gaps = m_tables.back().gaps;
    const auto& more = relations.gaps[table.name];
    gaps.insert(gaps.end(), more.begin(), more.end());
  }
  find_concerned();
  find_followers();
  find_subjects();
}

const TableDraft* DatasetDraft::find(const std::string& table) const {
  const auto found =
      std::ranges::find_if(m_tables, [&](const TableDraft& draft) { return draft.table->name == table; });
  return found == m_tables.end() ? nullptr : &*found;
}

/// A database's own foreign keys may point to columns that are no key of their table.
bool DatasetDraft::tells_a_row(const GuessedRelation& relation) const {
  const auto* const parent = find(relation.parent);
  if (parent == nullptr || !m_is_database) return parent != nullptr;
  const auto is_pointed_to = [&](const std::string& column) {
    return std::ranges::any_of(relation.on, [&](const auto& pair) { return pair.second == column; });
  };
  return std::ranges::any_of(parent->table->unique,
                             [&](const auto& set) { return std::ranges::all_of(set, is_pointed_to); });
}

void DatasetDraft::find_concerned() {
  for (const auto& draft : m_tables) {
    if (draft.is_personal || draft.purpose) m_concerned.insert(draft.table->name);
  }
  // Who points to a person is about that person.
  for (std::size_t before = 0; before != m_concerned.size();) {
    before = m_concerned.size();
    for (const auto& draft : m_tables) {
      const auto leads_there = [&](const GuessedRelation& relation) { return m_concerned.contains(relation.parent); };
      if (std::ranges::any_of(draft.relations, leads_there)) m_concerned.insert(draft.table->name);
    }
  }
}

const GuessedRelation* DatasetDraft::parent_it_needs(const TableDraft& table) const {
  if (table.purpose && table.purpose->gap.empty()) return nullptr;
  if (names_persons(table)) return nullptr;
  const GuessedRelation* only = nullptr;
  for (const auto& relation : table.relations) {
    if (!m_concerned.contains(relation.parent)) continue;
    if (only != nullptr) return nullptr;
    only = &relation;
  }
  const bool is_fit = only != nullptr && tells_a_row(*only) && is_always_there(*table.table, *only);
  return is_fit && !leads_to(only->parent, table.table->name) ? only : nullptr;
}

bool DatasetDraft::leads_to(const std::string& from, const std::string& to) const {
  if (from == to) return true;
  const auto next = m_follows.find(from);
  return next != m_follows.end() && leads_to(next->second.parent, to);
}

void DatasetDraft::find_followers() {
  for (const auto& draft : m_tables) {
    if (const auto* const relation = parent_it_needs(draft)) m_follows.emplace(draft.table->name, *relation);
  }
}

const GuessedRelation* DatasetDraft::follows(const std::string& table) const {
  const auto found = m_follows.find(table);
  return found == m_follows.end() ? nullptr : &found->second;
}

const TableDraft& DatasetDraft::root_of(const TableDraft& table) const {
  const auto* at = &table;
  while (const auto* const relation = follows(at->table->name)) at = find(relation->parent);
  return *at;
}

const GuessedRelation* DatasetDraft::way_to_a_subject(const TableDraft& table) const {
  const auto found = std::ranges::find_if(table.relations, [&](const GuessedRelation& relation) {
    return m_subjects.contains(relation.parent) && tells_a_row(relation) && relation.parent != table.table->name;
  });
  return found == table.relations.end() ? nullptr : &*found;
}

void DatasetDraft::find_subjects() {
  for (const auto& draft : m_tables) {
    const auto& name = draft.table->name;
    if (const auto* const email = subject_column(draft)) {
      m_subjects.emplace(name, Guess<GuessedSubject>{{*email, {}}, "its e-mail address"});
    } else if (is_of_persons(name) && draft.key && draft.key->value.size() == 1) {
      m_subjects.emplace(name,
                         Guess<GuessedSubject>{{draft.key->value.front(), {}}, "its key, for want of a better one"});
    }
  }
  for (std::size_t before = m_tables.size() + 1; before != m_subjects.size();) {
    before = m_subjects.size();
    for (const auto& draft : m_tables) {
      const auto& name = draft.table->name;
      const auto* const way = m_subjects.contains(name) ? nullptr : way_to_a_subject(draft);
      if (way != nullptr) m_subjects.emplace(name, Guess<GuessedSubject>{{{}, *way}, way->evidence});
    }
  }
}

std::optional<Guess<GuessedSubject>> DatasetDraft::subject_of(const std::string& table) const {
  const auto found = m_subjects.find(table);
  return found == m_subjects.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace oubli::proposal
