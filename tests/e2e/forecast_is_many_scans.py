#!/usr/bin/env python3
"""`oubli forecast` says in one pass what 25 scans say, each on the last day of a month.

Usage: forecast_is_many_scans.py PROGRAM EXAMPLE…

Counts by table, side and month the records that a scan lists under another outcome than the scan of the
month before. A table is left out where a record waits for others or is stopped: what it waits for is
no matter of its own days. Purposes are summed: a scan doesn't say which of them decided.
"""

import collections
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402
from replay_session import prepare  # noqa: E402

AS_OF = datetime.date(2026, 6, 1)
DUE = ("archive", "anonymise", "purge", "flag")
WAITING = {"blocked", "held", "restricted"}


def month_ends(months):
    """The as-of day, then the last day of its own month and of those after it."""
    yield "due_now", AS_OF
    for number in range(months + 1):
        year, month = divmod(AS_OF.year * 12 + AS_OF.month - 1 + number, 12)
        after = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
        yield f"{year}-{month + 1:02}", after - datetime.timedelta(days=1)


def oubli(program, folder, *arguments):
    result = subprocess.run([program, *arguments, "--format", "json"], cwd=folder, timeout=120, check=True,
                            env=golden.environment(program, folder), capture_output=True)
    return json.loads(result.stdout)


def outcomes(scan):
    """By table and side: the outcome of each record that isn't simply kept."""
    tables = {}
    for table in scan["tables"]:
        place = (table["dataset"], table["table"], table["side"])
        tables[place] = {(record["file"], record["row"]): record["outcome"] for record in table.get("records", [])}
    return tables


def by_scans(program, folder):
    """Records by place, month and what they become due for; and the places where one waits."""
    counts, waiting = collections.Counter(), set()
    before = {}
    for month, day in month_ends(24):
        now = outcomes(oubli(program, folder, "scan", "--records", "--as-of", day.isoformat()))
        for place, records in now.items():
            waiting |= {place} if WAITING & set(records.values()) else set()
            for record, outcome in records.items():
                if outcome in DUE and before.get(place, {}).get(record) != outcome:
                    counts[place, month, outcome] += 1
        before = now
    return counts, waiting


def by_forecast(program, folder):
    counts = collections.Counter()
    for line in oubli(program, folder, "forecast", "--as-of", AS_OF.isoformat())["purposes"]:
        place = (line["dataset"], line["table"], line["side"])
        for month in [{"month": "due_now", **line["due_now"]}, *line["months"]]:
            for outcome in DUE:
                if month[outcome]:
                    counts[place, month["month"], outcome] += month[outcome]
    return counts


def problems(program, example):
    with tempfile.TemporaryDirectory(prefix="oubli-forecast-") as name:
        folder = prepare(example, pathlib.Path(name))
        scanned, waiting = by_scans(program, folder)
        forecast = by_forecast(program, folder)
    compared = {key[0] for key in scanned} - waiting
    if not compared:
        yield f"{example.name}: no table could be compared"
    for key in sorted(set(scanned) | set(forecast)):
        if key[0] not in waiting and scanned[key] != forecast[key]:
            yield f"{example.name}: {key}: {scanned[key]} by scans, {forecast[key]} by the forecast"


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    found = [problem for example in sys.argv[2:] for problem in problems(program, pathlib.Path(example).resolve())]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
