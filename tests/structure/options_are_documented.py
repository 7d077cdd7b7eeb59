#!/usr/bin/env python3
"""Every command and option that --help knows is in oubli(1).

Usage: options_are_documented.py PROGRAM
"""

import re
import subprocess
import sys

from project import man_text, report

OPTION = re.compile(r"^\s+(?:-\w,\s*)?(--[a-z-]+)", re.MULTILINE)
COMMANDS = re.compile(r"^(?:Subcommands|Commands):\n((?:  .*\n?)+)", re.MULTILINE)


def help_text(*arguments):
    shown = subprocess.run([sys.argv[1], *arguments, "--help"], capture_output=True, check=True)
    return shown.stdout.decode()


def commands(*command):
    """The commands below one, each as its words, with those below them."""
    block = COMMANDS.search(help_text(*command))
    for name in re.findall(r"^  ([a-z]+)\b", block.group(1), re.MULTILINE) if block else []:
        yield [*command, name]
        yield from commands(*command, name)


def problems():
    page = man_text("oubli.1")
    for command in commands():
        if f"oubli {' '.join(command)}" not in page:
            yield f"man/oubli.1 doesn't show the command {' '.join(command)}"
    for arguments in [[], *commands()]:
        for option in OPTION.findall(help_text(*arguments)):
            if not re.search(rf"{option}(?![a-z-])", page):
                yield f"man/oubli.1 doesn't explain {' '.join([*arguments, option])}"


report(problems())
