#!/bin/sh
# Makes crm.db: a shop's contacts, orders with their lines, and invoices. The same data every time.
set -eu
cd "$(dirname "$0")"
rm -f crm.db
sqlite3 crm.db <data.sql
