"""Count what upside-down print is read as, and write the table that the cleaner reads such lines with.

Run it with `.venv/bin/python tests/bench/ocr/count_turned.py [TABLE]`; without a name it writes the cleaner's own.
It needs what `remake.py` needs, and the faces below. It prints chance words, of no document, upside down in many
faces, scans them, lets tesseract read them and lays what was read on what was printed, glyph for glyph. Which glyph
stands for which is not known beforehand: the words are aligned again and again, each time by what the last time has
counted.
"""

import math
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path

from PIL import Image
from remake import TESSDATA, print_pdf, read_picture, scanned, sheets_of
from truth import Design, Scan, Statement

from handbill.clean import rotated
from handbill.lexicon import Lexicon

TABLE = Path(rotated.__file__).with_name("upside-down.tsv")
FACES = (
    *("P052", "DejaVu Serif", "Nimbus Roman", "C059", "URW Bookman", "URW Gothic", "Caladea", "EB Garamond"),
    *("Nimbus Sans", "DejaVu Sans", "Nimbus Sans Narrow", "DejaVu Serif Condensed"),
)
RESOLUTIONS = (150, 200, 300)
SIZES = (9, 10, 11)
SKEWS = (0.3, -0.4, 0.6)
LINES, WORDS = 22, (5, 8)
COMMON = 8000
FUNCTION_WORDS = 60

ROUNDS = 5
LONGEST_SEEN = 3
FAR = 4.5
"""Nats for each glyph, from which two words are no two readings of one, but of neighbours."""

LEAST = 2
"""Sightings of a pair, or of what a glyph was seen as, from which it is no chance of the alignment."""

HEAD = """\
# What upside-down print is read as: a printed glyph, or a pair of glyphs that touch; how often it was printed; how
# often it was lost; then what was seen in its place, from left to right, and how often. Counted by
# tests/bench/ocr/count_turned.py with tesseract ({languages})
# on {words:,} chance words in {faces} faces at {least} to {most} dpi.
"""


@dataclass
class Counts:
    """What was printed, and what it was seen as (from right to left, as the words are aligned)."""

    printed: Counter[str] = field(default_factory=Counter)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def cost(self, printed: str, seen: str) -> float:
        """The cost of one step of an alignment, in nats; of nothing printed, of a stray mark."""
        if not printed:
            return 6.0
        rare = 1e-5 if len(printed) + len(seen) > 2 else 1e-4 if not seen else 1e-3
        count = self.seen[printed, seen]
        if len(printed) == 2 and count < LEAST:
            count = 0
        return -math.log((count + 3 * rare) / (self.printed[printed] + 3))


class Unknown(Counts):
    """Before anything was counted: one glyph stands for one."""

    def cost(self, printed: str, seen: str) -> float:
        return 6.0 if not printed else 3.0 + 3.0 * abs(len(seen) - 1) + 4.0 * (len(printed) - 1)


def chance_lines(language: str, chance: random.Random) -> list[str]:
    """Lines of words that do not belong together, as titles have them: capitals, figures, hyphens, apostrophes."""
    common = [word for word in Lexicon(language).common()[:COMMON] if word.isalpha() and len(word) > 1]
    return [_line(common, chance) for _ in range(LINES)]


def _line(common: list[str], chance: random.Random) -> str:
    words = [_word(common, chance) for _ in range(chance.randint(*WORDS))]
    line = " ".join(words)
    return line.upper() if chance.random() < 0.07 else line[0].upper() + line[1:]


