"""Office: from the screen edition to the file for the printer down the hall.

In: the finished PDF of the screen edition. Out: the same pages, not laid out again, in grey. Text that was black is
`0 g`, which a laser printer sets solid, without a screen. The file asks for both sides of the paper, turned about
the long edge, and for no scaling.

It claims no conformance and has no links. Its tags stay: they are no hindrance to a printer, the words that
a reader copies depend on them in some scripts (/ActualText), and this is the file that offices send around.
"""

from pikepdf import Array, Dictionary, Name, Rectangle

from handbill.colour import grey_of
from handbill.paper import description_of, drop_interaction, open_screen_pdf, saved, write_description
from handbill.repaint import Paint, Recipe, repaint

DARK = 0.35
"""Greys under this one, from 0 for black to 1 for white, are printed black."""

_BOXES_OF_PREPRESS = ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


def to_office(pdf: bytes) -> bytes:
    """Make the office edition of a screen edition, or of the sheets of a booklet.

    Args:
        pdf: The finished PDF; where it says already how the paper is to be turned, that stays.

    Raises:
        ContentError: A page has something that cannot be turned to grey.
        CallError: The PDF is none.
    """
    with open_screen_pdf(pdf) as office:
        description = description_of(office).as_made_into("office", "grey")
        drop_interaction(office)
        repaint(office, Recipe(_grey, lambda picture: picture.convert("L")))
        for page in office.pages:
            box = Rectangle(page.mediabox)
            for key in _BOXES_OF_PREPRESS:
                if key in page:
                    del page[key]
            page.MediaBox = Array([box.llx, box.lly, box.urx, box.ury])
        preferences = office.Root.get("/ViewerPreferences", Dictionary())
        if "/Duplex" not in preferences:
            preferences.Duplex = Name.DuplexFlipLongEdge
        preferences.PrintScaling = Name("/None")
        office.Root.ViewerPreferences = preferences
        write_description(office, description)
        return saved(office, "1.7")


def _grey(paint: Paint) -> Paint:
    """The grey that is as light as a paint; of CMYK, the sum of its inks (ISO 32000-1, 10.3.4).

    What is dark is black: a laser printer would set small type in dark grey as dots.
    """
    if len(paint) == 4:
        cyan, magenta, yellow, black = paint
        grey = 1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black)
    else:
        red, green, blue = paint if len(paint) == 3 else paint * 3
        grey = grey_of((red, green, blue))
    return (round(grey, 3) if grey >= DARK else 0,)
