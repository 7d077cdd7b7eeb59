"""What the checks of the tree share: where things are, and how a check reports."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def sources():
    """All C++ files of the program."""
    return sorted(file for top in ("src", "include") for file in (ROOT / top).rglob("*.?pp"))


def man_pages():
    return sorted(file for file in (ROOT / "man").iterdir() if file.suffix[1:].isdigit())


def man_text(name):
    """A man page as a reader sees it, in one line without formatting."""
    rendered = subprocess.run(["mandoc", "-Tutf8", ROOT / "man" / name], capture_output=True, check=True).stdout.decode()
    return " ".join(re.sub(".\b", "", rendered).split())


def report(problems):
    """Prints each problem; the process fails when there is one."""
    found = list(problems)
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)
