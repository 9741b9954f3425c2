"""The lines of a list of names, cut into cells.

In: the lines of a list. Out: its cells in reading order, column after column, and the doubts. Names set in columns
are read across ("1. A 17. B"), and where one of them goes on in a line of its own, the lines of its neighbours meet
it there. The numbers tell the columns; where two names meet without a number between them, nobody can tell for
certain, so the likeliest parting is taken and a person is asked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, pairwise
from math import comb

from handbill.clean.evidence import Evidence
from handbill.model import Doubt, Gap, Line
from handbill.numbering import FEWEST_WORDS

_MARK = re.compile(
    r"(?P<mark>\(?(?P<number>\d{1,3})(?:\s?[.,:;)](?!\d)|(?=\s+[^\W\d_])))(?:\s*[|!—~_-](?=\s))?\s*(?P<text>\S.*)"
)
_INSIDE = re.compile(r"(?<=\s)(?P<mark>\(?(?P<number>\d{1,3})\s?[.:)])(?:\s*[|!—~_-](?=\s))?(?=\s+\S|$)")
_BARE = re.compile(r"\(?(?P<number>\d{1,3})\s?[.,:;)]?")
DOTTED = re.compile(r"(?P<mark>[.,:;])\s+(?P<text>\S.*)")
_ODD = re.compile(r"(?P<mark>[^\W_]{1,3}[.,:;)]?)\s+(?P<text>[^\W\d_].*)")
_ODD_NUMBER = re.compile(r"(?=.*\d)\w{1,3}[.,:;)]")
ODD_BARE = re.compile(r"\S{1,4}")

COMMON_SMALL = 6.0
"""Zipf frequency from which a small word at a line's end asks for another one: "of", "the", "para"."""

COMMON_WORD = 4.5
"""Zipf frequency from which a few letters before a name are its first word, and not a number that was misread."""

LONGEST_NAME = 5
"""Lines that a name has at most."""

FARTHEST = 12
"""Numbers in a row that may be misread before a list counts as ended."""

MOST_COLUMNS = 6
"""Columns that stand side by side at most; more numbers in a line are no list."""

MOST_WAYS = 2_000
"""Ways to part a line that are weighed; a line with more of them is longer than any printed one."""

SURE = 1.5
"""How much likelier than the next one a place must be for two columns to part there without a question."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of one line.

    Attributes:
        line: The line.
        text: The words, without the number.
        mark: The number as read, with its stop; empty where there is none.
        number: Its figures; None where they are unreadable or there are none.
        begins: Whether a name begins here.
        whole: Whether the cell is the whole line.
    """

    line: Line
    text: str
    mark: str = ""
    number: int | None = None
    begins: bool = False
    whole: bool = True

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without a name."""
        return self.begins and not self.text


def numbers_in(text: str) -> list[int]:
    """The numbers of a list that a line has, at its beginning or before a column."""
    first = _BARE.fullmatch(text) or _MARK.fullmatch(text)
    found = [first] if first else []
    inside = [match for match in _INSIDE.finditer(text) if match.end() < len(text) or first]
    return [int(match["number"]) for match in (*found, *inside)]


def unmarked(text: str) -> str:
    """A line without the number before it."""
    match = _MARK.fullmatch(text) or DOTTED.fullmatch(text)
    return match["text"] if match else text


def read_cells(lines: Sequence[Line], evidence: Evidence) -> tuple[list[Cell], list[Doubt]]:
    """The cells of the list in the order they are read, column after column."""
    cells: list[Cell] = []
    doubts: list[Doubt] = []
    position = 0
    are_across = _are_read_across(lines)
    while position < len(lines):
        stop = _columns_end(lines, position) if are_across else position
        if stop - position < 2:
            cells += one_column(lines[position])
            position += 1
            continue
        columns = _Columns(lines[position:stop], evidence)
        cells += columns.cells()
        doubts += columns.doubts
        position = stop
    return _odd_marks_read(cells, evidence), doubts


def _are_read_across(lines: Sequence[Line]) -> bool:
    """Whether numbers inside lines go on with the list; else they are figures in names: "Section 7. Committee"."""
    read = [numbers_in(line.text) for line in lines]
    heads = {numbers[0] for numbers in read if numbers}
    most = sum(map(len, read)) + FARTHEST
    return sum(number not in heads and number <= most for numbers in read for number in numbers[1:]) > 1


def one_column(line: Line) -> list[Cell]:
    """The cell of a line that has one column."""
    bare, mark, dot = _BARE.fullmatch(line.text), _MARK.fullmatch(line.text), DOTTED.fullmatch(line.text)
    if bare:
        return [Cell(line, "", line.text, int(bare["number"]), begins=True)]
    if mark:
        return [Cell(line, mark["text"], mark["mark"], int(mark["number"]), begins=True)]
    if dot:
        return [Cell(line, dot["text"], dot["mark"], begins=True)]
    return [Cell(line, line.text)]


def _columns_end(lines: Sequence[Line], start: int) -> int:
    """Where the lines that hold several columns end; `start` itself where none begins there."""
    if len(_rows(lines[start].text)) < 2:
        return start
    last = start
    for position in range(start + 1, len(lines)):
        if lines[position].gap is Gap.PAGE or _BARE.fullmatch(lines[position].text):
            break
        if len(_rows(lines[position].text)) > 1 or len(lines[position].text.split()) < FEWEST_WORDS:
            last = position
    rows = sum(len(_rows(line.text)) > 1 for line in lines[start : last + 1])
    return last + 1 if rows > 1 else start


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a line that begins with a number, or the line's beginning without one."""

    text: str
    mark: str = ""
    number: int | None = None


