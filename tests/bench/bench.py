#!/usr/bin/env python3
"""Runs the jobs of README.md against what else a user could take, and prints one table of ratios.

Usage: bench.py OUBLI TOOLS [--rows N] [--db-rows N] [--runs N]

TOOLS is the folder with `count_records` and, where it could be installed, DuckDB's node binding. A program that isn't
there is left out. Every answer is checked before its time counts: a wrong one ends the run.
"""

import argparse
import csv
import json
import os
import pathlib
import platform
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

import data

HERE = pathlib.Path(__file__).resolve().parent
AS_OF = "2026-01-01"


class Command:
    """A program with its arguments, what it must print, and what is to be done before and looked at after it."""

    def __init__(self, *arguments, output=None, before=None, check=None):
        self.arguments = [str(argument) for argument in arguments]
        self.output = output or (lambda text: text.split())
        self.before = before or (lambda: None)
        self.check = check or (lambda: None)


class Taken:
    """The median of what the runs of a command took, in seconds and KiB."""

    def __init__(self, runs):
        self.wall, self.cpu, self.memory = (statistics.median(column) for column in zip(*runs))


class Bench:
    def __init__(self, options, folder):
        self.oubli = pathlib.Path(options.oubli).resolve()
        self.tools = pathlib.Path(options.tools).resolve()
        self.runs = options.runs
        self.folder = folder
        self.lines = []

    def run(self, command):
        """One run in the page cache; its output, and wall time, processor time and memory."""
        command.before()
        for file in ["contacts.csv", "company.db"]:
            if (self.folder / file).exists():
                subprocess.run(["cat", file], cwd=self.folder, stdout=subprocess.DEVNULL, check=True)
        environment = {**os.environ, "NODE_PATH": str(self.tools / "node_modules")}
        # The memory of a process of ours would count this script's, from before its program was started.
        timed = ["/usr/bin/time", "--quiet", "-o", self.folder / "memory", "-f", "%M", *command.arguments]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.perf_counter()
        result = subprocess.run(timed, cwd=self.folder, stdout=subprocess.PIPE, env=environment, check=False)
        wall = time.perf_counter() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if result.returncode not in (0, 6):
            sys.exit(f"bench: {' '.join(command.arguments)} ended with {result.returncode}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        memory = int((self.folder / "memory").read_text(encoding="utf-8"))
        return result.stdout.decode(errors="replace"), (wall, cpu, memory)

    def take(self, command, expected):
        runs = []
        for number in range(self.runs + 1):
            text, figures = self.run(command)
            if number == 0:
                command.check()
            if expected is not None and command.output(text) != expected:
                sys.exit(f"bench: {' '.join(command.arguments)} answers {command.output(text)}, not {expected}")
            runs.append(figures)
        return Taken(runs[1:])

    def compare(self, job, ours, peers, expected):
        """One line a peer: how long we take for one unit of its time. `expected`: the answer of ours."""
        mine = self.take(ours, expected)
        self.lines.append((job, "oubli", 1.0, 1.0, mine.memory))
        for name, command, answer in peers:
            its = self.take(command, answer)
            self.lines.append((job, name, mine.wall / its.wall, mine.cpu / max(its.cpu, 0.001), its.memory))
        return mine

    def job(self, name):
        """The job's policy and config beside the data, its state new."""
        shutil.rmtree(self.folder / "archive", ignore_errors=True)
        for old in self.folder.glob("state.*"):
            old.unlink()
        shutil.copyfile(HERE / "jobs" / f"{name}.yaml", self.folder / "oubli.yaml")
        shutil.copyfile(HERE / "jobs" / f"{name}-policy.yaml", self.folder / f"{name}-policy.yaml")

    def peers_with(self, *candidates):
        return [(name, command, answer) for name, needs, command, answer in candidates if self.has(needs)]

    def has(self, program):
        return program is None or shutil.which(program) is not None or (self.tools / "node_modules" / program).exists()

    # ------------------------------------------------------------ jobs

    def scan(self, threads=None):
        arguments = [self.oubli, "scan", "--as-of", AS_OF, "--format", "json"]
        return Command(*arguments, *(["--threads", threads] if threads else []), output=outcomes)

    def j1(self, rows):
        data.make_contacts(self.folder / "contacts.csv", rows)
        self.job("contacts")
        answer = self.run(Command(sys.executable, HERE / "j1_python.py", "contacts.csv"))[0].split()
        cores = len(os.sched_getaffinity(0))
        file = "contacts.csv"
        due = ["filter", f'is_not_empty($consent_withdrawn_at) || (is_not_empty($created_at) && $created_at < "2016-01-01") || '
               '(is_not_empty($last_contact) && $last_contact < "2023-01-01" && '
               '$country != "CH" && $country != "US" && $country != "BR")']
        mawk = '{ quotes += gsub(/"/, "") } quotes % 2 == 0 { records++ } END { print records }'
        duckdb = [HERE / "j1_duckdb.cjs", file]
        expected = {"contacts": {"archive": int(answer[3])}}
        self.compare("J1, 1 thread", self.scan(1), self.peers_with(
            ("cat", "cat", Command("cat", file, output=lambda text: None), None),
            ("line ends outside quotes, counted", None, Command(self.tools / "count_records", file), [str(rows + 1)]),
            ("DuckDB, columns typed, 1 thread", "@duckdb", Command("node", *duckdb, 1), answer),
            ("Miller", "mlr", Command("mlr", "--icsv", "--ojson", "-S", *due, "then", "count", file,
                                      output=lambda text: [str(json.loads(text)[0]["count"])]), [answer[3]]),
            ("mawk, records counted alone", "mawk", Command("mawk", mawk, file), [str(rows + 1)]),
            ("Python, csv module", None, Command(sys.executable, HERE / "j1_python.py", file), answer)), expected)
        if cores > 1:
            self.compare(f"J1, {cores} threads", self.scan(cores), self.peers_with(
                ("cat", "cat", Command("cat", file, output=lambda text: None), None),
                (f"DuckDB, columns typed, {cores} threads", "@duckdb", Command("node", *duckdb, cores), answer)), expected)
        return answer

    def j2(self, due):
        kept = self.folder / "contacts.csv"
        whole = self.folder / "contacts.whole"
        os.replace(kept, whole)

        def fresh():
            shutil.copyfile(whole, kept)
            subprocess.run(["sync", kept], check=True)

        def approved():
            fresh()
            self.job("contacts")
            self.approve()

        def check():
            (archived,) = [file for file in (self.folder / "archive").glob("*/*/*.csv") if ".meta." not in file.name]
            require_same("archived records", records_in(archived), due)
            require_same("records", records_in(archived) + records_in(kept), records_in(whole))
            with open(whole, "rb") as file:
                header = len(file.readline())
            require_same("bytes", archived.stat().st_size + kept.stat().st_size - header, whole.stat().st_size)

        copy = Command("sh", "-c", "cp contacts.csv copy.csv && sync copy.csv", before=fresh)
        self.compare("J2, flushed", self.enforce(approved, check), [("cp and sync", copy, [])], None)
        whole.unlink()
        kept.unlink()

    def j3(self, rows):
        data.make_company(self.folder / "company.db", rows)
        self.job("company")
        answer = self.run(shell("company.db", "j3_queries.sql"))[0].split()
        expected = {"customers": {"flag": int(answer[6])}, "prospects": {"archive": int(answer[7])},
                    "invoices": {"archive": int(answer[4])}, "payments": {"archive": int(answer[4])},
                    "web_sessions": {"archive": int(answer[5])}}
        self.compare("J3", self.scan(), self.peers_with(
            ("cat", "cat", Command("cat", "company.db", output=lambda text: None), None),
            ("sqlite3, a query for each rule", "sqlite3", shell("company.db", "j3_queries.sql"), answer),
            ("sqlite3, one pass a table", "sqlite3", shell("company.db", "j3_one_pass.sql"), answer)), expected)
        return {table: outcomes["archive"] for table, outcomes in expected.items() if "archive" in outcomes}

    def j4(self, rows, due):
        whole = self.folder / "company.whole"
        os.replace(self.folder / "company.db", whole)

        def fresh():
            for name in ["company.db", "company.db-wal", "company.db-shm", "archive.db"]:
                (self.folder / name).unlink(missing_ok=True)
            shutil.copyfile(whole, self.folder / "company.db")
            subprocess.run(["sync", "company.db"], cwd=self.folder, check=True)

        def approved():
            fresh()
            self.job("company")
            self.approve()

        def check():
            (archive,) = (self.folder / "archive").glob("*/company.db")
            for table, count in due.items():
                require_same(f"archived records of {table}", rows_in(archive, table), count)
                require_same(f"records of {table}", rows_in(self.folder / "company.db", table), rows - count)

        vacuum = Command("sqlite3", "company.db", "vacuum; pragma wal_checkpoint(truncate);", before=fresh)
        removal = ["sh", "-c", f"sqlite3 company.db < {HERE / 'j4.sql'}"]
        both = ["sh", "-c", f"{removal[2]} && sqlite3 company.db 'vacuum; pragma wal_checkpoint(truncate);'"]
        self.compare("J4, erasure included", self.enforce(approved, check), self.peers_with(
            ("sqlite3, insert and delete, nothing erased", "sqlite3", Command(*removal, before=fresh), None),
            ("sqlite3, the same and VACUUM", "sqlite3", Command(*both, before=fresh), None),
            ("sqlite3, VACUUM alone", "sqlite3", vacuum, None)), None)

    def j5(self, rows):
        """Growth: a tenth of the rows against all of them."""
        taken = []
        for count in (rows // 10, rows):
            data.make_contacts(self.folder / "contacts.csv", count)
            self.job("contacts")
            taken.append(self.take(self.scan(1), None))
        small, large = taken
        self.lines.append(("J5, ten times the rows of J1", "oubli with a tenth", large.wall / small.wall,
                           large.cpu / small.cpu, small.memory))

    def approve(self):
        subprocess.run([self.oubli, "approve", "--by", "Bench", "--yes", "--as-of", AS_OF], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL)

    def enforce(self, before, check):
        return Command(self.oubli, "enforce", "--as-of", AS_OF, before=before, check=check)

    # ------------------------------------------------------------ the table

    def print_table(self, rows, db_rows):
        print(f"{platform.system()} {platform.machine()}, {processor()}, {len(os.sched_getaffinity(0))} cores; "
              f"{rows} contacts, {db_rows} rows in each of 5 tables; median of {self.runs} runs.\n")
        print("| job | oubli against | wall time, × | processor time, × | its memory, MiB |")
        print("| --- | --- | ---: | ---: | ---: |")
        for job, name, wall, cpu, memory in self.lines:
            print(f"| {job} | {name} | {wall:.2f} | {cpu:.2f} | {memory / 1024:.0f} |")


def shell(database, script):
    return Command("sh", "-c", f"sqlite3 -separator ' ' {database} < {HERE / script}")


def require_same(what, found, expected):
    if found != expected:
        sys.exit(f"bench: {found} {what}, not {expected}")


def records_in(path):
    with open(path, newline="", encoding="utf-8") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def rows_in(path, table):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute(f"select count(*) from {table}").fetchone()[0]
    finally:
        database.close()


def outcomes(text):
    """What isn't kept, by table."""
    tables = json.loads(text)["tables"]
    return {table["table"]: {name: table["outcomes"][name] for name in ("archive", "purge", "flag") if table["outcomes"][name]}
            for table in tables}


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown processor"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("oubli")
    parser.add_argument("tools")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--db-rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oubli-bench-") as folder:
        bench = Bench(options, pathlib.Path(folder))
        due = bench.j1(options.rows)
        bench.j2(int(due[3]))
        bench.j4(options.db_rows, bench.j3(options.db_rows))
        bench.j5(options.rows)
        bench.print_table(options.rows, options.db_rows)


if __name__ == "__main__":
    main()
