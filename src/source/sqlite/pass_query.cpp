#include "source/sqlite/pass_query.hpp"

#include "source/sqlite/identifiers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace oubli::sqlite {
namespace {

/// The table itself is t0, its parent t1, and so on up to the root.
struct Chain {
  std::string from;
  std::string root_alias = "t0";
  const TableFacts* root = nullptr;
};

std::string joined_parent(const Catalog& catalog, const Relation& relation, std::string_view child_alias,
                          std::string_view alias) {
  const TableFacts& parent = catalog.plain_table(relation.parent);
  const auto pointed_to = parent_identity(catalog, relation, child_alias);
  const auto identity = parent.identity_of(alias);
  std::string text = fmt::format(" LEFT JOIN {} AS {} ON ", main_table(parent.schema.name), alias);
  for (std::size_t i = 0; i < identity.size(); ++i)
    text += fmt::format("{}{} = {}", i == 0 ? "" : " AND ", identity[i], pointed_to[i]);
  return text;
}

/// The record a SubjectPath leads to, and where the way breaks off.
struct SubjectWay {
  std::string joins;
  std::string alias = "t0";
  std::string is_broken;  ///< some record points to one that isn't there
};

SubjectWay way_to_subject(const Catalog& catalog, const SubjectPath& path) {
  SubjectWay way;
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    const Relation& step = path.steps[i];
    const std::string alias = fmt::format("s{}", i + 1);
    way.joins += joined_parent(catalog, step, way.alias, alias);
    way.is_broken += i == 0 ? "(" : " OR (";
    for (const std::string& column : step.child_columns)
      way.is_broken += fmt::format("{} IS NOT NULL AND ", column_of(way.alias, column));
    way.is_broken += catalog.plain_table(step.parent).identity_of(alias).front() + " IS NULL)";
    way.alias = alias;
  }
  if (path.steps.empty()) way.is_broken = "0";
  return way;
}

Chain chain_of(const OpenDataset& dataset, std::string_view table) {
  const TableFacts* facts = &dataset.catalog.plain_table(table);
  Chain chain{main_table(facts->schema.name) + " AS t0", "t0", facts};
  // A chain longer than the tables there are goes round in a circle.
  for (std::size_t hop = 1; hop <= dataset.catalog.tables().size(); ++hop) {
    const Relation* const relation = followed_relation(dataset.rules, facts->schema.name);
    if (relation == nullptr) return chain;
    const std::string alias = fmt::format("t{}", hop);
    chain.from += joined_parent(dataset.catalog, *relation, chain.root_alias, alias);
    facts = &dataset.catalog.plain_table(relation->parent);
    chain.root_alias = alias;
    chain.root = facts;
  }
  throw SQLite::Exception(fmt::format("{} follows itself", table));
}

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

std::vector<std::string> result_columns(const OpenDataset& dataset, const TablePass& pass, const Chain& chain) {
  const TableFacts& table = dataset.catalog.plain_table(pass.table->config.name);
  std::vector<std::string> columns = table.identity_of("t0");
  if (chain.root_alias != "t0") columns.push_back(chain.root->identity_of(chain.root_alias).front());
  for (const std::string& name : pass.table->rules.columns) columns.push_back(column_of(chain.root_alias, name));
  for (const PersonalColumn& column : pass.table->rules.personal) columns.push_back(column_of("t0", column.column));
  if (pass.with_key) {
    for (const NamedColumn& key : pass.table->config.key) columns.push_back(column_of("t0", key.name));
  }
  if (delivers_subject(pass)) {
    const SubjectWay way = way_to_subject(dataset.catalog, *pass.table->subject);
    append(columns, {way.is_broken, column_of(way.alias, pass.table->subject->column)});
  }
  for (const std::string& name : pass.more) columns.push_back(column_of("t0", name));
  for (const std::size_t relation : pass.as_child)
    append(columns, parent_identity(dataset.catalog, dataset.rules.relations.at(relation), "t0"));
  return columns;
}

std::string placeholders(std::size_t count) {
  std::string text;
  for (std::size_t i = 1; i <= count; ++i) text += fmt::format("{}?{}", i == 1 ? "" : ", ", i);
  return text;
}

