// What every source promises to those who change (include/oubli/source/data_source.hpp): what
// went, and that all else is as before.
#include "contract/crm.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;
using namespace oubli::test;

namespace {

SourceKind any_kind() { return GENERATE(SourceKind::memory, SourceKind::sqlite, SourceKind::csv); }

const Rows k_contacts_left = {{"c2", "b@example.org", "2025-06-01"}, {"c4", "d@example.org", ""}};
const Rows k_notes_left = {{"n2", "c2", "two"}, {"n4", "gone", "four"}};
const Rows k_contacts_gone = {{"c1", "a@example.org", "2020-01-01"},
                              {"c3", "c@example.org", "2021-03-04"},
                              {"c5", "e@example.org", "2019-12-31"}};
const Rows k_notes_gone = {{"n1", "c1", "one"}, {"n3", "c1", "three"}, {"n5", "c5", "five"}};

/// Lets go what its key names alone.
class OnlyThese : public GoingRecords {
 public:
  explicit OnlyThese(std::string email) : m_email(std::move(email)) {}
  [[nodiscard]] bool goes(const RuledTable& /*table*/, const JudgedRecord& record) const override {
    return record.facts.values.size() == 2 && record.facts.values[1].bytes == m_email;
  }
  [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord&) const override { return false; }

 private:
  std::string m_email;
};

/// Counts the steps that began, and lets none of them change anything from the given one on.
class Gate : public GoingRecords {
 public:
  explicit Gate(int open_for) : m_open_for(open_for) {}

  [[nodiscard]] bool goes(const RuledTable& /*table*/, const JudgedRecord& /*record*/) const override { return true; }
  [[nodiscard]] bool is_rewritten(const RuledTable& /*table*/, const JudgedRecord& /*record*/) const override {
    return false;
  }
  [[nodiscard]] std::unique_ptr<StepGuard> begin_step() const override {
    if (m_begun++ == m_open_for) throw PlanOutdated();
    return std::make_unique<Held>(m_held);
  }
  [[nodiscard]] int begun() const { return m_begun; }
  [[nodiscard]] int held() const { return m_held; }

 private:
  class Held : public StepGuard {
   public:
    explicit Held(int& held) : m_held(held) { ++m_held; }
    ~Held() override { --m_held; }

   private:
    int& m_held;
  };
  int m_open_for;
  mutable int m_begun = 0;
  mutable int m_held = 0;
};

}  // namespace

TEST_CASE("every step begins by asking whether its plan still holds, and lets go when it is done",
          "[contract][source][S18]") {
  Crm crm(any_kind(), Crm::Then::archive);
  const Gate gate(100);
  crm.enforce(crm.group(100, &gate));
  CHECK(gate.begun() > 0);
  CHECK(gate.held() == 0);
  CHECK(crm.harness().rows("contacts") == k_contacts_left);
}

TEST_CASE("a step whose plan is outdated changes nothing", "[contract][source][S18]") {
  Crm crm(any_kind(), Crm::Then::archive);
  const Rows contacts = crm.harness().rows("contacts");
  const Rows notes = crm.harness().rows("notes");
  const Gate gate(0);
  CHECK_THROWS_AS(crm.enforce(crm.group(100, &gate)), PlanOutdated);
  CHECK(gate.held() == 0);
  CHECK(crm.harness().rows("contacts") == contacts);
  CHECK(crm.harness().rows("notes") == notes);

  crm.open("run-2");
  crm.enforce(crm.group());
  CHECK(crm.harness().rows("contacts") == k_contacts_left);
  CHECK(crm.harness().archived("contacts") == k_contacts_gone);
}

TEST_CASE("a plan made anew begins at the beginning, wherever it stands in memory", "[contract][source][S18]") {
  Crm crm(any_kind(), Crm::Then::purge);
  const Gate gate(1);
  GroupPlan plan = crm.group(100, &gate);
  const auto take_step = [&] {
    const auto step = crm.source().next_step(plan, {1});
    if (!step) return false;
    step->copy();
    (void)step->remove();
    return true;
  };
  CHECK(take_step());
  CHECK_THROWS_AS(take_step(), PlanOutdated);
  const auto due = [&](const char* table) {
    const auto records = crm.records(crm.pass(table));
    return std::ranges::count(records, Outcome::purge, &SeenRecord::outcome);
  };
  plan.going = nullptr;
  plan.tables[0].expected = due("notes");
  plan.tables[1].expected = due("contacts");
  while (take_step()) {
  }
  CHECK(crm.harness().rows("contacts") == k_contacts_left);
  CHECK(crm.harness().rows("notes") == k_notes_left);
}

