"""Where each name of a list begins.

In: the cells between two numbers of a list, and how many names they are. Out: the positions at which a name begins,
and whether that is sure. A name may go on for a few lines, and its number may have been read elsewhere; letters,
widths and the order of the alphabet tell.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from handbill.clean.columns import LONGEST_NAME, Cell, ends_small, is_open
from handbill.clean.evidence import SHORT
from handbill.lexicon import without_accents
from handbill.model import Gap

_UNLIGATED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

FEWEST_SORTED, SORTED = 5, 0.7
"""Names, and the share of them that stand in the order of the alphabet, from which a list is sorted."""

OUT_OF_ORDER = 1.5
"""What it costs to begin a name that in a sorted list should stand further up."""

LIKELY = 0.4
"""Likelihood from which a name begins at a cell."""

MOST_WEIGHED = 200_000
"""Names times lines to spare that are weighed; a longer stretch without a number is no list of names."""


def starts_of(cells: Sequence[Cell], count: int, sorted_by_name: bool) -> tuple[list[int], bool]:
    """Positions of the cells that begin one of so many names, and whether that is sure."""
    if count == 1:
        return [0], True
    everywhere = list(range(len(cells)))
    if len(cells) < count:
        # Names are lost: to begin one at each line would cut those that go on.
        return [p for p in everywhere if p == 0 or not goes_on(cells[p - 1].text, cells[p].text)], False
    if len(cells) == count:
        return everywhere, True
    begun = [p for p in everywhere if p == 0 or cells[p].begins]
    after_gaps = [p for p in everywhere if p == 0 or cells[p].line.gap is not Gap.NONE or cells[p].begins]
    likely = [p for p in everywhere if p == 0 or not goes_on(cells[p - 1].text, cells[p].text)]
    for starts in (begun, after_gaps, likely):
        if len(starts) == count and not _breaks(cells, starts, sorted_by_name):
            return starts, True
    return _best_starts(cells, count, sorted_by_name), False


def _breaks(cells: Sequence[Cell], starts: Sequence[int], sorted_by_name: bool) -> bool:
    """Whether a name begins where one goes on, or before one that should stand above it."""
    if any(p and goes_on(cells[p - 1].text, cells[p].text) for p in starts):
        return True
    names = [_key(cells[p].text) for p in starts]
    return sorted_by_name and any(lower < upper for upper, lower in pairwise(names))


def _best_starts(cells: Sequence[Cell], count: int, sorted_by_name: bool) -> list[int]:
    """The likeliest beginnings of so many names, each of a few lines at most, by dynamic programming."""
    keys = [_key(cell.text) for cell in cells]
    worth = _likelihoods(cells)
    spare = len(cells) - count
    if count * spare > MOST_WEIGHED:
        return list(range(count))
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for number in range(1, count):
        row: dict[int, tuple[float, int]] = {}
        for former, (score, _) in best[-1].items():
            for position in range(former + 1, min(former + LONGEST_NAME, number + spare) + 1):
                unsorted = sorted_by_name and keys[position] < keys[former]
                total = score + worth[position] - OUT_OF_ORDER * unsorted
                if position not in row or total > row[position][0]:
                    row[position] = (total, former)
        best.append(row)
    ends = {at: score for at, (score, _) in best[-1].items()}
    near = {at: score for at, score in ends.items() if len(cells) - at <= LONGEST_NAME} or ends
    at = max(near, key=lambda each: near[each])
    starts: list[int] = []
    for row in reversed(best):
        starts.append(at)
        at = row[at][1]
    return starts[::-1]


def _key(name: str) -> str:
    """A name as it is sorted: without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_UNLIGATED))
    return " ".join(re.findall(r"\w+", without_accents(plain)))


def is_sorted(cells: Sequence[Cell]) -> bool:
    """Whether the list is in the order of the alphabet, as the names show of which the beginning is known."""
    begun = [cell for cell in cells if cell.begins and cell.text]
    known = begun
    if len(begun) < FEWEST_SORTED:
        text = [cell for cell in cells if cell.text]
        known = [text[position] for position in likely_starts(text, sorted_by_name=False)]
    keys = [_key(cell.text) for cell in known]
    rising = sum(upper <= lower for upper, lower in pairwise(keys))
    return len(keys) >= FEWEST_SORTED and rising >= SORTED * (len(keys) - 1)


def likely_starts(cells: Sequence[Cell], sorted_by_name: bool) -> list[int]:
    """Positions of the cells that begin a name, of which nobody knows how many they are."""
    if not cells:
        return []
    keys = [_key(cell.text) for cell in cells]
    worth = _likelihoods(cells)
    best: list[tuple[float, int]] = [(0.0, -1)]
    for position in range(1, len(cells)):
        ways = [
            (best[former][0] - OUT_OF_ORDER * (sorted_by_name and keys[position] < keys[former]), former)
            for former in range(max(0, position - LONGEST_NAME), position)
        ]
        score, former = max(ways)
        best.append((score + worth[position] - LIKELY, former))
    at = max(range(max(0, len(cells) - LONGEST_NAME), len(cells)), key=lambda each: best[each][0])
    starts: list[int] = []
    while at >= 0:
        starts.append(at)
        at = best[at][1]
    return starts[::-1]


def _likelihoods(cells: Sequence[Cell]) -> list[float]:
    """How likely it is, for each cell, that a name begins there: higher for likelier."""
    widest = max(len(cell.text) for cell in cells)
    return [0.0, *(_likelihood(above, cell, widest) for above, cell in pairwise(cells))]


def _likelihood(above: Cell, cell: Cell, widest: int) -> float:
    score = 4.0 * cell.begins + 2.0 * (cell.line.gap is not Gap.NONE) - 4.0 * goes_on(above.text, cell.text)
    fits = len(above.text) + 1 + len(cell.text.split()[0])
    score += 3.0 * max(0.0, 1 - fits / widest)
    score += 1.0 * (fits < SHORT * widest)  # the first word had room in the line above
    words = cell.text.split()
    score += 1.5 * above.text.endswith((")", "»")) + 1.0 * (words[0] == above.text.split()[0])
    return score + (0.5 if len(words) > 2 else -1.0 if len(words) == 1 and not cell.text.isupper() else 0.0)


def goes_on(above: str, text: str) -> bool:
    """Whether the letters alone show that a name goes on in the next line."""
    return is_open(above) or text[:1].islower() or text[:1] == "(" or ends_small(above)