/// The number a typed key spells, or NULL, which equals nothing.
Value number_from(std::string_view text) {
  std::int64_t integer = 0;
  const char* const end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, integer); read.ec == std::errc() && read.ptr == end)
    return Value::of(integer);
  double real = 0;
  if (const auto read = std::from_chars(text.data(), end, real); read.ec == std::errc() && read.ptr == end)
    return Value::of(real);
  return Value::of_null();
}

std::string chosen(const TableFacts& table, const TablePass& pass) {
  if (!pass.only->row) return chosen_key(pass);
  return table.by_rowid ? table.identity_of("t0").front() + " = ?1" : "TRUE";
}

std::string where(const TableFacts& table, const TablePass& pass, Selection selection) {
  const std::string identity = fmt::format("({})", fmt::join(table.identity_of("t0"), ", "));
  switch (selection) {
    case Selection::all:
      break;
    case Selection::after:
      return fmt::format(" WHERE {} > ({})", identity, placeholders(table.identity.size()));
    case Selection::one:
      return fmt::format(" WHERE {} = ({})", identity, placeholders(table.identity.size()));
    case Selection::chosen:
      return " WHERE " + chosen(table, pass);
  }
  return {};
}

}  // namespace

std::string joined_on(const Relation& relation, std::string_view parent_alias, std::string_view child_alias) {
  std::string text;
  for (std::size_t i = 0; i < relation.parent_columns.size(); ++i) {
    text += fmt::format("{}{} = {}", i == 0 ? "" : " AND ", column_of(parent_alias, relation.parent_columns[i]),
                        column_of(child_alias, relation.child_columns[i]));
  }
  return text;
}

std::vector<std::string> parent_identity(const Catalog& catalog, const Relation& relation,
                                         std::string_view child_alias) {
  const TableFacts& parent = catalog.plain_table(relation.parent);
  std::vector<std::string> expressions;
  for (const std::string& column : parent.identity_of("p")) {
    // LIMIT 1: affinity lets '42' and '042' both equal 42, and a record must not be given twice.
    expressions.push_back(fmt::format("(SELECT {} FROM {} AS p WHERE {} LIMIT 1)", column,
                                      main_table(parent.schema.name), joined_on(relation, "p", child_alias)));
  }
  if (relation.parent_columns.size() == 1 && parent.rowid_is(relation.parent_columns.front())) {
    const std::string child = column_of(child_alias, relation.child_columns.front());
    expressions.front() =
        fmt::format("CASE typeof({0}) WHEN 'integer' THEN {0} ELSE {1} END", child, expressions.front());
  }
  return expressions;
}

const Relation* followed_relation(const RuledDataset& rules, std::string_view child) {
  const auto found = std::ranges::find_if(
      rules.relations, [&](const Relation& relation) { return relation.follows && same_name(relation.child, child); });
  return found == rules.relations.end() ? nullptr : &*found;
}

// A person types text; it also means the number it spells, where the column holds numbers.
std::string chosen_key(const TablePass& pass) {
  std::string text;
  for (std::size_t i = 0; i < pass.table->config.key.size(); ++i) {
    const std::string column = column_of("t0", pass.table->config.key[i].name);
    text += fmt::format("{0}({1} IS ?{2} OR (typeof({1}) IN ('integer', 'real') AND {1} = ?{3}))",
                        i == 0 ? "" : " AND ", column, 2 * i + 1, 2 * i + 2);
  }
  return text;
}

void bind_key(ValueStatement& statement, const std::vector<std::string>& key) {
  int parameter = 0;
  for (const std::string& text : key) {
    statement.bind(parameter++, Value::of(std::string_view(text)));
    statement.bind(parameter++, number_from(text));
  }
}

std::string pass_query(const OpenDataset& dataset, const TablePass& pass, Selection selection) {
  const TableFacts& table = dataset.catalog.plain_table(pass.table->config.name);
  const Chain chain = chain_of(dataset, table.schema.name);
  const std::string joins = delivers_subject(pass) ? way_to_subject(dataset.catalog, *pass.table->subject).joins : "";
  // Without an order, an index that holds all needed columns would give another one.
  return fmt::format("SELECT {} FROM {}{}{} ORDER BY {}", fmt::join(result_columns(dataset, pass, chain), ", "),
                     chain.from, joins, where(table, pass, selection), fmt::join(table.identity_of("t0"), ", "));
}

}  // namespace oubli::sqlite
