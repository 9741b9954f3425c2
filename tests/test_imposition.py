"""Imposition: sheets cut at the fold and folded are the booklet, page for page as it was laid out."""

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import pikepdf
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageChops

from conftest import ROOT
from handbill.errors import CallError
from handbill.imposition import SHEETS, Side, impose, sides, with_blanks

T = TypeVar("T")

MM = 72 / 25.4
PX_PER_MM = 4

# Pages in millimetres.
HALF_A4 = (148.5, 210.0)
A5 = (148.0, 210.0)
A4 = (210.0, 297.0)
HALF_LETTER = (139.7, 215.9)
LETTER = (215.9, 279.4)

BOTH_WAYS = pytest.mark.parametrize("right_bound", [False, True], ids=["left to right", "right to left"])

FONT = ROOT / "styles" / "fonts" / "source-serif" / "SourceSerif4-Regular.ttf"


# Pages to impose.


def booklet(count: int, size: tuple[float, float] = HALF_A4, draw: Callable[[int], str] | None = None) -> bytes:
    """Pages of this size in millimetres with their numbers in one embedded font, or with what `draw` gives."""
    with pikepdf.new() as pdf:
        resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=_font(pdf))))
        for number in range(1, count + 1):
            width, height = (each * MM for each in size)
            pdf.add_blank_page(page_size=(width, height))
            page = pdf.pages[-1]
            page.obj.Resources = resources
            content = draw(number) if draw else numbered(number, width, height)
            page.obj.Contents = pdf.make_stream(content.encode())
        return saved(pdf)


def numbered(number: int, width: float, height: float) -> str:
    """A large number, a corner that shows which way is up, bars at the edges whose places tell the number too."""
    bars = [
        f"{place * width / 20:.3f} 0 {width / 40:.3f} {height / 30:.3f} re "
        f"0 {place * height / 20:.3f} {width / 30:.3f} {height / 40:.3f} re "
        f"{width * 29 / 30:.3f} {(19 - place) * height / 20:.3f} {width / 30:.3f} {height / 60:.3f} re"
        for place in (number % 17 + 1, number % 7 + 8)
    ]
    corner = f"0 {height:.3f} m {width / 5:.3f} {height:.3f} l 0 {height * 0.9:.3f} l h"
    text = f"BT /F1 {height / 4:.3f} Tf {width / 4:.3f} {height / 2.5:.3f} Td ({number}) Tj ET"
    return f"0 g {' '.join(bars)} {corner} f 0.5 g {text}"


def fill(number: int) -> str:
    """Ink far beyond the page on every side."""
    return "0 g -2000 -2000 6000 6000 re f"


def _font(pdf: Pdf) -> pikepdf.Object:
    """Source Serif's digits as a simple font, the whole file embedded, so that a second copy would be seen."""
    font = TTFont(FONT)
    characters, per_em = font.getBestCmap(), font["head"].unitsPerEm
    widths = [round(font["hmtx"][characters[ord(digit)]][0] * 1000 / per_em) for digit in "0123456789"]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/SourceSerif4"),
        Flags=32,
        FontBBox=[-200, -300, 1200, 1000],
        ItalicAngle=0,
        Ascent=900,
        Descent=-300,
        CapHeight=670,
        StemV=80,
        FontFile2=pdf.make_stream(FONT.read_bytes()),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/SourceSerif4"),
            Encoding=Name.WinAnsiEncoding,
            FirstChar=48,
            LastChar=57,
            Widths=widths,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


def box(x: float, y: float, width: float, height: float) -> Array:
    """A box of a page, from millimetres."""
    return Array([round(edge * MM, 4) for edge in (x, y, x + width, y + height)])


