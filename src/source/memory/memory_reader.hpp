/// Reads and judges the records of one table in memory.
#pragma once

#include "oubli/source/memory_source.hpp"
#include "source/events/events_elsewhere.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli::memory {

using Row = std::vector<OwnedValue>;

/// Gives equal keys the same number: exact, where a hash would only be nearly so.
class KeyNumbers {
 public:
  /// Null where one of the values is. An integer and an equal real are one key.
  [[nodiscard]] RecordKey key(std::span<const Value> values);

 private:
  std::map<std::string, std::uint64_t> m_numbers;
};

/// A dataset with its rules, shared by a source's passes and steps.
struct RuledMemory {
  MemoryDataset& dataset;
  Side side = Side::live;  ///< which of its tables are meant
  RuledDataset rules{};
  KeyNumbers numbers{};
  events::EventsElsewhere* events = nullptr;

  /// Null for a table that isn't there.
  [[nodiscard]] MemoryTable* find(const std::string& name) const;
  /// Throws Error (Cause::dataset) for a table that isn't there.
  [[nodiscard]] MemoryTable& table(const std::string& name) const;
  /// The relation by which a table follows another, or nullptr.
  [[nodiscard]] const Relation* followed(const std::string& child) const;
  /// The key of a record by the columns of one side of a relation.
  [[nodiscard]] RecordKey key(const MemoryTable& table, const Row& row, const std::vector<std::string>& columns);
};

/// The values of these columns. Throws Error for one that isn't there; an archived table may lack one that
/// its source got later, which is null.
[[nodiscard]] std::vector<Value> fields(const MemoryTable& table, const Row& row,
                                        const std::vector<std::string>& columns, Side side = Side::live);

class MemoryReader {
 public:
  MemoryReader(RuledMemory& memory, const TablePass& pass);

  [[nodiscard]] std::size_t rows() const { return m_table.rows.size(); }
  /// Reads and judges a record; false when the pass doesn't ask for it.
  [[nodiscard]] bool read(std::size_t row);
  /// REQUIRES: `read` was true, and nothing has changed since.
  [[nodiscard]] JudgedRecord record() const;

 private:
  [[nodiscard]] bool is_chosen(std::size_t row) const;
  [[nodiscard]] const Row* root_row(const Row& row) const;
  [[nodiscard]] RecordSubject subject_of(const Row& row) const;
  [[nodiscard]] RecordSubject archived_subject_of(const Row& row) const;
  [[nodiscard]] RecordSubject live_subject_of(const Row& row) const;
  [[nodiscard]] std::vector<Value> more_of(const Row& row) const;
  void judge(const Row* root);
  void judge_archived(const Row* root);

  RuledMemory& m_memory;
  const TablePass& m_pass;
  const MemoryTable& m_table;
  std::vector<std::string> m_key_columns;
  std::vector<std::string> m_personal_columns;
  ArchivedJudge m_archived;
  RecordFacts m_facts;
  std::size_t m_row = 0;
  Judgement m_judgement;
  std::vector<Value> m_values;
  std::vector<Value> m_personal;
  events::Given m_given;
  std::vector<Value> m_key;
  RecordSubject m_subject;
  std::vector<Value> m_more;
  std::vector<RecordKey> m_as_parent;
  std::vector<RecordKey> m_as_child;
};

}  // namespace oubli::memory
