#include "policy_example.hpp"
#include "support/places.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <set>

using namespace oubli;
using namespace oubli::test;
using Lines = std::vector<std::string>;

namespace {

const std::string k_reference = R"(oubli: reference/1
reference: {id: xy, version: 1, title: Periods of a country}
events:
  invoiced: {kind: dated, title: Date of the invoice}
  relation_end: {kind: end, title: End of the relation}
purposes:
  books:
    title: Books
    kind: law
    citation: Code of Trade, art. L1-22
    also_cited_as: [C. tr. L1-22]
    legal_basis: legal_obligation
    active: {keep: 1 year, from: invoiced, end_of: fiscal_year, assumption: The law doesn't say from when}
    archive: {up_to: 10 years, because: legal_obligation}
    floor: 10 years
    checked: {on: 2026-11-25, against: copy, source: A site}
  clients:
    title: Clients
    kind: recommendation
    citation: Authority, guide
    legal_basis: contract
    active: {until: relation_end, plus: 2 years}
    ceiling: 2 years
    checked: none
  logs:
    title: Logs
    kind: recommendation
    citation: Authority, logs
    legal_basis: legitimate_interests
    active: {keep: 1 year, from: invoiced}
    floor: 6 months
    ceiling: 1 year
    checked: none
)";

std::vector<FoundReference> shelf() {
  return {{"broken", read_reference("oubli: reference/1\n", "broken.yaml")},
          {"xy", read_reference(k_reference, "reference/xy.yaml")}};
}

Checked<Policy> read_with_shelf(const std::string& text) {
  const auto references = shelf();
  return read_policy(text, "policy.yaml", references);
}

/// The example policy with one more purpose.
Checked<Policy> read_with_purpose(const std::string& block) {
  return read_with_shelf(k_example_policy + "  books:\n    data: {customer: [identity]}\n" + block);
}

Lines found_with(const std::string& block) { return lines_of(read_with_purpose(block).diagnostics); }

Purpose purpose_of(const std::string& block) {
  const auto checked = read_with_purpose(block);
  INFO(block);
  for (const auto& line : lines_of(checked.diagnostics)) UNSCOPED_INFO(line);
  REQUIRE(checked.value);
  return checked.value->purposes.back();
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

using Combine = EventExpression::Combine;

}  // namespace

TEST_CASE("reference: the one for France reads without a finding and holds what it should", "[unit][policy][reference]") {
  const auto file = tests_folder() / "../policies/reference/fr.yaml";
  const auto read = read_reference(bytes_of(file), file);
  CHECK(lines_of(read.diagnostics) == Lines{});
  REQUIRE(read.value);
  std::set<std::string> names;
  for (const auto& purpose : read.value->purposes) {
    CAPTURE(purpose.rules.name);
    names.insert(purpose.rules.name);
    CHECK_FALSE(purpose.rules.legal_reference.empty());
    CHECK((purpose.floor || purpose.ceiling));
    CHECK((!purpose.checked || purpose.checked->on >= Day{date::year{2026} / 11 / 25}));
  }
  CHECK(names == std::set<std::string>{"accounting", "aml", "aml_operations", "application_logs", "audience_data",
                                       "audience_tracers", "consumer_contracts", "contract_claims", "job_applicants",
                                       "opposition_list", "payment_card", "payment_card_deferred", "payslips",
                                       "prospects", "tax", "unused_account", "video"});
}

TEST_CASE("reference: what isn't checked against its text says so", "[unit][reference]") {
  CHECK(check_words({}) == "NOT checked against its text");
  const Day day{date::year{2026} / 11 / 25};
  CHECK(check_words(ReferenceCheck{day, ReferenceCheck::Against::own_text, "Official Journal"}) ==
        "checked on 2026-11-25 against its own text: Official Journal");
  CHECK(check_words(ReferenceCheck{day, ReferenceCheck::Against::summary, "a site"}) ==
        "checked on 2026-11-25 against what others say of it, NOT its own text: a site");
}

TEST_CASE("use: a purpose takes what it doesn't say itself", "[unit][policy][reference]") {
  const auto taken = purpose_of("    use: xy/books\n");
  CHECK(taken.title == "Books");
  CHECK(taken.legal_basis == LegalBasis::legal_obligation);
  CHECK(taken.legal_reference == "Code of Trade, art. L1-22");
  CHECK(taken.active ==
        ActivePhase{{Combine::single, {{"invoiced", false}}}, false, {1, 0, 0, 0}, EndOf::fiscal_year, std::nullopt});
  CHECK(taken.archive->up_to == Period{10, 0, 0, 0});
  REQUIRE(taken.taken);
  CHECK(taken.taken->authority == "law: Code of Trade, art. L1-22");
  CHECK(taken.taken->changed.empty());

  const auto own = purpose_of("    use: xy/books\n    title: Ours\n    legal_reference: Statutes\n    then: flag\n"
                              "    because: A clerk looks\n");
  CHECK(own.title == "Ours");
  CHECK(own.legal_reference == "Code of Trade, art. L1-22; Statutes");
  CHECK(own.then == Disposition::flag);
  CHECK(own.taken->changed == Lines{"then"});
  CHECK(own.taken->because == "A clerk looks");
}

TEST_CASE("use: events keep their name, come along, or are mapped", "[unit][policy][reference]") {
  const auto along = read_with_purpose("    use: xy/books\n");
  REQUIRE(along.value);
  CHECK(along.value->events.back().name == "invoiced");
  CHECK(purpose_of("    use: xy/clients\n    events: {relation_end: closed}\n").active->start.members ==
        std::vector<EventExpression::Member>{{"closed", false}});
  CHECK(found_with("    use: xy/clients\n    events: {relation_end: last_contact}\n") ==
        Lines{"25:13: error: event 'last_contact' is of kind dated, but the reference's 'relation_end' is of kind end "
              "[event-kind]; map it to another event with 'events: {…}'"});
  CHECK(found_with("    use: xy/clients\n    events: {relationend: closed}\n") ==
        Lines{"25:14: error: the reference purpose has no event 'relationend' [undeclared]; did you mean "
              "'relation_end'?"});
}

TEST_CASE("use: a changed value needs its reason", "[unit][policy][reference]") {
  CHECK(found_with("    use: xy/books\n    legal_basis: contract\n    active: {keep: 12 years, from: last_contact}\n") ==
        Lines{"22:3: error: 'books' changes legal_basis, active, archive of xy/books and doesn't say why "
              "[reference-changed]; add 'because: …', or leave the reference's values"});
  CHECK(found_with("    use: xy/books\n    archive: {up_to: 12 years, because: legal_claims}\n    because: Long claims\n")
            .empty());
}

TEST_CASE("use: unknown names suggest the nearest", "[unit][policy][reference]") {
  CHECK(found_with("    use: xz/books\n") ==
        Lines{"24:10: error: there is no reference 'xz' [no-reference]; did you mean 'xy'?"});
  CHECK(found_with("    use: somewhere/books\n") ==
        Lines{"24:10: error: there is no reference 'somewhere' [no-reference]; put it beside the policy, as "
              "reference/somewhere.yaml"});
  CHECK(found_with("    use: xy/boks\n") ==
        Lines{"24:10: error: the reference 'xy' has no purpose 'boks' [no-reference]; did you mean 'xy/books'?"});
  CHECK(found_with("    use: xy\n") ==
        Lines{"24:10: error: the reference 'xy' has no purpose '' [no-reference]; it has books, clients, logs"});
  CHECK(found_with("    use: broken/books\n") ==
        Lines{"24:10: error: the reference 'broken' has errors [no-reference]; correct it first"});
}

TEST_CASE("use: goes before the defaults, and isn't one", "[unit][policy][reference]") {
  const auto with_defaults = [](const std::string& defaults) {
    const auto at = k_example_policy.find("purposes:");
    auto text = k_example_policy;
    text.insert(at, "defaults: " + defaults + "\n");
    return read_with_shelf(text + "  books: {use: xy/books, data: {customer: [identity]}}\n");
  };
  const auto checked = with_defaults("{legal_basis: contract, then: flag, recipients: [Bank]}");
  REQUIRE(checked.value);
  CHECK(checked.value->purposes.back().legal_basis == LegalBasis::legal_obligation);
  CHECK(checked.value->purposes.back().then == Disposition::purge);
  CHECK(lines_of(with_defaults("{use: xy/books}").diagnostics) ==
        Lines{"11:17: error: 'use' is for one purpose, not for all [conflict]; write it in the purpose it is about"});
}

TEST_CASE("use: an assumption of the reference is one of the policy", "[unit][policy][reference][S16]") {
  const auto checked = read_with_purpose("    use: xy/books\n");
  REQUIRE(checked.value);
  REQUIRE(checked.value->assumptions.size() == 1);
  CHECK(checked.value->assumptions[0].about == "purposes.books, taken from xy/books");
  CHECK(checked.value->assumptions[0].text == "The law doesn't say from when");
}

TEST_CASE("references: a policy remembers the text it takes from", "[unit][policy][reference][I10]") {
  const auto checked = read_with_purpose("    use: xy/books\n");
  REQUIRE(checked.value);
  REQUIRE(checked.value->references.size() == 1);
  CHECK(checked.value->references[0].id == "xy");
  CHECK(checked.value->references[0].text == k_reference);
}

TEST_CASE("periods: shorter than a floor or longer than a ceiling of what is cited is a warning",
          "[unit][policy][reference]") {
  const std::string contract = "    title: T\n    legal_basis: contract\n    legal_reference: ";
  const auto found = [&](const std::string& citation, const std::string& phases) {
    return found_with(contract + citation + "\n" + phases);
  };
  const std::string from_event = "    active: {keep: 1 year, from: last_contact}\n";
  const std::string from_close = "    active: {keep: 1 year, from: last_contact, end_of: fiscal_year}\n";
  CHECK(found("Code of Trade, article L. 1-22", from_close + "    archive: {up_to: 9 years, because: legal_claims}\n") ==
        Lines{"22:3: warning: 'books' is kept 9 years, shorter than the 10 years of Code of Trade, art. L1-22 (law) "
              "[below-floor]; keep it 10 years, or cite what allows less"});
  CHECK(found("C. tr. L1-22", from_event + "    archive: {up_to: 10 years, because: legal_claims}\n") ==
        Lines{"22:3: warning: 'books' counts from the event itself, but Code of Trade, art. L1-22 (law) from the close "
              "of its fiscal year [below-floor]; add 'end_of: fiscal_year' to 'active'"});
  CHECK(found("C. tr. L1-22", from_close + "    archive: {up_to: 10 years, because: legal_claims}\n").empty());
  CHECK(found("C. tr. L1-22", from_close + "    archive: {up_to: 10 years, because: legal_claims}\n"
                                           "    ends_on: {closed: all}\n") ==
        Lines{"22:3: warning: 'books' ends early on an event, but Code of Trade, art. L1-22 (law) says 10 years "
              "whatever happens [below-floor]; end the active phase alone, or split the purpose"});
  CHECK(found("C. tr. L1-221", from_event).empty());
  CHECK(found("Authority, guide", "    active: {until: closed, plus: 25 months}\n") ==
        Lines{"22:3: warning: 'books' is kept 25 months, longer than the 2 years of Authority, guide (recommendation) "
              "[above-ceiling]; keep it 2 years at most, or cite what allows more"});
  CHECK(found("Authority, logs", "    active: {keep: 5 months, from: last_contact}\n").size() == 1);
  CHECK(found("Authority, logs", "    active: {keep: 8 months, from: last_contact}\n").empty());
}

TEST_CASE("periods: a changed value is held against the reference it is taken from", "[unit][policy][reference]") {
  CHECK(found_with("    use: xy/clients\n    active: {until: closed, plus: 3 years}\n    because: Long relations\n") ==
        Lines{"22:3: warning: 'books' is kept 3 years, longer than the 2 years of Authority, guide (recommendation) "
              "[above-ceiling]; keep it 2 years at most, or cite what allows more"});
}
