"""OpenDocument: the text of an .odt file.

In: a path and its bytes. Out: `Extracted`. As for Word, the numbers of lists, which the file does not hold, are
worked out here; those of notes stand in it. What was deleted under tracked changes is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from handbill.errors import CallError
from handbill.extract.flow import Block, Piece, Table, extracted, tidy
from handbill.extract.numerals import BULLET, Counter, Level, raised
from handbill.extract.package import Package, child, children, open_package
from handbill.model import Extracted

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"

_LEFT_OUT = frozenset(("annotation", "tracked-changes", "sequence-decls", "forms", "ruby-text", "title", "desc"))
"""Elements whose words are none of the text: comments, what was deleted, how a word is said."""

_MOST_SPACES = 100
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)pt")


def read_opendocument(path: Path, raw: bytes, language: str) -> Extracted:
    """The text of an OpenDocument file; its language, if it is known.

    Raises:
        CallError: It is damaged, encrypted, or not what it seems.
    """
    with open_package(path, raw) as package:
        if package.part("META-INF/manifest.xml").find(".//encryption-data") is not None:
            raise CallError(f"{path}: the file has a password.", "Save it without one, then name that file.")
        content = package.part("content.xml")
        body = child(content, "body", "text")
        if body is None:
            raise CallError(f"{path}: there is no text in it.", "Open it in LibreOffice and save it anew.")
        definitions = [content, package.part("styles.xml")]
        try:
            pieces = list(_Reader(_styles(definitions), _lists(definitions)).pieces(body))
        except RecursionError:
            raise CallError(
                f"{path}: lists stand in lists without an end.", "Save the text alone in a file."
            ) from None
        return extracted(pieces, "odt", _remarks(package, body), language)


def _remarks(package: Package, body: Element) -> Iterator[str]:
    if child(body, "tracked-changes") is not None:
        yield "There are tracked changes: the text was taken as it is with all of them accepted."
    if body.find(".//annotation") is not None:
        yield "Comments were left out."
    masters = child(package.part("styles.xml"), "master-styles")
    if masters is not None and any((each.text or "").strip() for each in masters.iter("p")):
        yield "Headers and footers were left out."


def _styles(definitions: list[Element]) -> Mapping[str, Element]:
    return {each.get("name", ""): each for root in definitions for each in root.iter("style")}


def _lists(definitions: list[Element]) -> Mapping[str, Mapping[int, Level]]:
    """The levels of each list's style by its name; those of headings have no name."""
    found: dict[str, Mapping[int, Level]] = {}
    for root in definitions:
        for style in [*root.iter("list-style"), *root.iter("outline-style")]:
            name = style.get("name", "") if style.tag == "list-style" else ""
            found.setdefault(name, {_whole(each.get("level", "1")) - 1: _level(each) for each in style})
    return found


def _level(style: Element) -> Level:
    start = _whole(style.get("start-value", "1"))
    if style.tag in ("list-level-style-bullet", "list-level-style-image"):
        return Level(BULLET, "", start)
    form = style.get("num-format", "")
    depth = _whole(style.get("level", "1")) - 1
    shown = range(max(0, depth + 1 - _whole(style.get("display-levels", "1"))), depth + 1)
    head, tail = (
        style.get(f"num-{place}", "").replace("{", "{{").replace("}", "}}") for place in ("prefix", "suffix")
    )
    return Level(form, head + ".".join(f"{{{each}}}" for each in shown) + tail, start)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


