"""The list of signatories as a scanner reads it, put together again.

In: the lines of a text, without what belongs to the paper. Out: the lines with every name under its number, the
edits, and the doubts. A scanner reads columns across ("1. A 17. B"), reads the numbers of a list as a column of
their own ("1.", "2.", "3." and then three names), and misreads single ones ("Z." for "7."). The numbers count up,
so each is found again from those around it; where two names meet in a line without a number between them, nobody
can tell for certain, and a person is asked.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from handbill.agreement import counts_in
from handbill.clean.columns import (
    DOTTED,
    FARTHEST,
    LONGEST_NAME,
    ODD_BARE,
    Cell,
    numbers_in,
    one_column,
    read_cells,
    unmarked,
)
from handbill.clean.evidence import Evidence
from handbill.clean.ledger import edits_of_moves
from handbill.clean.starts import goes_on, is_sorted, likely_starts, starts_of
from handbill.languages import known_languages, load_language
from handbill.model import Doubt, Edit, Gap, Line
from handbill.numbering import NUMBERED, RAISED, SPECKS, heads_names, is_sentence

LEAST = 3
"""Numbers that make a list."""

MOST = 10_000
"""More names than any list has."""

MOST_BELOW = 8
"""Lines that stand below a list of names at most: whom to write to, and the like."""

LONGEST_RESIDUE = 4
"""Characters of what a scanner makes of a whole column of numbers at most."""

_GARBLED = re.compile(r"[^\W\d_][\d\]\[}{|]|[\d\]\[}{|][^\W\d_]|[a-z][A-Z]|\d{5}")
"""Signs and figures inside a word, and longer numbers than a name has."""

MOST_STRAYS = 30
"""Names at the foot of a column that a scanner may read too early."""


_Stretch = tuple[int, int | None, Sequence[Cell]]
"""The number of the first name, how many there are, and the cells."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the list: its number, and its words in one cell or several."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The names in order, the cells above them that are none, and what is unclear."""

    names: tuple[Name, ...]
    above: tuple[Cell, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was made of the lines: the lines, the edits that lead to them, and what is unclear."""

    lines: tuple[Line, ...]
    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def list_of_names(lines: Sequence[Line], evidence: Evidence) -> Restored:
    """The list of names counts up, so each name stands with the number that the scanner read elsewhere or wrong."""
    region = _region(lines, evidence.lexicon.language)
    if region is not None:
        moved = _strays(lines, region)
        cells, doubts = read_cells([*moved, *(lines[position] for position in region)], evidence)
        found = _named(cells)
        if found is not None:
            rest = [line for line in lines[: region.start] if line not in moved]
            return _restored(lines, rest, found, lines[region.stop :], doubts, evidence)
    region = _unnumbered_region(lines, evidence.lexicon.language)
    if region is None:
        return Restored(tuple(lines))
    above = lines[: region.start]
    counted = _counted(lines, region, evidence.lexicon.language)
    return _restored(lines, above, counted, lines[region.stop :], (), evidence)


def _restored(
    lines: Sequence[Line],
    above: Sequence[Line],
    found: Found,
    below: Sequence[Line],
    doubts: Sequence[Doubt],
    evidence: Evidence,
) -> Restored:
    """The lines with the names in their place, and what is still to be asked."""
    aside = [cell.line if cell.whole else _part(cell, cell.text, cell.line.gap) for cell in found.above]
    made = (*above, *aside, *_written(found.names), *below)
    asked = [each for each in (*doubts, *found.doubts) if not evidence.is_settled(*each.lines, each.text)]
    return Restored(made, tuple(edits_of_moves(lines, made, list_of_names)), tuple(asked))


