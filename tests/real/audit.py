#!/usr/bin/env python3
"""An audit finds every planted defect, and nothing that wasn't planted.

Usage: audit.py PROGRAM [TEST…]

Each real input is put under a policy and a config that cover it, and enforced: its audit must be without any
failure. Then the defects are planted, and what the audit fails by must be these and no others.
"""

import shutil

from real_input import DATA, RealInputTest, changing, main
import planted  # tests/support, on the path by real_input

AS_OF = "2026-06-01"

POLICY = """data_subjects: {person: People}
data_categories: {books: {title: What the records are about}}
events:
  happened: {kind: dated, title: Day of the record}
purposes:
  books:
    title: Records
    legal_basis: contract
    reference: section 1
    data: {person: [books]}
    active: {keep: 1 year, from: happened}
    archive: {up_to: 10 years, because: legal_claims}
"""
UNDECIDED = """  surveys:
    title: Surveys
    legal_basis: consent
    reference: section 2
    data: {person: [books]}
    no_period: {because: nobody has decided}
"""

class AuditTest:
    """What every input goes through; each says how it is mapped and changed."""

    followers = ()  # tables that share the decision of the one that is made overdue

    def config(self):
        """The datasets of the config, every column mapped."""
        raise NotImplementedError

    def make_one_overdue(self):
        raise NotImplementedError

    def add_columns(self):
        """Adds `reach` with e-mail addresses and `refund` with IBANs to the first table; its name."""
        raise NotImplementedError

    def setUp(self):
        super().setUp()
        self.prepare()
        self.configure(POLICY, self.config())
        self.oubli("approve", "--by", "Tester", "--yes", "--as-of", AS_OF)
        self.oubli("enforce", "--as-of", AS_OF)

    def failures(self, exit_code):
        return planted.failures(self.report("audit", "--as-of", AS_OF, exit_code=exit_code))

    def rewrite_policy(self, before, after):
        file = self.folder / "policy.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    def test_nothing_is_invented(self):
        self.assertEqual(self.failures(exit_code=0), [])

    def test_a_purpose_without_basis(self):
        self.rewrite_policy("    legal_basis: contract\n", "")
        self.assertIn((101, None, None, None), self.failures(exit_code=2))

    def test_every_other_defect_at_once(self):
        table = self.add_columns()
        self.make_one_overdue()
        self.rewrite_policy(POLICY, POLICY + UNDECIDED)
        self.oubli("approve", "--by", "Tester", "--yes", "--as-of", AS_OF)
        self.oubli("hold", "add", "--case", "17", "--reason", "claim", "--by", "Tester", "--table", table,
                   "--from", "2020-01-01", "--until", "2999-12-31")
        planted.plant_in_state(self.folder)
        self.rewrite_policy("title: Records", "title: Other records")
        self.assertEqual(self.failures(exit_code=1), [
            (102, None, None, "surveys"), (105, None, None, None), (203, table, "reach", None),
            (203, table, "refund", None), *((301, name, None, "books") for name in (table, *self.followers)),
            (401, None, None, None), (405, None, None, None), (501, None, None, None), (505, None, None, None)])


def columns_of(file, table):
    with changing(file) as database:
        return [name for _, name, *_ in database.execute(f"pragma table_info({table})")]


class SqliteAuditTest(AuditTest):
    """Databases: their first dataset's file and table are those that defects are planted in."""

    file = table = overdue = None

    def add_columns(self):
        with changing(self.folder / self.file) as database:
            planted.add_columns(database, self.table)
        return self.table

    def make_one_overdue(self):
        with changing(self.folder / self.file) as database:
            database.execute(f"update {self.table} set {self.overdue} where rowid = "
                             f"(select min(rowid) from {self.table})")

    def table_lines(self, file, table, day, more=""):
        return (f"      {table}: {{key: [{columns_of(self.folder / file, table)[0]}], purposes: {{books: {{}}}}, "
                f"columns: {{books: [{', '.join(columns_of(self.folder / file, table))}]}}, "
                f"events: {{happened: {day}}}, on_partial_end: flag{more}}}\n")


