"""The small worlds a run is disturbed in: a dataset, a policy and a config, approved and ready to be enforced.

A world is a source, what happens to its records, and the journal mode of the program the database belongs to. The
three folders a run writes to are apart, so that a folder that isn't flushed is not flushed by its neighbour:
`live` has the data, `archive` the archive, `state` the state file.
"""

import hashlib
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402

SOURCES = ["rowid", "without_rowid", "keyless", "csv"]
# "sorted" ones are archived and minimised there by the same run; those "from_archive" came there before and are
# purged there; "restore" puts one that came there before back, and the run after archives it once more.
ACTIONS = ["archive", "purge", "minimise", "anonymise", "sorted", "from_archive", "restore", "mixed"]
ACTIONS_TOGETHER = ["archive", "purge", "minimise", "anonymise"]
JOURNALS = ["delete", "wal", "truncate", "persist"]

AS_OF = "2025-06-01"
ARCHIVED_ON = "2022-06-01"
ENDED, LASTS = "2019-03-05", "2024-11-20"

POLICY = """oubli: policy/1
policy: {id: shop, version: 1, in_force_from: 2024-01-01}
controller: {name: Shop, contact: privacy@example.org}
timezone: UTC
data_subjects: {customer: Customers}
data_categories:
  identity: {title: Names, mask: {constant: "-"}}
  detail: {title: Notes and addresses}
events:
  seen: {kind: dated, title: Last contact}
  bought: {kind: dated, title: Last purchase}
defaults: {legal_basis: contract, reference: made for a test}
purposes:
  to_archive:
    title: Kept for proof
    data: {customer: [identity, detail]}
    active: {keep: 3 years, from: seen}
    archive: {up_to: 10 years, because: legal_claims}
  to_sort:
    title: Kept for proof without the details
    data: {customer: [identity]}
    active: {keep: 3 years, from: seen}
    archive: {up_to: 10 years, because: legal_claims}
  for_a_year:
    title: Kept for proof a little longer
    data: {customer: [identity, detail]}
    active: {keep: 3 years, from: seen}
    archive: {up_to: 4 years, because: legal_claims}
  to_purge:
    title: Purged when it ends
    data: {customer: [identity, detail]}
    active: {keep: 3 years, from: seen}
  to_anonymise:
    title: Counted after it ends
    data: {customer: [identity, detail]}
    active: {keep: 3 years, from: seen}
    then: anonymise
  warranty:
    title: Needs the name only
    data: {customer: [identity]}
    active: {keep: 10 years, from: bought}
"""

CONFIG = """oubli: config/1
policies: [policy.yaml]
state: state/state.db
archive_dir: archive
limits: {{max_share: {max_share}}}
datasets:
  shop:
    {source}
    tables:
      contacts:
        {files}
        purposes: {purposes}
        columns: {{identity: name, detail: note, technical: [id, kind, seen_on, bought_on, anonymised_on]}}
        events: {{seen: seen_on, bought: bought_on}}
        on_partial_end: minimise
        anonymised_mark: anonymised_on
      {addresses}
"""

ADDRESSES = """addresses:
        {files}
        follows: contacts
        on: {{contact_id: id}}
        columns: {{detail: street, technical: [contact_id, kind]}}
"""

PURPOSES = {
    "archive": "{to_archive: {}}",
    "restore": "{to_archive: {}}",
    "purge": "{to_purge: {}}",
    "minimise": "{to_purge: {}, warranty: {}}",
    "anonymise": "{to_anonymise: {}}",
    "sorted": "{to_sort: {}, to_purge: {}}",
    "from_archive": "{for_a_year: {}}",
    "mixed": "{to_archive: {where: \"kind = 'archive'\"}, to_purge: {where: \"kind in ('purge', 'minimise')\"}, "
             "to_anonymise: {where: \"kind = 'anonymise'\"}, warranty: {where: \"kind = 'minimise'\"}}",
}

