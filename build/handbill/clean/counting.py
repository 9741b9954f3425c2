"""Which number each name of a list has, and where it begins.

In: the cells of a list in reading order. Out: the names, what is none, and what is unclear. Every way to count the
names is weighed over the whole list, by dynamic programming: the numbers that were read with a name, columns of
numbers that were read apart, the widths of lines, brackets, the order of the alphabet. What another way would read
nearly as well is unclear; what the numbers of the whole list prove is not.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import accumulate

from handbill.clean.columns import FARTHEST, LONGEST_NAME, Cell
from handbill.clean.starts import Shapes, shapes_of
from handbill.model import Gap
from handbill.numbering import MOST_NAMES_MISSING

SAME_NUMBER, OTHER_NUMBER = 5.0, -1.5
"""What it is worth that a name has the number that was read with it, or another one."""

WITH_MARK = 2.0
"""What it is worth that a name begins where something stands in the place of a number."""

INSIDE = -2.5
"""A number that stands within a name."""

UNREAD, UNREAD_COLUMN, UNNUMBERED = -2.5, 0.0, 0.8
"""A name whose number was read nowhere, alone or in a stretch where none was; a name of a list without numbers, in
which most lines are one."""

NEAR = 6
"""Cells around a name among which a number shows that numbers were read there."""

COLUMN, COLUMN_BELOW, IGNORED = 5.0, 3.5, -1.0
"""What it is worth that a column of numbers stands above its names, or below them, or that it tells nothing."""

EXCESS = -0.5
"""A name above a column that it has a number for."""

LOST_ABOVE, MOST_LOST_ABOVE = -3.5, 2
"""A number that a column lost at its head, and how many of them there may be."""

LOST, EACH_LOST = -2.0, -2.5
"""Names of which there is no line."""

NO_NAME = -0.5
"""A line above the first name that is none."""

DIRT, EDGE_DIRT, STRANGE_DIRT = -2.5, -0.5, -1.0
"""A line between two gaps that is none; one of a block at a page's edge; one of no words."""

STRANGE, STRANGE_INSIDE = -1.5, -3.0
"""A name that begins with a line of no words, or goes on with one."""

TOO_LONG = -3.0
"""A line more than names have."""

SURE = 2.0
"""How much better than any other way to count it a name must be to be sure."""

UNLIKELY = 1.5
"""How likely a name must begin where none does for it to be asked about."""

MOST_LINES = 3
"""Lines that names have on the average at most."""

FAR = 6
"""Lines of the scan from one name to the next between which a whole column of numbers was read."""

HOPELESS = 25.0
"""How much worse than the best one a way to count may be until it is given up."""

MOST_WAYS = 12
"""Ways to count that are followed at most from each cell on."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Names as counted.

    Attributes:
        starts: Indices of the cells that begin a name.
        numbers: The numbers of these names.
        dirt: Indices of cells that belong to no name.
        forced: Indices of cells that go on with a name, or begin one, against all likelihood.
        unclear: Indices of cells of which it is unclear whether they begin a name, or which one.
    """

    starts: tuple[int, ...]
    numbers: tuple[int, ...]
    dirt: frozenset[int]
    forced: frozenset[int]
    unclear: frozenset[int]


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """Numbers that stand without names.

    Attributes:
        at: Index of the text cell that they stand above.
        lows: What the first of them may be, the likeliest first.
        high: What the last of them is.
        size: How many they are.
    """

    at: int
    lows: tuple[int, ...]
    high: int
    size: int

    def worth(self, count: int) -> float:
        """What it is worth that so many names stand above."""
        full = COLUMN + 2.0 * (self.size > 1)
        missing = min(abs(low - 1 - count) if low > count else FARTHEST for low in self.lows)
        if missing <= MOST_LOST_ABOVE:
            return full + LOST_ABOVE * missing
        if count == self.high:
            return COLUMN_BELOW
        if self.lows[0] <= count < self.high:
            return EXCESS * (count - self.lows[0] + 1)
        return IGNORED * min(self.size, FARTHEST)

    def agrees(self, count: int) -> bool:
        """Whether the column goes with so many names above it."""
        return self.size == 1 or self.lows[0] - 1 <= count <= self.high


