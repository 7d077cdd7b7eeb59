#include "run/tally_sinks.hpp"

#include "oubli/model/tally_of_many.hpp"

#include <utility>

namespace oubli {

namespace {

// Nothing in a stopped record is changed.
Judgement without_rewrites(Judgement judgement) {
  judgement.rewrites.clear();
  return judgement;
}

/// Counts some of a table's records, beside other threads.
class PartSink : public CountingSink {
 public:
  PartSink(const Families& families, const RuledTable& table)
      : m_total(empty_tally(table)), m_tally(families, table, m_total) {}

  void record(const JudgedRecord& record) override { m_tally.record(record); }
  [[nodiscard]] bool takes_number(const Judgement& judgement) const override { return m_tally.takes_number(judgement); }
  void add(const Judgement& judgement, std::int64_t records) override { m_tally.add(judgement, records); }
  [[nodiscard]] const TableTally& total() const { return m_total; }
  [[nodiscard]] std::int64_t left_out() const { return m_tally.left_out(); }

 private:
  TableTally m_total;
  TallySink m_tally;
};

}  // namespace

TableTally empty_tally(const RuledTable& table) {
  TableTally tally;
  tally.purposes.resize(table.rules.purposes.size());
  return tally;
}

void TallySink::record(const JudgedRecord& record) {
  const auto outcome = m_families.outcome(m_table, record);
  const auto stopped = m_families.stopped(m_table, record);
  const bool stays_whole = stopped && !record.judgement.rewrites.empty();
  if (stays_whole) m_tally.add(without_rewrites(record.judgement), outcome, record.row);
  if (!stays_whole) m_tally.add(record.judgement, outcome, record.row);
  if (m_families.is_left_out(m_table, record)) ++m_left_out;
  if (outcome != Outcome::held && outcome != Outcome::restricted) return;
  for (const auto stop : stopped.numbers) ++m_tally.stopped[stop];
}

// What doesn't change a record can't be stopped.
bool TallySink::takes_number(const Judgement& judgement) const {
  return !changes(judgement.outcome) && judgement.rewrites.empty() && !wants_rows(m_tally, judgement);
}

void TallySink::add(const Judgement& judgement, std::int64_t records) { add_many(m_tally, judgement, records); }

void NotingSink::record(const JudgedRecord& record) {
  m_families.note(m_table, record);
  m_tally.record(record);
}

bool NotingSink::takes_number(const Judgement& judgement) const {
  return !m_families.notes(m_table) && m_tally.takes_number(judgement);
}

std::unique_ptr<RecordSink> NotingSink::part() const {
  return m_families.notes(m_table) ? nullptr : std::make_unique<PartSink>(m_families, m_table);
}

void NotingSink::join(const RecordSink& part, std::int64_t rows_before) {
  const auto& its = static_cast<const PartSink&>(part);
  m_total.append(its.total(), rows_before);
  m_left_out_of_parts += its.left_out();
}

}  // namespace oubli
