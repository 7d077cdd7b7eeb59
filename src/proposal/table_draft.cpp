#include "proposal/table_draft.hpp"

#include "proposal/evidence.hpp"
#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oubli::proposal {

namespace {

bool is_address(const SurveyedColumn& column, Day today) {
  const auto guess = category_of(column, {}, today);
  return guess && guess->likeness && guess->likeness->kind == PersonalKind::postal_address;
}

ColumnContext context_of(const SurveyedTable& table, Day today) {
  const auto is_it = [&](const SurveyedColumn& column) { return is_address(column, today); };
  return {is_of_persons(table.name), std::ranges::any_of(table.columns, is_it)};
}

/// "points to customers", "the table's primary key"; empty where the column is neither.
std::string role_of(const TableDraft& draft, const std::string& column) {
  for (const auto& relation : draft.relations) {
    const auto is_it = [&](const auto& pair) { return pair.first == column; };
    if (std::ranges::any_of(relation.on, is_it)) return "points to " + relation.parent;
  }
  const bool is_key = draft.key && std::ranges::find(draft.key->value, column) != draft.key->value.end();
  return is_key ? "key" : "";
}

class Drafting {
 public:
  Drafting(const SurveyedTable& table, std::vector<GuessedRelation> relations, Day today)
      : m_table(table), m_today(today), m_context(context_of(table, today)) {
    m_draft.table = &table;
    m_draft.relations = std::move(relations);
    m_draft.key = key_of(table);
  }

  TableDraft run() {
    note_what_cannot_be_read();
    for (const auto& column : m_table.columns) look_at(column);
    m_draft.purpose = purpose_of(m_table, m_draft.days);
    return std::move(m_draft);
  }

 private:
  void note_what_cannot_be_read() {
    if (m_table.unreadable > 0) {
      m_draft.gaps.push_back(fmt::format("{} can't be read: other fields than the header has, or another encoding",
                                         share_of_records(m_table.unreadable, m_table.records)));
    }
    if (!m_table.nameless.empty()) {
      m_draft.gaps.push_back("some columns have no name, or that of another one: they can't be looked at");
    }
  }

  void look_at(const SurveyedColumn& column) {
    auto guess = category_of(column, m_context, m_today);
    const auto day = day_column(column, m_today);
    // What values prove goes before a column's part in keys, and that before what its name suggests.
    if (guess && guess->likeness && guess->likeness->by_content()) return take(column, std::move(*guess));
    if (auto role = role_of(m_draft, column.name); !role.empty()) return take_technical(column, std::move(role));
    const bool is_birth = guess && guess->likeness && guess->likeness->kind == PersonalKind::date_of_birth;
    if (day && !is_birth) return take_day(column, *day);
    if (guess) return take(column, std::move(*guess));
    m_draft.undecided.push_back(column.name);
  }

  void take(const SurveyedColumn& column, ColumnGuess guess) {
    m_draft.is_personal = m_draft.is_personal || guess.is_personal;
    m_draft.categories.emplace(column.name, std::move(guess));
  }

  void take_technical(const SurveyedColumn& column, std::string evidence) {
    m_draft.categories.emplace(column.name, ColumnGuess{k_technical, std::move(evidence), false, {}});
  }

  void take_day(const SurveyedColumn& column, const DayColumn& day) {
    take_technical(column, day.format.empty() ? "a day" : day.format);
    if (day.format.empty()) {
      m_draft.gaps.push_back(fmt::format("{}: {}, so no event goes by it", column.name, day.evidence));
    } else if (is_nameable(column.name)) {
      m_draft.days.emplace(column.name, day);
    }
  }

  const SurveyedTable& m_table;
  Day m_today;
  ColumnContext m_context;
  TableDraft m_draft;
};

}  // namespace

TableDraft draft_of(const SurveyedTable& table, std::vector<GuessedRelation> relations, Day today) {
  return Drafting(table, std::move(relations), today).run();
}

const std::string* subject_column(const TableDraft& draft) {
  const auto is_email = [](const auto& entry) {
    const auto& likeness = entry.second.likeness;
    return likeness && likeness->kind == PersonalKind::email && is_nameable(entry.first);
  };
  const auto found = std::ranges::find_if(draft.categories, is_email);
  return found == draft.categories.end() ? nullptr : &found->first;
}

}  // namespace oubli::proposal
