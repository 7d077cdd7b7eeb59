#!/usr/bin/env python3
"""A file of more than 500 lines has more than one subject."""

from project import ROOT, report, sources

MOST_LINES = 500


def problems():
    for file in sources():
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            yield f"{file.relative_to(ROOT)}: {lines} lines, more than {MOST_LINES}"


report(problems())
