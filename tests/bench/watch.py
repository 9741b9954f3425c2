"""How long after a translation is saved its new page is in a browser, beside the layout engine's bare pass over it.

Run it with `.venv/bin/python tests/bench/watch.py [-r RUNS] [-l TAG] [-e EDITION]`. `handbill watch` runs as a
person starts it; a message of the translation is changed, saved by renaming, and the clock stops when the new
picture has been fetched from its server, as a browser does when the news names it. After each time the bare pass of
WeasyPrint over the same page set (layout and write) is taken, so that both have had the same machine. Seconds of
the processor are of all processes of `watch`, read in /proc; the ratios are what to compare.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import polib
from bare import bare
from build import in_language
from measuring import SEED, measured, spread

from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.languages import load_language
from handbill.making import fitted, fitted_summary
from handbill.model import Composition
from handbill.pipeline import prepare

KINDS = {"a paragraph": "p5", "the summary": "summary.standfirst"}
"""What is changed, by its message; the summary's size is looked for anew only where its own words change."""

WORDS = ("ainsi", "alors", "bien", "donc", "encore", "enfin", "ici", "toujours")
"""What is added, another word each time, so that nothing is known from before."""


@dataclass(frozen=True, slots=True)
class Running:
    """A `handbill watch` and the news of it."""

    pid: int
    address: str
    news: Iterator[dict[str, Any]]


@contextmanager
def watching(folder: Path, out: Path, tag: str, edition: str) -> Iterator[Running]:
    """Start it, and wait for its first build."""
    door = [sys.executable, "-m", "handbill", "watch", str(folder), "-l", tag, "-e", edition]
    command = [*door, "-j", "1", "-o", str(out), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:
        assert program.stdout
        address = program.stdout.readline().split()[0]
        with urllib.request.urlopen(f"{address}.live/news") as stream:
            news = told(stream)
            next(each for each in news if each["builds"])
            yield Running(program.pid, address, news)
        program.terminate()


def told(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The news, as a browser gets them."""
    for line in stream:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def spent(pid: int) -> float:
    """Seconds of the processor of a program and its workers."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in (pid, *children)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def save(path: Path, message: str, word: str) -> None:
    """Change a message, as an editor that renames does."""
    catalogue = polib.pofile(str(path), wrapwidth=100)
    (entry,) = [each for each in catalogue if each.msgctxt == message]
    entry.msgstr = f"{entry.msgstr} {word}"
    aside = path.with_suffix(".new")
    catalogue.save(str(aside))
    aside.rename(path)


def until_seen(running: Running, path: Path, message: str, word: str) -> tuple[float, float]:
    """Seconds of the processor and by the clock from saving a change to the new picture in hand."""
    before, began = spent(running.pid), time.perf_counter()
    save(path, message, word)
    made = next(each for each in running.news if each["pictures"] or each["fault"])
    assert not made["fault"], made["fault"]
    ((picture, digest),) = made["pictures"].items()
    with urllib.request.urlopen(f"{running.address}{picture}?{digest}") as answer:
        answer.read()
    taken = spent(running.pid) - before, time.perf_counter() - began
    next(each for each in running.news if not each["building"])
    return taken


def page_set(tag: str, edition: str) -> Composition:
    """The page that is laid out and written for this edition."""
    version, language = in_language(prepare(SEED).original, tag), load_language(tag)
    layout = EDITIONS[EDITIONS[edition].layout]
    summary = fitted_summary(version, language, EDITIONS[layout.summary_as or layout.name])
    return compose(version, language, layout, fit=fitted(version, language, layout, summary))


def main() -> None:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description="How long after saving a translation its new page is seen.")
    parser.add_argument("-r", "--runs", type=int, default=5, choices=range(1, len(WORDS) + 1))
    parser.add_argument("-l", "--language", default="fr")
    parser.add_argument("-e", "--edition", default="screen")
    asked = parser.parse_args()
    page = page_set(asked.language, asked.edition)
    bare(page)  # what the first pass alone loads
    print(f"{asked.language}, {asked.edition}, {asked.runs} runs, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as work:
        folder = Path(shutil.copytree(SEED, Path(work, SEED.name)))
        path = folder / f"{asked.language}.po"
        with watching(folder, Path(work, "out"), asked.language, asked.edition) as running:
            for name, message in KINDS.items():
                times = [
                    (until_seen(running, path, message, word), measured(lambda: bare(page)))
                    for word in WORDS[: asked.runs]
                ]
                report(name, times)


def report(name: str, times: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    """Print what one kind of change took."""
    for at, unit in enumerate(("processor", "clock")):
        seen, engine = [each[at] for each, _ in times], [each[at] for _, each in times]
        print(f"{name}, {unit}: until seen {spread(seen, ' s')}, bare pass {spread(engine, ' s')}")
        print(f"{name}, {unit}: ratio      {spread([a / b for a, b in zip(seen, engine, strict=True)])}")


if __name__ == "__main__":
    main()
