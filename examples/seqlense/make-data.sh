#!/bin/sh
# Makes what a signing service holds: platform.db (users, contacts of customers), signature.db, mail.db, and under exports/
# payments, choices about tracers, tracers and requests as CSV files. The same data every time.
set -eu
cd "$(dirname "$0")"
rm -rf ./*.db ./*.db-wal ./*.db-shm exports
mkdir exports
sqlite3 platform.db <platform.sql
sqlite3 signature.db <signature.sql
sqlite3 mail.db <mail.sql

# table FILE: one of exports.sql as a CSV file; a row is printed as text, nothing here needs a quote.
table() {
  sqlite3 -header -separator ';' :memory: ".read exports.sql" "select * from \"$1\"" | tr -d '\r' >"exports/$1.csv"
}
for name in payments choices requests tracers-2025 tracers-2026; do
  table "$name"
done
