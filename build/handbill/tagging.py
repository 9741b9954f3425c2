"""Tagging: from what is laid out to the structure of the text, for whoever hears it and does not see it.

In: WeasyPrint's pages, and what it drew on them, each piece of it marked. Out: one structure element for each HTML
element, over however many lines and pages it runs, in the order of the text and with its language; what belongs to
the page and not to the text is an artifact. WeasyPrint 70 itself makes an element of every line, begins each anew
on every page, names no language, and leaves running headers and folios without a place (its issues 1836, 2903).
`engine` puts `add_tags` and `noting_word_ends` in the place of what they stand for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbill.errors import FaultError
from handbill.tags import Area, Content, Element, write_tags

ROLES: Mapping[str, str] = {
    "a": "Link",
    "blockquote": "BlockQuote",
    "div": "Div",
    "em": "Span",
    "figcaption": "P",
    "figure": "Div",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "img": "Figure",
    "li": "LI",
    "ol": "L",
    "p": "P",
    "section": "Sect",
    "span": "Span",
    "strong": "Span",
    "ul": "L",
}
"""What each HTML element is in the structure (ISO 32000-1, 14.8.4); `data-tag` on an element says otherwise."""

_TEXT_HOLDER: Mapping[str, str] = {"Document": "P", "Sect": "P", "Div": "P", "BlockQuote": "P", "LI": "LBody"}
"""Elements that group others and hold no text themselves, and what text that stands in them is put into."""

_POINTS_PER_PX = 0.75
_REMEDY = "Change the template or the stylesheet, or teach handbill/tagging.py what it is."
_SPACES = frozenset({" ", "\N{NO-BREAK SPACE}"})
_UNWRITTEN = re.compile("[\N{ZERO WIDTH SPACE}\N{WORD JOINER}]")


def add_tags(pdf: Any, document: Any, pdf_version: Any, streams: Sequence[Any]) -> None:
    """Give a PDF its structure; stands for `weasyprint.pdf.add_tags` and takes the same.

    Raises:
        FaultError: The layout has something that can have no place in a structure.
    """
    root = Element("Document", document.metadata.lang or "", document.pages[0]._page_box.style["direction"])
    gathering = _Gathering(document.fonts.values())
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        sheet = _Sheet(pdf, number, page, stream)
        gathering.walk(sheet, page._page_box, root)
        if sheet.tags:
            raise FaultError(f"{sheet.place(next(iter(sheet.tags)))} is in no place of the text.", _REMEDY)
    write_tags(pdf, root, len(streams))


def noting_word_ends(get_next_linebox: Callable[..., Any]) -> Callable[..., Any]:
    """A `weasyprint.layout.inline.get_next_linebox` that notes on a line whether it was broken at a space.

    One that was not is broken inside a word: at a hyphen, in an address, in a script without spaces. The line does
    not tell it any more, as the space is taken away.
    """

    def get(context: Any, linebox: Any, position_y: Any, bottom_space: Any, skip_stack: Any, *options: Any) -> Any:
        line, resume_at = get_next_linebox(context, linebox, position_y, bottom_space, skip_stack, *options)
        if line is not None:
            line.ends_word = resume_at is not None and _is_at_space(linebox, resume_at)
        return line, resume_at

    return get


def _is_at_space(linebox: Any, resume_at: Mapping[int, Any]) -> bool:
    """Whether there is a space on either side of the place where a line is to be resumed."""
    from weasyprint.formatting_structure.boxes import TextBox

    leaf, offset = _leaf_at(linebox, resume_at)
    text = getattr(leaf, "text", "").encode()
    before, after = text[:offset], text[offset:]
    if not before or not after:
        texts = [box for box in linebox.descendants() if box is leaf or (isinstance(box, TextBox) and box.text)]
        place = texts.index(leaf)
        before = before or (texts[place - 1].text.encode() if place else b"")
        after = after or (texts[place + 1].text.encode() if place + 1 < len(texts) else b"")
    return before[-1:].isspace() or after[:1].isspace()


def _leaf_at(linebox: Any, resume_at: Mapping[int, Any]) -> tuple[Any, int]:
    """The innermost box at a place in a line, and how many bytes of its text come before."""
    from weasyprint.formatting_structure.boxes import InlineBox

    box, skip = linebox, resume_at
    while (box is linebox or isinstance(box, InlineBox)) and box.children:
        index, skip = next(iter(skip.items())) if skip else (0, {})
        box = box.children[index]
    return box, next(iter(skip)) if skip else 0


class _Sheet:
    """What is drawn on one page.

    Attributes:
        number: The page, counted from 0.
        tags: The identifier of each box's piece of content (MCID), for all that have no place yet.
    """

    def __init__(self, pdf: Any, number: int, page: Any, stream: Any) -> None:
        import pydyf

        self.number = number
        self.tags = {box: tag["mcid"] for box, tag in stream._tags.items()}
        self._height = page.height
        self._annotations = pdf.objects[int(pdf.page_references[number].split()[0])].get("Annots", [])
        self._operators = stream.stream
        self._properties = {
            part["MCID"]: at
            for at, part in enumerate(stream.stream)
            if isinstance(part, pydyf.Dictionary) and "MCID" in part
        }
        for box, mcid in self.tags.items():
            if mcid not in self._properties:
                raise FaultError(
                    f"{self.place(box)} is drawn in a group of its own, where it cannot be tagged.",
                    "Set it without opacity, masks and blending.",
                )

    def place(self, box: Any) -> str:
        """A box in the words of whoever wrote the template: page, element, class, text."""
        node, words = box.element, getattr(box, "text", "").strip()[:40]
        name = " ".join(filter(None, [node.tag, node.get("class")])) if node is not None else "box"
        return f"Page {self.number + 1}: <{name}> “{words}”" if words else f"Page {self.number + 1}: <{name}>"

    def frame(self, box: Any) -> tuple[float, ...]:
        """The edges of a box in points: left, bottom, right, top."""
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, self._height - top - box.height, left + box.width, self._height - top)
        return tuple(round(edge * _POINTS_PER_PX, 3) for edge in edges)

    def words(self, mcid: int, box: Any) -> str:
        """What a piece of content says: the words written beside it, without a typesetter's hyphen, or its text."""
        written = self._operators[self._properties[mcid]].get("ActualText")
        text = getattr(box, "text", "") if written is None else written.string
        return _written(text).replace("\N{SOFT HYPHEN}", "")

    def cast_out(self, mcid: int, kind: Mapping[str, str]) -> None:
        """Make a piece of content an artifact (ISO 32000-1, 14.8.2.2.2)."""
        import pydyf

        at = self._properties[mcid]
        words = {key: text for key, text in self._operators[at].items() if key == "ActualText"}
        self._operators[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary({**kind, **words})]

    def drop_annotation(self, annotation: Any) -> None:
        """Take a link off the page; nothing refers to it any more, and it is not saved."""
        self._annotations.remove(annotation.reference)

    def end_word(self, mcid: int, layout: Any, words: str, fonts: Iterable[Any]) -> None:
        """Write the space between a line's last word and the next one (ISO 32000-1, 14.8.2.5).

        It becomes a glyph that moves nothing: behind the last one, or before the first where that is the last one
        read. Where the words are written beside the glyphs, or the font has no space, it is written there.
        """
        import pydyf

        at = self._properties[mcid]
        properties, end = self._operators[at], self._operators.index(b"EMC", at)
        shown = [place for place in range(at, end) if _ends_with(self._operators[place], b" TJ")]
        if "ActualText" in properties:
            properties["ActualText"] = pydyf.String(f"{properties['ActualText'].string} ")
        elif shown and not layout.text.endswith(" "):  # such a one is off the line's width, but drawn all the same
            is_rtl = bool(layout.first_line_direction % 2)
            place = shown[0 if is_rtl else -1]
            face = next(each for each in reversed(self._operators[at:place]) if _ends_with(each, b" Tf"))
            space = _space_of(face, fonts)
            if space:
                self._operators[place] = _with_space(self._operators[place], *space, in_front=is_rtl)
            elif not is_rtl:  # readers turn round what is written beside a line of Arabic
                properties["ActualText"] = pydyf.String(f"{words} ")


