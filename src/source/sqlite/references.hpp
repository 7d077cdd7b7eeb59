/// Who points to whom: the relations of a dataset, asked in either direction.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/value_statement.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace oubli::sqlite {

using UseKey = std::function<void(const RecordKey&)>;

/// The parent key of every live record of the relation's child table.
void for_each_live_reference(OpenDataset& dataset, const Relation& relation, const UseKey& use);

/// The same of its archived records, for the parents that are live.
void for_each_archived_reference(OpenDataset& dataset, ArchiveFile& archive, const Relation& relation,
                                 const UseKey& use);

/// Finds the live children of single records.
class ChildFinder {
 public:
  explicit ChildFinder(OpenDataset& dataset) : m_dataset(dataset) {}

  /// Identities of the records that point to the parent with this identity.
  [[nodiscard]] std::vector<std::string> children(std::size_t relation, std::string_view parent);

 private:
  [[nodiscard]] ValueStatement& statement(std::size_t relation);
  OpenDataset& m_dataset;
  std::map<std::size_t, ValueStatement> m_statements;
};

/// Knows which live records archived ones point to. Reads a relation's archived records once.
class ArchivedChildren {
 public:
  [[nodiscard]] bool exist(OpenDataset& dataset, ArchiveFile& archive, std::size_t relation, std::string_view parent);
  /// Must be told of every table that got archived records.
  void forget(const OpenDataset& dataset, std::string_view child_table);

 private:
  std::map<std::size_t, std::unordered_set<RecordKey, RecordKeyHash>> m_parents;  ///< by relation
};

}  // namespace oubli::sqlite
