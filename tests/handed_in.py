"""Statements as they are handed in, invented: a letter in Word, one with notes in OpenDocument, a French text."""

import io
import subprocess
import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf
from docx import Document
from PIL import Image, ImageDraw, ImageFont

from conftest import ROOT, require
from handbill.extract import extract
from handbill.model import Extracted

LETTER_TITLE = "Open letter on the detention of ferry crews in the Morrow Islands"
LETTER_NAMES = (
    "Association of Harbour Pilots",
    "Comité des Gens de Mer",
    "Ferry Workers’ Union, Local 12",
    "Harbour Families’ Group",
    "Lawyers for Due Process",
    "Sindicato de Marineros de Puerto Claro",
)
LETTER_DEMANDS = (
    "call for the release of all who were detained on 8 November 2031;",
    "ask the High Commissioner to follow the trials; and",
    "raise the matter with the Government.",
)

FRENCH = """Déclaration conjointe

Lacs du Sud : le barrage ne doit pas noyer les villages

Port-Ambre, le 3 mars 2031

Nous, les 6 organisations soussignées, appelons le Gouvernement de la République de Vernaise à suspendre la mise en
eau du barrage de Haute-Combe, qui priverait de leurs terres 4 200 personnes dans onze villages des Lacs du Sud.

Depuis l’annonce des travaux, en janvier 2029, les habitants demandent en vain la publication de l’étude d’impact.
Le 12 novembre 2030, la police a dispersé leur assemblée et arrêté 37 personnes, dont trois enseignantes.

Nos demandes

Nous demandons :

• la libération immédiate des personnes détenues ;

• la publication intégrale de l’étude d’impact ;

• l’examen de la situation à la 64e session du Conseil des droits de l’homme.

Signataires

1. Association des riverains des Lacs du Sud
2. Collectif Eaux Vives
3. Ligue vernaisienne des droits humains
4. Réseau des enseignantes solidaires
5. Syndicat des pêcheurs de Port-Ambre
6. Veille Barrages Internationale
"""


def read_file(path: Path, raw: bytes, language: str = "") -> Extracted | None:
    """The text of a file, as it is extracted without anybody being told."""
    return extract(path, raw, language, lambda line: None)


def write_letter(path: Path) -> Path:
    """An open letter in Word: a title, addressees, a salutation, bullets, and signatories that Word numbers."""
    document = Document()
    document.add_paragraph(LETTER_TITLE, style="Title")
    document.add_paragraph("To the Permanent Representatives to the Human Rights Council")
    document.add_paragraph("Brackenfield, 2 June 2032")
    document.add_paragraph("Your Excellencies,")
    document.add_paragraph(
        "We, the undersigned 6 organisations, write to you ahead of the 71st session of the Human Rights Council "
        "about the 48 ferry workers who are held in the Morrow Islands for having carried the wounded."
    )
    document.add_heading("What we ask of you", level=1)
    document.add_paragraph("We respectfully ask your delegation to:")
    for demand in LETTER_DEMANDS:
        document.add_paragraph(demand, style="List Bullet")
    document.add_paragraph("They are members of our profession. Some of them taught us.")
    document.add_paragraph("Yours sincerely,")
    document.add_heading("Signed by", level=1)
    for name in LETTER_NAMES:
        document.add_paragraph(name, style="List Number")
    document.save(str(path))
    return path


def packed(parts: Mapping[str, str]) -> bytes:
    """An archive of these parts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return raw.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body and, by their names, these other parts."""
    written = {"document.main": f"<w:document {_W}><w:body>{body}</w:body></w:document>"}
    written |= {name: f"<w:{name} {_W}>{xml}</w:{name}>" for name, xml in parts.items()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/'
        f'vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"/>'
        for name in written
    )
    declared = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>'
    return packed({"[Content_Types].xml": declared} | {f"word/{name}.xml": xml for name, xml in written.items()})


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "style", "table"))
_NAMES += f' xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"'


def opendocument(body: str, styles: str = "") -> bytes:
    """An OpenDocument text with this body and these automatic styles."""
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    listed = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="{media}"/>'
        for name, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">{listed}</m:manifest>'
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


