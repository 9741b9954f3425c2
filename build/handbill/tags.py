"""Tags: the structure of a document, as PDF writes it (ISO 32000-1, 14.7 and 14.8).

In: a tree of elements, each with the content it holds on the pages. Out: the same tree in the PDF that is being
written, with the way back from every piece of content and every link to its element.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from handbill.errors import FaultError

_BULLETS: Mapping[str, str] = {"•": "Disc", "◦": "Circle", "▪": "Square"}


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of content: its page, counted from 0; its identifier on that page (MCID); its words."""

    page: int
    mcid: int
    words: str


@dataclass(frozen=True, slots=True)
class Area:
    """A place that a link is followed from: its page, counted from 0, and its annotation in the PDF."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class Element:
    """An element of the structure; it grows while the pages are walked through.

    Attributes:
        role: Its structure type, one of the standard ones: "P".
        language: BCP 47 tag of what it holds.
        direction: "ltr" or "rtl".
        spoken: What its text is short for: "paragraph 3" for "¶ 3".
        words: What its glyphs say, where their order does not tell.
        alternative: What a picture shows.
        leads_to: Where a link leads, in words, where its text does not tell.
        address: Where a link leads, if out of the document.
        frame: Left, bottom, right and top of a picture, in points from the lower left corner of the page.
        is_implied: Whether no HTML element is behind it, only text that needs one around it.
        kids: What it holds, in the order of the text.
    """

    role: str
    language: str
    direction: str
    spoken: str = ""
    words: str = ""
    alternative: str = ""
    leads_to: str = ""
    address: str = ""
    frame: tuple[float, ...] = ()
    is_implied: bool = False
    kids: "list[Element | Content | Area]" = field(default_factory=list)

    def added(self, kid: "Element") -> "Element":
        """Put an element at the end of this one."""
        self.kids.append(kid)
        return kid

    def implied(self, role: str) -> "Element":
        """An element for text that stands in this one; the one it ends with, if that is for text too."""
        kid = self.kids[-1] if self.kids else None
        if isinstance(kid, Element) and kid.is_implied:
            return kid
        return self.added(Element(role, self.language, self.direction, is_implied=True))

    def elements(self) -> "Iterator[Element]":
        """Itself and every element in it, in the order of the text."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    def text(self) -> str:
        """Its words, one space between two."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid._words()
            elif isinstance(kid, Content):
                yield kid.words

    def is_empty(self) -> bool:
        """Whether it holds nothing, and no element in it does."""
        return all(isinstance(kid, Element) and kid.is_empty() for kid in self.kids)


def write_tags(pdf: Any, root: Element, pages: int) -> None:
    """Write the structure of a document into its PDF, as pydyf has it in hand.

    Raises:
        FaultError: A level of headings is skipped.
    """
    import pydyf

    _refuse_skipped_levels(root)
    _spell_out(root)
    parents = pydyf.Dictionary({})
    pdf.add_object(parents)
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": parents.reference})
    pdf.add_object(tree)
    writing = _Writing(pdf, pages)
    tree["K"] = writing.write(root, Element("StructTreeRoot", "", "ltr"), tree)
    parents["Nums"] = writing.parents()
    tree["ParentTreeNextKey"] = len(parents["Nums"]) // 2
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _refuse_skipped_levels(root: Element) -> None:
    """Refuse headings that do not begin with H1 or leave a level out (ISO 14289-1, 7.4.2)."""
    above = 0
    for element in root.elements():
        if re.fullmatch(r"H\d", element.role):
            level = int(element.role[1])
            if level > above + 1:
                raise FaultError(
                    f"“{element.text()}” is a heading of level {level}, with none of level {level - 1} above it.",
                    "Mend the levels in layout/parts/, or report this with the statement it is about.",
                )
            above = level


def _spell_out(root: Element) -> None:
    """Write the words beside glyphs that are drawn the other way round (ActualText: ISO 32000-1, 14.9.4).

    WeasyPrint draws a line of Arabic from the left, its last letter first. Beside the content itself these words
    would do harm, as poppler and pdfium turn them round; on an element they are for who reads by the structure.
    """
    for element in list(root.elements()):
        if element.direction == "rtl" and element.role != "Figure":
            element.kids = list(_spelled_out(element))


def _spelled_out(element: Element) -> Iterator[Element | Content | Area]:
    for is_content, run in groupby(element.kids, lambda kid: isinstance(kid, Content)):
        kids = list(run)
        if is_content:
            words = "".join(kid.words for kid in kids if isinstance(kid, Content))
            yield Element("Span", element.language, element.direction, words=words, kids=kids)
        else:
            yield from kids


class _Writing:
    """The way of the elements into the PDF; it remembers what belongs to which."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._contents: list[dict[int, Any]] = [{} for _ in range(pages)]
        self._areas: list[tuple[Any, Any]] = []

    def write(self, element: Element, above: Element, parent: Any) -> Any:
        """Write an element and all that is in it; its reference."""
        import pydyf

        written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.role}", "P": parent.reference})
        self._pdf.add_object(written)
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if page is not None:
            written["Pg"] = self._pages[page]
        said = {"Lang": element.language if element.language != above.language else ""}
        said |= {"E": element.spoken, "Alt": element.alternative, "ActualText": element.words}
        written.update({key: pydyf.String(text) for key, text in said.items() if text})
        attributes = [pydyf.Dictionary(each) for each in _attributes(element, above)]
        if attributes:
            written["A"] = pydyf.Array(attributes)
        written["K"] = pydyf.Array(self._kids(element, written, page))
        return written.reference

    def _kids(self, element: Element, written: Any, page: int | None) -> Iterator[Any]:
        import pydyf

        for kid in element.kids:
            if isinstance(kid, Area):
                kid.annotation["Contents"] = pydyf.String(_destination(element))
                self._areas.append((kid.annotation, written.reference))
                reference = kid.annotation.reference
                yield pydyf.Dictionary({"Type": "/OBJR", "Pg": self._pages[kid.page], "Obj": reference})
            elif isinstance(kid, Content):
                self._contents[kid.page][kid.mcid] = written.reference
                marked = pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.mcid})
                yield kid.mcid if kid.page == page else marked
            elif not kid.is_empty():
                yield self.write(kid, element, written)

    def parents(self) -> Any:
        """The way back from each piece of content and each link to its element (ISO 32000-1, 14.7.4.4)."""
        import pydyf

        numbers = pydyf.Array()
        for number, owners in enumerate(self._contents):
            last = max(owners, default=-1)
            numbers += [number, pydyf.Array([owners.get(mcid, "null") for mcid in range(last + 1)])]
        for number, (annotation, owner) in enumerate(self._areas, len(self._contents)):
            annotation["StructParent"] = number
            numbers += [number, owner]
        return numbers


