/// `decide`, `Matcher` and an oracle that knows nothing of either agree on generated records.
#include "oubli/engine/decide.hpp"
#include "support/generated_records.hpp"
#include "support/oracle_translation.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <iostream>
#include <map>

namespace oubli {
namespace {

// ---------------------------------------------------------------- what each of them says, as text

std::string due_text(const std::optional<Day>& due) { return due ? to_text(*due) : "-"; }

std::string words_for(CategorySet ended) {
  std::string text = ", ended:";
  for (std::size_t category = 0; category < k_most_categories; ++category) {
    if ((ended >> category & 1U) != 0) text += fmt::format(" {}", category);
  }
  return text;
}

std::string words_for(const std::vector<std::size_t>& rewrites) {
  std::string text = ", rewrites:";
  for (const std::size_t column : rewrites) text += fmt::format(" {}", column);
  return text;
}

std::string said_by(const Decision& decision) {
  if (decision.outcome == Outcome::out_of_scope) return "out_of_scope";
  std::string text = fmt::format("{} {}", to_text(decision.outcome), due_text(decision.due));
  for (const auto& purpose : decision.purposes) {
    text += fmt::format("; {} {}", to_text(purpose.state), due_text(purpose.due));
  }
  return text + words_for(decision.ended_categories) + words_for(decision.rewrites);
}

std::string said_by(const Judgement& judgement) {
  if (judgement.outcome == Outcome::out_of_scope) return "out_of_scope";
  std::string text = fmt::format("{} {}", to_text(judgement.outcome), due_text(judgement.due));
  for (const auto& purpose : judgement.purposes) {
    text += fmt::format("; {} {}", to_text(purpose.state), due_text(purpose.due));
  }
  return text + words_for(judgement.ended_categories) + words_for(judgement.rewrites);
}

std::string said_by(const oracle::Verdict& verdict) {
  if (verdict.outcome == "out_of_scope") return "out_of_scope";
  const auto day = [](const std::optional<oracle::DayNumber>& due) {
    return due ? to_text(Day{date::days{*due}}) : std::string("-");
  };
  std::string text = fmt::format("{} {}", verdict.outcome, day(verdict.due));
  for (const auto& purpose : verdict.purposes) text += fmt::format("; {} {}", purpose.state, day(purpose.due));
  text += ", ended:";
  for (const int category : verdict.ended_categories) text += fmt::format(" {}", category);
  text += ", rewrites:";
  for (const std::size_t column : verdict.rewrites) text += fmt::format(" {}", column);
  return text;
}

/// What only the two forms of the engine say.
std::string details(const Decision& decision) {
  std::string text;
  for (const auto& purpose : decision.purposes) {
    text += fmt::format("{} {};", due_text(purpose.start), purpose.newer_than_inactive);
  }
  return text;
}

std::string details(const Judgement& judgement) {
  if (judgement.outcome == Outcome::out_of_scope) return "";
  std::string text;
  for (const auto& purpose : judgement.purposes) {
    text += fmt::format("{} {};", due_text(purpose.start), purpose.newer_than_inactive);
  }
  return text;
}

std::string written(const GeneratedRecord& record) {
  std::string text;
  for (const Value& value : record.values) {
    text += fmt::format("[{} {} {} '{}']", static_cast<int>(value.type), value.integer, value.real, value.bytes);
  }
  return text;
}

// ---------------------------------------------------------------- which keys of a policy mattered

void leave_out(oracle::Purpose& purpose, const char* extent) {
  std::erase_if(purpose.by_category, [&](const oracle::CategoryEnd& end) { return end.extent == extent; });
}

/// A key of a policy, and how its purposes read without it.
struct Key {
  const char* name;
  void (*leave_out)(oracle::Purpose&);
};

const std::vector<Key> k_keys{
    {"at_most", [](oracle::Purpose& purpose) { purpose.cap = purpose.archive_cap = std::nullopt; }},
    {"end_of", [](oracle::Purpose& purpose) { purpose.end_of = "none"; }},
    {"archive up_to", [](oracle::Purpose& purpose) { purpose.archive.reset(); }},
    {"archive until", [](oracle::Purpose& purpose) { purpose.archive_own.reset(); }},
    {"ends_on", [](oracle::Purpose& purpose) { purpose.endings.clear(); }},
    {"unless_since", [](oracle::Purpose& purpose) { purpose.unless_since.reset(); }},
    {"never_opened", [](oracle::Purpose& purpose) { purpose.never_opened.reset(); }},
    {"override", [](oracle::Purpose& purpose) { purpose.last_day_override.reset(); }},
    {"override at_most",
     [](oracle::Purpose& purpose) {
       if (purpose.last_day_override) purpose.last_day_override->at_most.reset();
     }},
    {"by_category", [](oracle::Purpose& purpose) { leave_out(purpose, "purpose"); }},
    {"active by_category", [](oracle::Purpose& purpose) { leave_out(purpose, "active"); }},
    {"archive by_category", [](oracle::Purpose& purpose) { leave_out(purpose, "archive"); }},
};

/// Counts per key the judgements that would be others without it.
class KeyCoverage {
 public:
  void begin(const oracle::Rules& rules) {
    m_without.assign(k_keys.size(), rules);
    for (std::size_t i = 0; i < k_keys.size(); ++i) {
      for (auto& purpose : m_without[i].purposes) k_keys[i].leave_out(purpose);
    }
  }

