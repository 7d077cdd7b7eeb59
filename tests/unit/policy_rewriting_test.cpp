/// Masks as a policy writes them, and which columns minimising and anonymising may set.
#include "oubli/policy/compile.hpp"
#include "policy_example.hpp"
#include "support/live_schema_text.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

using Lines = std::vector<std::string>;

const std::string k_policy = R"(oubli: policy/1
policy: {id: shop, version: 1, in_force_from: 2026-01-01}
controller: {name: Shop, contact: privacy@example.org}
timezone: Europe/Paris
data_subjects: {customer: Customers}
data_categories:
  identity: {title: Names, mask: {constant: "-"}}
  contact: {title: E-mail}
  birth: {title: Date of birth, mask: year_only}
  account: {title: Login, mask: random}
events:
  last_order: {kind: dated, title: Last order}
purposes:
  sales:
    title: Sales
    legal_basis: contract
    data: {customer: [identity, contact, birth, account]}
    active: {keep: 3 years, from: last_order}
    then: anonymise
  books:
    title: Books
    legal_basis: contract
    data: {customer: [identity]}
    active: {keep: 10 years, from: last_order}
  news:
    title: News
    legal_basis: contract
    data: {customer: [contact]}
    active: {keep: 1 year, from: last_order}
)";

const std::string k_schema = R"([crm] sqlite
customers: id*! name! email* login*! born shown= last_order gone_on
addresses: id* customer_id street
orders: id* customer_id at
unknown: id* customer_id
addresses.customer_id -> customers.id
orders.customer_id -> customers.id
)";

Checked<std::vector<RuledDataset>> compiled(const std::string& tables, const std::string& schema = k_schema) {
  const auto policy = read_policy(k_policy, "/etc/shop/policy.yaml");
  REQUIRE(policy.value);
  const auto config = read_config(
      "oubli: config/1\npolicies: [policy.yaml]\ndatasets:\n  crm:\n    sqlite: crm.db\n    tables:\n" + tables,
      "/etc/shop/oubli.yaml");
  REQUIRE(config.value);
  return compile({*policy.value}, *config.value, schemas_from_text(schema));
}

/// What is wrong with a table's columns, without what is said of unused purposes.
Lines complaints(const Checked<std::vector<RuledDataset>>& checked) {
  Lines lines;
  for (const auto& each : checked.diagnostics) {
    if (each.code != "unused")
      lines.push_back(fmt::format("{}: {} [{}]; {}", each.where.line, each.message, each.code, each.hint));
  }
  return lines;
}

const std::string k_minimising = R"(      customers:
        key: id
        purposes: {books: {}, news: {}}
        columns: {identity: [name], contact: [email], technical: [id]}
        events: {last_order: last_order}
        on_partial_end: minimise
)";

std::string anonymising(const std::string& columns) {
  return R"(      customers:
        key: id
        purposes: {sales: {}}
        anonymised_mark: gone_on
        events: {last_order: last_order}
        columns: )" +
         columns + "\n";
}

const std::string k_all =
    "{identity: [name], contact: [email], birth: [born], account: [login], technical: [shown, last_order]}";

std::optional<Mask> mask_read(const std::string& mask) {
  const auto checked = read_text(example_with("{title: Surname and first name}", "{title: Names, mask: " + mask + "}"));
  REQUIRE(checked.value);
  return checked.value->categories[0].mask;
}

Lines mask_faults(const std::string& mask) {
  return lines_of(
      read_text(example_with("{title: Surname and first name}", "{title: N, mask: " + mask + "}")).diagnostics);
}

}  // namespace

TEST_CASE("policy: a mask is read as a value", "[unit][policy][S17]") {
  CHECK_FALSE(read_text(k_example_policy).value->categories[0].mask);
  CHECK(mask_read("null") == Mask{});
  CHECK(mask_read("\"null\"") == Mask{});
  CHECK(mask_read("year_only") == Mask{Mask::Kind::year_only});
  CHECK(mask_read("random") == Mask{Mask::Kind::random});
  CHECK(mask_read("{constant: \"-\"}") == Mask{Mask::Kind::constant, "-"});
  CHECK(mask_read("{truncate: 2}") == Mask{Mask::Kind::truncate, "", 2});
}

TEST_CASE("policy: what is no mask is refused with the way out", "[unit][policy][S17]") {
  CHECK(mask_faults("sha256") ==
        Lines{"7:30: error: 'sha256' is no mask: a hash of a guessable value only pseudonymises [mask]; write one of "
              "null, constant, year_only, truncate, random"});
  CHECK(mask_faults("truncate") == Lines{"7:30: error: 'truncate' lacks the number of characters that stay [mask]; "
                                         "write 'mask: {truncate: 2}'"});
  CHECK(mask_faults("{truncate: 2, constant: x}") ==
        Lines{"7:54: error: a mask has 'constant' and 'truncate' [conflict]; keep one of them"});
}

TEST_CASE("compile: a table that minimises knows its personal columns", "[unit][compile][S15]") {
  const auto checked = compiled(k_minimising);
  CHECK(complaints(checked) == Lines{});
  REQUIRE(checked.value);
  const TableRules& rules = checked.value->front().tables.front().rules;
  CHECK(rules.minimises);
  REQUIRE(rules.personal.size() == 2);
  CHECK(rules.personal[0].column == "name");
  CHECK(rules.personal[0].minimised == Mask{Mask::Kind::constant, "-"});  // it refuses NULL
  CHECK(rules.personal[1].minimised == Mask{});
  CHECK_FALSE(rules.anonymised);
}

