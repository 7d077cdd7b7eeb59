#!/usr/bin/env python3
"""No removed value is left in any file of a database, whatever it is made of and whatever its program did before.

Usage: residue.py PROGRAM [SEEDS]

{rollback journal, log} x {secure_delete of the program: off, fast, on} x seven shapes of tables, each with keys in a
random order, earlier updates and removals. Runs oubli, then searches the bytes.
"""

import contextlib
import random
import sqlite3
import sys
import tempfile
import unittest
from itertools import product
from pathlib import Path

import calls
from worlds import ENDED, LASTS, World

PROGRAM = None
SEEDS = 1
RECORDS = 300

# How the table is made, and what comes before and after it.
SHAPES = {
    "rowid": ("", "id INTEGER PRIMARY KEY", "", ""),
    "without_rowid": ("", "id TEXT PRIMARY KEY", "WITHOUT ROWID", ""),
    "indexed": ("", "id INTEGER PRIMARY KEY", "", "CREATE INDEX names ON contacts (name, note);"),
    "overflow": ("", "id INTEGER PRIMARY KEY", "", ""),
    "utf16": ("PRAGMA encoding = 'UTF-16';", "id INTEGER PRIMARY KEY", "", ""),
    "fts5": ("", "id INTEGER PRIMARY KEY", "", "CREATE VIRTUAL TABLE words USING fts5(name, note);"),
    "auto_vacuum": ("PRAGMA auto_vacuum = FULL;", "id INTEGER PRIMARY KEY", "", ""),
}


class Shaped(World):
    """A world with one of the shapes above; `source` says which."""

    def prepare(self, seed, secure_delete):
        object.__setattr__(self, "seed", seed)
        object.__setattr__(self, "secure_delete", secure_delete)
        return self

    def rows(self):
        chance = random.Random(self.seed)
        size = 6000 if self.source == "overflow" else 90
        rows = []
        for number in chance.sample(range(10_000, 99_999), RECORDS):
            kind = "gone" if chance.random() < 0.6 else "stays"
            filler = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=chance.randint(1, size)))
            rows.append((number, "purge", f"{kind}-{number}-name", f"{kind}-{number}-{filler}",
                         ENDED if kind == "gone" else LASTS, None, None))
        return rows

    def _write_database(self, file):
        before, key, tail, after = SHAPES[self.source]
        chance = random.Random(self.seed)
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.executescript(
                f"{before} PRAGMA secure_delete = {self.secure_delete}; PRAGMA journal_mode = {self.journal};"
                f"CREATE TABLE contacts ({key}, kind, name, note, seen_on, bought_on, anonymised_on) {tail}; {after}")
            for row in self.rows():
                database.execute("INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                if self.source == "fts5":
                    database.execute("INSERT INTO words (rowid, name, note) VALUES (?, ?, ?)", [row[0], row[2], row[3]])
            if self.source == "fts5":
                database.execute("DELETE FROM words WHERE name LIKE 'gone%'")
            some = [row[0] for row in self.rows() if chance.random() < 0.2]
            database.executemany("UPDATE contacts SET note = note || ' once more' WHERE id = ?", [(each,) for each in some])
            database.executemany("DELETE FROM contacts WHERE id = ? AND name LIKE 'gone%'", [(each,) for each in some[:20]])


class Residue(unittest.TestCase):
    def test_nothing_is_left(self):
        for shape, journal, secure_delete, seed in product(SHAPES, ("delete", "wal"), ("OFF", "FAST", "ON"), range(SEEDS)):
            with self.subTest(shape=shape, journal=journal, secure_delete=secure_delete, seed=seed):
                self.run_one(Shaped(shape, "purge", journal).prepare(seed, secure_delete))

    def run_one(self, world):
        with tempfile.TemporaryDirectory(prefix="oubli-residue-", dir=calls.fast_folder()) as place:
            folder = Path(place)
            world.build(PROGRAM, folder)
            result = calls.enforce(PROGRAM, folder)
            self.assertEqual(result.returncode, 0, result.stderr.decode())
            content = b"".join(file.read_bytes() for file in (folder / "live").iterdir())
            encoding = "utf-16-le" if world.source == "utf16" else "utf-8"
            gone = [row for row in world.rows() if row[4] == ENDED]
            self.assertEqual(sum(f"gone-{row[0]}".encode(encoding) in content for row in gone), 0)
            stays = {row[0] for row in world.rows()} - {row[0] for row in gone}
            with contextlib.closing(sqlite3.connect(folder / "live" / "data.db")) as database:
                self.assertEqual({int(number) for number, in database.execute("SELECT id FROM contacts")}, stays)


if __name__ == "__main__":
    PROGRAM = Path(sys.argv.pop(1)).resolve()
    SEEDS = int(sys.argv.pop(1)) if len(sys.argv) > 1 else SEEDS
    unittest.main()
