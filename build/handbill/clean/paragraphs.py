"""Numbers that stand apart from their paragraphs.

In: the lines of a text. Out: the lines with each paragraph's number before it. Numbers that hang in a margin are a
column of their own to a scanner: it reads them above the paragraphs, misreads them, or not at all. They count
up, so where as many paragraphs stand between two numbers as are missing between them, each has its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, takewhile, zip_longest

from handbill.clean.evidence import TERMINAL, Evidence
from handbill.model import Gap, Line
from handbill.numbering import BULLETED, LETTERED, NOTE, names_run

_NUMBERED = re.compile(r"(?P<number>\d{1,3})(?P<stop>[.)])\s(?P<text>\S.*)")
_BARE = re.compile(r"(?P<number>\d{1,3})[.,:;)]")
_MISREAD = re.compile(r"[^\W_]{1,3}[.,:;)]?|[|!]{1,2}[.,:;)]?")
_NOTE_BELOW = re.compile(r"(?:\d{1,2}|[^\w\s«“\"'‘(¿¡•–—-]{1,2})\s+\S")
_ENDS_ITEM = re.compile(r"[;,](?:\s[^\W\d_]{1,3})?$")
"""What an item ends with that is not the last one: a semicolon, and "and" after it."""

_PARTS_ITEMS = re.compile(r";(?:\s[^\W\d_]{1,3})?$")
"""The same for one that has no mark: a comma ends too much."""

MOST_ITEMS, NEAR = 20, 4
"""Items of a list without marks at most; blocks below its items among which one that begins with a small letter is
one of them, in another order."""

LONGEST_HEADING = 12
"""Words of a line without a stop that is a heading, and no paragraph."""

COMMON_WORD = 5.5
"""Zipf frequency from which up to three letters by themselves are a word, and no number that was misread."""

LONGEST_LEAD = 2
"""Lines of what ends with a colon and leads to items."""

FEWEST_ITEMS = 2
"""Items of a list that lost their marks."""

LEAST_ALIKE = 3
"""Letters of a word that begins each of some items."""


@dataclass(slots=True)
class _Block:
    """Lines that the scan sets apart and that hold whole sentences; it grows by a line where it goes on.

    Attributes:
        at: Positions of its lines.
        text: Its first line without its number; empty where it is a number, or what may be one, and nothing else.
        number: The number that it begins with, or is.
        last: Its last line.
    """

    at: list[int]
    text: str
    number: int | None
    last: str

    def go_on(self, at: int, line: Line) -> None:
        """Take a line in."""
        self.at.append(at)
        self.last = line.text

    @property
    def ends(self) -> bool:
        """Whether a sentence or an item ends with its last line."""
        return bool(TERMINAL.search(self.last) or _ENDS_ITEM.search(self.last))

    @property
    def heads(self) -> bool:
        """Whether it is a short line without a stop, or one that leads to what is below it."""
        few = len(self.at) == 1 and len(self.text.split()) <= LONGEST_HEADING
        leads = self.last.endswith(":") and self.number is None
        return bool(self.text) and ((few and not self.ends) or (leads and len(self.at) <= LONGEST_LEAD))

    @property
    def is_marked(self) -> bool:
        """Whether it begins with a bullet, a letter or the mark of a note."""
        marks = (BULLETED, LETTERED, NOTE)
        return any(mark.fullmatch(self.text) for mark in marks)

    @property
    def counts(self) -> bool:
        """Whether it is a paragraph that may have a number: no heading, no item below a paragraph, no note."""
        note = self.number is None and _NOTE_BELOW.match(self.text)
        return bool(self.text) and not (self.heads or self.is_marked or note or self.text[0].islower())

    @property
    def is_open(self) -> bool:
        """Whether what comes next goes on with it, whatever the scan has between."""
        return bool(self.text) and not (self.heads or self.ends)


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A list of which no item has a mark.

    Attributes:
        starts: Positions of the lines that its items begin with.
        stop: The position behind its last line.
    """

    starts: tuple[int, ...]
    stop: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A number that was read, and the paragraph that it belongs to by its place.

    Attributes:
        order: Which paragraph of the text it is.
        number: The number.
        source: The block that has the number; numbers in a row above their paragraphs have the first one's.
    """

    order: int
    number: int
    source: int


def numbered_paragraphs(lines: Sequence[Line], evidence: Evidence) -> tuple[Line, ...]:
    """The paragraphs are numbered, and as many stand between two numbers as are missing, so each has its own."""
    blocks = _blocks(lines, evidence)
    numbers = dict(chain(_counted(blocks), _of_items(blocks), _between_items(blocks)))
    known = {None, *numbers.values()}
    made = list(lines)
    gone: set[int] = set()
    for index, number in numbers.items():
        line = lines[blocks[index].at[0]]
        if blocks[index].number is not None or evidence.is_settled(line.first, line.last, line.text):
            continue
        made[blocks[index].at[0]] = replace(line, text=f"{number}. {line.text}")
        marks = _row_above(blocks, index)
        has_all = all(index + step in numbers for step in range(len(marks)))
        if has_all and known.issuperset(block.number for block in marks):
            gone.update(at for block in marks for at in block.at)
    return tuple(line for at, line in enumerate(_with_gaps(made, gone)) if at not in gone)


def unmarked_items(lines: Sequence[Line], evidence: Evidence) -> list[Unmarked]:
    """Lists without any marks.

    Below a colon, blocks end with a semicolon and the last one with a stop, or all begin with the same word.
    """
    blocks = _blocks(lines, evidence)
    found: list[Unmarked] = []
    for index, block in enumerate(blocks):
        below = blocks[index + 1 : index + 1 + MOST_ITEMS]
        items = _unmarked(below) if block.last.endswith(":") else 0
        if items >= FEWEST_ITEMS:
            listed = below[:items]
            last = next((at for at in listed[-1].at if lines[at].text.endswith(".")), listed[-1].at[-1])
            found.append(Unmarked(tuple(item.at[0] for item in listed), last + 1))
    return found


def _unmarked(blocks: Sequence[_Block]) -> int:
    """How many blocks are items of a list that has lost its marks."""
    plain = list(takewhile(lambda block: block.text and block.number is None and not block.is_marked, blocks))
    if plain and not plain[0].text[0].isalnum():
        return 0  # asked about by itself
    listed = len(list(takewhile(lambda block: _PARTS_ITEMS.search(block.last), plain)))
    if listed and listed < len(plain):
        small = [at for at, block in enumerate(plain[: listed + NEAR]) if block.text[0].islower()]
        return max((listed, *small)) + 1
    first = plain[0].text.partition(" ")[0] if plain else ""
    alike = takewhile(lambda block: block.ends and block.text.startswith(f"{first} "), plain)
    return len(list(alike)) if len(first) >= LEAST_ALIKE else 0


def _with_gaps(lines: Sequence[Line], gone: set[int]) -> Iterator[Line]:
    """The lines, each with the widest gap above it once the others have gone."""
    gap = Gap.NONE
    for at, line in enumerate(lines):
        gap = gap.wider(line.gap)
        yield replace(line, gap=gap)
        gap = gap if at in gone else Gap.NONE


def _may_be_number(text: str, evidence: Evidence) -> bool:
    """Whether a line is what a number may have been read as, and no word."""
    return bool(_MISREAD.fullmatch(text)) and evidence.lexicon.zipf(text.rstrip(".,:;)").lower()) < COMMON_WORD


def _blocks(lines: Sequence[Line], evidence: Evidence) -> list[_Block]:
    """The blocks of the text above the names; numbers inside a sentence are left out."""
    names = names_run([line.text for line in lines])
    found: list[_Block] = []
    above = -1
    for at, line in enumerate(lines[: names.positions[0] if names else len(lines)]):
        apart = line.gap is not Gap.NONE or not found or not found[-1].text
        bare = _BARE.fullmatch(line.text)
        if apart and (bare or _may_be_number(line.text, evidence)):
            found.append(_Block([at], "", int(bare["number"]) if bare else None, ""))
            continue
        match = _NUMBERED.fullmatch(line.text)
        begins = match is not None and (apart or found[above].ends)
        if above >= 0 and not begins and (not apart or found[above].is_open):
            found[above].go_on(at, line)
            del found[above + 1 :]
            continue
        above = len(found)
        words, number = (match["text"], int(match["number"])) if match else (line.text, None)
        found.append(_Block([at], words, number, line.text))
    return found


def _row_above(blocks: Sequence[_Block], index: int) -> list[_Block]:
    """The bare numbers right above a block."""
    above = (blocks[place] for place in range(index - 1, -1, -1))
    return list(takewhile(lambda block: not block.text, above))


def _first_of(marks: Sequence[_Block]) -> int | None:
    """The number that a row of bare ones, the last first, begins with, if those that were read agree."""
    firsts = {block.number - step for step, block in enumerate(reversed(marks)) if block.number is not None}
    return firsts.pop() if len(firsts) == 1 else None


def _counted(blocks: Sequence[_Block]) -> Iterator[tuple[int, int]]:
    """Paragraphs, by their place among the blocks, and the numbers that others about them show to be theirs."""
    counting = [index for index, block in enumerate(blocks) if block.counts]
    anchors = _anchors(blocks, counting)
    linked: list[_Anchor] = []
    for anchor, below in zip_longest(anchors, anchors[1:]):
        linked.append(anchor)
        if below is not None and 0 < below.order - anchor.order == below.number - anchor.number:
            continue
        if len({each.source for each in linked}) > 1:
            first, last = linked[0], linked[-1]
            begins = first.order - first.number + 1
            marks = _row_above(blocks, counting[begins]) if first is anchors[0] and begins >= 0 else []
            has_mark = [block.number for block in marks] in ([None], [1])
            for order in range(begins if has_mark else first.order, last.order + 1):
                yield counting[order], first.number + order - first.order
        linked = []


def _anchors(blocks: Sequence[_Block], counting: Sequence[int]) -> list[_Anchor]:
    """The numbers that were read, in the order of the text."""
    found: list[_Anchor] = []
    for order, index in enumerate(counting):
        number = blocks[index].number
        if number is not None:
            found.append(_Anchor(order, number, index))
            continue
        marks = _row_above(blocks, index)
        first = _first_of(marks)
        if first is not None:
            stop = min(order + len(marks), len(counting))
            found += (_Anchor(each, first + each - order, index) for each in range(order, stop))
    return sorted(found, key=lambda each: each.order)


def _of_items(blocks: Sequence[_Block]) -> Iterator[tuple[int, int]]:
    """Items below a row of as many bare numbers: all end like items, and the last one ends the list."""
    for index, block in enumerate(blocks):
        marks = _row_above(blocks, index) if block.text else []
        first = _first_of(marks)
        items = blocks[index : index + len(marks)]
        if first is None or len(marks) < FEWEST_ITEMS or len(items) < len(marks):
            continue
        *others, last = items
        listed = all(each.text and each.number is None and _ENDS_ITEM.search(each.last) for each in others)
        if listed and last.text and last.number is None and last.last.endswith("."):
            yield from ((index + step, first + step) for step in range(len(marks)))


def _between_items(blocks: Sequence[_Block]) -> Iterator[tuple[int, int]]:
    """Items between two that have their numbers, as many as are missing: a semicolon ends each above the last."""
    numbered = [
        (index, block.number) for index, block in enumerate(blocks) if block.text and block.number is not None
    ]
    for (low, first), (high, last) in pairwise(numbered):
        between = blocks[low + 1 : high]
        listed = all(_PARTS_ITEMS.search(block.last) for block in blocks[low:high])
        plain = all(_begins_with_word(block.text) and not block.is_marked for block in between)
        if between and listed and plain and high - low == last - first:
            yield from ((index, first + index - low) for index in range(low + 1, high))


def _begins_with_word(text: str) -> bool:
    """Whether a text begins with a word, and not with what its number was read as: "4, publish", "S. withdraw"."""
    first = text.partition(" ")[0]
    return first[:1].isalpha() and not (first[-1] in ".,:;)" and _MISREAD.fullmatch(first))
