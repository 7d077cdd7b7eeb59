/// One table's statements for single records: read and judge, read whole, remove.
#pragma once

#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/pass.hpp"
#include "source/sqlite/value_statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::sqlite {

/// `t0.rowid = ?1`: the record whose identity is bound to the first parameters.
[[nodiscard]] std::string identified(const TableFacts& facts);

/// A record as a row of another table's event.
struct FeedingRow {
  events::Feed feed;
  ValueStatement row;
};

class MemberAccess {
 public:
  MemberAccess(OpenDataset& dataset, const TablePass& pass);

  [[nodiscard]] const TableFacts& facts() const { return m_facts; }

  /// Removing a record fires triggers, and these may change anything.
  [[nodiscard]] bool has_triggers();

  /// The record as it is now, judged; nothing when it is gone. Lives until the next call.
  [[nodiscard]] std::optional<JudgedRecord> read(std::string_view identity);
  /// The whole record, or null when it is gone. Lives until the next call.
  [[nodiscard]] const ValueStatement* read_whole(std::string_view identity);
  /// To be called before the first record is removed: what a row of a table between passes on is read
  /// from rows that may go before it.
  void prepare_said();
  /// Adds what the record takes along of events, to be remembered before it is removed.
  void part(std::string_view identity, events::Parting& parting);
  /// Ends all reading: an unfinished statement would hold a lock.
  void finish();

  /// Removes exactly this record. Throws Error when anything else happened: a trigger that passes a
  /// removal over, or a foreign key that takes more with it, does so in silence.
  void remove(std::string_view identity);

 private:
  OpenDataset& m_dataset;
  const TableFacts& m_facts;
  const TablePass& m_pass;
  std::optional<bool> m_has_triggers;  ///< once asked
  PassReader m_reader;
  ValueStatement m_whole;
  std::optional<ValueStatement> m_removal;  ///< once needed
  std::vector<FeedingRow> m_feeds;
};

}  // namespace oubli::sqlite
