#!/usr/bin/env python3
"""Every check of `oubli audit` is listed by its number in oubli-audit(7), and every number listed there exists."""

import re

from project import ROOT, report

CHECK = re.compile(r'^\s*\{(\d{3}|k_baseline_check),\s*"[a-z-]+"', re.MULTILINE)
LISTED = re.compile(r"^\.It (\d{3})$", re.MULTILINE)
BASELINE = re.compile(r"k_baseline_check = (\d{3})")


def checks():
    baseline = BASELINE.search((ROOT / "src/audit/check_table.hpp").read_text(encoding="utf-8")).group(1)
    for file in sorted((ROOT / "src/audit").glob("*_checks.cpp")):
        for number in CHECK.findall(file.read_text(encoding="utf-8")):
            yield baseline if number == "k_baseline_check" else number


def problems():
    existing = set(checks())
    listed = set(LISTED.findall((ROOT / "man/oubli-audit.7").read_text(encoding="utf-8")))
    yield from (f"man/oubli-audit.7 doesn't list check {number}" for number in sorted(existing - listed))
    yield from (f"man/oubli-audit.7 lists check {number}, which doesn't exist" for number in sorted(listed - existing))
    if not existing:
        yield "src/audit has no check"


report(problems())
