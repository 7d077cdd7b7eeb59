#!/usr/bin/env python3
"""What README.md shows of a terminal stands word for word in an example's session."""

import re

from project import ROOT, report

CONSOLE_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def problems():
    sessions = [session.read_text(encoding="utf-8") for session in ROOT.glob("examples/*/session.txt")]
    shown = CONSOLE_BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    if not shown:
        yield "README.md shows no terminal"
    for block in shown:
        if not any(block in session for session in sessions):
            yield f"in no session of an example:\n{block}"


report(problems())
