/// A prepared statement that takes and gives `Value`s.
///
/// SQLiteCpp serves everywhere else; it neither lends text and blobs without a column object per
/// field nor copies a field from one statement to another as it is, encoding included.
#pragma once

#include "oubli/model/value.hpp"

#include <SQLiteCpp/Database.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace oubli::sqlite {

/// Throws SQLite::Exception. Parameters and columns count from 0.
class ValueStatement {
 public:
  ValueStatement(const SQLite::Database& database, const std::string& sql);

  /// Binds a copy.
  void bind(int parameter, const Value& value);
  void bind_all(std::span<const Value> values, int first = 0);
  /// Binds a field of `other`'s present row, bit for bit.
  void bind_column(int parameter, const ValueStatement& other, int column);

  /// True while there is a row.
  [[nodiscard]] bool step();
  /// Steps a statement that gives no rows.
  void run();
  /// Ready to be bound and stepped again; bindings stay.
  void reset();

  /// A view that lives until the next step or reset.
  [[nodiscard]] Value column(int index) const;
  /// The same, written in place: what is copied at once is read back before it is wholly written.
  void read_column(int index, Value& value) const;
  [[nodiscard]] int columns() const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code) const;
  std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

}  // namespace oubli::sqlite
