"""How long a build takes beside the layout engine's bare passes, and one with nothing to do beside an empty one.

Run it with `.venv/bin/python tests/bench/build.py [-r RUNS] [-j N] [-l TAG ...]`. All figures of a run are taken
one after the other on the same machine; the ratios are what to compare, each with its least and its most.
Seconds are of the processor's time, user and system, of all processes, so that other programs on the machine count
little; `wall` is by the clock. A bare pass lays out and writes the HTML of one page geometry in one language, as
WeasyPrint does by itself: nothing is fitted, derived, checked or drawn as a picture.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.languages import load_language
from handbill.making import fitted, fitted_summary
from handbill.model import Composition, Version
from handbill.pipeline import prepare
from handbill.translate import read_catalogue, translate
from handbill.versions import texts_to_translate

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "myanmar-accountability-2025"


def measured(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor that a call takes, in all processes, and seconds by the clock."""
    started, began = _spent(), time.perf_counter()
    call()
    return _spent() - started, time.perf_counter() - began


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def run(*words: str) -> None:
    """Run a program of Python's to its end."""
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)


class AssetFetcher(URLFetcher):  # type: ignore[misc, unused-ignore]
    """Serves a page's own files."""

    def __init__(self, page: Composition) -> None:
        super().__init__(allowed_protocols={"asset"})
        self._assets = page.assets

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The file of this address."""
        asset = self._assets[url]
        return URLFetcherResponse(url, body=asset.content, headers={"Content-Type": asset.media_type})


def bare(page: Composition) -> None:
    """Lay a page out and write it, as WeasyPrint does by itself."""
    weasyprint.HTML(string=page.html, url_fetcher=AssetFetcher(page)).write_pdf(pdf_tags=True)


def pages(tags: Sequence[str]) -> list[Composition]:
    """The pages that a build of these languages must lay out: one for each page geometry, in the type that fits."""
    prepared = prepare(SEED)
    found = []
    for tag in tags:
        version, language = in_language(prepared.original, tag), load_language(tag)
        usual = [edition.layout for edition in EDITIONS.values() if edition.by_default]
        for layout in map(EDITIONS.__getitem__, dict.fromkeys(usual)):
            summary = fitted_summary(version, language, EDITIONS[layout.summary_as or layout.name])
            fit = fitted(version, language, layout, summary)
            found.append(compose(version, language, layout, fit=fit))
    return found


def in_language(original: Version, tag: str) -> Version:
    """The first statement in a language."""
    if tag == original.statement.language:
        return original
    texts = texts_to_translate(prepare(SEED), tag)
    return translate(original, texts, read_catalogue(SEED / f"{tag}.po", tag))[0]


def spread(values: Sequence[float], unit: str = "") -> str:
    """The median of some figures, with the least and the most."""
    return f"{median(values):7.3f}{unit} ({min(values):.3f} to {max(values):.3f})"


def main() -> None:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description="How long a build takes beside the layout engine's bare passes.")
    parser.add_argument("-r", "--runs", type=int, default=3)
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("-l", "--language", action="append", default=[])
    asked = parser.parse_args()
    tags = asked.language or list(prepare(SEED).source.particulars.languages)  # type: ignore[union-attr]
    compositions = pages(tags)
    words = [SEED.name, "-j", str(asked.jobs), *(word for tag in tags for word in ("-l", tag))]
    full, nothing, engine, wall, start, none = [], [], [], [], [], []
    with tempfile.TemporaryDirectory() as out:
        door = ("-c", "from handbill.start import main; raise SystemExit(main())", "build", *words, "-o", out)
        for _ in range(asked.runs):
            cpu, clock = measured(lambda: run(*door, "--force"))
            bare_cpu, bare_clock = measured(lambda: [bare(page) for page in compositions])
            full.append(cpu)
            engine.append(bare_cpu)
            wall.append(clock / (bare_clock / asked.jobs))
        run(*door)  # leaves the record
        for _ in range(5 * asked.runs):
            none.append(measured(lambda: run(*door))[0])
            start.append(measured(lambda: run("-c", "import handbill"))[0])
            hashed = measured(lambda: run("-c", HASHING.format(out=out, seed=SEED)))[0]
            nothing.append(none[-1] / (1.5 * start[-1] + max(0.0, hashed - start[-1])))
    count, cores = len(tags) * sum(each.by_default for each in EDITIONS.values()), os.cpu_count()
    print(f"{count} files, {len(compositions)} page sets, {asked.jobs} jobs, {asked.runs} runs, {cores} cores")
    print(f"full build, processor          {spread(full, ' s')}")
    print(f"bare passes, processor         {spread(engine, ' s')}")
    print(f"full / bare, processor         {spread([a / b for a, b in zip(full, engine, strict=True)])}")
    print(f"full / (bare / jobs), wall     {spread(wall)}")
    print(f"nothing to do                  {spread(none, ' s')}")
    print(f"import handbill                {spread(start, ' s')}")
    print(f"nothing / (1.5 import + hash)  {spread(nothing)}")


HASHING = """
import hashlib, os, handbill
for root in ("{out}", "{seed}", "layout", "styles", "build/handbill"):
    for place, _, names in os.walk(root):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                hashlib.sha256(file.read()).digest()
"""
"""What every build without a record of another kind must do: read and hash what it is made of, and what it made."""


if __name__ == "__main__":
    main()
