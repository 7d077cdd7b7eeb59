"""What a world must hold after the run that followed a disturbance."""

import contextlib
import csv
import io
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402

RUN = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}(-\d+)?")
# Empty files that only carry locks, which a run makes where it needs them, and what SQLite shares memory by.
WITHOUT_CONTENT = {"state/state.db.stops", "state/state.db.lock", "live/data.db-shm"}
# A journal cut off before it was flushed undoes nothing, and stays until somebody writes to its database: the run after a
# restore that never came to pass has no need to.
JOURNAL = "-journal"
# Of the bookkeeping of CSV archives, what differs from run to run; and what does where a record came back in between.
OF_THE_RUN = {"run", "replacement"}
OF_ITS_PLACE = {"row"}


def contents(world, folder):
    """Everything that must be as after an undisturbed run, and nothing that may differ."""
    what = {"files": file_names(folder)}
    if world.restores():
        what["files"] = [name for name in what["files"] if not name.endswith(JOURNAL)]
    if world.source == "csv":
        what["live"] = {path.name: path.read_bytes() for path in (folder / "live").glob("*.csv")}
        what["archive"] = {table.name: archived_lines(world, table) for table in (folder / "archive").glob("*/*")}
    else:
        what["live"] = rows_of(folder / "live" / "data.db")
        what["archive"] = {file.name: rows_of(file) for file in (folder / "archive").glob("*/*.db")}
    return what


def file_names(folder):
    """Every file and folder that holds something; run ids left out."""
    names = {RUN.sub("<run>", str(path.relative_to(folder))) for path in folder.rglob("*") if not is_empty_log(path)}
    return sorted(names - WITHOUT_CONTENT)


def is_empty_log(path):
    return path.name.endswith("-wal") and path.stat().st_size == 0


def rows_of(file):
    """Sorted rows of every table, typed; of an archive without what differs from run to run."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "damaged"
        tables = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        if "oubli_records" in tables:
            return archived_rows(database, [name for name in tables if not name.startswith("oubli_")])
        return {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for name in tables}


def archived_rows(database, tables):
    return {name: sorted(map(repr, database.execute(
        f"SELECT a.*, r.key_text, hex(r.content_digest), r.purposes, r.events, r.state FROM {name} a "
        "LEFT JOIN oubli_records r ON r.source_table = ? AND r.archived_rowid = a.rowid", [name]))) for name in tables}


def archived_lines(world, folder):
    """The records of one table's archive, each with its bookkeeping."""
    pairs = []
    left_out = OF_THE_RUN | (OF_ITS_PLACE if world.restores() else set())
    for file in sorted(folder.glob("*.csv")):
        if file.name.endswith(".meta.csv"):
            continue
        records = file.read_bytes().split(b"\r\n")[1:]
        meta = file.with_name(file.name[:-len(".csv")] + ".meta.csv")
        notes = [tuple(value for name, value in note.items() if name not in left_out)
                 for note in csv.DictReader(io.StringIO(meta.read_text(encoding="utf-8")))] if meta.exists() else []
        pairs += zip([record for record in records if record], notes + ["no bookkeeping"] * len(records))
    return sorted(map(repr, pairs))


def live_ids(world, folder):
    if world.source == "csv":
        return ids_of_lines((folder / "live" / "contacts.csv").read_bytes())
    return ids_of_rows(folder / "live" / "data.db")


def archived_ids(world, folder):
    if world.source == "csv":
        return sorted(number for file in (folder / "archive").glob("*/shop.contacts/contacts.*.csv")
                      if not file.name.endswith(".meta.csv") for number in ids_of_lines(file.read_bytes()))
    file = folder / "archive" / "shop" / "shop.db"
    return ids_of_rows(file) if file.exists() else []


def ids_of_rows(file):
    with contextlib.closing(sqlite3.connect(file)) as database:
        return sorted(number for number, in database.execute("SELECT id FROM contacts"))


def ids_of_lines(content):
    return sorted(int(line.split(b";")[0]) for line in content.split(b"\r\n")[1:] if line)


def remaining(world, folder):
    """Places in which a text that had to go is still found."""
    for part in world.places_of_removed_texts():
        for path in (folder / part).rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            count = sum(text.encode() in content for text in world.removed_texts())
            if count:
                yield f"{count} removed values are still in {path.name}"


def faults(program, world, folder, expected):
    """What is wrong in a world after its last run, in words."""
    found = list(remaining(world, folder))
    actual = contents(world, folder)
    if verify(program, folder) != 0:
        found.append("the ledger doesn't verify")
    live, archived = world.expected_ids()
    if live_ids(world, folder) != live:
        found.append("records are lost or doubled in the source")
    if archived_ids(world, folder) != archived:
        found.append("records are lost or doubled in the archive")
    for part, value in actual.items():
        if expected is not None and value != expected[part]:
            difference = f": {sorted(set(value) ^ set(expected[part]))}" if part == "files" else ""
            found.append(f"{part} differ from those of an undisturbed run{difference}")
    return found


def verify(program, folder):
    return subprocess.run([program, "ledger", "verify"], cwd=folder, env=golden.environment(program, folder),
                          stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode
