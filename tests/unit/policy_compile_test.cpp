/// Compiling: what resolves to what, and how each name that doesn't is reported.
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
  billing: {title: Orders}
events:
  last_order: {kind: dated, title: Last order}
  closed: {kind: end, title: Account closed}
purposes:
  sales:
    title: Sales
    legal_basis: contract
    legal_reference: Code civil
    reference: section 2
    data: {customer: [identity, billing]}
    active: {keep: 3 years, from: last_order}
    ends_on: {closed: all}
  news:
    title: News
    legal_basis: consent
    data: {customer: [identity]}
    active: {keep: 1 year, from: last_order}
)";

const std::string k_schema = R"([crm] sqlite
Customers: ID* Email Status Last_Order Closed
orders: id* customer_id total
lines: id* order_id
view recent: id
migrations: version*
orders.customer_id -> Customers.ID
)";

Policy policy_of(const std::string& text) {
  auto read = read_policy(text, "/etc/shop/policy.yaml");
  for (const auto& finding : read.diagnostics) UNSCOPED_INFO(finding.message);
  REQUIRE(read.value);
  return std::move(*read.value);
}

Config config_of(const std::string& datasets) {
  auto read = read_config("oubli: config/1\npolicies: [policy.yaml]\ndatasets:\n" + datasets, "/etc/shop/oubli.yaml");
  for (const auto& finding : read.diagnostics) UNSCOPED_INFO(finding.message);
  REQUIRE(read.value);
  return std::move(*read.value);
}

/// A dataset `crm` whose tables are `tables`; their first line is line 7 of the config.
Checked<std::vector<RuledDataset>> compiled(const std::string& tables, const std::string& schema = k_schema) {
  const std::string indented = "  crm:\n    sqlite: crm.db\n    tables:\n" + tables;
  return compile({policy_of(k_policy)}, config_of(indented), test::schemas_from_text(schema));
}

/// `customers` with everything in place; what follows is added to the block.
std::string customers(const std::string& rest = "") {
  return R"(      customers:
        key: id
        purposes: {sales: {where: "status <> 'test'"}, news: {}}
        columns: {identity: [email]}
        events: {last_order: last_order, closed: closed}
        on_partial_end: flag
)" + rest;
}

RuledDataset only(Checked<std::vector<RuledDataset>> checked) {
  for (const auto& finding : checked.diagnostics) UNSCOPED_INFO(finding.message);
  REQUIRE(checked.value);
  REQUIRE(checked.value->size() == 1);
  return std::move(checked.value->front());
}

std::string line_of(const Diagnostic& finding) {
  return std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + ": " + finding.message +
         " [" + finding.code + "] " + finding.hint;
}

