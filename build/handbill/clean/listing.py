"""The list of signatories as a scanner reads it, put together again.

In: the lines of a text, without what belongs to the paper. Out: the lines with every name under its number, the
edits, and the doubts. A scanner reads columns across ("1. A 17. B"), reads the numbers of a list as a column of
their own ("1.", "2.", "3." and then three names), and misreads single ones ("Z." for "7."). The numbers count up,
so each is found again from those around it; where two names meet in a line without a number between them, nobody
can tell for certain, and a person is asked.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from handbill.clean.evidence import Evidence
from handbill.clean.ledger import edits_of_moves
from handbill.model import Doubt, Edit, Gap, Line
from handbill.numbering import FEWEST_WORDS, NUMBERED, SPECKS, is_sentence

_MARK = re.compile(
    r"(?P<mark>\(?(?P<number>\d{1,3})(?:\s?[.,:;)](?!\d)|(?=\s+[^\W\d_])))(?:\s*[|!—~_-](?=\s))?\s*(?P<text>\S.*)"
)
_INSIDE = re.compile(r"(?<=\s)(?P<mark>\(?(?P<number>\d{1,3})\s?[.:)])(?:\s*[|!—~_-](?=\s))?(?=\s+\S|$)")
_BARE = re.compile(r"\(?(?P<number>\d{1,3})\s?[.,:;)]?")
_DOT = re.compile(r"(?P<mark>[.,:;])\s+(?P<text>\S.*)")
_ODD = re.compile(r"(?P<mark>[^\W_]{1,3}[.,:;)]?)\s+(?P<text>[^\W\d_].*)")
_ODD_BARE = re.compile(r"\S{1,4}")

_UNLIGATED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

LEAST = 3
"""Numbers that make a list."""

MOST = 10_000
"""More names than any list has."""

LONGEST_HEADING = 6
"""Words that the heading of a list of names may have."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "de": ("unterzeich", "unterschr"),
    "en": ("signator", "signed", "undersigned", "endors"),
    "es": ("firm", "signatari", "suscri", "adhier"),
    "fr": ("signat", "soussign"),
    "id": ("penandatangan", "tertanda"),
    "it": ("firmatari", "sottoscri"),
    "pt": ("signat", "assina", "subscre"),
    "ru": ("подпис",),
}
"""How the words begin that head a list of names, by language."""

COMMON_SMALL = 6.0
"""Zipf frequency from which a small word at a line's end asks for another one: "of", "the", "para"."""

LONGEST_RESIDUE = 4
"""Characters of what a scanner makes of a whole column of numbers at most."""

LONGEST_NAME = 5
"""Lines that a name has at most."""

FEWEST_SORTED, SORTED = 5, 0.7
"""Names, and the share of them that stand in the order of the alphabet, from which a list is sorted."""

OUT_OF_ORDER = 1.5
"""What it costs to begin a name that in a sorted list should stand further up."""

