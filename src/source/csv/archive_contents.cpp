#include "source/csv/archive_contents.hpp"

#include "source/csv/archived_dataset.hpp"
#include "source/csv/bookkeeping.hpp"
#include "source/csv/fault.hpp"
#include "source/csv/restoring.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace csv {

namespace {

const CsvDialect k_meta_dialect;

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) result.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

/// Reads pairs, and what is left of pairs, as they are.
class TableLook {
 public:
  /// `dialect`: null for a table the config no longer has, whose records can't be told from each other.
  TableLook(const ArchiveFolder& archive, const CsvDialect* dialect, Contents contents)
      : m_archive(archive), m_folder(*archive.folder()), m_dialect(dialect), m_contents_wanted(contents) {}

  [[nodiscard]] ArchivedTableContents look(std::string table) {
    m_found.table = std::move(table);
    for (const auto& pair : m_archive.copies()) {
      if (!m_folder.has(pair.names.pending)) attempt(pair.records, [&] { look_at(pair); });
    }
    for (const auto& names : m_archive.pending()) {
      attempt(names.pending, [&] { m_found.pending += lines_of(names.pending); });
    }
    for (const auto& names : m_archive.restoring()) {
      attempt(names.restoring, [&] { m_found.restoring += lines_of(names.restoring); });
    }
    count_lines_alone();
    return std::move(m_found);
  }

 private:
  template <typename Work>
  void attempt(const std::string& name, Work work) {
    try {
      work();
    } catch (const FileFault& fault) {
      m_found.unreadable.push_back(name + ": " + fault.what());
    }
  }

  [[nodiscard]] std::int64_t lines_of(const std::string& name) const {
    FileScan lines(m_folder, present_file(m_folder, name), k_meta_dialect, ColumnChoice());
    std::int64_t count = 0;
    for (ScannedRecord line; lines.next(line);) ++count;
    return count;
  }

  void look_at(const ArchivedPair& pair) {
    FileScan records(m_folder, present_file(m_folder, pair.records), m_dialect ? *m_dialect : k_meta_dialect,
                     ColumnChoice());
    if (!m_folder.has(pair.meta)) {
      for (ScannedRecord record; records.next(record);) ++m_found.without_bookkeeping;
      return;
    }
    ColumnChoice noted;
    noted.append({"run", "purposes", "content_sha256"});
    FileScan lines(m_folder, present_file(m_folder, pair.meta), k_meta_dialect, noted, Absent::null);
    ScannedRecord line;
    for (ScannedRecord record; records.next(record);) {
      if (lines.next(line)) {
        note(record, line);
      } else {
        ++m_found.without_bookkeeping;
      }
    }
    while (lines.next(line)) ++m_found.without_record;
  }

  void note(const ScannedRecord& record, const ScannedRecord& line) {
    ++m_found.records;
    if (line.malformed) {
      ++m_found.changed;
      return;
    }
    ++m_found.runs[std::string(line.fields[0].bytes)];
    for (const auto& purpose : words(line.fields[1].bytes)) ++m_found.purposes[purpose];
    if (m_contents_wanted == Contents::counted || m_dialect == nullptr) return;
    if (to_hex(content_digest(record.raw.content)) != line.fields[2].bytes) ++m_found.changed;
  }

  /// Bookkeeping whose records file is gone.
  void count_lines_alone() {
    for (const auto& name : m_archive.names()) {
      constexpr std::string_view k_suffix = ".meta.csv";
      if (!name.ends_with(k_suffix)) continue;
      const std::string records = name.substr(0, name.size() - k_suffix.size()) + ".csv";
      if (!m_folder.has(records)) attempt(name, [&] { m_found.without_record += lines_of(name); });
    }
  }

  const ArchiveFolder& m_archive;
  const Folder& m_folder;
  const CsvDialect* m_dialect;
  Contents m_contents_wanted;
  ArchivedTableContents m_found;
};

void add_files(const ArchiveFolder& archive, ArchiveContents& found) {
  found.files.push_back(archive.folder()->path());
  for (const auto& name : archive.names()) found.files.push_back(archive.folder()->path() / name);
}

ArchiveContents look_at(const ArchivedDataset& archive, const ArchiveTarget& target, Contents contents) {
  ArchiveContents found;
  const auto add = [&](const std::string& table, const ArchiveFolder& folder, const CsvDialect* dialect) {
    if (folder.folder() == nullptr) return;
    add_files(folder, found);
    found.tables.push_back(TableLook(folder, dialect, contents).look(table));
  };
  for (const auto& table : archive.rules().config.tables)
    add(table.name, archive.folder(table.name), &archive.dialect(table.name));
  for (const auto& table : archive.unmapped_tables()) add(table, ArchiveFolder(target, archive.name(), table), nullptr);
  std::ranges::sort(found.tables, {}, &ArchivedTableContents::table);
  return found;
}

[[noreturn]] void throw_gone() { throw FileFault("the archive has no such record"); }

std::string run_of(const Folder& folder, const ArchivedPair& pair, std::int64_t row) {
  ColumnChoice noted;
  noted.append({"run"});
  FileScan lines(folder, present_file(folder, pair.meta), k_meta_dialect, noted);
  for (ScannedRecord line; lines.next(line);) {
    if (line.row == row && !line.malformed) return std::string(line.fields[0].bytes);
  }
  throw_gone();
}

std::vector<ArchivedField> fields_of(const Folder& folder, const ArchivedPair& pair, const CsvDialect& dialect,
                                     std::int64_t row) {
  const auto header = read_header(folder.open_file(pair.records), dialect, pair.records);
  ColumnChoice all;
  if (header) all.append(header->names);
  FileScan scan(folder, present_file(folder, pair.records), dialect, all);
  for (ScannedRecord record; scan.next(record);) {
    if (record.row != row || record.malformed) continue;
    std::vector<ArchivedField> fields;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      const Value& value = record.fields[i];
      fields.push_back({header->names[i], value.is_null() ? std::nullopt : std::optional(std::string(value.bytes))});
    }
    return fields;
  }
  throw_gone();
}

ArchivedRecord read_record(const ArchivedDataset& archive, const ArchivedPlace& place) {
  const ArchiveFolder& folder = archive.folder(place.table->config.name);
  for (const auto& pair : folder.settled()) {
    if (pair.names.records != place.file) continue;
    return {run_of(*folder.folder(), pair, place.row),
            fields_of(*folder.folder(), pair, archive.dialect(place.table->config.name), place.row)};
  }
  throw_gone();
}

}  // namespace

}  // namespace csv

ArchiveContents csv_archive_contents(const RuledDataset& dataset, const ArchiveTarget& target, Contents contents) {
  return csv::with_context(dataset.config.name, {}, [&] {
    return csv::look_at(csv::ArchivedDataset(dataset, target, Access::read), target, contents);
  });
}

ArchivedRecord csv_archived_record(const RuledDataset& dataset, const ArchiveTarget& target,
                                   const ArchivedPlace& place) {
  return csv::with_context(dataset.config.name, place.table->config.name, [&] {
    return csv::read_record(csv::ArchivedDataset(dataset, target, Access::read), place);
  });
}

}  // namespace oubli
