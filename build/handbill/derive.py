"""Deriving: from the renderer's PDF to the file that leaves the building.

In: `Pages` and the particulars. Out: the finished PDF: metadata from `statement.toml` and nowhere else, no name or
version of a program, the same bytes from the same input. Metadata is written in the file's dictionary and in an XMP
packet that agree (ISO 16684-1; ISO 32000-1, 14.3).
"""

import io
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time

import pikepdf
from pikepdf import Dictionary, Name, String

from handbill.accessible import make_accessible
from handbill.colour import Profile, load_profile
from handbill.editions import Edition, load_edition
from handbill.imposition import impose
from handbill.languages import Language, sides
from handbill.model import Pages, Statement, Version
from handbill.office import to_office
from handbill.paper import saved, write_description
from handbill.press import to_press
from handbill.xmp import Description, pdf_date


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
        case "office" | "card":
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


def in_reading_order(pages: Pages, version: Version, language: Language, edition: Edition) -> bytes:
    """The pages of an edition that is imposed as they were before; b"" for one whose pages are in order."""
    return _finish(pages, version, language, edition) if edition.name == "booklet" else b""


def derive_plain(pages: Pages, title: str) -> bytes:
    """Finish a sheet of our own that is no edition: a title, and no word on what made it."""
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo["/Title"] = String(title)
        return saved(pdf)


def count_sides(pdf: bytes) -> int:
    """How many pages a finished file has: sides of paper, for a booklet."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _finish(pages: Pages, version: Version, language: Language, edition: Edition) -> bytes:
    description = _description(version, language, edition)
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        _mend_bookmarks(pdf)
        for text, its_language in sides(version, language):
            if its_language.labels.attached:
                _attach_text(pdf, text.statement, its_language, description)
        write_description(pdf, description, make_accessible(pdf))
        # A reader takes this for the direction of all lines, and would turn those of another language round.
        if all(each.is_rtl for _, each in sides(version, language)):
            pdf.Root.ViewerPreferences.Direction = Name.R2L
        return saved(pdf)


def _attach_text(pdf: pikepdf.Pdf, statement: Statement, language: Language, description: Description) -> None:
    """Carry the words as a file in the PDF, for a script that no reader copies from the page."""
    lines = [statement.title, *(f"{block.marker} {block.text}".strip() for block in statement.blocks)]
    lines += [f"{signatory.number}. {signatory.name}" for signatory in statement.signatories]
    if statement.withheld:
        lines.append(language.count(language.labels.withheld, len(statement.withheld)))
    name = f"{statement.name}-{statement.language}.txt"
    pdf.attachments[name] = pikepdf.AttachedFileSpec(
        pdf,
        "\n\n".join(lines).encode(),
        description=statement.title,
        filename=name,
        mime_type="text/plain",
        mod_date=pdf_date(description.modified),
        relationship=Name.Alternative,
    )


def _mend_bookmarks(pdf: pikepdf.Pdf) -> None:
    """Let bookmarks be plain words: what ties words on the page has no place in a list of them."""
    for entry in pdf.objects:
        if isinstance(entry, Dictionary) and "/Dest" in entry and "/Title" in entry:
            title = str(entry.Title).replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
            entry.Title = String(title)


def _description(version: Version, language: Language, edition: Edition) -> Description:
    """What the file says of itself; its identifiers follow from its words, and are the same for the same words."""
    statement, particulars = version.statement, version.particulars
    day = datetime.combine(particulars.published, time(), UTC)
    texts = [text.statement for text, _ in sides(version, language)]
    name = f"{statement.name}/{'+'.join(text.language for text in texts)}/{edition.name}"
    return Description(
        title=statement.title,
        language=language.tag,
        created=day,
        modified=day,
        document=str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        instance=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}#{'+'.join(text.fingerprint() for text in texts)}")),
        source=particulars.online,
        keywords=particulars.keywords,
    )