def _written(text: str) -> str:
    """A text with plain spaces, and without what only tells where a line may break."""
    return _UNWRITTEN.sub("", text).replace("\N{NO-BREAK SPACE}", " ")


def _ends_with(part: Any, operator: bytes) -> bool:
    return isinstance(part, bytes) and part.endswith(operator)


def _space_of(face: bytes, fonts: Iterable[Any]) -> tuple[int, float] | None:
    """The glyph of a space, and its width in thousandths of the size, in the font that an operator chooses."""
    for font in fonts:
        for glyph, text in font.to_unicode.items():
            if text in _SPACES and face.startswith(f"/{font.hash} ".encode()):
                return glyph, font.widths[glyph]
    return None


def _with_space(shown: bytes, glyph: int, width: float, in_front: bool) -> bytes:
    """An operator that shows text (TJ), and a space behind it, or one in front for which it first steps back."""
    if in_front:
        return f"[{width}<{glyph:04x}>".encode() + shown.removeprefix(b"[")
    return shown.removesuffix(b"] TJ") + f"<{glyph:04x}>] TJ".encode()


class _Gathering:
    """The walk through the boxes, which meets an HTML element again in each of its lines, columns and pages."""

    def __init__(self, fonts: Iterable[Any]) -> None:
        self._fonts = list(fonts)
        self._made: dict[Any, Element] = {}
        self._before_spaces: set[Any] = set()

    def walk(self, sheet: _Sheet, box: Any, parent: Element, in_link: bool = False) -> None:
        """Take what a box holds into the structure, below `parent`."""
        box = _behind_placeholder(box)
        furniture = _furniture(box)
        if furniture:
            self._cast_out(sheet, box, furniture)
            return
        element = self._element(sheet, box, parent)
        if box.link_annotation:
            self._add_area(sheet, box, element, in_link)
        if box in sheet.tags:
            self._place(sheet, box, element)
        self._before_spaces.update(_before_spaces(box))
        for child in getattr(box, "children", ()):
            self.walk(sheet, child, element, in_link or bool(box.link_annotation))

    def _cast_out(self, sheet: _Sheet, box: Any, kind: Mapping[str, str]) -> None:
        box = _behind_placeholder(box)
        if box in sheet.tags:
            sheet.cast_out(sheet.tags.pop(box), kind)
        for child in getattr(box, "children", ()):
            self._cast_out(sheet, child, kind)

    def _element(self, sheet: _Sheet, box: Any, parent: Element) -> Element:
        """The structure element of a box's HTML element."""
        node = box.element
        if node is None or node.tag in ("html", "body"):
            return parent
        if node not in self._made:
            self._made[node] = _new_element(sheet, box, parent)
        return self._made[node]

    def _add_area(self, sheet: _Sheet, box: Any, element: Element, in_link: bool) -> None:
        if in_link:  # WeasyPrint makes a link of every box in a link
            sheet.drop_annotation(box.link_annotation)
        elif element.role == "Link":
            element.kids.append(Area(sheet.number, box.link_annotation))
        else:
            raise FaultError(f"{sheet.place(box)} is a link, but no <a>.", _REMEDY)

    def _place(self, sheet: _Sheet, box: Any, element: Element) -> None:
        mcid = sheet.tags.pop(box)
        words = sheet.words(mcid, box)
        if not words.strip() and element.role != "Figure":  # a space, or a place to break at: nothing is drawn
            sheet.cast_out(mcid, {"Type": "/Layout"})
            return
        if box in self._before_spaces:
            sheet.end_word(mcid, box.pango_layout, words, self._fonts)
            words += " "
        holder = _TEXT_HOLDER.get(element.role)
        (element.implied(holder) if holder else element).kids.append(Content(sheet.number, mcid, words))


