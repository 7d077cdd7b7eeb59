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
  /// How many due records a saved plan leaves out.
  [[nodiscard]] std::int64_t left_out() const { return m_left_out; }

 private:
  const Families& m_families;
  const RuledTable& m_table;
  TableTally& m_tally;
  std::int64_t m_left_out = 0;
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
  [[nodiscard]] std::int64_t left_out() const { return m_tally.left_out() + m_left_out_of_parts; }

 private:
  Families& m_families;
  const RuledTable& m_table;
  TableTally& m_total;
  TallySink m_tally;
  std::int64_t m_left_out_of_parts = 0;
};

}  // namespace oubli