class Chinook(SqliteAuditTest, RealInputTest):
    file, table, overdue = "chinook.db", "Invoice", "InvoiceDate = '2020-01-01 00:00:00'"
    followers = ("InvoiceLine",)

    def prepare(self):
        shutil.copyfile(DATA / "chinook" / "Chinook_Sqlite.sqlite", self.folder / self.file)
        with changing(self.folder / self.file) as database:
            for table in ("Employee", "Customer"):
                database.execute(f"alter table {table} add column LastContact")
                database.execute(f"update {table} set LastContact = date('2026-01-01', rowid || ' days')")

    def config(self):
        lines = ", ".join(columns_of(self.folder / self.file, "InvoiceLine"))
        return ("  chinook:\n    sqlite: chinook.db\n    tables:\n"
                + self.table_lines(self.file, "Invoice", "InvoiceDate")
                + f"      InvoiceLine: {{follows: Invoice, on: {{InvoiceId: InvoiceId}}, columns: {{books: [{lines}]}}}}\n"
                + self.table_lines(self.file, "Customer", "LastContact")
                + self.table_lines(self.file, "Employee", "LastContact")
                + "    no_personal_data: {tables: [Album, Artist, Genre, MediaType, Playlist, PlaylistTrack, Track], "
                  "because: catalogue}\n")


class Firefox(SqliteAuditTest, RealInputTest):
    file, table, overdue = "cookies.sqlite", "moz_cookies", "creationTime = 1577880000000000"
    mapped = {"moz_places": "last_visit_date", "moz_historyvisits": "visit_date", "moz_bookmarks": "dateAdded"}

    def prepare(self):
        for name in ("cookies.sqlite", "places.sqlite"):
            shutil.copyfile(DATA / "firefox-profile" / name, self.folder / name)

    def config(self):
        with changing(self.folder / "places.sqlite") as database:
            tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        others = sorted(name for name in tables if name not in self.mapped and not name.startswith("sqlite_"))
        epoch = "{{column: {}, format: epoch_us}}".format
        return ("  cookies:\n    sqlite: cookies.sqlite\n    tables:\n"
                + self.table_lines("cookies.sqlite", "moz_cookies", epoch("creationTime"))
                + "  places:\n    sqlite: places.sqlite\n    triggers: accepted\n    tables:\n"
                + "".join(self.table_lines("places.sqlite", table, epoch(day)) for table, day in self.mapped.items())
                + f"    no_personal_data: {{tables: [{', '.join(others)}], because: inner workings}}\n")


class Fec(AuditTest, RealInputTest):
    files = {"by_document": "000000001FEC20220831.txt", "by_match": "000000000FEC20231231.txt"}

    def prepare(self):
        for name in self.files.values():
            shutil.copyfile(DATA / "fec-sample" / name, self.folder / name)

    def header(self, table):
        text = (self.folder / self.files[table]).read_text(encoding="utf-8-sig")
        return text.split("\n")[0].rstrip("\r").split("\t")

    def config(self):
        return "  fec:\n    delimiter: tab\n    quote: none\n    tables:\n" + "".join(
            f"      {table}: {{files: {file}, purposes: {{books: {{}}}}, "
            f"columns: {{books: [{', '.join(self.header(table))}]}}, "
            "events: {happened: {column: PieceDate, format: yyyymmdd}}, on_partial_end: flag}\n"
            for table, file in self.files.items())

    def change_lines(self, change):
        file = self.folder / self.files["by_document"]
        header, *lines = file.read_text(encoding="utf-8-sig").split("\n")[:-1]
        file.write_text("\n".join(change(header, lines)) + "\n", encoding="utf-8")

    def add_columns(self):
        self.change_lines(lambda header, lines: [header + "\treach\trefund"] + [
            f"{line}\tperson{number}@example.org\t{planted.iban(number)}" for number, line in enumerate(lines)])
        return "by_document"

    def make_one_overdue(self):
        def with_old_first(header, lines):
            fields = lines[0].split("\t")
            return [header, "\t".join([*fields[:9], "20200101", *fields[10:]]), *lines[1:]]
        self.change_lines(with_old_first)


if __name__ == "__main__":
    main()
