/// Reading configs: what each key gives, and what is refused with which words.
#include "oubli/policy/read.hpp"
#include "support/day_literal.hpp"
#include "support/places.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace oubli;

namespace {

/// Datasets begin on line 4 of the file.
std::string with_datasets(const std::string& datasets) {
  return "oubli: config/1\npolicies: [policies/shop.yaml]\ndatasets:\n" + datasets;
}

Checked<Config> read(const std::string& text) { return read_config(text, "/etc/shop/oubli.yaml"); }

Config config_of(const std::string& text) {
  auto checked = read(text);
  for (const auto& finding : checked.diagnostics) UNSCOPED_INFO(finding.message);
  REQUIRE(checked.value);
  return std::move(*checked.value);
}

std::vector<std::string> lines_of(const Checked<Config>& checked) {
  std::vector<std::string> lines;
  for (const auto& finding : checked.diagnostics) {
    lines.push_back(std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + ": " +
                    finding.message + " [" + finding.code + "] " + finding.hint);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("config: paths are relative to the file, limits and places have defaults", "[unit][config][I2]") {
  const auto config = config_of(with_datasets("  crm: {sqlite: data/../crm.db, tables: {}}\n"));
  CHECK(config.file == "/etc/shop/oubli.yaml");
  CHECK(config.policies == std::vector<std::filesystem::path>{"/etc/shop/policies/shop.yaml"});
  CHECK(config.policy_locations.front().line == 2);
  CHECK(config.policy_locations.front().column == 12);
  CHECK(config.state == "/etc/shop/state.db");
  CHECK(config.archive_dir == "/etc/shop/archive");
  CHECK(config.limits.max_share == Approx(0.20));
  CHECK(config.limits.max_records == 100'000);
  CHECK(config.datasets.front().path == "/etc/shop/crm.db");
  CHECK(config.datasets.front().policy.empty());
  CHECK(to_text(config.datasets.front().plausible_from) == "1980-01-01");
  CHECK(config.digest.starts_with("sha256:"));
}

TEST_CASE("config: a table's keys are read", "[unit][config][I2]") {
  const auto config = config_of(with_datasets(R"(  crm:
    sqlite: crm.db
    policy: shop
    plausible_from: 1995-06-01
    rowids: unused
    triggers: accepted
    no_personal_data: {tables: [migrations], because: framework}
    tables:
      contacts:
        key: [tenant, id]
        data_subject: email
        purposes: {sales: {where: "status = 'open'"}, news: {}}
        columns: {identity: [surname, "first_*"], technical: status}
        events:
          created: created_at
          news.created: {column: subscribed, format: [iso, dd/mm/yyyy], zone: UTC, missing_values: ["01/01/1990"], when: "a = 1"}
          closed: {column: closed, missing_values: []}
        relations: [{parent: contacts, on: {sponsor: id}}]
        mode: observe
        on_partial_end: flag
      addresses: {follows: contacts, on: {contact_id: id}}
)"));
  const auto& dataset = config.datasets.front();
  CHECK(dataset.policy == "shop");
  CHECK(dataset.rowids_unused);
  CHECK(dataset.triggers_accepted);
  CHECK(dataset.no_personal_data.front().name == "migrations");
  const auto& table = dataset.tables.front();
  CHECK(table.where.line == 12);
  CHECK(table.key.back().name == "id");
  CHECK(table.data_subject->column.name == "email");
  CHECK(to_text(*table.purposes[0].condition) == "status = 'open'");
  CHECK(table.purposes[0].condition_where.column == 36);
  CHECK_FALSE(table.purposes[1].condition);
  CHECK(table.columns[0].patterns[1].name == "first_*");
  CHECK(table.columns[1].category == "technical");
  CHECK(table.mode == TableMode::observe);
  CHECK(table.on_partial_end == PartialEnd::flag);
  CHECK(table.relations.front().parent.name == "contacts");
  const auto& news = table.events[1];
  CHECK(news.purpose == "news");
  CHECK(news.event == "created");
  CHECK(news.formats.size() == 2);
  CHECK(news.zone == "UTC");
  CHECK(news.default_missing_values);
  CHECK(news.missing_values == std::vector<std::string>{"01/01/1990"});
  CHECK(to_text(*news.when) == "a = 1");
  CHECK(table.events[0].formats == std::vector<ColumnFormat>{ColumnFormat{}});
  CHECK_FALSE(table.events[2].default_missing_values);
  const auto& follower = dataset.tables.back();
  CHECK(follower.follows->parent.name == "contacts");
  CHECK(follower.follows->on.front().child.name == "contact_id");
  CHECK(follower.follows->on.front().parent.name == "id");
}

TEST_CASE("config: the files of CSV tables, in the short form and for each", "[unit][config][csv][I2]") {
  const auto config = config_of(with_datasets(R"(  web:
    csv: exports/visits-*.csv
    delimiter: "\t"
    encoding: Windows-1252
    quote: none
    header: [at, ip]
    leave_newest: 1
    may_be_empty: true
    tables: {visits: {}}
  shop:
    delimiter: ";"
    encoding: cp850
    tables:
      clients: {files: clients.csv}
      orders: {files: {csv: orders.csv, delimiter: tab, quote: single}}
  paper: {external: Cellar, purposes: [accounting], ask: the archivist}
  cards: {external: Bank, proof: {dated: 2026-05-02, document: Letter, valid_for: 18 months}}
  mail: {external: Host, proof: {dated: 2026-05-03, document: Report}}
)"));
  const auto& visits = *config.datasets[0].tables.front().files;
  CHECK(config.datasets[0].kind == DatasetKind::csv);
  CHECK(visits.glob == "/etc/shop/exports/visits-*.csv");
  CHECK(visits.dialect.delimiter == '\t');
  CHECK(visits.dialect.encoding == CsvDialect::Encoding::windows_1252);
  CHECK(visits.dialect.quote == CsvDialect::Quote::none);
  CHECK(visits.dialect.header == std::vector<std::string>{"at", "ip"});
  CHECK(visits.leave_newest);
  CHECK(visits.may_be_empty);
  const auto& clients = *config.datasets[1].tables[0].files;
  CHECK(clients.glob == "/etc/shop/clients.csv");
  CHECK(clients.dialect.delimiter == ';');
  CHECK(clients.dialect.encoding == CsvDialect::Encoding::cp850);
  const auto& orders = *config.datasets[1].tables[1].files;
  CHECK(orders.dialect.delimiter == '\t');
  CHECK(orders.dialect.quote == CsvDialect::Quote::single_quote);
  CHECK(orders.dialect.encoding == CsvDialect::Encoding::cp850);
  CHECK(config.datasets[2].kind == DatasetKind::external);
  CHECK(config.datasets[2].external_purposes == std::vector<std::string>{"accounting"});
  CHECK_FALSE(config.datasets[2].proof);
  CHECK(config.datasets[3].proof->dated == "2026-05-02"_day);
  CHECK(config.datasets[3].proof->document == "Letter");
  CHECK(config.datasets[3].proof->valid_for == Period{0, 18, 0, 0});
  CHECK(config.datasets[4].proof->valid_for == Period{1, 0, 0, 0});
}

TEST_CASE("config: an erasure is immediate, weekly in a window, or by hand", "[unit][config][I2]") {
  const auto schedule = [](const std::string& erasure) {
    return config_of(with_datasets("  crm: {sqlite: crm.db, erasure: " + erasure + ", tables: {}}\n")).datasets.front().erasure;
  };
  using When = ErasureSchedule::When;
  CHECK(schedule("immediate") == ErasureSchedule{});
  CHECK(schedule("manual") == ErasureSchedule{When::manual});
  CHECK(schedule("weekly") == ErasureSchedule{When::weekly, 0, 0, 1440});
  CHECK(schedule("{weekly: saturday, from: \"22:30\", to: \"04:00\"}") == ErasureSchedule{When::weekly, 6, 1350, 240});
}

TEST_CASE("config: an event may be told by rows of another table, or be a state seen first", "[unit][config][S11]") {
  const auto checked = read(with_datasets(R"(  crm:
    sqlite: crm.db
    tables:
      contacts:
        events:
          seen: {latest: visits.at, on: {contact_id: id}, where: "kind = 'page'", format: epoch_s}
          ordered: {earliest: lines.at, via: {orders: {order_id: id}}, on: {contact_id: id}}
          paid: {latest: lines.at, via: orders, on: {contact_id: id}}
          closed: {when: "status = 'closed'", on: first_seen}
)"));
  REQUIRE(checked.value);
  CHECK(checked.diagnostics.empty());
  const auto& events = checked.value->datasets.front().tables.front().events;
  const OtherTable& seen = *events[0].other_table;
  CHECK(seen.pick == RowPick::latest);
  CHECK(seen.table.name == "visits");
  CHECK(seen.column.name == "at");
  CHECK(seen.on.front().child.name == "contact_id");
  CHECK(seen.on.front().parent.name == "id");
  CHECK(to_text(*seen.where) == "kind = 'page'");
  CHECK(events[0].formats.front().kind == ColumnFormat::Kind::epoch_s);
  const OtherTable& ordered = *events[1].other_table;
  CHECK(ordered.pick == RowPick::earliest);
  CHECK(ordered.via->table.name == "orders");
  CHECK(ordered.via->on.front().child.name == "order_id");
  CHECK(events[2].other_table->via->on.empty());
  CHECK(events[3].first_seen);
  CHECK(events[3].when.has_value());
}

TEST_CASE("config: every fault of a file is told, with its place", "[unit][config][I2]") {
  const auto checked = read(R"(oubli: config/1
policies: [a.yaml, a.yaml]
limits: {max_share: 120%}
datasets:
  crm:
    sqlite: crm.db
    tables:
      contacts:
        key: [id, id]
        on: {a: b}
        purposes: {sales: {where: "status == 'open'"}}
        events:
          created: {column: c, format: dd/mm/yy}
          closed: {column: c, format: DD/MM/YYYY}
          seen: {format: iso}
          agreed: {column: c, zone: Europe/Pari}
  web:
    csv: ex*/visits.csv
    delimiter: ab
    encoding: utf-16
    tables: {a: {}, b: {}}
  both: {sqlite: a.db, csv: a.csv, tables: {}}
  none: {tables: {}}
)");
  CHECK_FALSE(checked.value);
  const auto lines = lines_of(checked);
  const Lines expected{
      "2:20: this policy is named twice [duplicate] name it once",
      "3:21: 'max_share' must be a percentage, but is '120%' [wrong-type] write a number from 0 to 100 and a per cent "
      "sign: 20%",
      "9:19: 'id' is listed twice [duplicate] list it once",
      "10:9: 'on' has no meaning without 'follows' [conflict] add 'follows: …', or leave it out",
      "11:43: '==' has no meaning in a condition [condition] use = for equality",
      "13:40: 'dd/mm/yy' is no column format [format] a year of two digits is ambiguous: export it with four",
      "14:39: 'DD/MM/YYYY' is no column format [format] write the day as dd, the month as mm, the year as yyyy",
      "15:11: 'seen' lacks the key 'column' [missing-key] add 'column: …', the column that gives its day",
      "17:3: dataset 'web' has 'csv' and several tables [conflict] write 'files: …' in each table instead of 'csv'",
      "18:10: only the last part of a path may have *, ? or [ [glob] name each folder",
      "19:16: 'ab' can't be a delimiter [unknown-value] write one ASCII character that is no letter, digit or line "
      "end, or tab",
      "22:3: dataset 'both' is of two kinds [conflict] keep one of 'sqlite', 'csv' (or 'files') and 'external'",
      "23:3: dataset 'none' doesn't say where its data is [missing-key] add 'sqlite: …', 'csv: …' or 'external: …'"};
  for (const auto& line : expected) {
    CAPTURE(line, lines);
    CHECK(std::count(lines.begin(), lines.end(), line) == 1);
  }
  CHECK(lines.size() == expected.size() + 2);  // the timezone and the encoding list what is allowed
}

TEST_CASE("config: a policy in its place is told from a config", "[unit][config]") {
  CHECK(lines_of(read("oubli: policy/1\npolicy: {id: a}\n")) ==
        Lines{"1:8: 'policy/1' is not the format of a config [unknown-value] this is a policy: name it under "
              "'policies' of a config"});
}

TEST_CASE("config: the benchmark's configs read without a finding", "[unit][config][real]") {
  const auto jobs = test::shared_folder() / "bench" / "jobs";
  if (!std::filesystem::exists(jobs)) {
    WARN("no shared data here");
    return;
  }
  for (const auto* name : {"company.yaml", "contacts.yaml"}) {
    std::ifstream in(jobs / name, std::ios::binary);
    const auto checked = read_config({std::istreambuf_iterator<char>(in), {}}, jobs / name);
    CHECK(lines_of(checked).empty());
    CHECK(checked.value);
  }
}
