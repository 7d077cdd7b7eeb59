"""A run under strace: what it asked of the system, and how one of these calls is made to fail.

Points are named by the call and its number among the calls of that name, from 1: `pwrite64:17`. A run asks for the same
calls every time, so a point means the same in a second run on an equal world.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import golden  # noqa: E402
from worlds import AS_OF  # noqa: E402

# What changes a disk, or makes sure that it has changed.
CHANGING = ["write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat", "renameat2",
            "unlink", "unlinkat", "link", "linkat", "mkdir", "mkdirat"]
FOLLOWED = CHANGING + ["openat", "close", "lseek"]

LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
ARGUMENT = re.compile(r'\s*(?:"((?:\\x[0-9a-f]{2})*)"|(AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>(?:\(deleted\))?|([^,"<\s]+))')


@dataclass(frozen=True)
class Call:
    name: str
    number: int        # among the calls of this name, from 1
    arguments: tuple   # texts as bytes, descriptors as numbers, the rest as written
    result: int

    @property
    def point(self):
        return f"{self.name}:{self.number}"


def usable():
    """True where strace is there and may follow a program."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


def fast_folder():
    """On a file system in memory, where there is one: a run flushes some hundred times."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


ENFORCE = ("enforce", "--as-of", AS_OF)


def run(program, folder, words, *before):
    """Runs a command in a world; `before` is what the program is run by."""
    return subprocess.run([*before, program, *words], cwd=folder, timeout=120, env=golden.environment(program, folder),
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)


def enforce(program, folder, *before, options=()):
    return run(program, folder, [*ENFORCE, *options], *before)


def record(program, folder, words=ENFORCE):
    """The calls of an undisturbed run, in order, with all they write."""
    log = folder.with_name(folder.name + ".strace")
    traced = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-e", "trace=" + ",".join(FOLLOWED), "-o", str(log)]
    result = run(program, folder, words, *traced)
    if result.returncode != 0:
        raise RuntimeError(f"the undisturbed run ended with {result.returncode}: {result.stderr.decode()}")
    calls = list(read_calls(log.read_text(encoding="ascii").splitlines()))
    log.unlink()
    return calls


def read_calls(lines):
    numbers = {}
    for line in lines:
        if "<unfinished" in line or "resumed>" in line:
            raise RuntimeError("the run has several threads: its calls have no order")
        found = LINE.match(line)
        if not found:
            continue
        name, arguments, result = found.groups()
        numbers[name] = numbers.get(name, 0) + 1
        yield Call(name, numbers[name], tuple(read_arguments(arguments)), int(result))


def read_arguments(text):
    for written, descriptor, _, other in ARGUMENT.findall(text):
        if descriptor:
            yield -1 if descriptor == "AT_FDCWD" else int(descriptor)
        elif other:
            yield int(other) if other.isdigit() else other
        else:
            yield bytes.fromhex(written.replace("\\x", ""))


def fault_points(calls):
    """The calls that may fail or be the last: those that change what is in the world."""
    return [call.point for call in calls if call.name in CHANGING and not is_report(call)]


def creating_points(calls):
    """The calls that make a file."""
    return [call.point for call in calls if call.name == "openat" and "O_CREAT" in str(call.arguments[2]) and call.result >= 0]


def is_report(call):
    return call.name == "write" and call.arguments[0] in (1, 2)


def inject(program, folder, point, fault, words=ENFORCE):
    """Runs with one call failing; `fault` is an error's name, or `kill`: the call is never made."""
    return tampered(program, folder, point, "signal=KILL" if fault == "kill" else f"error={fault}", words)


def signal(program, folder, point, name, *options):
    """Enforces, and sends a signal with the call; with a `+` after the point with every later one of its name, too."""
    return tampered(program, folder, point, f"signal={name}", [*ENFORCE, *options])


def tampered(program, folder, point, what, words=ENFORCE):
    name, number = point.split(":")
    return run(program, folder, words, "strace", "-f", "-o", "/dev/null", "-e", f"trace={name}", "-e",
               f"inject={name}:{what}:when={number}")
