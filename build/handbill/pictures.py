"""Pictures: the first page of a finished file, small, for the gallery and the contact sheet.

In: the bytes of a PDF. Out: a PNG without metadata, the same bytes from the same file.
"""

import io

import pypdfium2 as pdfium
from PIL import Image

WIDTH = 360
"""px of the width of a page."""

COLOURS = 32
"""In the palette of a picture: black and the accent on paper, and the steps between them."""


def first_page(pdf: bytes, *, right_bound: bool) -> bytes:
    """The first page of a PDF as a PNG of `WIDTH` px; of a sheet to be folded, its front cover.

    Args:
        pdf: The finished file.
        right_bound: Whether a folded sheet has its spine at the right, so that its cover is the left half.
    """
    with pdfium.PdfDocument(pdf) as document:
        page = document[0]
        width = page.get_width() / 2 if page.get_width() > page.get_height() else page.get_width()
        image = page.render(scale=WIDTH / width).to_pil().convert("RGB")
    left = image.width - WIDTH if image.width > WIDTH and not right_bound else 0
    made = io.BytesIO()
    cropped = image.crop((left, 0, left + WIDTH, image.height))
    # Chosen by how far they reach, not by how much they cover: the accent is on little of the page.
    cropped.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(made, "PNG")
    return made.getvalue()
