#include "source/sqlite/open_dataset.hpp"

namespace oubli::sqlite {

OpenDataset::OpenDataset(const DatasetConfig& dataset, Access dataset_access)
    : config(dataset),
      access(dataset_access),
      database(open_database(dataset.path, dataset_access, dataset.name)),
      catalog(database) {
  // Someone has read the triggers: they may do what they do for the database's own program.
  if (access == Access::enforce && config.triggers_accepted) trust_schema(database, true);
}

void OpenDataset::hold_snapshot() {
  if (m_snapshot) return;
  m_snapshot.emplace(database);
  // A transaction begins to see the database with its first read, not before.
  (void)database.execAndGet("SELECT count(*) FROM main.sqlite_schema").getInt();
  notice_changes();
}

void OpenDataset::note_erased(const ValueStatement& row) {
  for (int i = 0; erased && i < row.columns(); ++i) note_erased(row.column(i));
}

void OpenDataset::note_erased(const Value& value) {
  const bool has_bytes = value.type == Value::Type::text || value.type == Value::Type::blob;
  if (erased && has_bytes) erased->add(value.bytes);
}

void OpenDataset::notice_changes() {
  // Inside a transaction it says whether others have committed since it was last asked.
  const std::int64_t version = database.execAndGet("PRAGMA data_version").getInt64();
  if (version != m_data_version && events != nullptr) events->forget();
  m_data_version = version;
}

}  // namespace oubli::sqlite
