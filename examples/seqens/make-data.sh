#!/bin/sh
# Makes what an industrial group holds: erp.db with its partners, their accounting documents and its employees, and under
# exports/ questions from the site, a study, requests, payslips and tracers as CSV files. The same data every time.
set -eu
cd "$(dirname "$0")"
rm -rf ./*.db ./*.db-wal ./*.db-shm exports
mkdir exports
sqlite3 erp.db <erp.sql
for name in enquiries study rights tracers; do
  sqlite3 -csv -header :memory: ".read exports.sql" "select * from $name" >"exports/$name.csv"
done

# Payslips: a file a year, no header line, months as yyyymm, one line for each employee and month.
awk 'BEGIN {
  for (year = 2020; year <= 2026; year++)
    for (month = 1; month <= (year == 2026 ? 5 : 12); month++)
      for (employee = 1; employee <= 40; employee++)
        printf "%d;Employee %d;%d%02d;%d.%02d;%d\n", employee, employee, year, month, 2100 + employee * 37 % 900, month,
          150 + (employee + month) % 12 >("exports/payslips-" year ".csv")
}'
