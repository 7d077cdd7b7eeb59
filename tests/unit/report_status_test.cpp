#include "report_support.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

StatusReport two_datasets() {
  StatusReport status;
  status.as_of = 2026_y / 11 / 22;
  StatusReport::DatasetStatus crm;
  crm.dataset = "crm";
  crm.kind = "sqlite";
  crm.last_run = "2026-11-21T03:00:12Z";
  crm.last_result = "complete";
  crm.rows = 12345;
  crm.due = 9;
  crm.overdue_since = 2026_y / 11 / 20;
  crm.undated = 2;
  crm.unreadable = 1;
  crm.erasure_pending = "another connection is reading crm.db";
  StatusReport::DatasetStatus stripe;
  stripe.dataset = "stripe";
  stripe.kind = "external";
  status.datasets = {crm, stripe};
  status.approved_by = "Ada";
  status.approved_at = "2026-11-01T10:00:00Z";
  return status;
}

std::string shown(const StatusReport& status) {
  return written([&](std::ostream& out) { write_status_text(out, status, k_plain); });
}

}  // namespace

TEST_CASE("the status fits 80 columns and says what to look at", "[unit][report][status]") {
  CHECK(shown(two_datasets()) ==
        "As of 2026-11-22\n"
        "\n"
        "  dataset  records  due  since       aside  last run              result\n"
        "  crm       12\u202F345    9  2026-11-20      3  2026-11-21T03:00:12Z  complete\n"
        "  stripe         -    -  -               -  not looked at\n"
        "\n"
        "crm: erasure PENDING, another connection is reading crm.db; the next run tries\n"
        "  again\n"
        "crm: kept aside: 2 undated, 1 unreadable; 'oubli scan' names the rows\n"
        "approved by Ada at 2026-11-01T10:00:00Z, unchanged since\n");
}

TEST_CASE("a missing or outdated approval is said aloud", "[unit][report][status][I10]") {
  StatusReport status = two_datasets();
  status.datasets.clear();
  status.changed_since = {"policy groupe-scr", "config"};
  CHECK_THAT(shown(status),
             Catch::Matchers::EndsWith("approved by Ada at 2026-11-01T10:00:00Z; CHANGED since: policy groupe-scr and\n"
                                       "  config: nothing is enforced until 'oubli approve --by NAME'\n"));
  status.approved_by.clear();
  CHECK_THAT(shown(status),
             Catch::Matchers::EndsWith("never approved: nothing is enforced until 'oubli approve --by NAME'\n"));
}

TEST_CASE("a dataset that can't be read has no numbers", "[unit][report][status]") {
  StatusReport status = two_datasets();
  status.datasets.resize(1);
  status.datasets[0].failure = "crm.db is not a database";
  CHECK_THAT(shown(status), Catch::Matchers::Contains("  crm            ?    ?  ?          ?  2026-11-21T03:00:12Z"));
  CHECK_THAT(shown(status), Catch::Matchers::Contains("crm: FAILED, crm.db is not a database\n"));
}

TEST_CASE("an approval shows changes, triggers and the cost of an erasure first", "[unit][report][approval][I10]") {
  ApprovalReport report;
  report.changes = {{"policy", "groupe-scr", "changed", "@@ -1 +1 @@\n-keep: 3 years\n+keep: 2 years\x1b[2J\n"},
                    {"config", "config", "unchanged", ""}};
  report.triggers = {{"crm", "contacts", "log_it", false}, {"crm", "notes", "count", true}};
  report.erasures = {{"crm", 3'400'000, 6'800'000, 1'000'000},
                     {"web", 2'000'000'000, 4'000'000'000, 5'000'000'000},
                     {"log", 20'000'000'000, 20'000'000'000, 50'000'000'000}};
  CHECK(written([&](std::ostream& out) { write_approval_text(out, report, k_plain); }) ==
        R"(Since the last approval
  policy groupe-scr: changed
    @@ -1 +1 @@
    -keep: 3 years
    +keep: 2 years\x1b[2J
  config: unchanged

Triggers
  removing records of crm.contacts fires the trigger log_it: NOT accepted, write
    'triggers: accepted' in the dataset once you know it
  removing records of crm.notes fires the trigger count

Erasure
  crm: rewrites 3.4 MB in a moment, needs 6.8 MB of 1.0 MB free: NOT ENOUGH, the
    erasure would stay pending
  web: rewrites 2.0 GB in some 40 seconds, needs 4.0 GB of 5.0 GB free
  log: rewrites 20.0 GB in some 6 minutes, needs 20.0 GB of 50.0 GB free

Dry run

would archive 0 and purge 0 of 0 records; nothing was changed
)");
}
