"""Imposition: from pages in reading order to sheets that are printed on both sides, folded once and stapled.

In: the PDF of a booklet's pages, the name of the sheet, the side of the spine and the thickness of the paper.
Out: a PDF of the sheets' sides, two pages on each, for a printer that turns a landscape sheet about its short edge.

No page is drawn anew: its content becomes a Form XObject (ISO 32000-1, 8.10) that keeps the page's resources, so
that letters and colours are those of the pages, and every font is in the file once. What serves a reader of single
pages is left behind: links, bookmarks, tags, and with them every claim to conform to PDF/A, PDF/UA or PDF/X. Title
and dates stay as they are; the caller writes its own.
"""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Operator, Page, Pdf, Rectangle, Stream

from handbill.errors import CallError, did_you_mean
from handbill.paper import MM, saved

_ROUNDING_MM = 0.6
"""What a page may lack to the half of a sheet and still be taken for it: ISO 216 drops the half millimetre when it
halves a sheet, so that A5 is 148 mm wide and half of A4 148.5 mm."""

_STRIP = 0.01
"""Share of the half sheet that a scaled page may leave empty. The proportions of A3 to A6 differ by less than
0.7 %, those of ISO 216 and of the American sizes by 8 % or more."""

_WIDEST_CREEP_MM = 5.0
"""Farthest that a page may move toward the spine. What moves past the fold is cut off, so the pages of a booklet
must keep more than this free of words at the spine."""

_KEPT_IN_CATALOGUE = frozenset({"/Type", "/Pages", "/Version", "/Lang", "/Metadata", "/OCProperties"})
"""Layers (/OCProperties) are kept because what a page shows may depend on them."""

_CLAIMS = (
    "http://www.aiim.org/pdfa/ns/",  # PDF/A: its identification and its descriptions of other vocabularies
    "http://www.aiim.org/pdfua/ns/",
    "http://www.aiim.org/pdfe/ns/",
    "http://www.npes.org/pdfx/ns/",
    "http://www.npes.org/pdfvt/ns/",
    "http://pdfa.org/declarations/",
)
"""Beginnings of the XMP namespaces that say which standard a file conforms to."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper as it lies in the printer's output, the fold upright in its middle.

    Attributes:
        width: The long side, in points.
        height: The short side, in points.
    """

    width: float
    height: float

    @property
    def fold(self) -> float:
        """Distance of the fold from the left edge, in points; also the width of a page."""
        return self.width / 2


SHEETS: Mapping[str, Sheet] = {
    "a4": Sheet(297 * MM, 210 * MM),
    "a3": Sheet(420 * MM, 297 * MM),
    "letter": Sheet(11 * 72, 8.5 * 72),
    "tabloid": Sheet(17 * 72, 11 * 72),
}
"""All sheets by name: ISO 216, and ANSI A and B (ASME Y14.1)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet.

    Attributes:
        left: Number of the page left of the fold, counted from 1; None for a blank.
        right: Number of the page right of the fold; None for a blank.
        nesting: How many sheets lie around this one when the booklet is folded: 0 for the cover.
    """

    left: int | None
    right: int | None
    nesting: int


@dataclass(frozen=True, slots=True)
class _PageImage:
    """A page that can be placed on a sheet.

    Attributes:
        form: Its content, clipped to its trim box.
        upright: From the content's coordinates to those of the page as it is read (/Rotate, /UserUnit).
        trim: The trim box of the page as it is read.
    """

    form: Stream
    upright: Matrix
    trim: Rectangle


