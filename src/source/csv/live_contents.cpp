#include "source/csv/live_contents.hpp"

#include "source/csv/bookkeeping.hpp"

namespace oubli::csv {

RecordKeys live_keys_among(const CsvTable& table, const std::vector<std::string>& columns, const RecordKeys& wanted) {
  RecordKeys found;
  if (wanted.empty()) return found;
  ColumnChoice choice;
  const auto slots = choice.slots(columns);
  for (const auto& name : all_files(table)) {
    FileScan scan(table.folder, present_file(table.folder, name), table.dialect(), choice);
    for (ScannedRecord record; scan.next(record);) {
      const RecordKey key = record.malformed ? RecordKey{} : record_key(record.fields, slots);
      if (!key.null && wanted.contains(key)) found.insert(key);
    }
  }
  return found;
}

std::map<std::string, std::int64_t> live_counts(const CsvTable& table, const std::set<std::string>& digests) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& digest : digests) counts[digest] = 0;
  for (const auto& name : all_files(table)) {
    FileScan scan(table.folder, present_file(table.folder, name), table.dialect(), ColumnChoice());
    for (ScannedRecord record; scan.next(record);) {
      const auto found = counts.find(to_hex(content_digest(record.raw.content)));
      if (found != counts.end()) ++found->second;
    }
  }
  return counts;
}

}  // namespace oubli::csv
