#!/bin/sh
# Makes cookies.db: what a browser keeps of the sites it visited, in WAL mode. The same data every time.
set -eu
cd "$(dirname "$0")"
rm -f cookies.db cookies.db-wal cookies.db-shm
sqlite3 cookies.db <data.sql >/dev/null
