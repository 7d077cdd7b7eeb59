#!/bin/sh
# Makes prospects.csv as French spreadsheets export it: semicolons, Windows-1252, dd/mm/yyyy, CRLF,
# comments of several lines in quotes. The same data every time.
set -eu
cd "$(dirname "$0")"
sqlite3 -noheader -list -newline '' :memory: <data.sql | iconv -f UTF-8 -t WINDOWS-1252 >prospects.csv
