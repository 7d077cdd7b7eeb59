#!/usr/bin/env python3
"""mandoc has nothing to say about the man pages, and the pages they refer to exist."""

import re
import subprocess

from project import man_pages, report

# mandoc looks for these among the installed pages only.
REFERENCE = re.compile(r"referenced manual not found: Xr (\S+) (\d)")


def problems():
    pages = {page.name for page in man_pages()}
    for page in man_pages():
        lint = subprocess.run(["mandoc", "-Tlint", page], capture_output=True, check=False)
        for line in lint.stdout.decode().splitlines():
            reference = REFERENCE.search(line)
            if not reference or ".".join(reference.groups()) not in pages:
                yield line


report(problems())