def changed(pdf: bytes, change: Callable[[Pdf], None]) -> bytes:
    """The PDF after a change."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        return saved(document)


def saved(pdf: Pdf) -> bytes:
    finished = io.BytesIO()
    pdf.save(finished)
    return finished.getvalue()


def forms(pdf: Pdf) -> list[pikepdf.Object]:
    """The pages that lie on sheets."""
    return [form for side in pdf.pages for form in side.Resources.XObject.values()]


# What is seen of them.


def rasters(pdf: bytes, scale: float = PX_PER_MM / MM) -> list[Image.Image]:
    """Every page in grey; a size within a hundredth of a pixel of a whole number is that number."""
    with pdfium.PdfDocument(pdf) as document:
        return [
            page.render(scale=scale - 0.01 / max(page.get_size()), grayscale=True).to_pil().convert("L")
            for page in document
        ]


def halves(imposed: bytes, scale: float = PX_PER_MM / MM) -> list[tuple[Image.Image, Image.Image]]:
    """Every side of a sheet, cut at the fold."""
    cut = []
    for side in rasters(imposed, scale):
        assert side.width % 2 == 0
        fold = side.width // 2
        cut.append((side.crop((0, 0, fold, side.height)), side.crop((fold, 0, side.width, side.height))))
    return cut


def folded(cut: Sequence[tuple[T, T]], right_bound: bool) -> list[tuple[T, int, str]]:
    """What a reader meets who folds the pile and leafs through it: half, sheet, and its side of the fold.

    The pile lies with its fronts up, the outermost sheet on top. Each right half is a leaf whose first page is on
    the front; each left half, from the innermost sheet outward, is a leaf whose first page is on the back. With the
    spine at the right it is the other way round.
    """
    leaf, other = (0, 1) if right_bound else (1, 0)
    where = ("left", "right")
    sheets = list(zip(cut[::2], cut[1::2], strict=True))
    read = []
    for number, (front, back) in enumerate(sheets):
        read += [(front[leaf], number, where[leaf]), (back[other], number, where[other])]
    for number, (front, back) in reversed(list(enumerate(sheets))):
        read += [(back[leaf], number, where[leaf]), (front[other], number, where[other])]
    return read


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The smallest box that has all ink: left, top, right and bottom in pixels."""
    box = ImageChops.invert(picture).point(lambda level: 255 if level >= 64 else 0).getbbox()
    assert box
    return box


