"""Deriving: from the renderer's PDF to the file that leaves the building.

In: `Pages` and the particulars. Out: the finished PDF: metadata from `statement.toml` and nowhere else, no name or
version of a program, the same bytes from the same input. Metadata is written in the file's dictionary and in an XMP
packet that agree (ISO 16684-1; ISO 32000-1, 14.3).
"""

import io
import re
import uuid
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, String

from handbill.colour import Profile, load_profile
from handbill.editions import Edition, load_edition
from handbill.imposition import impose
from handbill.languages import Language
from handbill.model import Pages, Particulars, Statement, Version
from handbill.office import to_office
from handbill.press import to_press

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:source>{online}</dc:source>
<dc:subject><rdf:Bag>{keywords}</rdf:Bag></dc:subject>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Keywords>{keyword_line}</pdf:Keywords>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Printing:
    """What the print shop and the printer at hand ask for.

    Attributes:
        marks: Whether the press edition has crop and registration marks.
        profile: The press edition's printing condition; FOGRA39 if None.
        sheet: Sheet on which the booklet is imposed; the statement's paper if empty.
        paper_thickness_mm: Of a sheet of the booklet, in millimetres.
    """

    marks: bool = False
    profile: Profile | None = None
    sheet: str = ""
    paper_thickness_mm: float = 0.1

    @property
    def condition(self) -> Profile:
        """The press edition's printing condition."""
        return self.profile or load_profile()

    def of(self, edition: str) -> "Printing":
        """What of it an edition's file depends on; no file is made anew for what it does not show."""
        match edition:
            case "press":
                return Printing(marks=self.marks, profile=self.profile)
            case "booklet":
                return Printing(sheet=self.sheet, paper_thickness_mm=self.paper_thickness_mm)
            case _:
                return PLAIN


PLAIN = Printing()
"""Nothing asked for."""


def derive(
    pages: Pages, version: Version, language: Language, edition: Edition, printing: Printing = PLAIN
) -> bytes:
    """Finish the PDF of an edition.

    Args:
        pages: The pages of the edition's layout.
        version: What is on them.
        language: Its pack.
        edition: What they are made into.
        printing: How it is printed.

    Raises:
        CallError: The booklet's pages do not suit the sheet or the paper.
        ContentError: A page has something that the edition cannot print right.
    """
    finished = _finish(pages, version, language, load_edition(edition.layout))
    match edition.name:
        case "office":
            return to_office(finished)
        case "press":
            accent, inks = version.particulars.accent, version.particulars.accent_cmyk
            return to_press(
                finished, accent=accent, accent_cmyk=inks, profile=printing.condition, marks=printing.marks
            )
        case "booklet":
            return impose(
                finished,
                sheet=printing.sheet or version.particulars.paper,
                right_bound=language.is_rtl,
                paper_thickness_mm=printing.paper_thickness_mm,
            )
        case _:
            return finished


def derive_plain(pages: Pages, title: str) -> bytes:
    """Finish a sheet of our own that is no edition: a title, and no word on what made it."""
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo["/Title"] = String(title)
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        finished = io.BytesIO()
        pdf.save(finished, deterministic_id=True, fix_metadata_version=False)
    return finished.getvalue()


def count_sides(pdf: bytes) -> int:
    """How many pages a finished file has: sides of paper, for a booklet."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _finish(pages: Pages, version: Version, language: Language, edition: Edition) -> bytes:
    statement, particulars = version.statement, version.particulars
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        _mend_spaces(pdf)
        _mend_bookmarks(pdf)
        _write_information(pdf, statement, particulars)
        packet = _metadata_packet(statement, particulars, language, edition)
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        pdf.Root.Lang = String(language.tag)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if language.is_rtl:
            pdf.Root.ViewerPreferences.Direction = Name.R2L
        if language.labels.attached:
            _attach_text(pdf, statement)
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]  # pikepdf keeps the first identifier it finds
        finished = io.BytesIO()
        pdf.save(
            finished,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return finished.getvalue()


def _attach_text(pdf: pikepdf.Pdf, statement: Statement) -> None:
    """Carry the words as a file in the PDF, for a script that no reader copies from the page."""
    lines = [statement.title, *(f"{block.marker} {block.text}".strip() for block in statement.blocks)]
    lines += [f"{signatory.number}. {signatory.name}" for signatory in statement.signatories]
    name = f"{statement.name}-{statement.language}.txt"
    pdf.attachments[name] = pikepdf.AttachedFileSpec(
        pdf, "\n\n".join(lines).encode(), filename=name, mime_type="text/plain", relationship=Name.Alternative
    )


def _mend_spaces(pdf: pikepdf.Pdf) -> None:
    """Let every space be copied as a space.

    A font has one glyph for the space and the no-break space. WeasyPrint 70 stores for a glyph the first character
    it met, so that one no-break space on the first page made every space of the file a no-break space, and no
    search for two words found them.
    """
    for font in pdf.objects:
        if isinstance(font, Dictionary) and font.get("/Type") == Name.Font and "/ToUnicode" in font:
            table = font.ToUnicode.read_bytes()
            mended = re.sub(rb"(<[0-9a-fA-F]+>\s+)<00a0>", rb"\1<0020>", table, flags=re.IGNORECASE)
            if mended != table:
                font.ToUnicode.write(mended)


def _mend_bookmarks(pdf: pikepdf.Pdf) -> None:
    """Let bookmarks be plain words: what ties words on the page has no place in a list of them."""
    for entry in pdf.objects:
        if isinstance(entry, Dictionary) and "/Dest" in entry and "/Title" in entry:
            title = str(entry.Title).replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
            entry.Title = String(title)


def _write_information(pdf: pikepdf.Pdf, statement: Statement, particulars: Particulars) -> None:
    """The information dictionary: title, keywords and the day of publication."""
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    day = f"D:{particulars.published:%Y%m%d}000000Z"
    pdf.docinfo["/Title"] = String(statement.title)
    pdf.docinfo["/CreationDate"] = String(day)
    pdf.docinfo["/ModDate"] = String(day)
    if particulars.keywords:
        pdf.docinfo["/Keywords"] = String(", ".join(particulars.keywords))


def _metadata_packet(statement: Statement, particulars: Particulars, language: Language, edition: Edition) -> bytes:
    """The XMP packet; its identifiers follow from the text, so that the same text has the same ones."""
    document = f"{statement.name}/{language.tag}/{edition.name}"
    packet = _PACKET.format(
        title=escape(statement.title),
        language=escape(language.tag),
        online=escape(particulars.online),
        keywords="".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in particulars.keywords),
        keyword_line=escape(", ".join(particulars.keywords)),
        date=_timestamp(particulars.published),
        document=uuid.uuid5(uuid.NAMESPACE_URL, document),
        instance=uuid.uuid5(uuid.NAMESPACE_URL, f"{document}#{statement.fingerprint()}"),
    )
    return packet.encode()


def _timestamp(day: date) -> str:
    return f"{day:%Y-%m-%d}T00:00:00Z"
