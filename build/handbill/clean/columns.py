"""The lines of a list of names, cut into cells.

In: the lines of a list. Out: its cells in reading order, column after column, and the doubts. Names set in columns
are read across ("1. A 17. B"), and where one of them goes on in a line of its own, the lines of its neighbours meet
it there. The numbers tell the columns; where two names meet without a number between them, nobody can tell for
certain, so the likeliest parting is taken and a person is asked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice, pairwise, product
from math import comb

from handbill.clean.evidence import Evidence
from handbill.model import Doubt, Gap, Line

_MARK = re.compile(
    r"(?P<mark>[({\[]?(?!0\D)(?P<number>\d{1,3}|\d{4}(?=[.)]\s))(?:\s?[.,:;)}\]](?!\d)|(?=\s+[^\W\d_])))"
    r"(?:\s*[|!—~_-](?=\s))?\s*(?P<text>\S.*)"
)
_INSIDE = re.compile(r"(?<=\s)(?P<mark>\(?(?P<number>\d{1,3})\s?[.:)])(?:\s*[|!—~_-](?=\s))?(?=\s+\S|$)")
_INSIDE_COMMA = re.compile(r"(?<=\s)(?P<mark>[._|'’~-]{0,3}(?P<number>\d{1,3})(?:,|\s?[.:)]))(?=\s+[A-ZÀ-Þ«“\"¿¡])")
"""The same with a comma, or with dirt before it: a number only where the list goes on with it."""

_NOISE = re.compile(r"[-–—_|'‘’“.,~°*:]{1,2}\s?(?=\(?\d{1,3}\s?[.)]\s)")
"""Dirt before a number."""

_SPECKED = re.compile(r"(?P<mark>[^\w\s(«“\"¿¡\[]{0,2}[.,:;]|[°*•·●▪■~_|])\s+(?P<text>\S.*)")
"""A sign where a number or a bullet stands: what is left of it."""

_DASHED = re.compile(r"(?P<mark>[-–—~_=]{1,2})\s+(?P<text>[A-ZÀ-Þ«“\"¿¡].*)")
"""A dash there: of a number, if signs are left of the numbers around; else the name goes on with it."""

_NUMBER_BEHIND = re.compile(r"(?P<text>\S.*[^\W\d_].*?)\s+(?P<mark>(?P<number>\d{1,3})[.)])")
"""A number of a column that was read with a name on its left."""

_STOPPED = re.compile(r"\W{0,2}\d{1,4}\s?[.,:;)]")
"""A number as those of a list are set."""

_BARE = re.compile(r"(?:[-–—_|]\s?)?\(?(?P<number>\d{1,3})\s?[.,:;)]?")
DOTTED = re.compile(r"(?P<mark>[.,:;])\s+(?P<text>\S.*)")
_ODD = re.compile(r"(?P<mark>[^\W_]{1,3}[.,:;)]?)\s+(?P<text>[^\W\d_].*)")
_GLUED = re.compile(r"(?P<mark>\d{1,3})(?P<text>[A-ZÀ-Þ][a-zß-ÿ].*)")
"""A number that lost its stop and the space before a name."""

_FIGURES = str.maketrans("OoIil|ZzSsGbBgq", "001111225566899")
"""Letters that print like figures, as read and as meant."""

_ODD_NUMBER = re.compile(r"(?=.*\d)\w{1,3}[.,:;)]")
ODD_BARE = re.compile(r"\S{1,4}")

_ODD_HEAD = re.compile(r"(?P<mark>[^\WA-Z_]{1,2}|[A-Z]|[^\W_]{1,3}[.,:;)])\s+(?P<text>[A-ZÀ-Þ].*)")
"""What stands in the place of a number before a name: a letter or two, or a few with a stop."""

_WORDS = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_BEHIND_COMMA = re.compile(r", [^\W\d_]+$")

LONGEST_SMALL = 3
"""Letters of small words such as "of" and "del" at most."""

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

MOST_WAYS_KEPT = 60
"""Ways to part the lines of a list that are followed at once."""

MOST_WAYS = 2_000
"""Ways to part a line that are weighed; a line with more of them is longer than any printed one."""

FIRST_LINES = (5.0, 2.7, 1.3, 1.2, 1.6, 2.2, 3.4, 5.0)
NEXT_LINES = (0.6, 1.8, 2.4, 2.5, 3.0, 3.2, 3.4, 4.6)
"""How unlikely it is that so many words stand in the first line of a name, or in one that goes on with it: minus
the logarithms of their shares in scanned lists of known names. More words are as unlikely as the most given."""

WORDS = 0.6
"""What is left of that beside what the words tell."""

EMPTY, EMPTY_BELOW_GAP = 1.8, 0.9
"""How unlikely it is that a column has no words in a line above its last number, alone or below a gap."""

SURE = 3.5
"""How much likelier than the next one a place must be for two columns to part there without a question."""


NARROW, WIDE = "iljtfrI.,:;'’|!()[]-", "mwMWŒœÆæ—"
"""Letters of about half a letter's width, and of one and a half, in any face but a typewriter's."""


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


def printed_width(text: str) -> float:
    """About how wide a text is in print, in letters.

    >>> printed_width("ill"), printed_width("mow")
    (1.5, 4.0)
    """
    return sum(
        0.5 if sign in NARROW else 1.5 if sign in WIDE else 1.2 if sign.isupper() else 0.6 if sign == " " else 1.0
        for sign in text
    )


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
    across = _read_across(lines)
    counted = frozenset(number for line in lines for number in numbers_in(line.text))
    near = counted | {int(match["number"]) for line in lines if (match := _NUMBER_BEHIND.fullmatch(line.text))}
    behind = frozenset(number for number in near - counted if number - 1 in near or number + 1 in near)
    while position < len(lines):
        stop = _columns_end(lines, position, across) if across else position
        if stop == position:
            cells += one_column(lines[position], behind)
            position += 1
            continue
        columns = _Columns(lines[position:stop], across, evidence)
        cells += columns.cells()
        doubts += columns.doubts
        position = stop
    return _odd_marks_read(cells, evidence), doubts


def _read_across(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers inside lines with which the list goes on; others are figures in names: "Section 7. Committee".

    Where it is just one, those before and after it must stand elsewhere.
    """
    read = [numbers_in(line.text) for line in lines]
    heads = {numbers[0] for numbers in read if numbers}
    most = sum(map(len, read)) + FARTHEST
    plain = {number for numbers in read for number in numbers[1:]}
    odd = {int(match["number"]) for line in lines for match in _INSIDE_COMMA.finditer(line.text)}
    everywhere = heads | plain | odd
    inside = {number for number in plain | odd if number not in heads and 1 <= number <= most}
    fitting = {
        number
        for number in inside
        if (number == 1 or number - 1 in everywhere)
        and (number + 1 in everywhere or number > max(heads, default=0))
    }
    return frozenset(inside if len(inside & plain) > 1 else fitting)


