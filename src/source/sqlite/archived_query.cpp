#include "source/sqlite/archived_query.hpp"

#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/pass_query.hpp"

#include <fmt/format.h>

namespace oubli::sqlite {
namespace {

bool follows(const TablePass& pass) { return pass.table->root != pass.table->rules.table; }

std::string field(const ArchivedTable* table, std::string_view alias, const std::string& column) {
  return table != nullptr && table->has_column(column) ? column_of(alias, column) : "NULL";
}

/// The name the bookkeeping has for a table; in any case one that is no error.
std::string names_of(OpenArchive& archive, const std::string& table) {
  std::string list;
  for (const std::string& name : archive.file.spellings(table))
    list += fmt::format("{}{}", list.empty() ? "" : ", ", quoted_text(name));
  return fmt::format("({})", list.empty() ? quoted_text(table) : list);
}

/// Of a format-1 file, what it doesn't have.
std::string note(const OpenArchive& archive, const char* column) {
  return archive.file.format() > 1 ? fmt::format("b.{}", column) : "NULL";
}

// CROSS JOIN keeps the order: the records in turn, each with its line of bookkeeping by an index.
std::string from(OpenArchive& archive, const ArchivedTable& table) {
  return fmt::format(
      "{} AS t0 CROSS JOIN main.oubli_records AS b ON b.source_table IN {} AND b.archived_rowid = t0.{} "
      "AND b.state = 'confirmed'",
      main_table(table.name), names_of(archive, table.name), table.rowid);
}

// Who follows knows its root by run and family. Members of a cycle have no family of their own.
std::string joined_root(OpenArchive& archive, const TablePass& pass, const ArchivedTable& root) {
  const std::string names = names_of(archive, pass.table->root);
  return fmt::format(
      " LEFT JOIN main.oubli_records AS r ON r.run = b.run AND r.family = b.family AND b.family <> x'' "
      "AND r.source_identity = b.family AND r.source_table IN {0} AND r.state = 'confirmed' "
      "AND coalesce({1}, r.source_table) IN {0} LEFT JOIN {2} AS t1 ON t1.{3} = r.archived_rowid",
      names, note(archive, "root_table"), main_table(root.name), root.rowid);
}

std::vector<std::string> bookkeeping(const OpenArchive& archive, const ArchivedTable& table) {
  return {"t0." + table.rowid, "b.record",        "b.run", "b.family", "b.purposes", note(archive, "other_purposes"),
          "b.events",          "b.subject_digest"};
}

void append_slots(const OpenArchive& archive, const TablePass& pass, std::vector<std::string>& fields) {
  const char* const alias = follows(pass) ? "t1" : "t0";
  const ArchivedTable* const root = archive.find(pass.table->root);
  fields.push_back(root == nullptr ? "NULL" : fmt::format("{}.{}", alias, root->rowid));
  for (const std::string& column : pass.table->rules.columns) fields.push_back(field(root, alias, column));
}

void append_personal(const ArchivedTable& table, const TablePass& pass, std::vector<std::string>& fields) {
  for (const PersonalColumn& column : pass.table->rules.personal) fields.push_back(field(&table, "t0", column.column));
}

void append_keys(const OpenArchive& archive, const ArchivedTable& table, const TablePass& pass,
                 std::vector<std::string>& fields) {
  const auto append = [&](const std::vector<std::string>& columns) {
    for (const std::string& column : columns) fields.push_back(field(&table, "t0", column));
  };
  if (pass.with_key) {
    for (const NamedColumn& key : pass.table->config.key) append({key.name});
  }
  if (reads_subject(pass)) append({pass.table->subject->column});
  append(pass.more);
  const auto& relations = archive.rules.relations;
  for (const std::size_t relation : pass.as_parent) {
    if (!relations.at(relation).follows) append(relations[relation].parent_columns);
  }
  for (const std::size_t relation : pass.as_child) {
    if (!relations.at(relation).follows) append(relations[relation].child_columns);
  }
}

std::string where(const ArchivedTable& table, const TablePass& pass, Selection selection) {
  switch (selection) {
    case Selection::all:
      break;
    case Selection::after:
      return fmt::format(" WHERE t0.{} > ?1", table.rowid);
    case Selection::one:
      return fmt::format(" WHERE t0.{} = ?1", table.rowid);
    case Selection::chosen:
      if (pass.only->row) return fmt::format(" WHERE t0.{} = ?1", table.rowid);
      for (const NamedColumn& key : pass.table->config.key) {
        if (!table.has_column(key.name)) return " WHERE FALSE";
      }
      return " WHERE " + chosen_key(pass);
  }
  return {};
}

}  // namespace

std::string quoted_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + '\'';
}

bool reads_subject(const TablePass& pass) { return delivers_subject(pass) && pass.table->subject->steps.empty(); }

std::string archived_query(OpenArchive& archive, const TablePass& pass, Selection selection) {
  const ArchivedTable& table = *archive.find(pass.table->config.name);
  std::vector<std::string> fields = bookkeeping(archive, table);
  append_slots(archive, pass, fields);
  append_personal(table, pass, fields);
  append_keys(archive, table, pass, fields);
  std::string tables = from(archive, table);
  const ArchivedTable* const root = archive.find(pass.table->root);
  if (follows(pass) && root != nullptr) tables += joined_root(archive, pass, *root);
  return fmt::format("SELECT {} FROM {}{} ORDER BY t0.{}", fmt::join(fields, ", "), tables,
                     where(table, pass, selection), table.rowid);
}

}  // namespace oubli::sqlite