def _counted(lines: Sequence[Line], region: range, language: str) -> Found:
    """The names of a list without numbers, counted; a person is asked unless the text says how many they are.

    An empty line before each name tells nothing by itself, as a scanner has such lines anywhere; where there are as
    many as the text counts organisations they do.
    """
    cells = [cell for position in region for cell in one_column(lines[position]) if cell.text]
    said = _counts(" ".join(line.text for line in lines[: region.start]), language)
    likely = likely_starts(cells, is_sorted(cells))
    apart = [at for at, cell in enumerate(cells) if not at or cell.line.gap is not Gap.NONE]
    starts = next((each for each in (likely, apart) if len(each) in said), None)
    names = _names(cells, starts or likely)
    if starts:
        return Found(names, (), ())
    reason = f"This list has no numbers. Are these {len(names)} names, and does each begin where it should?"
    doubt = Doubt((cells[0].line.first, cells[-1].line.last), "\n".join(cell.line.text for cell in cells), reason)
    return Found(names, (), (doubt,))


def _names(cells: Sequence[Cell], starts: Sequence[int]) -> tuple[Name, ...]:
    return tuple(Name(n, tuple(cells[at:stop])) for n, (at, stop) in enumerate(pairwise([*starts, len(cells)]), 1))


def _counts(text: str, language: str) -> set[int]:
    """The numbers of organisations that a text speaks of."""
    if language not in known_languages():
        return set()
    return {number for _, number in counts_in(text, load_language(language))}


# Where the list is.


def _region(lines: Sequence[Line], language: str) -> range | None:
    """The lines of the list: below its heading, or from its first number, to the last line of its last name."""
    marks = [at for at, line in enumerate(lines) if numbers_in(line.text) and not RAISED.match(line.text)]
    if len(marks) < LEAST:
        return None
    end = marks[-1]
    start = _below_heading(lines, end, language)
    if start is None:
        start = _first_number(lines, end)
    stop = end + 1
    while stop < len(lines) and not ends_list(lines, stop):
        stop += 1
    return range(start, stop)


def _unnumbered_region(lines: Sequence[Line], language: str) -> range | None:
    """The lines below the last heading that says who signed, where they end the text but for a few lines."""
    start = next((at + 1 for at in reversed(range(len(lines))) if _is_heading(lines, at, language)), None)
    if start is None:
        return None
    stop = start
    while stop < len(lines) and not ends_list(lines, stop):
        stop += 1
    return range(start, stop) if stop - start >= LEAST and len(lines) - stop <= MOST_BELOW else None


def _below_heading(lines: Sequence[Line], end: int, language: str) -> int | None:
    """The line after the last short one that says who signed, if only names follow it."""
    for position in range(end - 1, -1, -1):
        text = lines[position].text
        if is_sentence(unmarked(text)):
            return None
        if _is_heading(lines, position, language):
            return position + 1
    return None


def _is_heading(lines: Sequence[Line], position: int, language: str) -> bool:
    """Whether a line begins a block and says who signed."""
    alone = position == 0 or lines[position].gap is not Gap.NONE or lines[position - 1].text[-1] in ".,"
    return alone and heads_names(lines[position].text, language)


def _first_number(lines: Sequence[Line], end: int) -> int:
    """The first line of the last list that counts from 1, or of the numbers that end the text."""
    start = end
    for position in range(end - 1, -1, -1):
        text = lines[position].text
        if is_sentence(unmarked(text)) or (text.endswith(":") and not numbers_in(text)):
            break
        if numbers_in(text) or DOTTED.fullmatch(text):
            start = position
    marked = [position for position in range(start, end + 1) if numbers_in(lines[position].text)]
    ones = [position for position in marked[: 1 - LEAST] if numbers_in(lines[position].text)[0] == 1]
    return ones[-1] if ones else start