def as_expected(page: Image.Image | None, like: Image.Image, where: str, shift: int) -> Image.Image:
    """Half a sheet with a page at the fold, moved beyond it by `shift` pixels and cut off there."""
    half = Image.new("L", like.size, 255)
    if page:
        x = half.width - page.width + shift if where == "left" else -shift
        half.paste(page, (x, (half.height - page.height) // 2))
    return half


def difference(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of two pictures in one place, in grey levels of 256."""
    assert one.size == other.size
    return max(level for level, count in enumerate(ImageChops.difference(one, other).histogram()) if count)


SMOOTHING = 4
"""Grey levels that a pixel at an edge may differ by: coordinates are written with five decimals at most."""


def assert_folds_to(
    imposed: bytes,
    pages: Sequence[Image.Image],
    right_bound: bool,
    creep_px: int = 0,
    scale: float = PX_PER_MM / MM,
) -> None:
    """The folded sheets read as these pages do, the blanks where they belong, creep counted in pixels a sheet."""
    read = folded(halves(imposed, scale), right_bound)
    expected = with_blanks(len(pages))
    assert len(read) == len(expected)
    for place, ((half, nesting, where), number) in enumerate(zip(read, expected, strict=True), 1):
        page = pages[number - 1] if number else None
        off = difference(half, as_expected(page, half, where, nesting * creep_px))
        assert off <= SMOOTHING, f"place {place}, page {number}: {off} grey levels off"


# The order of the pages.


@pytest.mark.parametrize(
    ("count", "places"),
    [
        (1, "1 - - -"),
        (2, "1 - - 2"),
        (3, "1 2 3 -"),
        (4, "1 2 3 4"),
        (5, "1 2 3 4 - - - 5"),
        (6, "1 2 3 4 5 - - 6"),
        (7, "1 2 3 4 5 6 7 -"),
        (8, "1 2 3 4 5 6 7 8"),
        (9, "1 2 3 4 5 6 7 8 - - - 9"),
        (10, "1 2 3 4 5 6 7 8 9 - - 10"),
        (11, "1 2 3 4 5 6 7 8 9 10 11 -"),
        (12, "1 2 3 4 5 6 7 8 9 10 11 12"),
        (13, "1 2 3 4 5 6 7 8 9 10 11 12 - - - 13"),
    ],
)
def test_blanks_lie_where_a_reader_misses_nothing(count: int, places: str) -> None:
    assert " ".join(str(page or "-") for page in with_blanks(count)) == places


@given(st.integers(2, 600))
def test_a_page_keeps_its_side_unless_three_blanks_make_it_the_back_cover(count: int) -> None:
    moved = [page for place, page in enumerate(with_blanks(count), 1) if page and place % 2 != page % 2]

    assert moved == ([count] if count % 4 == 1 else [])


@given(st.integers(1, 600), st.booleans())
def test_folding_any_number_of_pages_gives_them_in_reading_order(count: int, right_bound: bool) -> None:
    order = sides(count, right_bound=right_bound)
    read = folded([(side.left, side.right) for side in order], right_bound)

    assert tuple(page for page, _, _ in read) == with_blanks(count)
    assert [page for page, _, _ in read if page] == list(range(1, count + 1))
    assert [side.nesting for side in order] == [number // 2 for number in range(len(order))]


def test_the_first_page_and_the_last_are_the_outside_of_the_outermost_sheet() -> None:
    assert sides(8, right_bound=False)[0] == Side(left=8, right=1, nesting=0)
    assert sides(8, right_bound=True)[0] == Side(left=1, right=8, nesting=0)


# The pages on the sheets.


@BOTH_WAYS
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 12, 13])
def test_folded_sheets_are_the_booklet_pixel_by_pixel(count: int, right_bound: bool) -> None:
    source = booklet(count)
    imposed = impose(source, right_bound=right_bound, paper_thickness_mm=2 / PX_PER_MM)

    assert_folds_to(imposed, rasters(source), right_bound, creep_px=2)


@BOTH_WAYS
@pytest.mark.parametrize(
    ("sheet", "size", "scale"),
    [
        ("a4", A5, PX_PER_MM / MM),
        ("a3", A4, PX_PER_MM / MM),
        ("letter", HALF_LETTER, 1.5),
        ("tabloid", LETTER, 1.0),
    ],
    ids=["A5 on A4", "A4 on A3", "half letter on letter", "letter on tabloid"],
)
def test_pages_of_half_the_sheet_are_printed_at_their_size(
    sheet: str, size: tuple[float, float], scale: float, right_bound: bool
) -> None:
    source = booklet(5, size)
    imposed = impose(source, sheet=sheet, right_bound=right_bound, paper_thickness_mm=0)

    assert_folds_to(imposed, rasters(source, scale), right_bound, scale=scale)


def test_other_pages_are_scaled_to_the_half_sheet() -> None:
    source = booklet(5, (74.25, 105))
    imposed = impose(source, right_bound=False, paper_thickness_mm=1 / PX_PER_MM)

    assert_folds_to(imposed, rasters(source, 2 * PX_PER_MM / MM), right_bound=False, creep_px=1)


@pytest.mark.parametrize(
    ("sheet", "page", "size"),
    [("a3", A5, (148 * 297 / 210, 297)), ("a4", (105, 148), (148.5, 148 * 148.5 / 105))],
    ids=["A5 on A3 is as high as the sheet", "A6 on A4 is as wide as its half"],
)
def test_a_page_that_leaves_a_strip_lies_at_the_fold_in_the_middle_of_the_height(
    sheet: str, page: tuple[float, float], size: tuple[float, float]
) -> None:
    width, height = (each * PX_PER_MM for each in size)

    for left, right in halves(impose(booklet(4, page, fill), sheet=sheet, right_bound=False)):
        top, bottom = (left.height - height) / 2, (left.height + height) / 2
        assert ink(left) == pytest.approx((left.width - width, top, left.width, bottom), abs=0.9)
        assert ink(right) == pytest.approx((0, top, width, bottom), abs=0.9)


@pytest.mark.parametrize(
    ("sheet", "page", "size"),
    [
        ("a4", HALF_A4, (297, 210)),
        ("a3", A4, (420, 297)),
        ("letter", HALF_LETTER, (279.4, 215.9)),
        ("tabloid", LETTER, (431.8, 279.4)),
    ],
)
def test_a_sheet_lies_across(sheet: str, page: tuple[float, float], size: tuple[float, float]) -> None:
    with pikepdf.open(io.BytesIO(impose(booklet(4, page), sheet=sheet, right_bound=False))) as pdf:
        boxes = [[float(edge) / MM for edge in side.mediabox] for side in pdf.pages]

    assert boxes == [pytest.approx([0, 0, *size], abs=0.001)] * 2


# Creep, and the fold.


@BOTH_WAYS
@pytest.mark.parametrize(("thickness", "pixels"), [(0.0, 0), (0.25, 1), (0.75, 3), (1.25, 5)])
def test_each_sheet_inward_moves_its_pages_one_thickness_toward_the_fold(
    thickness: float, pixels: int, right_bound: bool
) -> None:
    source = booklet(16, draw=lambda number: f"0 g {50.1 * MM:.3f} 100 100 100 re f")
    imposed = impose(source, right_bound=right_bound, paper_thickness_mm=thickness)

    for place, (left, right) in enumerate(halves(imposed)):
        nesting = place // 2
        assert ink(left)[0] == 50 * PX_PER_MM + nesting * pixels
        assert ink(right)[0] == 50 * PX_PER_MM - nesting * pixels


def test_office_paper_is_a_tenth_of_a_millimetre_thick() -> None:
    source = booklet(8)

    assert impose(source, right_bound=False) == impose(source, right_bound=False, paper_thickness_mm=0.1)
    assert impose(source, right_bound=False) != impose(source, right_bound=False, paper_thickness_mm=0)


@pytest.mark.parametrize("inked", [0, 1], ids=["the pages on the left", "the pages on the right"])
def test_nothing_crosses_the_fold(inked: int) -> None:
    source = booklet(12, draw=lambda number: fill(number) if number % 2 == inked else "")
    imposed = impose(source, right_bound=False, paper_thickness_mm=1.0)

    for place, cut in enumerate(halves(imposed)):
        black, white = cut[inked], cut[1 - inked]
        moved = place // 2 * PX_PER_MM
        assert white.getextrema() == (255, 255)
        left, _, right, _ = ink(black)
        at_the_fold, at_the_edge = (left, black.width - right)[:: 1 if inked else -1]
        assert at_the_fold == 0
        assert at_the_edge == pytest.approx(moved, abs=1)


def test_what_lies_outside_the_trim_is_not_printed() -> None:
    def trim(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.TrimBox = box(10, 10, *A5)

    imposed = impose(changed(booklet(4, (170, 230), fill), trim), right_bound=False)

    for left, right in halves(imposed):
        assert ink(left) == (2, 0, 594, 840)  # A5 is half a millimetre narrower than half of A4
        assert ink(right) == (0, 0, 592, 840)


# Pages that are not plain.


@pytest.mark.parametrize("turn", [90, 180, 270, -90, 450])
@pytest.mark.parametrize("inherited", [False, True], ids=["of the page", "of the tree of pages"])
def test_a_turned_page_is_printed_as_it_is_read(turn: int, inherited: bool) -> None:
    def turn_all(pdf: Pdf) -> None:
        for each in [pdf.Root.Pages] if inherited else [page.obj for page in pdf.pages]:
            each.Rotate = turn

    width, height = HALF_A4
    source = changed(booklet(5, (width, height) if turn % 180 == 0 else (height, width)), turn_all)

    assert_folds_to(impose(source, right_bound=False, paper_thickness_mm=0), rasters(source), right_bound=False)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("boxes", ["trim", "crop", "trim in crop", "trim with its corners the other way round"])
def test_a_page_is_placed_at_its_trim_box(boxes: str, turn: int) -> None:
    width, height = HALF_A4 if turn % 180 == 0 else HALF_A4[::-1]
    trim = box(30, 20, width, height)

    def give_boxes(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.MediaBox = box(-10, -5, 290, 290)
            page.obj.Rotate = turn
            if boxes != "crop":
                page.obj.TrimBox = Array([trim[2], trim[3], trim[0], trim[1]]) if "corners" in boxes else trim
            if "crop" in boxes:
                page.obj.CropBox = trim if boxes == "crop" else box(5, 5, 270, 270)

    def show_the_trim(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.CropBox = trim

    source = changed(booklet(4, (260, 240)), give_boxes)
    pages = rasters(changed(source, show_the_trim))
    imposed = impose(source, right_bound=True, paper_thickness_mm=0)

    assert ink(pages[0])
    assert_folds_to(imposed, pages, right_bound=True)


def test_a_trim_box_ends_where_the_medium_ends() -> None:
    def too_far(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.TrimBox = box(-20, -20, 300, 300)

    source = changed(booklet(4), too_far)

    assert_folds_to(impose(source, right_bound=False), rasters(booklet(4)), right_bound=False)


def test_a_page_that_leaves_its_colour_and_its_clip_behind_does_not_touch_its_neighbour() -> None:
    def leave(pdf: Pdf) -> None:
        for page in list(pdf.pages)[::2]:
            page.contents_add(b"q 1 0 0 rg 0 0 10 10 re W n 0.5 0 0 0.5 30 30 cm")

    source = booklet(8)

    imposed = impose(changed(source, leave), right_bound=False, paper_thickness_mm=0)

    assert_folds_to(imposed, rasters(source), right_bound=False)


def test_pages_may_share_a_stream_have_several_or_none() -> None:
    def share(pdf: Pdf) -> None:
        first, second, third, fourth, fifth = pdf.pages
        first.obj.Contents = second.obj.Contents = pdf.make_stream(b"0 g 30 30 50 300 re f")
        second.obj.MediaBox = box(10, 10, *HALF_A4)
        beginning = pdf.make_stream(b"0 g 0 0 200 20")
        third.obj.Contents = Array([beginning, pdf.make_stream(b"re"), pdf.make_stream(b"f")])
        fourth.obj.Contents = Array([beginning, pdf.make_stream(b"re 0 0 20 200 re f")])
        del fifth.obj.Contents

    source = changed(booklet(5), share)
    pages = rasters(source)

    assert difference(pages[0], pages[1]) == 255
    assert_folds_to(impose(source, right_bound=False, paper_thickness_mm=0), pages, right_bound=False)


def test_a_page_takes_its_resources_from_the_tree_of_pages() -> None:
    def move_up(pdf: Pdf) -> None:
        pdf.Root.Pages.Resources = pdf.pages[0].obj.Resources
        for page in pdf.pages:
            del page.obj.Resources

    source = changed(booklet(4), move_up)

    assert_folds_to(impose(source, right_bound=False), rasters(booklet(4)), right_bound=False)


def test_transparent_ink_blends_as_on_the_page() -> None:
    def overprint(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
            page.obj.Resources.ExtGState = Dictionary(G=Dictionary(BM=Name.Multiply, ca=0.5))
            page.contents_add(b"/G gs 0.4 0.9 0 0 k 40 40 300 300 re f 0 0.4 0.9 0 k 90 90 300 300 re f")

    source = changed(booklet(4), overprint)
    imposed = impose(source, right_bound=False)

    assert_folds_to(imposed, rasters(source), right_bound=False)
    with pikepdf.open(io.BytesIO(imposed)) as pdf:
        assert {str(form.Group.CS) for form in forms(pdf)} == {"/DeviceCMYK"}


# The file.


PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="A">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The title</rdf:li></rdf:Alt></dc:title></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
  xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfx:GTS_PDFXVersion>PDF/X-1:2001</pdfx:GTS_PDFXVersion></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema></rdf:li></rdf:Bag>
</pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta>"""


def tagged(pdf: Pdf) -> None:
    """Everything that a tagged and linked file has which claims to conform to three standards."""
    first, root = pdf.pages[0], pdf.Root
    inner = pdf.make_stream(
        b"/Figure <</MCID 7>> BDC 0 0 5 5 re f EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 9, 9],
        StructParents=3,
    )
    first.Resources.XObject = Dictionary(Inner=inner)
    for page in pdf.pages:
        content = page.Contents.read_bytes()
        page.Contents.write(b"/P <</MCID 0 /ActualText (words)>> BDC " + content + b" EMC /Inner Do")
        page.StructParents, page.Tabs = 0, Name.S
        page.Annots = pdf.make_indirect(
            Array(
                [
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.Link,
                        Rect=[0, 0, 9, 9],
                        A=Dictionary(S=Name.URI, URI="https://example.org"),
                    )
                ]
            )
        )
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=0, Pg=first.obj))
    root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))
    root.MarkInfo, root.Lang, root.PageMode = Dictionary(Marked=True), "en", Name.UseOutlines
    root.Names = Dictionary(Dests=Dictionary(Names=["here", [first.obj, Name.Fit]]))
    root.OpenAction = [first.obj, Name.Fit]
    root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D)])
    root.AcroForm = Dictionary(Fields=[])
    root.OutputIntents = [Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39")]
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Here", 0))
    root.Metadata = pdf.make_stream(PACKET.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.docinfo["/Title"] = "The title"
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"


def test_nothing_of_the_single_pages_and_no_claim_is_left() -> None:
    source = changed(booklet(5), tagged)
    imposed = impose(source, right_bound=False, paper_thickness_mm=0)

    assert_folds_to(imposed, rasters(source), right_bound=False)
    with pikepdf.open(io.BytesIO(imposed)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/Metadata", "/ViewerPreferences"}
        for side in pdf.pages:
            assert set(side.obj.keys()) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
        for each in pdf.objects:
            if isinstance(each, Dictionary | Stream):
                assert not {"/StructParent", "/StructParents", "/URI", "/Dest", "/Pg"} & set(each.keys())
                assert each.get("/Type") not in (Name.Annot, Name.StructElem, Name.OutputIntent)
        contents = [form.read_bytes() for page in forms(pdf) for form in (page, *page.Resources.XObject.values())]
        packet = pdf.Root.Metadata.read_bytes()
        information = dict(pdf.docinfo.items())

    assert not any(b"MCID" in content for content in contents)
    assert sum(b"/ActualText" in content for content in contents) == 5
    assert information == {"/Title": "The title"}
    assert b"The title" in packet
    assert not any(word in packet for word in (b"pdfaid:", b"pdfuaid:", b"pdfxid:", b"GTS_", b"schemas", b"PDF/"))


def test_a_file_without_metadata_gets_none() -> None:
    with pikepdf.open(io.BytesIO(impose(booklet(4), right_bound=False))) as pdf:
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root


@BOTH_WAYS
def test_the_print_dialog_is_told_how_to_print_it(right_bound: bool) -> None:
    with pikepdf.open(io.BytesIO(impose(booklet(4), right_bound=right_bound))) as pdf:
        settings = pdf.Root.ViewerPreferences
        assert settings.Duplex == Name.DuplexFlipShortEdge
        assert settings.PrintScaling == Name("/None")
        assert settings.get("/Direction") == (Name.R2L if right_bound else None)


def test_fonts_are_in_the_file_once_and_it_hardly_grows() -> None:
    source = booklet(40)
    imposed = impose(source, right_bound=False)

    with pikepdf.open(io.BytesIO(imposed)) as pdf:
        fonts = {form.Resources.Font.F1.objgen for form in forms(pdf)}
        files = [each for each in pdf.objects if isinstance(each, Dictionary) and "/FontFile2" in each]
        assert (len(fonts), len(files)) == (1, 1)
    assert len(imposed) - len(source) < 40 * 100


IMPOSE = """
import hashlib, sys
from handbill.imposition import impose
print(hashlib.sha256(impose(sys.stdin.buffer.read(), right_bound=True)).hexdigest())
"""


def test_the_bytes_are_the_same_whatever_the_seed_and_the_zone() -> None:
    source = changed(booklet(5), tagged)
    digests = {hashlib.sha256(impose(source, right_bound=True)).hexdigest()}
    for seed, zone in (("1", "Asia/Kolkata"), ("2", "America/Lima")):
        run = subprocess.run(
            [sys.executable, "-c", IMPOSE],
            input=source,
            env={"PYTHONPATH": str(ROOT / "build"), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        )
        digests.add(run.stdout.decode().strip())

    assert len(digests) == 1


def test_the_identifier_of_the_pages_leaves_no_trace() -> None:
    def identify(name: bytes) -> Callable[[Pdf], None]:
        def change(pdf: Pdf) -> None:
            pdf.trailer.ID = Array([String(name), String(name)])

        return change

    one, other = (changed(booklet(4), identify(name)) for name in (b"a" * 16, b"b" * 16))

    assert one != other
    assert impose(one, right_bound=False) == impose(other, right_bound=False)


# What is refused.


def resize_third(pdf: Pdf) -> None:
    pdf.pages[2].obj.MediaBox = box(0, 0, *A4)


def empty_second(pdf: Pdf) -> None:
    pdf.pages[1].obj.TrimBox = box(400, 400, 10, 10)


@pytest.mark.parametrize(
    ("source", "sheet", "thickness", "message"),
    [
        (booklet(0), "a4", 0.1, "There is no page to impose.*Give the PDF of a booklet"),
        (booklet(1), "a44", 0.1, '"a44": there is no such sheet.*Did you mean "a4"'),
        (
            booklet(1, A5),
            "letter",
            0.1,
            'The pages are 148 × 210 mm, half a sheet of "letter" is 139.7 × 215.9 mm: the proportions differ.*'
            'Lay the pages out at 139.7 × 215.9 mm, or impose them on "a4" or "a3".',
        ),
        (booklet(1, LETTER), "a3", 0.1, 'Lay the pages out at 210 × 297 mm, or impose them on "tabloid"'),
        (booklet(1, (210, 148)), "a4", 0.1, "The pages are 210 × 148 mm.*Lay the pages out at 148.5 × 210 mm."),
        (
            changed(booklet(4), resize_third),
            "a4",
            0.1,
            "Page 3 is 210 × 297 mm, page 1 is 148.5 × 210 mm.*at one size",
        ),
        (changed(booklet(4), empty_second), "a4", 0.1, "Page 2 has no area.*trim box inside its media box"),
        (booklet(1), "a4", -0.1, "-0.1 mm is not the thickness.*0.1 for office paper"),
        (booklet(1), "a4", float("nan"), "nan mm is not the thickness"),
        (booklet(1), "a4", float("inf"), "inf mm is not the thickness"),
        (
            booklet(24),
            "a4",
            1.25,
            "6 sheets of 1.25 mm are too thick.*lose 6.25 mm at the fold.*Take thinner paper",
        ),
    ],
    ids=[
        "no page",
        "no such sheet",
        "A5 on letter",
        "letter on A3",
        "pages that lie across",
        "pages of two sizes",
        "a page without area",
        "a thickness below none",
        "no thickness",
        "a thickness without end",
        "too much paper",
    ],
)
def test_what_cannot_be_folded_right_is_refused(source: bytes, sheet: str, thickness: float, message: str) -> None:
    with pytest.raises(CallError, match=f"(?s){message}"):
        impose(source, sheet=sheet, right_bound=False, paper_thickness_mm=thickness)


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_takes_pages_of_its_half(name: str) -> None:
    sheet = SHEETS[name]
    imposed = impose(booklet(4, (sheet.fold / MM, sheet.height / MM), fill), sheet=name, right_bound=False)

    for side in rasters(imposed, 1):
        assert ink(side) == (0, 0, *side.size)