def impose(pdf: bytes, *, sheet: str = "a4", right_bound: bool, paper_thickness_mm: float = 0.1) -> bytes:
    """Lay a booklet's pages on sheets for saddle stitching: one pile of sheets, folded once, stapled in the fold.

    Pages lie with their trim box at the fold, in the middle of the sheet's height; they are scaled only where they
    are not half the sheet.

    Args:
        pdf: The pages in reading order, upright and all of one size.
        sheet: Name of the sheet (`SHEETS`).
        right_bound: Whether the spine is at the right of the first page, as in a language read from right to left.
        paper_thickness_mm: Thickness of one sheet in millimetres; office paper of 80 g/m² has about 0.1.

    Raises:
        CallError: There is no such sheet, no page, or the pages or the paper do not suit the sheet.
    """
    if sheet not in SHEETS:
        raise CallError(f'"{sheet}": there is no such sheet.', did_you_mean(sheet, SHEETS))
    with pikepdf.open(io.BytesIO(pdf)) as booklet:
        order = sides(len(booklet.pages), right_bound=right_bound)
        images = [_page_image(booklet, page, number) for number, page in enumerate(booklet.pages, 1)]
        scale = _scale([image.trim for image in images], sheet)
        creep = _creep(order, paper_thickness_mm)
        _drop_what_needs_single_pages(booklet)
        for side in order:
            booklet.pages.append(_printed(booklet, side, images, SHEETS[sheet], scale, side.nesting * creep))
        booklet.Root.ViewerPreferences = _printer_settings(right_bound)
        return saved(booklet)


def with_blanks(count: int) -> tuple[int | None, ...]:
    """The pages 1 to `count` in reading order, with the blanks (None) that fill the last sheet.

    The first page is the front cover: it is all that is seen of a booklet on a table. The back cover is the other
    side that is seen without opening it, so it should not be left empty:

    - one blank is the back cover. In front of the last page it would part it from the page it follows, and put a
      page that was laid out for the right hand on the left;
    - two or three blanks lie before the last page, which is the back cover then. At the end they would leave the
      last leaf or its inside empty, as if something were missing. No other page changes its side, and with two
      blanks not even the last does: pages laid out with mirrored margins face each other as they were meant to.

    >>> with_blanks(6)
    (1, 2, 3, 4, 5, None, None, 6)
    >>> with_blanks(7)
    (1, 2, 3, 4, 5, 6, 7, None)
    """
    pages: tuple[int | None, ...] = tuple(range(1, count + 1))
    blanks = (None,) * (-count % 4)
    if len(blanks) >= 2 and count >= 2:
        return (*pages[:-1], *blanks, pages[-1])
    return (*pages, *blanks)


