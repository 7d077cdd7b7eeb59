#!/usr/bin/env python3
"""Chinook, enforced in parts: the oldest invoices first, or some tables only.

Usage: chinook_in_parts.py PROGRAM [TEST…]

Whatever a run leaves out is still due afterwards: it is counted as remaining, and a scan of the same
part says beforehand what goes.
"""

from chinook_project import AS_IF_OLDER, ChinookTest
from real_input import main, number, outcomes, removals, rows

AS_OF = "2026-06-01"
INVOICING = ("--table", "Invoice", "--table", "InvoiceLine")


class ChinookInParts(ChinookTest):
    def setUp(self):
        super().setUp()
        self.change(AS_IF_OLDER)
        self.configure_chinook()
        self.approve(AS_OF)

    def catch_up(self, count):
        """Enforces the oldest invoices only; what was done and what remains of them and of their lines."""
        report = self.report("enforce", "--as-of", AS_OF, "--catch-up", str(count), *INVOICING, exit_code=3)
        self.assertEqual(report["status"], "incomplete")
        return {table["table"]: table["applied"] for table in report["tables"]}

    def hold_catch_up(self, count):
        oldest = f"select InvoiceId from Invoice order by strftime('%Y', InvoiceDate), InvoiceId limit {count}"
        invoices = number(self.file, "select count(*) from Invoice where InvoiceDate < '2016-01-01'")
        lines = number(self.file, "select count(*) from InvoiceLine where InvoiceId in "
                                  "(select InvoiceId from Invoice where InvoiceDate < '2016-01-01')")
        lines_going = number(self.file, f"select count(*) from InvoiceLine where InvoiceId in ({oldest})")
        kept = rows(self.file, f"select InvoiceId from Invoice where InvoiceId not in ({oldest})")
        nothing_else = {"archive": 0, "changed": 0, "anonymise": 0, "minimise": 0, "minimised_there": 0,
                        "columns": {}, "columns_there": {}}
        self.assertEqual(self.catch_up(count), {
            "Invoice": {**nothing_else, "purge": count, "remaining": invoices - count},
            "InvoiceLine": {**nothing_else, "purge": lines_going, "remaining": lines - lines_going}})
        self.assertEqual(rows(self.file, "select InvoiceId from Invoice"), kept)
        self.assertEqual(rows(self.file, "pragma foreign_key_check"), [])

    def test_a_part_of_the_invoices_due_on_one_day_leaves_the_others_remaining(self):
        self.hold_catch_up(30)

    def test_the_invoices_of_more_than_one_day_go_oldest_first(self):
        self.hold_catch_up(100)

    def hold_part(self, *tables):
        """Enforcing these tables alone takes out of each as many rows as a scan of them has shown."""
        shown = outcomes(self.report("scan", "--as-of", AS_OF, *tables))
        before = self.row_counts(shown)
        self.assertEqual(self.report("enforce", "--as-of", AS_OF, *tables)["status"], "complete")
        after = self.row_counts(shown)
        going = {table: sum(counts.values()) for table, counts in removals(shown).items()}
        self.assertEqual({table: before[table] - after[table] for table in shown}, going)
        self.assertEqual(rows(self.file, "pragma foreign_key_check"), [])

    def row_counts(self, tables):
        return {table: number(self.file, f"select count(*) from {table}") for table in tables}

    def test_employees_alone_go_as_a_scan_of_them_shows(self):
        self.hold_part("--table", "Employee")

    def test_customers_alone_go_as_a_scan_of_them_shows(self):
        self.hold_part("--table", "Customer")

    def test_invoices_named_alone_take_their_lines_along_as_a_scan_of_them_shows(self):
        self.hold_part("--table", "Invoice")

    def test_lines_are_not_enforced_without_their_invoices(self):
        before = self.row_counts(["Invoice", "InvoiceLine"])
        self.oubli("enforce", "--as-of", AS_OF, "--table", "InvoiceLine", exit_code=2)
        self.assertEqual(self.row_counts(["Invoice", "InvoiceLine"]), before)


if __name__ == "__main__":
    main()
