/// What the contract suite needs of each kind of source: tables to start from, the source, and a
/// way of its own to see what became of them.
#pragma once

#include "oubli/source/data_source.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace oubli::test {

/// Fields as text; empty stands for a missing value.
using Rows = std::vector<std::vector<std::string>>;

struct TableText {
  std::string name;
  std::vector<std::string> columns;  ///< the first is the key
  Rows rows;
};

class Harness {
 public:
  virtual ~Harness() = default;

  /// Sets the dataset's path and its tables' files.
  virtual void describe(DatasetConfig& config) const = 0;
  [[nodiscard]] virtual std::unique_ptr<DataSource> open(const DatasetConfig& config) = 0;
  [[nodiscard]] virtual std::unique_ptr<DataSource> open_archive(const RuledDataset& rules,
                                                                 const ArchiveTarget& target) = 0;
  [[nodiscard]] virtual Rows rows(const std::string& table) = 0;
  [[nodiscard]] virtual Rows archived(const std::string& table) = 0;
  /// Changes a field behind the source's back.
  virtual void change(const std::string& table, const std::string& key, const std::string& column,
                      const std::string& text) = 0;
  /// Adds a row behind the source's back.
  virtual void add(const std::string& table, const std::vector<std::string>& row) = 0;
  /// Of the archive; empty where there is none.
  [[nodiscard]] virtual std::filesystem::path archive_folder() const = 0;
};

enum class SourceKind { memory, sqlite, csv };

[[nodiscard]] std::unique_ptr<Harness> make_harness(SourceKind kind, const std::vector<TableText>& tables);

}  // namespace oubli::test
