"""What a file is, in the words of a print shop.

In: a file under preflight. Out: its size, bleed, inks, fonts and so on by name, for the sheet that goes with it.
"""

import math
from collections.abc import Iterator, Mapping

from pikepdf import Array, Name, Rectangle

from handbill.errors import ContentError
from handbill.preflight.checks.boxes import MM, trim_of
from handbill.preflight.subject import Subject

_SPACES = {
    "DeviceCMYK": "CMYK",
    "DeviceGray": "grey",
    "DeviceRGB": "RGB",
    "Separation All": "registration colour (marks)",
}


def particulars(subject: Subject) -> Mapping[str, str]:
    """What the file is, by name; what cannot be read of it is left out."""
    said = {}
    for name, tell in (
        ("size", _size),
        ("bleed", _bleed),
        ("pages", lambda subject: str(len(subject.pdf.pages))),
        ("colours", _colours),
        ("ink", _ink),
        ("condition", _condition),
        ("fonts", _fonts),
        ("thinnest line", _thinnest),
        ("images", _images),
        ("standards", _standards),
    ):
        try:
            words = tell(subject)
        except Exception:  # the check of the same thing says what is wrong
            continue
        if words:
            said[name] = words
    return said


def _size(subject: Subject) -> str:
    trims = [trim_of(page) for page in subject.pdf.pages]
    return ", ".join(sorted({f"{trim.width / MM:.0f} × {trim.height / MM:.0f} mm" for trim in trims}))


def _bleed(subject: Subject) -> str:
    page = subject.pdf.pages[0]
    trim, outer = trim_of(page), Rectangle(Array(page.get("/BleedBox", page.mediabox)))
    around = min(trim.llx - outer.llx, outer.urx - trim.urx, trim.lly - outer.lly, outer.ury - trim.ury) / MM
    return f"{around:.0f} mm" if around > 0.5 else "none"


def _colours(subject: Subject) -> str:
    return ", ".join(sorted({_SPACES.get(paint.space, paint.space) for paint in subject.painted.paints}))


def _ink(subject: Subject) -> str:
    most = max((paint.ink for paint in subject.painted.paints), default=0)
    return f"at most {most:.0f} %" if any(p.space == "DeviceCMYK" for p in subject.painted.paints) else ""


def _condition(subject: Subject) -> str:
    intents = [each for each in subject.pdf.Root.get("/OutputIntents", Array()) if each.S == Name.GTS_PDFX]
    return ", ".join(str(intent.get("/OutputConditionIdentifier", "")) for intent in intents)


def _fonts(subject: Subject) -> str:
    names = (str(font.BaseFont)[1:].rpartition("+")[2] for font in subject.painted.fonts.values())
    return ", ".join(sorted({name.strip(",") for name in names}))


def _thinnest(subject: Subject) -> str:
    lines = [paint.thickness for paint in subject.painted.paints if 0.01 < paint.thickness < math.inf]
    return f"{min(lines):.2f} pt" if lines else ""


def _images(subject: Subject) -> str:
    finest = [paint.resolution for paint in subject.painted.paints if paint.resolution < math.inf]
    return f"{len(finest)}, at least {min(finest):.0f} pixels to the inch" if finest else "none"


def _standards(subject: Subject) -> str:
    return ", ".join(_claimed(subject))


def _claimed(subject: Subject) -> Iterator[str]:
    try:
        said = subject.said
    except ContentError:
        return
    for key in ("pdfxid:GTS_PDFXVersion", "pdfaid:part", "pdfuaid:part"):
        value = "".join(said.get(key, ())[:1])
        if value and key == "pdfaid:part":
            yield f"PDF/A-{value}{''.join(said.get('pdfaid:conformance', ())[:1]).lower()}"
        elif value:
            yield f"PDF/UA-{value}" if key == "pdfuaid:part" else value
