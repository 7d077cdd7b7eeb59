#!/usr/bin/env python3
"""What examples/statements.sh prints stands in examples/statements.md, and no cell of it is empty.

Usage: statements.py PROGRAM EXAMPLES

UPDATE_GOLDEN=1 writes what it prints now.
"""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402


def main():
    program, examples = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    printed = subprocess.run([examples / "statements.sh"], env=golden.environment(program, examples), timeout=300,
                             stdout=subprocess.PIPE, check=False)
    comparison = golden.Comparison()
    comparison.hold(examples / "statements.md", golden.normalised(printed.stdout, examples))
    return printed.returncode or comparison.exit_code()


if __name__ == "__main__":
    sys.exit(main())
