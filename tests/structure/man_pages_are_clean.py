#!/usr/bin/env python3
"""mandoc has nothing to say about the man pages, and the pages they refer to exist."""

import os
import pathlib
import subprocess
import tempfile

from project import man_pages, report


def lay_out(folder):
    """The pages as installed, so that mandoc finds what they refer to."""
    for page in man_pages():
        section = folder / f"man{page.suffix[1:]}"
        section.mkdir(exist_ok=True)
        (section / page.name).symlink_to(page)


def problems():
    with tempfile.TemporaryDirectory() as name:
        lay_out(pathlib.Path(name))
        for page in man_pages():
            lint = subprocess.run(["mandoc", "-Tlint", page], env={**os.environ, "MANPATH": name}, capture_output=True,
                                  check=False)
            yield from lint.stdout.decode().splitlines()


report(problems())
