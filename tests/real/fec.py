#!/usr/bin/env python3
"""Two accounting exports (FEC): tabs and no quoting, dates as YYYYMMDD, one with a BOM and padded journal codes.

Usage: fec.py PROGRAM [TEST…]

What must become of each line is computed by splitting it. A run must leave of a file exactly the
lines that aren't due, and of those it archives exactly their bytes.
"""

import collections

from real_input import DATA, RealInputTest, main

AS_OF = "2026-06-01"

# Entries are kept four years from the document's date, but ten in the journal 'CH '; in the other file
# three years from the day they were matched, as long as there is none for good.
POLICY = """data_subjects: {{partner: Partners}}
data_categories: {{books: {{title: Entries}}}}
events:
  document: {{kind: dated, title: Date of the document}}
  matched: {{kind: end, title: Day the entry was matched}}
purposes:
  short: {{title: Entries, legal_basis: legal_obligation, data: {{partner: [books]}},
           active: {{keep: 4 years, from: document}}{archive}}}
  long: {{title: Charges, legal_basis: legal_obligation, data: {{partner: [books]}},
          active: {{keep: 10 years, from: document}}}}
  open_items: {{title: Open items, legal_basis: contract, data: {{partner: [books]}},
                active: {{until: matched, plus: 3 years}}{archive}}}
"""

DATASET = """  fec:
    delimiter: "{delimiter}"
    quote: none
    tables:
      by_document:
        files: 000000001FEC20220831.txt
        purposes:
          short: {{where: "JournalCode <> 'CH '"}}
          long: {{where: "JournalCode = 'CH '"}}
        columns: {{books: ["*"]}}
        events: {{document: {{column: PieceDate, format: yyyymmdd}}}}
        on_partial_end: flag
      by_match:
        files: 000000000FEC20231231.txt
        purposes: {{open_items: {{}}}}
        columns: {{books: ["*"]}}
        events: {{matched: {{column: DateLet, format: yyyymmdd}}}}
"""

FILES = {"by_document": "000000001FEC20220831.txt", "by_match": "000000000FEC20231231.txt"}


def fate_by_document(fields):
    """`due` means: to be purged or archived."""
    journal, day = fields[0], fields[9]
    if day == b"19000101":
        return "undated"
    return "keep" if journal == b"CH " or day > b"20220531" else "due"


def fate_by_match(fields):
    day = fields[14]
    return "due" if day and day <= b"20230531" else "keep"


FATES = {"by_document": fate_by_document, "by_match": fate_by_match}


class Split:
    """A file split into the lines that are due and all others, its header with them."""

    def __init__(self, content, delimiter, fate):
        self.header, *lines = (line + b"\n" for line in content.split(b"\n")[:-1])
        self.fates = [fate(line.rstrip(b"\r\n").split(delimiter)) for line in lines]
        self.counts = dict(collections.Counter(self.fates))
        self.due = b"".join(line for line, line_fate in zip(lines, self.fates) if line_fate == "due")
        self.rest = self.header + b"".join(line for line, line_fate in zip(lines, self.fates) if line_fate != "due")

    def outcomes(self, disposition):
        return {disposition if name == "due" else name: count for name, count in self.counts.items()}


class Fec(RealInputTest):
    def prepare(self, archive="", delimiter="\t", line_end=b"\n"):
        """The files with this delimiter and line end, the config for them, and what must become of each."""
        self.configure(POLICY.format(archive=archive), DATASET.format(delimiter=delimiter.replace("\t", "tab")))
        split = {}
        for table, name in FILES.items():
            content = (DATA / "fec-sample" / name).read_bytes()
            content = content.replace(b"\t", delimiter.encode()).replace(b"\n", line_end)
            (self.folder / name).write_bytes(content)
            split[table] = Split(content, delimiter.encode(), FATES[table])
        return split

    def hold_files(self, split):
        for table, name in FILES.items():
            self.assertEqual((self.folder / name).read_bytes(), split[table].rest, name)

    def purge(self, **dialect):
        split = self.prepare(**dialect)
        shown = self.enforce(AS_OF)
        self.assertEqual(shown, {table: split[table].outcomes("purge") for table in FILES})
        self.hold_files(split)
        self.assertFalse((self.folder / "archive").exists())

    def test_a_scan_changes_nothing(self):
        split = self.prepare()
        before = self.files()
        self.assertEqual(self.scan(AS_OF), {table: split[table].outcomes("purge") for table in FILES})
        self.assertEqual(self.files(), before)

    def test_explain_says_why_a_line_is_kept_due_or_undated(self):
        split = self.prepare()
        fates = split["by_document"].fates
        for fate in ("keep", "due", "undated"):
            explained = self.explain("fec.by_document", "--row", str(fates.index(fate) + 1), as_of=AS_OF)
            self.assertEqual(explained["outcome"], fate.replace("due", "purge"))

    def test_some_lines_of_each_kind_are_there(self):
        split = self.prepare()
        self.assertEqual(set(split["by_document"].counts), {"due", "keep", "undated"})
        self.assertEqual(set(split["by_match"].counts), {"due", "keep"})

    def test_a_purge_leaves_all_other_lines_byte_for_byte(self):
        self.purge()

    def test_a_purge_of_files_with_bars_for_tabs(self):
        self.purge(delimiter="|")

    def test_a_purge_of_files_whose_lines_end_in_cr_cr_lf(self):
        self.purge(line_end=b"\r\r\n")

    def test_an_archive_has_the_removed_lines_byte_for_byte(self):
        split = self.prepare(archive=", archive: {up_to: 10 years, because: legal_obligation}")
        self.assertEqual(self.enforce(AS_OF), {table: split[table].outcomes("archive") for table in FILES})
        self.hold_files(split)
        for table in FILES:
            archived = self.archived_csv(f"fec.{table}").read_bytes()
            self.assertEqual(archived, split[table].header + split[table].due)


if __name__ == "__main__":
    main()