TEST_CASE("compile: columns are delivered only where something may be emptied", "[unit][compile][S15]") {
  auto text = k_minimising;
  text.replace(text.find("minimise"), 8, "flag");
  const auto checked = compiled(text);
  REQUIRE(checked.value);
  CHECK(checked.value->front().tables.front().rules.personal.empty());
}

TEST_CASE("compile: a column that records are judged by is left by minimising", "[unit][compile][S15]") {
  auto text = k_minimising;
  text.replace(text.find("[email]"), 7, "[email, last_order]");
  const auto checked = compiled(text);
  CHECK(complaints(checked) == Lines{"10: minimising leaves column 'last_order' of table 'customers': its records are "
                                     "judged by it [judged-by]; list it under technical if it holds nothing else"});
  REQUIRE(checked.value);
  CHECK(checked.value->front().tables.front().rules.personal[2].judges);
}

TEST_CASE("compile: a blocked record keeps what the purposes of tables below may need", "[unit][compile][S20]") {
  const std::string orders = R"(      orders:
        key: id
        purposes: {books: {}}
        columns: {technical: [id, customer_id, at]}
        events: {last_order: at}
)";
  const auto needed = [&](const std::string& schema) {
    const auto checked = compiled(k_minimising + orders, schema);
    REQUIRE(checked.value);
    return checked.value->front().tables.front().rules.needed_below;
  };
  std::string mapped = k_schema;
  mapped.replace(mapped.find("addresses.customer_id -> customers.id\n"), 38, "");
  CHECK(needed(mapped) == 1);                  // identity, for the books
  CHECK(needed(k_schema) == ~CategorySet{0});  // addresses aren't in the config
}

TEST_CASE("compile: an anonymised record is known by its mark and its masks", "[unit][compile][S17]") {
  const auto checked = compiled(anonymising(k_all) + R"(      addresses:
        key: id
        follows: customers
        on: {customer_id: id}
        columns: {contact: [street]}
)");
  CHECK(complaints(checked) == Lines{});
  REQUIRE(checked.value);
  const TableRules& customers = checked.value->front().tables[0].rules;
  REQUIRE(customers.anonymised);
  CHECK(customers.mark == "gone_on");
  CHECK(customers.columns[static_cast<std::size_t>(customers.anonymised->mark)] == "gone_on");
  CHECK(customers.anonymised->masked.size() == 4);
  CHECK(customers.personal.size() == 4);
  const TableRules& addresses = checked.value->front().tables[1].rules;
  CHECK(addresses.anonymised == customers.anonymised);
  CHECK(addresses.mark.empty());
  REQUIRE(addresses.personal.size() == 1);
  CHECK(addresses.personal[0].column == "street");
}

TEST_CASE("compile: what can't be masked is refused with its reason", "[unit][compile][S17]") {
  CHECK(complaints(compiled(
            anonymising("{identity: [id, email], contact: [name, shown], technical: [login, born, last_order]}"))) ==
        Lines{"12: column 'id' of table 'customers' tells its records apart and can't be emptied [unmaskable]; list it "
              "under technical, or leave it out",
              "12: column 'email' of table 'customers' is unique, and the mask constant '-' would repeat [unmaskable]; "
              "give its data category the mask 'random', or let the column be null",
              "12: column 'name' of table 'customers' refuses NULL and can't be anonymised without a mask "
              "[unmaskable]; give its data category a mask, as in 'mask: {constant: \"-\"}'",
              "12: column 'shown' of table 'customers' is computed from other columns and can't be set [unmaskable]; "
              "list it under technical: it follows from the columns it is made of"});
}

TEST_CASE("compile: every column of a table that anonymises is mapped", "[unit][compile][S17]") {
  CHECK(complaints(compiled(anonymising("{identity: [name], account: [login], technical: [shown, last_order]}"))) ==
        Lines{"7: table 'customers' anonymises, but its column 'born' is under no category [unmapped]; list it under "
              "its data category, or under technical",
              "7: table 'customers' anonymises, but its column 'email' is under no category [unmapped]; list it under "
              "its data category, or under technical"});
}

TEST_CASE("compile: a table that anonymises says where it marks its records", "[unit][compile][S17]") {
  auto text = anonymising(k_all);
  text.replace(text.find("        anonymised_mark: gone_on\n"), 33, "");
  CHECK(complaints(compiled(text)).front() ==
        "7: table 'customers' anonymises under purpose 'sales' and has no column to mark it in [missing-key]; add "
        "'anonymised_mark: …', a column that is NULL until then");
}

TEST_CASE("compile: categories of one column may not mask it differently", "[unit][compile][S17]") {
  auto columns = k_all;
  columns.replace(columns.find("birth: [born]"), 13, "birth: [born, name]");
  CHECK(complaints(compiled(anonymising(columns))).front() ==
        "12: column 'name' is under categories with different masks: constant '-' and year_only [conflict]; give the "
        "categories the same mask, or list the column under one of them");
}
