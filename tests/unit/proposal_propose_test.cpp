/// What is proposed for tables: categories, keys, relations, purposes, and what is left open.
#include "oubli/proposal/propose.hpp"
#include "proposal/categories.hpp"
#include "proposal/name_words.hpp"
#include "proposal/purposes.hpp"
#include "proposal/relations.hpp"
#include "support/surveyed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;
using namespace date::literals;
using oubli::test::column_of;
using oubli::test::table_of;

namespace {

const Day k_today{2026_y / 11 / 30};

std::string category_in(const SurveyedColumn& column, proposal::ColumnContext context = {}) {
  const auto guess = proposal::category_of(column, context, k_today);
  return guess ? guess->category : "none";
}

Proposal proposed(std::vector<SurveyedTable> tables, std::vector<Relation> keys = {},
                  DatasetKind kind = DatasetKind::sqlite) {
  LookedAtDataset dataset{"crm", kind};
  dataset.survey.tables = std::move(tables);
  dataset.survey.foreign_keys = std::move(keys);
  return propose({dataset}, {"shop", "", {"Europe/Paris", ""}, k_today});
}

const ProposedTable& table_in(const Proposal& proposal, const std::string& name) {
  const auto& tables = proposal.datasets.front().tables;
  const auto found = std::ranges::find(tables, name, &ProposedTable::name);
  REQUIRE(found != tables.end());
  return *found;
}

SurveyedTable invoices() {
  return table_of(
      "invoices",
      {column_of("id", {1, 2, 3}), column_of("customer_id", {1, 1, 2}),
       column_of("invoice_date", {"2024-01-31", "2024-02-01", "2024-02-02"}), column_of("total", {10, 20, 30})},
      {"id"});
}

SurveyedTable customers() {
  return table_of("customers",
                  {column_of("id", {1, 2}), column_of("email", {"ada@example.org", "bob@example.org"}),
                   column_of("name", {"Ada", "Bob"})},
                  {"id"});
}

}  // namespace

TEST_CASE("category_of: values first, then names of two languages", "[unit][proposal]") {
  CHECK(category_in(column_of("x", {"ada@example.org", "bob@example.org"})) == "contact");
  CHECK(category_in(column_of("Prenom", {"Luc"})) == "identity");
  CHECK(category_in(column_of("user_agent", {"x"})) == "connection");
  CHECK(category_in(column_of("password_hash", {"x"})) == "credentials");
  CHECK(category_in(column_of("montant", {12, 13})) == "billing");
  CHECK(category_in(column_of("colour", {"red"})) == "none");
}

TEST_CASE("category_of: a name or a town is a person's only beside persons", "[unit][proposal]") {
  CHECK(category_in(column_of("name", {"Ada"})) == "none");
  CHECK(category_in(column_of("name", {"Ada"}), {true, false}) == "identity");
  CHECK(category_in(column_of("city", {"Paris"})) == "none");
  CHECK(category_in(column_of("city", {"Paris"}), {false, true}) == "contact");
}

TEST_CASE("key_of: the primary key, else what is called like one and never repeats", "[unit][proposal]") {
  const auto key =
      proposal::key_of(table_of("a", {column_of("name", {"x", "y"}), column_of("client_no", {"A1", "A2"})}));
  REQUIRE(key);
  CHECK(key->value == std::vector<std::string>{"client_no"});
  CHECK(key->evidence == "its name, and no value twice in 2 values");
  CHECK_FALSE(proposal::key_of(table_of("a", {column_of("name", {"x", "y"})})));
  CHECK_FALSE(proposal::key_of(table_of("a", {column_of("id", {"x", "x"})})));
  CHECK(proposal::key_of(table_of("a", {column_of("k", {1})}, {"k"}))->evidence == "the table's primary key");
}

TEST_CASE("relations_of: by name, where every value is found in the other table", "[unit][proposal][S20]") {
  const auto found = proposal::relations_of({{invoices(), customers()}, {}}, true);
  const auto& relations = found.of.at("invoices");
  REQUIRE(relations.size() == 1);
  CHECK(relations.front().parent == "customers");
  CHECK(relations.front().on.front() == std::pair<std::string, std::string>{"customer_id", "id"});
  CHECK(relations.front().evidence == "its name, and all 3 values are found there");
}

TEST_CASE("relations_of: a value that isn't there leaves a gap and no relation", "[unit][proposal][S20]") {
  auto orders = table_of("orders", {column_of("id", {1}), column_of("customer_id", {9})}, {"id"});
  const auto found = proposal::relations_of({{orders, customers()}, {}}, true);
  CHECK(found.of.at("orders").empty());
  CHECK(found.gaps.at("orders").front() ==
        "customer_id is called like a reference to customers, but some of its values aren't there");
}

TEST_CASE("relations_of: a parent that wasn't read whole proves nothing", "[unit][proposal][S20]") {
  auto parent = customers();
  parent.has_more = true;
  const auto found = proposal::relations_of({{invoices(), parent}, {}}, true);
  CHECK(found.of.at("invoices").empty());
  CHECK(found.gaps.at("invoices").size() == 1);
}

