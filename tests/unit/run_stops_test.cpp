/// Stops against whole runs: once the command that adds one has returned, no record it covers is touched.
#include "oubli/run/approve.hpp"
#include "oubli/run/enforce.hpp"
#include "oubli/run/scan.hpp"
#include "oubli/run/stop_orders.hpp"
#include "oubli/state/state.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <chrono>
#include <thread>

using namespace oubli;
using oubli::test::TemporaryFolder;

namespace {

const char* const k_policy = R"(oubli: policy/1
policy: {id: shop, version: 1, in_force_from: 2020-01-01}
controller: {name: Shop, contact: privacy@example.org}
timezone: UTC
data_subjects: {customer: Customers}
data_categories: {identity: {title: Name}}
events: {seen: {kind: dated, title: Last seen}}
purposes:
  sales:
    title: Sales
    legal_basis: contract
    data: {customer: [identity]}
    active: {keep: 1 year, from: seen}
)";

const char* const k_config = R"(oubli: config/1
policies: [policy.yaml]
state: state.db
archive_dir: archive/
limits: {max_share: 100%, max_records: 100000}
datasets:
  shop:
    sqlite: shop.db
    tables:
      customers:
        key: id
        data_subject: email
        purposes: {sales: {}}
        columns: {identity: [email], technical: [id, seen]}
        events: {seen: seen}
      orders:
        key: id
        data_subject: {via: customers, on: {customer: id}}
        purposes: {sales: {}}
        columns: {technical: ["*"]}
        events: {seen: seen}
  web:
    csv: visits.csv
    tables:
      visits:
        data_subject: who
        purposes: {sales: {}}
        columns: {technical: [who, seen]}
        events: {seen: seen}
)";

constexpr int k_customers = 5'000;  // several steps

/// A database, a CSV file and an approved config. All records are due.
class Shop {
 public:
  Shop() {
    (void)m_folder.write("policy.yaml", k_policy);
    (void)m_folder.write("oubli.yaml", k_config);
    (void)m_folder.write("visits.csv", "who,seen\nada@example.org,2020-01-01\ngrace@example.org,2020-01-01\n");
    SQLite::Database database((m_folder / "shop.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(fmt::format(
        "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, seen TEXT);"
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customers (id), seen TEXT);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0})"
        "INSERT INTO customers SELECT i, CASE i WHEN {0} THEN 'ada@example.org' ELSE 'p' || i END, '2020-01-01' FROM n;"
        "INSERT INTO orders SELECT id, id, '2020-01-01' FROM customers;",
        k_customers));
    (void)record_approval(project(), "Ada", m_now);
  }

  [[nodiscard]] Project project() const { return load_project(m_folder / "oubli.yaml"); }
  [[nodiscard]] std::filesystem::path state_file() const { return m_folder / "state.db"; }
  [[nodiscard]] RunReport enforce() const { return oubli::enforce(project(), {}, m_now); }
  [[nodiscard]] RunReport scan() const { return oubli::scan(project(), {}, m_now); }

  [[nodiscard]] HoldRequest hold_on_ada() const {
    HoldRequest request;
    request.case_id = "2026-17";
    request.reason = "claim";
    request.by = "Grace";
    request.subject = "ada@example.org";
    return request;
  }
  [[nodiscard]] Stop add(const HoldRequest& request) const { return add_hold(project(), request, m_now); }
  [[nodiscard]] TimePoint now() const { return m_now; }

  [[nodiscard]] std::string live(const std::string& query) const {
    const SQLite::Database database((m_folder / "shop.db").string(), SQLite::OPEN_READONLY);
    SQLite::Statement select(database, query);
    std::string text;
    while (select.executeStep()) text += select.getColumn(0).getString() + " ";
    return text;
  }
  [[nodiscard]] std::string visits() const { return test::read_file(m_folder / "visits.csv"); }

 private:
  TemporaryFolder m_folder;
  TimePoint m_now = date::sys_days(date::year{2026} / 6 / 1) + std::chrono::hours(12);
};

const TableLine& line(const RunReport& report, const std::string& table) {
  return *std::ranges::find(report.tables, table, &TableLine::table);
}

/// What must be left once Ada is held, whenever that happened before the end of the run.
void check_ada_is_left(const Shop& shop) {
  CHECK(shop.live("SELECT email FROM customers WHERE email LIKE '%@%'") == "ada@example.org ");
  CHECK(shop.live(fmt::format("SELECT id FROM orders WHERE id = {}", k_customers)) == fmt::format("{} ", k_customers));
  CHECK(shop.visits() == "who,seen\nada@example.org,2020-01-01\n");
}

}  // namespace

TEST_CASE("a hold added between scan and enforce is in force", "[unit][run][S18]") {
  const Shop shop;
  CHECK(line(shop.scan(), "customers").tally.outcomes[Outcome::purge] == k_customers);
  const auto hold = shop.add(shop.hold_on_ada());
  CHECK(hold.number == 1);
  const auto report = shop.enforce();
  check_ada_is_left(shop);
  for (const auto* table : {"customers", "orders", "visits"}) {
    CAPTURE(table);
    CHECK(line(report, table).tally.outcomes[Outcome::held] == 1);
    REQUIRE(line(report, table).stops.size() == 1);
    CHECK(line(report, table).stops.front().title == "case 2026-17 (hold 1)");
    CHECK(line(report, table).stops.front().records == 1);
  }
  CHECK(report.enforced->status == RunStatus::complete);
  CHECK(shop.live("SELECT count(*) FROM customers") == "1 ");
}

