"""Rendering: nothing but the assets is loaded, warnings are errors, and what leaves its column is found."""

import pytest

from handbill.errors import FaultError
from handbill.fonts import load_stack
from handbill.model import Asset, Composition
from handbill.render import render

FONTS = load_stack(["source-serif"])
CSS = FONTS.css() + 'html { font: 10pt/15pt "Source Serif 4" } @page { size: 60mm 60mm; margin: 10mm }'


def page(body: str, css: str = "", **assets: Asset) -> Composition:
    html = f"<!doctype html><html lang=en><title>t</title><style>{CSS}{css}</style>{body}"
    return Composition(html, {**FONTS.assets(), **{f"asset:{name}": asset for name, asset in assets.items()}})


def test_a_sound_page_has_no_finding() -> None:
    pages = render(page("<p>A line that fits.</p>"))

    assert (pages.count, pages.findings) == (1, ())
    assert pages.pdf.startswith(b"%PDF-")


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


def test_a_summary_over_one_page_is_found() -> None:
    pages = render(page("<p>a</p><p style='break-before: page'>b</p><p style='break-before: page' id=text>c</p>"))

    assert [finding.code for finding in pages.findings] == ["summary-over-one-page"]
