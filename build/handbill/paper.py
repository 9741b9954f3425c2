"""Paper: what a PDF for the screen has to lose, and what it keeps, when it is made for print.

In: the finished PDF of a screen edition, opened. Out: the same without what can only be clicked, described anew, as
bytes that are the same every time. The tags stay (ISO 32000-1, 14.7 and 14.8): they cost a printer nothing, and
whoever opens the file on a screen can still have it read aloud and copy its words.
"""

import io
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from handbill.errors import CallError, ContentError
from handbill.xmp import Claim, Description, pdf_date, read_packet, write_packet

MM = 72 / 25.4
"""Points in a millimetre (ISO 32000-1, 8.3.2.3: a point is 1/72 inch)."""

_KEPT_IN_CATALOGUE = frozenset(
    {
        "/Type",
        "/Pages",
        "/Lang",
        "/MarkInfo",
        "/StructTreeRoot",
        "/Outlines",
        "/PageLabels",
        "/ViewerPreferences",
        "/OCProperties",  # what a page shows may depend on its layers
    }
)
"""Everything else is a claim, an action, a form, a file, a place to jump to, or written anew."""

_KEPT_PREFERENCES = frozenset({"/DisplayDocTitle", "/Direction", "/Duplex"})

_DROPPED_FROM_PAGES = ("/Annots", "/AA", "/PieceInfo", "/Thumb", "/Tabs", "/Dur", "/Trans", "/AF", "/Metadata")


def open_screen_pdf(pdf: bytes) -> Pdf:
    """Open the PDF of a screen edition.

    Raises:
        CallError: It is none, or it is encrypted.
    """
    try:
        opened = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise CallError(f"No PDF that can be opened: {error}.", "Give the file as handbill made it.") from None
    if opened.is_encrypted:
        raise CallError("The PDF is encrypted.", "Give the file as handbill made it.")
    return opened


def description_of(pdf: Pdf) -> Description:
    """What the PDF says of itself.

    Raises:
        ContentError: It does not say enough.
    """
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        raise ContentError("The PDF has no metadata.", "Build it again with handbill.")
    return read_packet(packet.read_bytes())


def drop_interaction(pdf: Pdf) -> None:
    """Take out links, actions, attached files and claims; leave words, tags, bookmarks and page labels."""
    for key in set(pdf.Root.keys()) - _KEPT_IN_CATALOGUE:
        del pdf.Root[key]
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    for key in set(preferences.keys()) - _KEPT_PREFERENCES:
        del preferences[key]
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    entries = {int(note.StructParent) for note in notes if "/StructParent" in note}
    for page in pdf.pages:
        for key in _DROPPED_FROM_PAGES:
            if key in page:
                del page[key]
    _let_bookmarks_stand_alone(pdf)
    if "/StructTreeRoot" in pdf.Root:
        _untie_tags(pdf.Root.StructTreeRoot)
        _drop_entries(pdf.Root.StructTreeRoot.get("/ParentTree", Dictionary()), entries)


def write_description(pdf: Pdf, description: Description, claims: AbstractSet[Claim] = frozenset()) -> None:
    """Write packet and information dictionary from one description, so that they agree (ISO 32000-1, 14.3)."""
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo["/Title"] = String(description.title)
    pdf.docinfo["/CreationDate"] = String(pdf_date(description.created))
    pdf.docinfo["/ModDate"] = String(pdf_date(description.modified))
    if description.keywords:
        pdf.docinfo["/Keywords"] = String(", ".join(description.keywords))
    if description.trapped is not None:
        pdf.docinfo["/Trapped"] = Name(f"/{description.trapped}")
    packet = write_packet(description, claims)
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Lang = String(description.language)


