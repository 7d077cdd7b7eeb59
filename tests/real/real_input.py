"""What the tests on real input share: the data, a folder around a copy of it, and oubli run in that folder.

A test script calls `main()`, which takes the program to test from the command line, and ends with
the exit code 77, "skipped", where its input isn't beside the project, in `../shared`.
"""

import contextlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402

SHARED = pathlib.Path(__file__).resolve().parents[2].parent / "shared"
DATA = SHARED / "data"
SKIPPED = 77

POLICY_HEAD = """oubli: policy/1
policy: {id: real, version: 1, in_force_from: 2020-01-01}
controller: {name: Test, contact: privacy@example.org}
timezone: UTC
"""

# Real inputs are small and most of what is in them is made due: no limit is to stop that.
CONFIG_HEAD = """oubli: config/1
policies: [policy.yaml]
limits: {max_share: 100%, max_records: 1000000}
datasets:
"""

LAST_RUN = "select kind, body from ledger where run = (select max(run) from ledger) order by number"


class RealInputTest(unittest.TestCase):
    """A test with a folder of its own, in which oubli runs."""

    program = None
    maxDiff = 4000

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="oubli-real-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def configure(self, policy, datasets):
        (self.folder / "policy.yaml").write_text(POLICY_HEAD + policy, encoding="utf-8")
        (self.folder / "oubli.yaml").write_text(CONFIG_HEAD + datasets, encoding="utf-8")

    def oubli(self, *arguments, exit_code=0):
        """What oubli writes; it must end with `exit_code`."""
        result = subprocess.run([self.program, *arguments], cwd=self.folder, timeout=300, stdin=subprocess.DEVNULL,
                                env=golden.environment(self.program, self.folder), capture_output=True, check=False)
        self.assertEqual(result.returncode, exit_code, result.stderr.decode())
        return result.stdout.decode()

    def report(self, *arguments, exit_code=0):
        return json.loads(self.oubli(*arguments, "--format", "json", exit_code=exit_code))

    def files(self):
        """The bytes of all files in the folder."""
        return {file.name: file.read_bytes() for file in self.folder.iterdir() if file.is_file()}

    def scan(self, as_of):
        """The outcomes of each table, those without a record left out."""
        return outcomes(self.report("scan", "--as-of", as_of))

    def approve(self, as_of):
        self.oubli("check")
        self.oubli("approve", "--by", "Tester", "--yes", "--as-of", as_of)

    def enforce(self, as_of):
        """Approves and enforces: does what scan has shown, writes it into the ledger, and leaves nothing to do."""
        shown = self.scan(as_of)
        self.approve(as_of)
        report = self.report("enforce", "--as-of", as_of)
        self.assertEqual(report["status"], "complete")
        self.assertEqual(report["erasure"]["pending"], [])
        self.assertEqual(outcomes(report), shown)
        self.assertEqual(self.ledger_counts(), removals(shown))
        self.assertEqual(removals(self.scan(as_of)), dict.fromkeys(shown, {}))
        return shown

    def ledger_counts(self):
        """Per table what the ledger says was archived and purged, by the last run."""
        with reading(self.folder / "state.db") as state:
            entries = state.execute(LAST_RUN).fetchall()
        self.assertEqual([kind for kind, _ in entries if kind not in ("table", "keys")], ["started", "finished"])
        bodies = [json.loads(body) for kind, body in entries if kind == "table"]
        return removals({body["table"]: {"archive": body["archived"], "purge": body["purged"]} for body in bodies})

    def explain(self, table, *key, as_of):
        return self.report("explain", table, *key, "--as-of", as_of)

    def archived_csv(self, table, policy="real"):
        """The one CSV file in the archive of `dataset.table`."""
        files = (self.folder / "archive" / policy / table).glob("*.csv")
        (archived,) = [file for file in files if not file.name.endswith(".meta.csv")]
        return archived

    def assert_no_trace(self, file, values):
        """None of the values is in the bytes of a database or of what SQLite keeps beside it."""
        for beside in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-journal")):
            content = beside.read_bytes() if beside.exists() else b""
            self.assertEqual([value for value in values if value.encode() in content], [], beside.name)


def outcomes(report):
    return {table["table"]: {name: count for name, count in table["outcomes"].items() if count}
            for table in report["tables"]}


def removals(counts_by_table):
    """Of the outcomes of each table those that take records out of it."""
    return {table: {name: counts[name] for name in ("archive", "purge") if counts.get(name)}
            for table, counts in counts_by_table.items()}


def reading(file):
    """A connection that can't change the file, closed at the end of a `with`."""
    return contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True))


@contextlib.contextmanager
def changing(file):
    """A connection whose changes are committed at the end of a `with`."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        yield database
        database.commit()


def rows(file, query):
    with reading(file) as database:
        return database.execute(query).fetchall()


def number(file, query):
    return rows(file, query)[0][0]


def dump(file):
    """All a database holds, as SQL."""
    with reading(file) as database:
        return list(database.iterdump())


def main(needed=DATA):
    if not needed.exists():
        print(f"{needed} isn't there: skipped")
        sys.exit(SKIPPED)
    RealInputTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
