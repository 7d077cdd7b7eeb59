/// Counting the records of a pass: each under the outcome that is known for it so far.
#pragma once

#include "oubli/model/tally.hpp"
#include "oubli/source/counting_sink.hpp"
#include "run/families.hpp"

#include <memory>

namespace oubli {

[[nodiscard]] TableTally empty_tally(const RuledTable& table);

/// All arguments outlive it.
class TallySink : public CountingSink {
 public:
  TallySink(const Families& families, const RuledTable& table, TableTally& tally)
      : m_families(families), m_table(table), m_tally(tally) {}

  void record(const JudgedRecord& record) override;
  [[nodiscard]] bool takes_number(const Judgement& judgement) const override;
  void add(const Judgement& judgement, std::int64_t records) override;

 private:
  const Families& m_families;
  const RuledTable& m_table;
  TableTally& m_tally;
};

/// The first pass also notes what is due or stopped.
class NotingSink : public CountingSink {
 public:
  NotingSink(Families& families, const RuledTable& table, TableTally& tally)
      : m_families(families), m_table(table), m_total(tally), m_tally(families, table, tally) {}

  void record(const JudgedRecord& record) override;
  [[nodiscard]] bool takes_number(const Judgement& judgement) const override;
  void add(const Judgement& judgement, std::int64_t records) override { m_tally.add(judgement, records); }
  [[nodiscard]] std::unique_ptr<RecordSink> part() const override;
  void join(const RecordSink& part, std::int64_t rows_before) override;

 private:
  Families& m_families;
  const RuledTable& m_table;
  TableTally& m_total;
  TallySink m_tally;
};

}  // namespace oubli
