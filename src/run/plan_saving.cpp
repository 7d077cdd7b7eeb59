#include "run/plan_saving.hpp"

#include "run/planned_records.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace oubli {

namespace {

/// Counts equal records.
class SavingSink : public RecordSink {
 public:
  SavingSink(const DatasetPlan& plan, const RuledTable& table, const RecordDigester& digester)
      : m_families(*plan.families), m_table(table), m_digester(digester) {}

  void record(const JudgedRecord& record) override {
    if (m_families.goes(m_table, record)) return add(record, fate_of_going(record.judgement));
    if (m_families.is_rewritten(m_table, record)) add(record, fate_of_rewriting(m_table.rules, record.judgement));
  }

  [[nodiscard]] std::vector<SavedRecord> records() && {
    std::ranges::sort(m_digests);
    std::vector<SavedRecord> records;
    for (const auto& digest : m_digests) {
      if (records.empty() || records.back().digest != digest) records.push_back({digest, 0});
      ++records.back().count;
    }
    return records;
  }

 private:
  // An archived record that lacks a column can't be told from another: it isn't in the plan.
  void add(const JudgedRecord& record, const std::string& fate) {
    if (const auto digest = m_digester.of(record, fate)) m_digests.push_back(*digest);
  }

  const Families& m_families;
  const RuledTable& m_table;
  const RecordDigester& m_digester;
  std::vector<RecordDigest> m_digests;
};

}  // namespace

std::vector<SavedTable> records_to_save(const DatasetPlan& plan, const RecordDigester::Key& key) {
  std::vector<SavedTable> saved;
  const auto schema = plan.source->schema();
  for (const auto& planned : plan.tables) {
    if (!plan.taking_part.contains(planned.name()) || planned.tally.to_change() == 0) continue;
    const auto& now = *find_schema(schema, planned.name());
    const RecordDigester digester(key, plan.side, *planned.table, column_names(now));
    SavingSink sink(plan, *planned.table, digester);
    plan.source->for_each(digester.widened(plan.families->pass(*planned.table, plan.matchers.at(planned.name()))), sink);
    saved.push_back({plan.name(), planned.name(), plan.side, schema_digest(now, plan.rules->relations),
                     std::move(sink).records()});
  }
  return saved;
}

}  // namespace oubli
