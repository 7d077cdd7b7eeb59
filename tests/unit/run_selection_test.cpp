#include "oubli/run/selection.hpp"
#include "support/memory_tables.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

using Names = std::set<std::string>;

/// orders with lines that follow, customers on their own.
MemoryTables shop() {
  MemoryTables tables;
  for (const auto* name : {"orders", "lines", "customers"}) tables.add(name, {});
  tables.follow("lines", "orders");
  return tables;
}

Names selected(const MemoryTables& tables, const Selection& selection) {
  Names names;
  for (const auto& table : tables.rules().tables) {
    if (is_selected(selection, table)) names.insert(table.rules.table);
  }
  return names;
}

Selection only(const std::string& table) { return {{}, {table}, {}}; }

}  // namespace

TEST_CASE("selection: what follows a named table comes with it", "[unit][selection][S12]") {
  const auto tables = shop();
  CHECK(selected(tables, {}) == Names{"customers", "lines", "orders"});
  CHECK(selected(tables, only("orders")) == Names{"lines", "orders"});
  CHECK(selected(tables, only("shop.lines")) == Names{"lines"});
  CHECK(selected(tables, {{"elsewhere"}, {}, {}}).empty());
}

TEST_CASE("selection: a policy stands for what is under it", "[unit][selection]") {
  const auto tables = shop();
  const auto policy = tables.rules().tables[0].rules.policy;
  Selection selection;
  selection.policies = {policy};
  CHECK(selected(tables, selection) == Names{"customers", "lines", "orders"});
  selection.policies = {"of-another-controller"};
  CHECK(selected(tables, selection).empty());
}

TEST_CASE("selection: a run changes whole families or leaves them alone", "[unit][selection][S12]") {
  auto tables = shop();
  CHECK(tables_taking_part(tables.rules(), only("orders")) == Names{"lines", "orders"});
  CHECK(tables_taking_part(tables.rules(), only("lines")) == Names{"lines", "orders"});
  tables.ruled("lines").config.mode = TableMode::observe;
  CHECK(tables_taking_part(tables.rules(), {}) == Names{"customers"});
}
