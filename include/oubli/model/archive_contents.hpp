/// What lies in the archive, as figures and, where one record was asked for by name, as words.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// One archived table.
struct ArchivedTableContents {
  std::string table;
  std::int64_t records = 0;                          ///< whose removal from the source is confirmed
  std::map<std::string, std::int64_t> purposes = {};  ///< they came under, by the names of then; one may have several
  std::map<std::string, std::int64_t> runs = {};      ///< records by the run that archived them
  std::int64_t pending = 0;                          ///< copies whose records may still be in the source
  std::int64_t restoring = 0;                        ///< records that an interrupted restore was putting back
  std::int64_t changed = 0;                          ///< records that aren't what their digest says; where it was held against
  std::int64_t without_bookkeeping = 0;              ///< records that nothing tells of
  std::int64_t without_record = 0;                   ///< lines of bookkeeping whose record isn't there
  std::vector<std::string> unreadable = {};          ///< in words, what can't be read
};

/// A field of an archived record, as a person types it; nothing for one that holds nothing.
struct ArchivedField {
  std::string column;
  std::optional<std::string> text;
};

struct ArchivedRecord {
  std::string run;                    ///< that archived it
  std::vector<ArchivedField> fields;  ///< in the archive's order
};

}  // namespace oubli