def _rows(text: str) -> list[_Piece]:
    """A line cut before every number in it that can be one of a list."""
    if len(_INSIDE.findall(text)) >= MOST_COLUMNS:
        return [_Piece(text)]
    first = _MARK.fullmatch(text)
    starts = [
        (match.start(), match) for match in _INSIDE.finditer(text) if not first or match.start() > first.end("mark")
    ]
    pieces: list[_Piece] = []
    end = starts[0][0] if starts else len(text)
    head = text[:end].strip()
    if head:
        match = _MARK.fullmatch(head) or (_BARE.fullmatch(head) if starts else None)
        pieces.append(
            _Piece(match.groupdict().get("text") or "", match.groupdict().get("mark") or head, int(match["number"]))
            if match
            else _Piece(head)
        )
    ends = [*(at for at, _ in starts[1:]), len(text)]
    for (at, inside), stop in zip(starts, ends, strict=False):
        words = text[at + len(inside[0]) : stop].strip(" |")
        pieces.append(_Piece(words, inside["mark"], int(inside["number"])))
    return pieces


class _Columns:
    """Lines in which several columns stand side by side."""

    def __init__(self, lines: Sequence[Line], evidence: Evidence) -> None:
        self._lines = lines
        self._evidence = evidence
        self._rows = [_rows(line.text) for line in lines]
        self._count = max(len([piece for piece in row if piece.mark]) for row in self._rows)
        self._cells: list[list[Cell]] = [[] for _ in range(self._count)]
        self._widths = self._measured()
        self.doubts: list[Doubt] = []
        expected: list[int | None] = [None] * self._count
        for line, row in zip(lines, self._rows, strict=True):
            self._place(line, row, expected)

    def cells(self) -> list[Cell]:
        """Column after column; or line after line, where the numbers count so."""
        cells = [cell for column in self._cells for cell in column]
        numbers = [[piece.number or 0 for piece in row if piece.mark] for row in self._rows]
        steps = [right - left for row in numbers for left, right in pairwise(row)]
        if 2 * steps.count(1) <= len(steps):
            return cells
        starts = [position for position, cell in enumerate(cells) if cell.begins or not position]
        names = [cells[start:stop] for start, stop in pairwise([*starts, len(cells)])]
        return [cell for name in sorted(names, key=lambda name: name[0].line.first) for cell in name]

    def _measured(self) -> list[int]:
        """The widest that each column's text is known to be, in characters."""
        widths = [0] * self._count
        for row in self._rows:
            marked = [piece for piece in row if piece.mark]
            if len(marked) == self._count:
                widths = [max(width, len(f"{p.mark} {p.text}")) for width, p in zip(widths, marked, strict=True)]
        return widths

    def _place(self, line: Line, row: Sequence[_Piece], expected: list[int | None]) -> None:
        """Give each piece of a line to the column that it belongs to."""
        marked = [piece for piece in row if piece.mark]
        homes = self._homes(marked, expected, 0 if row[0].mark else 1)
        for piece, home in zip(marked, homes, strict=True):
            if piece.number is not None and (
                expected[home] is None or piece.number - (expected[home] or 0) in (0, 1)
            ):
                expected[home] = piece.number + 1
            elif expected[home] is not None:
                expected[home] = (expected[home] or 0) + 1
        lead = [] if row[0].mark else [row[0]]
        bounds = [*homes, self._count]
        if lead:
            self._share(line, lead[0].text, list(range(0, bounds[0])) or [0], None)
        for index, piece in enumerate(marked):
            self._share(
                line, piece.text, list(range(homes[index], max(bounds[index + 1], homes[index] + 1))), piece
            )

    def _homes(self, marked: Sequence[_Piece], expected: Sequence[int | None], least: int) -> list[int]:
        """The column of each number of a line: the one that expects it, or the next one free; from `least` on."""
        ways = list(combinations(range(least, self._count), len(marked)))
        if not ways:
            return list(range(len(marked)))

        def fits(homes: Iterable[int]) -> int:
            return sum(
                piece.number is not None and expected[home] == piece.number
                for piece, home in zip(marked, homes, strict=True)
            )

        return list(max(ways, key=fits))

    def _share(self, line: Line, text: str, homes: Sequence[int], piece: _Piece | None) -> None:
        """Part words among columns: the first one has the number, the others can only go on with a name."""
        words = text.split()
        open_homes = [home for home in homes if home == homes[0] or self._cells[home]]
        while comb(len(words) + len(open_homes) - 1, len(open_homes) - 1) > MOST_WAYS:
            open_homes.pop()
        ranked = sorted(
            ((self._cost(parts, open_homes, piece), parts) for parts in _partings(words, len(open_homes))),
            key=lambda each: each[0],
        )
        cost, parts = ranked[0]
        if len(ranked) > 1 and ranked[1][0] - cost < SURE and len(open_homes) > 1:
            said = " | ".join(" ".join(part) for part in parts if part)
            reason = f"Columns meet in this line, most likely so: “{said}”. Retype the names that go on here."
            self.doubts.append(Doubt(line.lines, line.text, reason))
        for home, part in zip(open_homes, parts, strict=True):
            begins = piece is not None and home == homes[0]
            if part or begins:
                mark, number = (piece.mark, piece.number) if begins and piece else ("", None)
                self._cells[home].append(Cell(line, " ".join(part), mark, number, begins=begins, whole=False))

    def _cost(self, parts: Sequence[Sequence[str]], homes: Sequence[int], piece: _Piece | None) -> float:
        """How unlikely it is that columns part so; 0 where nothing speaks against it."""
        cost = 0.0
        for index, (part, home) in enumerate(zip(parts, homes, strict=True)):
            if index == 0 and piece is not None:
                cost += 3.0 * (not part)
                above = ""
            else:
                above = self._above(home)
                cost += self._cost_of_going_on(above, part, self._widths[home])
            width = len(" ".join(part)) + (len(piece.mark) + 1 if index == 0 and piece else 0)
            cost += 4.0 * max(0.0, width / max(self._widths[home], 1) - 1.12)
            opened = f"{above} {' '.join(part)}"
            cost += 2.0 * (opened.count("(") < opened.count(")")) + 2.0 * (opened.count("(") > 1)
            cost += 1.5 * bool(re.search(r"\)\s+\S", opened))
            cost -= 2.0 * is_acronym_of(part[0] if part else "", above)
        return cost

    def _above(self, home: int) -> str:
        texts: list[str] = []
        for cell in islice(reversed(self._cells[home]), LONGEST_NAME):
            texts.append(cell.text)
            if cell.begins:
                break
        return " ".join(reversed(texts))

    def _cost_of_going_on(self, above: str, part: Sequence[str], width: int) -> float:
        asks = asks_for_more(above, self._evidence) or ends_small(above)
        if not part:
            return 4.0 if asks else 0.0
        last = above[-width:]
        room = width - len(last) - 1 - len(part[0])
        cost = 0.0 if asks or part[0][0].islower() or part[0][0] == "(" else 0.8
        cost += 5.0 * max(0.0, room / max(width, 1) - 0.15) if len(above) < width else 0.0
        return cost


