"""Rendering: nothing but the assets is loaded, warnings are errors, and what leaves its column is found."""

import errno
import gc
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from forked import forked, outcome
from handbill.assets import resource_folder
from handbill.errors import FaultError
from handbill.fonts import load_stack
from handbill.model import Asset, Composition
from handbill.render import _loaded_fonts, extent, render

FONTS = load_stack(["source-serif"])
CSS = FONTS.css() + 'html { font: 10pt/15pt "Source Serif 4" } @page { size: 60mm 60mm; margin: 10mm }'


def page(body: str, css: str = "", **assets: Asset) -> Composition:
    html = f"<!doctype html><html lang=en><title>t</title><style>{CSS}{css}</style>{body}"
    return Composition(html, {**FONTS.assets(), **{f"asset:{name}": asset for name, asset in assets.items()}})


def test_a_sound_page_has_no_finding() -> None:
    pages = render(page("<p>A line that fits.</p>"))

    assert (pages.count, pages.findings) == (1, ())
    assert pages.pdf.startswith(b"%PDF-")


@pytest.mark.skipif(sys.platform != "linux", reason="Where files of libraries are named otherwise.")
def test_the_engine_is_loaded_without_other_programs_that_look_for_its_libraries() -> None:
    code = (
        "import subprocess; subprocess.Popen = None; from handbill.engine import loaded_release; loaded_release()"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_extent_is_of_all_pages_and_of_the_height_of_the_lines_on_them() -> None:
    lines = page("".join(f"<p>{number}" for number in range(10)), "body, p { margin: 0 }")  # 7 on a page of 40 mm

    found = extent(lines)

    assert (found.pages, round(found.filled, 2)) == (2, round(10 * 15 / 72 * 25.4 / 40, 2))


def test_pages_after_those_that_are_enough_are_not_laid_out() -> None:
    pages = page("<p style='break-after: page'>x</p>" * 5 + "<p>x")

    assert (extent(pages).pages, extent(pages, 6).pages, extent(pages, 2).pages) == (6, 6, 3)


def test_fonts_that_could_not_be_laid_aside_are_loaded_anew_for_the_next_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = render(page("<p>x")).pdf
    _loaded_fonts.cache_clear()

    def half(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(Path, "write_bytes", half)
        render(page("<p>x"))

    assert render(page("<p>x")).pdf == before


def test_a_process_that_is_forked_loads_fonts_of_its_own_and_leaves_those_of_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def more() -> None:
        loaded = _loaded_fonts.cache_info().misses
        render(page("<p>in the child"))
        assert _loaded_fonts.cache_info().misses > loaded
        _loaded_fonts.cache_clear()
        gc.collect()

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _loaded_fonts.cache_clear()
    render(page("<p>x"))
    ours = list(tmp_path.glob("weasyprint-*/*"))

    assert outcome(forked(more)) == 0
    assert ours and set(ours) <= set(tmp_path.glob("weasyprint-*/*"))


def test_fonts_are_loaded_once_for_pages_in_the_same_fonts() -> None:
    render(page("<p>x"))
    loaded = _loaded_fonts.cache_info().misses
    render(page("<p>y"))

    assert _loaded_fonts.cache_info().misses == loaded


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "file:///etc/hostname", "data:image/png;base64,AAAA", "asset:none.png"]
)
def test_an_address_that_is_no_asset_stops_the_build(address: str) -> None:
    with pytest.raises(FaultError):
        render(page(f'<img src="{address}" alt="x">'))


@pytest.mark.parametrize(
    "css",
    ['@import url("https://example.org/x.css");', 'body { background: url("file:///etc/passwd") }'],
    ids=["an import", "a background"],
)
def test_a_stylesheet_cannot_reach_out_either(css: str) -> None:
    with pytest.raises(FaultError):
        render(Composition(page("<p>x").html.replace("<style>", f"<style>{css}"), FONTS.assets()))


def test_a_missing_glyph_is_an_error_not_a_box() -> None:
    with pytest.raises(FaultError, match=r"U\+1000|notdef"):
        render(page("<p>က</p>"))


def test_an_unknown_property_is_an_error() -> None:
    with pytest.raises(FaultError, match="text-wrap"):
        render(page("<p>x</p>", "p { text-wrap: balance }"))


def test_a_word_wider_than_its_column_is_found() -> None:
    pages = render(page("<p>Umweltverträglichkeitsprüfungskommissionsvorsitzende</p>"))

    assert [finding.code for finding in pages.findings] == ["overflow"]
    assert "Umweltvertr" in pages.findings[0].message


def test_a_line_below_the_page_is_found() -> None:
    css = "div { height: 39mm; break-inside: avoid } p { margin: 0 } section { break-inside: avoid; height: 10mm }"
    pages = render(page("<section style='height: 30mm'><p>x</p></section>", css + "p { padding-top: 60mm }"))

    assert "overflow" in {finding.code for finding in pages.findings}


PARTS = "<p>a</p><p style='break-before: page'>b c d</p><p style='break-before: page' id=text>e</p>"


@pytest.mark.parametrize(("part", "pages", "words"), [("summary", 2, 3), ("card", 2, 3), ("card", 3, 4)])
def test_a_part_over_its_one_page_is_found_with_the_words_that_are_too_many(
    part: Literal["summary", "card"], pages: int, words: int
) -> None:
    body = PARTS if pages == 2 else PARTS.replace(" id=text", "")
    (finding,) = render(replace(page(body), one_page=part)).findings

    assert finding.code == f"{part}-over-one-page"
    assert (
        f"The {part} takes {pages} pages; it must be one, and about {words} words are too many" in finding.message
    )


def test_a_part_that_may_run_on_is_not_found() -> None:
    assert render(page(PARTS)).findings == ()


def linking(sheet: str) -> Composition:
    html = page("<p>x</p>").html.replace("<style>", '<link rel="stylesheet" href="asset:a.css"><style>')
    return Composition(html, {**FONTS.assets(), "asset:a.css": Asset(sheet.encode(), "text/css")})


def test_a_sheet_that_a_page_links_to_is_read_as_it_is_now() -> None:
    one, two = (
        linking("p { color: black }"),
        linking("body::after { break-before: page; content: 'y'; display: block }"),
    )

    assert [render(each).count for each in (one, two, one)] == [1, 2, 1]


def test_a_sheet_that_the_renderer_warns_about_is_refused_every_time() -> None:
    for _ in range(2):
        with pytest.raises(FaultError, match="text-wrap"):
            render(linking("p { text-wrap: balance }"))


def test_sheets_that_pages_link_to_hold_neither_fonts_nor_numerals() -> None:
    """They are read once for all pages, and fonts and numerals are of a page and its language."""
    sheets = [path.read_text("utf-8") for path in resource_folder("styles").rglob("*.css")]
    assert sheets
    assert not [each for each in sheets if "@font-face" in each or "@counter-style" in each]
