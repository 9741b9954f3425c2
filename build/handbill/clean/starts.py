"""Where each name of a list begins.

In: the cells of a list. Out: how likely it is that a name begins at each of them. A name may go on for a few lines,
and its number may have been read elsewhere; letters, widths and the order of the alphabet tell.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rapidfuzz import fuzz

from handbill.clean.columns import LONGEST_NAME, Cell, ends_small, is_acronym_of, is_open, opened, printed_width
from handbill.clean.evidence import ALIKE, FEW, SHORT
from handbill.lexicon import without_accents
from handbill.model import Gap

_UNLIGATED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

_STROKED = re.compile(r"[a-z](?=[A-ZÀ-Þ])")
"""What a scanner reads before a capital with a stroke through it: "tLegowo"."""

FEWEST_SORTED, SORTED = 5, 0.7
"""Names, and the share of them that stand in the order of the alphabet, from which a list is sorted."""

IN_ORDER = 1.0
"""What it is worth, in a sorted list, that a name stands below one that sorts before it."""

NEARLY_IN_ORDER, FAR_OUT_OF_ORDER = 0.5, 2.5
"""What it costs if it does not, where their first letters are the same, or are not."""

LIKELY = 0.4
"""Likelihood from which a name begins at a cell."""

FULL = 0.97
"""Share of a column's width from which a line is full: a word more may not have fitted."""

ODDLY_WIDE = 1.3
"""How much wider than the others a line is that is none of the column."""

SAME_BEGINNING = 10
"""Letters of its beginning by which a name is like the one above."""

GAPS_AROUND = 6
"""Cells before and after that show how much a gap tells."""

WIDTHS_AROUND = 25
"""Cells before and after that show how wide a column is."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the shapes of names tell.

    Attributes:
        begin: How likely it is, for each cell, that a name begins there: negative where one rather goes on.
        keys: The names as they are sorted, if they all start there; empty where they are in no order.
    """

    begin: tuple[float, ...]
    keys: tuple[str, ...]

    def order(self, above: int, below: int) -> float:
        """What it is worth that of two cells that follow each other both begin a name."""
        if not self.keys:
            return 0.0
        upper, lower = self.keys[above], self.keys[below]
        return IN_ORDER if upper <= lower else -NEARLY_IN_ORDER if upper[:1] == lower[:1] else -FAR_OUT_OF_ORDER


def shapes_of(cells: Sequence[Cell], sorted_by_name: bool) -> Shapes:
    """What the shapes of the cells of a list tell of where names begin."""
    room = _room(cells)
    sure = [
        at
        for at, cell in enumerate(cells)
        if at and not _seems_to_go_on(cells, at) and (cell.begins or room[at] < SHORT)
    ]
    gaps = _worth_of_gaps(cells)
    openings = Counter(_opening(cells[at]) for at in sure)
    begin = [0.0]
    for at in range(1, len(cells)):
        above, cell = cells[at - 1], cells[at]
        score = gaps[at] * (cell.line.gap is not Gap.NONE) + 2.0 * _begin_alike(above.text, cell.text)
        score += 1.0 + 12.0 * min(FULL - room[at], 0.25) if room[at] < FULL else 0.0
        score -= 5.0 * _seems_to_go_on(cells, at)
        score += 1.5 * above.text.endswith((")", "}", "»"))
        score += 1.5 * (openings[_opening(cell)] > 1)
        score -= 4.0 * _abbreviates(above.text, cell.text)
        score -= 0.5 * (len(cell.text.split()) == 1 and not cell.text.isupper())
        begin.append(score / 2)
    keys = tuple(key_of(cell.text) for cell in cells) if sorted_by_name else ()
    return Shapes(tuple(begin), keys)


def _opening(cell: Cell) -> str:
    return cell.text.split()[0]


def _seems_to_go_on(cells: Sequence[Cell], at: int) -> bool:
    return goes_on(cells[at - 1].text, cells[at].text)


def _abbreviates(above: str, text: str) -> bool:
    """Whether a line ends in the letters that its words and those above begin with: "Rights (OMHR)"."""
    *words, last = text.split()
    return is_acronym_of(last, f"{above} {text}") and not is_acronym_of(last, " ".join(words))


def _begin_alike(above: str, text: str) -> bool:
    """Whether two lines begin with the same words, one of them read a little otherwise perhaps."""
    return fuzz.ratio(above[:SAME_BEGINNING], text[:SAME_BEGINNING]) >= ALIKE


def _worth_of_gaps(cells: Sequence[Cell]) -> list[float]:
    """What a gap above each cell tells: less, the more of the lines about it have one."""
    apart = [0, *accumulate(cell.line.gap is not Gap.NONE for cell in cells)]
    worths: list[float] = []
    for at in range(len(cells)):
        low, high = max(0, at - GAPS_AROUND), min(len(cells), at + GAPS_AROUND + 1)
        share = (apart[high] - apart[low]) / (high - low)
        worths.append(min(2.0, 4.0 * (1.0 - share)))
    return worths


def _room(cells: Sequence[Cell]) -> list[float]:
    """For each cell how full the line above would be with its first word, as a share of the column's width.

    Widths are counted in letters and in print; what either of them says is full may be.
    """
    full = [0.0] * len(cells)
    for width in (len, printed_width):
        widths = [float(width(cell.text)) for cell in cells]
        for at in range(1, len(cells)):
            around = sorted(widths[max(0, at - WIDTHS_AROUND) : at + WIDTHS_AROUND])
            widest = around[-1] if len(around) < FEW or around[-1] <= ODDLY_WIDE * around[-3] else around[-3]
            first = re.match(r"\S+?[-–—](?=\S)|\S+", cells[at].text)
            word = width(f" {first[0]}") if first else 0.0
            full[at] = max(full[at], (widths[at - 1] + word) / max(widest, 1.0))
    return full


def key_of(name: str) -> str:
    """A name as it is sorted: without case, accents and signs, but for an "&", which sorts before any letter."""
    name = _STROKED.sub("", name, count=1) if _STROKED.match(name) else name
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_UNLIGATED))
    return " ".join(re.findall(r"\w+|&", without_accents(plain)))


def is_sorted(cells: Sequence[Cell]) -> bool:
    """Whether the list is in the order of the alphabet, as the names show of which the beginning is known."""
    begun = [cell for cell in cells if cell.begins and cell.text]
    known = begun
    if len(begun) < FEWEST_SORTED:
        text = [cell for cell in cells if cell.text]
        known = [text[position] for position in _likely_starts(text)]
    keys = [key_of(cell.text) for cell in known]
    rising = sum(upper <= lower for upper, lower in pairwise(keys))
    return len(keys) >= FEWEST_SORTED and rising >= SORTED * (len(keys) - 1)


def _likely_starts(cells: Sequence[Cell]) -> list[int]:
    """Positions of the cells that begin a name, of which nobody knows how many they are."""
    if not cells:
        return []
    worth = _likelihoods(cells)
    best: list[tuple[float, int]] = [(0.0, -1)]
    for position in range(1, len(cells)):
        score, former = max(
            (best[former][0], former) for former in range(max(0, position - LONGEST_NAME), position)
        )
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
    closes = opened(text) < 0
    small = text[:1].islower() and not _STROKED.match(text)
    return asks(above) or small or text[:1] in "(–—-" or closes or text.isdigit()


def asks(text: str) -> bool:
    """Whether a line of a name asks for another one."""
    return is_open(text) or ends_small(text)
