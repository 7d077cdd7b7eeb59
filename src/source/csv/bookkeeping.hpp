/// What stands beside each archived record: one CSV line (RFC 4180) in `….meta.csv`.
#pragma once

#include "oubli/model/digest.hpp"
#include "oubli/source/data_source.hpp"

#include <string>
#include <string_view>

namespace oubli::csv {

/// The columns, in this order:
/// - `run`, `source` (the file's name), `row` (the record's number in it)
/// - `key`: the key columns' texts, as a CSV line of their own
/// - `content_sha256`: of the record's bytes without its line end
/// - `subject_hmac`: HMAC-SHA-256 of the data subject's text, keyed by the state; empty without one
/// - `purposes`: those the record is under, with spaces between
/// - `events`: `name=2020-01-31 other=`, the day of every event of the rules, where one is known
/// - `replacement`: inode of the file that was to replace the source; tells an interrupted run
///   whether it came to that, also where equal records stay
inline constexpr std::string_view k_bookkeeping_header =
    "run,source,row,key,content_sha256,subject_hmac,purposes,events,replacement";

/// Words the lines of one file.
class Bookkeeping {
 public:
  Bookkeeping(const TableRules& rules, const ArchiveTarget& target, std::string source,
              std::uint64_t replacement);

  /// With its line end. `content` is the record without one. REQUIRES: the pass asked for keys and data subjects.
  [[nodiscard]] std::string line(const JudgedRecord& record, std::string_view content) const;

 private:
  [[nodiscard]] std::string purposes(const Judgement& judgement) const;
  [[nodiscard]] std::string events(const Judgement& judgement) const;

  const TableRules& m_rules;
  const ArchiveTarget& m_target;
  std::string m_source;
  std::string m_replacement;
};

[[nodiscard]] Digest content_digest(std::string_view content);

}  // namespace oubli::csv
