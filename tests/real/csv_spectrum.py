#!/usr/bin/env python3
"""csv-spectrum: twelve small files with what makes CSV hard, through the whole program.

Usage: csv_spectrum.py PROGRAM [TEST…]

One due record is appended to each file. A day stands in no other record's first column, so all others
are kept as unreadable: the file must afterwards be, byte for byte, what it was before it was appended.
"""

import csv
import json

from real_input import DATA, RealInputTest, main

AS_OF = "2026-06-01"
FILES = sorted(file.stem for file in (DATA / "csv-spectrum" / "csvs").glob("*.csv"))

POLICY = """data_subjects: {{person: People}}
data_categories: {{everything: {{title: Everything}}}}
events: {{seen: {{kind: dated, title: Last seen}}}}
purposes:
  following: {{title: Following, legal_basis: contract, data: {{person: [everything]}},
               active: {{keep: 3 years, from: seen}}{archive}}}
"""

TABLE = """      {name}:
        files: {name}.csv
        purposes: {{following: {{}}}}
        columns: {{everything: ["*"]}}
        events: {{seen: {column}}}
"""


class Spectrum:
    """One of the files: its bytes, how its lines end, its columns, and how many records it has."""

    def __init__(self, name):
        self.content = (DATA / "csv-spectrum" / "csvs" / f"{name}.csv").read_bytes()
        self.line_end = b"\r\n" if b"\r\n" in self.content else b"\n"
        # A record can only be appended to a whole line.
        if not self.content.endswith(self.line_end):
            self.content += self.line_end
        header, *_ = self.content.split(self.line_end)
        self.header = header + self.line_end
        (self.columns,) = csv.reader([header.decode()])
        values = json.loads((DATA / "csv-spectrum" / "json" / f"{name}.json").read_bytes())
        self.records = len(values) if isinstance(values, list) else 1

    def due_record(self):
        """A record as hard as the file's own."""
        hard = b'"appended, ""last""' + self.line_end + b'and due"'
        return b",".join([b"2000-01-01"] + [hard] * (len(self.columns) - 1))


class CsvSpectrum(RealInputTest):
    def prepare(self, archive="", end_last_line=True):
        tables = "".join(TABLE.format(name=name, column=Spectrum(name).columns[0]) for name in FILES)
        self.configure(POLICY.format(archive=archive), f"  spectrum:\n    tables:\n{tables}")
        for name in FILES:
            spectrum = Spectrum(name)
            end = spectrum.line_end if end_last_line else b""
            (self.folder / f"{name}.csv").write_bytes(spectrum.content + spectrum.due_record() + end)

    def enforce_and_compare(self, disposition):
        counts = {name: {"unreadable": Spectrum(name).records, disposition: 1} for name in FILES}
        self.assertEqual(self.enforce(AS_OF), counts)
        for name in FILES:
            self.assertEqual((self.folder / f"{name}.csv").read_bytes(), Spectrum(name).content, name)

    def test_all_twelve_files_are_there(self):
        self.assertEqual(len(FILES), 12)

    def test_a_scan_changes_nothing_and_explain_names_the_due_record(self):
        self.prepare()
        before = self.files()
        self.scan(AS_OF)
        for name in FILES:
            row = str(Spectrum(name).records + 1)
            self.assertEqual(self.explain(f"spectrum.{name}", "--row", row, as_of=AS_OF)["outcome"], "purge")
        self.assertEqual(self.files(), before)

    def test_a_due_last_record_goes_and_every_other_byte_stays(self):
        self.prepare()
        self.enforce_and_compare("purge")

    def test_a_due_last_record_without_line_end_goes_and_every_other_byte_stays(self):
        self.prepare(end_last_line=False)
        self.enforce_and_compare("purge")

    def test_an_archived_record_is_in_the_archive_byte_for_byte_below_its_header(self):
        self.prepare(archive=", archive: {up_to: 50 years, because: legal_claims}")
        self.enforce_and_compare("archive")
        for name in FILES:
            spectrum = Spectrum(name)
            archived = self.archived_csv(f"spectrum.{name}").read_bytes()
            self.assertEqual(archived, spectrum.header + spectrum.due_record() + spectrum.line_end)


if __name__ == "__main__":
    main()