  void add(const oracle::Record& values, const oracle::Record& personal, const GeneratedTable& table,
           const oracle::Verdict& verdict) {
    for (std::size_t i = 0; i < k_keys.size(); ++i) {
      const auto other =
          oracle::judge(m_without[i], values, number_of(table.days.as_of), number_of(table.days.clock), personal);
      if (said_by(other) != said_by(verdict)) ++m_mattered[i];
    }
  }

  void require_all() const {
    for (std::size_t i = 0; i < k_keys.size(); ++i) {
      std::cout << fmt::format("{:>20} {}\n", k_keys[i].name, m_mattered[i]);
      CAPTURE(k_keys[i].name);
      CHECK(m_mattered[i] > 0);
    }
  }

 private:
  std::vector<oracle::Rules> m_without;  ///< one per key
  std::vector<int> m_mattered = std::vector<int>(k_keys.size(), 0);
};

constexpr int k_tables = 4'000;
constexpr int k_records_per_table = 50;
constexpr int k_every = 5;  ///< records that are also judged without each key
constexpr std::uint32_t k_seed = 20'261'122;

TEST_CASE("decide, Matcher and the oracle agree on generated records", "[unit][engine][differential][S14]") {
  RecordGenerator generator(k_seed);
  std::map<std::string, int> outcomes;
  KeyCoverage coverage;
  Judgement judgement;
  int disagreements = 0;
  for (int t = 0; t < k_tables && disagreements < 5; ++t) {
    const GeneratedTable table = generator.table();
    const oracle::Rules oracle_rules = translated(table.rules);
    const Matcher matcher(table.rules, table.days);
    coverage.begin(oracle_rules);
    for (int r = 0; r < k_records_per_table; ++r) {
      const GeneratedRecord record = generator.record(table);
      matcher.judge({record.values, {}, {}, record.personal}, judgement);
      const Decision decision = decide(table.rules, {record.values, {}, {}, record.personal}, table.days);
      const auto values = translated(record.values);
      const auto personal = translated(record.personal);
      const auto verdict =
          oracle::judge(oracle_rules, values, number_of(table.days.as_of), number_of(table.days.clock), personal);
      ++outcomes[verdict.outcome];
      if (r % k_every == 0) coverage.add(values, personal, table, verdict);
      if (said_by(judgement) == said_by(decision) && said_by(judgement) == said_by(verdict) &&
          details(judgement) == details(decision)) {
        continue;
      }
      ++disagreements;
      FAIL_CHECK("table " << t << ", record " << r << ", as of " << to_text(table.days.as_of) << ": " << written(record)
                          << "\n  matcher: " << said_by(judgement) << "\n  decide:  " << said_by(decision)
                          << "\n  oracle:  " << said_by(verdict));
    }
  }
  CHECK(disagreements == 0);
  for (const char* const outcome : {"keep", "archive", "purge", "flag", "anonymise", "undated", "unreadable", "future",
                                    "undetermined", "no_period", "unassigned", "out_of_scope"}) {
    std::cout << fmt::format("{:>20} {}\n", outcome, outcomes[outcome]);
    CHECK(outcomes[outcome] > 0);
  }
  coverage.require_all();
}

}  // namespace
}  // namespace oubli