def _new_element(sheet: _Sheet, box: Any, parent: Element) -> Element:
    """A structure element for the HTML element of a box, or `parent` if that is only a hook for the stylesheet."""
    node = box.element
    role = node.get("data-tag") or ROLES.get(node.tag)
    if role is None:
        raise FaultError(f"{sheet.place(box)} is nothing that has a place in a structure.", _REMEDY)
    element = Element(role, box.style["lang"] or "", box.style["direction"], spoken=node.get("aria-label", ""))
    if node.tag == "span" and role == "Span" and _says_nothing(element, parent):
        return parent
    if role == "Link":
        address = node.get("href", "")
        element.leads_to, element.address = node.get("title", ""), "" if address.startswith("#") else address
    if role == "Figure":
        element.alternative, element.frame = node.get("alt", ""), sheet.frame(box)
        if not element.alternative:
            raise FaultError(
                f"{sheet.place(box)} has no alternative text.", "Give it an alt, empty for an ornament."
            )
    if parent.role == "LI" and role != "Lbl":
        parent = parent.implied("LBody")
    return parent.added(element)


def _says_nothing(element: Element, parent: Element) -> bool:
    same = (element.language, element.direction) == (parent.language, parent.direction)
    return same and not element.spoken


def _behind_placeholder(box: Any) -> Any:
    """The box that stands elsewhere, where it was positioned, or else the box itself."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    return box._box if isinstance(box, AbsolutePlaceholder) else box


def _furniture(box: Any) -> Mapping[str, str]:
    """What kind of artifact a box is (ISO 32000-1, table 330); empty if it is part of the text."""
    from weasyprint.formatting_structure.boxes import MarginBox

    if isinstance(box, MarginBox):
        return {"Type": "/Pagination", "Subtype": "/Header" if box.at_keyword.startswith("@top") else "/Footer"}
    if box.style["position"] == "fixed":  # and so repeated on every page
        return {"Type": "/Pagination", "Subtype": "/Watermark"}
    if box.element is not None and box.element.tag == "img" and box.element.get("alt") == "":
        return {"Type": "/Layout"}
    return {}


def _before_spaces(box: Any) -> Iterator[Any]:
    """The texts in a box that a space follows without being drawn.

    That is the last one of a line that was broken at a space, and of a part of a line that is set as a block of its
    own, as a number in the margin is; and one before a space that is a box of its own, as WeasyPrint draws no text
    that has no letter.
    """
    from weasyprint.formatting_structure.boxes import BlockContainerBox, LineBox, TextBox

    is_line = isinstance(box, LineBox)
    is_part = (
        isinstance(box, BlockContainerBox) and box.element is not None and ROLES.get(box.element.tag) == "Span"
    )
    word = None
    for text in box.descendants() if is_line or is_part else ():
        if isinstance(text, TextBox) and _written(text.text).strip():
            word = text
        elif isinstance(text, TextBox) and _written(text.text) and word is not None and is_line:
            yield word
    if word is not None and (is_part or getattr(box, "ends_word", False)):
        yield word
