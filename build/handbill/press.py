"""Press: from the screen edition to the file that a print shop takes, PDF/X-4 (ISO 15930-7).

In: the finished PDF of the screen edition, the accent colour and a printing condition. Out: the same pages, not
laid out again, in the inks of that condition: black text as black ink that overprints, the page's edge as trim box
with the bleed around it, marks outside the bleed if they are asked for, the output intent with its profile, and
nothing that can be clicked.
"""

import hashlib
from dataclasses import dataclass, replace

from pikepdf import Array, Dictionary, Name, Page, Pdf, Rectangle, String

from handbill.colour import Inks, Palette, Profile, make_palette
from handbill.errors import CallError
from handbill.paper import (
    MM,
    description_of,
    drop_interaction,
    open_screen_pdf,
    saved,
    shift_places,
    write_description,
)
from handbill.repaint import Paint, Recipe, repaint
from handbill.xmp import Claim, Description

THINNEST_LINE = 0.25
"""Points: a thinner line breaks up on the plate, and one of width 0 is as thin as the device can draw."""

WIDEST_BLEED_MM = 20.0

_MARK_OFFSET_MM = 3.0
_MARK_LENGTH_MM = 5.0
_MARK_GAP_MM = 2.0
"""From the trim, or from the bleed where that is wider, to the marks; their length; from their end to the edge."""

_TARGET_RADIUS_MM = 2.0

_CIRCLE = 0.5523
"""Length of the handles of a Bézier quarter circle, in radii."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where a page lies on the sheet it is printed on, in points from the sheet's lower left corner.

    Attributes:
        media: The sheet.
        bleed: What is printed.
        trim: Where it is cut.
    """

    media: Rectangle
    bleed: Rectangle
    trim: Rectangle


def to_press(
    pdf: bytes,
    *,
    accent: str,
    accent_cmyk: Inks | None = None,
    profile: Profile,
    marks: bool = False,
    bleed_mm: float = 3.0,
) -> bytes:
    """Make the press edition of a screen edition.

    Args:
        pdf: The finished PDF of the screen edition.
        accent: Its accent colour, "#rrggbb".
        accent_cmyk: The inks that print the accent, in per cent; without them the profile finds them.
        profile: The printing condition (`colour.load_profile`).
        marks: Whether to print crop and registration marks; most print shops make their own.
        bleed_mm: What is printed beyond the trim on each side, in millimetres.

    Raises:
        ContentError: A page has something that cannot be printed right, or the inks cannot.
        CallError: The PDF is none, the accent is no colour, or the bleed is none.
    """
    if not 0 <= bleed_mm <= WIDEST_BLEED_MM:
        raise CallError(f"A bleed of {bleed_mm:g} mm cannot be.", f"Give 0 to {WIDEST_BLEED_MM:g} mm; 3 is usual.")
    palette = make_palette(accent, accent_cmyk, profile)
    with open_screen_pdf(pdf) as press:
        description = _described(description_of(press), palette, marks, bleed_mm)
        drop_interaction(press)
        repaint(press, Recipe(lambda paint: _inked(paint, palette), THINNEST_LINE, overprint_black=True))
        _place(press, bleed_mm, marks)
        _write_output_intent(press, profile)
        write_description(press, description, {Claim.PDFX_4})
        return saved(press, "1.6")


def _described(screen: Description, palette: Palette, marks: bool, bleed_mm: float) -> Description:
    profile = hashlib.sha256(palette.profile.content).hexdigest()
    recipe = f"{palette.accent} {palette.accent_inks} {profile} {marks} {bleed_mm:g}"
    return replace(screen.as_made_into("press", recipe), trapped=False)


def _inked(paint: Paint, palette: Palette) -> Paint:
    """The paint of four inks for a paint of the page; one that is in CMYK already is taken at its word."""
    if len(paint) == 4:
        return paint
    red, green, blue = paint if len(paint) == 3 else paint * 3
    return tuple(round(ink / 100, 4) for ink in palette.inks((red, green, blue)))