TEST_CASE("a lifted hold stops nothing any more", "[unit][run][S18]") {
  const Shop shop;
  (void)shop.add(shop.hold_on_ada());
  (void)shop.enforce();
  (void)lift_hold(shop.project(), 1, "Grace", "settled", shop.now());
  const auto report = shop.enforce();
  CHECK(report.enforced->status == RunStatus::complete);
  CHECK(shop.live("SELECT count(*) FROM customers") == "0 ");
  CHECK(shop.visits() == "who,seen\n");
}

// The run stands before its first step, which waits for the lock that whoever adds a stop has: that it has
// planned shows in the state, where it notes what it is about to remove.
TEST_CASE("a hold added while a run is under way is in force from its next step on", "[unit][run][S18][S20]") {
  const Shop shop;
  const auto project = shop.project();
  auto lock = std::make_optional(State::lock_stops(shop.state_file(), StopLock::Hold::alone));
  RunReport report;
  std::thread run([&] { report = shop.enforce(); });
  while (State::open_for_reading(shop.state_file())->erasure_pending().empty()) std::this_thread::yield();
  {
    auto state = State::open(shop.state_file(), State::Create::no);
    Stop hold;
    hold.number = 1;
    hold.case_id = "2026-17";
    hold.by = "Grace";
    hold.from = date::sys_days(date::year{2026} / 6 / 1);
    SECTION("on a person") {
      hold.scope.subject = subject_digest(state.digest_key(), Value::of(std::string_view("ada@example.org")));
    }
    SECTION("on what orders say alone: their parents stay with them") {
      hold.scope = {"shop", "orders", fmt::format("customer = {}", k_customers), {}, {}};
    }
    state.add_stop(hold, {"stopped", {}, "{}", "2026-06-01T12:00:00Z"});
    lock.reset();
    run.join();
    const bool on_person = hold.scope.subject.has_value();
    if (on_person) check_ada_is_left(shop);
    CHECK(shop.live("SELECT id FROM orders") == fmt::format("{} ", k_customers));
    CHECK(shop.live("SELECT id FROM customers") == fmt::format("{} ", k_customers));
    const auto& customers = line(report, "customers");
    CHECK(customers.tally.outcomes[on_person ? Outcome::held : Outcome::blocked] == 1);
    CHECK(customers.tally.outcomes[Outcome::purge] == k_customers - 1);
    CHECK(customers.tally.rows == k_customers);
    CHECK(customers.applied->purged == k_customers - 1);
    CHECK(customers.applied->remaining == 0);
    CHECK(line(report, "orders").tally.outcomes[Outcome::held] == 1);
    CHECK(report.enforced->status == RunStatus::complete);
  }
}

TEST_CASE("a hold that names what config or schema no longer have stops every command that reads data",
          "[unit][run][S18]") {
  const Shop shop;
  HoldRequest request;
  request.case_id = "2026-18";
  request.reason = "claim";
  request.by = "Grace";
  request.table = "customers";
  request.condition = "email = 'p1'";
  (void)shop.add(request);
  auto project = shop.project();
  project.schemas.at("shop").tables[0].columns = {"id", "seen"};
  project.schemas.at("shop").tables[1].columns = {"id", "seen"};
  try {
    (void)oubli::scan(project, {}, shop.now());
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.cause() == Cause::usage);
    CHECK(std::string(error.what()) ==
          "case 2026-18 (hold 1) covers the column shop.customers.email, which is no longer there");
    CHECK(error.diagnostic().hint == "put it back, or lift the hold: `oubli hold lift 1`");
  }
  CHECK_THROWS_AS(oubli::enforce(project, {}, shop.now()), Error);
  CHECK(shop.live("SELECT count(*) FROM customers") == fmt::format("{} ", k_customers));
}

TEST_CASE("a hold is judged by the clock's day, never by the day records are judged by", "[unit][run][S18]") {
  const Shop shop;
  auto request = shop.hold_on_ada();
  request.from = date::sys_days(date::year{2026} / 5 / 1);
  request.until = date::sys_days(date::year{2026} / 6 / 1);
  (void)shop.add(request);
  const auto held = [&](TimePoint now) {
    const auto report = oubli::scan(shop.project(), {Day(date::year{2025} / 1 / 1), {}, false}, now);
    return line(report, "visits").tally.outcomes[Outcome::held];
  };
  CHECK(held(shop.now()) == 1);
  CHECK(held(shop.now() + date::days{1}) == 0);
}

TEST_CASE("an order that can't be trusted is refused", "[unit][run][S18]") {
  const Shop shop;
  const auto refusal = [&](const HoldRequest& request) -> std::string {
    try {
      (void)shop.add(request);
    } catch (const Error& error) {
      CHECK(error.cause() == Cause::usage);
      return error.what();
    }
    return "";
  };
  auto request = shop.hold_on_ada();
  request.unreachable = {"shop.orders"};
  CHECK(refusal(request) == "shop.orders is no table out of reach");
  request = shop.hold_on_ada();
  request.subject = "";
  CHECK(refusal(request) == "no data subject is named");
  request.subject.reset();
  CHECK(refusal(request) == "the hold covers nothing");
  request.dataset = "shop";
  request.condition = "id = 1";
  CHECK(refusal(request) == "a condition needs a table whose columns it compares");
  request.table = "customers";
  request.condition = "idd = 1";
  CHECK(refusal(request) == "there is no column shop.customers.idd");
  request.condition = "seen > 2020-01-01";
  CHECK(refusal(request) == "the condition of a hold compares columns, no event with a day");
  request.condition.clear();
  request.until = date::sys_days(date::year{2026} / 5 / 31);
  CHECK(refusal(request) == "it would never be in force: its last day is 2026-05-31");
  CHECK(all_stops(shop.project()).empty());
}
