/// Whose the records are that other records point to (S18).
///
/// One pass over the files of the table pointed to notes for each of its keys the data subject.
/// Memory grows with that table's rows. Where a key occurs twice, for different people, nobody can tell.
#pragma once

#include "oubli/model/record_subject.hpp"
#include "source/csv/csv_dataset.hpp"

#include <memory>
#include <string>
#include <unordered_map>

namespace oubli::csv {

class SubjectIndex {
 public:
  /// Of the records that `path.steps[step]` leads to.
  SubjectIndex(CsvDataset& dataset, const SubjectPath& path, std::size_t step);

  /// Nobody for a null key, unknown for one that leads nowhere. Lives as long as this.
  [[nodiscard]] RecordSubject find(const RecordKey& key) const;

 private:
  struct Noted {
    RecordSubject::State state = RecordSubject::State::nobody;
    std::string text;
    friend bool operator==(const Noted&, const Noted&) = default;
  };
  void note(const RecordKey& key, const RecordSubject& subject);

  std::unordered_map<RecordKey, Noted, RecordKeyHash> m_subjects;
};

}  // namespace oubli::csv
