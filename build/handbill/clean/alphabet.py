"""Columns of names that were read across and have no numbers, parted by the alphabet.

In: lines of a list whose names are sorted. Out: the cells of its columns, or nothing. Nothing in such a line shows
where one column ends and the next begins; but names that are sorted go on at the head of each column where the one
before ended. A parting in which all names do is taken where it is far too good to be chance, and is asked about.
"""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from math import lgamma, log

from handbill.clean.columns import (
    FIRST_LINES,
    LONGEST_NAME,
    NEXT_LINES,
    Cell,
    cost_of_words,
    numbers_in,
    printed_width,
    unmarked,
)
from handbill.clean.starts import asks, goes_on, key_of
from handbill.model import Line

COLUMNS = (2, 3)
"""How many columns may have been read across."""

FEWEST_LINES, MOST_LINES = 3, 60
"""Lines that are parted: fewer prove nothing, and more stand on no page."""

MOST_WORDS = 24
"""Words of a line that is parted; a longer one is of no list."""

LETTERS = 26
"""Letters with which a name may begin."""

CHANCE, UNLIKELY = 1 / 500, 1 / 20
"""How likely it may be at most that words stand in this order by chance, for lines to be parted, or asked about."""

MOST_WAYS = 20
"""Ways to part the lines that are followed at once."""

WORST = 2.0
"""What a part of a line may cost on the average."""

ASKS, GOES_ON, EMPTY, ROOM, TOO_WIDE = 4.0, 1.0, 1.0, 12.0, 8.0
"""What it costs that a name begins though the one above asks for more, goes on though nothing shows it, that a
column is empty, that the line above had room for the word, and that a part is wider than its column."""

WORDS, SOME_WORDS = 3.5, 2.75
"""Words that a line has for each column at least to be parted, or asked about: names have about as many."""

UNLIKE = 0.75
"""Share of lines that begin with another word each: where many begin alike, the words behind are sorted as well."""

OPENS = 1.5
"""What it is worth that a name begins with a word with which names of the list begin again and again."""

WIDE, NARROW = 0.6, 2
"""Share of the widest line's width from which a line may hold columns; others in a row that stand among such."""

SPREAD = 1.25
"""How much wider than its share of the widest line a column may be."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to part the lines so far.

    Attributes:
        cost: How unlikely it is.
        keys: The name that begins last in each column, as it is sorted.
        ends: The last line of each column, as far as there is one.
        lengths: Lines of the last name of each column.
        parted: For each line, the words of each column and whether a name begins with them.
    """

    cost: float
    keys: tuple[str, ...]
    ends: tuple[str, ...]
    lengths: tuple[int, ...]
    parted: tuple[tuple[tuple[str, bool], ...], ...]


def read_down(lines: Sequence[Line]) -> tuple[range, list[Cell]] | None:
    """The first lines of a list that hold columns, as wide ones do, and their cells, column after column."""
    wide = [at for at, width in _widths(lines) if width]
    stop = next(
        (above + 1 for above, below in pairwise(wide) if below - above > NARROW), wide[-1] + 1 if wide else 0
    )
    start = wide[0] if wide else 0
    stop = len(lines) if len(lines) - stop <= NARROW else stop
    below = lines[stop].text if stop < len(lines) else ""
    cells = by_alphabet(lines[start:stop], below)
    return (range(start, stop), cells) if cells else None


def _widths(lines: Sequence[Line]) -> Iterator[tuple[int, bool]]:
    """For each line whether it is wide, as lines are that hold several columns."""
    widths = [printed_width(line.text) for line in lines]
    return ((at, width > WIDE * max(widths)) for at, width in enumerate(widths))


def may_hold_columns(lines: Sequence[Line]) -> bool:
    """Whether lines that have a number each may hold a second name without: the alphabet goes on there."""
    return _best(lines, "", UNLIKELY, SOME_WORDS) is not None


def by_alphabet(lines: Sequence[Line], below: str) -> list[Cell]:
    """The cells of lines without numbers that hold columns, column after column; none where nothing proves it.

    The name that follows the last of them, if there is one, is `below`.
    """
    best = _best(lines, below, CHANCE, WORDS)
    if best is None:
        return []
    return [
        Cell(line, parts[column][0], begins=parts[column][1], whole=False)
        for column in range(len(best.keys))
        for line, parts in zip(lines, best.parted, strict=True)
        if parts[column][0]
    ]


def _best(lines: Sequence[Line], below: str, chance: float, fewest: float) -> _Way | None:
    """The likeliest way to part lines, if it is hardly chance; those with a number begin a name."""
    if not FEWEST_LINES <= len(lines) <= MOST_LINES:
        return None
    words = [unmarked(line.text).split() for line in lines]
    if max(map(len, words)) > MOST_WORDS:
        return None
    if len({line[0] for line in words}) < UNLIKE * len(words):
        return None
    numbered = [bool(numbers_in(line.text)) for line in lines]
    begun = numbered if any(numbered) else []
    openings = {
        word for word, count in Counter(chain.from_iterable(words)).items() if count > 1 and _may_begin(word)
    }
    found = [
        way
        for count in COLUMNS
        if sum(map(len, words)) >= fewest * count * len(words)
        for heads in _heads(words[0], count, key_of(below))
        if (way := _parted(words, heads, begun, openings)) and _chance(way, words, key_of(below)) < log(chance)
    ]
    return min(found, key=lambda way: way.cost / len(way.keys), default=None)