FARTHEST = 12
"""Numbers in a row that may be misread before a list counts as ended."""

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


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the list: its number, and its words in one cell or several."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The names in order, what is unclear, and the cells that are no part of them."""

    names: tuple[Name, ...]
    doubts: tuple[Doubt, ...]
    aside: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was made of the lines: the lines, the edits that lead to them, and what is unclear."""

    lines: tuple[Line, ...]
    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def list_of_names(lines: Sequence[Line], evidence: Evidence) -> Restored:
    """The list of names counts up, so each name stands with the number that the scanner read elsewhere or wrong."""
    region = _region(lines, evidence.lexicon.language)
    if region is None:
        return Restored(tuple(lines))
    moved = _strays(lines, region)
    cells, doubts = _cells([*moved, *(lines[position] for position in region)], evidence)
    found = _named(cells)
    if found is None:
        return Restored(tuple(lines))
    made = (
        *(line for line in lines[: region.start] if line not in moved),
        *_written(found.names),
        *lines[region.stop :],
    )
    asked = [each for each in (*doubts, *found.doubts) if not evidence.is_settled(*each.lines, each.text)]
    return Restored(made, tuple(edits_of_moves(lines, made, list_of_names)), tuple(asked))


# Where the list is.


def _region(lines: Sequence[Line], language: str) -> range | None:
    """The lines of the list: below its heading, or from its first number, to the last line of its last name."""
    marks = [position for position, line in enumerate(lines) if _numbers_in(line.text)]
    if len(marks) < LEAST:
        return None
    end = marks[-1]
    start = _below_heading(lines, end, language)
    if start is None:
        start = _first_number(lines, end)
    stop = end + 1
    while stop < len(lines) and not _ends_list(lines, stop):
        stop += 1
    return range(start, stop)


def _below_heading(lines: Sequence[Line], end: int, language: str) -> int | None:
    """The line after the last short one that says who signed, if only names follow it."""
    for position in range(end - 1, -1, -1):
        text = lines[position].text
        if is_sentence(_unmarked(text)):
            return None
        alone = position == 0 or lines[position].gap is not Gap.NONE or lines[position - 1].text[-1] in ".,"
        if alone and heads_names(text, language):
            return position + 1
    return None


def heads_names(text: str, language: str) -> bool:
    """Whether a line is short and has a word for those who sign."""
    stems = HEADINGS.get(language.partition("-")[0], ())
    words = re.findall(r"\w+", text.casefold())
    return 0 < len(words) <= LONGEST_HEADING and any(word.startswith(stems) for word in words)


def _first_number(lines: Sequence[Line], end: int) -> int:
    """The first line of the last list that counts from 1, or of the numbers that end the text."""
    start = end
    for position in range(end - 1, -1, -1):
        text = lines[position].text
        if is_sentence(_unmarked(text)) or (text.endswith(":") and not _numbers_in(text)):
            break
        if _numbers_in(text) or _DOT.fullmatch(text):
            start = position
    ones = [position for position in range(start, end + 1) if _numbers_in(lines[position].text)[:1] == [1]]
    after = [
        position for position in ones if sum(bool(_numbers_in(x.text)) for x in lines[position : end + 1]) >= LEAST
    ]
    return after[-1] if after else start


def _ends_list(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is about the list and no part of it, such as whom to write to."""
    text = lines[position].text
    labelled = lines[position].gap is not Gap.NONE and re.match(r"[^\W\d_]+ ?:\s", text)
    return is_sentence(text) or "@" in text or "://" in text or bool(labelled)


def _numbers_in(text: str) -> list[int]:
    """The numbers of a list that a line has, at its beginning or before a column."""
    first = _BARE.fullmatch(text) or _MARK.fullmatch(text)
    found = [first] if first else []
    inside = [match for match in _INSIDE.finditer(text) if match.end() < len(text) or first]
    return [int(match["number"]) for match in (*found, *inside)]


def _unmarked(text: str) -> str:
    match = _MARK.fullmatch(text) or _DOT.fullmatch(text)
    return match["text"] if match else text


def _strays(lines: Sequence[Line], region: range) -> list[Line]:
    """Lines above the list that have its first numbers: a scanner may read the foot of a column too early."""
    first = next(iter(_numbers_in(lines[region.start].text)), 1)
    second = next(iter(_numbers_in(lines[region.start + 1].text)), 1) if len(region) > 1 else 1
    wanted = list(range(1, max(first, 1) if second == first + 1 else max(second - 1, 1)))
    if not wanted or len(wanted) > 30:
        return []
    for position in range(region.start):
        piece = lines[position : position + len(wanted)]
        read = [_numbers_in(line.text)[:1] for line in piece]
        if read == [[number] for number in wanted] and all(_may_be_name(line.text) for line in piece):
            following = lines[position + len(wanted)].text
            return [] if _numbers_in(following)[:1] == [len(wanted) + 1] else list(piece)
    return []


def _may_be_name(text: str) -> bool:
    """Whether what follows a number with its stop can be a name."""
    return bool(NUMBERED.fullmatch(text)) and not is_sentence(_unmarked(text)) and text[-1] not in ".;:,"


# Lines become cells.


def _single(line: Line) -> list[Cell]:
    """The cell of a line that has one column."""
    bare, mark, dot = _BARE.fullmatch(line.text), _MARK.fullmatch(line.text), _DOT.fullmatch(line.text)
    if bare:
        return [Cell(line, "", line.text, int(bare["number"]), begins=True)]
    if mark:
        return [Cell(line, mark["text"], mark["mark"], int(mark["number"]), begins=True)]
    if dot:
        return [Cell(line, dot["text"], dot["mark"], begins=True)]
    return [Cell(line, line.text)]


