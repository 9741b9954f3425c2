"""How long a build takes beside the layout engine's bare passes, and one with nothing to do beside an empty one.

Run it with `.venv/bin/python tests/bench/build.py [-r RUNS] [-j N] [-l TAG ...]`. All figures of a run are taken
one after the other on the same machine; the ratios are what to compare, each with its least and its most.
Seconds are of the processor; `wall` is by the clock. A bare pass is over the HTML of one page geometry in one
language.
"""

import argparse
import os
import tempfile
from collections.abc import Sequence

from bare import bare
from measuring import SEED, measured, run, spread

from handbill.compose import compose
from handbill.editions import EDITIONS, built_by_default
from handbill.languages import load_language
from handbill.making import fitted, fitted_summary
from handbill.model import Composition, Version
from handbill.pipeline import prepare
from handbill.translate import read_catalogue, translate
from handbill.versions import texts_to_translate


def pages(tags: Sequence[str]) -> list[Composition]:
    """The pages that a build of these languages must lay out: one for each page geometry, in the type that fits."""
    prepared = prepare(SEED)
    found = []
    for tag in tags:
        version, language = in_language(prepared.original, tag), load_language(tag)
        for layout in {
            EDITIONS[name].layout: EDITIONS[EDITIONS[name].layout] for name in built_by_default()
        }.values():
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
    count, cores = len(tags) * len(built_by_default()), os.cpu_count()
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
