#include "source/sqlite/value_statement.hpp"

#include <SQLiteCpp/Exception.h>

#include <sqlite3.h>

namespace oubli::sqlite {
namespace {

std::string_view view(const void* bytes, int size) {
  return size == 0 ? std::string_view()
                   : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

}  // namespace

void ValueStatement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

ValueStatement::ValueStatement(const SQLite::Database& database, const std::string& sql) {
  sqlite3* const handle = database.getHandle();
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(handle, code);
  m_statement.reset(statement);
}

void ValueStatement::check(int code) const {
  if (code != SQLITE_OK) throw SQLite::Exception(sqlite3_db_handle(m_statement.get()), code);
}

void ValueStatement::bind(int parameter, const Value& value) {
  sqlite3_stmt* const statement = m_statement.get();
  // An empty view may have no address, which SQLite would take for NULL.
  const char* const bytes = value.bytes.data() == nullptr ? "" : value.bytes.data();
  switch (value.type) {
    case Value::Type::null:
      return check(sqlite3_bind_null(statement, parameter + 1));
    case Value::Type::integer:
      return check(sqlite3_bind_int64(statement, parameter + 1, value.integer));
    case Value::Type::real:
      return check(sqlite3_bind_double(statement, parameter + 1, value.real));
    case Value::Type::text:
      return check(
          sqlite3_bind_text64(statement, parameter + 1, bytes, value.bytes.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    case Value::Type::blob:
      return check(sqlite3_bind_blob64(statement, parameter + 1, bytes, value.bytes.size(), SQLITE_TRANSIENT));
  }
}

void ValueStatement::bind_all(std::span<const Value> values, int first) {
  for (const Value& value : values) bind(first++, value);
}

void ValueStatement::bind_column(int parameter, const ValueStatement& other, int column) {
  check(sqlite3_bind_value(m_statement.get(), parameter + 1, sqlite3_column_value(other.m_statement.get(), column)));
}

bool ValueStatement::step() {
  const int code = sqlite3_step(m_statement.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  return false;
}

void ValueStatement::run() {
  while (step()) {
  }
  reset();
}

// The code of a reset repeats what the last step already threw.
void ValueStatement::reset() { sqlite3_reset(m_statement.get()); }

Value ValueStatement::column(int index) const {
  Value value;
  read_column(index, value);
  return value;
}

void ValueStatement::read_column(int index, Value& value) const {
  sqlite3_stmt* const statement = m_statement.get();
  switch (sqlite3_column_type(statement, index)) {
    case SQLITE_INTEGER:
      value.type = Value::Type::integer;
      value.integer = sqlite3_column_int64(statement, index);
      return;
    case SQLITE_FLOAT:
      value.type = Value::Type::real;
      value.real = sqlite3_column_double(statement, index);
      return;
    case SQLITE_TEXT: {
      // The text before its size: asking for it is what turns UTF-16 into UTF-8.
      const unsigned char* const text = sqlite3_column_text(statement, index);
      value.type = Value::Type::text;
      value.bytes = view(text, sqlite3_column_bytes(statement, index));
      return;
    }
    case SQLITE_BLOB: {
      const void* const blob = sqlite3_column_blob(statement, index);
      value.type = Value::Type::blob;
      value.bytes = view(blob, sqlite3_column_bytes(statement, index));
      return;
    }
    default:
      value.type = Value::Type::null;
      value.bytes = {};
  }
}

int ValueStatement::columns() const { return sqlite3_column_count(m_statement.get()); }

}  // namespace oubli::sqlite
