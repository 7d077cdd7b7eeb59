/// What looks like personal data, value by value and name by name.
#include "oubli/audit/detectors.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace oubli;

TEST_CASE("is_email: a local part, an @ and a domain with a top level", "[unit][audit][detector]") {
  for (const auto* yes : {"ada@example.org", " Grace.Hopper+navy@mail.example.co.uk ", "jérôme@exemple.fr"}) {
    CAPTURE(yes);
    CHECK(is_email(yes));
  }
  for (const auto* no : {"", "@", "ada@", "ada@example", "ada@example.1", "ada lovelace@example.org", "ada@.org",
                         "see ada@example.org", "12:30@noon"}) {
    CAPTURE(no);
    CHECK_FALSE(is_email(no));
  }
}

TEST_CASE("is_phone: international, French and North American numbers, no other digits", "[unit][audit][detector]") {
  for (const auto* yes : {"+33 1 23 45 67 89", "0033123456789", "01.23.45.67.89", "0612345678", "+1 (780) 428-9482",
                          "(780) 428-9482", "780-428-9482"}) {
    CAPTURE(yes);
    CHECK(is_phone(yes));
  }
  for (const auto* no : {"", "+", "7804289482", "2024-01-31", "12345", "0012", "+0123456789", "00:12:34", "F2014-1",
                         "+1234567890123456"}) {
    CAPTURE(no);
    CHECK_FALSE(is_phone(no));
  }
}

TEST_CASE("is_iban: only with the right check digits", "[unit][audit][detector]") {
  for (const auto* yes : {"FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189", "DE89370400440532013000",
                          "GB82WEST12345698765432"}) {
    CAPTURE(yes);
    CHECK(is_iban(yes));
  }
  for (const auto* no : {"", "FR7630006000011234567890188", "FR76", "fr7630006000011234567890189",
                         "7630006000011234567890189FR", "DE00370400440532013000"}) {
    CAPTURE(no);
    CHECK_FALSE(is_iban(no));
  }
}

TEST_CASE("is_nir: only with the right key, Corsica included", "[unit][audit][detector]") {
  for (const auto* yes : {"255081416802538", "2 55 08 14 168 025 38", "185052A00401765", "185052B00401792"}) {
    CAPTURE(yes);
    CHECK(is_nir(yes));
  }
  for (const auto* no : {"", "255081416802539", "2550814168025", "955081416802538", "255131416802538",
                         "185052C00401715", "25508141680253X"}) {
    CAPTURE(no);
    CHECK_FALSE(is_nir(no));
  }
}

TEST_CASE("is_card: a network's digits and the Luhn sum", "[unit][audit][detector]") {
  for (const auto* yes : {"4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005"}) {
    CAPTURE(yes);
    CHECK(is_card(yes));
  }
  for (const auto* no :
       {"", "4111111111111112", "1234567890123452", "0000000000000000", "37828224631000", "1700000000000000"}) {
    CAPTURE(no);
    CHECK_FALSE(is_card(no));
  }
}

TEST_CASE("is_ip: both versions, whole", "[unit][audit][detector]") {
  for (const auto* yes : {"192.0.2.1", "2001:db8::1", "::1"}) {
    CAPTURE(yes);
    CHECK(is_ip(yes));
  }
  for (const auto* no : {"", "192.0.2", "192.0.2.256", "192.0.2.1:80", "12:30:15", "1.2"}) {
    CAPTURE(no);
    CHECK_FALSE(is_ip(no));
  }
}

TEST_CASE("is_postal_address: a number and a street, or a postcode and a town", "[unit][audit][detector]") {
  for (const auto* yes : {"12, rue de la Paix", "12 bis Av. Foch", "1498 rue Bélanger", "Theodor-Heuss-Straße 34",
                          "1 Microsoft Way", "75002 Paris", "3 allée des Tilleuls"}) {
    CAPTURE(yes);
    CHECK(is_postal_address(yes));
  }
  for (const auto* no :
       {"", "rue de la Paix", "12", "Invoice 75002", "12345", "version 3 of drivers", "street@example.org 1"}) {
    CAPTURE(no);
    CHECK_FALSE(is_postal_address(no));
  }
}

TEST_CASE("written_day: the ways people write a day, with a time or without", "[unit][audit][detector]") {
  CHECK(written_day("1970-03-31") == "1970-03-31"_day);
  CHECK(written_day("1970-03-31T10:00:00Z") == "1970-03-31"_day);
  CHECK(written_day(" 31/03/1970 ") == "1970-03-31"_day);
  CHECK(written_day("31.03.1970 10:00") == "1970-03-31"_day);
  for (const auto* no : {"", "1970", "31/02/1970", "1970-03-31x", "31/03-1970", "ab/cd/efgh"}) {
    CAPTURE(no);
    CHECK_FALSE(written_day(no));
  }
}

TEST_CASE("kind_of_value: a checksum goes before a form", "[unit][audit][detector]") {
  CHECK(kind_of_value("ada@example.org") == PersonalKind::email);
  CHECK(kind_of_value("255081416802538") == PersonalKind::nir);
  CHECK(kind_of_value("FR7630006000011234567890189") == PersonalKind::iban);
  CHECK(kind_of_value("0612345678") == PersonalKind::phone);
  CHECK_FALSE(kind_of_value("prospect"));
  CHECK_FALSE(kind_of_value("2024-01-31"));
}

TEST_CASE("kind_of_name: words in English and French, however they are joined", "[unit][audit][detector]") {
  struct Case {
    const char* name;
    std::optional<PersonalKind> kind;
  };
  const auto c = GENERATE(values<Case>({{"email", PersonalKind::email},
                                        {"e_mail", PersonalKind::email},
                                        {"EmailAddress", PersonalKind::email},
                                        {"ip_address", PersonalKind::ip},
                                        {"BillingAddress", PersonalKind::postal_address},
                                        {"dateNaissance", PersonalKind::date_of_birth},
                                        {"BirthDate", PersonalKind::date_of_birth},
                                        {"num_tel", PersonalKind::phone},
                                        {"card_number", PersonalKind::card},
                                        {"iban_2", PersonalKind::iban},
                                        {"first_name", PersonalKind::person_name},
                                        {"LastName", PersonalKind::person_name},
                                        {"name", std::nullopt},
                                        {"zipped", std::nullopt},
                                        {"postcard", std::nullopt},
                                        {"status", std::nullopt}}));
  CAPTURE(c.name);
  CHECK(kind_of_name(c.name) == c.kind);
}
