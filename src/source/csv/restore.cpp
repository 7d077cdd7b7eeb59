#include "source/csv/restore.hpp"

#include "source/csv/inserted_records.hpp"
#include "source/csv/live_contents.hpp"
#include "source/csv/restoring.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace oubli::csv {

namespace {

[[noreturn]] void refuse(const std::string& reason, const std::string& hint) {
  throw FileFault(reason, hint, Cause::refused);
}

class Restoration {
 public:
  Restoration(CsvDataset& dataset, const ArchiveTarget& target) : m_dataset(dataset), m_target(target) {}

  [[nodiscard]] Restored carry_out(const ArchivedPlace& place, const GoingRecords& going) {
    require_settled();
    m_records = returning_records(m_dataset, m_target, place);
    lock_folders();
    const auto guard = begin_step(&going);
    require_no_key();
    require_parents();
    note();
    insert();
    for (const auto& [names, records] : m_notes) take_out(folder_of(names), dialect_of(names), records.names, records.noted);
    m_dataset.forget_indices();
    m_dataset.events().forget();
    return told();
  }

 private:
  /// The records of one pair that go back.
  struct PairNote {
    std::string table;
    ArchiveNames names;
    std::vector<NotedReturn> noted;
  };
  using PairName = std::pair<std::string, std::string>;  ///< table and records file

  [[nodiscard]] const Folder& folder_of(const PairName& pair) const { return *m_archives.at(pair.first)->folder(); }
  [[nodiscard]] const CsvDialect& dialect_of(const PairName& pair) const { return m_dataset.table(pair.first).dialect(); }

  void require_settled() {
    for (const auto& table : m_dataset.tables()) {
      const ArchiveFolder archive(m_target, m_dataset.name(), table.config.name);
      if (!archive.pending().empty())
        refuse("copies of an interrupted run are still pending", "run `oubli enforce` first, which settles them");
    }
  }

  // A lock on each folder once: a second one of our own would wait for the first.
  void lock_folders() {
    std::set<std::filesystem::path> folders;
    for (const auto& record : m_records) {
      const std::string& name = record.table->config.name;
      auto& archive = m_archives[name];
      if (!archive) archive = std::make_unique<ArchiveFolder>(m_target, m_dataset.name(), name);
      folders.insert(archive->folder()->path());
      folders.insert(m_dataset.table(name).folder.path());
    }
    for (const auto& folder : folders) m_locks.emplace_back(folder);
  }

  void require_no_key() {
    for (const auto& table : m_dataset.rules().tables) {
      RecordKeys keys;
      for (const auto& record : m_records) {
        if (record.table == &table && !record.key.null) keys.insert(record.key);
      }
      const auto& live = m_dataset.table(table.config.name);
      if (live_keys_among(live, names_of(table.config.key), keys).empty()) continue;
      refuse("the source has a record of " + table.rules.table + " with its key again",
             "see which of the two is right; the archived one stays");
    }
  }

  void require_parents() {
    const auto& relations = m_dataset.rules().relations;
    for (std::size_t i = 0; i < relations.size(); ++i) {
      RecordKeys wanted = keys_pointing_by(i);
      for (const auto& record : m_records) {
        if (const auto own = record.as_parent.find(i); own != record.as_parent.end()) wanted.erase(own->second);
      }
      if (wanted.empty()) continue;
      const auto& parents = m_dataset.table(relations[i].parent);
      if (live_keys_among(parents, relations[i].parent_columns, wanted).size() == wanted.size()) continue;
      refuse("the record of " + relations[i].parent + " it points to isn't in the source",
             "restore that one first, where it is archived");
    }
  }

  [[nodiscard]] RecordKeys keys_pointing_by(std::size_t relation) const {
    RecordKeys keys;
    for (const auto& record : m_records) {
      const auto key = record.as_child.find(relation);
      if (key != record.as_child.end() && !key->second.null) keys.insert(key->second);
    }
    return keys;
  }

  void note() {
    for (const auto& record : m_records) {
      auto& pair = m_notes[{record.table->config.name, record.names.records}];
      pair.table = record.table->config.name;
      pair.names = record.names;
      pair.noted.push_back({record.row, record.digest, 0});
    }
    for (auto& [name, pair] : m_notes) {
      std::set<std::string> digests;
      for (const auto& record : pair.noted) digests.insert(record.digest);
      const auto counts = live_counts(m_dataset.table(pair.table), digests);
      for (auto& record : pair.noted) record.live_before = counts.at(record.digest);
      note_on_their_way(folder_of(name), pair.names, pair.noted);
    }
  }

  // As long as no file has taken its place nothing has happened; after that the notes tell how to go on.
  void insert() {
    try {
      prepare();
      for (const auto& file : m_files) file->put_in_place();
    } catch (...) {
      const bool has_happened = std::ranges::any_of(m_files, [](const auto& file) { return file->is_in_place(); });
      if (!has_happened) forget_notes();
      throw;
    }
  }

  void prepare() {
    std::map<std::pair<std::string, std::size_t>, std::vector<const ReturningRecord*>> by_file;
    for (const auto& record : m_records) {
      by_file[{record.table->config.name, file_for(record)}].push_back(&record);
    }
    for (const auto& record : m_records) {
      const auto found = by_file.find({record.table->config.name, file_for(record)});
      if (found == by_file.end()) continue;
      m_files.push_back(std::make_unique<InsertedRecords>(m_dataset.table(found->first.first), found->first.second,
                                                          std::move(found->second)));
      by_file.erase(found);
      m_files.back()->prepare();
    }
  }

  /// The file it came from, or else the newest.
  [[nodiscard]] std::size_t file_for(const ReturningRecord& record) {
    const auto& files = m_dataset.table(record.table->config.name).files;
    if (files.empty()) refuse("there is no file to put the record in", "run again when there is one");
    auto found = std::ranges::find(files, record.source, &TableFile::name);
    if (found == files.end()) {
      found = std::ranges::max_element(files, {}, [](const TableFile& file) {
        return std::tie(file.identity.changed_ns, file.name);
      });
    }
    return static_cast<std::size_t>(found - files.begin());
  }

  void forget_notes() {
    m_files.clear();
    try {
      for (const auto& [name, pair] : m_notes) forget_on_their_way(folder_of(name), pair.names);
    } catch (const FileFault&) {
      // The next run does.
    }
  }

  [[nodiscard]] Restored told() const {
    Restored restored;
    for (const auto& record : m_records) ++restored.records[record.table->rules.table];
    restored.row = m_files.front()->row();
    restored.file = m_files.front()->file();
    return restored;
  }

  CsvDataset& m_dataset;
  const ArchiveTarget& m_target;
  std::vector<ReturningRecord> m_records;
  std::map<std::string, std::unique_ptr<ArchiveFolder>> m_archives;  ///< by table
  std::vector<FolderLock> m_locks;
  std::map<PairName, PairNote> m_notes;
  std::vector<std::unique_ptr<InsertedRecords>> m_files;  ///< parents' before their children's
};

}  // namespace

Restored restore_records(CsvDataset& dataset, const ArchiveTarget& target, const ArchivedPlace& place,
                         const GoingRecords& going) {
  return Restoration(dataset, target).carry_out(place, going);
}

}  // namespace oubli::csv
