#!/usr/bin/env python3
"""No command's output and no ledger holds a value of a dataset.

Usage: no_personal_value.py PROGRAM

Plants a value of its own in every column of a database and of CSV files, odd ones included: where
a date should be, in a key, in a malformed line, in a file that can't be read to its end. Then runs
every command but those that were asked for keys (`scan --records`, `explain`, `archive show`), and looks for them.
"""

import itertools
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402

POLICY = """oubli: policy/1
policy: {id: planted, version: 1, in_force_from: 2020-01-01}
controller: {name: Test, contact: privacy@example.org}
timezone: Europe/Paris
data_subjects: {person: People}
data_categories: {everything: {title: Everything}}
events: {seen: {kind: dated, title: Last seen}}
purposes:
  following:
    title: Following
    legal_basis: contract
    data: {person: [everything]}
    active: {keep: 1 year, from: seen}
    archive: {up_to: 5 years, because: legal_claims}
"""

CONFIG = """oubli: config/1
policies: [policy.yaml]
state: state.db
archive_dir: archive/
limits: {max_share: 100%, max_records: 1000}
datasets:
  base:
    sqlite: base.db
    tables:
      people:
        key: code
        data_subject: email
        purposes: {following: {where: "status = 'known'"}}
        columns: {everything: [name, email, photo], technical: [code, status, seen_on]}
        events: {seen: seen_on}
      notes:
        follows: people
        on: {person: code}
        columns: {everything: [note], technical: [person]}
  files:
    csv: visits-*.csv
    tables:
      visits:
        key: visit
        purposes: {following: {where: "status = 'known'"}}
        columns: {everything: [name, email], technical: [visit, status, seen_on]}
        events: {seen: {column: seen_on, format: dd/mm/yyyy}}
  broken:
    csv: broken.csv
    tables:
      broken:
        purposes: {following: {}}
        columns: {everything: [name], technical: [seen_on]}
        events: {seen: {column: seen_on, format: dd/mm/yyyy}}
"""

OUT_OF_REACH = "--unreachable files.visits --unreachable broken.broken"
COMMANDS = [
    f"hold add --case 17 --reason claim --by Tester --subject - {OUT_OF_REACH} <subject.txt",
    f"hold add --case 18 --reason claim --by Tester --subject - {OUT_OF_REACH} --table nowhere <subject.txt",
    f"subject restrict - --unlawful --by Tester {OUT_OF_REACH} <subject.txt",
    "hold list", "hold show 1", "hold list --format json", "subject list", "scan", "status",
    "hold lift 1 --by Tester --reason settled", "subject unrestrict - --by Tester <subject.txt",
    "check", "check --format json", "check --strict",
    "rules", "rules --format sql", "rules --format json",
    "scan", "scan --format json", "scan --as-of 2030-01-01", "scan --table base.people", "scan --table nowhere",
    "enforce --as-of 2026-06-01", "enforce --format json", "scan",
    "archive list", "archive verify", "archive list --format json", "archive verify --format json",
    "archive restore base.people --row 99 --by Tester --reason test", "archive restore base.notes --row 1 --by Tester --reason test",
    "archive restore base.people --row 1 --by Tester --reason test", "archive restore files.visits --row 1 --by Tester --reason test",
    "ledger show", "enforce --as-of 2026-06-01",
    "diff", "diff --format json", "diff stricter.yaml", "", "status --format json",
    "audit --roots .", "audit --by-age", "audit --format json", "audit --format sarif --as-of 2030-01-01",
    "forecast", "forecast --format json --until 2040-01-01",
]

numbers = itertools.count(1)


def plant():
    return f"planted-{next(numbers):04d}-value"


def make_database(file):
    database = sqlite3.connect(file)
    database.executescript("""
      create table people (code primary key, name, email, photo, status, seen_on);
      create table nobody_mapped (contact);
      create table notes (person references people (code), note);""")
    for status, seen in [("known", "2010-01-01"), ("known", "2024-01-01"), ("known", "2026-05-01"), ("known", None),
                         ("known", plant()), ("known", "2099-01-01"), (plant(), "2010-01-01"), (None, "2010-01-01"),
                         (plant().encode(), "2010-01-01"), ("known", plant().encode())]:
        code = plant()
        row = (code, plant(), f"{plant()}@example.org", plant().encode(), status, seen)
        database.execute("insert into people values (?, ?, ?, ?, ?, ?)", row)
        database.execute("insert into notes values (?, ?)", (code, plant()))
    database.execute("insert into notes values (?, ?)", (plant(), plant()))
    database.execute("insert into nobody_mapped values (?)", (f"{plant()}@example.org",))
    database.commit()
    database.close()


def make_files(folder):
    header = "visit,name,email,status,seen_on\n"
    lines = [",".join([plant(), plant(), f"{plant()}@example.org", status, seen]) + "\n"
             for status, seen in [("known", "01/01/2010"), ("known", "01/01/2024"), ("known", "01/05/2026"),
                                  ("known", ""), ("known", plant()), (plant(), "01/01/2010"), ("", "01/01/2010")]]
    malformed = [f"{plant()},{plant()}\n", f"{plant()},{plant()},{plant()},{plant()},{plant()},{plant()}\n"]
    (folder / "visits-1.csv").write_text(header + "".join(lines + malformed), encoding="utf-8")
    (folder / "broken.csv").write_text("name,seen_on\n", encoding="utf-8")


def write_subject(folder):
    """One person, to be typed by whoever orders something about them."""
    database = sqlite3.connect(folder / "base.db")
    (email,) = database.execute("select email from people").fetchone()
    database.close()
    (folder / "subject.txt").write_text(email + "\n", encoding="utf-8")


def break_file(file):
    """What nothing can be approved on, so it happens later."""
    file.write_text(f'name,seen_on\n{plant()},01/01/2010\n"{plant()}', encoding="utf-8")


def run(program, folder, command):
    result = subprocess.run(["sh", "-c", f"oubli {command}"], cwd=folder, env=golden.environment(program, folder),
                            timeout=60, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return result.stdout + result.stderr


def remaining(folder):
    database = sqlite3.connect(folder / "base.db")
    (people,) = database.execute("select count(*) from people").fetchone()
    database.close()
    return people, len((folder / "visits-1.csv").read_text(encoding="utf-8").splitlines())


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
        (folder / "stricter.yaml").write_text(POLICY.replace("5 years", "3 years"), encoding="utf-8")
        (folder / "oubli.yaml").write_text(CONFIG, encoding="utf-8")
        make_database(folder / "base.db")
        make_files(folder)
        write_subject(folder)
        written = {"first": run(program, folder, "enforce") + run(program, folder, "approve --by Tester --yes")}
        break_file(folder / "broken.csv")
        written |= {f"oubli {command}": run(program, folder, command) for command in COMMANDS}
        written |= {file.name: file.read_bytes() for file in folder.glob("state.db*")}
        left = remaining(folder)
    found = [(where, value) for where, text in written.items() for value in re.findall(rb"planted-\d{4}-value", text)]
    for where, value in found:
        print(f"{where}: {value.decode()}")
    if left != (8, 8):
        print(f"the commands didn't do their work: {left[0]} people and {left[1]} lines are left")
    return 1 if found or left != (8, 8) else 0


if __name__ == "__main__":
    sys.exit(main())
