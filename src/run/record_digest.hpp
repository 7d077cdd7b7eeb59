/// How a saved plan (I9) knows a record: by a keyed digest of every field it holds, with its type, and of what is to
/// become of it. Whoever has no key can't find out by guessing whom a plan is about.
#pragma once

#include "oubli/source/data_source.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli {

/// The first half of an HMAC-SHA-256 (RFC 4868): nobody who lacks the key can make two records alike.
using RecordDigest = std::array<unsigned char, 16>;

/// The digests of one table's records on one side of a dataset.
class RecordDigester {
 public:
  using Key = std::array<unsigned char, 32>;

  /// `columns`: all of the table's, in their order. `side` and `table` are part of every digest.
  RecordDigester(const Key& key, Side side, const RuledTable& table, std::vector<std::string> columns);

  /// The same pass, which then tells every field too.
  [[nodiscard]] TablePass widened(TablePass pass) const;

  /// Of a record under what is to become of it: `fate_of_going` or `fate_of_rewriting`. Nothing where a field is
  /// missing: a column is younger than an archived record. REQUIRES: a record of a widened pass.
  [[nodiscard]] std::optional<RecordDigest> of(const JudgedRecord& record, std::string_view fate) const;

 private:
  Key m_key;
  std::string m_begin;  ///< of every message
  std::vector<std::string> m_columns;
};

/// "archive", "purge": its own outcome, when nothing stops it.
[[nodiscard]] std::string fate_of_going(const Judgement& judgement);
/// "anonymise", or "minimise" with the columns.
[[nodiscard]] std::string fate_of_rewriting(const TableRules& rules, const Judgement& judgement);

}  // namespace oubli
