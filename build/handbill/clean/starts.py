"""Where each name of a list begins.

In: the cells between two numbers of a list, and how many names they are. Out: the positions at which a name begins,
and whether that is sure. A name may go on for a few lines, and its number may have been read elsewhere or nowhere;
letters, widths and the order of the alphabet tell. Each of them is weighed as what it adds to the logarithm of the
odds that a name begins at a cell, and the likeliest beginnings of all are found together.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from handbill.clean.columns import LONGEST_NAME, Cell, breadth, closes_what_is_open, ends_small, is_open
from handbill.model import Gap

_UNLIGATED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

FEWEST_SORTED, SORTED = 5, 0.7
"""Names, and the share of them that stand in the order of the alphabet, from which a list is sorted."""

BESIDE = 1.5
"""What it is worth in a sorted list that a name begins with the last one's letter; twice as much with its word."""

FAR = 4
"""Letters of the alphabet from which two first letters are not near to one another."""

LIKELY = -0.7
"""Odds from which a name begins at a cell."""

LOST = 6.0
"""What it costs to say that a name is nowhere on the scan."""

MOST_LOST = 3
"""Names that a stretch may have lost."""

LATER = 1e-6
"""What makes the last of several names the one that is lost: a scanner loses the foot of a column first."""

AGREES = 2.5
"""What it is worth that a name has the number that was read beside it in a column of numbers."""

NEAR = 15
"""Cells before and after whose width tells how wide the column is."""

BESIDE_LINES = 5
"""Cells before and after that tell whether a gap between two lines means anything."""

MOST_WEIGHED = 200_000
"""Names times lines to spare that are weighed; a longer stretch without a number is no list of names."""

Hints = Mapping[int, AbstractSet[int]]
"""For some cells, which of the names, counted from 0, columns of numbers say may begin there."""


def starts_of(
    cells: Sequence[Cell], count: int, disorder: float, hints: Hints | None = None
) -> tuple[list[int | None], bool]:
    """Where each of so many names begins, None for one that is lost; and whether that is sure.

    Args:
        cells: The cells, the first of which begins a name.
        count: How many names they are.
        disorder: What a name costs that begins before one that should stand above it: `cost_of_disorder`.
        hints: What columns of numbers say.
    """
    if count == 1:
        return [0], True
    everywhere = list(range(len(cells)))
    begun = [p for p in everywhere if p == 0 or cells[p].begins]
    after_gaps = [p for p in everywhere if p == 0 or cells[p].line.gap is not Gap.NONE or cells[p].begins]
    likely = [p for p in everywhere if p == 0 or not goes_on(cells[p - 1].text, cells[p].text)]
    for starts in (everywhere, begun, after_gaps, likely):
        if len(starts) == count and not _breaks(cells, starts, disorder > 0):
            return [*starts], True
    best = _best_starts(cells, count, disorder, hints or {})
    return best, best == everywhere


def _breaks(cells: Sequence[Cell], starts: Sequence[int], is_sorted: bool) -> bool:
    """Whether a name begins where one goes on, or before one that should stand above it."""
    if any(p and goes_on(cells[p - 1].text, cells[p].text) for p in starts):
        return True
    names = [_key(cells[p].text) for p in starts]
    return is_sorted and any(lower < upper for upper, lower in pairwise(names))


def _best_starts(cells: Sequence[Cell], count: int, disorder: float, hints: Hints) -> list[int | None]:
    """The likeliest beginnings of so many names, each of a few lines at most, by dynamic programming."""
    keys = [_key(cell.text) for cell in cells]
    odds = _odds(cells)
    spare = max(len(cells) - count, 0) + MOST_LOST
    if count * spare > MOST_WEIGHED:
        return list(range(count))
    # For each name, for each cell at which the last name before it or itself begins: how likely, and from where.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for number in range(1, count):
        row = {at: (score - LOST + LATER * number, at) for at, (score, _) in best[-1].items()}
        for former, (score, _) in best[-1].items():
            for position in range(former + 1, min(former + LONGEST_NAME + 1, number + spare + 1, len(cells))):
                total = score + odds[position] + _of_order(keys[former], keys[position], disorder)
                total += AGREES * (number in hints.get(position, ()))
                if position not in row or total > row[position][0]:
                    row[position] = (total, former)
        best.append(row)
    ends = {at: score for at, (score, _) in best[-1].items()}
    near = {at: score for at, score in ends.items() if len(cells) - at <= LONGEST_NAME} or ends
    at = max(near, key=lambda each: near[each])
    starts: list[int | None] = []
    for row in reversed(best):
        former = row[at][1]
        starts.append(None if former == at else at)
        at = former
    return starts[::-1]


