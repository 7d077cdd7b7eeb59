#!/usr/bin/env python3
"""Holds the direction of includes that src/README.md draws, and who may see which library."""

import re

from project import ROOT, report, sources

# A folder may include itself and these.
BELOW = {
    "diag": [],
    "model": ["diag"],
    "engine": ["model", "diag"],
    "policy": ["engine", "model", "diag"],
    "source": ["engine", "model", "diag"],
    "state": ["engine", "model", "diag"],
    "report": ["engine", "model", "diag"],
    "audit": ["engine", "model", "diag"],
    "proposal": ["audit", "engine", "model", "diag"],
    "archive": ["source", "engine", "model", "diag"],
    "run": ["proposal", "audit", "archive", "state", "source", "report", "policy", "engine", "model", "diag"],
    "cli": ["run", "proposal", "audit", "archive", "state", "source", "report", "policy", "engine", "model", "diag"],
}

# Headers of a library, and the only folders that may include them.
LIBRARIES = [
    (re.compile(r"^yaml-cpp/"), ["src/policy"]),
    (re.compile(r"^(SQLiteCpp/|sqlite3\.h$)"), ["src/source/sqlite", "src/source/events", "src/state"]),
    (re.compile(r"^CLI/"), ["src/cli"]),
    (re.compile(r"^date/tz\.h$"), ["src"]),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def folder_of(path):
    """The folder of src or include/oubli that a file or an include is in; None for anything else."""
    parts = [part for part in path.split("/") if part not in ("src", "include", "oubli")]
    return parts[0] if len(parts) > 1 and parts[0] in BELOW else None


def problems():
    for file in sources():
        name = file.relative_to(ROOT).as_posix()
        for included in INCLUDE.findall(file.read_text(encoding="utf-8")):
            here, there = folder_of(name), folder_of(included)
            if there and there != here and there not in BELOW[here]:
                yield f"{name}: {here} may not include {included}"
            for header, folders in LIBRARIES:
                if header.match(included) and not any(name.startswith(folder + "/") for folder in folders):
                    yield f"{name}: only {', '.join(folders)} may include {included}"


report(problems())
