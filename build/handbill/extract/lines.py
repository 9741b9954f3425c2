"""Lines: the characters of a page with their places become lines and blocks.

In: the lines of each page in the order of its text. Out: how they are set, and the blocks that they make, parted by
what a reader sees: a gap larger than the pitch of the text, an indent, type of another size or weight, the mark of
a note, a line that ends before the next word would no longer fit.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import quantiles

from handbill.extract.numerals import BULLET, raised
from handbill.numbering import marker

LARGER, SMALLER = 1.15, 0.95
"""How much larger than the text the title is, and how much smaller the notes are."""

OTHER_SIZE = 0.1
"""Share by which the type of two lines differs if it is of two sizes."""

GAP = 1.2
"""Multiple of the pitch of the text from which two lines have a gap between them."""

LOOSE = 1.5
"""Multiple of its size to which the pitch of type of another size than that of the text may go."""

INDENT = 0.6
"""Ems from which a line is indented; its edge is that of the lines that begin up to so many ems from it:"""

NEAR = 4

FEWEST_FULL = 3
"""Lines that reach the edge, from which what follows them tells the pitch."""

SHORT = 0.1
"""Share of the measure that a line which was ended by hand leaves at least, beside the room for the next word."""

MOST_SHORT = 0.05
"""Share of sentences broken before the edge from which the ends of lines tell nothing: the text came so."""

LONGEST_WORD = 16
"""Characters of which room for the next word is asked at most: some scripts have no spaces."""

_FIGURE = re.compile(r"(?:(?P<plain>\d{1,3})|(?P<raised>[⁰¹²³⁴-⁹]{1,3}))(?=[.)]?\s?\D)")
_NUMBER = re.compile(r"\(?\d{1,4}[.)](?!\d)")
_CALLS = re.compile(r"(?<=\S)[⁰¹²³⁴-⁹]+")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: where it begins and ends, its base line, the size of its type, in points; turn and weight."""

    char: str
    left: float
    right: float
    base: float
    size: float
    turn: int
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """Characters on one base line."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def size(self) -> float:
        """The size of most of its type."""
        return Counter(round(each.size, 1) for each in self.glyphs).most_common(1)[0][0]

    @cached_property
    def base(self) -> float:
        """The base line of most of it."""
        return Counter(round(each.base, 1) for each in self.glyphs).most_common(1)[0][0]

    @cached_property
    def left(self) -> float:
        """Where its ink begins on the page, in points."""
        return min(each.left for each in self.glyphs if not each.char.isspace())

    @cached_property
    def right(self) -> float:
        """Where its ink ends."""
        return max(each.right for each in self.glyphs if not each.char.isspace())

    @property
    def turn(self) -> int:
        """By how many degrees it is turned, to five."""
        return self.glyphs[0].turn

    @cached_property
    def bold(self) -> bool | None:
        """Whether its letters are bold; None where some are."""
        letters = [each.bold for each in self.glyphs if each.char.isalpha()]
        return all(letters) if letters and all(letters) == any(letters) else None

    @cached_property
    def text(self) -> str:
        """Its words; raised figures as such, and a space wherever there is room for one."""
        size, base = self.size, self.base
        written: list[str] = []
        for before, each in zip((None, *self.glyphs), self.glyphs, strict=False):
            is_apart = before is not None and each.left - before.right > 0.25 * size
            if before and is_apart and not (before.char.isspace() or each.char.isspace()):
                written.append(" ")
            is_raised = each.char in "0123456789" and each.size < 0.8 * size and each.base > base + 0.1 * size
            written.append(raised(int(each.char)) if is_raised else each.char)
        return _with_bullet("".join(written).strip())

    @cached_property
    def first_word(self) -> float:
        """The width of its first word in points."""
        word: list[Glyph] = []
        for each in self.glyphs[:LONGEST_WORD]:
            if each.char.isspace():
                break
            word.append(each)
        return max(each.right for each in word) - min(each.left for each in word) if word else 0


def _with_bullet(text: str) -> str:
    """A sign of a font of signs that begins a line is a bullet."""
    return f"{BULLET} {text[1:].lstrip()}" if unicodedata.category(text[:1] or " ") == "Co" else text


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set.

    Attributes:
        size: The size of most of its type, in points.
        leading: The distance of two lines of a paragraph, as a multiple of the size of the type.
        calls: The raised figures in its lines.
        lines: Those of its lines that are set in this size.
        backwards: Whether lines begin at the right.
        fills: Whether a line goes on as long as the next word fits.
    """

    size: float
    leading: float
    calls: frozenset[str]
    lines: tuple[Line, ...] = ()
    backwards: bool = False
    fills: bool = False

    def is_note(self, line: Line) -> bool:
        """Whether a line begins a note: a figure that is called somewhere, raised or before smaller type."""
        text = line.text
        return called(text) in self.calls and (not text[0].isdecimal() or line.size < SMALLER * self.size)

    def written(self, line: Line) -> str:
        """The words of a line; the figure of a note is raised, so that nobody takes it for that of a list."""
        figure = _FIGURE.match(line.text) if self.is_note(line) else None
        return f"{called(line.text)} {line.text[figure.end() :].lstrip('.) ')}" if figure else line.text

    def is_text(self, line: Line) -> bool:
        """Whether a line is in the size of most of the type."""
        return abs(line.size - self.size) <= OTHER_SIZE * self.size

    def start(self, line: Line) -> float:
        """Where a line begins, counted in the direction of reading, in points."""
        return -line.right if self.backwards else line.left

    def end(self, line: Line) -> float:
        """Where it ends, counted alike."""
        return -line.left if self.backwards else line.right

    def is_short(self, upper: Line, lower: Line) -> bool:
        """Whether the first word of the lower line had found room in the upper one, and much room beside."""
        start = self.start(upper)
        edge = max(
            (self.end(each) for each in self.lines if abs(self.start(each) - start) < NEAR * self.size),
            default=self.end(upper),
        )
        room = edge - self.end(upper)
        return room > max(lower.first_word + 1.3 * self.size, SHORT * (edge - start))


