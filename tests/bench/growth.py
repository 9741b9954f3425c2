"""How time and memory grow with the signatories, with the pages of text and with the number of documents.

Run it with `.venv/bin/python tests/bench/growth.py [-r RUNS] [--quick]`. Each figure is taken in a process of its
own: a build of the screen and press editions (one layout, two files), and beside it WeasyPrint's bare pass over the
same page. Exponents are of pages: 1 is linear; "at the end" is that of the two largest alone, where what every
program takes to start counts least. Over the number of documents it prints memory alone: that of a build must not
grow, and that of the bare passes, all in one process, says what WeasyPrint keeps of each.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from measuring import Spent, exponent, spent, spread
from statements import statement

SIGNATORIES = (10, 100, 450, 2000)
PAGES = (1, 10, 100)
DOCUMENTS = (1, 16, 64, 128)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one size took: how many pages it has, the build and the bare pass, run by run."""

    pages: int
    build: tuple[Spent, ...]
    bare: tuple[Spent, ...]


def built(folders: Sequence[Path], out: Path, *options: str) -> Spent:
    """Build statements with one worker; as drafts, for a list of more than 999 names is a doubt."""
    door = [sys.executable, "-m", "handbill", "build", *folders, "-e", "screen", "-j", "1", "--force", "--draft"]
    return spent([*door, "-o", out, *options])


def taken(folder: Path, out: Path, runs: int) -> Taken:
    """Build a statement and lay it out bare, in turn."""
    both = [
        (built([folder], out, "-e", "press"), spent([sys.executable, __file__, "--bare", folder]))
        for _ in range(runs)
    ]
    listed = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    return Taken(listed[0]["pages"], tuple(build for build, _ in both), tuple(bare for _, bare in both))


def bare_passes(folders: Sequence[Path]) -> None:
    """Lay statements out one after the other, as WeasyPrint does by itself."""
    from bare import bare

    from handbill.compose import compose
    from handbill.editions import EDITIONS
    from handbill.languages import load_language
    from handbill.pipeline import prepare

    for folder in folders:
        bare(compose(prepare(folder).original, load_language("en"), EDITIONS["screen"]))


def over(name: str, counts: Sequence[int], made: Callable[[int], Taken]) -> None:
    """Print what each size takes, and the exponents."""
    sizes = [made(count) for count in counts]
    for count, size in zip(counts, sizes, strict=True):
        seconds, mib = (median(each) for each in zip(*((s.seconds, s.mib) for s in size.build), strict=True))
        alone, alone_mib = (median(each) for each in zip(*((s.seconds, s.mib) for s in size.bare), strict=True))
        print(
            f"{count:5} {name:13} {size.pages:4} pages  build {seconds:7.2f} s {mib:5.0f} MiB "
            f"({1000 * seconds / size.pages:5.0f} ms a page)  bare {alone:7.2f} s {alone_mib:5.0f} MiB"
        )
    pages = [size.pages for size in sizes]
    for who, runs in (("build", [s.build for s in sizes]), ("bare", [s.bare for s in sizes])):
        typical = [median(map(seconds_of, run)) for run in runs]
        added = [
            1000 * (b - a) / (q - p) for (a, b), (p, q) in zip(pairwise(typical), pairwise(pages), strict=True)
        ]
        print(f"      {name:13} {who:5} ms for each page more: {', '.join(f'{each:.0f}' for each in added)}")
    for what, of in (("time", seconds_of), ("memory", mib_of)):
        for who, runs in (("build", [s.build for s in sizes]), ("bare", [s.bare for s in sizes])):
            in_turn = [[of(each) for each in run] for run in zip(*runs, strict=True)]
            whole = [exponent(pages, run) for run in in_turn]
            last = [exponent(pages[-2:], run[-2:]) for run in in_turn]
            print(f"      {name:13} {what:6} {who:5} exponent {spread(whole)}, at the end {spread(last)}")


def seconds_of(each: Spent) -> float:
    """Its seconds of the processor."""
    return each.seconds


def mib_of(each: Spent) -> float:
    """Its memory."""
    return each.mib


def over_documents(work: Path, runs: int, counts: Sequence[int]) -> None:
    """Print the memory of builds of so many documents, and of as many bare passes in one process."""
    folders = [statement(work / f"document-{number}", 10, 1) for number in range(max(counts))]
    ways: dict[str, Callable[[int], Spent]] = {
        "build": lambda count: built(folders[:count], work / f"out-{count}"),
        "bare": lambda count: spent([sys.executable, __file__, "--bare", *folders[:count]]),
    }
    for name, way in ways.items():
        figures = [[way(count).mib for count in counts] for _ in range(runs)]
        for count, each in zip(counts, zip(*figures, strict=True), strict=True):
            print(f"{count:5} documents of 2 pages, {name:5} memory {spread(each, ' MiB')}")
        last = [exponent(counts[-2:], each[-2:]) for each in figures]
        print(f"      documents     memory {name:5} exponent at the end {spread(last)}")


def main() -> None:
    """Measure, and print the exponents."""
    parser = argparse.ArgumentParser(description="How time and memory grow.")
    parser.add_argument("-r", "--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="without the largest of each")
    parser.add_argument("--bare", nargs="+", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.bare:
        bare_passes(asked.bare)
        return
    end = -1 if asked.quick else None
    print(f"{asked.runs} runs, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        over(
            "signatories",
            SIGNATORIES[:end],
            lambda n: taken(statement(work / f"s{n}", n, 1), work / f"s{n}-out", asked.runs),
        )
        over(
            "pages of text",
            PAGES[:end],
            lambda n: taken(statement(work / f"p{n}", 10, n), work / f"p{n}-out", asked.runs),
        )
        over_documents(work, asked.runs, DOCUMENTS[:end])


if __name__ == "__main__":
    main()
