#!/usr/bin/env python3
"""A JSON Schema and its reader accept and refuse the same files.

Usage: schema_and_reader_agree.py JUDGE KIND SCHEMA CASES

CASES is a YAML file:

    base: a whole file that uses every key
    reader_alone: codes of faults that no schema can see (an undeclared name)
    values: per path of the base, `right` values and `wrong` ones

Both must accept the base and every right value, and refuse every wrong one. Then every key of the
base is left out, replaced by values of every type, and every mapping given an unknown key: there
the schema refuses nothing the reader accepts, and accepts only what the reader accepts or refuses
for a code of `reader_alone`.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

STRANGE_VALUES = [None, [], {}, "no such text", 7, [[]], {"unknown_key": 1}]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read a file: `yes` and `2024-04-26` are texts."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
        ("bool", r"true|false", "tf"),
        ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
        ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""])]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def load(text):
    return yaml.load(text, CoreLoader)


def paths(node, path=()):
    """Every place below the root."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from paths(child, (*path, key))


def at(tree, path):
    for key in path:
        tree = tree[key]
    return tree


def with_value(tree, path, value):
    changed = copy.deepcopy(tree)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def without(tree, path):
    changed = copy.deepcopy(tree)
    del at(changed, path[:-1])[path[-1]]
    return changed


def mutations(base):
    for path in paths(base):
        name = ".".join(map(str, path))
        yield f"without {name}", without(base, path)
        for value in STRANGE_VALUES:
            yield f"{name} = {json.dumps(value)}", with_value(base, path, value)
        if isinstance(at(base, path), dict):
            yield f"unknown key in {name}", with_value(base, (*path, "unknown_key"), {"unknown_key": 1})
    yield "unknown key at the top", with_value(base, ("unknown_key",), 1)


def tables(base, values):
    for path, table in values.items():
        keys = tuple(int(key) if key.isdigit() else key for key in path.split("."))
        for kind in ("right", "wrong"):
            for value in table.get(kind, []):
                yield kind, f"{path} = {json.dumps(value)}", with_value(base, keys, value)


def judged_by_reader(judge, kind, trees):
    """For each tree the codes of its errors, and what was printed."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, tree in enumerate(trees):
            files.append(pathlib.Path(folder) / f"{number}.yaml")
            # JSON is YAML too, and every text is quoted there.
            files[-1].write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
        printed = subprocess.run([judge, kind, *files], capture_output=True, check=True).stdout.decode()
    verdicts = re.split(r"^(?=accept$|refuse$)", printed, flags=re.MULTILINE)[1:]
    return [(set(re.findall(r"^  \S+ error (\S+)", verdict, re.MULTILINE)), verdict) for verdict in verdicts]


def problems(judge, kind, schema, cases):
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    base = load(cases["base"])
    table = [("right", "the base", base), *tables(base, cases["values"])]
    table += [("alike", name, tree) for name, tree in mutations(base)]
    verdicts = judged_by_reader(judge, kind, [tree for _, _, tree in table])
    print(f"{len(table)} files judged")
    for (expected, name, tree), (codes, verdict) in zip(table, verdicts, strict=True):
        schema_accepts = validator.is_valid(tree)
        reader_accepts = not codes - set(cases["reader_alone"]) if schema_accepts else not codes
        if schema_accepts != reader_accepts or (expected == "right" and codes):
            yield f"{name}: the schema {'accepts' if schema_accepts else 'refuses'}, the reader says {verdict}"
        elif expected != "alike" and schema_accepts != (expected == "right"):
            yield f"{name} should be {expected}, but both say {'accept' if schema_accepts else 'refuse'}"


def main():
    judge, kind, schema, cases = sys.argv[1:]
    found = list(problems(judge, kind, json.loads(pathlib.Path(schema).read_text(encoding="utf-8")),
                          load(pathlib.Path(cases).read_text(encoding="utf-8"))))
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