def calls_in(text: str) -> list[str]:
    """The raised figures in a text."""
    return _CALLS.findall(text)


def called(text: str) -> str:
    """The figure that a line begins with, raised; empty where it begins with none."""
    match = _FIGURE.match(text)
    return (raised(int(match["plain"])) if match["plain"] else match["raised"]) if match else ""


def setting_of(pages: Sequence[Sequence[Line]]) -> Setting:
    """How the pages of a document are set."""
    sizes = Counter(line.size for lines in pages for line in lines for _ in line.glyphs)
    letters = Counter(
        unicodedata.bidirectional(glyph.char) in ("R", "AL")
        for lines in pages
        for line in lines
        for glyph in line.glyphs
        if glyph.char.isalpha()
    )
    calls = frozenset(call for lines in pages for line in lines for call in calls_in(line.text))
    bare = Setting(sizes.most_common(1)[0][0] if sizes else 0, 0, calls, (), letters[True] > letters[False])
    text = tuple(line for lines in pages for line in lines if bare.is_text(line))
    measured = Setting(bare.size, 0, calls, text, bare.backwards)
    pairs = [pair for lines in pages for pair in pairwise(lines) if all(map(bare.is_text, pair))]
    going_on = [measured.is_short(*pair) for pair in pairs if _is_cut(*pair)]
    fills = bool(going_on) and sum(going_on) <= MOST_SHORT * len(going_on)
    return Setting(bare.size, _leading(pairs, measured), calls, text, bare.backwards, fills)


def _is_cut(upper: Line, lower: Line) -> bool:
    """Whether a sentence surely goes on from one line to the next."""
    return lower.text[:1].islower() and upper.text[-1:] not in ".:;,"


def _leading(pairs: Iterable[tuple[Line, Line]], setting: Setting) -> float:
    """The pitch of the text, as a multiple of its size.

    A paragraph mostly goes on below a line that reaches the edge, so the commonest step there is the pitch. Where
    there are next to no such lines, as in a list of names, it is the smallest that is not rare.
    """
    steps = [
        (round(step, 2), not setting.is_short(upper, lower))
        for upper, lower in pairs
        if 0.8 < (step := (upper.base - lower.base) / setting.size) < 3
    ]
    full = Counter(step for step, is_full in steps if is_full)
    if full.total() >= FEWEST_FULL:
        most = max(full.values())
        return min(step for step, count in full.items() if count == most)
    return quantiles([step for step, _ in steps], n=5)[0] if len(steps) > 1 else 1.2


def blocks_of(lines: Sequence[Line], setting: Setting) -> list[list[Line]]:
    """The lines of a page, parted into blocks."""
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and not _begins_block(blocks[-1], line, setting):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _begins_block(block: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Whether a line below a block does not belong to it."""
    upper = block[-1]
    step = (upper.base - line.base) / max(upper.size, line.size)
    pitch = GAP * setting.leading
    if not setting.is_text(line):
        pitch = max(pitch, LOOSE)
    return (
        step < 0
        or step > pitch
        or abs(upper.size - line.size) > OTHER_SIZE * upper.size
        or setting.is_note(line)
        or (upper.bold is not None and line.bold is not None and upper.bold != line.bold)
        or _is_indented(block, line, setting)
        or _is_ended(upper, line, setting)
    )


def _is_indented(block: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Whether a line begins elsewhere than those of the block, so that it is none of them.

    A first line may stand in or out: the second one tells where the others begin.
    """
    first, last = setting.start(block[0]), setting.start(block[-1])
    by = setting.start(line) - last
    least = INDENT * setting.size
    if len(block) == 1:
        return by < -least and is_item(block[0].text)
    if by > least:
        return last <= first
    return by < -least and (is_item(block[0].text) or abs(last - setting.start(block[-2])) < least)


def is_item(text: str) -> bool:
    """Whether a line begins an item of a list."""
    return bool(marker(text)[0] or _NUMBER.match(text))


def _is_ended(upper: Line, lower: Line, setting: Setting) -> bool:
    """Whether a line was ended by hand or by its paragraph: there was room for the next word."""
    if not setting.fills or not (setting.is_text(upper) and setting.is_text(lower)):
        return False
    return not (lower.text[:1].islower() or is_item(lower.text)) and setting.is_short(upper, lower)


def title_of(pages: Sequence[Sequence[Line]], setting: Setting) -> str:
    """The lines in the largest type of the first page, where it is larger than the text and they are together."""
    if not pages:
        return ""
    largest = max(line.size for line in pages[0])
    places = [at for at, line in enumerate(pages[0]) if line.size == largest]
    if largest < LARGER * setting.size or places[-1] - places[0] >= len(places):
        return ""
    return " ".join(pages[0][at].text for at in places)
