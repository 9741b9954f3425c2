"""What a finished PDF says by its structure alone, as a screen reader takes it: no page, no line, no place."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

_MAPPING = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]*)>")


@dataclass(frozen=True)
class Piece:
    """A marked piece of content: its tag, its property list, what it shows."""

    tag: str
    properties: Mapping[str, Any]
    shown: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What it says: the words written beside it, or else its glyphs."""
        written = self.properties.get("/ActualText")
        return "".join(self.shown) if written is None else str(written)


@dataclass(frozen=True, slots=True)
class Area:
    """An annotation from which a link is followed: what it is for those who cannot see it, and its flags."""

    contents: str
    flags: int


@dataclass(frozen=True)
class Node:
    """An element of the structure.

    Attributes:
        role: Its structure type, "P".
        language: Its language, its parent's where it has none of its own.
        said: Its entries E, Alt, ActualText and Lang.
        attributes: Its layout and list attributes by name.
        kids: What it holds: elements, the words of pieces of content, areas of links.
        pages: The pages it stands on, counted from 0, those of elements in it left out.
    """

    role: str
    language: str
    said: Mapping[str, str]
    attributes: Mapping[str, Any]
    kids: Sequence["Node | str | Area"]
    pages: tuple[int, ...]

    @property
    def text(self) -> str:
        """Its words as they are read, one space between two; a soft hyphen joins what it parts."""
        return " ".join("".join(self._words()).replace("\u00ad", "").split())

    @property
    def elements(self) -> "list[Node]":
        """The elements right below it."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    @property
    def areas(self) -> list[Area]:
        """The areas of a link."""
        return [kid for kid in self.kids if isinstance(kid, Area)]

    def all(self, *roles: str) -> "list[Node]":
        """Every element of these roles in it, in order; of any role if none is named."""
        return [node for node in self._nodes() if not roles or node.role in roles]

    def _nodes(self) -> "Iterator[Node]":
        yield self
        for kid in self.elements:
            yield from kid._nodes()

    def _words(self) -> Iterator[str]:
        if "ActualText" in self.said:
            yield self.said["ActualText"]
            return
        for kid in self.kids:
            if isinstance(kid, str):
                yield kid
            elif isinstance(kid, Node):
                yield from kid._words()


def structure_of(content: bytes) -> Node:
    """The outermost element of a tagged PDF; every way back is checked on the way."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return _Reader(pdf).read(pdf.Root.StructTreeRoot.K, None)


def furniture_of(content: bytes) -> list[tuple[str, str]]:
    """What stands on the pages and not in the structure: kind of artifact, words."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pieces = [piece for page in pdf.pages for piece in _pieces(page)]
    return [(str(p.properties.get("/Subtype", "")), p.words) for p in pieces if p.tag == "/Artifact"]


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self._pieces = [
            {int(piece.properties["/MCID"]): piece for piece in _pieces(page) if "/MCID" in piece.properties}
            for page in pdf.pages
        ]
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        self._owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        self._keys = [int(page.StructParents) for page in pdf.pages]

    def read(self, element: Any, above: Node | None) -> Node:
        said = {key: str(element[f"/{key}"]) for key in ("Lang", "E", "Alt", "ActualText") if f"/{key}" in element}
        language = said.get("Lang", above.language if above else "")
        attributes: dict[str, Any] = {}
        for each in element.get("/A", []):
            attributes |= {str(key).lstrip("/"): value for key, value in each.items()}
        kids: list[Node | str | Area] = []
        pages: list[int] = []
        node = Node(str(element.S).lstrip("/"), language, said, attributes, kids, ())
        for kid in element.get("/K", []):
            if isinstance(kid, Dictionary) and kid.get("/Type") == Name.StructElem:
                assert kid.P.objgen == element.objgen
                kids.append(self.read(kid, node))
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                assert self._owners[int(kid.Obj.StructParent)].objgen == element.objgen
                kids.append(Area(str(kid.Obj.Contents), int(kid.Obj.get("/F", 0))))
            else:
                page, mcid = self._content(kid, element)
                assert self._owners[self._keys[page]][mcid].objgen == element.objgen
                kids.append(self._pieces[page][mcid].words)
                pages.append(page)
        return Node(node.role, language, said, attributes, kids, tuple(dict.fromkeys(pages)))

    def _content(self, kid: Any, element: Any) -> tuple[int, int]:
        if isinstance(kid, Dictionary):
            return self._pages[kid.Pg.objgen], int(kid.MCID)
        return self._pages[element.Pg.objgen], int(kid)


def _pieces(page: pikepdf.Page) -> list[Piece]:
    """Every marked piece of a page's content, in the order it is drawn."""
    letters = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    pieces: list[Piece] = []
    open_ones: list[Piece] = []
    font: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator in ("BMC", "BDC"):
            properties = dict(operands[1].items()) if operator == "BDC" else {}
            open_ones.append(Piece(str(operands[0]), properties))
            pieces.append(open_ones[-1])
        elif operator == "EMC":
            open_ones.pop()
        elif operator == "Tf":
            font = letters[str(operands[0])]
        elif operator in ("Tj", "TJ"):
            assert open_ones, "text that is neither content nor artifact"
            for codes in [operands[0]] if operator == "Tj" else operands[0]:
                if isinstance(codes, pikepdf.String):
                    raw = bytes(codes)
                    glyphs = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
                    open_ones[-1].shown.extend(font[glyph] for glyph in glyphs)
    return pieces


def _letters(font: Any) -> Mapping[int, str]:
    table = _MAPPING.findall(font.ToUnicode.read_bytes())
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in table}