def one_column(line: Line, behind: Set[int] = frozenset()) -> list[Cell]:
    """The cell of a line that has one column; and the number behind it, if it may be one of a column."""
    bare, mark, dot = _BARE.fullmatch(line.text), _marked(line.text), _SPECKED.fullmatch(line.text)
    if bare:
        return [Cell(line, "", line.text, int(bare["number"]), begins=True)]
    if mark:
        return [Cell(line, mark["text"], _before(line.text, mark["text"]), int(mark["number"]), begins=True)]
    if dot:
        return [Cell(line, dot["text"], dot["mark"], begins=True)]
    last = _NUMBER_BEHIND.fullmatch(line.text)
    if last and int(last["number"]) in behind:
        aside = Cell(line, "", last["mark"], int(last["number"]), begins=True, whole=False)
        return [aside, Cell(line, last["text"], whole=False)]
    return [Cell(line, line.text)]


def _marked(text: str) -> re.Match[str] | None:
    """The number that a line begins with, and its name; dirt may stand before it."""
    return _MARK.fullmatch(text) or _MARK.fullmatch(_NOISE.sub("", text, count=1) if _NOISE.match(text) else "")


def _before(text: str, name: str) -> str:
    """What stands before the name that ends a text."""
    return text.removesuffix(name).rstrip()


