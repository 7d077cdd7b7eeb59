#include "proposal/relations.hpp"

#include "proposal/evidence.hpp"
#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli::proposal {

namespace {

constexpr std::int64_t k_fewest_records = 2;  ///< of one record every column is a key

/// Words by which a column says that it identifies.
bool is_called_key(const std::string& column) {
  const auto words = singular_words(column);
  return std::ranges::any_of(words, [](const std::string& word) {
    return word == "id" || word == "key" || word == "uuid" || word == "guid" || word == "number" || word == "no" ||
           word == "num" || word == "numero" || word == "numéro" || word == "code" || word == "ref" ||
           word == "reference" || word == "identifiant" || word == "cle" || word == "clé" || word == "matricule";
  });
}

bool is_key_candidate(const SurveyedColumn& column) {
  const bool is_short = std::ranges::all_of(column.sample, [](const SampledValue& value) {
    return value.type == Value::Type::integer || (value.type == Value::Type::text && value.bytes.size() <= 64);
  });
  return column.never_repeats && is_short && is_nameable(column.name);
}

std::string unique_in_words(const SurveyedTable& table) {
  return fmt::format("no value twice in {}{}", table.has_more ? "the first " : "", counted_values(table.records));
}

bool are_nameable(const std::vector<std::string>& names) { return std::ranges::all_of(names, is_nameable); }

GuessedRelation declared(const Relation& key) {
  GuessedRelation relation{key.parent, {}, true, "a declared foreign key"};
  for (std::size_t i = 0; i < key.child_columns.size(); ++i)
    relation.on.emplace_back(key.child_columns[i], key.parent_columns[i]);
  return relation;
}

/// "customer" for customer_id, CustomerId, id_customer and the key of a table that is called like it.
std::vector<std::string> words_pointed_to(const std::string& column) {
  auto words = singular_words(column);
  const auto size = words.size();
  std::erase_if(words, [](const std::string& word) {
    return word == "id" || word == "no" || word == "num" || word == "number" || word == "numero" || word == "code" ||
           word == "ref" || word == "uuid" || word == "key" || word == "fk" || word.empty();
  });
  return words.size() == size ? std::vector<std::string>{} : words;
}

/// Whether the words are those the table's name ends with, a prefix such as `moz_` or `tbl_` left aside.
bool is_called(const SurveyedTable& table, const std::vector<std::string>& words) {
  const auto name = singular_words(table.name);
  return !words.empty() && words.size() <= name.size() && std::equal(words.rbegin(), words.rend(), name.rbegin());
}

/// The single column by which rows of a table may be pointed to.
const SurveyedColumn* target_of(const SurveyedTable& table, bool only_unique) {
  const auto is_kept_unique = [&](const SurveyedColumn& column) {
    return std::ranges::any_of(table.unique, [&](const auto& set) { return set == std::vector{column.name}; });
  };
  if (table.primary_key.size() == 1) return table.find(table.primary_key.front());
  const auto found = std::ranges::find_if(table.columns, [&](const SurveyedColumn& column) {
    return is_key_candidate(column) && is_called_key(column.name) && (!only_unique || is_kept_unique(column));
  });
  return found == table.columns.end() ? nullptr : &*found;
}

bool is_found_in(const SurveyedColumn& child, const SurveyedColumn& parent) {
  return std::ranges::all_of(child.sample, [&](const SampledValue& value) {
    return std::ranges::binary_search(parent.digests, digest_of(value.view()));
  });
}

/// Looks for what the columns of one dataset's tables point to.
class Search {
 public:
  Search(const SurveyedDataset& dataset, bool only_unique) : m_dataset(dataset), m_only_unique(only_unique) {}

  Relations run() {
    for (const auto& key : m_dataset.foreign_keys) {
      const bool is_sayable =
          are_nameable(key.child_columns) && are_nameable(key.parent_columns) && is_nameable(key.parent);
      if (is_sayable) m_found.of[key.child].push_back(declared(key));
    }
    for (const auto& table : m_dataset.tables) {
      for (const auto& column : table.columns) look_at(table, column);
    }
    return std::move(m_found);
  }

 private:
  void look_at(const SurveyedTable& table, const SurveyedColumn& column) {
    const auto words = words_pointed_to(column.name);
    if (words.empty() || !is_nameable(column.name) || column.sample.empty() || points_already(table, column)) return;
    for (const auto& parent : m_dataset.tables) {
      if (&parent == &table || !is_nameable(parent.name) || !is_called(parent, words)) continue;
      if (const auto* const target = target_of(parent, m_only_unique)) return hold(table, column, parent, *target);
    }
  }

  [[nodiscard]] bool points_already(const SurveyedTable& table, const SurveyedColumn& column) {
    const auto& known = m_found.of[table.name];
    return std::ranges::any_of(known, [&](const GuessedRelation& relation) {
      return std::ranges::any_of(relation.on, [&](const auto& pair) { return pair.first == column.name; });
    });
  }

  void hold(const SurveyedTable& table, const SurveyedColumn& column, const SurveyedTable& parent,
            const SurveyedColumn& target) {
    if (parent.has_more) {
      m_found.gaps[table.name].push_back(fmt::format(
          "{} is called like a reference to {}, which is too large to be held against it", column.name, parent.name));
    } else if (!is_found_in(column, target)) {
      m_found.gaps[table.name].push_back(fmt::format(
          "{} is called like a reference to {}, but some of its values aren't there", column.name, parent.name));
    } else {
      const auto size = static_cast<std::int64_t>(column.sample.size());
      m_found.of[table.name].push_back(
          {parent.name,
           {{column.name, target.name}},
           false,
           fmt::format("its name, and {} {} found there", share_in_words(size, size), size == 1 ? "is" : "are")});
    }
  }

  const SurveyedDataset& m_dataset;
  bool m_only_unique;
  Relations m_found;
};

}  // namespace

std::optional<Guess<std::vector<std::string>>> key_of(const SurveyedTable& table) {
  if (!table.primary_key.empty()) {
    if (!are_nameable(table.primary_key)) return std::nullopt;
    return Guess<std::vector<std::string>>{table.primary_key, "the table's primary key"};
  }
  if (table.records < k_fewest_records) return std::nullopt;
  for (const auto& column : table.columns) {
    if (!is_key_candidate(column) || !is_called_key(column.name)) continue;
    return Guess<std::vector<std::string>>{{column.name}, fmt::format("its name, and {}", unique_in_words(table))};
  }
  return std::nullopt;
}

Relations relations_of(const SurveyedDataset& dataset, bool only_unique) { return Search(dataset, only_unique).run(); }

}  // namespace oubli::proposal