def _cells(lines: Sequence[Line], evidence: Evidence) -> tuple[list[Cell], list[Doubt]]:
    """The cells of the list in the order they are read, column after column."""
    cells: list[Cell] = []
    doubts: list[Doubt] = []
    position = 0
    while position < len(lines):
        stop = _columns_end(lines, position)
        if stop - position < 2:
            cells += _single(lines[position])
            position += 1
            continue
        columns = _Columns(lines[position:stop], evidence)
        cells += columns.cells()
        doubts += columns.doubts
        position = stop
    return _odd_marks_read(cells), doubts


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
        """Column after column."""
        return [cell for column in self._cells for cell in column]

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
            cost -= 2.0 * _is_acronym_of(part[0] if part else "", above)
        return cost

    def _above(self, home: int) -> str:
        column = self._cells[home]
        texts: list[str] = []
        for cell in reversed(column):
            texts.append(cell.text)
            if cell.begins:
                break
        return " ".join(reversed(texts))

    def _cost_of_going_on(self, above: str, part: Sequence[str], width: int) -> float:
        asks = asks_for_more(above, self._evidence) or _ends_small(above)
        if not part:
            return 4.0 if asks else 0.0
        last = above[-width:]
        room = width - len(last) - 1 - len(part[0])
        cost = 0.0 if asks or part[0][0].islower() or part[0][0] == "(" else 0.8
        cost += 5.0 * max(0.0, room / max(width, 1) - 0.15) if len(above) < width else 0.0
        return cost


def _is_acronym_of(word: str, name: str) -> bool:
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
    return (
        text.count("(") > text.count(")")
        or text.count("«") > text.count("»")
        or small
        or last in ("—", "–", "-", "&", ",")
        or last.endswith((",", "-"))
    )


def _odd_marks_read(cells: Sequence[Cell]) -> list[Cell]:
    """Cells whose number was read as something else: in a column of numbers, or where just one is missing."""
    made = list(cells)
    for position, cell in enumerate(cells):
        above = made[position - 1] if position else None
        below = cells[position + 1] if position + 1 < len(cells) else None
        if (
            _ODD_BARE.fullmatch(cell.text)
            and above
            and above.is_bare
            and (not below or below.is_bare or below.begins)
        ):
            made[position] = replace(cell, text="", mark=cell.text, begins=True)
            continue
    begun = [-1, *(position for position, cell in enumerate(made) if cell.begins and cell.number)]
    for start, stop in pairwise(begun):
        odd = [position for position in range(start + 1, stop) if _ODD.fullmatch(made[position].text)]
        low = made[start].number or 0 if start >= 0 else 0
        if odd and len(odd) == (made[stop].number or 0) - low - 1:
            for number, position in enumerate(odd, low + 1):
                match = _ODD.fullmatch(made[position].text)
                assert match
                made[position] = replace(
                    made[position], text=match["text"], mark=match["mark"], number=number, begins=True
                )
    return made


# Cells become names.


def _named(cells: Sequence[Cell]) -> Found | None:
    """The names between the numbers that count up; None where too few do."""
    cells = _in_order(cells)
    trusted = _trusted(cells)
    if len(trusted) < LEAST or 2 * len(trusted) < sum(cell.begins and bool(cell.text) for cell in cells):
        return None
    names: list[Name] = []
    doubts: list[Doubt] = []
    aside: list[Cell] = []
    sorted_by_name = _is_sorted(cells)
    owed = 0
    waiting: list[Cell] = []
    stretches = list(_stretches(cells, trusted))
    for place, (first, count, inside) in enumerate(stretches):
        first, count = first - owed, count + owed
        text = [*waiting, *(cell for cell in inside if cell.text and not _is_residue(cell))]
        aside += [cell for cell in inside if cell.text and cell not in text]
        # Where numbers and names stand apart, the numbers may be further down than their names.
        early = place + 1 < len(stretches) and stretches[place + 1][2][0].is_bare and _capacity(text) < count
        owed, waiting = (count, text) if early or (count and not text) else (0, [])
        if owed:
            continue
        if count == 0:
            aside += text
            continue
        starts, sure = _starts(text, count, sorted_by_name)
        groups = [tuple(text[start:stop]) for start, stop in pairwise([*starts, len(text)])]
        names += [Name(first + index, group) for index, group in enumerate(groups)]
        if len(groups) != count or not sure:
            doubts.append(_doubt_about(text, count))
    doubts += [
        Doubt(cell.line.lines, cell.text, "It stood in the list and is no name. Is it dirt on the paper?")
        for cell in aside
        if cell.whole
    ]
    return Found(tuple(sorted(names, key=lambda name: name.number)), tuple(doubts), tuple(aside))


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
    return sum(not (place and _goes_on(cells[place - 1].text, cell.text)) for place, cell in enumerate(cells))


