#include "source/csv/archived_roots.hpp"

#include "source/csv/packed_values.hpp"

namespace oubli::csv {

ArchivedRoots::ArchivedRoots(ArchivedDataset& archive, const std::string& child) {
  const auto& relations = archive.rules().relations;
  for (std::size_t i = 0; i < relations.size(); ++i) {
    const bool is_it = relations[i].follows && relations[i].child == child;
    if (is_it && archive.is_mapped(relations[i].parent)) read(archive, i);
  }
}

void ArchivedRoots::read(ArchivedDataset& archive, std::size_t relation) {
  const std::string& parent = archive.rules().relations[relation].parent;
  const TableLayout layout = archive.layout(parent);
  std::shared_ptr<const ArchivedRoots> above;
  if (!layout.follows.empty()) above = archive.roots_of(parent);
  std::vector<Value> from_above;
  const ArchiveFolder& folder = archive.folder(parent);
  for (const auto& pair : folder.settled()) {
    FileScan scan(*folder.folder(), present_file(*folder.folder(), pair.records), archive.dialect(parent),
                  layout.choice, Absent::null);
    for (ScannedRecord record; scan.next(record);) {
      if (record.malformed) continue;
      std::span<const Value> values = record.fields.first(layout.rule_columns);
      if (above) {
        if (!above->find(record_key(record.fields, layout.follows), from_above)) continue;
        values = from_above;
      }
      note(record_key(record.fields, layout.as_parent.at(relation)), packed(values));
    }
  }
}

void ArchivedRoots::note(const RecordKey& key, std::string packed) {
  if (key.null) return;
  const auto [place, is_new] = m_values.try_emplace(key, packed);
  if (!is_new && place->second != packed) place->second.reset();
}

bool ArchivedRoots::find(const RecordKey& key, std::vector<Value>& values) const {
  const auto found = key.null ? m_values.end() : m_values.find(key);
  if (found == m_values.end() || !found->second) return false;
  unpack(*found->second, values);
  return true;
}

}  // namespace oubli::csv
