/// Rows of any table of a CSV dataset, live and archived, for events of another one (S11).
#pragma once

#include "source/csv/csv_dataset.hpp"
#include "source/events/foreign_rows.hpp"

#include <string>
#include <vector>

namespace oubli::csv {

/// A file that is spared because it is still being written is read, too: its rows are the newest.
class CsvRows final : public events::ForeignRows {
 public:
  /// Both outlive it.
  CsvRows(CsvDataset& dataset, const ArchiveTarget& target) : m_dataset(dataset), m_target(target) {}

  void for_each_row(const std::string& table, const std::vector<std::string>& columns, Side side,
                    const Use& use) override;
  [[nodiscard]] bool shows_all(const std::string& table) const override;
  /// Decoded texts, byte for byte.
  [[nodiscard]] std::vector<events::KeyComparison> comparisons(const Relation& relation) const override;

 private:
  CsvDataset& m_dataset;
  const ArchiveTarget& m_target;
};

}  // namespace oubli::csv