TEST_CASE("a purge takes exactly what is due, followers included", "[contract][source][S12]") {
  Crm crm(any_kind(), Crm::Then::purge);
  StepResult result = crm.enforce(crm.group());
  CHECK(result["contacts"].purged == 3);
  CHECK(result["notes"].purged == 3);
  CHECK(result["contacts"].archived + result["contacts"].changed + result["notes"].changed == 0);
  CHECK(crm.harness().rows("contacts") == k_contacts_left);
  CHECK(crm.harness().rows("notes") == k_notes_left);
  CHECK(crm.harness().archived("contacts").empty());
}

TEST_CASE("archived records are in the archive as they were, and gone from the source", "[contract][source]") {
  Crm crm(any_kind(), Crm::Then::archive);
  StepResult result = crm.enforce(crm.group());
  CHECK(result["contacts"].archived == 3);
  CHECK(result["notes"].archived == 3);
  CHECK(crm.harness().rows("contacts") == k_contacts_left);
  CHECK(crm.harness().rows("notes") == k_notes_left);
  CHECK(crm.harness().archived("contacts") == k_contacts_gone);
  CHECK(crm.harness().archived("notes") == k_notes_gone);
}

TEST_CASE("a step given up leaves the source as it was, and the next run settles its copies", "[contract][source]") {
  Crm crm(any_kind(), Crm::Then::archive);
  const Rows contacts = crm.harness().rows("contacts");
  const Rows notes = crm.harness().rows("notes");
  crm.source().next_step(crm.group(), {})->copy();
  CHECK(crm.harness().rows("contacts") == contacts);
  CHECK(crm.harness().rows("notes") == notes);

  crm.open("run-2");
  crm.enforce(crm.group());
  CHECK(crm.harness().rows("contacts") == k_contacts_left);
  CHECK(crm.harness().archived("contacts") == k_contacts_gone);
  CHECK(crm.harness().archived("notes") == k_notes_gone);
}

TEST_CASE("never more goes than the plan expects", "[contract][source][I8]") {
  Crm crm(any_kind(), Crm::Then::purge);
  StepResult result = crm.enforce(crm.group(1));
  CHECK(result["contacts"].purged <= 1);
  CHECK(result["notes"].purged <= 1);
  CHECK(crm.harness().rows("contacts").size() >= 4);
  CHECK(crm.harness().rows("notes").size() >= 4);
}

TEST_CASE("only what the going filter lets go goes", "[contract][source][S20]") {
  Crm crm(any_kind(), Crm::Then::purge);
  const OnlyThese going("e@example.org");
  GroupPlan plan = crm.group();
  plan.going = &going;
  StepResult result = crm.enforce(plan);
  CHECK(result["contacts"].purged == 1);
  CHECK(result["notes"].purged == 1);
  CHECK(crm.harness().rows("contacts").size() == 4);
  CHECK(crm.harness().rows("notes") ==
        Rows{{"n1", "c1", "one"}, {"n2", "c2", "two"}, {"n3", "c1", "three"}, {"n4", "gone", "four"}});
}

TEST_CASE("a record that changed since it was copied stays", "[contract][source]") {
  Crm crm(any_kind(), Crm::Then::archive);
  const GroupPlan plan = crm.group();
  bool refused = false;
  StepResult result;
  while (const auto step = crm.source().next_step(plan, {})) {
    step->copy();
    crm.harness().change("contacts", "c3", "last_contact", "2025-12-01");
    try {
      for (const auto& [table, change] : step->remove()) result[table] += change;
    } catch (const Error& error) {
      CHECK(error.cause() == Cause::dataset);
      refused = true;
      break;
    }
  }
  const Rows contacts = crm.harness().rows("contacts");
  CHECK(std::ranges::count(contacts, std::vector<std::string>{"c3", "c@example.org", "2025-12-01"}) == 1);
  // A file that changed is left alone as a whole; otherwise the record alone stays.
  CHECK((refused || result["contacts"].changed == 1));
}
