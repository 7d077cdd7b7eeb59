#!/usr/bin/env python3
"""A disk that says it has written and hasn't: archived records are read back before the source is touched.

Usage: lies.py PROGRAM
"""

import re
import sys
import tempfile
import unittest
from pathlib import Path

import calls
import judge
from worlds import World

PROGRAM = None


class Lies(unittest.TestCase):
    def test_a_copy_that_does_not_read_back_leaves_the_source_alone(self):
        world = World("csv", "archive", "")
        with tempfile.TemporaryDirectory(prefix="oubli-lies-") as place:
            undisturbed, folder = Path(place) / "undisturbed", Path(place) / "world"
            for each in (undisturbed, folder):
                each.mkdir()
                world.build(PROGRAM, each)
            before = (folder / "live" / "contacts.csv").read_bytes()
            made = calls.record(PROGRAM, undisturbed)
            opened = next(i for i, call in enumerate(made)
                          if call.name == "openat" and re.fullmatch(rb"contacts\.csv\..*\.csv\.tmp", call.arguments[1]))
            write = next(call for call in made[opened:] if call.name == "write" and call.arguments[0] == made[opened].result)
            lied = calls.tampered(PROGRAM, folder, write.point, f"retval={write.result}")
            self.assertEqual(lied.returncode, 3)
            self.assertIn(b"doesn't read back as written", lied.stderr)
            self.assertEqual((folder / "live" / "contacts.csv").read_bytes(), before)
            self.assertEqual(calls.enforce(PROGRAM, folder).returncode, 0)
            self.assertEqual(judge.faults(PROGRAM, world, folder, None), [])


if __name__ == "__main__":
    PROGRAM = Path(sys.argv.pop(1)).resolve()
    if not calls.usable():
        print("skipped: there is no strace that may follow a program")
        sys.exit(77)
    unittest.main()