std::vector<std::string> lines_of(const std::vector<Diagnostic>& findings) {
  std::vector<std::string> lines;
  for (const auto& finding : findings) lines.push_back(line_of(finding));
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("compile: names of SQLite take the schema's spelling", "[unit][compile]") {
  const auto dataset = only(compiled(customers()));
  const auto& table = dataset.tables.front();
  CHECK(table.root == "Customers");
  CHECK(table.rules.table == "Customers");
  CHECK(table.config.key.front().name == "ID");
  CHECK(table.config.columns.front().patterns.front().name == "Email");
  CHECK(table.rules.columns == std::vector<std::string>{"Last_Order", "Closed", "Status"});
  CHECK(to_text(*table.rules.purposes.front().where) == "Status <> 'test'");
  CHECK(dataset.config.policy == "shop");
}

TEST_CASE("compile: a table and those that follow it have one list of data categories", "[unit][compile][S15]") {
  const auto dataset = only(compiled(customers(R"(      orders:
        follows: customers
        on: {customer_id: id}
        columns: {technical: [id], billing: [total]}
      lines:
        follows: orders
        on: {order_id: id}
)")));
  using Names = std::vector<std::string>;
  for (const auto& table : dataset.tables) {
    CHECK(table.rules.categories == Names{"identity", "billing"});
    CHECK(table.rules.purposes[0].categories == std::vector<int>{0, 1});
    CHECK(table.rules.purposes[1].categories == std::vector<int>{0});
  }
}

TEST_CASE("compile: an event of a data category is needed where its columns are", "[unit][compile][S13][S15]") {
  std::string policy = k_policy;
  policy.insert(policy.find("  news:"), "    by_category: {billing: {until: closed, plus: 1 year}}\n");
  const auto compiled_with = [&](const std::string& tables) {
    return compile({policy_of(policy)}, config_of("  crm:\n    sqlite: crm.db\n    tables:\n" + tables),
                   test::schemas_from_text(k_schema));
  };
  const std::string sales = R"(      customers:
        purposes: {sales: {}}
        columns: {identity: [email]}
        events: {last_order: last_order, closed: closed}
)";
  CHECK(only(compiled_with(sales)).tables[0].rules.purposes[0].by_category.empty());
  const auto followed =
      compiled_with(sales + R"(      orders: {follows: customers, on: {customer_id: id}, columns: {billing: [total]}}
)");
  CHECK(lines_of(followed.diagnostics) ==
        Lines{"7:7: table 'Customers' doesn't say what happens when a data category ends before its purpose: 'billing' "
              "of 'sales' does [partial-end] add 'on_partial_end: minimise', or 'flag'"});
}

TEST_CASE("compile: the references of law and policy are joined, zones and timezone filled in", "[unit][compile]") {
  const auto rules = only(compiled(customers())).tables.front().rules;
  CHECK(rules.purposes.front().reference == "Code civil; section 2");
  CHECK(rules.timezone == "Europe/Paris");
  CHECK(rules.events.front().zone == "Europe/Paris");
}

TEST_CASE("compile: a live foreign key and the same declared relation are one", "[unit][compile][S20]") {
  const auto dataset = only(compiled(customers(R"(      orders: {follows: customers, on: {CUSTOMER_ID: id}}
      lines: {follows: orders, on: {order_id: id}, relations: [{parent: orders, on: {order_id: id}}]}
)")));
  const Relation orders{"orders", {"customer_id"}, "Customers", {"ID"}, true};
  const Relation lines{"lines", {"order_id"}, "orders", {"id"}, true};
  CHECK(dataset.relations == std::vector<Relation>{orders, lines});
}

TEST_CASE("compile: a table at the end of a chain of follows has the root's rules", "[unit][compile][S12]") {
  const auto dataset = only(compiled(customers(R"(      lines: {follows: orders, on: {order_id: id}}
      orders: {follows: customers, on: {customer_id: id}}
)")));
  TableRules expected = dataset.tables[0].rules;
  expected.table = "lines";
  CHECK(dataset.tables[1].root == "Customers");
  CHECK(dataset.tables[1].rules == expected);
}

TEST_CASE("compile: an event of one purpose alone comes before the table's", "[unit][compile][S11]") {
  const auto rules = only(compiled(R"(      customers:
        purposes: {sales: {}, news: {where: "last_order > 2020-01-01"}}
        events: {last_order: last_order, closed: closed, news.last_order: {column: status, format: yyyymmdd}}
        on_partial_end: flag
)"))
                         .tables.front()
                         .rules;
  REQUIRE(rules.events.size() == 3);
  CHECK(rules.events[2].purpose == "news");
  CHECK(rules.purposes[0].active->start.members.front().event == 0);
  CHECK(rules.purposes[1].active->start.members.front().event == 2);
  CHECK(rules.purposes[1].where->slot == 2);
}

TEST_CASE("compile: a dataset that can't be reached is compiled as written", "[unit][compile]") {
  const auto dataset = only(compiled(customers(), ""));
  CHECK(dataset.tables.front().rules.table == "customers");
  CHECK(dataset.tables.front().rules.columns == std::vector<std::string>{"last_order", "closed", "status"});
}

TEST_CASE("compile: names of CSV are exact", "[unit][compile]") {
  const auto config = config_of(
      "  web:\n    csv: v.csv\n    tables:\n      visits:\n        purposes: {news: {}, sales: {}}\n"
      "        events: {last_order: At, closed: at}\n        on_partial_end: flag\n");
  const auto checked = compile({policy_of(k_policy)}, config, test::schemas_from_text("[web] csv\nvisits: at\n"));
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"9:30: table 'visits' has no column 'At' [no-column] did you mean 'at'?"});
}

TEST_CASE("compile: the first line of a CSV is never listed, for it may be a record", "[unit][compile][I7]") {
  const auto config = config_of(
      "  web:\n    csv: v.csv\n    tables:\n      visits:\n        purposes: {news: {}, sales: {}}\n"
      "        events: {last_order: at, closed: at}\n        on_partial_end: flag\n");
  const auto schema = test::schemas_from_text("[web] csv\nvisits: Martin, 2020-01-01\n");
  const auto checked = compile({policy_of(k_policy)}, config, schema);
  REQUIRE_FALSE(checked.diagnostics.empty());
  for (const auto& finding : checked.diagnostics) {
    CHECK(finding.hint ==
          "the first line names the columns: correct `delimiter`, or name them yourself, `header: [a, b]`");
  }
}

TEST_CASE("compile: each name that isn't there is reported with its place and the nearest", "[unit][compile]") {
  const auto checked = compiled(R"(      customer:
        purposes: {sales: {}}
        events: {last_order: last_order, closed: closed}
      orders:
        key: idd
        data_subject: mail
        purposes: {sale: {}}
        columns: {identiti: [total]}
        events: {last_ordr: id}
)");
  CHECK_FALSE(checked.value);
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"7:7: the dataset has no table 'customer' [no-table] did you mean 'Customers'?",
              "11:14: table 'orders' has no column 'idd' [no-column] did you mean 'id'?",
              "12:23: table 'orders' has no column 'mail' [no-column] there are: id, customer_id, total",
              "13:20: policy 'shop' has no purpose 'sale' [undeclared] did you mean 'sales'?",
              "14:19: policy 'shop' has no data category 'identiti' [undeclared] did you mean 'identity'?",
              "15:18: policy 'shop' has no event 'last_ordr' [undeclared] did you mean 'last_order'?"});
  CHECK(checked.diagnostics[1].excerpt == "        key: idd");
}

TEST_CASE("compile: the names of conditions are reported where they stand", "[unit][compile][I3]") {
  const auto checked = compiled(R"(      customers:
        purposes:
          sales: {where: "statut = 'a' and last_order is null"}
          news: {where: "email > 2020-01-01 or last_ordr > 2020-01-01"}
        events: {last_order: email, closed: {column: closed, when: "last_order > 2020-01-01"}}
        on_partial_end: flag
)",
                                "[crm] sqlite\ncustomers: email status closed\n");
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"9:27: table 'customers' has no column 'statut' [no-column] did you mean 'status'?",
              "9:44: 'last_order' is an event, no column [condition] compare an event with a day, written without "
              "quotes: 2020-01-31",
              "10:26: 'email' is a column; a day may only be compared with an event [condition] name the event that "
              "this column gives",
              "10:48: policy 'shop' has no event 'last_ordr' [undeclared] did you mean 'last_order'?",
              "11:69: the condition of an event can't name an event [condition] compare a column"});
}

