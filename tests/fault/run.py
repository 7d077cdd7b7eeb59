#!/usr/bin/env python3
"""Disturbs runs of `oubli enforce`, or in the worlds called `restore` of `oubli archive restore`, at every point and looks
at what the next, plain run of `oubli enforce` makes of it.

Usage: run.py PROGRAM [--only kill|error|power …] [--worlds PREFIX …] [--points N | --all] [--jobs N]
       run.py PROGRAM --replay 'WORLD POINT DISTURBANCE' [--keep FOLDER]

Three kinds of disturbance, at the calls that change the disk (calls.py, power.py):

    kill    the process is killed before the call; the last point is the end of the run
    error   the call fails with EIO or ENOSPC
    power   the power fails after the call, and what wasn't flushed is there or not

Afterwards a plain run must end with 0 and leave every record exactly once, all contents as after an undisturbed run, no
removed value in any file and a ledger that verifies. A run in which a call failed must not end with 0 unless it did
just that. --points takes an even, always equal sample of N points; --all takes all. A point that fails is printed in
the form that --replay takes; --keep leaves its world as it was before (`world`) and after the plain run (`after`).
"""

import argparse
import concurrent.futures
import hashlib
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import calls
import judge
import power
from worlds import all_worlds, world_named

SKIPPED = 77
KINDS = ["kill", "error", "power"]
ERRORS = ["EIO", "ENOSPC"]


@dataclass(frozen=True)
class Case:
    world: str
    point: str
    disturbance: str  # "kill", an error's name, or "power:KIND"

    def __str__(self):
        return f"{self.world} {self.point} {self.disturbance}"

    @property
    def kind(self):
        return {"kill": "kill", "power": "power"}.get(self.disturbance.split(":")[0], "error")


class Bench:
    """One world: its undisturbed run, and all that is held against it."""

    def __init__(self, program, name, place):
        self.program, self.world, self.place = program, world_named(name), place
        self.start, self.undisturbed = place / "start", place / "undisturbed"
        self.start.mkdir()
        self.world.build(program, self.start)
        self.before = copy(self.start, self.undisturbed)
        before = power.photo(self.undisturbed)
        made = calls.record(program, self.undisturbed, self.world.command())
        self.done = judge.live_ids(self.world, self.undisturbed)
        if self.world.restores():
            calls.enforce(program, self.undisturbed)
        found = judge.faults(program, self.world, self.undisturbed, None)
        if found:
            raise RuntimeError(f"{name}: even undisturbed: {'; '.join(found)}")
        self.recording = power.Recording(self.undisturbed, before, made)
        self.expected = judge.contents(self.world, self.undisturbed)

    def cases(self, kinds):
        """Every case, in the order of the run."""
        name, made = str(self.world), self.recording.calls
        points = calls.fault_points(made)
        if "kill" in kinds:
            yield from (Case(name, point, "kill") for point in [*points, "exit_group:1"])
        if "error" in kinds:
            yield from (Case(name, point, error) for point in [*points, *calls.creating_points(made)] for error in ERRORS)
        if "power" in kinds:
            yield from (Case(name, point, f"power:{kind}") for point, _ in self.recording.cuts() for kind in power.IMAGES)

    def run(self, cases, keep=None):
        """What is wrong after each of the cases; several at once, for images of cuts are made in passing."""
        wanted = {case.point: [] for case in cases}
        for case in cases:
            wanted[case.point].append(case)
            if case.kind != "power":
                yield case, self.run_in_copy(case, None, keep)
        for point, disk in self.recording.cuts():
            for case in wanted.get(point, []):
                if case.kind == "power":
                    yield case, self.run_in_copy(case, disk, keep)

    def run_in_copy(self, case, disk, keep):
        with tempfile.TemporaryDirectory(dir=self.place) as name:
            folder = Path(name) / "world"
            found = self.disturb(case, disk, folder)
            if keep:
                shutil.copytree(folder, keep / "world")
            found += self.run_again(folder)
            if keep:
                shutil.copytree(folder, keep / "after")
            return found

    def disturb(self, case, disk, folder):
        if case.kind == "power":
            folder.mkdir()
            self.recording.write_image(disk, disk.image(case.disturbance.split(":")[1], str(case)), folder)
            return []
        copy(self.start, folder)
        result = calls.inject(self.program, folder, case.point, case.disturbance, self.world.command())
        return self.after_kill(result) if case.kind == "kill" else self.after_error(result, folder)

    def after_kill(self, result):
        return [] if result.returncode in (-9, 137) else [f"was not killed: exit code {result.returncode}"]

    def after_error(self, result, folder):
        if result.returncode < 0 or result.returncode > 6:
            return [f"the failing run died: exit code {result.returncode}"]
        if result.returncode != 0:
            return [] if b"oubli: error:" in result.stderr else ["the failing run says nothing"]
        if self.world.restores():
            return [] if judge.live_ids(self.world, folder) == self.done else ["ended with 0, but nothing came back"]
        found = judge.faults(self.program, self.world, folder, self.expected)
        return [f"a failing run ended with 0, but {fault}" for fault in found]

    def run_again(self, folder):
        result = calls.enforce(self.program, folder)
        if result.returncode != 0:
            return [f"the next run ended with {result.returncode}: {result.stderr.decode().strip()}"]
        return judge.faults(self.program, self.world, folder, self.expected)


def copy(source, target):
    shutil.copytree(source, target)
    return target


def place_of_order(case):
    """The same for the same case, whatever the others."""
    return hashlib.sha256(str(case).encode()).digest()


def run_world(program, name, kinds, share):
    """The cases of one world that were run, each with what is wrong."""
    with tempfile.TemporaryDirectory(prefix="oubli-fault-", dir=calls.fast_folder()) as place:
        bench = Bench(program, name, Path(place))
        cases = list(bench.cases(kinds))
        if share is not None:
            cases = sorted(cases, key=place_of_order)[:share]
        return [(case, found) for case, found in bench.run(cases)]


def run_worlds(options):
    names = [str(world) for world in all_worlds() if any(str(world).startswith(prefix) for prefix in options.worlds)]
    share = None if options.all else max(1, options.points // len(names))
    results = []
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for done in pool.map(run_world, *zip(*[(options.program, name, options.only, share) for name in names])):
            results += done
            print_row(done)
    return results


def print_row(done):
    name = done[0][0].world
    counts = [f"{sum(case.kind == kind for case, _ in done):5} {kind}" for kind in KINDS]
    print(f"{name:28}{' '.join(counts)} {sum(bool(found) for _, found in done):5} failed", flush=True)


def replay(options):
    case = Case(*options.replay.split())
    if options.keep:
        options.keep.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="oubli-fault-", dir=calls.fast_folder()) as place:
        return list(Bench(options.program, case.world, Path(place)).run([case], options.keep))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--worlds", nargs="+", default=[""], metavar="PREFIX")
    parser.add_argument("--points", type=int, default=600)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--replay")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    options.program = options.program.resolve()
    if not calls.usable():
        print("skipped: there is no strace that may follow a program")
        return SKIPPED
    results = replay(options) if options.replay else run_worlds(options)
    failed = [(case, found) for case, found in results if found]
    for case, found in failed:
        print(f"--replay '{case}': {'; '.join(found)}")
    print(f"{len(results)} points, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
