#!/usr/bin/env python3
"""Holds an example's plan to itself while the order of what its policy and config write is shuffled.

Usage: any_order.py PROGRAM EXAMPLE

Purposes, tables, datasets, categories, events, columns: wherever a mapping has several keys, their order must not
matter (S14), nor which of a table's files is read first. Each shuffle is scanned, live data and archive, and every
record must have the outcome it had before.
"""

import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402

SHUFFLES = 50
AS_OF = "2026-06-01"
SEVERAL_FILES = re.compile(r"(?:csv|files): (\S*\*\S*)")
KEY = re.compile(r"""\s*("[^"]*"|[\w.*-]+):(\s|$)""")


def indent_of(line):
    return len(line) - len(line.lstrip(" "))


def entries_of(lines):
    """Splits the lines of a mapping into its entries; comments and blank lines go with what follows them."""
    depth = min((indent_of(line) for line in lines if line.strip()), default=0)
    entries, waiting = [], []
    for line in lines:
        is_note = not line.strip() or line.lstrip().startswith("#")
        if is_note:
            waiting.append(line)
        elif indent_of(line) == depth or not entries:
            entries.append([*waiting, line])
            waiting = []
        else:
            entries[-1] += [*waiting, line]
            waiting = []
    return entries, waiting


def shuffled(lines, chance):
    """The same mapping with its keys in another order, and those of the mappings below."""
    entries, rest = entries_of(lines)
    heads = [next(i for i, line in enumerate(entry) if line.strip() and not line.lstrip().startswith("#"))
             for entry in entries]
    if not all(KEY.match(entry[head]) for entry, head in zip(entries, heads)):
        return lines
    result = []
    for entry, head in zip(entries, heads):
        opens_mapping = entry[head].rstrip().endswith(":")
        below = entry[head + 1:]
        result.append(entry[:head + 1] + (shuffled(below, chance) if opens_mapping else below))
    chance.shuffle(result)
    return [line for entry in result for line in entry] + rest


def shuffle_file(path, text, chance):
    path.write_text("\n".join(shuffled(text.splitlines(), chance)) + "\n", encoding="utf-8")


def shuffle_names(folder, config, chance):
    """Gives each of a table's files the name of another one."""
    for pattern in SEVERAL_FILES.findall(config):
        names = sorted(folder.glob(pattern))
        contents = [name.read_bytes() for name in names]
        chance.shuffle(contents)
        for name, content in zip(names, contents):
            name.write_bytes(content)


def plan(program, folder):
    """Every record that isn't simply kept, and the counts of every table, whatever their order."""
    command = ["oubli", "scan", "--records", "--format", "json", "--as-of", AS_OF]
    result = subprocess.run(command, cwd=folder, env=golden.environment(program, folder), check=False, timeout=120,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {result.returncode}: {result.stderr.decode()}")
    tables = {}
    for table in json.loads(result.stdout)["tables"]:
        records = sorted((r["key"], r["outcome"]) for r in table.get("records", []))
        counts = {name: table[name] for name in ("rows", "outcomes", "minimise", "due_since", "limits")}
        purposes = sorted(json.dumps(purpose, sort_keys=True) for purpose in table["purposes"])
        rewrites = sorted(json.dumps(column, sort_keys=True) for column in table["rewrites"])
        tables[table["dataset"], table["table"], table["side"]] = (records, counts, purposes, rewrites)
    return tables


def enforce_once(program, folder):
    """So that there is an archive to be planned, too."""
    for command in (["approve", "--by", "Tester", "--yes"], ["enforce", "--allow-share"]):
        subprocess.run(["oubli", *command, "--as-of", "2025-06-01"], cwd=folder, env=golden.environment(program, folder),
                       check=False, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    program, example = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="oubli-order-") as name:
        folder = pathlib.Path(name) / "examples" / example.name
        policies = pathlib.Path(name) / "policies"
        shutil.copytree(example, folder)
        shutil.copytree(example.parent.parent / "policies", policies)
        subprocess.run([folder / "make-data.sh"], check=True, stdout=subprocess.DEVNULL)
        enforce_once(program, folder)
        expected = plan(program, folder)
        if not any(records for records, *_ in expected.values()) or not any(side == "archive" for *_, side in expected):
            raise SystemExit("there is nothing due, or nothing in the archive: this would hold for any order")
        files = {path: path.read_text(encoding="utf-8")
                 for path in (folder / "oubli.yaml", policies / f"{example.name}.yaml")}
        for seed in range(SHUFFLES):
            chance = random.Random(seed)
            for path, text in files.items():
                shuffle_file(path, text, chance)
            shuffle_names(folder, files[folder / "oubli.yaml"], chance)
            now = plan(program, folder)
            if now != expected:
                odd = sorted(table for table in expected.keys() | now.keys() if expected.get(table) != now.get(table))
                raise SystemExit(f"with shuffle {seed} another plan for {odd}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
