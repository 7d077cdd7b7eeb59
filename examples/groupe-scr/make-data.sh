#!/bin/sh
# Makes what an agency holds: crm.db of its own customers and prospects, a browser's cookies in tracers.db, the visits of
# its site under exports/, and what two clients have entrusted to it under clients/. The same data every time.
set -eu
cd "$(dirname "$0")"
rm -rf ./*.db ./*.db-wal ./*.db-shm clients/*.db clients/*.csv exports
mkdir exports
sqlite3 crm.db <crm.sql
sqlite3 tracers.db <tracers.sql >/dev/null
sqlite3 clients/marina.db <clients/marina.sql

# Visits as a web server's export writes them, one file a quarter, Windows-1252, dd/mm/yyyy.
visits() {
  sqlite3 -separator ';' :memory: ".read visits.sql" "select time, ip, user_agent, page from visits where quarter = '$1'" |
    { echo 'time;ip;user_agent;page'; cat; } | iconv -f UTF-8 -t WINDOWS-1252 >"exports/visits-$1.csv"
}
for quarter in 2025-1 2025-2 2025-3 2025-4 2026-1 2026-2; do
  visits "$quarter"
done

# A client's list of subscribers: awk, because it is no more than lines.
awk 'BEGIN {
  print "number,email,subscribed_on,last_click_on,unsubscribed_on"
  for (i = 1; i <= 300; i++) {
    year = 2023 + int(i / 76)
    left = i % 25 == 4 ? sprintf("2026-05-%02d", 10 + i % 20) : ""
    printf "%d,subscriber%d@example.org,%d-01-%02d,%d-%02d-15,%s\n", i, i, year, 1 + i % 28, year, 1 + i % (year == 2026 ? 5 : 12), left
  }
}' >clients/lagoon.csv
