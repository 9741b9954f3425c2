"""Tables: the rows of a table on a page, told by where its words stand.

In: the lines of a page. Out: the same as they are, or as the rows of a table, where cells begin below one another.
A file may have a row line by line or cell by cell: a line that ends too early and a step up to the next cell are
then put together again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from handbill.extract.lines import Glyph, Line, is_item

WIDE = 1.5
"""Ems of a gap from which it may part two cells."""

ALIKE = 2.0
"""Points by which two edges may differ and are one."""

FEWEST_ROWS = 3
"""Rows of a document in which a cell begins at an edge that is one of a table."""

MOST_WRAPPED = 4
"""Lines of single cells that may stand between two rows with more: names that go on in the next line."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table on one page: the words of their cells."""

    rows: tuple[tuple[str, ...], ...]


def cells_of(line: Line) -> list[Line]:
    """The cells of a line, parted by wide gaps; the sign of an item is no cell."""
    cells: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in line.glyphs:
        if glyph.char.isspace():
            if cells:
                cells[-1].append(glyph)
            continue
        if last is None or max(glyph.left - last.right, last.left - glyph.right) > WIDE * line.size:
            cells.append([])
        cells[-1].append(glyph)
        last = glyph
    made = [Line(tuple(cell)) for cell in cells]
    if len(made) > 1 and is_item(f"{made[0].text} …") and not made[0].text.isdecimal():
        made[:2] = [Line(made[0].glyphs + made[1].glyphs)]
    return made


def edges_of(pages: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """Where the cells behind the first begin, in so many rows that they are columns."""
    lefts = [cell.left for lines in pages for line in lines for cell in cells_of(line)[1:]]
    counts = Counter(round(left) for left in lefts)
    return tuple(
        sorted(left for left in counts if counts[left - 1] + counts[left] + counts[left + 1] >= FEWEST_ROWS)
    )


def parted(lines: Sequence[Line], edges: Sequence[float]) -> Iterator[list[Line] | Grid]:
    """The lines of a page in their order: those of no table together, those of each table as its rows."""
    rows = {at for at, line in enumerate(lines) if any(_at(cell.left, edges) for cell in cells_of(line)[1:])}
    rows |= {at for at, line in enumerate(lines) if len(cells_of(line)) > 1 and {at - 1, at + 1} & rows}
    at = 0
    while at < len(lines):
        stop = _stop(lines, at, rows, edges)
        if stop > at and rows & set(range(at, stop)):
            yield _grid(lines[at:stop], edges)
            at = stop
            continue
        stop = at + 1
        while stop < len(lines) and _stop(lines, stop, rows, edges) == stop:
            stop += 1
        yield list(lines[at:stop])
        at = stop


def _at(left: float, edges: Sequence[float]) -> bool:
    return any(abs(left - edge) <= ALIKE for edge in edges)


def _stop(lines: Sequence[Line], start: int, rows: set[int], edges: Sequence[float]) -> int:
    """Where a table ends that begins at a line; the line itself where none does."""
    first = next((at for at in range(start, min(start + MOST_WRAPPED, len(lines))) if at in rows), None)
    if first is None or (first > start and not _wraps(lines[start : first + 1], edges, lines[first].left)):
        return start
    stop = first + 1
    while stop < len(lines):
        ahead = range(stop, min(stop + MOST_WRAPPED + 1, len(lines)))
        to = next((at for at in ahead if at in rows or _at(lines[at].left, edges)), None)
        if to is None or not all(abs(each.left - lines[first].left) <= ALIKE for each in lines[stop:to]):
            break
        stop = to + 1
    return stop


def _wraps(lines: Sequence[Line], edges: Sequence[float], left: float) -> bool:
    """Whether lines above a row are the first row, its cells one after the other."""
    return _at(lines[-2].left, edges) and all(abs(each.left - left) <= ALIKE for each in lines[:-2])


@dataclass
class _Row:
    """A row as far as it has been read: the lines of each cell by its column."""

    cells: dict[int, list[Line]] = field(default_factory=dict)

    def words(self, count: int) -> tuple[str, ...]:
        """The words of the cells."""
        return tuple(" ".join(line.text for line in self.cells.get(column, [])) for column in range(count))


def _grid(lines: Sequence[Line], edges: Sequence[float]) -> Grid:
    """The rows of a table: a line in the first column begins one, or goes on with it."""
    lefts = [min(line.left for line in lines)]
    for edge in edges:
        if edge - lefts[-1] > 2 * ALIKE:
            lefts.append(edge)
    rows: list[_Row] = []
    step = _row_step(lines)
    for line in lines:
        for cell in cells_of(line):
            column = max(at for at, left in enumerate(lefts) if not at or left <= cell.left + ALIKE)
            if column == 0:
                _read_first(rows, cell, lefts, step)
            else:
                _read_other(rows, cell, column)
    return Grid(tuple(row.words(len(lefts)) for row in rows))


def _row_step(lines: Sequence[Line]) -> float:
    """The least distance of two rows that are on one line each."""
    whole = [line for line in lines if len(cells_of(line)) > 1]
    return min((upper.base - lower.base for upper, lower in pairwise(whole) if upper.base > lower.base), default=0)


def _read_first(rows: list[_Row], cell: Line, lefts: Sequence[float], step: float) -> None:
    """A line in the first column: of the row before where it is nearer than a row, or found no room in its line."""
    before = rows[-1].cells.get(0) if rows else None
    if before:
        room = (lefts[1] if len(lefts) > 1 else before[-1].right) - before[-1].right
        near = 0 < before[-1].base - cell.base < 0.9 * step
        if near or (set(rows[-1].cells) == {0} and cell.base < before[-1].base):
            before.append(cell)
            return
        if room < cell.first_word + 0.3 * cell.size and 0 < before[-1].base - cell.base <= step:
            before.append(cell)
            return
    rows.append(_Row({0: [cell]}))


def _read_other(rows: list[_Row], cell: Line, column: int) -> None:
    """A cell of another column; of the lines before it, those above its own may be rows without such a cell."""
    first = rows[-1].cells.get(0, []) if rows else []
    is_alone = bool(rows) and set(rows[-1].cells) == {0}
    if is_alone and len(first) > 1 and abs(first[-1].base - cell.base) <= ALIKE:
        rows[-1:] = [_Row({0: [line]}) for line in first]
    if not rows:
        rows.append(_Row())
    rows[-1].cells.setdefault(column, []).append(cell)
