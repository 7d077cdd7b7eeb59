"""J1 by Python's csv module, row by row: the slowest way, and the plainest. Usage: j1_python.py FILE"""

import csv
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = csv.reader(file)
    names = next(rows)
    country, created, contact, withdrawn = (
        names.index(name) for name in ("country", "created_at", "last_contact", "consent_withdrawn_at"))
    counts = [0, 0, 0, 0]
    for row in rows:
        hits = ("" < row[contact] < "2023-01-01" and row[country] not in ("CH", "US", "BR"),
                row[withdrawn] != "",
                "" < row[created] < "2016-01-01")
        for rule, hit in enumerate(hits):
            counts[rule] += hit
        counts[3] += any(hits)
print(*counts)