CONTACTS = ["id", "kind", "name", "note", "seen_on", "bought_on", "anonymised_on"]
FOLLOWERS = ["contact_id", "kind", "street"]
RECORDS = 30
# Half of them arrive, in an archive that holds no others: more than a limit allows to be changed there once more,
# by the run that follows a disturbance.
RECORDS_TO_SORT = 64


@dataclass(frozen=True)
class World:
    source: str
    action: str
    journal: str

    def __str__(self):
        return f"{self.source}/{self.action}" + (f"/{self.journal}" if self.journal else "")

    def build(self, program, folder):
        """Makes the world in an empty folder and approves it."""
        for name in ("live", "archive", "state"):
            (folder / name).mkdir(mode=0o700)
        (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
        (folder / "oubli.yaml").write_text(self._config(), encoding="utf-8")
        if self.source == "csv":
            self._write_files(folder / "live")
        else:
            self._write_database(folder / "live" / "data.db")
        run(program, folder, "approve", "--by", "Tester", "--yes", "--as-of", AS_OF)
        if self.action == "from_archive":
            run(program, folder, "enforce", "--as-of", ARCHIVED_ON)
        if self.restores():
            run(program, folder, "enforce", "--as-of", AS_OF)

    def restores(self):
        return self.action == "restore"

    def command(self):
        """What is disturbed."""
        if not self.restores():
            return ["enforce", "--as-of", AS_OF]
        first = next(row for row in self.tables()["contacts"] if self.ended(row))
        record = [str(first[0])] if self.source in ("rowid", "without_rowid") else ["--row", "1"]
        return ["archive", "restore", "contacts", *record, "--by", "Tester", "--reason", "a test"]

    def tables(self):
        """Rows by table, in the order of the columns above."""
        kinds = ACTIONS_TOGETHER if self.action == "mixed" else [self.action]
        records = RECORDS_TO_SORT if self.action == "sorted" else RECORDS
        contacts = [contact(number, kinds[number % len(kinds)]) for number in range(records)]
        tables = {"contacts": contacts + self._duplicates(contacts)}
        if self.has_followers():
            tables["addresses"] = [address(row, kind) for row in contacts[:24] for kind in ("home", "work")]
        return tables

    def has_followers(self):
        """Rows can only follow a record that a key tells from the others."""
        return self.action in ("mixed", "restore") and self.source != "keyless"

    def ended(self, row):
        """True for a contact whose period has ended."""
        return row[CONTACTS.index("seen_on")] == ENDED

    def removed_texts(self):
        """Values that no file may hold after a run, but the archive's."""
        gone = []
        for row in self.tables()["contacts"]:
            if not self.ended(row):
                continue
            kind = row[1]
            gone += [row[3]] if kind == "minimise" else [row[2], row[3]]
        return gone

    def expected_ids(self):
        """Ids of the contacts, each as often as it occurs: those that stay, and those in the archive."""
        live, archived = [], []
        for row in self.tables()["contacts"]:
            is_gone = self.ended(row) and row[1] not in ("minimise", "anonymise")
            if not is_gone:
                live.append(row[0])
            elif row[1] in ("archive", "sorted", "restore"):
                archived.append(row[0])
        return sorted(live), sorted(archived)

    def places_of_removed_texts(self):
        """The folders that must not hold them any more."""
        return ["live", "state", "archive"] if self.action == "from_archive" else ["live", "state"]

    # A source without a key may hold equal rows, and each of them counts.
    def _duplicates(self, contacts):
        return [row for row in contacts[24:] for _ in range(2)] if self.source in ("keyless", "csv") else []

    def _config(self):
        is_csv = self.source == "csv"
        key = "key: id" if self.source in ("rowid", "without_rowid") else "mode: enforce"
        source = "delimiter: \";\"" if is_csv else "sqlite: live/data.db\n    rowids: unused"
        addresses = ADDRESSES.format(files="files: live/addresses.csv" if is_csv else "mode: enforce")
        return CONFIG.format(source=source, files="files: live/contacts.csv" if is_csv else key,
                             max_share="60%" if self.action == "sorted" else "100%",
                             purposes=PURPOSES[self.action], addresses=addresses if self.has_followers() else "")

    def _write_files(self, folder):
        for (name, rows), columns in zip(self.tables().items(), (CONTACTS, FOLLOWERS)):
            lines = [";".join(columns)] + [";".join("" if field is None else str(field) for field in row) for row in rows]
            (folder / f"{name}.csv").write_text("\r\n".join(lines), encoding="utf-8", newline="")

    def _write_database(self, file):
        writer = sqlite3.connect(file, isolation_level=None)
        writer.executescript(f"PRAGMA secure_delete = OFF; PRAGMA journal_mode = {self.journal};")
        writer.executescript(self._layout())
        # A reader that stays open leaves a log with content, as a program that is killed does.
        reader = sqlite3.connect(file) if self.journal == "wal" else None
        for name, rows in self.tables().items():
            places = ", ".join("?" * len(rows[0]))
            writer.execute("BEGIN")
            # Far from the order of the keys, so that pages split and keep copies of what moved.
            for row in sorted(rows, key=lambda row: hashlib.sha256(repr(row).encode()).digest()):
                writer.execute(f"INSERT INTO {name} VALUES ({places})", row)
            writer.execute("COMMIT")
        if reader:
            keep_open_copy(file)
            reader.close()
        writer.close()
        if reader:
            put_back_copy(file)

    def _layout(self):
        key = {"rowid": "INTEGER PRIMARY KEY", "without_rowid": "INTEGER NOT NULL PRIMARY KEY", "keyless": "INTEGER"}[self.source]
        tail = "WITHOUT ROWID" if self.source == "without_rowid" else ""
        layout = (f"CREATE TABLE contacts (id {key}, kind TEXT, name TEXT, note TEXT, seen_on TEXT, bought_on TEXT, "
                  f"anonymised_on TEXT) {tail};")
        if self.source != "keyless":
            layout += "CREATE INDEX by_name ON contacts (name);"
        if self.has_followers():
            key = ", PRIMARY KEY (contact_id, kind)" if self.source == "without_rowid" else ""
            layout += (f"CREATE TABLE addresses (contact_id INTEGER{' NOT NULL' if key else ''} REFERENCES contacts, "
                       f"kind TEXT{' NOT NULL' if key else ''}, street TEXT{key}) {tail};")
        return layout


def run(program, folder, *words):
    subprocess.run([program, *words], cwd=folder, check=True, env=golden.environment(program, folder),
                   stdin=subprocess.DEVNULL, capture_output=True)


def all_worlds():
    return [World(source, action, journal) for source in SOURCES for action in ACTIONS
            for journal in ([""] if source == "csv" else JOURNALS)]


def world_named(name):
    parts = name.split("/")
    return World(parts[0], parts[1], parts[2] if len(parts) > 2 else "")


def text(kind, number, size):
    """A text that occurs nowhere else."""
    digest = hashlib.sha256(f"{kind}{number}".encode()).hexdigest()
    return f"{kind}-{number:04d}-" + (digest * (size // 64 + 1))[:size]


def contact(number, kind):
    seen = ENDED if number // 4 % 2 else LASTS
    bought = LASTS if kind == "minimise" else None
    return (number + 1, kind, text("name", number, 40), text("note", number, 400), seen, bought, None)


def address(row, kind):
    return (row[0], kind, text("street" + kind, row[0], 120))


def companions(file):
    return [companion for suffix in ("", "-wal") if (companion := Path(f"{file}{suffix}")).exists()]


def keep_open_copy(file):
    for companion in companions(file):
        Path(f"{companion}.kept").write_bytes(companion.read_bytes())


def put_back_copy(file):
    for kept in file.parent.glob("*.kept"):
        kept.replace(kept.with_suffix(""))
