#!/usr/bin/env python3
"""An audit of each example finds ten planted defects, and nothing else than before.

Usage: audit_examples.py PROGRAM EXAMPLES
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402
import planted  # noqa: E402
from replay_session import prepare  # noqa: E402

AS_OF = "2026-06-01"

# Of each example a table where defects are planted: its file, its dataset, its name, and what makes a record old.
PLACES = {
    "crm": ("crm.db", "crm", "invoices", "invoiced_on = '2000-01-01'"),
    "cookies": ("cookies.db", "browser", "moz_cookies", "creationTime = 946684800000000"),
    "prospects": ("prospects.csv", "prospects", "prospects", None),
    "seqens": ("erp.db", "erp", "documents", "issued_on = '2000-01-01'"),
    "seqlense": ("mail.db", "mail", "outbox", "sent_at = 946684800"),
    "equasens": ("customers.db", "customers", "invoices", "issued_on = '2000-01-01'"),
    "groupe-scr": ("crm.db", "crm", "invoices", "issued_on = '2000-01-01', card_debited_on = '2000-01-01'"),
}


class Example:
    def __init__(self, program, folder, place):
        self.program, self.folder = program, folder
        self.file, self.dataset, self.table, self.old = folder / place[0], place[1], place[2], place[3]
        named = re.search(r"^policies: \[([^],]+)", (folder / "oubli.yaml").read_text(encoding="utf-8"), re.MULTILINE)
        self.policy = (folder / named.group(1)).resolve()

    def oubli(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.folder, timeout=120, capture_output=True,
                              env=golden.environment(self.program, self.folder), check=False)

    def approve(self):
        self.oubli("approve", "--by", "Tester", "--yes", "--as-of", AS_OF)

    def failures(self):
        report = self.oubli("audit", "--as-of", AS_OF, "--format", "json")
        return set(planted.failures(json.loads(report.stdout)))

    def change_policy(self, pattern, replacement):
        text = self.policy.read_text(encoding="utf-8")
        self.policy.write_text(re.sub(pattern, replacement, text, count=1, flags=re.MULTILINE), encoding="utf-8")

    def plant_in_table(self):
        if self.old is None:
            return self.plant_in_lines()
        with planted.changing(self.file) as database:
            planted.add_columns(database, self.table)
            database.execute(f"update {self.table} set {self.old} where rowid = (select max(rowid) from {self.table})")
        return None

    def plant_in_lines(self):
        """The columns at the end of each line; the first day of its own is the last of them in the first line."""
        header, *lines = self.file.read_text(encoding="windows-1252").splitlines()
        lines = [f"{line};person{number}@example.org;{planted.iban(number)}" if line.count(";") == header.count(";")
                 else line for number, line in enumerate(lines)]
        lines[0] = re.sub(r"\d\d/\d\d/\d{4}", "01/01/2000", lines[0])
        self.file.write_text("\n".join([header + ";reach;refund", *lines]) + "\n", encoding="windows-1252")

    def plant(self):
        self.plant_in_table()
        data = re.search(r"^ +data: (\{.*\})", self.policy.read_text(encoding="utf-8"), re.MULTILINE).group(1)
        self.change_policy(r"^purposes:$", "purposes:\n  surveys: {title: Surveys, legal_basis: contract, reference: none, "
                           f"data: {data}, no_period: {{because: nobody has decided}}}}")
        self.approve()
        self.oubli("hold", "add", "--case", "17", "--reason", "claim", "--by", "Tester", "--from", "2020-01-01",
                   "--until", "2999-12-31", "--table", f"{self.dataset}.{self.table}")
        planted.plant_in_state(self.folder)
        self.change_policy(r"^policy: ", "# changed\npolicy: ")


def expected(example, old_purposes):
    """What is planted; an old record is due under the purposes that serve its table."""
    return {(102, None, None, "surveys"), (105, None, None, None), (203, example.table, "reach", None),
            (203, example.table, "refund", None), *old_purposes, (401, None, None, None), (405, None, None, None),
            (501, None, None, None), (505, None, None, None)}


def problems(program, path):
    with tempfile.TemporaryDirectory(prefix="oubli-audit-") as name:
        example = Example(program, prepare(path, pathlib.Path(name)), PLACES[path.name])
        example.approve()
        example.oubli("enforce", "--as-of", AS_OF, "--allow-share", "--allow-records")
        before = example.failures()
        yield from (f"{path.name}: {failure} after a run" for failure in before if failure[0] == 301)
        example.plant()
        after = example.failures() - before
        overdue = {failure for failure in after if failure[:2] == (301, example.table)}
        if not overdue:
            yield f"{path.name}: the old record isn't found"
        yield from (f"{path.name}: {failure} isn't found" for failure in expected(example, overdue) - after)
        yield from (f"{path.name}: {failure} is invented" for failure in after - expected(example, overdue))
        example.change_policy(r"^    legal_basis: .*\n", "")
        if (101, None, None, None) not in example.failures():
            yield f"{path.name}: a purpose without a legal basis isn't found"


def main():
    program, examples = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    found = [problem for name in PLACES for problem in problems(program, examples / name)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
