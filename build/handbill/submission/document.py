"""The document: a paper as a .docx file.

In: a `Paper`, its title and day for the file's metadata, the form. Out: the bytes of the file, always the same for
the same paper: its parts are stored without compression, under a fixed time, and name no program, user or day but
that of publication. Footnotes are those of Word: python-docx has no call for them, so their part is written here.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph

from handbill.model import Kind, Particulars
from handbill.submission.conventions import Conventions
from handbill.submission.paper import Note, Paper, Paragraph

_KEPT_STYLES = ("Normal", "Default Paragraph Font")
_KEPT_PARTS = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)
_LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}

_SETTINGS = f"""<w:settings {nsdecls("w")}>
<w:defaultTabStop w:val="720"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat></w:settings>"""

_RULES = """<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"""

_NOTE = """<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{text}"/></w:pPr>
<w:r><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteRef/></w:r>
<w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>"""


def write(paper: Paper, particulars: Particulars, conventions: Conventions) -> bytes:
    """The file of a paper.

    Args:
        paper: What is in it.
        particulars: What `statement.toml` says, for the file's metadata.
        conventions: The form it is to have.
    """
    document = Document()
    _strip(document)
    _set_page(document, conventions)
    _set_styles(document, conventions, paper.language)
    if paper.stamp:
        document.sections[0].header.paragraphs[0].text = paper.stamp
        document.sections[0].header.paragraphs[0].style = "header"
    notes: list[Note] = []
    for line in paper.head:
        document.add_paragraph(line)
    for paragraph in (paper.title, *paper.paragraphs):
        _add(document, paragraph, _style(paragraph), notes)
    _put_notes(document, notes)
    _describe(document, paper, particulars)
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


def _style(paragraph: Paragraph) -> str:
    if paragraph.id == "title":
        return "Title"
    return {Kind.HEADING: "heading 1", Kind.ITEM: "List Paragraph"}.get(paragraph.kind, "Normal")


def _strip(document: DocxDocument) -> None:
    """Take out what the library's template has of its own: styles, theme, numbering, thumbnail, program."""
    for style in list(document.styles):
        if style.name not in _KEPT_STYLES:
            style.delete()
    for edited in list(document.styles.element.iter(qn("w:rsid"))):
        edited.getparent().remove(edited)
    relations = document.part.rels
    for key in [key for key, each in relations.items() if each.reltype not in _KEPT_PARTS]:
        del relations[key]
    package = document.part.package
    assert package
    kept = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for key in [key for key, each in package.rels.items() if each.reltype not in kept]:
        del package.rels[key]
    _refill(document.settings.element, parse_xml(_SETTINGS))


def _refill(element: Any, like: Any) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(like))


def _set_page(document: DocxDocument, conventions: Conventions) -> None:
    section, form = document.sections[0], conventions.form
    section._sectPr.attrib.clear()  # the days on which the template was edited
    width, height = form.page_mm.value
    section.page_width, section.page_height = Mm(width), Mm(height)
    margin = Mm(form.margin_mm.value)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin


def _set_styles(document: DocxDocument, conventions: Conventions, language: str) -> None:
    """The styles of the file: one face, upright, in two sizes."""
    form, styles = conventions.form, document.styles
    justified = WD_ALIGN_PARAGRAPH.JUSTIFY if form.justified.value else WD_ALIGN_PARAGRAPH.LEFT
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _refill(defaults, parse_xml(_defaults(form.face.value, conventions.size, _LOCALES.get(language, language))))
    normal = styles["Normal"]
    _refill(normal.element.get_or_add_rPr(), [])
    _space(normal, justified, after=conventions.size * 0.6)
    sizes = {"Title": conventions.size, "heading 1": conventions.size, "List Paragraph": conventions.size}
    for name, size in {**sizes, "header": conventions.size, "footnote text": form.note_size.value}.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = normal
        style.font.size = Pt(size)
        _space(style, justified, after=conventions.size * 0.6)
    for name in ("Title", "heading 1"):
        _space(styles[name], WD_ALIGN_PARAGRAPH.LEFT, before=conventions.size, after=conventions.size * 0.6)
        styles[name].paragraph_format.keep_with_next = True
    styles["Title"].font.bold = form.bold_title.value or None
    styles["List Paragraph"].paragraph_format.left_indent = Mm(8)
    styles["List Paragraph"].paragraph_format.first_line_indent = -Mm(8)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    styles["heading 1"].element.get_or_add_pPr().append(level)
    styles["footnote text"].paragraph_format.space_after = Pt(0)
    styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True).font.superscript = True


def _space(style: ParagraphStyle, aligned: WD_ALIGN_PARAGRAPH, before: float = 0, after: float = 0) -> None:
    layout = style.paragraph_format
    layout.alignment, layout.line_spacing = aligned, 1.0
    layout.space_before, layout.space_after = Pt(before), Pt(after)


def _defaults(face: str, size: int, locale: str) -> str:
    faces = " ".join(f'w:{script}="{escape(face)}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f'<w:rPr {nsdecls("w")}><w:rFonts {faces}/><w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/>'
        f'<w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/></w:rPr>'
    )


def _add(document: DocxDocument, paragraph: Paragraph, style: str, notes: list[Note]) -> None:
    made = document.add_paragraph(style=style)
    if paragraph.marker:
        made.add_run(f"{paragraph.marker}\t")
    for part in paragraph.parts:
        if isinstance(part, Note):
            notes.append(part)
            _call(made, len(notes), document)
        else:
            made.add_run(part)


def _call(paragraph: DocxParagraph, number: int, document: DocxDocument) -> None:
    """The mark of a footnote, which Word numbers."""
    run = paragraph.add_run(style=document.styles["footnote reference"])
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _put_notes(document: DocxDocument, notes: Sequence[Note]) -> None:
    """The part of the file that has the footnotes."""
    styles = document.styles
    text, mark = styles["footnote text"].style_id, styles["footnote reference"].style_id
    written = "".join(
        _NOTE.format(number=number, text=text, mark=mark, words=escape(note.text))
        for number, note in enumerate(notes, 1)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {nsdecls("w")}>{_RULES}{written}'
    )
    package = document.part.package
    assert package
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        f"{content}</w:footnotes>".encode(),
        package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _describe(document: DocxDocument, paper: Paper, particulars: Particulars) -> None:
    """The file's metadata, of `statement.toml` alone."""
    properties = document.core_properties
    _refill(properties._element, [])
    properties.title = "".join(part for part in paper.title.parts if isinstance(part, str))
    properties.language = paper.language
    if particulars.keywords:
        properties.keywords = ", ".join(particulars.keywords)
    properties.created = properties.modified = _midnight(particulars.published)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _timeless(package: bytes) -> bytes:
    """The same package with nothing in it of the moment and the machine it was made on."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(written, "w") as kept:
        for name in _in_order(made.namelist()):
            entry = zipfile.ZipInfo(name, _FIRST_TIME)
            entry.create_system = 0
            kept.writestr(entry, made.read(name), zipfile.ZIP_STORED)
    return written.getvalue()


def _in_order(names: Sequence[str]) -> Iterator[str]:
    """The names of the parts, the list of their types first, as the format asks."""
    yield from sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