def _word(common: list[str], chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.25:
        return chance.choice(common[:FUNCTION_WORDS])
    if kind < 0.33:
        return str(
            chance.choice((chance.randrange(1, 100), chance.randrange(100, 1000), chance.randrange(1950, 2060)))
        )
    word = common[int(FUNCTION_WORDS * chance.paretovariate(0.35)) % len(common)]
    if kind < 0.36:
        return f"{word}-{chance.choice(common)}"
    if kind < 0.39:
        return f"{chance.choice('cdjlmns')}’{word}"
    return word.capitalize() if kind < 0.6 else word


def words_read(face: str, resolution: int, number: int) -> Iterator[tuple[str, str]]:
    """Printed words, and what each was seen as, from right to left; of the lines with as many of both."""
    size, skew = SIZES[number % len(SIZES)], SKEWS[number % len(SKEWS)]
    printed = {tag: chance_lines(tag, random.Random(f"{face} {resolution} {tag}")) for tag in TESSDATA}
    with tempfile.TemporaryDirectory() as scratch:
        pages = "".join(_page(lines) for lines in printed.values())
        sheets = sheets_of(print_pdf(Path(scratch) / "turned", _html(pages, face, size)), resolution)
    for (tag, lines), sheet in zip(printed.items(), sheets, strict=True):
        read = _read(sheet, Scan(Statement(face, tag, "", (), (), ""), Design(str(number), ""), resolution, skew))
        if len(read) != len(lines):
            continue
        for line, seen in zip(reversed(lines), reversed(read), strict=True):
            words, tokens = line.split(), seen.split()[::-1]
            if len(words) == len(tokens):
                yield from (
                    (word.replace("’", "'"), token[::-1]) for word, token in zip(words, tokens, strict=True)
                )


def _page(lines: Iterable[str]) -> str:
    return f"<div>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</div>"


def _html(pages: str, face: str, size: int) -> str:
    return (
        '<!doctype html><meta charset="utf-8"><style>* { margin: 0 } @page { size: 210mm 297mm; margin: 18mm 15mm }'
        f'body {{ font: {size}pt "{face}" }} div {{ break-after: page }}'
        "p { margin-bottom: 7mm; white-space: nowrap; text-align: center; transform: rotate(180deg) }"
        f"</style><body>{pages}</body>"
    )


def _read(sheet: Image.Image, scan: Scan) -> list[str]:
    picture = scanned(sheet, scan, random.Random(scan.name))
    return [line for line in read_picture(picture, scan).replace("\f", "\n").splitlines() if line.strip()]


def counted(words: Mapping[tuple[str, str], int], by: Counts) -> Counts:
    """What the glyphs of the printed words were seen as, if they are aligned by what was counted before."""
    counts = Counts()
    for (word, seen), often in words.items():
        steps, cost = aligned(word, seen, by)
        if cost > FAR * len(word):
            continue
        for step in steps:
            counts.seen[step] += often
        for glyph in (*word, *map("".join, pairwise(word))):
            counts.printed[glyph] += often
    return counts


def aligned(word: str, seen: str, by: Counts) -> tuple[list[tuple[str, str]], float]:
    """The cheapest steps that make what was seen of what was printed: one or two glyphs as up to three."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    moves = [(0, 1), *((1, size) for size in range(LONGEST_SEEN + 1)), *((2, size) for size in (1, 2, 3))]
    places = [(at, to) for at in range(len(word) + 1) for to in range(len(seen) + 1)]
    for place in places:
        if place not in best:
            continue
        cost, _ = best[place]
        at, to = place
        for of_word, of_seen in moves:
            after = at + of_word, to + of_seen
            if after[0] <= len(word) and after[1] <= len(seen):
                through = cost + by.cost(word[at : after[0]], seen[to : after[1]])
                if after not in best or through < best[after][0]:
                    best[after] = through, place
    steps: list[tuple[str, str]] = []
    place = len(word), len(seen)
    while place != (0, 0):
        before = best[place][1]
        steps.append((word[before[0] : place[0]], seen[before[1] : place[1]]))
        place = before
    return steps, best[len(word), len(seen)][0]


def table(counts: Counts, words: int) -> Iterator[str]:
    """The table, line by line."""
    yield HEAD.format(
        languages=", ".join(TESSDATA.values()),
        words=words,
        faces=len(FACES),
        least=min(RESOLUTIONS),
        most=max(RESOLUTIONS),
    )
    rows: dict[str, list[tuple[int, str]]] = {}
    for (printed, seen), count in counts.seen.items():
        if printed and seen and count >= LEAST:
            rows.setdefault(printed, []).append((-count, seen[::-1]))
    for printed in sorted(rows, key=lambda each: (len(each), each)):
        found = (f"{seen}\t{-count}" for count, seen in sorted(rows[printed]))
        yield "\t".join((printed, str(counts.printed[printed]), str(counts.seen[printed, ""]), *found)) + "\n"


def main() -> int:
    """Count, and write the table."""
    installed = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=True, text=True).stdout
    missing = [face for face in FACES if face not in installed]
    if missing:
        print(f"Not installed: {', '.join(missing)}.")
        return 1
    jobs = [(face, resolution) for face in FACES for resolution in RESOLUTIONS]
    words: Counter[tuple[str, str]] = Counter()
    with ThreadPoolExecutor(max_workers=2) as pool:
        read = pool.map(lambda job: list(words_read(*job[1], job[0])), enumerate(jobs))
        for (face, resolution), found in zip(jobs, read, strict=True):
            words.update(found)
            print(f"{face}, {resolution} dpi: {len(found)} words", flush=True)
    counts: Counts = Unknown()
    for _ in range(ROUNDS):
        counts = counted(words, counts)
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE
    path.write_text("".join(table(counts, words.total())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