def _doubt_about(cells: Sequence[Cell], count: int) -> Doubt:
    lines = (min(cell.line.first for cell in cells), max(cell.line.last for cell in cells))
    names = "1 name" if count == 1 else f"{count} names"
    reason = f"By the numbers around them, these {len(cells)} lines are {names}. Does each begin where it should?"
    return Doubt(lines, "\n".join(cell.line.text for cell in cells), reason)


def _is_residue(cell: Cell) -> bool:
    """Whether a cell is what is left of a column of numbers: a letter or two, or a few on a line between gaps."""
    if SPECKS.fullmatch(cell.text) or _is_garbled(cell.text):
        return True
    longest = LONGEST_RESIDUE if cell.line.gap is not Gap.NONE else LONGEST_RESIDUE // 2
    return cell.whole and not cell.begins and len(cell.text) <= longest


def _is_garbled(text: str) -> bool:
    """Whether a line is no text: signs and figures stand inside most of its words."""
    tokens = text.split()
    bad = sum(bool(re.search(r"[^\W\d_][\d\]\[}{|]|[\d\]\[}{|][^\W\d_]|[a-z][A-Z]", token)) for token in tokens)
    return len(tokens) >= LEAST and 2 * bad >= len(tokens)


def _stretches(cells: Sequence[Cell], trusted: Sequence[int]) -> Iterator[tuple[int, int, Sequence[Cell]]]:
    """Cells between trusted numbers: the number of the first name, how many there are, and the cells."""
    heads = [at for at in trusted if not _goes_with_former(cells, trusted, at)]
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
        if below is None and len(texts) > LONGEST_NAME * count:
            count += len(_likely_starts(texts)) - 1  # the numbers end here, and the names go on
        yield low, count, inside


def _goes_with_former(cells: Sequence[Cell], trusted: Sequence[int], at: int) -> bool:
    """Whether a number stands in a column of numbers below another one, with no name between them."""
    former = [other for other in trusted if other < at]
    if not former or not cells[former[-1]].is_bare:
        return False
    between = cells[former[-1] + 1 : at]
    return all(cell.is_bare or _ODD_BARE.fullmatch(cell.text) for cell in between)


def _starts(cells: Sequence[Cell], count: int, sorted_by_name: bool) -> tuple[list[int], bool]:
    """Positions of the cells that begin one of so many names, and whether that is sure."""
    if count == 1:
        return [0], True
    everywhere = list(range(len(cells)))
    if len(cells) <= count:
        return everywhere, len(cells) == count
    begun = [p for p in everywhere if p == 0 or cells[p].begins]
    after_gaps = [p for p in everywhere if p == 0 or cells[p].line.gap is not Gap.NONE or cells[p].begins]
    likely = [p for p in everywhere if p == 0 or not _goes_on(cells[p - 1].text, cells[p].text)]
    for starts in (begun, after_gaps, likely):
        if len(starts) == count and not _breaks(cells, starts, sorted_by_name):
            return starts, True
    starts = _best_starts(cells, count, sorted_by_name)
    return starts, False


def _breaks(cells: Sequence[Cell], starts: Sequence[int], sorted_by_name: bool) -> bool:
    """Whether a name begins where one goes on, or before one that should stand above it."""
    if any(p and _goes_on(cells[p - 1].text, cells[p].text) for p in starts):
        return True
    names = [_key(cells[p].text) for p in starts]
    return sorted_by_name and any(lower < upper for upper, lower in pairwise(names))


