"""Leaves a database as a program does that is killed in the middle of a transaction: with a hot journal."""

import shutil
import sqlite3
import sys

name = sys.argv[1]
files = [name, name + "-journal"]
database = sqlite3.connect(name, isolation_level=None)
database.execute("PRAGMA cache_size = 1")
database.execute("BEGIN")
database.execute("CREATE TABLE filler (x)")
database.executemany("INSERT INTO filler VALUES (?)", [("x" * 500,)] * 100)
for file in files:
    shutil.copyfile(file, file + ".kept")
database.execute("ROLLBACK")
database.close()
for file in files:
    shutil.move(file + ".kept", file)
