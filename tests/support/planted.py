"""Defects for an audit to find: what nobody does by oubli's own commands."""

import contextlib
import hashlib
import sqlite3

IBANS = ["FR7630006000011234567890189", "DE89370400440532013000", "GB82WEST12345698765432"]  # of examples in standards


def iban(number):
    return IBANS[number % len(IBANS)]


def failures(report):
    """What an audit fails by: check, table, column and purpose of each finding."""
    return sorted(((check["check"], finding["table"], finding["column"], finding["purpose"])
                   for check in report["checks"] for finding in check["findings"] if finding["state"] == "fail"),
                  key=str)


@contextlib.contextmanager
def changing(file):
    """A connection whose changes are committed at the end of a `with`."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        yield database
        database.commit()


def add_columns(database, table):
    """Two columns that nobody maps: `reach` with e-mail addresses, `refund` with IBANs."""
    for column in ("reach", "refund"):
        database.execute(f"alter table {table} add column {column}")
    for number, (rowid,) in enumerate(database.execute(f"select rowid from {table}").fetchall()):
        database.execute(f"update {table} set reach = ?, refund = ? where rowid = ?",
                         (f"person{number}@example.org", iban(number), rowid))


def netstring(text):
    data = str(text).encode()
    return str(len(data)).encode() + b":" + data + b","


def rewrite_ledger(file, change):
    """Changes the ledger's entries and computes its chain anew, as only someone with the file could."""
    with changing(file) as database:
        triggers = [name for (name,) in database.execute("select name from sqlite_master where type = 'trigger'")]
        for name in triggers:
            database.execute(f"drop trigger {name}")
        previous = "0" * 64
        for number, written_at, kind, run, body in database.execute(
                "select number, written_at, kind, run, body from ledger order by number").fetchall():
            written_at = change(written_at)
            fields = (number, written_at, kind, run, body, previous)
            digest = hashlib.sha256(b"".join(map(netstring, fields))).hexdigest()
            database.execute("update ledger set written_at = ?, previous = ?, hash = ? where number = ?",
                             (written_at, previous, digest, number))
            previous = digest
        database.execute("update oubli_state set ledger_head = ?", (previous,))


def plant_in_state(folder):
    """A hold past its end, no run for years, a changed entry of the ledger, an archive open to others."""
    with changing(folder / "state.db") as state:
        state.execute("update stop set last_day = '2020-12-31'")
    rewrite_ledger(folder / "state.db", lambda written_at: "2020" + written_at[4:])
    with changing(folder / "state.db") as state:
        state.execute("update ledger set body = body || ' ' where number = 2")
    (folder / "archive").mkdir(exist_ok=True)
    (folder / "archive").chmod(0o755)