def number_column(at: int, numbers: Sequence[int | None]) -> NumberColumn | None:
    """The column that these numbers are, misread ones (None or out of order) among them."""
    offsets = [(number - index, index) for index, number in enumerate(numbers) if number]
    if not offsets:
        return None
    votes = Counter(offset for offset, _ in offsets)
    likeliest, most = votes.most_common(1)[0]
    near = [(offset, index) for offset, index in offsets if abs(offset - likeliest) <= MOST_NAMES_MISSING // 10]
    offsets = near if most > 1 else offsets
    agreed = [offset for offset, _ in offsets if votes[offset] >= min(2, most)]
    lows = tuple(dict.fromkeys(low for low in (agreed[0], offsets[0][0]) if low > 0))
    high = agreed[-1] + len(numbers) - 1
    return NumberColumn(at, lows, high, len(numbers)) if lows and high >= lows[0] else None


def in_order(columns: Sequence[NumberColumn]) -> list[NumberColumn]:
    """The columns; parts of one that were read the one too early, or the other too late, are one."""
    made: list[NumberColumn] = []
    for column in columns:
        if made and column.lows[0] == made[-1].high + 1 and column.at - made[-1].at < made[-1].size:
            above = made.pop()
            column = replace(above, high=column.high, size=above.size + column.size)
        if made and 0 < made[-1].lows[0] - column.high <= MOST_LOST_ABOVE:
            below = made.pop()
            column = replace(column, high=below.high, size=column.size + below.size)
        made.append(column)
    return made


@dataclass(slots=True)
class _Ways:
    """Ways to count, from each name to the next: states are (index of the cell that begins it, its number)."""

    first: dict[tuple[int, int], float]
    score: list[dict[int, float]]
    after: list[dict[int, list[tuple[int, int, float]]]]
    ends: dict[tuple[int, int], float] = field(default_factory=dict)


def counted(
    cells: Sequence[Cell],
    columns: Sequence[NumberColumn],
    last: int,
    sorted_by_name: bool,
    strange: Set[int] = frozenset(),
) -> Counted | None:
    """Count the names.

    Args:
        cells: The cells that have text.
        columns: The columns of numbers among them, from above.
        last: The highest number that was read.
        sorted_by_name: Whether the names are in the order of the alphabet.
        strange: Indices of cells that have no word, and are what is left of a column of numbers perhaps.
    """
    weights = _Weights(cells, columns, last, shapes_of(cells, sorted_by_name), strange)
    ways = _forward(weights)
    if not ways.ends:
        return None
    best = max(ways.ends.values())
    rest = _backward(ways)
    path = _best_path(ways, rest)
    starts, numbers = tuple(at for at, _ in path), tuple(number for _, number in path)
    dirt = (weights.dirt - frozenset(starts)) | frozenset(range(starts[0]))
    forced = weights.unlikely(frozenset(starts)) - dirt
    return Counted(starts, numbers, dirt, forced, _unclear(ways, rest, best, path) | weights.unproved(path))


class _Weights:
    """What each step of a way to count is worth."""

    def __init__(
        self,
        cells: Sequence[Cell],
        columns: Sequence[NumberColumn],
        last: int,
        shapes: Shapes,
        strange: Set[int],
    ) -> None:
        self.cells = cells
        self.shapes = shapes
        self._strange = strange
        self._columns = columns
        self._places = [column.at for column in columns]
        self._last = max([last, *(column.high for column in columns if column.high <= len(cells))])
        # Beside columns of numbers, a sign before a name is no end of them.
        marked = [at for at, cell in enumerate(cells) if cell.begins and (cell.number is not None or not columns)]
        ends = marked + [column.at for column in columns]
        owed = max((column.high - column.lows[0] + 1 for column in columns if column.at == max(ends)), default=1)
        self._unnumbered = not ends
        self._ends_apart = any(column.at == max(ends) for column in columns)
        self._open = not ends or len(cells) - max(ends) > MOST_LINES * (owed + 1)
        self._apart = {
            number for each in columns for number in range(each.lows[0] - MOST_LOST_ABOVE, each.high + 1)
        }
        read = [0] * (len(cells) + 1)
        for at, cell in enumerate(cells):
            read[at] += cell.begins
        self._read = [0, *accumulate(read)]
        inside = [
            STRANGE_INSIDE if at in strange else INSIDE * cell.begins - self.shapes.begin[at]
            for at, cell in enumerate(cells)
        ]
        alone = (at for at in range(len(cells)) if _stands_alone(cells, at))
        dirt = dict.fromkeys(alone, DIRT) | dict.fromkeys(_blocks_at_edges(cells), EDGE_DIRT)
        dirt |= dict.fromkeys(strange, STRANGE_DIRT)
        self.dirt = frozenset(at for at, worth in dirt.items() if inside[at] < worth)
        self._inside = [0.0, *accumulate(dirt[at] if at in self.dirt else worth for at, worth in enumerate(inside))]

    def first(self, at: int) -> Iterator[tuple[int, float]]:
        """Numbers that the first name may have if it begins at a cell, with what each is worth."""
        above = [column for column in self._columns if column.at <= at]
        wanted = {1, self.cells[at].number or 1, *(low for column in above for low in column.lows)}
        for number in wanted:
            score = NO_NAME * at + _lost(number - 1) + sum(column.worth(number - 1) for column in above)
            yield number, score + self._begun(at, number) - self.shapes.begin[at]

    def between(self, at: int, number: int, below: int) -> Iterator[tuple[int, float]]:
        """Numbers that the next name may have if it begins at the cell `below`, with what each is worth."""
        columns = self._columns[bisect_right(self._places, at) : bisect_right(self._places, below)]
        wanted = {number + 1, self.cells[below].number or 0, *(low for each in columns for low in each.lows)}
        inside = self._inside[below] - self._inside[at + 1]
        inside += TOO_LONG * max(0, below - at - LONGEST_NAME)
        for each in wanted:
            lost = each - number - 1
            if 0 <= lost <= MOST_NAMES_MISSING:
                score = inside + _lost(lost)
                score += sum(column.worth(each - 1 if column.at == below else number) for column in columns)
                yield each, score + self._begun(below, each) + self.shapes.order(at, below)

    def end(self, at: int, number: int) -> float:
        """What it is worth that the last name begins at a cell."""
        columns = self._columns[bisect_right(self._places, at) :]
        score = self._inside[len(self.cells)] - self._inside[at + 1]
        score += TOO_LONG * max(0, len(self.cells) - at - LONGEST_NAME)
        return score + sum(column.worth(number) for column in columns) + _lost(self._last - number)

    def unproved(self, path: Sequence[tuple[int, int]]) -> frozenset[int]:
        """The names of each stretch between two proofs of how many they are that does not have so many."""
        found: set[int] = set()
        stretch: list[int] = []
        agree = True
        before, above = 0, -1
        for at, number in path:
            columns = self._columns[bisect_right(self._places, above) : bisect_right(self._places, at)]
            exact = any(column.at == at and column.lows[0] == number for column in columns)
            agree = agree and number == before + 1 and all(column.agrees(number - 1) for column in columns)
            if exact or self.cells[at].number == number:
                found.update(() if agree else stretch)
                stretch, agree = [], True
            else:
                stretch.append(at)
            before, above = number, at
        columns = self._columns[bisect_right(self._places, above) :]
        agree = (
            agree and before >= self._last and not self._open and all(column.agrees(before) for column in columns)
        )
        return frozenset(found if agree else found.union(stretch))

    def unlikely(self, starts: Set[int]) -> frozenset[int]:
        """Cells that begin a name, or go on with one, only because the numbers say so: their shapes do not."""
        found = {
            at
            for at, cell in enumerate(self.cells)
            if at not in starts and self.shapes.begin[at] >= UNLIKELY * (cell.line.gap is Gap.NONE)
        }
        odd = {at for at in starts if self.shapes.begin[at] <= -UNLIKELY and not self.cells[at].begins}
        return frozenset(found | odd)

    def _begun(self, at: int, number: int) -> float:
        """What it is worth that a name with this number begins at a cell."""
        cell, shape = self.cells[at], self.shapes.begin[at]
        shape = min(shape, 0.0) + STRANGE if at in self._strange else shape
        if cell.number is not None and cell.begins:
            return SAME_NUMBER + 0.2 * shape if cell.number == number else OTHER_NUMBER + 0.2 * shape
        if cell.begins:
            return WITH_MARK + shape
        if number in self._apart:
            return shape
        if self._unnumbered or (number > self._last and self._open and self._ends_apart):
            return shape + UNNUMBERED
        if number > self._last and not self._open:
            return shape + UNREAD
        low, high = max(0, at - NEAR), min(len(self.cells), at + NEAR)
        return shape + (UNREAD if self._read[high + 1] - self._read[low] else UNREAD_COLUMN)


def _stands_alone(cells: Sequence[Cell], at: int) -> bool:
    """Whether a cell is a line between two gaps and has no number, or the figure of a note."""
    cell = cells[at]
    below = at + 1 == len(cells) or cells[at + 1].line.gap is not Gap.NONE
    is_note = cell.mark.isdigit() and cell.text.endswith(".")
    return cell.whole and (not cell.begins or is_note) and cell.line.gap is not Gap.NONE and below


def _blocks_at_edges(cells: Sequence[Cell]) -> set[int]:
    """Cells without a number that are two lines between gaps where something else was read next: a page's edge."""
    found: set[int] = set()
    for at in range(1, len(cells) - 2):
        above, upper, lower, below = cells[at - 1 : at + 3]
        apart = upper.line.gap is not Gap.NONE and lower.line.gap is Gap.NONE and below.line.gap is not Gap.NONE
        at_edge = upper.line.first - above.line.last > FAR or below.line.first - lower.line.last > FAR
        at_edge |= Gap.PAGE in (upper.line.gap, below.line.gap)
        if apart and at_edge and all(cell.whole and not cell.begins for cell in (upper, lower)):
            found |= {at, at + 1}
    return found


def _lost(names: int) -> float:
    """What it is worth that so many names have no line."""
    return LOST + EACH_LOST * min(names, MOST_NAMES_MISSING) if names > 0 else 0.0


def _forward(weights: _Weights) -> _Ways:
    """Every way that is worth following, from the first name on."""
    size = len(weights.cells)
    ways = _Ways({}, [{} for _ in range(size)], [{} for _ in range(size)])
    for at in range(size):
        row = ways.score[at]
        if at <= FARTHEST:
            for number, score in weights.first(at):
                ways.first[at, number] = score
                row[number] = max(score, row.get(number, score))
        kept = sorted(row, key=lambda number: -row[number])[:MOST_WAYS]
        least = row[kept[0]] - HOPELESS if kept else 0.0
        ways.score[at] = row = {number: row[number] for number in kept if row[number] >= least}
        for number, score in row.items():
            steps = ways.after[at][number] = []
            for below in range(at + 1, min(size, at + LONGEST_NAME + 3)):
                for each, worth in weights.between(at, number, below):
                    steps.append((below, each, worth))
                    into = ways.score[below]
                    if score + worth > into.get(each, -1e9):
                        into[each] = score + worth
            if size - at <= 2 * LONGEST_NAME:
                ways.ends[at, number] = score + weights.end(at, number)
    return ways


def _backward(ways: _Ways) -> list[dict[int, float]]:
    """What the best rest of the way is worth, from each name on."""
    rest: list[dict[int, float]] = [{} for _ in ways.score]
    for at in reversed(range(len(rest))):
        for number in ways.score[at]:
            end = ways.ends.get((at, number))
            options = [end - ways.score[at][number]] if end is not None else []
            options += (
                worth + rest[below][each] for below, each, worth in ways.after[at][number] if each in rest[below]
            )
            if options:
                rest[at][number] = max(options)
    return rest


def _best_path(ways: _Ways, rest: Sequence[dict[int, float]]) -> list[tuple[int, int]]:
    """The best way, name by name."""
    at, number = max(
        (state for state in ways.first if state[1] in rest[state[0]]),
        key=lambda state: ways.first[state] + rest[state[0]][state[1]],
    )
    path = [(at, number)]
    while True:
        steps = [
            (worth + rest[below][each], below, each)
            for below, each, worth in ways.after[at][number]
            if each in rest[below]
        ]
        if not steps:
            return path
        worth, below, each = max(steps)
        if worth < rest[at][number] - 1e-6:
            return path
        at, number = below, each
        path.append((at, number))


def _unclear(
    ways: _Ways, rest: Sequence[dict[int, float]], best: float, path: Sequence[tuple[int, int]]
) -> frozenset[int]:
    """Cells that another way, nearly as good, counts otherwise."""
    taken = dict(path)
    other = [-1e9] * len(rest)
    for (first, number), score in ways.first.items():
        if number in rest[first]:
            for at in range(first):
                if at in taken:
                    other[at] = max(other[at], score + rest[first][number])
    for (last, _), total in ways.ends.items():
        for at in range(last + 1, len(rest)):
            if at in taken:
                other[at] = max(other[at], total)
    for at, row in enumerate(rest):
        for number, worth in row.items():
            total = ways.score[at][number] + worth
            if taken.get(at) != number:
                other[at] = max(other[at], total)
            if total < best - SURE:
                continue
            for below, each, step in ways.after[at][number]:
                if each in rest[below]:
                    passing = ways.score[at][number] + step + rest[below][each]
                    for between in range(at + 1, below):
                        if between in taken:
                            other[between] = max(other[between], passing)
    return frozenset(at for at, total in enumerate(other) if total > best - SURE)
