"""The engine: what WeasyPrint lacks is there in the context, and gone after it."""

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from conftest import require
from copying import by_pdfium, by_poppler, found
from handbill import engine
from handbill.engine import _gaps, extended
from handbill.errors import FaultError
from handbill.fonts import load_stack
from handbill.model import Composition
from handbill.render import render
from specimen import paragraphs

MEASURE = 70
"""mm of the column."""


def page(text: str, fonts: list[str], lang: str, css: str = "") -> Composition:
    stack = load_stack(fonts)
    families = ", ".join(f'"{name}"' for name in stack.families)
    style = (
        f"{stack.css()} @page {{ size: {MEASURE + 20}mm 200mm; margin: 10mm }} "
        f"body {{ margin: 0; font: 11pt/18pt {families}; text-align: justify; {css} }} p {{ margin: 0 0 9pt }}"
    )
    html = f'<!doctype html><html lang="{lang}"><title>t</title><style>{style}</style><p>{text}</p>'
    return Composition(html, stack.assets())


def right_edges(pdf: bytes) -> list[float]:
    """Where each line of the first page ends, in mm from the left edge of the column."""
    with pdfium.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        lines: dict[int, float] = {}
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if right > left and text.get_text_range(index, 1).strip():
                line = round((top + bottom) / 2 / 6)
                lines[line] = max(lines.get(line, 0), right)
    return [lines[line] * 25.4 / 72 - 10 for line in sorted(lines, reverse=True)]


CHINESE = "国际社会必须采取紧急行动确保对缅甸境内的暴行追究责任各组织今天表示" * 5


def test_every_line_of_chinese_but_the_last_ends_at_the_margin() -> None:
    edges = right_edges(render(page(CHINESE, ["noto-serif-sc"], "zh-Hans")).pdf)

    assert len(edges) > 5
    assert all(abs(edge - MEASURE) < 0.3 for edge in edges[:-1]), edges


def test_chinese_with_latin_and_numbers_in_it_ends_at_the_margin_too() -> None:
    text = CHINESE.replace("缅甸", "“ICC”（2025年1月31日）") + "。"
    edges = right_edges(render(page(text, ["noto-serif-sc"], "zh-Hans")).pdf)

    assert all(edge < MEASURE + 0.3 for edge in edges)
    assert sum(abs(edge - MEASURE) < 0.6 for edge in edges[:-1]) >= len(edges) - 2, edges


def test_an_english_line_is_stretched_as_ever() -> None:
    text = "The international community must take urgent action to ensure accountability for all. " * 4
    edges = right_edges(render(page(text, ["source-serif"], "en")).pdf)

    assert all(abs(edge - MEASURE) < 0.3 for edge in edges[:-1]), edges


@pytest.mark.parametrize(
    ("text", "gaps"),
    [("plain words", 0), ("世界", 1), ("世界 ", 1.5), ("a世界b", 2), ("世", 0), ("世a界", 1)],
)
def test_gaps_are_counted_as_pango_sets_them(text: str, gaps: float) -> None:
    assert _gaps(text) == gaps


@pytest.mark.parametrize("tag", ["my", "bn", "hi", "th"])
def test_a_script_of_clusters_is_copied_word_for_word(tag: str, tmp_path: Path) -> None:
    fonts = {"my": "noto-sans-myanmar", "bn": "noto-serif-bengali", "hi": "noto-serif-devanagari", "th": "sarabun"}
    text = paragraphs(tag)[0]
    path = tmp_path / "page.pdf"
    path.write_bytes(render(page(text, [fonts[tag]], tag, "text-align: start; overflow-wrap: anywhere")).pdf)

    assert found([text], by_pdfium(path), spaced=False) == 1
    assert found([text], by_poppler(path, require("pdftotext")), spaced=False) == 1


def test_a_word_that_is_hyphenated_is_copied_whole(tmp_path: Path) -> None:
    text = "Международное сообщество должно принять безотлагательные меры ответственности " * 3
    path = tmp_path / "page.pdf"
    path.write_bytes(render(page(text, ["source-serif"], "ru", "hyphens: auto")).pdf)
    copied = by_poppler(path, require("pdftotext"))

    assert "\N{SOFT HYPHEN}" in copied
    assert found([text], copied, spaced=True) == 1


def test_weasyprint_is_as_it_was_outside_the_context() -> None:
    from weasyprint import css, pdf
    from weasyprint.layout import inline
    from weasyprint.text.line_break import Layout

    def hooks() -> list[Any]:
        return [css.CSS, pdf.add_tags, inline.count_expandable_spaces, inline.get_next_linebox, Layout.set_text]

    before = hooks()
    with pytest.raises(KeyError), extended(str):
        assert not set(before) & set(hooks())
        raise KeyError
    assert hooks() == before


def test_another_release_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "RELEASE", "71.0")

    with pytest.raises(FaultError, match=r"70\.0 is installed.*71\.0") as refused, extended(str):
        pass
    assert refused.value.remedy
