"""How well the cleaner does on real OCR: tests/bench/ocr/README.md says what is measured and why.

Run it with `.venv/bin/python tests/bench/ocr/measure.py [--half dev|held] [--scan NAME] [-v] [--json]
[--of FOLDER]`. It needs neither tesseract nor a browser. -v lists every wrong word; do not use it on the half
that is held back.
"""

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from scoring import KINDS, Score, score
from truth import HERE, Scan, printed, scans

from handbill.clean import clean, verify
from handbill.errors import FaultError
from handbill.model import Source
from handbill.read.text import read_text
from handbill.structure import structure

HALVES = ("dev", "held")

HEAD = (
    f"{'scan':37}  {'WER':>6} {'naive':>6} {'F1':>5} {'names':>11} title {'silent':>6} "
    "furnit. joined marker nonword otherw.  moved punct.   lost doubts/page"
)


def measure(scan: Scan) -> Score:
    """Clean one scan, and hold it against the paper and its ledger against the scan.

    Raises:
        ValueError: The ledger does not replay; the words are not quoted, since the scan may be held back.
    """
    language = scan.statement.language
    lines, changes = read_text(scan.path)
    source = Source(scan.name, scan.path, language, lines, changes)
    cleaned = clean(source)
    try:
        verify(lines, cleaned)
    except FaultError:
        raise ValueError(f"The ledger of {scan.name} does not replay.") from None
    statement = structure(cleaned, scan.name, language)
    return score(printed(scan.statement, scan.design), language, lines, cleaned, statement)


def row(name: str, each: Score) -> str:
    """One scan's line of the table."""
    counts = [each.unasked(kind) for kind in KINDS]
    names = f"{each.names_right}/{each.names_legible}/{each.names}"
    return (
        f"{name:37}  {each.wer:6.2%} {each.naive_wer:6.2%} {each.f1:5.3f} {names:>11} "
        f"{'yes' if each.title else 'no':>5} {each.silent:6} {' '.join(f'{count:6}' for count in counts)} "
        f"{each.doubts / each.pages:6.1f}"
    )


def total(scores: Sequence[Score]) -> dict[str, float]:
    """The figures of several scans together: rates over all words and names, the mean of F1."""
    words, names = sum(each.words for each in scores), sum(each.names for each in scores)
    pages = sum(each.pages for each in scores)
    return {
        "scans": len(scores),
        "wer": sum(each.errors for each in scores) / words,
        "naive_wer": sum(each.naive_errors for each in scores) / words,
        "above_naive": sum(each.errors > each.naive_errors for each in scores),
        "f1": sum(each.f1 for each in scores) / len(scores),
        "names_right": sum(each.names_right for each in scores) / names,
        "names_legible": sum(each.names_legible for each in scores) / names,
        "titles": sum(each.title for each in scores) / len(scores),
        "silent": sum(each.silent for each in scores),
        **{kind: sum(each.unasked(kind) for each in scores) for kind in (*KINDS, "lost-marker")},
        "doubts_per_page": sum(each.doubts for each in scores) / pages,
        "places_per_page": sum(each.places for each in scores) / pages,
        "changes_per_page": sum(each.changes for each in scores) / pages,
    }


def report(measured: Mapping[Scan, Score], verbose: bool) -> None:
    """Print the table and the totals of each half."""
    for half in HALVES:
        rows = {scan: each for scan, each in measured.items() if scan.half == half}
        if not rows:
            continue
        print(f"\n{half}\n{HEAD}")
        for scan, each in rows.items():
            print(row(scan.name, each))
            if verbose:
                show_faults(each)
        for name, figure in total(list(rows.values())).items():
            print(f"  {name:17} {figure:.4g}")


def show_faults(each: Score) -> None:
    """Print every wrong word with its lines, its kind, and the words around."""
    for fault in sorted(each.faults, key=lambda fault: fault.lines):
        lines = "-".join(map(str, dict.fromkeys(fault.lines)))
        sign = "asked" if fault.asked else "     "
        where = "names" if fault.is_name else "body"
        words = f"“{fault.read}” for “{fault.printed}”"
        print(f"    {lines:>9} {sign} {fault.kind:15} {where:5} {words}   … {fault.context} …")


def as_json(measured: Mapping[Scan, Score]) -> str:
    """All of it for a program: the totals of each half, and the score of each scan with its faults."""
    halves = {half: [each for scan, each in measured.items() if scan.half == half] for half in HALVES}
    return json.dumps(
        {
            "totals": {half: total(scores) for half, scores in halves.items() if scores},
            "scans": {
                scan.name: {"half": scan.half, **dataclasses.asdict(each)} for scan, each in measured.items()
            },
        },
        ensure_ascii=False,
        indent=1,
    )


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="only this half")
    parser.add_argument("--scan", default="", metavar="NAME", help="only scans with this in their name")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every wrong word")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--of", type=Path, default=HERE, metavar="FOLDER", help="of this folder, not the benchmark's"
    )
    asked = parser.parse_args()
    chosen = [scan for scan in scans(asked.of) if asked.half in (None, scan.half) and asked.scan in scan.name]
    if not chosen:
        print(f"No scan is called {asked.scan}.", file=sys.stderr)
        return 2
    start = time.perf_counter()
    with ProcessPoolExecutor() as pool:
        measured = dict(zip(chosen, pool.map(measure, chosen), strict=True))
    if asked.json:
        print(as_json(measured))
    else:
        report(measured, asked.verbose)
        print(f"\n{time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
