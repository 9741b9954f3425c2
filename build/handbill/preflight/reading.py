"""Reading: what a PDF says by its structure alone, as a screen reader takes it (ISO 32000-1, 14.7 and 14.8).

In: an opened PDF and what its pages paint. Out: its elements in the order of the text, with the words of each and
the lines they stand in; None where the file has no structure. A file that this program did not make is read too, so
nothing is taken for granted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from handbill.preflight.painted import Font, Painted, Piece, codes_of, is_composite

_DEEPEST = 100
"""Elements within elements that are followed."""

_UNSEEN = re.compile("[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\u200e\u200f\u2066-\u2069]")
_SAME_LINE = 0.4
"""Share of the size of its letters by which a piece may stand higher or lower and be on the same line."""

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What stands for a glyph of which the file does not say what letter it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an element on the page: page, and the words in it."""

    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of content with the words that it says."""

    piece: Piece
    words: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure.

    Attributes:
        role: What it is, by the names of the standard: "P", "H1", "LI".
        said: Its entries Lang, Alt, ActualText and E.
        kids: What it holds, in order.
    """

    role: str
    said: Mapping[str, str]
    kids: list["Element | Content"] = field(default_factory=list)

    @property
    def elements(self) -> "list[Element]":
        """The elements right below it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def all(self, *roles: str) -> "Iterator[Element]":
        """Every element of these roles in it, in order; of any role if none is named."""
        if not roles or self.role in roles:
            yield self
        for kid in self.elements:
            yield from kid.all(*roles)

    @property
    def contents(self) -> Iterator[Content]:
        """All content in it, in order."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            else:
                yield from kid.contents

    @property
    def text(self) -> str:
        """Its words as they are read, one space between two."""
        return one_spaced("".join(self._words()))

    def _words(self) -> Iterator[str]:
        if "ActualText" in self.said:
            yield self.said["ActualText"]
            return
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid.words
            else:
                yield from kid._words()

    @property
    def pages(self) -> list[int]:
        """The pages it stands on, in order."""
        return list(dict.fromkeys(content.piece.page for content in self.contents))

    @property
    def page(self) -> int:
        """The page it begins on; 0 if on none."""
        return next(iter(self.pages), 0)

    @property
    def lines(self) -> list[Line]:
        """The lines its letters stand in, in order."""
        lines: list[list[Content]] = []
        for content in self.contents:
            if content.piece.place is None:
                continue
            if lines and _is_same_line(lines[-1][0].piece, content.piece):
                lines[-1].append(content)
            else:
                lines.append([content])
        return [Line(line[0].piece.page, one_spaced("".join(each.words for each in line))) for line in lines]


def _is_same_line(one: Piece, other: Piece) -> bool:
    if one.place is None or other.place is None or one.page != other.page:
        return False
    return abs(one.place[1] - other.place[1]) < _SAME_LINE * max(one.size, other.size)


def one_spaced(text: str) -> str:
    r"""A text with one space between two words, and without what only steers the layout.

    >>> one_spaced("sixty\u00a0two\n three\u200b")
    'sixty two three'
    """
    return " ".join(_UNSEEN.sub("", text).split())


def read_structure(pdf: Pdf, painted: Painted) -> Element | None:
    """The outermost element of the structure; None where there is none."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary) or "/K" not in root:
        return None
    return _Reader(pdf, painted).read(root)


class Letters:
    """Which letters the glyphs of a file's fonts are, as the fonts say (ISO 32000-1, 9.10.3)."""

    def __init__(self, painted: Painted) -> None:
        self._composite = {key: is_composite(font) for key, font in painted.fonts.items()}
        self._tables = {key: _letters(font) for key, font in painted.fonts.items()}

    def read(self, shown: Sequence[tuple[Font, bytes]]) -> str:
        """The letters of what a piece shows."""
        return "".join(
            self._tables[font].get(code, UNKNOWN)
            for font, string in shown
            for code in codes_of(string, self._composite[font])
        )


class _Reader:
    """Walks the elements; a piece of content is found by its page and number."""

    def __init__(self, pdf: Pdf, painted: Painted) -> None:
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self._pieces = {(piece.page, piece.number): piece for piece in painted.pieces if piece.number is not None}
        self._letters = Letters(painted)
        self._roles: Mapping[str, Object] = {}

    def read(self, root: Object) -> Element:
        """The outermost element: the one there is, or one around several."""
        roles = root.get("/RoleMap")
        self._roles = dict(roles.items()) if isinstance(roles, Dictionary) else {}
        whole = Element("Document", {})
        self._fill(whole, root, 0)
        only = whole.elements
        return only[0] if len(only) == 1 else whole

    def _fill(self, element: Element, node: Object, depth: int) -> None:
        kids = node.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            made = self._kid(kid, node, depth)
            if made is not None:
                element.kids.append(made)

    def _kid(self, kid: Any, node: Object, depth: int) -> "Element | Content | None":
        if isinstance(kid, Dictionary) and "/S" in kid and depth < _DEEPEST:
            element = Element(self._role(kid), _entries(kid))
            self._fill(element, kid, depth + 1)
            return element
        if isinstance(kid, Dictionary) and kid.get("/Type") != Name.MCR:
            return None
        place = kid if isinstance(kid, Dictionary) else node
        page = place.get("/Pg", node.get("/Pg"))
        number = int(kid.MCID) if isinstance(kid, Dictionary) else int(kid)
        piece = self._pieces.get((self._pages.get(page.objgen, 0), number)) if page is not None else None
        return Content(piece, self._words(piece)) if piece else None

    def _role(self, node: Object) -> str:
        role = str(node.S)
        for _ in range(5):  # a role may stand for one that stands for another
            role = str(self._roles.get(role, role))
        return role.lstrip("/")

    def _words(self, piece: Piece) -> str:
        return piece.written if piece.written is not None else self._letters.read(piece.shown)


def _entries(node: Object) -> Mapping[str, str]:
    keys = ("Lang", "Alt", "ActualText", "E")
    return {key: str(node[f"/{key}"]) for key in keys if isinstance(node.get(f"/{key}"), String)}


_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9a-fA-F\s]*)>|(\[)|(\])")


def _letters(font: Object) -> Mapping[int, str]:
    table = font.get("/ToUnicode")
    if not isinstance(table, Stream):
        return {}
    letters: dict[int, str] = {}
    for kind, body in _SECTION.findall(table.read_bytes()):
        _add_letters(letters, kind, body)
    return letters


def _add_letters(letters: dict[int, str], kind: bytes, body: bytes) -> None:
    """Take in a section of a table: pairs of code and letters, or ranges of codes with the first one's letters."""
    tokens = [
        bytes.fromhex(hexed.decode()) if not opens + closes else opens + closes
        for hexed, opens, closes in _TOKEN.findall(body)
    ]
    at = 0
    while at + 1 < len(tokens):
        first = int.from_bytes(tokens[at])
        if kind == b"bfchar":
            letters[first] = _utf16(tokens[at + 1])
            at += 2
        elif at + 2 < len(tokens) and tokens[at + 2] == b"[":
            end = tokens.index(b"]", at)
            letters.update({first + step: _utf16(each) for step, each in enumerate(tokens[at + 3 : end])})
            at = end + 1
        elif at + 2 < len(tokens):
            last, start = min(int.from_bytes(tokens[at + 1]), first + 0xFFFF), tokens[at + 2]
            for step in range(last - first + 1):
                letters[first + step] = _utf16((int.from_bytes(start) + step).to_bytes(len(start)))
            at += 3
        else:
            return


def _utf16(raw: bytes) -> str:
    return raw.decode("utf-16-be", errors="replace")