NOTED_TITLE = "Veldrake: the river belongs to its people"
NOTED = "".join(
    (
        '<text:h text:outline-level="1">Veldrake: the river belongs to its people</text:h>',
        "<text:p>Oster, 14 May 2031</text:p>",
        "<text:p>The undersigned organisations are alarmed by the dam that the Government of Veldrake has begun to "
        "build in the gorge of the Oster.</text:p>",
        '<text:h text:outline-level="2">What has happened</text:h>',
        "<text:p>In 2030 more than 600 families were told to leave their houses.<text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Report of the River Commission, 2030, "
        "page 12.</text:p></text:note-body></text:note> Nobody has asked them.<text:note><text:note-citation>2"
        "</text:note-citation><text:note-body><text:p>Testimonies collected by River Watch.</text:p>"
        "</text:note-body></text:note></text:p>",
        '<text:h text:outline-level="2">What must be done</text:h>',
        '<text:list text:style-name="Dots"><text:list-item><text:p>Stop the works.</text:p></text:list-item>'
        "<text:list-item><text:p>Publish the contract.</text:p></text:list-item></text:list>",
        '<text:h text:outline-level="2">Signatories</text:h>',
        '<text:list text:style-name="Numbers">'
        "<text:list-item><text:p>Gorge Farmers’ Union</text:p></text:list-item>"
        "<text:list-item><text:p>Hill Schools Network</text:p></text:list-item>"
        "<text:list-item><text:p>River Watch</text:p></text:list-item></text:list>",
    )
)
_LABEL = (
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="space"/></style:list-level-properties>'
)
NOTED_STYLES = (
    '<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="-">'
    f'{_LABEL}</text:list-level-style-bullet></text:list-style><text:list-style style:name="Numbers">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">'
    f"{_LABEL}</text:list-level-style-number></text:list-style>"
)


def needs_french() -> None:
    """Skip a test where tesseract or its data of French is not here; in CI it fails."""
    listed = subprocess.run(
        [require("tesseract"), "--list-langs"], capture_output=True, text=True, check=True
    ).stdout
    if "fra" not in listed.split():
        require("the data of French for tesseract (tesseract-ocr-fra)")


def scanned(text: str) -> list[Image.Image]:
    """The text printed on sheets of A4, a form feed between them, as a scanner sees them at 300 dots per inch."""
    font = ImageFont.truetype(str(ROOT / "styles" / "fonts" / "source-serif" / "SourceSerif4-Regular.ttf"), 46)
    sheets = []
    for page in text.split("\f"):
        sheet = Image.new("L", (2480, 3508), 255)
        pen = ImageDraw.Draw(sheet)
        down = 260
        for line in page.split("\n"):
            for part in textwrap.wrap(line, 80) or [""]:
                pen.text((250, down), part, 0, font)
                down += 66 if part else 50
        sheets.append(sheet)
    return sheets


def picture(sheets: list[Image.Image], form: str) -> bytes:
    """Sheets in a file of this form: PNG, JPEG, TIFF or PDF."""
    raw = io.BytesIO()
    several = {"save_all": True, "append_images": sheets[1:]} if form in ("TIFF", "PDF") else {}
    density = {"resolution": 300} if form == "PDF" else {"dpi": (300, 300)}
    packing = {"compression": "tiff_lzw"} if form == "TIFF" else {}
    sheets[0].save(raw, form, **density, **several, **packing)
    return raw.getvalue()


def page(*lines: tuple[float, float, float, str], size: tuple[int, int] = (595, 842)) -> bytes:
    """A PDF of one page with these lines: left edge, base line, size of type, words."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    shown = "".join(f"BT /F {s} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n" for x, y, s, words in lines)
    sheet = pdf.add_blank_page(page_size=size)
    sheet.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    sheet.Contents = pdf.make_stream(shown.encode())
    raw = io.BytesIO()
    pdf.save(raw)
    return raw.getvalue()


def bound(*files: bytes) -> bytes:
    """The pages of several PDFs in one."""
    whole, raw = pikepdf.new(), io.BytesIO()
    sources = [pikepdf.open(io.BytesIO(file)) for file in files]
    for source in sources:
        whole.pages.extend(source.pages)
    whole.save(raw)
    return raw.getvalue()
