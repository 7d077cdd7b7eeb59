#include "source/csv/returning.hpp"

#include "source/csv/bookkeeping.hpp"
#include "source/followers.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace oubli::csv {

namespace {

const CsvDialect k_meta_dialect;

std::vector<std::string> columns_of(const Folder& folder, const std::string& name, const CsvDialect& dialect) {
  const auto header = read_header(folder.open_file(name), dialect, name);
  return header ? header->names : std::vector<std::string>();
}

/// Reads one table's archived records.
class ReturningReader {
 public:
  ReturningReader(CsvDataset& live, const ArchiveTarget& target, const RuledTable& table)
      : m_table(table),
        m_live(live.table(table.config.name)),
        m_layout(live.layout(table.config.name)),
        m_archive(target, live.name(), table.config.name) {}

  using Wanted = std::function<bool(const ArchiveNames&, const ScannedRecord&)>;

  void read(const Wanted& wanted, std::vector<ReturningRecord>& records) {
    for (const auto& pair : m_archive.settled()) read_pair(pair, wanted, records);
  }

  [[nodiscard]] const TableLayout& layout() const { return m_layout; }

 private:
  void read_pair(const ArchivedPair& pair, const Wanted& wanted, std::vector<ReturningRecord>& records) {
    const Folder& folder = *m_archive.folder();
    ColumnChoice noted;
    noted.append({"source", "content_sha256"});
    FileScan scan(folder, present_file(folder, pair.records), m_live.dialect(), m_layout.choice, Absent::null);
    FileScan lines(folder, present_file(folder, pair.meta), k_meta_dialect, noted);
    ScannedRecord line;
    for (ScannedRecord record; scan.next(record);) {
      if (!lines.next(line) || line.malformed) throw_damaged(pair);
      if (!wanted(pair.names, record)) continue;
      require_sound(pair, record, line);
      records.push_back(read_record(pair, record, line));
    }
  }

  [[nodiscard]] ReturningRecord read_record(const ArchivedPair& pair, const ScannedRecord& record,
                                            const ScannedRecord& line) const {
    ReturningRecord read{&m_table,
                         pair.names,
                         record.row,
                         std::string(line.fields[0].bytes),
                         columns_of(*m_archive.folder(), pair.records, m_live.dialect()),
                         std::string(record.raw.bytes),
                         std::string(record.raw.content),
                         std::string(line.fields[1].bytes),
                         {},
                         {},
                         {}};
    if (!m_layout.key.empty()) read.key = record_key(record.fields, m_layout.key);
    for (const auto& [relation, slots] : m_layout.as_parent) read.as_parent[relation] = record_key(record.fields, slots);
    for (const auto& [relation, slots] : m_layout.as_child) read.as_child[relation] = record_key(record.fields, slots);
    return read;
  }

  void require_sound(const ArchivedPair& pair, const ScannedRecord& record, const ScannedRecord& line) const {
    if (to_hex(content_digest(record.raw.content)) != line.fields[1].bytes) throw_damaged(pair);
    if (record.malformed)
      throw FileFault("the archived record can't be read with the dialect of now",
                      "compare delimiter, quote and encoding with those of then", Cause::refused);
  }

  [[noreturn]] static void throw_damaged(const ArchivedPair& pair) {
    throw FileFault("archive file " + pair.records + " isn't as it was written", "restore it from a backup of the archive");
  }

  const RuledTable& m_table;
  const CsvTable& m_live;
  TableLayout m_layout;
  ArchiveFolder m_archive;
};

/// What follows a record goes with it, not before.
void require_without_root(CsvDataset& live, const ArchiveTarget& target, const ReturningRecord& record) {
  const std::string& name = record.table->rules.table;
  const Relation* const relation = followed_relation(live.rules(), name);
  if (relation == nullptr) return;
  const auto index = static_cast<std::size_t>(relation - live.rules().relations.data());
  ReturningReader parents(live, target, live.ruled(relation->parent));
  const auto slots = parents.layout().as_parent.at(index);
  std::vector<ReturningRecord> roots;
  parents.read(
      [&](const ArchiveNames&, const ScannedRecord& parent) {
        return !parent.malformed && record_key(parent.fields, slots) == record.as_child.at(index);
      },
      roots);
  if (roots.empty()) return;
  throw FileFault("this record is in the archive with the record of " + relation->parent + " it follows",
                  "restore that one: what follows it comes along", Cause::refused);
}

/// What follows the records from `first` on, table by table.
void add_followers(CsvDataset& live, const ArchiveTarget& target, std::vector<ReturningRecord>& records) {
  for (const RuledTable* follower : with_followers(live.rules(), records.front().table->rules.table)) {
    if (follower == records.front().table) continue;
    const Relation* const relation = followed_relation(live.rules(), follower->rules.table);
    const auto index = static_cast<std::size_t>(relation - live.rules().relations.data());
    ReturningReader reader(live, target, *follower);
    const auto slots = reader.layout().as_child.at(index);
    const auto follows_one = [&](const RecordKey& key) {
      return std::ranges::any_of(records, [&](const ReturningRecord& parent) {
        return parent.table->rules.table == relation->parent && parent.as_parent.at(index) == key;
      });
    };
    std::vector<ReturningRecord> found;
    reader.read(
        [&](const ArchiveNames&, const ScannedRecord& record) {
          if (record.malformed) return false;
          const RecordKey key = record_key(record.fields, slots);
          return !key.null && follows_one(key);
        },
        found);
    std::ranges::move(found, std::back_inserter(records));
  }
}

}  // namespace

std::vector<ReturningRecord> returning_records(CsvDataset& live, const ArchiveTarget& target,
                                               const ArchivedPlace& place) {
  std::vector<ReturningRecord> records;
  ReturningReader(live, target, *place.table)
      .read([&](const ArchiveNames& names,
                const ScannedRecord& record) { return names.records == place.file && record.row == place.row; },
            records);
  if (records.empty())
    throw FileFault("the archive has no such record", "run again: it may have been purged meanwhile", Cause::refused);
  require_without_root(live, target, records.front());
  add_followers(live, target, records);
  return records;
}

}  // namespace oubli::csv
