"""How much of a build is Handbill's own, beside the layout engine's bare pass over the same HTML, in one run.

Run it with `.venv/bin/python tests/bench/stages.py [STATEMENT_FOLDER]`. It prints seconds for each stage and their
sum as a share of the engine's; the share is what to compare between machines.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

from handbill.agreement import check_agreement
from handbill.clean import clean
from handbill.compose import compose
from handbill.derive import derive
from handbill.editions import EDITIONS
from handbill.languages import load_language
from handbill.model import Version
from handbill.read import read_folder
from handbill.render import render
from handbill.structure import structure

RUNS = 5
Result = TypeVar("Result")


def timed(name: str, stage: Callable[[], Result], seconds: dict[str, float]) -> Result:
    """Run a stage several times; note the median."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        result = stage()
        taken.append(time.perf_counter() - start)
    seconds[name] = median(taken)
    return result


def main() -> None:
    """Time every stage of one brief and print the shares."""
    default = Path(__file__).parents[2] / "seeds" / "myanmar-accountability-2025"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    language, edition = load_language("en"), EDITIONS["screen"]
    seconds: dict[str, float] = {}
    source = timed("read", lambda: read_folder(folder), seconds)
    particulars = source.particulars
    assert particulars
    cleaned = timed("clean", lambda: clean(source), seconds)
    statement = timed("structure", lambda: structure(cleaned, source.name, source.language, particulars), seconds)
    timed("agreement", lambda: check_agreement(statement, particulars, source.summary, language), seconds)
    version = Version(statement, source.summary, particulars)
    page = timed("compose", lambda: compose(version, language, edition), seconds)
    pages = timed("render", lambda: render(page), seconds)
    timed("derive", lambda: derive(pages, version, language, edition), seconds)
    for name, taken in seconds.items():
        print(f"{name:10} {taken:7.3f} s")
    own = sum(taken for name, taken in seconds.items() if name != "render")
    print(f"own stages / engine: {own / seconds['render']:.2f}")


if __name__ == "__main__":
    main()
