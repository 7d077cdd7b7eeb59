/// Compiling events that no column of their table gives (S11).
#include "oubli/policy/compile.hpp"
#include "oubli/policy/read.hpp"
#include "support/live_schema_text.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace oubli;

namespace {

const std::string k_policy = R"(oubli: policy/1
policy: {id: shop, version: 1, in_force_from: 2026-01-01}
controller: {name: Shop, contact: privacy@example.org}
timezone: Europe/Paris
data_subjects: {customer: Customers}
data_categories:
  identity: {title: Names}
events:
  last_order: {kind: dated, title: Last order}
  closed: {kind: end, title: Account closed}
purposes:
  sales:
    title: Sales
    legal_basis: contract
    data: {customer: [identity]}
    active: {keep: 3 years, from: last_order}
    ends_on: {closed: all}
)";

const std::string k_schema = R"([crm] sqlite
Customers: Id* Email Status
Orders: id* customer_id at kind
Lines: id* order_id at
notes: id* customer_id at
Orders.customer_id -> Customers.Id
Lines.order_id -> Orders.id
view recent: id
)";

/// The table `customers` with these events; its key, where it has one, is `id`.
Checked<std::vector<RuledDataset>> compiled(const std::string& events, bool with_key = true,
                                            const std::string& more = "", const std::string& kind = "sqlite") {
  auto policy = read_policy(k_policy, "/etc/shop/policy.yaml");
  REQUIRE(policy.value);
  auto config = read_config("oubli: config/1\npolicies: [policy.yaml]\ndatasets:\n  crm:\n    sqlite: crm.db\n    tables:\n" +
                                ("      customers:\n        purposes: {sales: {}}\n" +
                                 std::string(with_key ? "        key: id\n" : "") + "        events:\n" + events + more),
                            "/etc/shop/oubli.yaml");
  for (const auto& finding : config.diagnostics) UNSCOPED_INFO(finding.message);
  REQUIRE(config.value);
  std::string schema = k_schema;
  schema.replace(schema.find("sqlite"), 6, kind);
  return compile({*policy.value}, *config.value, test::schemas_from_text(schema));
}

const std::string k_closed = "          closed: {when: \"status = 'closed'\", on: first_seen}\n";

TableRules rules_of(Checked<std::vector<RuledDataset>> checked) {
  for (const auto& finding : checked.diagnostics) UNSCOPED_INFO(finding.message);
  REQUIRE(checked.value);
  return checked.value->front().tables.front().rules;
}

std::vector<std::string> errors_of(const Checked<std::vector<RuledDataset>>& checked) {
  std::vector<std::string> lines;
  for (const auto& finding : checked.diagnostics) {
    lines.push_back(std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + ": " +
                    finding.message + " [" + finding.code + "] " + finding.hint);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("compile: rows of another table are named as the schema spells them", "[unit][compile][S11]") {
  const auto rules = rules_of(compiled(
      "          last_order: {latest: orders.AT, on: {customer_id: id}, where: \"kind = 'sale' and at is not null\"}\n" +
      k_closed));
  const EventRule& event = rules.events.front();
  CHECK(event.column == -1);
  const OtherTableRule& rows = *event.other_table;
  CHECK(rows.pick == RowPick::latest);
  CHECK(rows.table == "Orders");
  CHECK(rows.columns == std::vector<std::string>{"at", "customer_id", "kind"});
  CHECK(rows.links == 1);
  CHECK(rows.where->parts.front().slot == 2);
  CHECK(rows.where->parts.back().parts.front().slot == 0);
  CHECK_FALSE(rows.via.has_value());
  REQUIRE(rows.key.size() == 1);
  CHECK(rules.columns.at(static_cast<std::size_t>(rows.key.front())) == "Id");
}

TEST_CASE("compile: a state seen first is remembered by the record's key", "[unit][compile][S11]") {
  const auto rules = rules_of(compiled("          last_order: {latest: orders.at, on: {customer_id: id}}\n" + k_closed));
  const EventRule& event = rules.events.back();
  CHECK(event.column == -1);
  CHECK(event.when.has_value());
  REQUIRE(event.first_seen->key.size() == 1);
  CHECK(rules.columns.at(static_cast<std::size_t>(event.first_seen->key.front())) == "Id");
}

TEST_CASE("compile: a table between is reached by the one relation, or by the columns named", "[unit][compile][S11]") {
  const auto via = GENERATE(as<std::string>{}, "orders", "{orders: {order_id: id}}");
  const auto rules =
      rules_of(compiled("          last_order: {latest: lines.at, via: " + via + ", on: {customer_id: id}}\n" + k_closed));
  const OtherTableRule& rows = *rules.events.front().other_table;
  CHECK(rows.table == "Lines");
  CHECK(rows.columns == std::vector<std::string>{"at", "order_id"});
  REQUIRE(rows.via.has_value());
  CHECK(rows.via->table == "Orders");
  CHECK(rows.via->linked == std::vector<std::string>{"id"});
  CHECK(rows.via->link == std::vector<std::string>{"customer_id"});
}

TEST_CASE("compile: names of another table that aren't there are told with their place", "[unit][compile][S11]") {
  const std::string event = "          last_order: ";
  CHECK(errors_of(compiled(event + "{latest: order.at, on: {customer_id: id}}\n" + k_closed)).front() ==
        "11:32: the dataset has no table 'order' [no-table] did you mean 'Orders'?");
  CHECK(errors_of(compiled(event + "{latest: orders.on, on: {customer_id: id}}\n" + k_closed)).front() ==
        "11:32: table 'Orders' has no column 'on' [no-column] there are: id, customer_id, at, kind");
  CHECK(errors_of(compiled(event + "{latest: orders.at, on: {customers_id: idd}}\n" + k_closed)) ==
        Lines{"11:48: table 'Orders' has no column 'customers_id' [no-column] did you mean 'customer_id'?",
              "11:62: table 'Customers' has no column 'idd' [no-column] did you mean 'Id'?"});
  CHECK(errors_of(compiled(event + "{latest: orders.at, on: {customer_id: id}, where: \"knd = 'x'\"}\n" + k_closed)) ==
        Lines{"11:74: table 'Orders' has no column 'knd' [no-column] did you mean 'kind'?"});
  CHECK(errors_of(compiled(event + "{latest: notes.at, via: orders, on: {customer_id: id}}\n" + k_closed)) ==
        Lines{"11:47: no relation leads from table 'notes' to 'Orders' [relation] write 'via: {Orders: {column of notes: "
              "column of Orders}}'"});
}

TEST_CASE("compile: a table without key can't remember what it saw first", "[unit][compile][S11]") {
  CHECK(errors_of(compiled("          last_order: {latest: orders.at, on: {customer_id: id}}\n" + k_closed, false)) ==
        Lines{"11:11: event 'closed' is remembered by record, and table 'Customers' has no key [missing-key] add 'key: …', "
              "the columns that tell one record from another"});
}

TEST_CASE("compile: a table that gives an event need not serve a purpose", "[unit][compile][S11]") {
  const std::string events = "          last_order: {latest: orders.at, on: {customer_id: id}}\n" + k_closed;
  CHECK(compiled(events, true, "      orders: {}\n").value.has_value());
  CHECK(errors_of(compiled(events, true, "      notes: {}\n")).front().find("serves no purpose") != std::string::npos);
}
