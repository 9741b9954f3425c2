"""The round trip: the finished PDF holds every word of the statement, in order, and nothing else but the labels."""

import os
import re
import subprocess
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageChops

from conftest import require
from handbill.languages import load_language
from handbill.prepared import Prepared
from printed import screen

LABELS = load_language("en").labels


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brief") / "brief.pdf"
    path.write_bytes(screen())
    return path


def words(text: str) -> list[str]:
    """The words of a text as they are compared: no-break spaces are spaces, a broken address is one word."""
    return text.replace("\N{NO-BREAK SPACE}", " ").split()


def by_pdfium(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def by_poppler(path: Path) -> list[str]:
    command = [require("pdftotext"), "-raw", "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return text.removesuffix("\f").split("\f")


def body(page: str, number: int, pages: int, title: str) -> list[str]:
    """A page's words without its running header and folio, each of which must be there exactly once."""
    found = words(page)
    folio = words(f"{LABELS.folio.format(page=number, pages=pages)} · 31 January 2025")
    header = words(title) if number > 1 else []
    for furniture in (folio, header):
        places = [i for i in range(len(found)) if found[i : i + len(furniture)] == furniture]
        if furniture:
            assert places, f"page {number}: {' '.join(furniture)} is not on it"
            at = places[-1]
            del found[at : at + len(furniture)]
    return found


def expected(prepared: Prepared) -> Iterator[str]:
    """Every word of the brief in the order of the page, labels included."""
    statement, source = prepared.statement, prepared.source
    summary, particulars = source.summary, source.particulars
    assert summary and particulars
    count = len(statement.signatories)
    yield from words(f"{LABELS.kind} · {count} organizations · 31 January 2025".upper())
    yield from words("For the 58th session of the Human Rights Council, 24 February to 4 April 2025")
    yield from words(statement.title)
    yield from words(summary.standfirst.text)
    for figure in summary.figures:
        yield from words(f"{figure.lead} {figure.value} {figure.label} ¶ {figure.source[1:]}")
    yield from words(LABELS.demands.upper())
    for group in summary.demands:
        yield from words(group.addressee)
        for item in group.items:
            yield from words(f"{item.text} ¶ {item.source[1:]}")
    yield from words(LABELS.online.upper())
    yield particulars.online
    yield from words(LABELS.signed.other.format(count=count, page=5))
    yield from words(LABELS.text)
    for number, block in enumerate(statement.blocks, 1):
        yield from words(f"{number} {block.text}")
    yield from words("For the 58th session of the Human Rights Council, 24 February to 4 April 2025.")
    yield from words("Published 31 January 2025.")
    yield particulars.online
    yield from words(LABELS.signatories)
    yield from words(LABELS.signatories_note.other.format(count=count))
    for signatory in statement.signatories:
        yield from words(f"{signatory.number} {signatory.name}")


@pytest.mark.parametrize("extract", [by_pdfium, by_poppler], ids=["pdfium", "poppler"])
def test_every_word_is_on_the_page_in_order_and_nothing_else(
    brief: Path, prepared: Prepared, extract: object
) -> None:
    assert callable(extract)
    pages = extract(brief)
    title = prepared.statement.title
    found = [w for n, page in enumerate(pages, 1) for w in body(page, n, len(pages), title)]

    for place, (on_page, in_text) in enumerate(zip_longest(found, expected(prepared))):
        assert on_page == in_text, f"word {place}: {' '.join(found[place - 5 : place + 5])}"


def test_the_paragraphs_read_from_the_page_are_those_of_the_cleaned_text(brief: Path, prepared: Prepared) -> None:
    whole = " ".join(words(" ".join(by_pdfium(brief))))
    header = " ".join(words(f"{prepared.statement.title} · 31 January 2025"))
    flowing = re.sub(
        rf" Page \d of 5 {re.escape(header)} ", " ", re.sub(rf" {re.escape(header)} Page \d of 5 ", " ", whole)
    )

    missing = [b.id for b in prepared.statement.blocks if " ".join(words(b.text)) not in flowing]

    assert len(missing) <= 3, "only a paragraph that runs over a page's end may be cut by header and folio"


def test_the_summary_is_the_first_page_and_the_names_the_last(brief: Path) -> None:
    pages = by_pdfium(brief)

    assert len(pages) == 5
    assert LABELS.demands.upper() in pages[0]
    assert "46" in pages[4] and "Youth Congress Rohingya" in pages[4]


def test_the_first_page_looks_as_it_was_approved(brief: Path) -> None:
    """The picture that README.md shows; HANDBILL_SAVE_GOLDEN=1 makes it anew.

    Compared in squares of 8 px, so that another release of the text engine may smooth a glyph otherwise, but a
    line that moves or is lost is seen.
    """
    path = Path(__file__).parent / "golden" / "myanmar-accountability-2025-en-screen.png"
    with pdfium.PdfDocument(brief) as document:
        image = document[0].render(scale=100 / 72).to_pil()
    if os.environ.get("HANDBILL_SAVE_GOLDEN"):
        image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)

    small = (image.width // 8, image.height // 8)
    with Image.open(path) as approved:
        assert approved.size == image.size
        squares = [each.convert("L").resize(small, Image.Resampling.BOX) for each in (image, approved)]

    assert ImageChops.difference(*squares).getextrema()[1] < 64


def test_the_code_on_the_page_leads_to_the_text_online(brief: Path, prepared: Prepared) -> None:
    assert prepared.source.particulars
    with pdfium.PdfDocument(brief) as document:
        image = document[0].render(scale=300 / 72).to_pil()

    assert [code.text for code in zxingcpp.read_barcodes(image)] == [prepared.source.particulars.online]
