"""Word: the text of a .docx file.

In: a path and its bytes. Out: `Extracted`. The numbers of lists and of notes, which Word works out when it shows
the file, are worked out here, since the signatories are often such a list. Of tracked changes the text as it would
be with all of them accepted is taken. Headers, footers and comments are no part of the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from handbill.errors import CallError
from handbill.extract.flow import Block, Piece, Table, extracted, tidy
from handbill.extract.numerals import BULLET, Counter, Level, raised
from handbill.extract.package import Package, child, children, open_package, value
from handbill.model import Extracted

WORD_DOCUMENT = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "word.document.macroEnabled.main+xml",
)
"""How the types of what may be the main part of a Word file end."""

_LEFT_OUT = frozenset(
    ("del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "sdtPr", "tblPr", "trPr", "tcPr", "pict")
)
"""Elements whose words are none of the text: deleted, codes of fields, older forms of what stands beside them."""

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "ptab": "\t"}
_FORMS = {
    "decimal": "1",
    "decimalZero": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "bullet": BULLET,
    "none": "",
}
_OFF = ("0", "false", "off")


def read_word(path: Path, raw: bytes, language: str) -> Extracted:
    """The text of a Word file; its language, if it is known.

    Raises:
        CallError: It is damaged, or not what it seems.
    """
    with open_package(path, raw) as package:
        body = child(package.typed(*WORD_DOCUMENT), "body")
        if body is None:
            raise CallError(f"{path}: there is no text in it.", "Open it in Word and save it anew.")
        reader = _Reader(_Styles(package), _Lists(package.typed("wordprocessingml.numbering+xml")), _notes(package))
        try:
            pieces = list(reader.pieces(body))
        except RecursionError:
            raise CallError(
                f"{path}: tables stand in tables without an end.", "Save the text alone in a file."
            ) from None
        return extracted(pieces, "docx", _remarks(package, body), language)


def _notes(package: Package) -> Mapping[tuple[str, str], Element]:
    """Footnotes and endnotes by the kind of their call and their id."""
    return {
        (f"{kind}Reference", note.get("id", "")): note
        for kind in ("footnote", "endnote")
        for note in children(package.typed(f"wordprocessingml.{kind}s+xml"), kind)
    }


def _remarks(package: Package, body: Element) -> Iterator[str]:
    if any(each.tag in ("ins", "del", "moveFrom") for each in body.iter()):
        yield "There are tracked changes: the text was taken as it is with all of them accepted."
    if _has_words(package, "comments"):
        yield "Comments were left out."
    if _has_words(package, "header") or _has_words(package, "footer"):
        yield "Headers and footers were left out."


def _has_words(package: Package, kind: str) -> bool:
    parts = package.all_typed(f"wordprocessingml.{kind}+xml")
    return any((each.text or "").strip() for part in parts for each in part.iter("t"))


class _Styles:
    """The styles of paragraphs: what they are called, and the list that they belong to."""

    def __init__(self, package: Package) -> None:
        self._styles = {
            style.get("styleId", ""): style
            for style in children(package.typed("wordprocessingml.styles+xml"), "style")
        }

    def rank(self, style: str) -> int | None:
        """0 for the title, the level for a heading, None for any other style."""
        for each in self._chain(style):
            name = value(each, "name").lower()
            if name == "title":
                return 0
            if name.startswith("heading ") and name[8:].isdigit():
                return int(name[8:])
        return None

    def list_of(self, style: str) -> tuple[str, int] | None:
        """The list, and the depth in it, of paragraphs in this style."""
        return next((found for each in self._chain(style) if (found := _list_named(child(each, "pPr")))), None)

    def _chain(self, style: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(20):
            if style not in self._styles:
                return
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")


def _list_named(properties: Element | None) -> tuple[str, int] | None:
    numbering = child(properties, "numPr")
    number = value(numbering, "numId")
    return (number, _whole(value(numbering, "ilvl"))) if number else None


def _whole(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


class _Lists:
    """The lists of a document, each with how far it has counted."""

    def __init__(self, numbering: Element) -> None:
        self._abstract = {each.get("abstractNumId", ""): each for each in children(numbering, "abstractNum")}
        self._lists = {each.get("numId", ""): each for each in children(numbering, "num")}
        self._counters: dict[str, Counter] = {}
        self._begun: set[str] = set()

    def next(self, number: str, depth: int) -> str:
        """What stands before the next item of a list at a depth."""
        instance = self._lists.get(number)
        key = self._definition(value(instance, "abstractNumId"))
        if key not in self._abstract:
            return ""
        if key not in self._counters:  # lists of one definition go on counting, one from the other
            self._counters[key] = Counter(_levels(self._abstract[key]))
        if number not in self._begun:
            self._begun.add(number)
            for override in children(instance, "lvlOverride"):
                if start := value(override, "startOverride"):
                    self._counters[key].restart(_whole(override.get("ilvl", "")), _whole(start, 1))
        return self._counters[key].next(depth)

    def _definition(self, key: str) -> str:
        """The definition itself, where one only names a style that has it."""
        name = value(self._abstract.get(key), "numStyleLink")
        named = (other for other, each in self._abstract.items() if name and value(each, "styleLink") == name)
        return next(named, key)


def _levels(definition: Element) -> Mapping[int, Level]:
    levels = {}
    for level in children(definition, "lvl"):
        pattern = value(level, "lvlText").replace("{", "{{").replace("}", "}}")
        for each in range(9):
            pattern = pattern.replace(f"%{each + 1}", f"{{{each}}}")
        form = _FORMS.get(value(level, "numFmt", default="decimal"), "1")
        levels[_whole(level.get("ilvl", ""))] = Level(form, pattern, _whole(value(level, "start"), 1))
    return levels


@dataclass
class _Reader:
    """Reads the body of a document from its beginning to its end."""

    styles: Final[_Styles]
    lists: Final[_Lists]
    notes: Final[Mapping[tuple[str, str], Element]]
    called: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    count: int = 0

    def pieces(self, container: Element) -> Iterator[Piece]:
        """The paragraphs and tables in an element, in their order."""
        for element in container:
            if element.tag == "p":
                yield self._block(element)
                boxes, self.boxes = self.boxes, []
                for box in boxes:
                    yield from self.pieces(box)
            elif element.tag == "tbl":
                yield self._table(element)
            elif element.tag not in _LEFT_OUT:
                yield from self.pieces(element)

    def _table(self, table: Element) -> Table:
        rows: list[tuple[tuple[Piece, ...], ...]] = []
        heads = 0
        for row in _within(table, "tr"):
            heads += heads == len(rows) and _is_head(row)
            rows.append(tuple(tuple(self.pieces(cell)) for cell in _within(row, "tc")))
        return Table(tuple(rows), heads)

    def _block(self, paragraph: Element) -> Block:
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle", default="Normal")
        self.called = []
        text = "".join(self._words(paragraph))
        listed = _list_named(properties) or self.styles.list_of(style)
        number = self.lists.next(*listed) if listed and listed[0] != "0" and text.strip() else ""
        return Block(text, number, tuple(self.called), self.styles.rank(style), _size(paragraph))

    def _words(self, element: Element) -> Iterator[str]:
        for each in element:
            if each.tag == "t":
                yield each.text or ""
            elif each.tag in _SIGNS:
                yield "\f" if each.tag == "br" and each.get("type") == "page" else _SIGNS[each.tag]
            elif each.tag == "txbxContent":
                self.boxes.append(each)
            elif (each.tag, each.get("id", "")) in self.notes:
                yield self._call(self.notes[each.tag, each.get("id", "")], each)
            elif each.tag not in _LEFT_OUT and not _is_hidden(each):
                yield from self._words(each)

    def _call(self, note: Element, call: Element) -> str:
        """The mark that calls a note; the note is kept to stand below. A mark of its own is in its words."""
        words = tidy(" ".join("".join(self._words(paragraph)) for paragraph in children(note, "p")))
        if call.get("customMarkFollows", "0") not in _OFF:
            self.called.append(words)
            return ""
        self.count += 1
        self.called.append(f"{raised(self.count)} {words}")
        return raised(self.count)


def _size(paragraph: Element) -> float:
    """The size of the largest type that is set in a paragraph itself, in points; 0 if none is."""
    return max((_whole(value(run, "rPr", "sz")) / 2 for run in children(paragraph, "r")), default=0)


def _is_head(row: Element) -> bool:
    """Whether a row is marked as a header, to be repeated on each page."""
    mark = child(row, "trPr", "tblHeader")
    return mark is not None and mark.get("val", "1") not in _OFF


def _is_hidden(run: Element) -> bool:
    """Whether the words of a run are not shown."""
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and hidden.get("val", "1") not in _OFF


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for each in element:
        if each.tag == name:
            yield each
        elif each.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _within(each, name)
