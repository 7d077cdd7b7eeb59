#include "report_support.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sqlite3.h>

using namespace oubli;
using namespace oubli::test;

namespace {

std::string sql_of(const RuledDataset& dataset, Day as_of) {
  return written([&](std::ostream& out) { write_rules_sql(out, {dataset}, {as_of, as_of}); });
}

RuledDataset with_table(TableRules rules) {
  RuledDataset dataset;
  dataset.config.name = "crm";
  dataset.tables = {ruled(std::move(rules))};
  return dataset;
}

/// Runs every statement of a text; the first column of the first row of each.
std::vector<std::int64_t> counts(SQLite::Database& database, const std::string& sql) {
  std::vector<std::int64_t> result;
  const char* rest = sql.c_str();
  while (*rest != '\0') {
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(database.getHandle(), rest, -1, &statement, &rest) == SQLITE_OK);
    if (statement == nullptr) continue;
    CHECK(sqlite3_step(statement) == SQLITE_ROW);
    result.push_back(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
  }
  return result;
}

}  // namespace

TEST_CASE("a rule reads as a sentence", "[unit][report][rules]") {
  CHECK(written([](std::ostream& out) { write_rules_text(out, {with_table(contacts_rules())}, k_plain); }) ==
        R"(crm.contacts, policy groupe-scr

  prospecting: Commercial prospecting
    Records where status = 'prospect' are kept 3 years from last_contact, or
    until objection if that is earlier; then purged.
    Why: legitimate interests; section 1.4.

  Events, as days in Europe/Paris
    last_contact: column last_contact_on, written iso; without it a record is
      undated and kept.
    objection: column unsubscribed_at, written iso; without it the relation goes
      on and the record is kept.
    A day before 1980-01-01 is unreadable and keeps its record.
)");
}

TEST_CASE("every part of a rule is worded", "[unit][report][rules]") {
  CHECK(written([](std::ostream& out) { write_rules_text(out, {with_table(invoices_rules())}, k_plain); }) ==
        R"(crm.in"voices, policy groupe-scr

  accounting
    All records are kept 1 year from the close of the fiscal year of the latest
    of invoiced and paid (paid only where known), but no longer than 12 years
    from created, or until paid if that is earlier; then archived until 10 years
    after the same start (legal obligation); then flagged for a person to
    decide. From the day of consent_withdrawn they are flagged for a person to
    decide at once, archived or not. The purpose is inactive since 2025-01-01: a
    record with a later invoiced is a finding.
    Why: legal obligation.

  warranty
    All records are kept until 6 months after the end of the month of the
    earliest known of invoiced and created; then purged.
    Why: contract.

  survey
    All records are kept until the first known of consent_withdrawn and created;
    then purged.
    Why: consent.

  undecided
    All records are kept: the policy gives no period yet, so nothing is done.
    Why: public task.

  Events, as days in Europe/Paris
    invoiced: column invoiced, written dd/mm/yyyy or iso; without it a record is
      undated and kept.
    paid: column paid, written epoch_ms, only where state = 'it''s paid';
      without it the relation goes on and the record is kept.
    created: column created, written yyyymm; without it a record is undated and
      kept.
    consent_withdrawn: column consent, written iso; without it, or before its
      day, the relation goes on and the record is kept.
    A day before 1980-01-01 is unreadable and keeps its record.
)");
}

TEST_CASE("a table that follows another says so", "[unit][report][rules][S12]") {
  RuledDataset dataset = with_table(contacts_rules());
  dataset.tables[0].root = "customers";
  CHECK(written([&](std::ostream& out) { write_rules_text(out, {dataset}, k_plain); }) ==
        "crm.contacts, policy groupe-scr\n"
        "  Follows customers: its records are kept, archived and purged with theirs.\n");
}

