/// Reading one table for the matcher: the statement of a pass, and its records.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/value_statement.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::sqlite {

/// SQL expressions for the identity of the parent that a record of the relation's child points to;
/// NULL where it points to nothing. One per column of the parent's identity.
[[nodiscard]] std::vector<std::string> parent_identity(const Catalog& catalog, const Relation& relation,
                                                       std::string_view child_alias);

/// `p."a" = t."x" AND …`. The parent's column stands first: its collation decides, as it does for a
/// foreign key.
[[nodiscard]] std::string joined_on(const Relation& relation, std::string_view parent_alias,
                                    std::string_view child_alias);

/// The relation by which a table follows its parent; null when it follows none.
[[nodiscard]] const Relation* followed_relation(const RuledDataset& rules, std::string_view child);

[[nodiscard]] inline bool delivers_subject(const TablePass& pass) { return pass.with_subject && pass.table->subject; }

/// Which records a PassReader gives.
enum class Selection {
  all,
  after,   ///< those after an identity, in its order
  one,     ///< the record with an identity
  chosen,  ///< what TablePass::only asks for
};

/// Reads and judges the records of a pass, one at a time.
class PassReader {
 public:
  PassReader(OpenDataset& dataset, const TablePass& pass, Selection selection);

  /// Starts again, for the records that `identity` selects (Selection::after and ::one).
  void start(std::string_view identity);

  /// Lets go of the records read: an unfinished statement would hold a lock.
  void finish() { m_statement.reset(); }

  /// Reads and judges the next record; false when there are no more.
  [[nodiscard]] bool next();
  /// The present record; lives until the next call of another member function.
  [[nodiscard]] JudgedRecord record() const;
  /// The present record's identity as typed bytes.
  [[nodiscard]] std::string identity() const;

 private:
  void bind_choice();
  void read_fields();
  void read_subject(int column);
  void judge();
  [[nodiscard]] RecordFacts facts() const { return {m_values, m_given, {}, m_personal}; }

  OpenDataset& m_dataset;
  const TablePass& m_pass;
  bool m_follows = false;
  bool m_by_rowid = true;
  bool m_has_parent = true;
  bool m_has_events_elsewhere = false;
  std::int64_t m_ordinal = 0;
  std::optional<std::int64_t> m_only_ordinal;
  std::vector<std::size_t> m_parent_widths;  ///< columns of each as_child key
  ValueStatement m_statement;
  std::vector<Value> m_identity;
  std::vector<Value> m_values;
  std::vector<Value> m_personal;
  events::Given m_given;
  std::vector<Value> m_key;
  RecordSubject m_subject;
  std::vector<Value> m_more;
  std::vector<Value> m_parent;
  std::vector<RecordKey> m_as_parent;
  std::vector<RecordKey> m_as_child;
  Judgement m_judgement;
};

}  // namespace oubli::sqlite