def is_acronym_of(word: str, name: str) -> bool:
    """Whether a word in brackets is made of the first letters of a name: "(OMHR)"."""
    letters = re.fullmatch(r"\(([A-Z]{2,6})(?:-[A-Z]+)?\)", word)
    capitals = "".join(part[0] for part in re.findall(r"[^\W\d_]+", name) if part[0].isupper())
    return bool(letters and letters[1] in capitals)


def _partings(words: Sequence[str], columns: int) -> Iterator[tuple[Sequence[str], ...]]:
    """Every way to part words among columns, in order."""
    for cuts in combinations(range(len(words) + columns - 1), columns - 1):
        places = [0, *(cut - index for index, cut in enumerate(cuts)), len(words)]
        yield tuple(words[start:stop] for start, stop in pairwise(places))


def asks_for_more(text: str, evidence: Evidence) -> bool:
    """Whether a name cannot end here: in the midst of brackets, after a dash, a comma, or a word such as "of"."""
    last = text.split()[-1] if text.split() else ""
    small = last.islower() and evidence.lexicon.zipf(last) >= COMMON_SMALL
    return is_open(text) or text.count("«") > text.count("»") or small


def is_open(text: str) -> bool:
    """Whether signs show that a name goes on: a bracket is open, or it ends in a dash, an "&" or a comma."""
    last = text.split()[-1] if text.split() else ""
    return text.count("(") > text.count(")") or last in ("—", "–", "&") or last.endswith((",", "-"))