TEST_CASE("the SQL of a rule is an ordinary count with its cutoff", "[unit][report][rules][S4]") {
  const std::string sql = sql_of(with_table(contacts_rules()), 2026_y / 11 / 21);
  CHECK(sql.substr(sql.find("\n-- crm")) ==
        R"(
-- crm.contacts, prospecting
SELECT count(*) AS "active phase over"
FROM "contacts"
WHERE "status" = 'prospect'
  AND (substr("last_contact_on", 1, 10) BETWEEN '1980-01-01' AND '2023-11-20'
    OR substr("unsubscribed_at", 1, 10) BETWEEN '1980-01-01' AND '2026-11-21');
)");
}

TEST_CASE("the SQL counts what its cutoffs make due", "[unit][report][rules]") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(R"(CREATE TABLE contacts (status, last_contact_on, unsubscribed_at);
    INSERT INTO contacts VALUES ('prospect', '2023-11-20', NULL), ('prospect', '2023-11-21', NULL),
      ('customer', '2001-01-01', NULL), ('prospect', '2026-01-01 10:00:00', '2026-11-21'),
      ('prospect', '2026-01-01', '2026-11-22'), ('prospect', '', NULL), ('prospect', '0000-00-00', NULL),
      ('prospect', NULL, ''), (NULL, '2001-01-01', NULL);)");
  CHECK(counts(database, sql_of(with_table(contacts_rules()), 2026_y / 11 / 21)) == std::vector<std::int64_t>{2});
}

TEST_CASE("the SQL of every rule is valid", "[unit][report][rules]") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(R"(CREATE TABLE "in""voices" (invoiced, paid, created, consent, state);
    INSERT INTO "in""voices" VALUES ('31/12/2014', 0, '201401', NULL, 'open'),
      ('2014-12-31', NULL, '', NULL, NULL), ('01/07/2026', NULL, '202606', '2027-01-01', 'open');)");
  CHECK(counts(database, sql_of(with_table(invoices_rules()), 2026_y / 11 / 21)) ==
        std::vector<std::int64_t>{2, 2, 1, 3});
}

TEST_CASE("exceptions to a period are told in words", "[unit][report][rules][S7][S10][S13]") {
  const std::string text = written([&](std::ostream& out) {
    write_rules_text(out, {with_table(signatures_rules())}, Style{false, 2000});
  });
  CHECK_THAT(text,
             Catch::Matchers::Contains(
                 "All records are kept until contract_end; then archived until 6 months after the latest of "
                 "contract_end and validity_end (legal claims); then purged. While the latest of contract_end and "
                 "validity_end is open they stay active. From the day of withdrawn they are purged at once, "
                 "archived or not, if no later given voids it. agreed_until may give a record another last day, "
                 "30 years after the start at most. The data category identity_document of the archive is needed "
                 "1 year from given only.\n"));
  CHECK_THAT(text,
             Catch::Matchers::Contains(
                 "All records are kept until 3 months after contract_end, or until withdrawn if that is earlier "
                 "and no later given voids it; then purged. Where neither contract_end nor opened has a value they "
                 "are kept 3 years from given instead. agreed_until may give a record a later last day. The data "
                 "category signed_document is needed until contract_end only.\n"));
}

TEST_CASE("exceptions to a period are in the rules for a machine, too", "[unit][report][rules][S7][S10][S13]") {
  const auto json = nlohmann::json::parse(
      written([&](std::ostream& out) { write_rules_json(out, {with_table(signatures_rules())}); }));
  const auto& signature = json["tables"][0]["purposes"][0];
  CHECK(signature["archive"]["up_to"].is_null());
  CHECK(signature["archive"]["own"]["period"] == "6 months");
  CHECK(signature["unless_since"] == "given");
  CHECK(
      signature["override"] ==
      nlohmann::json::parse(R"({"last_day": "agreed_until", "may": ["lengthen", "shorten"], "at_most": "30 years"})"));
  CHECK(signature["by_category"][0]["category"] == "identity_document");
  CHECK(signature["by_category"][0]["of"] == "archive");
  CHECK(json["tables"][0]["purposes"][1]["never_opened"]["opened"] == "opened");
}

