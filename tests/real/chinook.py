#!/usr/bin/env python3
"""Chinook, a shop with a SQLite database: employees, customers, and invoices with their lines.

Usage: chinook.py PROGRAM [TEST…]

What must become of each record is computed by SQL of the test's own; where records go, the database
must afterwards be what a copy is from which plain SQL deleted them.
"""

import shutil

from chinook_project import AS_IF_OLDER, ChinookTest
from real_input import changing, dump, main, number, rows

EXPLAINED = [
    ("chinook.Customer 59", "purge", "2019-03-02"), ("chinook.Customer 1", "blocked", "2019-03-02"),
    ("chinook.Customer 11", "keep", None), ("chinook.Customer 41", "undated", None),
    ("chinook.Invoice 1", "purge", "2024-01-01"), ("chinook.InvoiceLine 1", "purge", "2024-01-01"),
    ("chinook.Employee 3", "blocked", "2020-08-01"), ("chinook.Employee 1", "keep", None),
]

INVOICING = ("Invoice", "InvoiceLine")

# What is due on 2026-06-01, without a look at what still needs it, and what then goes. An archived
# invoice needs its customer; without an archive all that are due are purged.
DUE = """
create temp view purged_invoice as select InvoiceId from Invoice where InvoiceDate < '{purged_before}';
create temp view due_invoice as select InvoiceId from Invoice where InvoiceDate < '2016-01-01';
create temp view due_customer as select CustomerId from Customer where LastContact <= '2023-05-31';
create temp view due_employee as select EmployeeId from Employee where LeftOn <= '2021-05-31';
create temp view gone_customer as select CustomerId from due_customer where CustomerId not in
  (select CustomerId from Invoice where InvoiceId not in purged_invoice);
create temp view needed_employee as
  with recursive needed(EmployeeId) as (
    select SupportRepId from Customer where CustomerId not in gone_customer
    union select ReportsTo from Employee where EmployeeId not in due_employee
    union select ReportsTo from Employee join needed using (EmployeeId))
  select EmployeeId from needed where EmployeeId is not null;
create temp view gone_employee as select EmployeeId from due_employee where EmployeeId not in needed_employee;
"""

DELETE_GONE = """
delete from InvoiceLine where InvoiceId in due_invoice;
delete from Customer where CustomerId in gone_customer;
delete from Employee where EmployeeId in gone_employee;
delete from Invoice where InvoiceId in due_invoice;
"""

EXPECTED_COUNTS = """
select 'Employee', (select count(*) from Employee where LeftOn is null or EmployeeId not in due_employee),
  (select count(*) from gone_employee), (select count(*) from due_employee where EmployeeId in needed_employee), 0
union all select 'Customer', (select count(*) from Customer where LastContact > '2023-05-31'),
  (select count(*) from gone_customer), (select count(*) from due_customer where CustomerId not in gone_customer),
  (select count(*) from Customer where LastContact is null)
union all select 'Invoice', sum(InvoiceId not in due_invoice), sum(InvoiceId in purged_invoice), 0, 0 from Invoice
union all select 'InvoiceLine', sum(InvoiceId not in due_invoice), sum(InvoiceId in purged_invoice), 0, 0
  from InvoiceLine
"""


def expected(database, purged_before):
    """Outcomes per table on 2026-06-01; then deletes what goes."""
    database.executescript(DUE.format(purged_before=purged_before))
    names = ("keep", "purge", "blocked", "undated")
    counts = {table: {name: count for name, count in zip(names, found) if count}
              for table, *found in database.execute(EXPECTED_COUNTS)}
    # The views read the invoices, which therefore go last.
    database.executescript(DELETE_GONE)
    return counts


class Chinook(ChinookTest):
    def test_without_a_day_of_leaving_staff_is_kept_by_the_kind_of_the_event(self):
        employees = number(self.file, "select count(*) from Employee")
        for kind, outcome, purpose_state in (("end", "keep", "open"), ("dated", "undated", "undated")):
            with self.subTest(kind):
                self.configure_chinook(kind)
                self.assertEqual(self.scan("2034-06-01")["Employee"], {outcome: employees})
                explained = self.explain("chinook.Employee", "1", as_of="2034-06-01")
                self.assertEqual((explained["outcome"], explained["purposes"][0]["state"]), (outcome, purpose_state))

    def test_invoices_are_due_ten_years_after_their_fiscal_year_and_their_lines_with_them(self):
        self.configure_chinook()
        before = self.file.read_bytes()
        due = "InvoiceId in (select InvoiceId from Invoice where strftime('%Y', InvoiceDate) <= '2023')"
        shown = self.scan("2034-06-01")
        for table in INVOICING:
            purge = number(self.file, f"select count(*) from {table} where {due}")
            keep = number(self.file, f"select count(*) from {table} where not {due}")
            self.assertEqual(shown[table], {"keep": keep, "purge": purge})
        self.assertEqual(self.file.read_bytes(), before)

    def by_plain_sql(self, purged_before):
        """The outcomes and the database that enforcing on 2026-06-01 must lead to."""
        copy = self.folder / "expected.db"
        shutil.copyfile(self.file, copy)
        with changing(copy) as database:
            counts = expected(database, purged_before)
        return counts, dump(copy)

    def test_what_is_due_goes_and_every_other_row_stays_as_it_was(self):
        self.change(AS_IF_OLDER)
        self.configure_chinook()
        emails = [email for (email,) in rows(self.file, "select Email from Customer where CustomerId = 59")]
        counts, after = self.by_plain_sql(purged_before="2016-01-01")
        self.assertEqual(self.enforce("2026-06-01"), counts)
        self.assertEqual(dump(self.file), after)
        self.assertEqual(rows(self.file, "pragma foreign_key_check"), [])
        self.assert_no_trace(self.file, emails)

    def test_archived_invoices_are_in_the_archive_whole_and_only_those(self):
        self.change(AS_IF_OLDER)
        self.configure_chinook(archive="archive: {up_to: 12 years, because: legal_obligation}")
        young = "InvoiceId in (select InvoiceId from Invoice where InvoiceDate between '2014-01-01' and '2016-01-01')"
        wanted = {table: rows(self.file, f"select * from {table} where {young} order by 1") for table in INVOICING}
        # Twelve years after their close the time of those of 2013 in the archive is over, too.
        counts, after = self.by_plain_sql(purged_before="2014-01-01")
        for table in INVOICING:
            counts[table]["archive"] = len(wanted[table])
        self.assertEqual(self.enforce("2026-06-01"), counts)
        archive = self.folder / "archive" / "real" / "chinook.db"
        self.assertEqual({table: rows(archive, f"select * from {table} order by 1") for table in INVOICING}, wanted)
        self.assertEqual(dump(self.file), after)
        self.assertEqual(rows(self.file, "pragma foreign_key_check"), [])

    def test_explain_says_why_a_record_is_kept_due_or_blocked(self):
        self.change(AS_IF_OLDER)
        self.configure_chinook()
        for record, outcome, due in EXPLAINED:
            with self.subTest(record):
                explained = self.explain(*record.split(), as_of="2026-06-01")
                self.assertEqual((explained["outcome"], explained["due"]), (outcome, due))


if __name__ == "__main__":
    main()