@dataclass
class _Reader:
    """Reads the body of a document from its beginning to its end."""

    styles: Final[Mapping[str, Element]]
    lists: Final[Mapping[str, Mapping[int, Level]]]
    counters: dict[str, Counter] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def pieces(self, container: Element) -> Iterator[Piece]:
        """The paragraphs, lists and tables in an element, in their order."""
        for element in container:
            if element.tag in ("p", "h"):
                yield from self._paragraph(element, self._heading_number(element))
            elif element.tag == "list":
                yield from self._list(element, element.get("style-name", ""), self._counter(element), 0)
            elif element.tag == "table":
                yield self._table(element)
            elif element.tag not in _LEFT_OUT:
                yield from self.pieces(element)

    def _counter(self, element: Element) -> Counter:
        """What counts the items of a list: its own, or that of the list that it goes on with."""
        style = element.get("style-name", "")
        former = element.get("continue-list", "")
        goes_on = element.get("continue-numbering") == "true"
        key = f"list {former}" if former else f"style {style}"
        counter = self.counters.get(key) if former or goes_on else None
        counter = counter or Counter(self.lists.get(style, {}))
        self.counters[f"style {style}"] = counter
        if "id" in element.attrib:
            self.counters[f"list {element.get('id')}"] = counter
        return counter

    def _list(self, element: Element, style: str, counter: Counter, depth: int) -> Iterator[Piece]:
        for item in element:
            counted = item.tag == "list-item" and any(each.tag in ("p", "h") for each in item)
            if counted and "start-value" in item.attrib:
                counter.restart(depth, _whole(item.get("start-value", "1")))
            number = counter.next(depth) if counted else ""
            for each in item:
                if each.tag in ("p", "h"):
                    yield from self._paragraph(each, number)
                    number = ""
                elif each.tag == "list":
                    own = each.get("style-name", "")
                    inner = self._counter(each) if own not in ("", style) else counter
                    yield from self._list(each, own or style, inner, depth + 1)

    def _heading_number(self, element: Element) -> str:
        if element.tag != "h" or "" not in self.lists or element.get("is-list-header") == "true":
            return ""
        counter = self.counters.setdefault("outline", Counter(self.lists[""]))
        return counter.next(_whole(element.get("outline-level", "1")) - 1)

    def _table(self, table: Element) -> Table:
        rows = (tuple(tuple(self.pieces(cell)) for cell in children(row, "table-cell")) for row in _rows(table))
        heads = sum(len(list(_rows(each))) for each in children(table, "table-header-rows"))
        return Table(tuple(rows), heads)

    def _paragraph(self, element: Element, number: str) -> Iterator[Piece]:
        self.called = []
        text = "".join(self._words(element))
        yield Block(text, number, tuple(self.called), self._rank(element), self._size(element))
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.pieces(box)

    def _rank(self, element: Element) -> int | None:
        style = element.get("style-name", "")
        for _ in range(20):
            if style == "Title":
                return 0
            style = self.styles[style].get("parent-style-name", "") if style in self.styles else ""
        return _whole(element.get("outline-level", "1")) if element.tag == "h" else None

    def _size(self, element: Element) -> float:
        """The size of the largest type that is set in a paragraph itself, in points; 0 if none is."""
        own = (each.get("style-name", "") for each in element.iter() if each.tag in ("p", "h", "span"))
        sizes = (child(self.styles.get(name), "text-properties") for name in own)
        found = (_POINTS.fullmatch(each.get("font-size", "")) for each in sizes if each is not None)
        return max((float(match[1]) for match in found if match), default=0)

    def _words(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        for each in element:
            if each.tag == "s":
                yield " " * min(_whole(each.get("c", "1")), _MOST_SPACES)
            elif each.tag == "tab":
                yield "\t"
            elif each.tag == "line-break":
                yield "\n"
            elif each.tag == "note":
                yield self._call(each)
            elif each.tag == "text-box":
                self.boxes.append(each)
            elif each.tag not in _LEFT_OUT:
                yield from self._words(each)
            yield each.tail or ""

    def _call(self, note: Element) -> str:
        """The mark that calls a note; the note is kept to stand below."""
        citation, body = child(note, "note-citation"), child(note, "note-body")
        mark = "" if citation is None else "".join(citation.itertext()).strip()
        mark = raised(int(mark)) if mark.isdecimal() and len(mark) < 5 else mark
        words = " ".join("".join(self._words(paragraph)) for paragraph in children(body, "p"))
        self.called.append(f"{mark} {tidy(words)}")
        return mark


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those that are repeated on each page and those in groups too."""
    for each in table:
        if each.tag == "table-row":
            yield each
        elif each.tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each)