TEST_CASE("compile: an event that a purpose needs must be mapped, one that none needs is unused",
          "[unit][compile][S11]") {
  const auto checked = compiled(R"(      customers:
        purposes: {news: {}, sales: {}}
        events: {closed: closed, news.closed: closed}
        on_partial_end: flag
)");
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"8:20: purpose 'news' needs the event 'last_order', which table 'Customers' doesn't map "
              "[event-unmapped] add its column under events: 'last_order: …'",
              "8:30: purpose 'sales' needs the event 'last_order', which table 'Customers' doesn't map "
              "[event-unmapped] add its column under events: 'last_order: …'",
              "9:34: no purpose of table 'Customers' needs the event 'news.closed' [unused] remove it, or add the "
              "purpose that needs it"});
}

TEST_CASE("compile: purposes that end on different days need a word on partial ends", "[unit][compile][S15]") {
  const auto checked = compiled(R"(      customers:
        purposes: {news: {}, sales: {}}
        events: {last_order: last_order, closed: closed}
)");
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"7:7: table 'Customers' doesn't say what happens when one of its purposes ends before another: 'news' "
              "and 'sales' differ [partial-end] add 'on_partial_end: minimise', or 'flag'"});
}

TEST_CASE("compile: the way to the data subject goes through other tables", "[unit][compile][S18]") {
  const auto dataset = only(compiled(R"(      customers:
        purposes: {news: {}, sales: {}}
        data_subject: email
        events: {last_order: last_order, closed: closed}
        on_partial_end: flag
      orders:
        data_subject: {via: CUSTOMERS, on: {customer_id: id}}
        purposes: {news: {}}
        events: {last_order: total}
      lines: {follows: orders, on: {order_id: id}}
)"));
  REQUIRE(dataset.tables.size() == 3);
  const auto steps = [&](std::size_t table) {
    std::vector<std::string> names;
    for (const auto& step : dataset.tables[table].subject->steps) {
      names.push_back(step.child + "." + step.child_columns.front() + " -> " + step.parent + "." + step.parent_columns.front());
    }
    return names;
  };
  CHECK(steps(0).empty());
  CHECK(steps(1) == std::vector<std::string>{"orders.customer_id -> Customers.ID"});
  CHECK(steps(2) == std::vector<std::string>{"lines.order_id -> orders.id", "orders.customer_id -> Customers.ID"});
  for (const auto& table : dataset.tables) CHECK(table.subject->column == "Email");
  CHECK_FALSE(dataset.relations.empty());
}

TEST_CASE("compile: a way to a data subject that leads nowhere is reported", "[unit][compile][S18]") {
  const auto checked = compiled(R"(      customers:
        purposes: {sales: {}}
        data_subject: {via: orders, on: {id: customer_id}}
        events: {last_order: last_order, closed: closed}
      orders:
        data_subject: {via: lines, on: {id: id}}
        purposes: {news: {}}
        events: {last_order: total}
      lines: {follows: orders, on: {order_id: id}}
)");
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"9:29: table 'Customers' looks for its data subject round in a circle [relation] name a table with a "
              "'data_subject'",
              "9:46: (customer_id) doesn't tell one row of table 'orders' from another [relation] name the columns of "
              "its primary key or of a unique index",
              "12:29: table 'orders' looks for its data subject round in a circle [relation] name a table with a "
              "'data_subject'"});
}