def _place(press: Pdf, bleed_mm: float, marks: bool) -> None:
    """Move each page onto its sheet, whose corner is at 0 0: many programs of print shops count on that."""
    registration = press.make_indirect(_registration_colour())
    shifts: dict[tuple[int, int], tuple[float, float]] = {}
    for page in press.pages:
        trim = Rectangle(page.trimbox)
        sheet = _sheet(trim, bleed_mm, marks)
        x, y = sheet.trim.llx - trim.llx, sheet.trim.lly - trim.lly
        shifts[page.obj.objgen] = (x, y)
        bleed = sheet.bleed
        clip = f"{bleed.llx:.3f} {bleed.lly:.3f} {bleed.width:.3f} {bleed.height:.3f} re W n"
        page.contents_add(f"q {clip} 1 0 0 1 {x:.4f} {y:.4f} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        if marks:
            page.resources.ColorSpace = Dictionary({"/All": registration})
            page.contents_add(_marks(sheet).encode())
        page.contents_coalesce()
        _write_boxes(page, sheet)
    shift_places(press, shifts)


def _sheet(trim: Rectangle, bleed_mm: float, marks: bool) -> _Sheet:
    bleed = bleed_mm * MM
    offset = max(_MARK_OFFSET_MM, bleed_mm) * MM
    edge = offset + (_MARK_LENGTH_MM + _MARK_GAP_MM) * MM if marks else bleed
    width, height = trim.width, trim.height
    return _Sheet(
        media=Rectangle(0, 0, width + 2 * edge, height + 2 * edge),
        bleed=Rectangle(edge - bleed, edge - bleed, edge + width + bleed, edge + height + bleed),
        trim=Rectangle(edge, edge, edge + width, edge + height),
    )


def _write_boxes(page: Page, sheet: _Sheet) -> None:
    for key in ("/CropBox", "/ArtBox"):
        if key in page:
            del page[key]
    page.MediaBox = Array(round(edge, 3) for edge in _edges(sheet.media))
    page.BleedBox = Array(round(edge, 3) for edge in _edges(sheet.bleed))
    page.TrimBox = Array(round(edge, 3) for edge in _edges(sheet.trim))


def _edges(box: Rectangle) -> tuple[float, float, float, float]:
    return (box.llx, box.lly, box.urx, box.ury)


def _registration_colour() -> Array:
    """All inks at once: what is in it is on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def _marks(sheet: _Sheet) -> str:
    """Crop marks at the corners of the trim, a registration target in the middle of each side; none of the text."""
    trim = sheet.trim
    near = max(_MARK_OFFSET_MM * MM, trim.llx - sheet.bleed.llx)
    far = near + _MARK_LENGTH_MM * MM
    lines = [f"\n/Artifact BMC q /All CS 1 SCN {THINNEST_LINE} w"]
    for x, outward in ((trim.llx, -1), (trim.urx, 1)):
        lines += [_line(x + outward * near, y, x + outward * far, y) for y in (trim.lly, trim.ury)]
    for y, outward in ((trim.lly, -1), (trim.ury, 1)):
        lines += [_line(x, y + outward * near, x, y + outward * far) for x in (trim.llx, trim.urx)]
    middle = (near + far) / 2
    x, y = (trim.llx + trim.urx) / 2, (trim.lly + trim.ury) / 2
    centres = ((x, trim.lly - middle), (x, trim.ury + middle), (trim.llx - middle, y), (trim.urx + middle, y))
    lines += [_target(*centre) for centre in centres]
    return "\n".join([*lines, "Q EMC"])


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S"


def _target(x: float, y: float) -> str:
    """A cross in a circle."""
    arm = _TARGET_RADIUS_MM * MM
    r = 0.6 * arm
    h = _CIRCLE * r
    curves = (
        (x + r, y + h, x + h, y + r, x, y + r),
        (x - h, y + r, x - r, y + h, x - r, y),
        (x - r, y - h, x - h, y - r, x, y - r),
        (x + h, y - r, x + r, y - h, x + r, y),
    )
    circle = " ".join(" ".join(f"{number:.3f}" for number in curve) + " c" for curve in curves)
    cross = f"{_line(x - arm, y, x + arm, y)} {_line(x, y - arm, x, y + arm)}"
    return f"{cross} {x + r:.3f} {y:.3f} m {circle} S"


def _write_output_intent(press: Pdf, profile: Profile) -> None:
    """Say for which printing condition the inks are meant (ISO 32000-1, 14.11.5)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.name),
        OutputCondition=String(profile.condition),
        Info=String(profile.info),
        DestOutputProfile=press.make_stream(profile.content, N=4),
    )
    if profile.registry:
        intent.RegistryName = String(profile.registry)
    press.Root.OutputIntents = Array([press.make_indirect(intent)])
