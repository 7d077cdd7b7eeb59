#!/usr/bin/env python3
"""shellcheck has nothing to say about the shell scripts."""

import subprocess

from project import ROOT, report

SCRIPTS = [".ci/run", "tests/run.sh", "tests/support/setup.sh", "tests/bench/run.sh", "tests/fault/mutate.sh",
           "examples/quickstart.sh", "examples/statements.sh"]


def problems():
    scripts = SCRIPTS + sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("examples/*/*.sh"))
    lint = subprocess.run(["shellcheck", "-x", "-P", ".", *scripts], cwd=ROOT, capture_output=True, check=False)
    yield from lint.stdout.decode().splitlines()


report(problems())
