/// Which columns minimising and anonymising set, by `decide` and by its compiled form alike.
#include "oubli/engine/decide.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

using namespace oubli;

namespace {

using Columns = std::vector<std::size_t>;

constexpr CategorySet k_identity = 1;
constexpr CategorySet k_contact = 2;

/// `news` lists identity and contact, and ends three years after column 0; `books` lists identity,
/// and ends three years after column 1.
struct Table {
  TableRules rules;
  RunDays days{"2026-01-01"_day, "2026-01-01"_day};

  Table() {
    rules.timezone = "UTC";
    rules.plausible_from = "1980-01-01"_day;
    rules.columns = {"read", "bought"};
    rules.categories = {"identity", "contact"};
    for (const int column : {0, 1}) {
      EventRule event;
      event.column = column;
      event.name = rules.columns[static_cast<std::size_t>(column)];
      event.formats = {ColumnFormat{}};
      event.zone = "UTC";
      rules.events.push_back(event);
      PurposeRule purpose;
      purpose.active = ActiveRule{{EventExpression::Combine::single, {{column, false}}}, false, {3, 0, 0, 0}, {}, {}};
      rules.purposes.push_back(purpose);
    }
    rules.purposes[0].categories = {0, 1};
    rules.purposes[1].categories = {0};
    rules.minimises = true;
    rules.personal = {{"name", k_identity}, {"phone", k_contact}};
  }

  [[nodiscard]] Judgement judged(const std::vector<Value>& values, const std::vector<Value>& personal) const {
    const RecordFacts facts{values, {}, {}, personal};
    Judgement judgement;
    Matcher(rules, days).judge(facts, judgement);
    const Decision decision = decide(rules, facts, days);
    CHECK(decision.outcome == judgement.outcome);
    CHECK(decision.rewrites == judgement.rewrites);
    return judgement;
  }
};

Value text(const char* bytes) { return bytes == nullptr ? Value::of_null() : Value::of(std::string_view(bytes)); }

constexpr const char* k_old = "2015-01-01";
constexpr const char* k_new = "2025-01-01";

Columns rewrites(const Table& table, const char* read, const char* bought) {
  return table.judged({text(read), text(bought)}, {text("Anna"), text("0612")}).rewrites;
}

}  // namespace

TEST_CASE("minimise: a column is emptied once no purpose of the record needs its category", "[unit][rewriting][S15]") {
  const Table table;
  CHECK(rewrites(table, k_new, k_new) == Columns{});
  CHECK(rewrites(table, k_old, k_new) == Columns{1});
  CHECK(rewrites(table, k_new, k_old) == Columns{});
}

TEST_CASE("minimise: a purpose that may still need a column keeps it", "[unit][rewriting][S15]") {
  Table table;
  CHECK(rewrites(table, nullptr, k_new) == Columns{});   // undated
  CHECK(rewrites(table, "soon", k_new) == Columns{});    // unreadable
  CHECK(rewrites(table, k_old, nullptr) == Columns{1});  // what is undated needs identity alone
  table.rules.purposes[0].archive = ArchiveRule{{20, 0, 0, 0}, "legal_claims", {}};
  CHECK(rewrites(table, k_old, k_new) == Columns{});  // archived, if it were alone
}

TEST_CASE("minimise: a column under several categories is needed while one of them is", "[unit][rewriting][S15]") {
  Table table;
  table.rules.personal[1].categories = k_identity | k_contact;
  CHECK(rewrites(table, k_old, k_new) == Columns{});
  table.rules.categories.emplace_back("objection_mark");
  table.rules.personal[1].categories = k_contact | 4;  // of a purpose that doesn't concern the record
  CHECK(rewrites(table, k_old, k_new) == Columns{1});
}

TEST_CASE("minimise: a category that no purpose of the record lists is a matter for a person",
          "[unit][rewriting][S15]") {
  Table table;
  table.rules.categories.emplace_back("hobby");
  table.rules.personal[1].categories = 4;
  CHECK(rewrites(table, k_old, k_new) == Columns{});
}

