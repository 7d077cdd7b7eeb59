/// Whole scans of generated CSV files agree with the oracle, which judges each line alone, and with
/// brute force for what the others of a dataset make of it: malformed lines, blocked parents.
#include "run/dataset_plan.hpp"
#include "support/generated_records.hpp"
#include "support/oracle_translation.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <set>

namespace oubli {
namespace {

constexpr int k_tables = 500;
constexpr int k_records = 400;
constexpr std::uint32_t k_seed = 20'261'123;

using Counts = std::map<std::string, std::int64_t>;

/// What a CSV can hold of a value: text without line ends and quotes, or nothing.
std::string field_of(const Value& value) {
  std::string text = value.type == Value::Type::blob ? "blob" : to_text(value);
  std::erase_if(text, [](unsigned char c) { return c < 0x20 || c >= 0x7F || c == '"' || c == ','; });
  return text;
}

oracle::Record as_read(const std::vector<std::string>& fields) {
  oracle::Record record;
  for (const auto& field : fields) record.push_back({field.empty() ? '0' : 't', 0, 0, field});
  return record;
}

/// Of a record, the fields of Rules::personal.
oracle::Record personal_of(const TableRules& rules, const oracle::Record& record) {
  oracle::Record personal;
  for (const auto& column : rules.personal) {
    const auto slot = std::find(rules.columns.begin(), rules.columns.end(), column.column) - rules.columns.begin();
    personal.push_back(record[static_cast<std::size_t>(slot)]);
  }
  return personal;
}

/// Parents with generated rules, and children that are due or not, pointing to some of them.
class GeneratedDataset {
 public:
  GeneratedDataset(RecordGenerator& generator, std::mt19937& random) : m_table(generator.table()), m_random(random) {
    write_parents(generator);
    write_children();
    describe();
  }

  [[nodiscard]] const RuledDataset& rules() const { return m_rules; }
  [[nodiscard]] RunDays days() const { return m_table.days; }

  /// The outcomes of the parents, by the oracle and by brute force.
  [[nodiscard]] Counts expected() const {
    Counts counts;
    for (std::size_t i = 0; i < m_verdicts.size(); ++i) ++counts[is_blocked(i) ? "blocked" : m_verdicts[i].outcome];
    return counts;
  }

  /// The parents that stay and lose columns.
  [[nodiscard]] std::int64_t expected_minimised() const {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < m_verdicts.size(); ++i) {
      const bool stays = is_blocked(i) || !would_leave(m_verdicts[i]);
      count += stays && m_verdicts[i].outcome != "anonymise" && !m_verdicts[i].rewrites.empty() ? 1 : 0;
    }
    return count;
  }

 private:
  void write_parents(RecordGenerator& generator) {
    const auto oracle_rules = translated(m_table.rules);
    std::string text = "id";
    for (const auto& column : m_table.rules.columns) text += ',' + column;
    text += '\n';
    for (int id = 0; id < k_records; ++id) {
      std::vector<std::string> fields;
      for (const auto& value : generator.record(m_table).values) fields.push_back(field_of(value));
      const bool is_malformed = m_random() % 20 == 0;
      text += fmt::format("{},{}{}\n", id, fmt::join(fields, ","), is_malformed ? ",one too many" : "");
      m_verdicts.push_back(is_malformed ? malformed() : verdict_on(oracle_rules, as_read(fields)));
    }
    (void)m_folder.write("parents.csv", text);
  }

  static oracle::Verdict malformed() {
    oracle::Verdict verdict;
    verdict.outcome = "malformed";
    return verdict;
  }

  static bool would_leave(const oracle::Verdict& verdict) {
    return verdict.outcome == "archive" || verdict.outcome == "purge";
  }

  [[nodiscard]] bool is_blocked(std::size_t parent) const {
    return m_needed.contains(parent) && would_leave(m_verdicts[parent]);
  }

  [[nodiscard]] oracle::Verdict verdict_on(const oracle::Rules& rules, const oracle::Record& record) const {
    return oracle::judge(rules, record, number_of(m_table.days.as_of), number_of(m_table.days.clock),
                         personal_of(m_table.rules, record));
  }

  void write_children() {
    std::string text = "parent,last\n";
    for (int i = 0; i < k_records / 4; ++i) {
      const auto parent = static_cast<std::size_t>(m_random() % k_records);
      const bool is_due = m_random() % 2 == 0;
      text += fmt::format("{},{}\n", parent, is_due ? "1990-01-01" : "");
      if (!is_due) m_needed.insert(parent);
    }
    (void)m_folder.write("children.csv", text);
  }

  RuledTable& add(const std::string& name, TableRules rules) {
    rules.dataset = "shop";
    rules.table = name;
    TableConfig config;
    config.name = name;
    config.files.emplace().glob = m_folder / (name + ".csv");
    m_rules.config.tables.push_back(config);
    return m_rules.tables.emplace_back(RuledTable{std::move(rules), config, name});
  }

  void describe() {
    m_rules.config.name = "shop";
    m_rules.config.kind = DatasetKind::csv;
    add("parents", m_table.rules);
    TableRules children;
    children.timezone = "UTC";
    children.plausible_from = date::sys_days(date::year{1980} / 1 / 1);
    children.columns = {"last"};
    EventRule last;
    last.name = "last";
    last.zone = "UTC";
    last.formats = {ColumnFormat{}};
    children.events = {last};
    PurposeRule purpose;
    purpose.purpose = "sales";
    purpose.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {1, 0, 0, 0}, {}, {}};
    children.purposes = {purpose};
    add("children", children);
    m_rules.relations.push_back({"children", {"parent"}, "parents", {"id"}, false});
  }

  test::TemporaryFolder m_folder;
  GeneratedTable m_table;
  std::mt19937& m_random;
  std::vector<oracle::Verdict> m_verdicts;  ///< on each parent alone
  std::set<std::size_t> m_needed;           ///< parents with a child that stays
  RuledDataset m_rules;
};

Counts counted(const OutcomeCounts& outcomes) {
  Counts counts;
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    if (outcomes[outcome] > 0) counts[std::string(to_text(outcome))] = outcomes[outcome];
  }
  return counts;
}

TEST_CASE("scan: outcomes of generated files are those of the oracle", "[unit][run][differential][S12][S14][S20]") {
  RecordGenerator generator(k_seed);
  std::mt19937 random(k_seed);
  Counts total;
  std::int64_t minimised = 0;
  for (int t = 0; t < k_tables; ++t) {
    const GeneratedDataset dataset(generator, random);
    PlanRequest request;
    request.days = dataset.days();
    request.taking_part = {"parents", "children"};
    auto plan = plan_dataset(dataset.rules(), request);
    CAPTURE(t);
    REQUIRE_FALSE(plan.failure.has_value());
    const auto counts = counted(plan.table("parents").tally.outcomes);
    CHECK(counts == dataset.expected());
    CHECK(plan.table("parents").tally.minimise == dataset.expected_minimised());
    minimised += plan.table("parents").tally.minimise;
    for (const auto& [outcome, count] : counts) total[outcome] += count;
  }
  for (const auto* outcome : {"keep", "archive", "purge", "flag", "blocked", "undated", "unreadable", "future",
                              "undetermined", "no_period", "unassigned", "malformed", "anonymise", "out_of_scope"}) {
    std::cout << fmt::format("{:>13} {}\n", outcome, total[outcome]);
    CHECK(total[outcome] > 0);
  }
  CHECK(minimised > 0);
}

}  // namespace
}  // namespace oubli