def _columns_end(lines: Sequence[Line], start: int, across: Set[int]) -> int:
    """Where the lines that hold several columns end; `start` itself where none begins there.

    A name of them may go on in a few lines below the last that holds several.
    """
    if len(_rows(lines[start].text, across)) < 2:
        return start
    last, rows, stop = start, 1, start + 1
    while stop < len(lines) and not (lines[stop].gap is Gap.PAGE or _BARE.fullmatch(lines[stop].text)):
        if len(_rows(lines[stop].text, across)) > 1:
            last, rows = stop, rows + 1
        stop += 1
    if rows == 1 and not any(piece.number in across for piece in _rows(lines[start].text, across)[1:]):
        return start
    apart = sum(line.gap is not Gap.NONE for line in lines[start : last + 1]) > (last + 1 - start) / 2
    for below in range(last + 1, min(stop, last + LONGEST_NAME)):
        text = lines[below].text
        may_go_on = apart or _STOPPED.match(text) or text[0].islower() or text[0] in "(–—-"
        if lines[below].gap is not Gap.NONE and not may_go_on:
            return below
    return min(stop, last + LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a line that begins with a number, or the line's beginning without one."""

    text: str
    mark: str = ""
    number: int | None = None


def _rows(text: str, across: Set[int]) -> list[_Piece]:
    """A line cut before every number in it that can be one of a list."""
    if len(_INSIDE.findall(text)) >= MOST_COLUMNS:
        return [_Piece(text)]
    first = _marked(text)
    begun = len(text) - len(first["text"]) if first else 0
    plain = {match.end("mark"): match for match in _INSIDE.finditer(text)}
    odd = {match.end("mark"): match for match in _INSIDE_COMMA.finditer(text) if int(match["number"]) in across}
    inside = [match for _, match in sorted((plain | odd).items()) if match.start() >= begun]
    inside = [match for match in inside if match.end() < len(text) or first]
    pieces: list[_Piece] = []
    end = inside[0].start() if inside else len(text)
    head = text[:end].strip()
    if head:
        match = _marked(head) or (_BARE.fullmatch(head) if inside else None)
        dot = None if match else _SPECKED.fullmatch(head)
        if match:
            name = match.groupdict().get("text") or ""
            pieces.append(_Piece(name, _before(head, name), int(match["number"])))
        else:
            pieces.append(_Piece(dot["text"], dot["mark"]) if dot else _Piece(head))
    ends = [*(match.start() for match in inside[1:]), len(text)]
    for match, stop in zip(inside, ends, strict=False):
        words = text[match.end() : stop].strip(" |")
        pieces.append(_Piece(words, match["mark"], int(match["number"])))
    return pieces


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to part the lines so far.

    Attributes:
        cost: How unlikely it is.
        names: The name that stands last in each column, as far as it was read.
        ends: Its last line.
        parted: For each line, the words of each column.
    """

    cost: float
    names: tuple[str, ...]
    ends: tuple[str, ...]
    parted: tuple[tuple[str, ...], ...] = ()


class _Columns:
    """Lines in which several columns stand side by side.

    All lines are parted together: whether a word goes on with a name shows in the next line of its column.
    """

    def __init__(self, lines: Sequence[Line], across: Set[int], evidence: Evidence) -> None:
        self._lines = lines
        self._evidence = evidence
        self._rows = _with_odd_heads([_rows(line.text, across) for line in lines])
        self._count = max(len([piece for piece in row if piece.mark]) for row in self._rows)
        expected: list[int | None] = [None] * self._count
        self._marked = [self._placed(row, expected) for row in self._rows]
        self._width = self._measured()
        here = {line.text for line in lines}
        elsewhere = (text.casefold().split() for text in evidence.texts if text not in here)
        self._ends = [
            max((at for at, marked in enumerate(self._marked) if home in marked), default=0)
            for home in range(self._count)
        ]
        self._pairs = frozenset(chain.from_iterable(pairwise(words) for words in elsewhere))
        ways = self._parted()
        self._best = ways[0]
        self.doubts = [doubt for at in range(len(lines)) if (doubt := self._doubt(at, ways))]

    def cells(self) -> list[Cell]:
        """Column after column; or line after line, where the numbers count so."""
        columns: list[list[Cell]] = [[] for _ in range(self._count)]
        for line, marked, parts in zip(self._lines, self._marked, self._best.parted, strict=True):
            for home, part in enumerate(parts):
                piece = marked.get(home)
                if piece:
                    columns[home].append(Cell(line, part, piece.mark, piece.number, begins=True, whole=False))
                elif part:
                    columns[home].append(Cell(line, part, whole=False))
        cells = [cell for column in columns for cell in column]
        numbers = [[piece.number or 0 for piece in row if piece.mark] for row in self._rows]
        steps = [right - left for row in numbers for left, right in pairwise(row)]
        if 2 * steps.count(1) <= len(steps):
            return cells
        starts = [position for position, cell in enumerate(cells) if cell.begins or not position]
        names = [cells[start:stop] for start, stop in pairwise([*starts, len(cells)])]
        return [cell for name in sorted(names, key=lambda name: name[0].line.first) for cell in name]

    def _measured(self) -> float:
        """The widest that a column is known to be, in print: where nothing but its own words can stand in it."""
        widths = [
            printed_width(piece.text)
            for marked in self._marked
            for home, piece in marked.items()
            if home + 1 == self._count or home + 1 in marked
        ]
        if not widths:
            widths = [max(printed_width(line.text) for line in self._lines) / self._count]
        return max(widths)

    def _placed(self, row: Sequence[_Piece], expected: list[int | None]) -> dict[int, _Piece]:
        """The numbers of a line by the columns they belong to."""
        marked = [piece for piece in row if piece.mark]
        homes = self._homes(marked, expected, 0 if row[0].mark else 1)
        for piece, home in zip(marked, homes, strict=True):
            if piece.number is not None and (
                expected[home] is None or piece.number - (expected[home] or 0) in (0, 1)
            ):
                expected[home] = piece.number + 1
            elif expected[home] is not None:
                expected[home] = (expected[home] or 0) + 1
        return dict(zip(homes, marked, strict=True))

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

    def _parted(self) -> list[_Way]:
        """The likeliest ways to part the lines, the best one first."""
        ways = [_Way(0.0, ("",) * self._count, ("",) * self._count)]
        for at, (row, marked) in enumerate(zip(self._rows, self._marked, strict=True)):
            partings = list(self._partings(row, marked))
            ways = sorted(
                (self._gone_on(way, parts, marked, at) for way in ways for parts in partings),
                key=lambda way: way.cost,
            )[:MOST_WAYS_KEPT]
        return sorted(
            (replace(way, cost=way.cost + sum(map(self._cost_of_end, way.names))) for way in ways),
            key=lambda way: way.cost,
        )

    def _partings(self, row: Sequence[_Piece], marked: Mapping[int, _Piece]) -> Iterator[tuple[str, ...]]:
        """Every way to part a line: what stands after a number is its column's, and may be of those after it."""
        homes = sorted(marked)
        lead = row[0].text if not row[0].mark else ""
        texts = [(range(0, homes[0] if homes else self._count), lead)]
        texts += [(range(home, below), marked[home].text) for home, below in pairwise([*homes, self._count])]
        choices = []
        for columns, text in texts:
            words, open_columns = text.split(), len(columns)
            while open_columns > 1 and comb(len(words) + open_columns - 1, open_columns - 1) > MOST_WAYS:
                open_columns -= 1
            empty = [""] * (len(columns) - open_columns)
            choices.append(
                [[*(" ".join(part) for part in parts), *empty] for parts in _partings(words, open_columns)]
                if columns
                else [[]]
            )
        for pieces in islice(product(*choices), MOST_WAYS):
            yield tuple(chain.from_iterable(pieces))

    def _gone_on(self, way: _Way, parts: Sequence[str], marked: Mapping[int, _Piece], at: int) -> _Way:
        """The way with one line more."""
        cost = way.cost
        names, ends = list(way.names), list(way.ends)
        for home, part in enumerate(parts):
            begins = home in marked
            if begins:
                cost += self._cost_of_end(names[home]) + 3.0 * (not part)
                cost += cost_of_words(part, FIRST_LINES) if part else 0.0
                names[home], ends[home] = part, part
            elif part:
                cost += self._cost_of_going_on(names[home], ends[home], part)
                names[home], ends[home] = _gone_on(names[home], part), part
            elif names[home] and at < self._ends[home]:
                cost += EMPTY if self._lines[at].gap is Gap.NONE else EMPTY_BELOW_GAP
            cost += 8.0 * max(0.0, printed_width(part) / max(self._width, 1.0) - 1.02)
        for home in range(1, self._count):
            left, right = parts[home - 1].split(), parts[home].split()
            if home not in marked and right:
                cost += 1.5 * (bool(left) and self._stand_together(left[-1], right[0]))
                cost += 0.8 * (not left and home - 1 not in marked)
        return _Way(cost, tuple(names), tuple(ends), (*way.parted, tuple(parts)))

    def _cost_of_end(self, name: str) -> float:
        """How unlikely it is that a name ends so."""
        asks = asks_for_more(name, self._evidence) or ends_small(name)
        bare = 3.0 * bool(re.search(r"(?<!\S)[a-zß-ÿ]{1,3} \(", name))  # "of the (Norrland)"
        beyond = 1.5 * bool(re.search(r"\)\s+\S", name))
        return 4.0 * asks + 2.0 * (name.count("(") < name.count(")")) + bare + beyond

    def _cost_of_going_on(self, name: str, end: str, part: str) -> float:
        """How unlikely it is that a name goes on with these words in its next line."""
        if not name:
            return 6.0
        words = part.split()
        cost = cost_of_words(part, NEXT_LINES)
        room = 1.0 - printed_width(f"{end} {words[0]}") / max(self._width, 1.0)
        cost += 12.0 * max(0.0, room - 0.03)
        together = self._stand_together(name.split()[-1], words[0])
        cost += -1.5 * together or 2.0 * (_is_small(words[0]) and _is_small(name.split()[-1]))
        whole = f"{name} {part}"
        cost += 1.5 * bool(re.search(r"\)\s+\S", whole)) + 2.0 * (whole.count("(") > 1)
        return cost - 2.0 * any(is_acronym_of(word, whole) for word in words)

    def _stand_together(self, word: str, following: str) -> bool:
        """Whether two words stand one after the other elsewhere in the text."""
        return (word.casefold(), following.casefold()) in self._pairs

    def _doubt(self, at: int, ways: Sequence[_Way]) -> Doubt | None:
        """What is asked about a line that may as well be parted otherwise."""
        parts = self._best.parted[at]
        other = next((way for way in ways if way.parted[at] != parts), None)
        if other is None or other.cost - self._best.cost >= SURE:
            return None
        said = " | ".join(part for part in parts if part)
        reason = f"Columns meet in this line, most likely so: “{said}”. Retype the names that go on here."
        return Doubt(self._lines[at].lines, self._lines[at].text, reason)


def _gone_on(name: str, part: str) -> str:
    """A name with the words of its next line; a word that was cut at the line's end is one word."""
    return f"{name}{part}" if re.search(r"[^\W\d_]-$", name) and part[0].islower() else f"{name} {part}".strip()


def cost_of_words(text: str, unlikely: Sequence[float]) -> float:
    """How unlikely it is that a line has so many words."""
    return WORDS * unlikely[min(len(text.split()), len(unlikely)) - 1]


def _is_small(word: str) -> bool:
    """Whether a word is one such as "of" or "del"."""
    return word.islower() and len(word) <= LONGEST_SMALL


def _with_odd_heads(rows: Sequence[list[_Piece]]) -> list[list[_Piece]]:
    """The lines; where as many numbers are missing in the first column as lines begin oddly, these begin names."""
    made = list(rows)
    above, odd = 0, list[int]()
    for at, row in enumerate(rows):
        match = None if row[0].mark else _ODD_HEAD.fullmatch(row[0].text)
        number = row[0].number or 0
        if match:
            odd.append(at)
        elif row[0].mark and number > above:
            if odd and len(odd) == number - above - 1:
                for missing, place in enumerate(odd, above + 1):
                    head = _ODD_HEAD.fullmatch(rows[place][0].text)
                    assert head
                    made[place] = [_Piece(head["text"], head["mark"], missing), *rows[place][1:]]
            above, odd = number, []
    return made


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
    return opened(text) > 0 or last in ("—", "–", "&") or last.endswith((",", "-"))


def opened(text: str) -> int:
    """How many brackets more a text opens than it closes; a scanner reads round ones as curly ones."""
    return len(re.findall(r"[({]+", text)) - len(re.findall(r"[)}]+", text))


def ends_small(text: str) -> bool:
    """Whether the last word alone is in small letters, as no name in capitals ends: "Network against".

    A word behind a comma says what somebody is, and ends a name: "Ana Ruiz, lawyer".
    """
    *others, last = _WORDS.findall(text) or [""]
    if text[-1:].isdigit():
        return False
    long = [word for word in others if len(word) > 3]
    alone = bool(long) and not any(word.islower() for word in long) and not _BEHIND_COMMA.search(text)
    return last.islower() and (len(last) <= 3 or alone)


def _has_odd_mark(text: str, evidence: Evidence) -> bool:
    """Whether a name begins with what a number may have been read as, and not with a word: "Red", "Los".

    A small letter with a stop behind it begins no name.
    """
    match = _ODD.fullmatch(text)
    if match is None:
        return False
    mark = match["mark"]
    lone = len(mark) == 2 and mark[0].islower() and mark[1] in ".,:;)"
    return lone or evidence.lexicon.zipf(mark.casefold()) < COMMON_WORD


def _odd_marks_read(cells: Sequence[Cell], evidence: Evidence) -> list[Cell]:
    """Cells whose number was read as something else: in a column of numbers, or where just one is missing.

    Between two numbers that follow each other none is missing, and a few letters are part of a name.
    """
    made = list(cells)
    for position, cell in enumerate(cells):
        above = made[position - 1] if position else None
        below = cells[position + 1] if position + 1 < len(cells) else None
        if (
            ODD_BARE.fullmatch(cell.text)
            and above
            and above.is_bare
            and (not below or below.is_bare or below.begins or _ODD_NUMBER.fullmatch(cell.text))
            and not (below and above.number and below.number == above.number + 1)
        ):
            made[position] = replace(cell, text="", mark=cell.text, begins=True)
            continue
    made = dashes_read(made)
    begun = [-1, *(position for position, cell in enumerate(made) if cell.begins and cell.number)]
    for start, stop in pairwise(begun):
        low = made[start].number or 0 if start >= 0 else 0
        missing = range(low + 1, made[stop].number or 0)
        like = dict(_like_figures(made, range(start + 1, stop), missing))
        odd = [
            position
            for position in range(start + 1, stop)
            if position in like or _has_odd_mark(made[position].text, evidence)
        ]
        if odd and len(odd) == len(missing):
            like = dict(zip(odd, missing, strict=True))
        for position, number in like.items():
            text = made[position].text
            match = _ODD.fullmatch(text) or _GLUED.fullmatch(text)
            assert match
            made[position] = replace(
                made[position], text=match["text"], mark=match["mark"], number=number, begins=True
            )
    return made


def _like_figures(cells: Sequence[Cell], places: range, missing: range) -> Iterator[tuple[int, int]]:
    """Cells that begin with a missing number, in order: its figures read as letters, or touching the name."""
    low = missing.start
    for position in places if len(missing) else ():
        text = cells[position].text
        match = _GLUED.fullmatch(text) or _ODD.fullmatch(text)
        mark = match["mark"] if match else ""
        figures = mark.rstrip(".,:;)").translate(_FIGURES)
        apart = mark[-1:] in ".,:;)" or mark.isdigit() or (mark.islower() and text[len(mark) + 1].isupper())
        if apart and figures.isdecimal() and low <= int(figures) < missing.stop:
            yield position, int(figures)
            low = int(figures) + 1


def dashes_read(cells: Sequence[Cell]) -> list[Cell]:
    """The cells; a dash before a name is what is left of a number where signs are left of those around it."""
    made = list(cells)
    for positions in (range(len(made)), reversed(range(len(made)))):
        above = None
        for position in positions:
            cell = made[position]
            match = None if cell.begins else _DASHED.fullmatch(cell.text)
            if match and above and above.text and above.number is None:
                made[position] = replace(cell, text=match["text"], mark=match["mark"], begins=True)
            if made[position].begins:
                above = made[position]
    return made