TEST_CASE("minimise: what is empty or masked already is left alone", "[unit][rewriting][S15]") {
  Table table;
  CHECK(table.judged({text(k_old), text(k_new)}, {text("Anna"), text(nullptr)}).rewrites == Columns{});
  table.rules.personal[1].minimised = {Mask::Kind::constant, "-"};
  CHECK(table.judged({text(k_old), text(k_new)}, {text("Anna"), text("-")}).rewrites == Columns{});
}

TEST_CASE("minimise: a column that records are judged by stays", "[unit][rewriting][S15]") {
  Table table;
  table.rules.personal[1].judges = true;
  CHECK(rewrites(table, k_old, k_new) == Columns{});
}

TEST_CASE("minimise: of a flagged record nothing goes, for a person decides about it", "[unit][rewriting][S15]") {
  Table table;
  for (PurposeRule& purpose : table.rules.purposes) purpose.then = Disposition::flag;
  CHECK(table.judged({text(k_old), text(k_old)}, {text("Anna"), text("0612")}).outcome == Outcome::flag);
  CHECK(rewrites(table, k_old, k_old) == Columns{});
}

TEST_CASE("minimise: a blocked record keeps what its children's purposes may need", "[unit][rewriting][S20]") {
  Table table;
  CHECK(rewrites(table, k_old, k_old) == Columns{0, 1});
  table.rules.needed_below = k_identity;
  CHECK(rewrites(table, k_old, k_old) == Columns{1});
  CHECK(rewrites(table, k_old, k_new) == Columns{1});  // it isn't due: only its own purposes count
}

namespace {

Table anonymising() {
  Table table;
  table.rules.minimises = false;
  for (PurposeRule& purpose : table.rules.purposes) purpose.then = Disposition::anonymise;
  table.rules.columns.insert(table.rules.columns.end(), {"gone_on", "name", "phone"});
  table.rules.personal[0].anonymised = {Mask::Kind::constant, "-"};
  table.rules.anonymised = AnonymisedRule{2, {{3, {Mask::Kind::constant, "-"}}, {4, {}}}};
  return table;
}

Judgement judged(const Table& table, const char* mark, const char* name, const char* phone) {
  return table.judged({text(k_old), text(k_old), text(mark), text(name), text(phone)}, {text(name), text(phone)});
}

}  // namespace

TEST_CASE("anonymise: every personal column that isn't masked yet is set", "[unit][rewriting][S17]") {
  const Table table = anonymising();
  const Judgement judgement = judged(table, nullptr, "Anna", "0612");
  CHECK(judgement.outcome == Outcome::anonymise);
  CHECK(judgement.rewrites == Columns{0, 1});
  CHECK(judged(table, nullptr, "-", "0612").rewrites == Columns{1});
  CHECK(judged(table, nullptr, "-", nullptr).outcome == Outcome::anonymise);  // it isn't marked yet
}

TEST_CASE("anonymise: a marked record is out of scope until a masked column is filled again",
          "[unit][rewriting][S17]") {
  const Table table = anonymising();
  const Judgement judgement = judged(table, "2025-05-05", "-", nullptr);
  CHECK(judgement.outcome == Outcome::out_of_scope);
  CHECK(judgement.rewrites == Columns{});
  CHECK(judgement.purposes[0].state == PurposeState::not_concerned);
  CHECK(judged(table, "2025-05-05", "Anna", nullptr).outcome == Outcome::anonymise);
  CHECK(judged(table, "2025-05-05", "-", "0612").rewrites == Columns{1});
}

TEST_CASE("anonymise: a mark that says no marks nothing", "[unit][rewriting][S17]") {
  const Table table = anonymising();
  CHECK(judged(table, "", "-", nullptr).outcome == Outcome::anonymise);
  CHECK(judged(table, "0", "-", nullptr).outcome == Outcome::anonymise);
}

TEST_CASE("anonymise: a record is out of scope with the one it follows, once it is masked itself",
          "[unit][rewriting][S12][S17]") {
  Table table = anonymising();
  table.rules.personal = {{"street", k_contact}};
  const std::vector<Value> root{text(k_old), text(k_old), text("2025-05-05"), text("-"), text(nullptr)};
  CHECK(table.judged(root, {text(nullptr)}).outcome == Outcome::out_of_scope);
  CHECK(table.judged(root, {text("Rue X")}).outcome == Outcome::anonymise);
}
