#!/usr/bin/env python3
"""Chinook, its records minimised and anonymised: what is left is what SQL leaves of a copy.

Usage: chinook_rewritten.py PROGRAM [TEST…]
"""

import shutil

from chinook_project import ChinookTest
from real_input import changing, dump, main, number, rows

AS_OF = "2026-06-01"

POLICY = """data_subjects: {employee: Employees, customer: Customers}
data_categories:
  identity: {title: Names, mask: {constant: "-"}}
  contact: {title: "Addresses, telephone, e-mail", mask: {constant: "-"}}
  place: {title: "Town, country"}
  birth: {title: Date of birth, mask: year_only}
events:
  left: {kind: end, title: Last day of work}
  last_contact: {kind: dated, title: Last contact}
purposes:
  letters:
    title: Letters
    legal_basis: legitimate_interests
    data: {customer: [identity, contact, place]}
    active: {keep: 3 years, from: last_contact}
  account:
    title: Purchases
    legal_basis: contract
    data: {customer: [identity]}
    active: {keep: 20 years, from: last_contact}
  employment:
    title: Staff
    legal_basis: contract
    data: {employee: [identity, contact, place, birth]}
    active: {until: left, plus: 5 years}
    then: anonymise
"""

DATASET = """  chinook:
    sqlite: chinook.db
    tables:
      Employee:
        key: EmployeeId
        purposes: {employment: {}}
        columns:
          identity: [LastName, FirstName]
          contact: [Address, PostalCode, Phone, Fax, Email]
          place: [City, State, Country]
          birth: [BirthDate]
          technical: ["*Id", Title, ReportsTo, HireDate, LeftOn]
        events: {left: LeftOn}
        anonymised_mark: GoneOn
      Customer:
        key: CustomerId
        purposes: {letters: {}, account: {}}
        columns:
          identity: [FirstName, LastName, Company]
          contact: [Address, PostalCode, Phone, Fax, Email]
          place: [City, State, Country]
          technical: ["*Id", LastContact]
        events: {last_contact: LastContact}
        on_partial_end: minimise
"""

SET_UP = """
alter table Employee add column GoneOn;
update Customer set LastContact = '2016-03-01' where CustomerId % 3 = 0;
update Customer set LastContact = '2025-03-01' where CustomerId % 3 = 1;
update Employee set LeftOn = '2015-07-31' where EmployeeId in (2, 3, 6);
update Employee set LeftOn = '2024-07-31' where EmployeeId = 5;
"""

# What the rules say, said in SQL. E-mail addresses of customers may not be NULL.
EXPECTED = """
update Customer set Address = null, PostalCode = null, Phone = null, Fax = null, Email = '-', City = null,
                    State = null, Country = null where CustomerId % 3 = 0;
update Employee set LastName = '-', FirstName = '-', Address = '-', PostalCode = '-', Phone = '-', Fax = '-',
                    Email = '-', City = null, State = null, Country = null,
                    BirthDate = cast(substr(BirthDate, 1, 4) as integer), GoneOn = '2026-06-01'
where EmployeeId in (2, 3, 6);
"""


class ChinookRewritten(ChinookTest):
    def setUp(self):
        super().setUp()
        self.change(SET_UP)
        self.configure(POLICY, DATASET)

    def emails_going(self):
        query = ("select Email from Customer where CustomerId % 3 = 0 "
                 "union select Email from Employee where EmployeeId in (2, 3, 6)")
        return [email for (email,) in rows(self.file, query)]

    def test_what_is_left_is_what_sql_leaves_of_a_copy(self):
        copy = self.folder / "copy.db"
        shutil.copyfile(self.file, copy)
        with changing(copy) as database:
            database.executescript(EXPECTED)
        gone = self.emails_going()
        shown = self.enforce(AS_OF)
        self.assertEqual(shown["Employee"]["anonymise"], 3)
        self.assertEqual(dump(self.file), dump(copy))
        self.assertEqual(rows(self.file, "pragma foreign_key_check"), [])
        self.assert_no_trace(self.file, gone)

    def test_a_second_run_finds_nothing_and_changes_nothing(self):
        self.enforce(AS_OF)
        before = self.file.read_bytes()
        self.assertEqual(self.scan(AS_OF)["Employee"]["out_of_scope"], 3)
        report = self.report("enforce", "--as-of", AS_OF)
        self.assertEqual([report["applied"]["minimise"], report["applied"]["anonymise"]], [0, 0])
        self.assertEqual(self.file.read_bytes(), before)

    def test_a_record_filled_again_is_anonymised_again(self):
        self.enforce(AS_OF)
        self.change("update Employee set Phone = '0612345678' where EmployeeId = 3")
        report = self.report("enforce", "--as-of", AS_OF)
        self.assertEqual(report["applied"]["anonymise"], 1)
        self.assertEqual(number(self.file, "select count(*) from Employee where Phone = '0612345678'"), 0)
        self.assert_no_trace(self.file, ["0612345678"])


if __name__ == "__main__":
    main()
