#!/usr/bin/env python3
"""mandoc has nothing to say about the man pages."""

import subprocess

from project import man_pages, report


def problems():
    for page in man_pages():
        lint = subprocess.run(["mandoc", "-Tlint", "-Wall", page.name], cwd=page.parent, capture_output=True, check=False)
        yield from lint.stdout.decode().splitlines()


report(problems())