TEST_CASE("propose: a table whose name and columns fit takes the reference's purpose", "[unit][proposal]") {
  const auto proposal = proposed({invoices(), customers()});
  const auto& table = table_in(proposal, "invoices");
  REQUIRE(table.purpose);
  CHECK(table.purpose->value == "accounting");
  REQUIRE(table.events.size() == 1);
  CHECK(table.events.front().event == "invoiced");
  CHECK(table.events.front().column == "invoice_date");
  CHECK(table.events.front().evidence == "its name; all 3 values are iso, and its name");
  REQUIRE(table.data_subject);
  CHECK(table.data_subject->value.via->parent == "customers");
  const auto purpose = std::ranges::find(proposal.purposes, "accounting", &ProposedPurpose::name);
  REQUIRE(purpose != proposal.purposes.end());
  CHECK(purpose->use == "fr/accounting");
  CHECK(purpose->data.at("customer") == std::set<std::string>{"billing"});
}

TEST_CASE("propose: what serves a purpose nobody can guess has no period", "[unit][proposal]") {
  const auto proposal = proposed({customers()});
  CHECK(table_in(proposal, "customers").purpose->value == "undecided");
  REQUIRE(proposal.purposes.size() == 1);
  CHECK(proposal.purposes.front().use.empty());
}

TEST_CASE("propose: no other day stands in for a last contact", "[unit][proposal]") {
  auto prospects =
      table_of("prospects", {column_of("email", {"ada@example.org"}), column_of("created_on", {"2020-01-31"})});
  const auto proposal = proposed({prospects});
  const auto& table = table_in(proposal, "prospects");
  CHECK(table.purpose->value == "undecided");
  CHECK(table.events.empty());
  REQUIRE(table.gaps.size() == 1);
  CHECK(table.gaps.front() ==
        "purpose fr/prospects: the table's name suggests it, but no column seems to say when a person was last in "
        "contact");
}

TEST_CASE("propose: lines follow what they belong to", "[unit][proposal][S12]") {
  auto lines = table_of("invoice_lines",
                        {column_of("id", {1, 2}), column_of("invoice_id", {1, 2}), column_of("price", {5, 6})}, {"id"});
  const auto proposal = proposed({invoices(), customers(), lines});
  const auto& table = table_in(proposal, "invoice_lines");
  REQUIRE(table.follows);
  CHECK(table.follows->parent == "invoices");
  CHECK_FALSE(table.purpose);
  CHECK(table.relations.empty());
}

TEST_CASE("propose: tables that need one another don't follow in a circle", "[unit][proposal][S12]") {
  auto a = table_of("a", {column_of("id", {1}), column_of("b_id", {1}), column_of("phone", {"+33123456789"})}, {"id"});
  auto b = table_of("b", {column_of("id", {1}), column_of("a_id", {1}), column_of("phone", {"+33123456789"})}, {"id"});
  const auto proposal = proposed({a, b});
  CHECK(table_in(proposal, "a").follows.has_value() != table_in(proposal, "b").follows.has_value());
}

TEST_CASE("propose: a table that nothing personal is in or behind is free, an empty one is left out",
          "[unit][proposal]") {
  const auto proposal =
      proposed({customers(), table_of("genres", {column_of("id", {1}), column_of("label", {"x"})}, {"id"}),
                table_of("meta", {column_of("k", std::initializer_list<const char*>{})})});
  REQUIRE(proposal.datasets.front().free_tables.size() == 1);
  CHECK(proposal.datasets.front().free_tables.front().value == "genres");
  REQUIRE(proposal.datasets.front().left_out.size() == 1);
  CHECK(proposal.datasets.front().left_out.front().value == "meta");
}

TEST_CASE("propose: columns nobody can tell are left for a person to decide", "[unit][proposal]") {
  auto table = customers();
  table.columns.push_back(column_of("score", {1, 2}));
  CHECK(table_in(proposed({table}), "customers").undecided_columns == std::vector<std::string>{"score"});
}

TEST_CASE("propose: a name that a config can't hold is a pattern, or left out", "[unit][proposal]") {
  auto table = customers();
  table.columns.push_back(
      column_of("mail\x01"
                "2",
                {"ada@example.org", "bob@example.org"}));
  const auto proposal = proposed({table, table_of("a\nb", {column_of("email", {"ada@example.org"})})});
  const auto& columns = table_in(proposal, "customers").categories;
  const auto contact = std::ranges::find(columns, "contact", &GuessedCategory::category);
  REQUIRE(contact != columns.end());
  CHECK(contact->columns.back().value == "mail*2");
  CHECK(proposal.datasets.front().left_out.front().evidence == "its name has characters that a config can't hold");
}

TEST_CASE("identifier_from: what a dataset or a policy may be called", "[unit][proposal]") {
  using proposal::identifier_from;
  CHECK(identifier_from("Tea Shop", "x") == "Tea-Shop");
  CHECK(identifier_from("2024 exports", "x") == "exports");
  CHECK(identifier_from("Société d'été", "x") == "Societe-d-ete");
  CHECK(identifier_from("\xFF!!", "x") == "x");
  CHECK(identifier_from(std::string(200, 'a'), "x").size() == 64);
}
