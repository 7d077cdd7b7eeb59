#!/usr/bin/env python3
"""Every diagnostic code is listed in oubli(1), and every code listed there exists."""

import re

from project import ROOT, report, sources

# How a code is written: the first text among a call's arguments, or in a diagnostic's braces, before a message.
GIVES_A_CODE = re.compile(
    r"\b(?:error|warning|finding|add|stop|record|complain|fault|diagnostic_at|Complaint|Refusal|Diagnostic)\w*\s*[({]"
    r'[^";]*?"([a-z]+(?:-[a-z]+)*)",')
LISTED = re.compile(r"^\.It Cm (\S+)", re.MULTILINE)


def given_codes():
    return {code for file in sources() for code in GIVES_A_CODE.findall(file.read_text(encoding="utf-8"))}


def listed_codes():
    page = (ROOT / "man/oubli.1").read_text(encoding="utf-8")
    return set(LISTED.findall(page.partition(".Sh DIAGNOSTICS")[2].partition(".Sh ")[0]))


def problems():
    given, listed = given_codes(), listed_codes()
    yield from (f"man/oubli.1 doesn't list the code {code}" for code in sorted(given - listed))
    yield from (f"man/oubli.1 lists the code {code}, which nothing gives" for code in sorted(listed - given))


report(problems())