def ends_list(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is about the list and no part of it, such as whom to write to."""
    text = lines[position].text
    labelled = lines[position].gap is not Gap.NONE and re.match(r"[^\W\d_]+ ?:\s", text)
    return is_sentence(text) or "@" in text or "://" in text or bool(labelled or RAISED.match(text))


def _strays(lines: Sequence[Line], region: range) -> list[Line]:
    """Lines above the list that have its first numbers: a scanner may read the foot of a column too early."""
    first = next(iter(numbers_in(lines[region.start].text)), 1)
    second = next(iter(numbers_in(lines[region.start + 1].text)), 1) if len(region) > 1 else 1
    wanted = list(range(1, max(first, 1) if second == first + 1 else max(second - 1, 1)))
    if not wanted or len(wanted) > MOST_STRAYS:
        return []
    for position in range(region.start):
        piece = lines[position : position + len(wanted)]
        read = [numbers_in(line.text)[:1] for line in piece]
        if read == [[number] for number in wanted] and all(_may_be_name(line.text) for line in piece):
            following = lines[position + len(wanted)].text
            return [] if numbers_in(following)[:1] == [len(wanted) + 1] else list(piece)
    return []


def _may_be_name(text: str) -> bool:
    """Whether what follows a number with its stop can be a name."""
    return bool(NUMBERED.fullmatch(text)) and not is_sentence(unmarked(text)) and text[-1] not in ".;:,"


# Cells become names.


def _named(cells: Sequence[Cell]) -> Found | None:
    """The names between the numbers that count up; None where too few do."""
    cells = _in_order(cells)
    trusted = _trusted(cells)
    if len(trusted) < LEAST or 2 * len(trusted) < sum(cell.begins and bool(cell.text) for cell in cells):
        return None
    names: list[Name] = []
    doubts: list[Doubt] = []
    above: list[Cell] = []
    residue: list[Cell] = []
    sorted_by_name = is_sorted(cells)
    owed = 0
    waiting: list[Cell] = []
    apart = any(cell.is_bare for cell in cells)
    stretches = _with_numbers_apart(list(_stretches(cells, trusted)))
    for place, (first, known, inside) in enumerate(stretches):
        first -= owed
        text = [*waiting, *(cell for cell in inside if cell.text and not _is_residue(cell))]
        count = len(likely_starts(text, sorted_by_name)) if known is None else known + owed
        residue += [cell for cell in inside if cell.text and _is_residue(cell)]
        # Where numbers and names stand apart, the numbers may be further down than their names.
        bare_below = place + 1 < len(stretches) and stretches[place + 1][2][0].is_bare
        early = bare_below and _capacity(text) < count
        named_above = bare_below and count == 0 and all(cell.is_bare for cell in stretches[place + 1][2])
        if count and not text and _are_lost(inside, stretches[place + 1 :], apart):
            doubts.append(_doubt_above(stretches[place + 1][2][0], count))
            continue
        owed, waiting = (count, text) if early or named_above or (count and not text) else (0, [])
        if owed or waiting:
            continue
        if count == 0:
            above += text
            continue
        starts, sure = starts_of(text, count, sorted_by_name)
        groups = [tuple(text[start:stop]) for start, stop in pairwise([*starts, len(text)])]
        names += [Name(first + index, group) for index, group in enumerate(groups)]
        if len(groups) != count or known is None or not sure:
            doubts.append(_doubt_about(text, count))
    doubts += [
        Doubt(cell.line.lines, cell.text, "It stood in the list and is no name. Is it dirt on the paper?")
        for cell in (*above, *residue)
        if cell.whole
    ]
    return Found(tuple(sorted(names, key=lambda name: name.number)), tuple(above), tuple(doubts))


def _in_order(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells, pieces of columns put one below the other: a scanner may read a page zone by zone."""
    heads = [position for position, cell in enumerate(cells) if cell.number and cell.text]
    cuts = [
        below
        for above, below, after in zip(heads, heads[1:], heads[2:], strict=False)
        if not 1 <= _step(cells, above, below) <= LEAST and _step(cells, below, after) == 1
    ]
    pieces = [cells[start:stop] for start, stop in pairwise([0, *cuts, len(cells)])]
    numbers = [[cell.number for cell in piece if cell.number and cell.text] for piece in pieces]
    if not cuts or any(len(each) < 2 or sorted(each) != each for each in numbers):
        return cells
    ordered = sorted(zip(numbers, pieces, strict=True), key=lambda each: each[0])
    if any(upper[0][-1] >= lower[0][0] for upper, lower in pairwise(ordered)):
        return cells
    return [cell for _, piece in ordered for cell in piece]


def _step(cells: Sequence[Cell], above: int, below: int) -> int:
    return (cells[below].number or 0) - (cells[above].number or 0)


def _capacity(cells: Sequence[Cell]) -> int:
    """How many names so many cells can hold."""
    return sum(not (place and goes_on(cells[place - 1].text, cell.text)) for place, cell in enumerate(cells))


def _doubt_about(cells: Sequence[Cell], count: int) -> Doubt:
    lines = (min(cell.line.first for cell in cells), max(cell.line.last for cell in cells))
    names = "1 name" if count == 1 else f"{count} names"
    reason = f"By the numbers around them, these {len(cells)} lines are {names}. Does each begin where it should?"
    return Doubt(lines, "\n".join(cell.line.text for cell in cells), reason)


def _are_lost(inside: Sequence[Cell], below: Sequence[_Stretch], apart: bool) -> bool:
    """Whether names of which there is no line are further down neither."""
    if not inside:
        return not apart
    return (
        bool(below)
        and below[0][1] is not None
        and _capacity([each for each in below[0][2] if each.text]) <= below[0][1]
    )


def _doubt_above(cell: Cell, count: int) -> Doubt:
    lost = "1 name is" if count == 1 else f"{count} names are"
    return Doubt(cell.line.lines, cell.line.text, f"By the numbers, {lost} missing above this line.")


def _is_residue(cell: Cell) -> bool:
    """Whether a cell is what is left of a column of numbers: a letter or two, or a few on a line between gaps."""
    if SPECKS.fullmatch(cell.text) or _is_garbled(cell.text):
        return True
    longest = LONGEST_RESIDUE if cell.line.gap is not Gap.NONE else LONGEST_RESIDUE // 2
    return cell.whole and not cell.begins and len(cell.text) <= longest


def _is_garbled(text: str) -> bool:
    """Whether a line is no text: signs and figures stand inside many of its words."""
    tokens = text.split()
    bad = sum(bool(_GARBLED.search(token)) for token in tokens)
    return len(tokens) >= LEAST and bad > 1 and 3 * bad >= len(tokens)


def _stretches(cells: Sequence[Cell], trusted: Sequence[int]) -> Iterator[_Stretch]:
    """The cells between trusted numbers; how many names they are is unknown where numbers end and names go on."""
    heads = [
        at
        for index, at in enumerate(trusted)
        if not index or not _is_column(cells, trusted[index - 1], at) or _is_full(cells, trusted[index : index + 2])
    ]
    first = cells[heads[0]].number or 1
    yield 1, first - 1, cells[: heads[0]]
    for at, below in pairwise([*heads, None]):
        assert at is not None
        low, stop = cells[at].number or 0, len(cells) if below is None else below
        inside = cells[at:stop]
        if below is not None:
            count = (cells[below].number or 0) - low
        else:
            begun = sum(cell.begins and bool(cell.text) for cell in inside)
            bare = [cell.number for cell in cells if cell.is_bare and cell.number]
            count = max(begun, 1, *(number - low + 1 for number in bare if number - low < len(inside)))
        texts = [cell for cell in inside if cell.text]
        yield low, None if below is None and len(texts) > LONGEST_NAME * count else count, inside


def _with_numbers_apart(stretches: Sequence[_Stretch]) -> Sequence[_Stretch]:
    """The stretches; those at the end that begin with columns of numbers are one, if the numbers are enough."""
    first = len(stretches)
    while first > 1 and stretches[first - 1][2][0].is_bare:
        first -= 1
    if first >= len(stretches) or stretches[-1][1] is not None:
        return stretches
    low, high = stretches[first][0], stretches[-1][0]
    inside = [cell for stretch in stretches[first:] for cell in stretch[2]]
    names = sum(bool(cell.text) for cell in inside)
    if not high - low < names <= LONGEST_NAME * (high - low + 1):
        return stretches
    return [*stretches[:first], (low, high - low + 1, inside)]


def _is_column(cells: Sequence[Cell], above: int, below: int) -> bool:
    """Whether two numbers stand in a column of numbers, with no name between them."""
    between = cells[above + 1 : below]
    return cells[above].is_bare and all(cell.is_bare or ODD_BARE.fullmatch(cell.text) for cell in between)


def _is_full(cells: Sequence[Cell], numbers: Sequence[int]) -> bool:
    """Whether a number has its own name, and just as many follow as there are numbers to the next one."""
    if len(numbers) < 2 or cells[numbers[0]].is_bare:
        return False
    at, below = numbers
    return (cells[below].number or 0) - (cells[at].number or 0) == _capacity(cells[at:below])


def _trusted(cells: Sequence[Cell]) -> list[int]:
    """Positions of the numbers that count up.

    Numbers that stand with a name are asked first. A column of numbers may be read before its names or after them,
    so one is trusted only where it fits in between.
    """
    marks = [position for position, cell in enumerate(cells) if cell.begins and cell.number]
    named = [position for position in marks if cells[position].text]
    chain = _rising(cells, named if len(named) >= LEAST else marks)
    for position in marks:
        index = bisect_left(chain, position)
        low = cells[chain[index - 1]].number or 0 if index else 0
        high = cells[chain[index]].number or 0 if index < len(chain) else MOST
        if cells[position].is_bare and position not in chain and low < (cells[position].number or 0) < high:
            chain.insert(index, position)
    return chain


def _rising(cells: Sequence[Cell], marks: Sequence[int]) -> list[int]:
    """Those of the positions at which the longest list counts up; one that steps by one is the best."""
    best: list[tuple[float, int | None]] = []
    bare = [0, *accumulate(cell.is_bare for cell in cells)]
    for index, position in enumerate(marks):
        number = cells[position].number or 0
        top: tuple[float, int | None] = (1.0 if number == 1 else 0.5, None)
        for former in range(max(0, index - FARTHEST), index):
            step = number - (cells[marks[former]].number or 0)
            if 1 <= step <= position - marks[former] + bare[position] * (step > 1):
                worth = 1.0 if step == 1 else 0.7 if step == index - former else 0.2
                top = max(top, (best[former][0] + worth, former), key=lambda each: each[0])
        best.append(top)
    at: int | None = max(range(len(best)), key=lambda each: best[each][0], default=None)
    chain: list[int] = []
    while at is not None:
        chain.append(marks[at])
        at = best[at][1]
    return chain[::-1]


# Back to lines.


def _written(names: Sequence[Name]) -> Iterator[Line]:
    """The lines of the names, each name begun by its number."""
    for name in names:
        for index, cell in enumerate(name.cells):
            text = _begun(name, cell) if index == 0 else f"{cell.mark} {cell.text}".strip()
            gap = cell.line.gap.wider(Gap.BLANK)
            if index and (not cell.whole or cell.line.gap is Gap.NONE or goes_on(name.cells[index - 1].text, text)):
                gap = Gap.NONE  # else the gap stays, and a person is asked whether the name goes on
            yield _part(cell, text, gap)


def _part(cell: Cell, text: str, gap: Gap) -> Line:
    """The cell as a line of its own."""
    return replace(cell.line, text=text, gap=gap, space=cell.line.space if cell.whole else "\n")


def _begun(name: Name, cell: Cell) -> str:
    """The first line of a name: as it was read where that is right, else with its number."""
    match = NUMBERED.fullmatch(cell.line.text)
    if cell.whole and match and int(match["number"]) == name.number and match["text"] == cell.text:
        return cell.line.text
    return f"{name.number}. {cell.text}"