def _attributes(element: Element, above: Element) -> Iterator[dict[str, Any]]:
    """What the structure tells of an element beside its words (ISO 32000-1, 14.8.5)."""
    import pydyf

    layout: dict[str, Any] = {}
    if element.direction != above.direction:
        layout["WritingMode"] = "/RlTb" if element.direction == "rtl" else "/LrTb"
    if element.frame:
        layout |= {"Placement": "/Block", "BBox": pydyf.Array(element.frame)}
    if layout:
        yield {"O": "/Layout", **layout}
    if element.role == "L":
        yield {"O": "/List", "ListNumbering": f"/{_numbering(element)}"}


def _numbering(items: Element) -> str:
    """How a list is numbered, told from its first label (ISO 32000-1, table 347)."""
    label = next((each.text() for each in items.elements() if each.role == "Lbl"), "")
    sign = re.sub(r"[\W_]", "", label)
    if sign.isdecimal():
        return "Decimal"
    if sign in ("i", "I"):
        return "LowerRoman" if sign == "i" else "UpperRoman"
    if len(sign) == 1 and sign.isascii():
        return "LowerAlpha" if sign.islower() else "UpperAlpha"
    return _BULLETS.get(label, "None")


def _destination(link: Element) -> str:
    """What a link is for those who cannot see it (ISO 14289-1, 7.18.5): words, and the address if they differ."""
    words = link.spoken or link.leads_to or link.text()
    return words if link.address in ("", words) else f"{words} ({link.address})"
