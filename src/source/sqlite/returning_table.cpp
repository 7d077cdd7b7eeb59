#include "source/sqlite/returning_table.hpp"

#include "source/sqlite/content_digest.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/member_access.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sqlite3.h>

namespace oubli::sqlite {
namespace {

std::string quoted_list(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) list += fmt::format("{}{}", list.empty() ? "" : ", ", quoted_name(column));
  return list;
}

struct Meaning {
  const char* reason;
  const char* hint;
};

Meaning meaning_of(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_UNIQUE:
      return {"the source has a record with its key again", "see which of the two is right; the archived one stays"};
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return {"a record it points to isn't in the source", "restore that one first, where it is archived"};
    case SQLITE_CONSTRAINT_NOTNULL:
      return {"a column that is empty in the archive must not be empty in the source",
              "the column is new, or was minimised in the archive"};
    default:
      return {"a constraint of the source forbids it", "compare the table's constraints with those of then"};
  }
}

[[noreturn]] void refuse_because_of(const ReturningTable& table, int extended) {
  const Meaning meaning = meaning_of(extended);
  table.refuse(meaning.reason, meaning.hint);
}

}  // namespace

ReturningTable::ReturningTable(OpenDataset& dataset, ArchiveFile& archive, const ArchivedTable& archived)
    : m_dataset(dataset),
      m_facts(dataset.catalog.plain_table(archived.name)),
      m_columns(archived.columns),
      m_copy(archive.database(), fmt::format("SELECT {} FROM {} WHERE {} = ?1", quoted_list(archived.columns),
                                             main_table(archived.name), archived.rowid)),
      m_there(dataset.database, whole_record()) {}

void ReturningTable::refuse(const std::string& reason, const std::string& hint) const {
  throw Error(Cause::refused, fmt::format("{}.{}: {}", m_dataset.config.name, m_facts.schema.name, reason), hint);
}

void ReturningTable::insert(ReturningRecord& record) {
  require_no_key(record);
  ValueStatement insertion(m_dataset.database, insertion_text());
  const ValueStatement& copy = read_copy(record);
  int parameter = 0;
  for (const std::size_t column : insertable()) insertion.bind_column(parameter++, copy, static_cast<int>(column));
  if (m_facts.schema.implicit_rowid) insertion.bind(parameter, free_rowid(record));
  run(insertion);
  record.identity = identity_of(copy);
  m_copy.reset();
  if (!is_as_copied(record))
    refuse("the source would hold other values than the archive", "compare the columns' types with those of then");
}

bool ReturningTable::is_as_copied(const ReturningRecord& record) {
  m_there.reset();
  m_there.bind_all(values_from(record.identity));
  const bool equal = m_there.step() && content_digest(m_there) == content_digest(read_copy(record));
  m_there.reset();
  m_copy.reset();
  return equal;
}

std::string ReturningTable::whole_record() const {
  for (const std::string& column : m_columns) {
    if (!m_facts.has_column(column))
      refuse("column " + column + " is gone, but the archived record has it", "give the column back first");
  }
  return fmt::format("SELECT {} FROM {} AS t0 WHERE {}", quoted_list(m_columns), main_table(m_facts.schema.name),
                     identified(m_facts));
}

/// The archived columns that can be written: a generated one comes by itself.
std::vector<std::size_t> ReturningTable::insertable() const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < m_columns.size(); ++i) {
    const auto is_it = [&](const ColumnSchema& column) { return same_name(column.name, m_columns[i]); };
    if (!std::ranges::find_if(m_facts.schema.columns, is_it)->generated) places.push_back(i);
  }
  return places;
}

// OR ABORT: a table may say that a conflict replaces the record that is there.
std::string ReturningTable::insertion_text() const {
  std::string columns;
  std::string marks;
  for (const std::size_t column : insertable()) {
    columns += fmt::format("{}{}", columns.empty() ? "" : ", ", quoted_name(m_columns[column]));
    marks += marks.empty() ? "?" : ", ?";
  }
  if (m_facts.schema.implicit_rowid) {
    columns += ", " + m_facts.identity.front();
    marks += ", ?";
  }
  return fmt::format("INSERT OR ABORT INTO {} ({}) VALUES ({})", main_table(m_facts.schema.name), columns, marks);
}

const ValueStatement& ReturningTable::read_copy(const ReturningRecord& record) {
  m_copy.reset();
  m_copy.bind(0, Value::of(record.rowid));
  if (!m_copy.step()) throw SQLite::Exception("bookkeeping has no archived record");
  return m_copy;
}

/// The config's key need not be one that the database knows.
void ReturningTable::require_no_key(const ReturningRecord& record) {
  const auto& tables = m_dataset.rules.config.tables;
  const auto config =
      std::ranges::find_if(tables, [&](const TableConfig& table) { return same_name(table.name, m_facts.schema.name); });
  if (config == tables.end() || config->key.empty()) return;
  std::string where;
  for (const NamedColumn& key : config->key)
    where += fmt::format("{}{} IS ?", where.empty() ? "" : " AND ", quoted_name(key.name));
  ValueStatement same(m_dataset.database,
                      fmt::format("SELECT 1 FROM {} WHERE {}", main_table(m_facts.schema.name), where));
  const ValueStatement& copy = read_copy(record);
  int parameter = 0;
  for (const NamedColumn& key : config->key) same.bind_column(parameter++, copy, place_of(key.name));
  if (same.step()) refuse_because_of(*this, SQLITE_CONSTRAINT_UNIQUE);
}

int ReturningTable::place_of(const std::string& column) const {
  const auto is_it = [&](const std::string& each) { return same_name(each, column); };
  const auto found = std::ranges::find_if(m_columns, is_it);
  if (found == m_columns.end()) refuse("the archived record has no column " + column, "bring it back by hand");
  return static_cast<int>(found - m_columns.begin());
}

/// The rowid it had, where that is free; else null, which takes the next one.
Value ReturningTable::free_rowid(const ReturningRecord& record) {
  const Value before = values_from(record.identity).front();
  ValueStatement taken(m_dataset.database, fmt::format("SELECT 1 FROM {} AS t0 WHERE t0.{} = ?1",
                                                       main_table(m_facts.schema.name), m_facts.identity.front()));
  taken.bind(0, before);
  return taken.step() ? Value::of_null() : before;
}

void ReturningTable::run(ValueStatement& insertion) {
  const int changes_before = m_dataset.database.getTotalChanges();
  try {
    insertion.run();
  } catch (const SQLite::Exception& exception) {
    const bool is_refusal = (exception.getErrorCode() & 0xFF) == SQLITE_CONSTRAINT;
    if (is_refusal) refuse_because_of(*this, exception.getExtendedErrorCode());
    throw;
  }
  const bool is_one = m_dataset.database.getTotalChanges() - changes_before == 1;
  if (!is_one && !m_dataset.config.triggers_accepted)
    refuse("inserting a record fires a trigger", "read it, then write `triggers: accepted` in the dataset and approve");
}

std::string ReturningTable::identity_of(const ValueStatement& copy) const {
  if (m_facts.by_rowid) return typed_bytes(std::vector{Value::of(m_dataset.database.getLastInsertRowid())});
  std::vector<Value> key;
  for (const std::string& column : m_facts.schema.primary_key) key.push_back(copy.column(place_of(column)));
  return typed_bytes(key);
}

}  // namespace oubli::sqlite
