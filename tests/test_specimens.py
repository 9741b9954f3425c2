"""Every language at once, on text that nobody tuned the program to: in its column, in its own fonts, readable."""

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from conftest import require
from copying import by_pdfium, by_poppler, found
from handbill.compose import compose
from handbill.derive import derive
from handbill.editions import EDITIONS
from handbill.fonts import load_stack
from handbill.languages import known_languages, load_language
from handbill.model import Fit, Pages
from handbill.render import render
from specimen import furniture, specimen

SCREEN = EDITIONS["screen"]
LEAST_FOUND = {"ar": 0.98, "fa": 0.98, "mnw": 0.97, "shn": 0.98}
"""Share of the words that both readers find again; 0.99 in all other languages."""


@pytest.fixture(scope="module", params=known_languages())
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pages(tag: str) -> Pages:
    return render(compose(specimen(tag), load_language(tag), SCREEN, fit=Fit(summary=0.8)))


@pytest.fixture(scope="module")
def brief(tag: str, pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("specimen") / f"{tag}.pdf"
    path.write_bytes(derive(pages, specimen(tag), load_language(tag), SCREEN))
    return path


def test_no_line_leaves_its_column(pages: Pages) -> None:
    assert [finding.message for finding in pages.findings if finding.code == "overflow"] == []


def test_only_the_pack_s_own_fonts_are_in_the_file(tag: str, brief: Path) -> None:
    families = {family.replace(" ", "-") for family in load_stack(load_language(tag).pack.type.fonts).families}
    with pikepdf.open(brief) as pdf:
        names = {
            str(font.BaseFont).lstrip("/").partition("+")[2]
            for font in pdf.objects
            if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == pikepdf.Name.Type0
        }
    assert names
    assert {name for name in names if not any(name.startswith(family) for family in families)} == set()


def test_its_words_can_be_copied_or_are_in_the_file(tag: str, brief: Path) -> None:
    language, version = load_language(tag), specimen(tag)
    texts = [block.text for block in version.statement.blocks]
    if language.labels.attached:
        with pikepdf.open(brief) as pdf:
            (attached,) = (spec.get_file().read_bytes().decode() for spec in pdf.attachments.values())
        assert [text for text in texts if text not in attached] == []
        return
    spaced = language.pack.type.segment.body == "spaces"
    for copied in (by_pdfium(brief), by_poppler(brief, require("pdftotext"))):
        assert found(texts, copied, spaced, furniture(tag)) >= LEAST_FOUND.get(tag, 0.99)


def test_no_line_touches_the_next(tag: str, brief: Path) -> None:
    """Rows of pixels without ink part the lines: no run of inked rows is as high as the leading."""
    if tag == "ur":
        pytest.xfail("Nastaliq slopes: at any leading a page has room for, some words reach into the next line")
    dpi = 200
    with pdfium.PdfDocument(brief) as document:
        image = document[1].render(scale=dpi / 72).to_pil().convert("L")
    heights = [stop - start for start, stop in ink_bands(text_column(image, load_language(tag).is_rtl))]
    leading = 15 / 72 * dpi * load_language(tag).pack.type.leading

    assert len(heights) > 8
    assert max(heights) < leading


def text_column(image: Image.Image, is_rtl: bool) -> Image.Image:
    """The column of the text: without margins, paragraph numbers, header and folio."""
    left, right, top, bottom = 27, 149, 45, 270
    if is_rtl:
        left, right = 210 - right, 210 - left
    dots = image.width / 210
    return image.crop(tuple(round(edge * dots) for edge in (left, top, right, bottom)))


def ink_bands(image: Image.Image) -> list[tuple[int, int]]:
    """First and last row of every run of rows that have ink."""
    rows = [image.crop((0, y, image.width, y + 1)).getextrema()[0] < 160 for y in range(image.height)]
    bands: list[tuple[int, int]] = []
    for y, inked in enumerate(rows):
        if inked and bands and bands[-1][1] == y:
            bands[-1] = (bands[-1][0], y + 1)
        elif inked:
            bands.append((y, y + 1))
    return [band for band in bands if band[1] - band[0] > 3]