def _key(name: str) -> str:
    """A name as it is sorted: without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_UNLIGATED))
    return " ".join(re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char))))


def _of_order(upper: str, lower: str, disorder: float) -> float:
    """What the order of the alphabet adds to the odds that the lower name is the next one below the upper."""
    if not disorder:
        return 0.0
    step = ord(lower[:1] or " ") - ord(upper[:1] or " ")
    near = max(0.0, 1 - step / FAR) if step >= 0 else 0.0
    same = bool(upper) and upper.partition(" ")[0] == lower.partition(" ")[0]
    return BESIDE * (near + same) - disorder * _fall(upper, lower)


def _fall(upper: str, lower: str) -> float:
    """How far two names are out of order: less far where a letter amid them may be misread."""
    return 0.0 if upper <= lower else 1 / (1 + 2 * _alike(upper, lower))


def _alike(upper: str, lower: str) -> int:
    """2 where two names begin with the same word, 1 where they do with the same letter."""
    return (upper[:1] == lower[:1]) + (upper.partition(" ")[0] == lower.partition(" ")[0])


def cost_of_disorder(cells: Sequence[Cell]) -> float:
    """How much it speaks against a name that it should stand above the last one; 0 where the list is not sorted.

    The names show it of which the beginning is known, or, where these are few, is likely.
    """
    text = [cell for cell in cells if cell.text]
    begun = [cell for cell in text if cell.begins]
    known = begun if 2 * len(begun) > len(text) else [text[position] for position in likely_starts(text, 0.0)]
    keys = [_key(cell.text) for cell in known]
    falls = sum(_fall(upper, lower) for upper, lower in pairwise(keys))
    steps = len(keys) - 1
    if len(keys) < FEWEST_SORTED or falls > (1 - SORTED) * steps:
        return 0.0
    return math.log((steps + 2) / (falls + 1))


def likely_starts(cells: Sequence[Cell], disorder: float) -> list[int]:
    """Positions of the cells that begin a name, of which nobody knows how many they are."""
    if not cells:
        return []
    keys = [_key(cell.text) for cell in cells]
    odds = _odds(cells)
    best: list[tuple[float, int]] = [(0.0, -1)]
    for position in range(1, len(cells)):
        ways = [
            (best[former][0] + _of_order(keys[former], keys[position], disorder), former)
            for former in range(max(0, position - LONGEST_NAME), position)
        ]
        score, former = max(ways)
        best.append((score + odds[position] - LIKELY, former))
    at = max(range(max(0, len(cells) - LONGEST_NAME), len(cells)), key=lambda each: best[each][0])
    starts: list[int] = []
    while at >= 0:
        starts.append(at)
        at = best[at][1]
    return starts[::-1]


def _odds(cells: Sequence[Cell]) -> list[float]:
    """For each cell the logarithm of the odds that a name begins there."""
    widths = [breadth(cell.text) for cell in cells]
    made = [0.0]
    for position, (above, cell) in enumerate(pairwise(cells), 1):
        column = max(widths[max(0, position - NEAR) : position + NEAR])
        near = cells[max(0, position - BESIDE_LINES) : position + BESIDE_LINES + 1]
        apart = sum(each.line.gap is not Gap.NONE for each in near) / len(near)
        made.append(_odds_of(above, cell, column, apart))
    return made


def _odds_of(above: Cell, cell: Cell, column: float, apart: float) -> float:
    """The same for one cell, in a column so wide and where so large a share of the lines stands below a gap."""
    words = cell.text.split()
    odds = 5.0 * cell.begins + 3.0 * ((cell.line.gap is not Gap.NONE) - apart)
    odds -= 4.0 * goes_on(above.text, cell.text)
    filled = breadth(f"{above.text} {words[0]}") / column
    odds += min(4.0, max(-1.0, 4.0 - (filled - 0.8) * 25))  # the first word had room in the line above, or not
    odds += 1.5 * above.text.endswith((")", "»")) + 1.0 * (words[0] == above.text.split()[0])
    odds += 1.5 * (_is_acronym(words[0]) and not _is_acronym(above.text.split()[-1]))
    return odds + (0.5 if len(words) > 2 else -1.0 if len(words) == 1 and not cell.text.isupper() else 0.0)


def _is_acronym(word: str) -> bool:
    """Whether a word is in capitals, as a name's own one is."""
    return word.isupper() and len(word) > 2


def goes_on(above: str, text: str) -> bool:
    """Whether the letters alone show that a name goes on in the next line."""
    resumes = text[:1].islower() or text[:1] == "(" or closes_what_is_open(text)
    return is_open(above) or resumes or ends_small(above)
