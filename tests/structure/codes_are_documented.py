#!/usr/bin/env python3
"""Every diagnostic code is listed in oubli(1), and every code listed there exists."""

import re

from project import ROOT, report, sources

# How a code is written: the first text among what a finding is made of, before its message, or assigned.
GIVES_A_CODE = re.compile(
    r"\b(?:error|warning|finding|add|stop|record|complain|diagnostic_at|Complaint|Refusal|Diagnostic)\s*[({]"
    r'[^";]*?"([a-z]+(?:-[a-z]+)*)",|\.code = "([a-z-]+)"')
LISTED = re.compile(r"^\.It Cm (\S+)", re.MULTILINE)


def given_codes():
    found = (GIVES_A_CODE.findall(file.read_text(encoding="utf-8")) for file in sources())
    return {assigned or given for codes in found for given, assigned in codes}


def listed_codes():
    page = (ROOT / "man/oubli.1").read_text(encoding="utf-8")
    return set(LISTED.findall(page.partition(".Sh DIAGNOSTICS")[2].partition(".Sh ")[0]))


def problems():
    given, listed = given_codes(), listed_codes()
    yield from (f"man/oubli.1 doesn't list the code {code}" for code in sorted(given - listed))
    yield from (f"man/oubli.1 lists the code {code}, which nothing gives" for code in sorted(listed - given))


report(problems())