def _best_starts(cells: Sequence[Cell], count: int, sorted_by_name: bool) -> list[int]:
    """The likeliest beginnings of so many names, each of a few lines at most, by dynamic programming."""
    keys = [_key(cell.text) for cell in cells]
    worth = [0.0, *(_joint(cells, position) for position in range(1, len(cells)))]
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(count + 1)]
    best[1][0] = (0.0, -1)
    for number in range(2, count + 1):
        for position in range(number - 1, len(cells)):
            for former in range(max(0, position - LONGEST_NAME), position):
                if former not in best[number - 1]:
                    continue
                unsorted = sorted_by_name and keys[position] < keys[former]
                score = best[number - 1][former][0] + worth[position] - OUT_OF_ORDER * unsorted
                if position not in best[number] or score > best[number][position][0]:
                    best[number][position] = (score, former)
    ends = {at: score for at, (score, _) in best[count].items() if len(cells) - at <= LONGEST_NAME} or {
        at: score for at, (score, _) in best[count].items()
    }
    if not ends:
        return list(range(count))
    at = max(ends, key=lambda each: ends[each])
    starts = [at]
    for number in range(count, 1, -1):
        at = best[number][at][1]
        starts.append(at)
    return starts[::-1]


def _key(name: str) -> str:
    """A name as it is sorted: without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_UNLIGATED))
    return " ".join(re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char))))


def _is_sorted(cells: Sequence[Cell]) -> bool:
    """Whether the list is in the order of the alphabet, as the names show of which the beginning is known."""
    begun = [cell for cell in cells if cell.begins and cell.text]
    known = begun if len(begun) >= FEWEST_SORTED else [cell for cell in cells if cell.text]
    keys = [_key(cell.text) for cell in known]
    rising = sum(upper <= lower for upper, lower in pairwise(keys))
    return len(keys) >= FEWEST_SORTED and rising >= SORTED * (len(keys) - 1)


def _likely_starts(cells: Sequence[Cell]) -> list[int]:
    """Positions of the cells that begin a name, as far as letters and widths can tell."""
    return [0, *(position for position in range(1, len(cells)) if _joint(cells, position) > 0.4)]


def _joint(cells: Sequence[Cell], position: int) -> float:
    """How likely it is that a name begins at a cell: higher for likelier."""
    above, cell = cells[position - 1], cells[position]
    widest = max(len(each.text) for each in cells)
    score = 4.0 * cell.begins + 2.0 * (cell.line.gap is not Gap.NONE) - 4.0 * _goes_on(above.text, cell.text)
    fits = len(above.text) + 1 + len(cell.text.split()[0])
    score += 3.0 * max(0.0, 1 - fits / widest)
    words = cell.text.split()
    score += 1.5 * above.text.endswith((")", "»")) + 1.0 * (words[0] == above.text.split()[0])
    return score + (0.5 if len(words) > 2 else -1.0 if len(words) == 1 and not cell.text.isupper() else 0.0)


def _goes_on(above: str, text: str) -> bool:
    """Whether the letters alone show that a name goes on in the next line."""
    last = above.split()[-1] if above.split() else ""
    is_open = above.count("(") > above.count(")") or last in ("—", "–", "&") or last.endswith((",", "-"))
    return is_open or text[:1].islower() or text[:1] == "(" or _ends_small(above)


def _ends_small(text: str) -> bool:
    """Whether the last word alone is in small letters, as no name in capitals ends: "Network against"."""
    *others, last = re.findall(r"[^\W\d_]+", text) or [""]
    long = [word for word in others if len(word) > 3]
    return last.islower() and (len(last) <= 3 or (bool(long) and not any(word.islower() for word in long)))


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
    for index, position in enumerate(marks):
        number = cells[position].number or 0
        top: tuple[float, int | None] = (1.0 if number == 1 else 0.5, None)
        for former in range(max(0, index - FARTHEST), index):
            step = number - (cells[marks[former]].number or 0)
            bare = sum(cell.is_bare for cell in cells[:position])
            if 1 <= step <= position - marks[former] + bare * (step > 1):
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
            if index and (
                not cell.whole or cell.line.gap is Gap.NONE or _goes_on(name.cells[index - 1].text, text)
            ):
                gap = Gap.NONE  # else the gap stays, and a person is asked whether the name goes on
            yield replace(cell.line, text=text, gap=gap, space=cell.line.space if cell.whole else "\n")


def _begun(name: Name, cell: Cell) -> str:
    """The first line of a name: as it was read where that is right, else with its number."""
    match = NUMBERED.fullmatch(cell.line.text)
    if cell.whole and match and int(match["number"]) == name.number:
        return cell.line.text
    return f"{name.number}. {cell.text}"
