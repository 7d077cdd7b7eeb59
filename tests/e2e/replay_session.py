#!/usr/bin/env python3
"""Replays an example's session.txt: makes its data in a fresh copy and types its commands.

Usage: replay_session.py PROGRAM EXAMPLE

A line that starts with `$ ` is a command, what follows is all it prints, and `[4]` after that its
exit code where it isn't 0. Blank lines between commands and lines that start with `# ` before one
are the author's. UPDATE_GOLDEN=1 writes what the commands print now.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402


def run(command, program, folder):
    """What a command prints, and its exit code where it isn't 0."""
    result = subprocess.run(["sh", "-c", command], cwd=folder, env=golden.environment(program, folder), timeout=60,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    failure = f"[{result.returncode}]\n" if result.returncode else ""
    return golden.normalised(result.stdout, folder).decode() + failure


def replay(session, program, folder):
    """The session as it goes now: the author's comments and commands, with what they print."""
    parts, comments = [], ""
    for line in session.splitlines():
        if line.startswith("# "):
            comments += line + "\n"
        elif line.startswith("$ "):
            parts.append(f"{comments}{line}\n{run(line[2:], program, folder)}")
            comments = ""
    return "\n".join(parts)


def prepare(example, top):
    """A fresh copy of an example with its data, and of the policies beside it; the example's folder."""
    folder = top / "examples" / example.name
    shutil.copytree(example, folder)
    shutil.copytree(example.parent.parent / "policies", top / "policies")
    subprocess.run([folder / "make-data.sh"], check=True)
    return folder


def main():
    program, example = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    session = example / "session.txt"
    comparison = golden.Comparison()
    with tempfile.TemporaryDirectory(prefix="oubli-example-") as name:
        folder = prepare(example, pathlib.Path(name))
        comparison.hold(session, replay(session.read_text(encoding="utf-8"), program, folder).encode())
    return comparison.exit_code()


if __name__ == "__main__":
    sys.exit(main())
