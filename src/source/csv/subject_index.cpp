#include "source/csv/subject_index.hpp"

namespace oubli::csv {

SubjectIndex::SubjectIndex(CsvDataset& dataset, const SubjectPath& path, std::size_t step) {
  const Relation& pointing = path.steps[step];
  const CsvTable& table = dataset.table(pointing.parent);
  const bool is_last = step + 1 == path.steps.size();
  std::unique_ptr<SubjectIndex> next;
  if (!is_last) next = std::make_unique<SubjectIndex>(dataset, path, step + 1);
  ColumnChoice choice;
  const auto key = choice.slots(pointing.parent_columns);
  const auto onwards = choice.slots(is_last ? std::vector{path.column} : path.steps[step + 1].child_columns);
  for (const auto& file : table.files) {
    FileScan scan(table.folder, file, table.dialect(), choice);
    for (ScannedRecord record; scan.next(record);) {
      if (record.malformed) continue;
      note(record_key(record.fields, key), is_last ? RecordSubject::of(record.fields[onwards.front()])
                                                   : next->find(record_key(record.fields, onwards)));
    }
  }
}

void SubjectIndex::note(const RecordKey& key, const RecordSubject& subject) {
  if (key.null) return;
  Noted noted{subject.state, std::string(subject.value.bytes)};
  const auto [place, is_new] = m_subjects.try_emplace(key, noted);
  if (!is_new && place->second != noted) place->second = {RecordSubject::State::unknown, {}};
}

RecordSubject SubjectIndex::find(const RecordKey& key) const {
  if (key.null) return {};
  const auto found = m_subjects.find(key);
  if (found == m_subjects.end()) return RecordSubject::of_unknown();
  const Noted& noted = found->second;
  return {noted.state, noted.state == RecordSubject::State::known ? Value::of(noted.text) : Value{}, {}};
}

}  // namespace oubli::csv
