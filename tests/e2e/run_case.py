#!/usr/bin/env python3
"""Runs one case: the lines of its `cmd` in a fresh copy of its folder, then compares.

Usage: run_case.py PROGRAM CASE

`before.sql` becomes data.db and `before.csv` data.csv; any other file or folder is copied as it is. What a case
leaves out it has from `base`: the policy, the config and, where it brings no data, the data. Expected
are `stdout`, `stderr`, `exit` (absent: nothing, nothing, 0) and what is in data.db and data.csv
afterwards: `after.sql`, a dump, and `after.csv`, bytes. Without an `after` file the data must be
byte for byte as before. UPDATE_GOLDEN=1 writes all of them anew.
"""

import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402

# Not copied: what says what happens, and what comes of it.
OF_THE_CASE = {"cmd", "before.sql", "before.csv", "stdout", "stderr", "exit", "after.sql", "after.csv"}


BASE = pathlib.Path(__file__).resolve().parent / "base"


def prepare(case, folder):
    for file in [*BASE.iterdir(), *case.iterdir()]:
        if file.is_dir():
            shutil.copytree(file, folder / file.name)
        elif file.name not in OF_THE_CASE:
            shutil.copy(file, folder / file.name)
    data = case if any(case.glob("before.*")) else BASE
    if (data / "before.sql").exists():
        database = sqlite3.connect(folder / "data.db")
        database.executescript((data / "before.sql").read_text(encoding="utf-8"))
        database.close()
    if (data / "before.csv").exists():
        shutil.copyfile(data / "before.csv", folder / "data.csv")


def dump(file):
    """The database as text; what VACUUM moves about inside the file makes no difference."""
    database = sqlite3.connect(file)
    lines = list(database.iterdump())
    database.close()
    return ("\n".join(lines) + "\n").encode()


# The data a case may have, where its content is expected afterwards, and how that is written.
DATA = [("data.db", "after.sql", dump), ("data.csv", "after.csv", pathlib.Path.read_bytes)]


def data_bytes(folder):
    return {name: (folder / name).read_bytes() for name, _, _ in DATA if (folder / name).exists()}


def hold_data(case, folder, before, comparison):
    after = data_bytes(folder)
    for name, expected_name, written in DATA:
        if after.get(name) == before.get(name):
            comparison.hold(case / expected_name, b"")
        else:
            comparison.hold(case / expected_name, written(folder / name) if name in after else b"it is gone\n")


def run(case, program, folder):
    commands = (case / "cmd").read_text(encoding="utf-8")
    return subprocess.run(["sh", "-c", commands], cwd=folder, env=golden.environment(program, folder), timeout=60,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)


def main():
    program, case = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    comparison = golden.Comparison()
    with tempfile.TemporaryDirectory(prefix="oubli-e2e-") as name:
        folder = pathlib.Path(name)
        prepare(case, folder)
        before = data_bytes(folder)
        result = run(case, program, folder)
        comparison.hold(case / "stdout", golden.normalised(result.stdout, folder))
        comparison.hold(case / "stderr", golden.normalised(result.stderr, folder))
        comparison.hold(case / "exit", f"{result.returncode}\n".encode() if result.returncode else b"")
        hold_data(case, folder, before, comparison)
    return comparison.exit_code()


if __name__ == "__main__":
    sys.exit(main())
