// The table of source kinds: a new one is a folder beside these and a line here.
#include "oubli/source/archive_contents.hpp"
#include "oubli/source/data_source.hpp"
#include "source/csv/archive_contents.hpp"
#include "source/csv/archive_source.hpp"
#include "source/csv/csv_source.hpp"
#include "source/sqlite/archive_contents.hpp"
#include "source/sqlite/archive_source.hpp"
#include "source/sqlite/sqlite_source.hpp"

#include <algorithm>
#include <array>

namespace oubli {

namespace {

struct SourceKind {
  DatasetKind kind;
  std::unique_ptr<DataSource> (*open)(const DatasetConfig&, Access);
  std::unique_ptr<DataSource> (*open_archive)(const RuledDataset&, const ArchiveTarget&, Access);
  ArchiveContents (*archive_contents)(const RuledDataset&, const ArchiveTarget&, Contents);
  ArchivedRecord (*archived_record)(const RuledDataset&, const ArchiveTarget&, const ArchivedPlace&);
};

constexpr std::array k_source_kinds = {
    SourceKind{DatasetKind::sqlite, open_sqlite_source, open_sqlite_archive, sqlite_archive_contents,
               sqlite_archived_record},
    SourceKind{DatasetKind::csv, open_csv_source, open_csv_archive, csv_archive_contents, csv_archived_record},
};

const SourceKind& kind_of(const DatasetConfig& dataset) {
  const auto* const found = std::find_if(k_source_kinds.begin(), k_source_kinds.end(),
                                         [&](const SourceKind& each) { return each.kind == dataset.kind; });
  if (found == k_source_kinds.end())
    throw Error(Cause::dataset, dataset.name + ": no source reads this kind of dataset");
  return *found;
}

}  // namespace

std::unique_ptr<DataSource> open_source(const DatasetConfig& dataset, Access access) {
  return kind_of(dataset).open(dataset, access);
}

std::unique_ptr<DataSource> open_archive(const RuledDataset& dataset, const ArchiveTarget& target, Access access) {
  return kind_of(dataset.config).open_archive(dataset, target, access);
}

ArchiveContents archive_contents(const RuledDataset& dataset, const ArchiveTarget& target, Contents contents) {
  return kind_of(dataset.config).archive_contents(dataset, target, contents);
}

ArchivedRecord archived_record(const RuledDataset& dataset, const ArchiveTarget& target, const ArchivedPlace& place) {
  return kind_of(dataset.config).archived_record(dataset, target, place);
}

}  // namespace oubli
