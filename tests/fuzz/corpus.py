#!/usr/bin/env python3
"""Gathers what the fuzz targets start from: the texts and files of the other tests.

Usage: corpus.py PROGRAM FOLDER
"""

import json
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM, CORPUS = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])

DAYS = ["2024-02-29", " 2024-02-29 23:59:59,5 ", "2024-07-31T22:00Z", "2024-02-29T18:00:00-05", "0000-00-00", "",
        "31/12/2019", "29/02/2023", "20240229", "202402", "31/12/2019 23:59:59", "12-31-2019", "N/A", "1e9"]
NUMBERS = [0, -1, 1_700_000_000, 1_700_000_000_000, 1_700_000_000_000_000, 13_350_000_000_000_000, 45_000, 2_460_000,
           2**63 - 1, -2**63]
REALS = [0.0, -0.0, 1.7e9, 45000.75, 2460000.5, float("inf"), float("nan")]
CSV_SEAMS = ['a,"b\r\nc",d\r\n', 'a,""\n"",b\n', "a\r\r\nb\n\n\n", '"open\n', 'a"b,c\n', "x" * 63 + ',"\n"\n']


def keep(target, data):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{len(list(folder.iterdir())):04}").write_bytes(data)


def texts(pattern):
    for top in ("policies", "examples", "tests"):
        for path in sorted((ROOT / top).rglob(pattern)):
            yield path.read_bytes()


def gather_policies_and_configs():
    for data in texts("*.yaml"):
        keep("config" if b"config/1" in data[:400] else "policy", data)


def gather_conditions():
    found = set()
    for data in texts("*.yaml"):
        text = data.decode("utf-8", "replace")
        found.update(re.findall(r'(?:where|when): "((?:[^"\\]|\\.)*)"', text))
        found.update(re.findall(r"(?:where|when): ([^\"'{}|>\n][^{}\n]*)", text))
    for condition in sorted(found):
        keep("condition", condition.encode())


def gather_days():
    for number in range(12):
        for text in DAYS:
            keep("day", bytes([number, 0]) + text.encode())
        for value in NUMBERS:
            keep("day", bytes([number, 1]) + struct.pack("<q", value))
        for value in REALS:
            keep("day", bytes([number, 2]) + struct.pack("<d", value))


def gather_csv():
    for number, data in enumerate([*texts("*.csv"), *(text.encode() for text in CSV_SEAMS)]):
        keep("csv", bytes([number % 16, 7 + number % 60]) + data[:4096])


def gather_ledgers():
    for body in ({"tables": [{"dataset": "crm", "table": "contacts", "side": "archive", "count": 3}, 1, {}]},
                 {"tables": 7}, {"by": "Ada"}, {"dataset": "crm", "table": "contacts", "purged": 9, "outcomes": {"purge": 9}},
                 [], "text", {"a": {"b": [1, None, 2.5, True]}}):
        keep("ledger", json.dumps(body, sort_keys=True).encode())
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        shutil.copytree(ROOT / "examples" / "crm", folder / "crm")
        subprocess.run(["bash", "make-data.sh"], cwd=folder / "crm", check=True, stdout=subprocess.DEVNULL)
        subprocess.run([PROGRAM, "approve", "--by", "Ada", "--yes"], cwd=folder / "crm", check=True,
                       stdout=subprocess.DEVNULL)
        keep("ledger", (folder / "crm" / "state.db").read_bytes())


shutil.rmtree(CORPUS, ignore_errors=True)
gather_policies_and_configs()
gather_conditions()
gather_days()
gather_csv()
gather_ledgers()