TEST_CASE("the SQL counts by the exceptions to a period, too", "[unit][report][rules][S7][S10][S13]") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(R"(
    CREATE TABLE signatures (contract_end, valid_until, agreed_until, opened_on, given_on, withdrawn_on);
    INSERT INTO signatures VALUES
      ('2026-01-01', '2026-02-01', NULL, NULL, NULL, NULL),          -- due under both
      ('2026-01-01', NULL, NULL, NULL, NULL, NULL),                  -- the archive's event is open
      ('2026-01-01', '2026-02-01', '2030-01-01', NULL, NULL, NULL),  -- agreed to be kept
      (NULL, NULL, NULL, NULL, '2020-01-01', NULL),                  -- never opened
      (NULL, NULL, NULL, '2020-01-01', '2020-01-01', NULL),          -- opened
      (NULL, NULL, NULL, '2020-01-01', '2020-01-01', '2021-01-01'),  -- withdrawn
      (NULL, NULL, NULL, '2020-01-01', '2022-01-01', '2021-01-01');  -- and given again
  )");
  CHECK(counts(database, sql_of(with_table(signatures_rules()), 2026_y / 11 / 21)) == std::vector<std::int64_t>{3, 4});
}

TEST_CASE("the SQL of every format is valid", "[unit][report][rules][I4]") {
  using Kind = ColumnFormat::Kind;
  const auto format = GENERATE(values<ColumnFormat>({{Kind::iso, {}},
                                                     {Kind::pattern, "dd/mm/yyyy HH:MM:SS"},
                                                     {Kind::pattern, "yyyymm"},
                                                     {Kind::epoch_s, {}},
                                                     {Kind::epoch_ms, {}},
                                                     {Kind::epoch_us, {}},
                                                     {Kind::chromium_us, {}},
                                                     {Kind::julian_day, {}},
                                                     {Kind::excel_serial, {}}}));
  TableRules rules = contacts_rules();
  rules.events[0].formats = {format, {Kind::pattern, "it's *?[dd]mmyyyy"}};
  rules.events[1].formats = {format};
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("CREATE TABLE contacts (status, last_contact_on, unsubscribed_at)");
  CHECK(counts(database, sql_of(with_table(rules), 2026_y / 11 / 21)) == std::vector<std::int64_t>{0});
}

TEST_CASE("a hostile name breaks out of neither comment nor terminal", "[unit][report][rules]") {
  TableRules rules = contacts_rules();
  rules.table = "contacts\nDROP TABLE contacts; --\x1b[2J";
  const std::string sql = sql_of(with_table(rules), 2026_y / 11 / 21);
  CHECK(sql.find("\n-- crm.contacts\\x0aDROP TABLE contacts; --\\x1b[2J, prospecting\n") != std::string::npos);
  CHECK(sql.find("-- No query: a name or a text in it holds control characters.\n") != std::string::npos);
  const std::string text = written([&](std::ostream& out) { write_rules_text(out, {with_table(rules)}, k_plain); });
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("the JSON of the rules is complete", "[unit][report][rules]") {
  const auto json = nlohmann::json::parse(written([](std::ostream& out) { write_rules_json(out, {crm()}); }));
  CHECK(json["schema"] == "oubli.rules/1");
  REQUIRE(json["tables"].size() == 3);
  const auto& accounting = json["tables"][1]["purposes"][0];
  CHECK(accounting["active"]["start"]["combine"] == "latest_of");
  CHECK(accounting["active"]["start"]["events"][1] == nlohmann::json{{"event", "paid"}, {"optional", true}});
  CHECK(accounting["active"]["period"] == "1 year");
  CHECK(accounting["active"]["end_of"] == "fiscal_year");
  CHECK(accounting["active"]["at_most"]["keep"] == "12 years");
  CHECK(accounting["archive"]["up_to"] == "10 years");
  CHECK(accounting["then"] == "flag");
  CHECK(accounting["ends_on"][0] == nlohmann::json{{"event", "paid"}, {"ends", "active"}});
  CHECK(accounting["status"]["inactive_since"] == "2025-01-01");
  CHECK(json["tables"][1]["purposes"][3]["active"].is_null());
  CHECK(json["tables"][1]["fiscal_years"]["closes"] == "12-31");
  CHECK(json["tables"][2]["follows"] == "contacts");
  CHECK(json["relations"][0]["follows"] == true);
}
