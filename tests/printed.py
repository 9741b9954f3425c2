"""PDFs for the tests of the paper editions: of the real pipeline, made once, and tiny ones of a few operators."""

import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefs import first_statement
from handbill.colour import load_profile
from handbill.making import Job, make
from handbill.press import to_press
from specimen import specimen

ACCENT = "#7a1f2b"
"""The accent of the first statement and of the specimens."""

WORKSHOP = Pdf.new()
"""Where streams are made that tests put into resources; a PDF takes copies of them."""

PACKET = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"><rdf:Description rdf:about="">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Tiny</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>2025-01-31T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>2025-01-31T00:00:00Z</xmp:ModifyDate>
<xmpMM:DocumentID>uuid:6f3a2c1e-0000-5000-8000-000000000001</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:6f3a2c1e-0000-5000-8000-000000000002</xmpMM:InstanceID>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def screen(tag: str = "") -> bytes:
    """The screen edition of the first statement, or of the specimen in a language."""
    return _screen(tag)


def press(tag: str = "", marks: bool = False) -> bytes:
    """The press edition of the same."""
    return _press(tag, marks)


@cache
def _screen(tag: str) -> bytes:
    version = specimen(tag) if tag else first_statement().original
    return make(Job(version, "screen", draft=False)).pdf


@cache
def _press(tag: str, marks: bool) -> bytes:
    return to_press(screen(tag), accent=ACCENT, profile=load_profile(), marks=marks)


def tiny(content: str, resources: Mapping[str, Any] | None = None, pages: int = 1) -> bytes:
    """A PDF of pages of 200 by 300 points with this content, described as a screen edition is.

    The font /F is not in the file, so that it can be set with one operator.
    """
    with Pdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(200, 300))
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            made = WORKSHOP.make_indirect(Dictionary({"/Font": Dictionary(F=font), **(resources or {})}))
            page.Resources = pdf.copy_foreign(made)
            page.Contents = pdf.make_stream(content.encode())
        pdf.Root.Metadata = pdf.make_stream(PACKET, Type=Name.Metadata, Subtype=Name.XML)
        pdf.docinfo["/Title"] = String("Tiny")
        return saved(pdf)


def stream(content: str, **entries: Any) -> pikepdf.Stream:
    """A stream to be put into resources."""
    return WORKSHOP.make_stream(content.encode("latin-1"), **entries)


def form(content: str, **entries: Any) -> pikepdf.Stream:
    """A form of this content; its own resources are empty unless given."""
    values = {"Resources": Dictionary(), "BBox": Array([0, 0, 200, 300]), **entries}
    return stream(content, Type=Name.XObject, Subtype=Name.Form, **values)


def saved(pdf: Pdf) -> bytes:
    """A PDF as bytes."""
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def opened(pdf: bytes) -> Pdf:
    """A PDF to look into."""
    return pikepdf.open(io.BytesIO(pdf))


def operators(pdf: bytes, page: int = 1) -> list[str]:
    """The operators of a page with their operands, one string each."""
    with opened(pdf) as file:
        return [written(each) for each in pikepdf.parse_content_stream(file.pages[page - 1])]


def colours(pdf: bytes) -> set[str]:
    """What sets a colour on any page."""
    with opened(pdf) as file:
        count = len(file.pages)
    setting = re.compile(r"(?:^| )(g|G|rg|RG|k|K|cs|CS|sc|SC|scn|SCN|sh)$")
    return {line for page in range(1, count + 1) for line in operators(pdf, page) if setting.search(line)}


def written(instruction: Any) -> str:
    """An operator with its operands as they are written."""
    return pikepdf.unparse_content_stream([instruction]).decode("latin-1").strip()


def letters(pdf: bytes) -> list[list[tuple[str, float, float, float, float]]]:
    """For each page its letters with their boxes in points: left, bottom, right, top."""
    with pdfium.PdfDocument(pdf) as document:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append([(text.get_text_range(at, 1), *text.get_charbox(at)) for at in range(text.count_chars())])
        return found