def saved(pdf: Pdf, version: str = "") -> bytes:
    """The file, with an identifier that follows from its content: the same bytes every time.

    Args:
        pdf: The PDF.
        version: The version of PDF it is saved in; its own if empty.
    """
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]  # pikepdf keeps the first identifier it finds
    finished = io.BytesIO()
    pdf.save(
        finished,
        deterministic_id=True,
        fix_metadata_version=False,
        force_version=version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return finished.getvalue()


def _let_bookmarks_stand_alone(pdf: Pdf) -> None:
    """Leave each bookmark its page and place; one that jumps by an action or a name keeps its words alone."""
    for bookmark in _bookmarks(pdf.Root.get("/Outlines")):
        if "/A" in bookmark:
            del bookmark["/A"]
        if "/Dest" in bookmark and not isinstance(bookmark.Dest, Array):
            del bookmark["/Dest"]


def shift_places(pdf: Pdf, shifts: Mapping[tuple[int, int], tuple[float, float]]) -> None:
    """Move what names a place on a page, bookmarks and the boxes of figures, along with the page's content.

    Args:
        pdf: The PDF.
        shifts: How far the content of each page was moved, in points, by the page's object.
    """
    for bookmark in _bookmarks(pdf.Root.get("/Outlines")):
        place = bookmark.get("/Dest")
        if place is not None and len(place) == 5 and place[1] == Name.XYZ:  # page, /XYZ, left, top, zoom
            for at, distance in enumerate(shifts.get(place[0].objgen, (0, 0)), 2):
                place[at] = round(float(place[at]) + distance, 3)
    for element in _tags(pdf.Root.get("/StructTreeRoot")):
        attributes = element.get("/A", Dictionary())
        for each in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(each, Dictionary) and "/BBox" in each and "/Pg" in element:
                distances = shifts.get(element.Pg.objgen, (0, 0)) * 2
                each.BBox = Array(
                    [round(float(edge) + by, 3) for edge, by in zip(each.BBox, distances, strict=True)]
                )


def _bookmarks(above: pikepdf.Object | None) -> list[pikepdf.Object]:
    """All bookmarks under one."""
    found: list[pikepdf.Object] = []
    waiting = [above.First] if above is not None and "/First" in above else []
    while waiting:
        bookmark = waiting.pop()
        found.append(bookmark)
        waiting += [bookmark[key] for key in ("/Next", "/First") if key in bookmark]
    return found


def _tags(root: pikepdf.Object | None) -> list[pikepdf.Object]:
    """The root of the structure tree and all elements under it."""
    found: list[pikepdf.Object] = []
    waiting = [root] if root is not None else []
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting += [child for child in _children(element) if isinstance(child, Dictionary) and "/K" in child]
    return found


def _children(element: pikepdf.Object) -> list[pikepdf.Object | int]:
    """What an element holds: elements, numbers of marked content, references (ISO 32000-1, 14.7.2)."""
    children = element.get("/K", Array())
    return list(children) if isinstance(children, Array) else [children]


def _untie_tags(root: pikepdf.Object) -> None:
    """Take the annotations out of the structure tree; what was a link is plain text now (14.7.4.3, 14.8.4.4)."""
    for element in _tags(root):
        if element.get("/S") in (Name.Link, Name.Annot):
            element.S = Name.Span
        kept = [child for child in _children(element) if not _points_at_an_object(child)]
        if len(kept) < len(_children(element)):
            element.K = Array(kept)


def _points_at_an_object(child: pikepdf.Object | int) -> bool:
    return isinstance(child, Dictionary) and child.get("/Type") == Name.OBJR


def _drop_entries(node: pikepdf.Object, numbers: AbstractSet[int]) -> None:
    """Take entries out of the tree that finds an element by a number (ISO 32000-1, 7.9.7 and 14.7.4.4)."""
    for child in node.get("/Kids", []):
        _drop_entries(child, numbers)
    if "/Nums" in node:
        pairs = [(node.Nums[at], node.Nums[at + 1]) for at in range(0, len(node.Nums), 2)]
        node.Nums = Array([each for pair in pairs if int(pair[0]) not in numbers for each in pair])