TEST_CASE("compile: the data subject is looked for in a mapped table that tells it", "[unit][compile][S18]") {
  const auto checked = compiled(customers(R"(      orders:
        data_subject: {via: customers, on: {customer_id: id}}
        purposes: {news: {}}
        events: {last_order: total}
      lines:
        data_subject: {via: migrations, on: {id: version}}
        purposes: {news: {}}
        events: {last_order: order_id}
)"));
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"14:29: table 'Customers' doesn't say whose its records are [relation] name a table with a 'data_subject'",
              "18:29: the data subject is looked for in a table that isn't mapped here [relation] name a table with a "
              "'data_subject'"});
}

TEST_CASE("compile: a follower has no purposes or events of its own, and its chain ends", "[unit][compile][S12]") {
  const auto checked = compiled(customers(R"(      orders:
        follows: lines
        on: {id: id}
        purposes: {news: {}}
        events: {last_order: total}
      lines: {follows: orders, on: {order_id: id}}
      recent: {follows: migrations, on: {id: version}}
)"));
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"14:18: table 'orders' follows tables that follow each other in a circle [relation] let one of them "
              "serve the purposes itself",
              "16:20: table 'orders' follows 'lines' and can't serve purposes of its own [relation] remove "
              "'purposes', or 'follows' and 'on'",
              "17:18: table 'orders' follows 'lines' and goes by the events of that table [relation] remove 'events', "
              "or 'follows' and 'on'",
              "18:24: table 'lines' follows tables that follow each other in a circle [relation] let one of them serve "
              "the purposes itself",
              "19:7: 'recent' is a view or a virtual table [not-a-table] name the table that holds its records",
              "19:25: table 'recent' follows 'migrations', which serves no purpose here [relation] there are: "
              "Customers, orders, lines, recent"});
}

