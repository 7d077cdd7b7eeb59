/// Whole scans of generated CSV files agree with the oracle, which judges each line alone, and with
/// brute force for what the others of a dataset make of it: malformed lines, blocked parents, stops.
#include "oubli/policy/read.hpp"
#include "run/dataset_plan.hpp"
#include "support/generated_records.hpp"
#include "support/oracle_translation.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
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

constexpr int k_people = 12;

/// What a generated stop may ask of a parent.
const std::vector<std::string> k_conditions{
    "",
    "status = 'customer'",
    "not status like 'c%'",
    "status is null or number in (1, 2)",
    "number > 5 and status <> 'prospect'",
    "status in ('closed', 'Closed') or number <= 0",
};

oracle::Condition resolved(const std::string& text, const std::vector<std::string>& columns) {
  auto condition = std::get<Condition>(condition_from_text(text));
  const std::function<void(Condition&)> resolve = [&](Condition& each) {
    for (auto& part : each.parts) resolve(part);
    each.slot = static_cast<int>(std::ranges::find(columns, each.name) - columns.begin());
  };
  resolve(condition);
  return translated(condition);
}

/// Parents with generated rules, and children that are due or not, pointing to some of them. Half of the
/// datasets are under stops: by a condition, on a person, or both, and on children.
class GeneratedDataset {
 public:
  GeneratedDataset(RecordGenerator& generator, std::mt19937& random) : m_table(generator.table()), m_random(random) {
    if (m_random() % 2 == 0) add_stops();
    write_parents(generator);
    write_children();
    describe();
  }

  [[nodiscard]] const RuledDataset& rules() const { return m_rules; }
  [[nodiscard]] RunDays days() const { return m_table.days; }
  [[nodiscard]] std::shared_ptr<const DatasetStops> stops() const { return dataset_stops(m_stops, m_rules, {}, {}); }

  /// The outcomes of the parents, by the oracle and by brute force.
  [[nodiscard]] Counts expected() const {
    Counts counts;
    for (std::size_t i = 0; i < m_verdicts.size(); ++i) {
      const auto& own = m_verdicts[i].outcome;
      const bool may_be_stopped = own == "archive" || own == "purge" || own == "anonymise";
      const auto stopped = may_be_stopped ? m_stopped[i] : std::string();
      ++counts[!stopped.empty() ? stopped : is_blocked(i) ? "blocked" : own];
    }
    return counts;
  }

  /// The parents that stay and lose columns.
  [[nodiscard]] std::int64_t expected_minimised() const {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < m_verdicts.size(); ++i) {
      const bool stays = is_blocked(i) || !would_leave(m_verdicts[i]);
      count += stays && m_stopped[i].empty() && m_verdicts[i].outcome != "anonymise" && !m_verdicts[i].rewrites.empty() ? 1 : 0;
    }
    return count;
  }

 private:
  void write_parents(RecordGenerator& generator) {
    const auto oracle_rules = translated(m_table.rules);
    std::string text = "id,who";
    for (const auto& column : m_table.rules.columns) text += ',' + column;
    text += '\n';
    for (int id = 0; id < k_records; ++id) {
      std::vector<std::string> fields;
      for (const auto& value : generator.record(m_table).values) fields.push_back(field_of(value));
      const bool is_malformed = m_random() % 20 == 0;
      const auto who = m_random() % 8 == 0 ? std::string() : fmt::format("p{}", m_random() % k_people);
      text += fmt::format("{},{},{}{}\n", id, who, fmt::join(fields, ","), is_malformed ? ",one too many" : "");
      m_stopped.push_back(oracle::stopped_by(m_oracle_stops, as_read(fields), who));
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
      if (!is_due || (m_holds_children && parent < k_records / 2)) m_needed.insert(parent);
    }
    (void)m_folder.write("children.csv", text);
  }

  void add_stops() {
    for (std::int64_t number = 1; number <= 3; ++number) {
      const bool by_condition = m_random() % 2 == 0;
      add_stop(number, by_condition ? k_conditions[1 + m_random() % (k_conditions.size() - 1)] : "",
               !by_condition || m_random() % 2 == 0);
    }
    m_holds_children = m_random() % 2 == 0;
    if (!m_holds_children) return;
    Stop& hold = m_stops.emplace_back();
    hold.number = 4;
    hold.scope = {"shop", "children", fmt::format("parent < {}", k_records / 2), {}, {}};
  }

  void add_stop(std::int64_t number, const std::string& condition, bool by_subject) {
    Stop& stop = m_stops.emplace_back();
    oracle::Stop& same = m_oracle_stops.emplace_back();
    stop.number = number;
    same.is_hold = m_random() % 2 == 0;
    stop.kind = same.is_hold ? StopKind::legal_hold : StopKind::restriction;
    stop.scope = {"shop", "parents", condition, {}, {}};
    if (!condition.empty()) same.where = resolved(condition, m_table.rules.columns);
    if (!by_subject) return;
    same.subject = fmt::format("p{}", m_random() % k_people);
    stop.scope.subject = subject_digest(TableStops::Key{}, Value::of(std::string_view(*same.subject)));
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
    add("parents", m_table.rules).subject = SubjectPath{{}, "who"};
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
  std::vector<Stop> m_stops;
  std::vector<oracle::Stop> m_oracle_stops;  ///< those on parents
  std::vector<std::string> m_stopped;        ///< what stops each parent that would go
  bool m_holds_children = false;             ///< those of the first half of the parents
};

Counts counted(const OutcomeCounts& outcomes) {
  Counts counts;
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    if (outcomes[outcome] > 0) counts[std::string(to_text(outcome))] = outcomes[outcome];
  }
  return counts;
}

TEST_CASE("scan: outcomes of generated files are those of the oracle", "[unit][run][differential][S12][S14][S18][S20]") {
  RecordGenerator generator(k_seed);
  std::mt19937 random(k_seed);
  Counts total;
  std::int64_t minimised = 0;
  for (int t = 0; t < k_tables; ++t) {
    const GeneratedDataset dataset(generator, random);
    PlanRequest request;
    request.days = dataset.days();
    request.taking_part = {"parents", "children"};
    request.stops = dataset.stops();
    auto plan = plan_dataset(dataset.rules(), request);
    CAPTURE(t);
    REQUIRE_FALSE(plan.failure.has_value());
    const auto counts = counted(plan.table("parents").tally.outcomes);
    CHECK(counts == dataset.expected());
    CHECK(plan.table("parents").tally.minimise == dataset.expected_minimised());
    minimised += plan.table("parents").tally.minimise;
    for (const auto& [outcome, count] : counts) total[outcome] += count;
  }
  for (const auto* outcome : {"keep", "archive", "purge", "flag", "held", "restricted", "blocked", "undated", "unreadable",
                              "future", "undetermined", "no_period", "unassigned", "malformed", "anonymise", "out_of_scope"}) {
    std::cout << fmt::format("{:>13} {}\n", outcome, total[outcome]);
    CHECK(total[outcome] > 0);
  }
  CHECK(minimised > 0);
}

}  // namespace
}  // namespace oubli
