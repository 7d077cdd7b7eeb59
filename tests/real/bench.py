#!/usr/bin/env python3
"""The benchmark jobs at 10 000 rows, for their answers: a CSV in each of its styles, and a SQLite database.

Usage: bench.py PROGRAM [TEST…]

The counts are those of the benchmark's own table; what a run leaves and archives is checked by the
benchmark's reference.py, record by record.
"""

import shutil
import subprocess
import sys
import tempfile

from real_input import SHARED, RealInputTest, main

BENCH = SHARED / "bench"
AS_OF = "2026-01-01"
ROWS = 10_000

# How the job's config reads the style "eu".
EU = [
    ("csv: contacts.csv", 'csv: contacts.csv\n    delimiter: ";"'),
    ("last_contact: last_contact", "last_contact: {column: last_contact, format: dd/mm/yyyy}"),
    ("created: created_at", "created: {column: created_at, format: dd/mm/yyyy HH:MM:SS}"),
    ("consent_withdrawn: consent_withdrawn_at",
     "consent_withdrawn: {column: consent_withdrawn_at, format: dd/mm/yyyy HH:MM:SS}"),
]

# Each rule of the jobs as a purpose of its own, for its own count.
RULES = """data_subjects: {contact: Contacts}
data_categories: {everything: {title: Everything}}
events:
  last_contact: {kind: dated, title: Last contact}
  created: {kind: dated, title: Record made}
  withdrawn: {kind: end, title: Consent withdrawn}
purposes:
  contact: {title: 1, legal_basis: contract, data: {contact: [everything]}, active: {keep: 3 years, from: last_contact}}
  withdrawal: {title: 2, legal_basis: contract, data: {contact: [everything]}, active: {until: withdrawn}}
  age: {title: 3, legal_basis: contract, data: {contact: [everything]}, active: {keep: 10 years, from: created}}
"""

RULED = """  rules:
    {source}
    tables:
      {table}:
        purposes: {{contact: {contact}, withdrawal: {{}}, age: {{}}}}
        columns: {{everything: ["*"]}}
        events: {{last_contact: last_contact, withdrawn: consent_withdrawn_at, created: created_at}}
        on_partial_end: flag
"""


class Bench(RealInputTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="oubli-bench-")
        cls.addClassCleanup(folder.cleanup)
        cls.generator = f"{folder.name}/generate"
        command = ["g++", "-O1", "-std=c++17", "-o", cls.generator, BENCH / "generate.cpp", "-lsqlite3"]
        subprocess.run(command, check=True)

    def generate(self, kind, name, *options):
        command = [self.generator, kind, "--rows", str(ROWS), "--out", self.folder / name, *options]
        subprocess.run(command, check=True, capture_output=True)

    def take_job(self, name, changes=()):
        """The job's policy and config, its text changed."""
        config = (BENCH / "jobs" / f"{name}.yaml").read_text(encoding="utf-8")
        for written, instead in changes:
            self.assertIn(written, config)
            config = config.replace(written, instead, 1)
        (self.folder / "oubli.yaml").write_text(config, encoding="utf-8")
        shutil.copy(BENCH / "jobs" / f"{name}-policy.yaml", self.folder)

    def ended(self):
        """Per purpose of the only table how many records' time is over."""
        (table,) = self.report("scan", "--as-of", AS_OF)["tables"]
        return {purpose["purpose"]: purpose["ended"] for purpose in table["purposes"]}

    def refer(self, *arguments):
        """The benchmark's reference finds no fault, and what it counted."""
        result = subprocess.run([sys.executable, BENCH / "reference.py", *arguments], cwd=self.folder,
                                capture_output=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        return result.stdout.decode().splitlines()

    def archive_csv(self, options=(), changes=(), reference_options=()):
        self.generate("csv", "contacts.csv", *options)
        shutil.copyfile(self.folder / "contacts.csv", self.folder / "before.csv")
        self.take_job("contacts", changes)
        self.assertEqual(self.enforce(AS_OF)["contacts"]["archive"], 1059)
        archived = self.archived_csv("crm.contacts", policy="bench-contacts")
        found = self.refer("j2", "before.csv", "contacts.csv", archived, *reference_options)
        self.assertEqual(found, ["kept 8941 archived 1059"])

    def test_the_rules_on_a_csv_have_the_answers_of_the_table(self):
        self.generate("csv", "contacts.csv")
        spared = """{where: "not country in ('CH', 'US', 'BR')"}"""
        self.configure(RULES, RULED.format(source="csv: contacts.csv", table="contacts", contact=spared))
        self.assertEqual(self.ended(), {"contact": 509, "withdrawal": 186, "age": 414})

    def test_a_csv_is_archived_as_the_reference_does(self):
        self.archive_csv()

    def test_a_csv_with_every_field_quoted_is_archived_as_the_reference_does(self):
        self.archive_csv(["--quote", "all"])

    def test_a_csv_whose_lines_end_in_cr_lf_is_archived_as_the_reference_does(self):
        self.archive_csv(["--eol", "crlf"])

    def test_a_csv_with_semicolons_and_european_days_is_archived_as_the_reference_does(self):
        self.archive_csv(["--style", "eu"], EU, ["--style", "eu"])

    def test_the_rules_on_a_database_have_the_answers_of_the_table(self):
        self.generate("db", "company.db")
        self.take_job("company")
        tables = {table["table"]: table for table in self.report("scan", "--as-of", AS_OF)["tables"]}
        self.assertEqual([purpose["ended"] for purpose in tables["customers"]["purposes"]], [709, 270])
        self.assertEqual(tables["customers"]["outcomes"]["flag"], 979)
        archived = {name: table["outcomes"]["archive"] for name, table in tables.items()}
        self.assertEqual(archived, {"customers": 0, "prospects": 1095, "invoices": 979, "payments": 979,
                                    "web_sessions": 1000})
        self.configure(RULES, RULED.format(source="sqlite: company.db", table="prospects", contact="{}"))
        ended = self.ended()
        self.assertEqual((ended["contact"], ended["withdrawal"]), (863, 258))

    def test_a_database_is_archived_as_the_reference_does(self):
        self.generate("db", "company.db")
        shutil.copyfile(self.folder / "company.db", self.folder / "before.db")
        self.take_job("company")
        self.enforce(AS_OF)
        found = self.refer("j4", "before.db", "company.db", self.folder / "archive" / "bench-company" / "company.db")
        self.assertIn("prospects kept 8905 archived 1095", found)
        self.assertIn("customers kept 10000 archived 0", found)


if __name__ == "__main__":
    main(BENCH)
