#include "run/planned_records.hpp"

#include "model/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace oubli {

namespace {

class EachRecord : public RecordSink {
 public:
  explicit EachRecord(std::function<void(const JudgedRecord&)> use) : m_use(std::move(use)) {}
  void record(const JudgedRecord& record) override { m_use(record); }

 private:
  std::function<void(const JudgedRecord&)> m_use;
};

bool leaves(const Judgement& judgement) { return removes(judgement.outcome); }

bool is_rewritten(const Judgement& judgement) {
  return judgement.outcome == Outcome::anonymise || !judgement.rewrites.empty();
}

}  // namespace

const TableSchema* find_schema(const std::vector<TableSchema>& schema, const std::string& table) {
  const auto found = std::ranges::find_if(
      schema, [&](const TableSchema& each) { return ascii_lower(each.name) == ascii_lower(table); });
  return found == schema.end() ? nullptr : &*found;
}

std::vector<std::string> column_names(const TableSchema& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  return names;
}

PlannedRecords::PlannedRecords(const SavedPlan& plan, const RecordDigester::Key& key, const RuledDataset& rules,
                               Side side, const std::vector<TableSchema>& schema, PlanPart part)
    : m_part(part) {
  const Side saved_side = part == PlanPart::arrivals ? Side::live : side;
  for (const auto& table : rules.tables) {
    const auto& name = table.rules.table;
    const auto* const saved = plan.find(rules.config.name, name, saved_side);
    const auto* const now = find_schema(schema, name);
    if (!saved || (!now && side == Side::archive)) continue;
    const bool is_same = now && saved->schema == schema_digest(*now, rules.relations);
    if (!is_same && part == PlanPart::as_saved) {
      throw Error(Cause::refused,
                  fmt::format("{}.{}: its schema has changed since the plan was made", rules.config.name, name),
                  "make another with `oubli scan --save-plan FILE` and review it");
    }
    m_tables.emplace(name, Table{RecordDigester(key, saved_side, table, column_names(*now)), saved->records,
                                 std::vector<std::int64_t>(saved->records.size(), 0)});
  }
}

TablePass PlannedRecords::widened(TablePass pass) const {
  const auto found = m_tables.find(pass.table->rules.table);
  return found == m_tables.end() ? pass : found->second.digester.widened(std::move(pass));
}

std::optional<std::size_t> PlannedRecords::Table::find(const JudgedRecord& record, std::string_view fate) const {
  const auto digest = digester.of(record, fate);
  if (!digest) return std::nullopt;
  const auto at = std::ranges::lower_bound(records, *digest, {}, &SavedRecord::digest);
  if (at == records.end() || at->digest != *digest) return std::nullopt;
  return static_cast<std::size_t>(at - records.begin());
}

std::string PlannedRecords::rewriting_fate(const RuledTable& table, const JudgedRecord& record) const {
  return m_part == PlanPart::arrivals ? std::string(to_text(Outcome::archive))
                                      : fate_of_rewriting(table.rules, record.judgement);
}

void PlannedRecords::count(DataSource& source, const RuledTable& table, const Matcher& matcher) {
  const auto entry = m_tables.find(table.rules.table);
  if (entry == m_tables.end()) return;
  EachRecord sink([&](const JudgedRecord& record) {
    const auto count = [&](std::string_view fate) {
      if (const auto at = entry->second.find(record, fate)) ++entry->second.found[*at];
    };
    if (leaves(record.judgement)) count(fate_of_going(record.judgement));
    if (is_rewritten(record.judgement)) count(rewriting_fate(table, record));
  });
  TablePass pass;
  pass.table = &table;
  pass.matcher = &matcher;
  source.for_each(entry->second.digester.widened(std::move(pass)), sink);
  entry->second.is_counted = true;
}

bool PlannedRecords::holds(const RuledTable& table, const JudgedRecord& record, std::string_view fate) const {
  const auto entry = m_tables.find(table.rules.table);
  if (entry == m_tables.end() || !entry->second.is_counted) return false;
  const auto& expected = entry->second;
  const auto at = expected.find(record, fate);
  return at && expected.found[*at] <= expected.records[*at].count;
}

bool PlannedRecords::lets_go(const RuledTable& table, const JudgedRecord& record) const {
  return m_part == PlanPart::as_saved && leaves(record.judgement) &&
         holds(table, record, fate_of_going(record.judgement));
}

bool PlannedRecords::lets_rewrite(const RuledTable& table, const JudgedRecord& record) const {
  return is_rewritten(record.judgement) && holds(table, record, rewriting_fate(table, record));
}

}  // namespace oubli