def _heads(words: Sequence[str], count: int, below: str) -> Iterator[tuple[str, ...]]:
    """Every way to part the first line so that a name begins in each column, and they are sorted; as limits.

    The limits are the keys of the first names, and of the name that follows the last column.
    """
    for cuts in combinations((at for at in range(1, len(words)) if _may_begin(words[at])), count - 1):
        starts = (0, *cuts)
        keys = tuple(
            key_of(" ".join(words[start:stop])) for start, stop in zip(starts, (*cuts, len(words)), strict=True)
        )
        ordered = all(left < right for left, right in pairwise(keys))
        if ordered and (not below or keys[-1] <= below):
            yield (*keys, below)


def _may_begin(word: str) -> bool:
    """Whether a name may begin with a word."""
    bare = word.lstrip("«“\"¿¡‘'")
    return bare[:1].isupper() or bare[:1].isdigit()


def _parted(
    words: Sequence[Sequence[str]], heads: tuple[str, ...], begun: Sequence[bool], openings: Set[str]
) -> _Way | None:
    """The likeliest way to part the lines in which the names of each column stand between its limits."""
    count = len(heads) - 1
    width = SPREAD * max(printed_width(" ".join(line)) for line in words) / count
    ways = [_Way(0.0, ("",) * count, ("",) * count, (0,) * count, ())]
    for at, line in enumerate(words):
        made: list[_Way] = []
        for cuts in combinations(range(len(line) + count - 1), count - 1):
            places = [0, *(cut - index for index, cut in enumerate(cuts)), len(line)]
            parts = [" ".join(line[start:stop]) for start, stop in pairwise(places)]
            if at == 0 and tuple(map(key_of, parts)) != heads[:-1]:
                continue
            wide = sum(TOO_WIDE * max(0.0, printed_width(part) / width - 1.0) for part in parts)
            if wide < TOO_WIDE:
                made += (
                    each
                    for way in ways
                    for each in _gone_on(way, parts, heads, begun[at] if begun else None, openings, wide, width)
                )
        made.sort(key=lambda way: way.cost)
        ways = [way for way in made[:MOST_WAYS] if way.cost <= WORST * count * (at + 2)]
        if not ways:
            return None
    best = ways[0]
    return best if best.cost <= WORST * count * len(words) else None


def _gone_on(
    way: _Way,
    parts: Sequence[str],
    heads: Sequence[str],
    numbered: bool | None,
    openings: Set[str],
    cost: float,
    width: float,
) -> Iterator[_Way]:
    """The way with one line more: each part goes on with the name above or begins another, whatever is likelier."""
    cost += way.cost
    keys, ends, lengths = list(way.keys), list(way.ends), list(way.lengths)
    read: list[tuple[str, bool]] = []
    for column, part in enumerate(parts):
        if not part:
            if column == 0 and numbered:
                return
            cost += EMPTY
            read.append(("", False))
            continue
        key, first = key_of(part), part.split()[0]
        may_begin = _may_begin(first) and key > keys[column] and (not heads[column + 1] or key <= heads[column + 1])
        if column == 0 and numbered is not None:
            may_begin = numbered and may_begin
            if numbered and not may_begin:
                return
        as_new = (
            cost_of_words(part, FIRST_LINES) + ASKS * asks(ends[column]) - OPENS * (first in openings)
            if may_begin
            else None
        )
        as_more = None
        if ends[column] and lengths[column] < LONGEST_NAME and not (column == 0 and numbered):
            room = 1.0 - SPREAD * printed_width(f"{ends[column]} {first}") / width
            as_more = cost_of_words(part, NEXT_LINES) + ROOM * max(0.0, room)
            as_more += 0.0 if goes_on(ends[column], part) else GOES_ON
        if as_new is None and as_more is None:
            return
        begins = as_more is None or (as_new is not None and as_new <= as_more)
        cost += (as_new if begins else as_more) or 0.0
        keys[column] = key if begins else keys[column]
        lengths[column] = 1 if begins else lengths[column] + 1
        ends[column] = part
        read.append((part, begins))
    yield _Way(cost, tuple(keys), tuple(ends), tuple(lengths), (*way.parted, tuple(read)))


def _chance(way: _Way, words: Sequence[Sequence[str]], below: str) -> float:
    """The logarithm of about how likely it is that words stand so by chance: sorted, and between their limits."""
    chance = 0.0
    for column in range(1, len(way.keys)):
        names = [(at, parts[column][0]) for at, parts in enumerate(way.parted) if parts[column][1]]
        low, high = key_of(names[0][1])[:1], (way.keys[column] if column + 1 < len(way.keys) else below)[:1] or "z"
        share = min(1.0, (max(ord(high) - ord(low), 0) + 1) / LETTERS)
        for at, _ in names:
            options = sum(map(_may_begin, words[at][1:]))
            chance += log(min(1.0, max(options, 1) * share))
        chance -= lgamma(len(names) + 1)
    return chance
