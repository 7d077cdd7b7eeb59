#!/usr/bin/env python3
"""A run that is asked to end does so between two steps, says what remains, and the next run goes on.

Usage: signals.py PROGRAM

The signal comes with a call of the run, by strace: nothing here waits or measures time.
"""

import contextlib
import json
import shutil
import sqlite3
import sys
import tempfile
import unittest
from pathlib import Path

import calls
from worlds import ENDED, LASTS, World

PROGRAM = None
DUE, KEPT = 1200, 50
# The first step takes no more, however quick it is.
FIRST_STEP = 200


class Shop(World):
    """More due records than one step takes."""

    def tables(self):
        rows = [(number, "purge", f"name-{number}", "-", ENDED if number < DUE else LASTS, None, None)
                for number in range(DUE + KEPT)]
        return {"contacts": rows}


class SignalTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="oubli-signals-")
        self.addCleanup(temporary.cleanup)
        self.start = Path(temporary.name) / "start"
        self.start.mkdir()
        self.world().build(PROGRAM, self.start)
        undisturbed = shutil.copytree(self.start, self.start.with_name("undisturbed"))
        self.calls = calls.record(PROGRAM, undisturbed)

    def world(self):
        return Shop("rowid", "purge", "delete")

    def interrupted(self, point, signal="TERM"):
        """A world after a run that got a signal at a point, and what the run said."""
        folder = self.start.with_name("world")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.start, folder)
        return folder, calls.signal(PROGRAM, folder, point, signal, "--format", "json")

    def first_change(self):
        """The first write to the database itself: the first step is under way."""
        last = max(i for i, call in enumerate(self.calls)
                   if call.name == "openat" and call.arguments[1].endswith(b"/data.db"))
        return next(call.point for call in self.calls[last:]
                    if call.name == "pwrite64" and call.arguments[0] == self.calls[last].result)

    def due(self, folder):
        with contextlib.closing(sqlite3.connect(folder / "live" / "data.db")) as database:
            return database.execute("SELECT count(*) FROM contacts WHERE seen_on = ?", [ENDED]).fetchone()[0]

    def assert_completed_by_next_run(self, folder):
        self.assertEqual(calls.enforce(PROGRAM, folder).returncode, 0)
        self.assertEqual(self.due(folder), 0)
        with contextlib.closing(sqlite3.connect(folder / "live" / "data.db")) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM contacts").fetchone()[0], KEPT)


class FirstSignal(SignalTest):
    def test_ends_after_the_step_and_says_what_remains(self):
        for signal in ("TERM", "INT", "HUP"):
            folder, result = self.interrupted(self.first_change(), signal)
            report = json.loads(result.stdout)
            self.assertEqual(result.returncode, 3)
            self.assertEqual(report["status"], "incomplete")
            self.assertEqual(report["stopped_because"], "a signal asked for it")
            self.assertEqual(report["applied"]["purge"], FIRST_STEP)
            self.assertEqual(report["applied"]["remaining"], DUE - FIRST_STEP)
            self.assertEqual(self.due(folder), DUE - FIRST_STEP)
            self.assertEqual([each["dataset"] for each in report["erasure"]["pending"]], ["shop"])
            self.assertIn(b"is incomplete", result.stderr)

    def test_is_in_the_ledger(self):
        folder, _ = self.interrupted(self.first_change())
        with contextlib.closing(sqlite3.connect(folder / "state" / "state.db")) as state:
            kind, body = state.execute("SELECT kind, body FROM ledger ORDER BY number DESC LIMIT 1").fetchone()
        self.assertEqual((kind, json.loads(body)["stopped"]), ("finished", "a signal asked for it"))

    def test_leaves_the_rest_to_the_next_run(self):
        folder, _ = self.interrupted(self.first_change())
        self.assert_completed_by_next_run(folder)

    def test_before_any_change_leaves_everything(self):
        before = next(call.point for call in self.calls if call.name == "openat" and call.arguments[1].endswith(b".stops"))
        folder, result = self.interrupted(before)
        self.assertEqual(result.returncode, 3)
        self.assert_completed_by_next_run(folder)


class SecondSignal(SignalTest):
    def test_ends_the_run_as_a_crash_would(self):
        folder, result = self.interrupted(self.first_change() + "+")
        self.assertIn(result.returncode, (-15, 143))
        self.assert_completed_by_next_run(folder)


class Files(SignalTest):
    """A step of CSV files is one file."""

    def world(self):
        return Shop("csv", "purge", "")

    def test_ends_before_the_erasure(self):
        folder, result = self.interrupted("renameat:1")
        self.assertEqual(result.returncode, 3)
        self.assertEqual(calls.enforce(PROGRAM, folder).returncode, 0)
        self.assertEqual((folder / "live" / "contacts.csv").read_bytes().count(ENDED.encode()), 0)


if __name__ == "__main__":
    PROGRAM = Path(sys.argv.pop(1)).resolve()
    if not calls.usable():
        print("skipped: there is no strace that may follow a program")
        sys.exit(77)
    unittest.main()
