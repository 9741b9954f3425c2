"""What 10 000 statements in 12 languages take on a cluster: the table in README.md's section on clusters.

Run it with `.venv/bin/python tests/bench/plan.py [-s STATEMENTS] [-n LANGUAGES]`. Builds run on a Dask cluster of
this machine, with one worker of one process; what one statement more takes is the difference between a build of
several and a build of one, so that what every program takes to start does not count. Desk and workers are told
apart, for there is one desk and any number of workers. Seconds are of the processor: other programs on the
machine count little, but a core that it shares with another (hyper-threading) is less than a core.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measuring import SEED, ended, spent, started
from statements import statement

TAGS = ("en", "my", "ar", "zh-Hans")
CLUSTERS = ((1, 8), (4, 8), (16, 8), (16, 32))
"""Machines, and cores of each."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one brief takes: one language of one statement, in all editions.

    Attributes:
        worker: Seconds of a worker's processor.
        desk: Seconds of the desk's processor.
        worker_mib: Memory of a worker's process.
        desk_mib: Memory of the desk's, for as many statements as were measured.
        mib: Size of the files.
    """

    worker: float
    desk: float
    worker_mib: float
    desk_mib: float
    mib: float


@dataclass(frozen=True, slots=True)
class Session:
    """What builds on a cluster took, and what they left in MiB."""

    worker: float
    desk: float
    worker_mib: float
    desk_mib: float
    mib: float


def session(folders: Sequence[Path], tags: Sequence[str], work: Path) -> Session:
    """Build statements on a cluster that is started for them."""
    out, told = work / "out", work / "scheduler.json"
    shutil.rmtree(out, ignore_errors=True)
    told.unlink(missing_ok=True)
    with dask("scheduler", work, "--port", "0", "--scheduler-file", str(told)):
        while not told.exists():
            time.sleep(0.05)
        address = json.loads(told.read_text("utf-8"))["address"]
        languages = [word for tag in tags for word in ("-l", tag)]
        began = time.perf_counter()
        with dask("worker", work, address, "--no-nanny", "--nthreads", "1") as worker:
            door = [sys.executable, "-m", "handbill", "build", *folders, *languages, "-o", out]
            desk = spent([*door, "--scheduler", address])
            worker.terminate()
            there, _ = ended(worker, began)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 2**20
    return Session(there.seconds, desk.seconds, there.mib, desk.mib, size)


@contextmanager
def dask(what: str, work: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A program of Dask's."""
    door = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", "--no-dashboard"]
    program = started([*door, *options], work)
    try:
        yield program
    finally:
        if program.returncode is None:
            program.kill()
            program.communicate()


def cost(folders: Sequence[Path], tags: Sequence[str], work: Path) -> Cost:
    """What one brief takes: all statements less the first of them, by languages."""
    one, several = session(folders[:1], tags, work), session(folders, tags, work)
    briefs = (len(folders) - 1) * len(tags)
    return Cost(
        (several.worker - one.worker) / briefs,
        (several.desk - one.desk) / briefs,
        several.worker_mib,
        several.desk_mib,
        (several.mib - one.mib) / briefs,
    )


def plan(name: str, each: Cost, briefs: int) -> None:
    """Print what so many briefs take."""
    print(
        f"\n{name}: a brief takes {each.worker:.2f} s of a worker, {each.desk:.3f} s of the desk and "
        f"{each.mib:.2f} MiB of disk; a process has {each.worker_mib:.0f} MiB, the desk {each.desk_mib:.0f} MiB\n"
    )
    core_hours, gib = briefs * each.worker / 3600, briefs * each.mib / 1024
    print(f"{briefs} briefs: {core_hours:.0f} core hours, {gib:.0f} GiB of files\n")
    print("| machines | cores of each | hours of the workers | desks that keep them busy |\n|--:|--:|--:|--:|")
    for machines, cores in CLUSTERS:
        hours = briefs * each.worker / machines / cores / 3600
        desks = -(-machines * cores * each.desk // each.worker)
        print(f"| {machines} | {cores} | {hours:.1f} | {desks:.0f} |")


def main() -> None:
    """Measure, and print the plan."""
    parser = argparse.ArgumentParser(description="What many statements take on a cluster.")
    parser.add_argument("-s", "--statements", type=int, default=10_000)
    parser.add_argument("-n", "--languages", type=int, default=12)
    asked = parser.parse_args()
    briefs = asked.statements * asked.languages
    print(f"{asked.statements} statements in {asked.languages} languages, measured on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        small = [statement(work / f"small-{number}", 10, 1) for number in range(9)]
        plan("a small statement (English, 5 editions)", cost(small, ("en",), work), briefs)
        seeds = [Path(shutil.copytree(SEED, work / f"seed-{number}")) for number in range(2)]
        plan(f"the first statement ({', '.join(TAGS)}; 6 editions)", cost(seeds, TAGS, work), briefs)


if __name__ == "__main__":
    main()
