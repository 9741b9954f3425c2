"""PDF: the text of a file that has one, and pictures of the pages that have none.

In: a path and its bytes. Out: `Extracted`. The library gives characters with their places, and `lines` makes blocks
of them. A page that is a scan is read as a picture (`ocr`).
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from handbill.errors import CallError
from handbill.extract.lines import Glyph, Line, setting_of, title_of
from handbill.extract.names import language_of, left_out
from handbill.extract.ocr import Reader
from handbill.extract.pages import read_pages
from handbill.model import Extracted

MOST_PAGES = 200

DPI = 300
"""Dots per inch at which a page is looked at: what tesseract is made for."""

LARGEST_SIDE = 6000
"""Dots of the longer side of a picture: A4 has 3508."""

FEWEST_LETTERS = 20
"""Letters under which a page with a picture over most of it is a scan."""

MOST_GARBLED = 0.05
"""Share of characters without a meaning from which the text of a page is of no use."""

MOST_ASKEW, _SHOWN = 5, 40
"""Lines across a page that are told, and the characters of each."""

_MOST_OF_A_PAGE = 0.5

_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)

_HYPHENS = (0x2, 0xFFFE)
"""What the library gives for a hyphen at the end of a line."""


def read_pdf(path: Path, raw: bytes, reader: Reader) -> Extracted:
    """The text of a PDF.

    Args:
        path: Where it is, for messages.
        raw: Its bytes.
        reader: Reads the pages that are pictures.

    Raises:
        CallError: It is damaged, has a password or too many pages.
        FaultError: It is a scan, and the program that reads scans is not here.
    """
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CallError(
                f"{path}: the file has a password.", "Save it without one, then name that file."
            ) from None
        raise CallError(f"{path}: the file is damaged.", "Print it to a PDF anew, then name that file.") from None
    try:
        if len(document) > MOST_PAGES:
            raise CallError(
                f"{path}: {len(document)} pages, and a statement may have {MOST_PAGES}.",
                "Print the pages of the statement to a PDF of their own.",
            )
        return _read(path, document, reader)
    finally:
        document.close()


def _read(path: Path, document: Any, reader: Reader) -> Extracted:
    pages: list[Sequence[Line] | None] = []
    askew: list[Line] = []
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise CallError(f"{path}: page {number + 1} is damaged.", "Print it to a PDF anew.") from None
        lines, turned = _apart(_lines(page))
        askew += turned
        pages.append(None if _is_scan(page, lines) else lines)
        page.close()
    scans = [number for number, lines in enumerate(pages) if lines is None]
    pictures = (_picture(document[number]) for number in scans)
    scanned = dict(zip(scans, reader.read(pictures, len(scans)), strict=True)) if scans else {}
    typed = [lines for lines in pages if lines]
    setting = setting_of(typed)
    words = "\n".join(line.text for lines in typed for line in lines)
    made = read_pages(typed, setting, language_of(words, reader.language))
    texts = iter(made.texts)
    whole = [scanned[at] if at in scanned else next(texts) if lines else "" for at, lines in enumerate(pages)]
    notes = (*reader.notes, *_remarks(len(pages), scans, typed, askew), *left_out(made.rows.headers))
    how = f"PDF, {reader.name}" if scans else "PDF, its own text"
    text = "\n\f".join(each.strip("\n\f") for each in whole) + "\n"
    return Extracted(text, how, notes, title_of(typed, setting), countries=tuple(made.rows.countries))


def _remarks(
    pages: int, scans: Sequence[int], typed: Sequence[Sequence[Line]], askew: Sequence[Line]
) -> Iterator[str]:
    if scans and len(scans) < pages:
        yield f"Pages {', '.join(str(each + 1) for each in scans)} are pictures, the others have text of their own."
    if askew:
        said = ", ".join(dict.fromkeys(f"“{line.text[:_SHOWN]}”" for line in askew[:MOST_ASKEW]))
        yield f"What stands askew was left out: {said}."
    letters = [glyph.char for lines in typed for line in lines for glyph in line.glyphs]
    if sum(map(_is_shaped, letters)) > 0.1 * len(letters):
        yield "A PDF may lose the order of the letters of this script: ask for the Word file, or compare all words."


def _is_shaped(char: str) -> bool:
    """Whether a character is of a script whose letters are joined, stacked or reordered on the page."""
    return unicodedata.bidirectional(char) in ("R", "AL") or unicodedata.category(char) in ("Mn", "Mc")


def _apart(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines that stand as most of the page does, and those that are turned, such as a stamp across it."""
    turns = Counter(glyph.turn for line in lines for glyph in line.glyphs)
    usual = max(turns, key=lambda turn: turns[turn], default=0)
    return [line for line in lines if line.turn == usual], [line for line in lines if line.turn != usual]


