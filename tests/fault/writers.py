#!/usr/bin/env python3
"""Another program writes to a file while a run is about to put its own in the file's place.

Usage: writers.py PROGRAM

The run is stopped with one of its calls, by strace, and goes on when the other program has written.
"""

import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import calls
from worlds import AS_OF, World

PROGRAM = None
LINE = b"\r\n900;purge;added meanwhile;-;2024-11-20;;"


def flush_of(made, name):
    """The call that flushes a file when it is complete."""
    opened = next(i for i, call in enumerate(made) if call.name == "openat" and call.arguments[1] == name)
    return next(call.point for call in made[opened:] if call.name == "fsync" and call.arguments[0] == made[opened].result)


class Writers(unittest.TestCase):
    def build(self, action):
        place = tempfile.TemporaryDirectory(prefix="oubli-writers-", dir=calls.fast_folder())
        self.addCleanup(place.cleanup)
        undisturbed, folder = Path(place.name) / "undisturbed", Path(place.name) / "world"
        for each in (undisturbed, folder):
            each.mkdir()
            World("csv", action, "").build(PROGRAM, each)
        return folder, calls.record(PROGRAM, undisturbed)

    def run_around(self, folder, point, write):
        """Enforces; stops with the call at `point`, lets `write` write, and goes on."""
        name, number = point.split(":")
        log = folder.with_name("strace.log")
        run = subprocess.Popen(["strace", "-f", "-o", str(log), "-e", f"trace={name}", "-e",
                                f"inject={name}:signal=STOP:when={number}", PROGRAM, "enforce", "--as-of", AS_OF],
                               cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while run.poll() is None and not (log.exists() and b"stopped by SIGSTOP" in log.read_bytes()):
            os.sched_yield()
        write()
        os.kill(int((folder / "state" / "state.db.lock").read_text()), signal.SIGCONT)
        _, complaint = run.communicate(timeout=60)
        return run.returncode, complaint

    def test_a_line_appended_to_the_old_file_is_carried_over(self):
        folder, made = self.build("purge")
        file = folder / "live" / "contacts.csv"
        point = next(call.point for call in made if call.name == "renameat" and call.arguments[3] == b"contacts.csv")
        with open(file, "ab", buffering=0) as old:
            code, complaint = self.run_around(folder, point, lambda: old.write(LINE))
        self.assertEqual(code, 0, complaint)
        self.assertIn(LINE, file.read_bytes())

    def test_a_file_changed_since_it_was_read_is_left_alone(self):
        folder, made = self.build("purge")
        file = folder / "live" / "contacts.csv"
        before = file.read_bytes()
        point = flush_of(made, b".contacts.csv.oubli.tmp")
        code, complaint = self.run_around(folder, point, lambda: file.write_bytes(before + LINE))
        self.assertEqual(code, 3, complaint)
        self.assertEqual(file.read_bytes(), before + LINE)

    def test_rows_that_follow_stay_when_the_records_they_follow_were_changed(self):
        folder, made = self.build("mixed")
        file, followers = folder / "live" / "contacts.csv", folder / "live" / "addresses.csv"
        before, rows = file.read_bytes(), followers.read_bytes()
        point = flush_of(made, b".addresses.csv.oubli.tmp")
        renewed = before.replace(b"2019-03-05", b"2024-03-05")
        code, complaint = self.run_around(folder, point, lambda: file.write_bytes(renewed))
        self.assertEqual(code, 3, complaint)
        self.assertEqual(followers.read_bytes(), rows)


if __name__ == "__main__":
    PROGRAM = Path(sys.argv.pop(1)).resolve()
    if not calls.usable():
        print("skipped: there is no strace that may follow a program")
        sys.exit(77)
    unittest.main()