def ends_small(text: str) -> bool:
    """Whether the last word alone is in small letters, as no name in capitals ends: "Network against"."""
    *others, last = re.findall(r"[^\W\d_]+", text) or [""]
    long = [word for word in others if len(word) > 3]
    return last.islower() and (len(last) <= 3 or (bool(long) and not any(word.islower() for word in long)))


def _has_odd_mark(text: str, evidence: Evidence) -> bool:
    """Whether a name begins with what a number may have been read as, and not with a word: "Red", "Los"."""
    match = _ODD.fullmatch(text)
    return match is not None and evidence.lexicon.zipf(match["mark"].casefold()) < COMMON_WORD


def _odd_marks_read(cells: Sequence[Cell], evidence: Evidence) -> list[Cell]:
    """Cells whose number was read as something else: in a column of numbers, or where just one is missing."""
    made = list(cells)
    for position, cell in enumerate(cells):
        above = made[position - 1] if position else None
        below = cells[position + 1] if position + 1 < len(cells) else None
        if (
            ODD_BARE.fullmatch(cell.text)
            and above
            and above.is_bare
            and (not below or below.is_bare or below.begins or _ODD_NUMBER.fullmatch(cell.text))
        ):
            made[position] = replace(cell, text="", mark=cell.text, begins=True)
            continue
    begun = [-1, *(position for position, cell in enumerate(made) if cell.begins and cell.number)]
    for start, stop in pairwise(begun):
        odd = [position for position in range(start + 1, stop) if _has_odd_mark(made[position].text, evidence)]
        low = made[start].number or 0 if start >= 0 else 0
        if odd and len(odd) == (made[stop].number or 0) - low - 1:
            for number, position in enumerate(odd, low + 1):
                match = _ODD.fullmatch(made[position].text)
                assert match
                made[position] = replace(
                    made[position], text=match["text"], mark=match["mark"], number=number, begins=True
                )
    return made