def _lines(page: Any) -> Sequence[Line]:
    """The lines of a page in the order of its text; what stands beside the paper is left out."""
    left, bottom, right, top = page.get_bbox()
    lines: list[Line] = []
    now: list[Glyph] = []
    ends = False
    text = page.get_textpage()
    for glyph in _glyphs(text):
        if glyph.char in "\r\n":
            ends = True
            continue
        if not (left <= glyph.left <= right and bottom <= glyph.base <= top):
            continue
        if now and ends and not _is_beside(now[-1], glyph):
            lines.append(Line(tuple(now)))
            now = []
        ends = False
        if now or not glyph.char.isspace():
            now.append(glyph)
    text.close()
    return [*lines, *([Line(tuple(now))] if now else [])]


def _is_beside(before: Glyph, glyph: Glyph) -> bool:
    """Whether a character goes on in the line of the one before, which a raised figure ends for the library."""
    size = max(before.size, glyph.size)
    is_level = abs(glyph.base - before.base) < 0.6 * size
    return is_level and -0.1 * size < glyph.left - before.right < size


def _glyphs(text: Any) -> Iterator[Glyph]:
    """The characters of a page, with the spaces and the line ends that the library supposes."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    high = 0
    for at in range(text.count_chars()):
        unit = pdfium.FPDFText_GetUnicode(text, at)
        if 0xD800 <= unit < 0xDC00:
            high = unit
            continue
        if 0xDC00 <= unit < 0xE000:
            unit, high = (0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00)) if high else 0xFFFD, 0
        char = "-" if unit in _HYPHENS else chr(unit)
        if char == "\0":
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, box)  # with the space about its ink
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        size = pdfium.FPDFText_GetFontSize(text, at)
        turn = 5 * round(math.degrees(pdfium.FPDFText_GetCharAngle(text, at)) / 5) % 360
        size = size if size > 1 else box.top - box.bottom
        yield Glyph(char, box.left, box.right, y.value, size, turn, _is_bold(text, at))


def _is_bold(text: Any, at: int) -> bool:
    """Whether the font of a character is called a bold one."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    return _BOLD.search(name.value) is not None


def _is_scan(page: Any, lines: Sequence[Line]) -> bool:
    """Whether a page is a picture of a page: it has next to no text, or none that means anything."""
    chars = [glyph.char for line in lines for glyph in line.glyphs if not glyph.char.isspace()]
    garbled = sum(unicodedata.category(char) in ("Co", "Cn", "Cc") or char == "\ufffd" for char in chars)
    if garbled > max(MOST_GARBLED * len(chars), FEWEST_LETTERS):
        return True
    return sum(map(str.isalnum, chars)) < FEWEST_LETTERS and _is_covered(page)


def _is_covered(page: Any) -> bool:
    """Whether one picture covers most of a page."""
    whole = page.get_width() * page.get_height()
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = each.get_bounds()
        if (right - left) * (top - bottom) > _MOST_OF_A_PAGE * whole:
            return True
    return False


def _picture(page: Any) -> Image.Image:
    longest = max(page.get_width(), page.get_height())
    scale = min(DPI / 72, LARGEST_SIDE / longest)
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    page.close()
    return picture
