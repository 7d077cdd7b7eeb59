#!/bin/sh
# Makes what a software house holds: customers.db, and under exports/ a newsletter's subscribers, questions, candidates,
# requests and tracers as CSV files. The same data every time.
set -eu
cd "$(dirname "$0")"
rm -rf ./*.db ./*.db-wal ./*.db-shm exports
mkdir exports
sqlite3 customers.db <customers.sql

# Nothing in these tables needs a quote but the notes on candidates, which have lines of their own.
for name in newsletter enquiries applications rights tracers; do
  sqlite3 -csv -header :memory: ".read exports.sql" "select * from $name" >"exports/$name.csv"
done