def sides(count: int, *, right_bound: bool) -> tuple[Side, ...]:
    """The sides of the sheets for `count` pages: front and back of the outermost sheet, then of the next inward.

    With n places, blanks included, sheet s (from 0) has the places n - 2s and 2s + 1 on its front, 2s + 2 and
    n - 2s - 1 on its back: its right half is a leaf of the booklet's first half, its left half one of the second.
    With the spine at the right, left and right change places.

    >>> sides(4, right_bound=False)
    (Side(left=4, right=1, nesting=0), Side(left=2, right=3, nesting=0))
    """
    places = with_blanks(count)
    last = len(places) - 1
    order = []
    for nesting in range(len(places) // 4):
        first = 2 * nesting
        for left, right in ((last - first, first), (first + 1, last - first - 1)):
            pair = (places[right], places[left]) if right_bound else (places[left], places[right])
            order.append(Side(*pair, nesting))
    return tuple(order)


def _page_image(booklet: Pdf, page: Page, number: int) -> _PageImage:
    """A page's content as a Form XObject; its resources stay the objects that other pages share.

    Raises:
        CallError: Its trim box has no area.
    """
    # Without a trim box it is the crop box; none reaches beyond the media box (ISO 32000-1, 14.11.2.1).
    trim = Rectangle(page.trimbox) & Rectangle(page.mediabox)
    if trim.width <= 0 or trim.height <= 0:
        remedy = "Lay the pages out again: each needs a trim box inside its media box."
        raise CallError(f"Page {number} has no area.", remedy)
    form = booklet.make_stream(
        _content(page), Type=Name.XObject, Subtype=Name.Form, BBox=trim.as_array(), Resources=page.resources
    )
    if "/Group" in page:
        form.Group = page.Group  # or what is transparent would blend otherwise than on the page
    upright = page.get_matrix_for_transformations()
    return _PageImage(form, upright, upright.transform(trim))


def _content(page: Page) -> bytes:
    """The operators of a page; its streams are one, broken at any space (ISO 32000-1, 7.8.2)."""
    contents = page.get("/Contents", Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _scale(trims: Sequence[Rectangle], sheet: str) -> float:
    """What pages of these sizes are multiplied with to be half the sheet; exactly 1 where they are.

    Raises:
        CallError: There is no page, pages differ in size, or their proportions are not those of the half sheet.
    """
    if not trims:
        raise CallError("There is no page to impose.", "Give the PDF of a booklet that has at least one page.")
    page = trims[0]
    for number, other in enumerate(trims, 1):
        if not _same_size(page, other):
            message = f"Page {number} is {_size(other)}, page 1 is {_size(page)}: a booklet has pages of one size."
            raise CallError(message, "Lay all pages out upright and at one size.")
    half = _half(SHEETS[sheet])
    if _same_size(page, half):
        return 1.0
    if not _same_proportions(page, half):
        fitting = " or ".join(f'"{name}"' for name in SHEETS if _same_proportions(page, _half(SHEETS[name])))
        alternative = f", or impose them on {fitting}" if fitting else ""
        raise CallError(
            f'The pages are {_size(page)}, half a sheet of "{sheet}" is {_size(half)}: the proportions differ.',
            f"Lay the pages out at {_size(half)}{alternative}.",
        )
    return min(half.width / page.width, half.height / page.height)


def _half(sheet: Sheet) -> Rectangle:
    return Rectangle(0, 0, sheet.fold, sheet.height)


def _same_size(one: Rectangle, other: Rectangle) -> bool:
    return max(abs(one.width - other.width), abs(one.height - other.height)) <= _ROUNDING_MM * MM


def _same_proportions(one: Rectangle, other: Rectangle) -> bool:
    ratio = (one.width / one.height) / (other.width / other.height)
    return 1 - _STRIP <= ratio <= 1 / (1 - _STRIP)


def _size(box: Rectangle) -> str:
    """Width and height for a message.

    >>> _size(Rectangle(0, 0, 5.5 * 72, 8.5 * 72))
    '139.7 × 215.9 mm'
    """
    return f"{box.width / MM:.4g} × {box.height / MM:.4g} mm"


def _creep(order: Sequence[Side], paper_thickness_mm: float) -> float:
    """How much nearer to the fold a page lies than one on the sheet around it, in points.

    The fold of a nested sheet lies against the inner face of the sheet around it, one thickness of paper away from
    where that one is folded. Sheet s, counted from 0 at the cover, is therefore pushed out by s times the
    thickness; as much stands out at the fore edge, where the trim takes it off. Moved toward the spine by the same
    s times the thickness, all pages have the same outer margin after the trim. The cover does not move. (Also in
    the manual of Quite Imposing 6, creep by paper thickness, and in Impozycjoner's "Reduction of creeping pages",
    for a stitch that presses the sheets together completely.)

    Raises:
        CallError: The thickness is none, or the innermost pages would lose words at the fold.
    """
    if not (math.isfinite(paper_thickness_mm) and paper_thickness_mm >= 0):
        message = f"{paper_thickness_mm:g} mm is not the thickness of a sheet of paper."
        remedy = "Give millimetres: 0.1 for office paper of 80 g/m², 0 to leave the pages in place."
        raise CallError(message, remedy)
    innermost = max(side.nesting for side in order) * paper_thickness_mm
    if innermost > _WIDEST_CREEP_MM:
        raise CallError(
            f"{len(order) // 2} sheets of {paper_thickness_mm:g} mm are too thick for one booklet: its innermost "
            f"pages would lose {innermost:.3g} mm at the fold; a page can spare {_WIDEST_CREEP_MM:g} mm.",
            "Take thinner paper, or print the pages as they are and have them bound another way.",
        )
    return paper_thickness_mm * MM


def _printed(
    booklet: Pdf, side: Side, images: Sequence[_PageImage], sheet: Sheet, scale: float, shift: float
) -> Page:
    """A side of a sheet with its pages in place, each clipped at the fold.

    Args:
        booklet: The PDF it is for.
        side: Which pages.
        images: All pages in reading order.
        sheet: Size of the sheet.
        scale: What the pages are multiplied with.
        shift: How far they are moved toward the fold, in points.
    """
    forms = Dictionary()
    content = []
    for half, number in (("/Left", side.left), ("/Right", side.right)):
        if number is None:
            continue
        image = images[number - 1]
        edge, x = (0.0, sheet.fold - scale * image.trim.width + shift)
        if half == "/Right":
            edge, x = (sheet.fold, sheet.fold - shift)
        y = (sheet.height - scale * image.trim.height) / 2
        corner = Matrix().translated(-image.trim.llx, -image.trim.lly)
        matrix = image.upright @ corner @ Matrix().scaled(scale, scale) @ Matrix().translated(x, y)
        placement = matrix.encode().decode()
        content.append(f"q {edge:g} 0 {sheet.fold:g} {sheet.height:g} re W n {placement} cm {half} Do Q")
        forms[half] = image.form
    return Page(
        Dictionary(
            Type=Name.Page,
            MediaBox=[0, 0, round(sheet.width, 3), round(sheet.height, 3)],
            Resources=Dictionary(XObject=forms),
            Contents=booklet.make_stream("\n".join(content).encode()),
        )
    )


def _drop_what_needs_single_pages(booklet: Pdf) -> None:
    """Take out the pages, and all that leads to them or describes them one by one."""
    del booklet.pages[:]
    for key in set(booklet.Root.keys()) - _KEPT_IN_CATALOGUE:
        del booklet.Root[key]
    for each in booklet.objects:
        if isinstance(each, Dictionary | Stream):
            for key in ("/StructParent", "/StructParents"):
                if key in each:
                    del each[key]
        if isinstance(each, Stream) and each.get("/Subtype") == Name.Form and b"/MCID" in each.read_bytes():
            _untag(each)
    _drop_claims(booklet)


def _untag(form: Stream) -> None:
    """Part a form's marked content from the tags it belonged to; what it says of itself (/ActualText) stays."""
    instructions = pikepdf.parse_content_stream(form)
    for instruction in instructions:
        if instruction.operator == Operator("BDC"):
            properties = instruction.operands[1]
            if isinstance(properties, Dictionary) and "/MCID" in properties:
                del properties["/MCID"]
    form.write(pikepdf.unparse_content_stream(instructions))


def _drop_claims(booklet: Pdf) -> None:
    """Take out of the metadata what says that the file conforms to a standard: an imposed one does to none."""
    if "/Info" in booklet.trailer:
        for key in {"/GTS_PDFXVersion", "/GTS_PDFXConformance"} & set(booklet.docinfo.keys()):
            del booklet.docinfo[key]
    if "/Metadata" in booklet.Root:
        with booklet.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
            for key in list(packet):
                if key.startswith(tuple(f"{{{claim}" for claim in _CLAIMS)) or "}GTS_" in key:
                    del packet[key]


def _printer_settings(right_bound: bool) -> Dictionary:
    """What the print dialog is set to: both sides, turned about the short edge, not scaled (ISO 32000-1, 12.2)."""
    settings = Dictionary(Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"), PickTrayByPDFSize=True)
    if right_bound:
        settings.Direction = Name.R2L
    return settings