TEST_CASE("compile: a relation needs columns that tell the parent's rows apart", "[unit][compile][S20]") {
  const auto checked = compiled(customers(R"(      orders: {follows: customers, on: {customer_id: email}}
)"));
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"13:54: (Email) doesn't tell one row of table 'Customers' from another [relation] name the columns of "
              "its primary key or of a unique index"});
}

TEST_CASE("compile: a table without purposes, or under two heads, is an error", "[unit][compile]") {
  const auto checked = compiled(customers(R"(      orders: {key: id}
    no_personal_data: {tables: [Orders, migration]}
)"));
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"13:7: table 'orders' serves no purpose [missing-key] add 'purposes', or 'follows' and 'on', or list it "
              "under 'no_personal_data'",
              "14:33: table 'orders' is under 'tables' and under 'no_personal_data' [duplicate] keep one of them",
              "14:41: the dataset has no table 'migration' [no-table] did you mean 'migrations'?"});
}

TEST_CASE("compile: the policy of a dataset is found, or asked for", "[unit][compile]") {
  const auto config = config_of(R"(  crm: {sqlite: crm.db, policy: shopp, tables: {t: {purposes: {news: {}}}}}
  paper: {external: Cellar, purposes: [news, salse]}
)");
  const auto checked = compile({policy_of(k_policy)}, config, {});
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"4:33: no policy has the id 'shopp' [undeclared] did you mean 'shop'?",
              "5:3: no policy has the purpose 'salse' [undeclared] did you mean 'sales'?"});
}

TEST_CASE("compile: with two policies a dataset says its own, and their ids differ", "[unit][compile]") {
  const auto config = config_of("  crm: {sqlite: crm.db, tables: {t: {purposes: {news: {}}}}}\n");
  const auto checked = compile({policy_of(k_policy), policy_of(k_policy)}, config, {});
  const auto lines = lines_of(checked.diagnostics);
  CHECK(lines[0] == "2:12: two policies have the id 'shop' [duplicate] name one version of a policy only");
  CHECK(lines.back() ==
        "4:3: dataset 'crm' doesn't say under which policy it is [missing-key] add 'policy: …', one of shop, shop");
}

TEST_CASE("compile: SQLite's tables are the same in any case", "[unit][compile]") {
  const auto checked =
      compiled(customers("      Customers: {follows: orders, on: {id: id}}\n      orders: {follows: "
                         "customers, on: {customer_id: id}}\n"));
  CHECK(lines_of(checked.diagnostics).front() == "13:7: table 'Customers' is there twice [duplicate] keep one of them");
}

TEST_CASE("compile: a purpose that nothing serves is unused, an external one is served", "[unit][compile]") {
  const std::string tables = "      t: {purposes: {news: {}}, events: {last_order: at}}\n";
  const auto checked = compiled(tables, "");
  CHECK(checked.value);
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"13:3: no table of oubli.yaml serves the purpose 'sales' [unused] map the table that holds its data, or "
              "list it as external"});
  CHECK(checked.diagnostics.front().excerpt == "  sales:");
  const auto covered = config_of("  crm:\n    sqlite: crm.db\n    tables:\n" + tables +
                                 "  paper: {external: Cellar, purposes: [sales]}\n");
  CHECK(compile({policy_of(k_policy)}, covered, {}).diagnostics.empty());
}
