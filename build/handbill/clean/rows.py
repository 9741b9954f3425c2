"""Lists of names that fill their rows first, read column after column.

In: the lines or the cells of a list numbered "1 2", "3 4" from row to row, as a scanner reads it: "1. 3. 5." and
then "2. 4. 6.". Out: the lines that belong to it from elsewhere, and the cells in the order of their numbers. In a
column the numbers go up by as many as there are columns, which no other list of a text does.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from handbill.clean.columns import LONGEST_NAME, MOST_COLUMNS, Cell, numbers_in
from handbill.clean.starts import asks, goes_on
from handbill.model import Gap, Line

LEAST = 3
"""Numbers that make a column."""


def row_step(numbers: Sequence[int]) -> int:
    """By how much most numbers are greater than the one before; 1 where it is unclear.

    >>> row_step([1, 3, 5, 7, 2, 4, 6]), row_step([1, 2, 3]), row_step([3, 9, 4])
    (2, 1, 1)
    """
    steps = Counter(high - low for low, high in pairwise(numbers))
    step = max(range(1, MOST_COLUMNS + 1), key=lambda each: steps[each])
    return step if 2 * steps[step] > len(numbers) else 1


def by_rows(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of such a list in the order of its numbers; one that was misread is what its column makes it."""
    marked = [at for at, cell in enumerate(cells) if cell.begins and cell.number and cell.text]
    step = row_step([cells[at].number or 0 for at in marked])
    if step == 1:
        return cells
    cells = _without_words(cells, marked)
    marked = [at for at in marked if cells[at].begins]
    numbers = [cells[at].number or 0 for at in marked]
    for at in range(1, len(numbers) - 1):
        low, high = numbers[at - 1], numbers[at + 1]
        if high - low == 2 * step:
            numbers[at] = low + step
    if len(set(numbers)) < len(numbers) or 2 * len(numbers) <= max(numbers) - min(numbers):
        return cells
    stops = [*marked[1:], len(cells)]
    made = list(cells[: marked[0]])
    for number, start, stop in sorted(zip(numbers, marked, stops, strict=True)):
        made += (replace(cells[start], number=number), *cells[start + 1 : stop])
    return made


def _without_words(cells: Sequence[Cell], marked: Sequence[int]) -> list[Cell]:
    """The cells; a word that was taken for a number which stands elsewhere as figures goes on with its name."""
    made = list(cells)
    figures = {cells[at].number for at in marked if cells[at].mark[:-1].isdigit()}
    for at in marked:
        cell = cells[at]
        if cell.number in figures and cell.whole and not re.search(r"\d", cell.mark):
            made[at] = replace(cell, text=cell.line.text, mark="", number=None, begins=False)
    return made


def rows_above(
    lines: Sequence[Line], region: range, forms: Mapping[int, str], may_be_name: Callable[[str], bool]
) -> list[Line]:
    """The lines above such a list of the names that it lacks: text that stands beside the list was read in between.

    Args:
        lines: The lines of a text.
        region: Those of the list.
        forms: The forms of the numbers that lines begin with, by the lines' numbers in the scan.
        may_be_name: Whether a line with a number may be a name.
    """
    marked = [at for at in region if numbers_in(lines[at].text)]
    here = [numbers_in(lines[at].text)[0] for at in marked]
    step = row_step(here)
    missing = set(range(1, max(here, default=0) + 1)).difference(here)
    if step == 1 or not missing:
        return []
    form, _ = Counter(forms.get(lines[at].first) for at in marked).most_common(1)[0]
    above = [
        (at, numbers[0])
        for at in range(region.start)
        if (numbers := numbers_in(lines[at].text))
        and numbers[0] in missing
        and forms.get(lines[at].first) == form
        and may_be_name(lines[at].text)
    ]
    run = max(_columns(above, step), key=len, default=[])
    found = [number for _, number in run]
    if len(set(found)) < len(found) or 2 * len(found) < len(missing):
        return []
    ends = [
        *(_end_of_name(lines, at, below) for (at, _), (below, _) in pairwise(run)),
        _end_of_column(lines, run[-1][0]),
    ]
    return [line for (at, _), end in zip(run, ends, strict=True) for line in lines[at:end]]


def _columns(marks: Sequence[tuple[int, int]], step: int) -> list[list[tuple[int, int]]]:
    """The runs of numbers that go up by the step, or by two of them where one was not read."""
    runs: list[list[tuple[int, int]]] = []
    for at, number in marks:
        if runs and number - runs[-1][-1][1] in (step, 2 * step):
            runs[-1].append((at, number))
        else:
            runs.append([(at, number)])
    return runs


def _end_of_name(lines: Sequence[Line], at: int, end: int) -> int:
    """Where a name ends above the next one of its column: at a gap that it does not go on over."""
    for below in range(at + 1, min(end, at + LONGEST_NAME)):
        text = lines[below].text
        if numbers_in(text) or (lines[below].gap is not Gap.NONE and not goes_on(lines[below - 1].text, text)):
            return below
    return min(end, at + LONGEST_NAME)


def _end_of_column(lines: Sequence[Line], at: int) -> int:
    """Where the last name of a column ends, below which the text goes on: at a gap, unless it asks for more."""
    for below in range(at + 1, min(len(lines), at + LONGEST_NAME)):
        if lines[below].gap is not Gap.NONE and not asks(lines[below - 1].text):
            return below
    return min(len(lines), at + LONGEST_NAME)
