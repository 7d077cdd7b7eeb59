/// Counts records of a pass that are like ones judged before (engine/likeness.hpp): where they lie in the
/// index, without decoding, judging or even delivering them.
#pragma once

#include "engine/likeness.hpp"
#include "oubli/source/counting_sink.hpp"
#include "source/csv/csv_dataset.hpp"
#include "source/csv/record_reader.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace oubli::csv {

class AlikeRecords : public RecordTaker {
 public:
  /// Null where the pass must deliver every record, or none of them can be known to be alike.
  [[nodiscard]] static std::unique_ptr<AlikeRecords> of_pass(CsvDataset& dataset, const TablePass& pass,
                                                             RecordSink& sink);
  AlikeRecords(Likeness likeness, CountingSink& sink);

  /// From now on takes what it knows from this file's records. Both must outlive the reading.
  void attach(FileScan& scan);
  [[nodiscard]] std::size_t take(const RecordRun& run) override;
  /// To be told of each record that was left, once the sink was.
  void learn(const RawRecord& record, const Judgement& judgement);
  /// Tells the sink how many were taken; to be called when a file is read.
  void tell();

 private:
  static constexpr std::int64_t k_unknown = -1;
  [[nodiscard]] std::optional<std::uint32_t> likeness_of(const RawFields& fields);

  Likeness m_likeness;
  CountingSink& m_sink;
  std::size_t m_width = 0;
  std::vector<std::size_t> m_places;  ///< by column of the likeness: which of a record's fields it is
  std::vector<std::int64_t> m_taken;  ///< by likeness: how many records
  std::map<std::uint32_t, Judgement> m_judgements;
};

}  // namespace oubli::csv
