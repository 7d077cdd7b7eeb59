"""Comparing what oubli wrote with what is written down, without what differs from run to run."""

import difflib
import os
import pathlib
import re

UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"

# What differs from run to run or release to release, and what stands for it in expected files.
VOLATILE = [
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "<time>"),
    (re.compile(r"\b\d{8}T\d{6}Z?(-[0-9a-f]+)?\b"), "<run>"),
    (re.compile(r"sha256:[0-9a-f]{64}"), "sha256:<digest>"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "<hash>"),
    (re.compile(r'("version": ?)"\d+\.\d+\.\d+"'), r'\1"<version>"'),
    (re.compile(r"\bversion \d+\.\d+\.\d+\b"), "version <version>"),
    (re.compile(r"\b[\d.]+ [kMGT]?B free\b"), "<size> free"),
    (re.compile(r" \(process \d+\)"), ""),
    (re.compile(r"\boubli \d+\.\d+\.\d+\b"), "oubli <version>"),
]


def normalised(output, folder):
    """What a command wrote, without paths into `folder`, times, run ids, digests and versions."""
    text = output.decode()
    for path in {str(folder), os.path.realpath(folder)}:
        text = text.replace(path, "<folder>")
    for pattern, stand_in in VOLATILE:
        text = pattern.sub(stand_in, text)
    return text.encode()


def environment(program, folder):
    """What a case runs in: the program first on the path, and nothing of the user's own settings."""
    return {
        "PATH": f"{pathlib.Path(program).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
    }


class Comparison:
    """Collects the differences of one case, or writes the expected files anew under UPDATE_GOLDEN=1."""

    def __init__(self):
        self.differences = []

    def hold(self, expected_file, actual):
        """Holds bytes against a file; an absent file stands for none."""
        expected = expected_file.read_bytes() if expected_file.exists() else b""
        if actual == expected:
            return
        if not UPDATE:
            self.differences.append(difference(expected_file.name, expected, actual))
        elif actual:
            expected_file.write_bytes(actual)
        else:
            expected_file.unlink()

    def exit_code(self):
        """Prints what differs; the exit code of the test."""
        print("\n".join(self.differences), end="")
        return 1 if self.differences else 0


def difference(name, expected, actual):
    lines = [text.decode(errors="backslashreplace").splitlines(keepends=True) for text in (expected, actual)]
    return "".join(difflib.unified_diff(*lines, f"{name}, expected", f"{name}, actual"))
