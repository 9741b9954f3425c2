"""Shortcuts: a document is the same, byte for byte, with what the layout engine works out once as without."""

import gc
import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import version_in
from handbill import engine
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.fonts import load_stack
from handbill.languages import load_language
from handbill.model import Composition
from handbill.render import _fetcher, _no_fonts_of_the_machine, render
from handbill.shortcuts import _OF_A_LINE, Replacement, remembering_lines, replaced

LINES = "one line that is broken into several, for want of room, and one more; "


def without_shortcuts(work: Callable[[], bytes]) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "shortcuts", lambda: ())
        patch.setattr(engine, "remembering_lines", lambda next_line: next_line)
        return work()


def printed(body: str, css: str = "", language: str = "en") -> bytes:
    stack = load_stack(["source-serif", "amiri"])
    families = ", ".join(f'"{name}"' for name in stack.families)
    style = f"{stack.css()} @page {{ size: 60mm 70mm; margin: 5mm }} body {{ font: 9pt/12pt {families} }} {css}"
    page = Composition(
        f'<!doctype html><html lang="{language}"><title>t</title><style>{style}</style>{body}', stack.assets()
    )
    with _no_fonts_of_the_machine(), engine.extended(lambda url: None) as weasyprint:
        pdf: bytes = weasyprint.HTML(string=page.html, url_fetcher=_fetcher(page.assets)).write_pdf()
    return pdf


def is_same(body: str, css: str = "", language: str = "en") -> bool:
    return printed(body, css, language) == without_shortcuts(lambda: printed(body, css, language))


@pytest.mark.parametrize(
    ("tag", "edition"), [("en", "screen"), ("ar", "sheet"), ("my", "large-print"), ("zh-Hans", "booklet")]
)
def test_the_pages_of_a_brief_are_the_same(tag: str, edition: str) -> None:
    page = compose(version_in(tag), load_language(tag), EDITIONS[edition])

    assert render(page).pdf == without_shortcuts(lambda: render(page).pdf)


NAMES = "".join(f"<li>{LINES[: 9 * (at % 8) + 5]}</li>" for at in range(30))
WORDS = f"<p>{LINES * 4}</p>"

DOCUMENTS = {
    "columns over several pages": (f"<ol>{NAMES * 3}</ol>", "ol { columns: 2 } li { break-inside: avoid }"),
    "columns with a heading over all": (
        f"<div>{WORDS}<h2>Head</h2>{WORDS}</div>",
        "div { columns: 2 } h2 { column-span: all }",
    ),
    "a row of boxes": (f"<main><div>{WORDS}</div><div>{WORDS}</div></main>", "main { display: flex; gap: 3mm }"),
    "a grid": (
        f"<main><div>{WORDS}</div><div>{WORDS}</div></main>",
        "main { display: grid; grid-template-columns: 1fr 2fr }",
    ),
    "a float beside lines": (f"<aside>{LINES}</aside>{WORDS}", "aside { float: right; width: 40%; margin: 2% }"),
    "a float in a line": (f"<p>{LINES}<span>{LINES}</span>{LINES}</p>", "span { float: left; width: 15mm }"),
    "a box in its place on the page": (
        f"<p>{LINES}<b>{LINES}</b></p>",
        "b { position: absolute; top: 20%; left: 5mm }",
    ),
    "a first letter and a first line": (WORDS, "p::first-letter { font-size: 200% } p::first-line { color: #800 }"),
    "notes at the foot": (f"<p>{LINES}<i>{LINES}</i>{LINES}</p>" * 3, "i { float: footnote }"),
    "notes by the style of an element": (f"<p>{LINES}<i style='float: footnote'>{LINES}</i>{LINES}</p>" * 3, ""),
    "notes by a variable": (f"<p>{LINES}<i>{LINES}</i></p>" * 3, "p { --kind: footnote } i { float: var(--kind) }"),
    "notes by their place": (f"<p>{LINES}<i>{LINES}</i></p>" * 3, "i { position: note(end) }"),
    "margins by the side, the name and the number of the page": (
        f"{WORDS * 4}<section>{WORDS * 3}</section>",
        "@page { font-size: 6pt; @top-left { content: counter(page) } @top-right { content: counter(pages) } }"
        "@page :left { @top-left { content: 'left'; color: #800; padding: 5% } }"
        "@page :right { font-size: 7pt } @page :nth(3) { @top-left { font-size: 200% } }"
        "@page wide { size: 120mm 50mm; @top-left { content: 'wide'; margin-block-start: 1mm; margin-top: 2mm } }"
        "section { page: wide }",
    ),
    "values by variables that differ": (
        f"<p>{LINES}</p><p class=wide>{LINES}</p>" * 3,
        "p { --room: 5mm; --edge: 1pt solid; padding: var(--room) calc(var(--room) / 2); border: var(--edge) }"
        ".wide { --room: 9mm; --edge: 2pt dotted #080 } p + p { margin: var(--none, 3mm) }",
    ),
    "borders at the start of the lines": (
        f"<p>{LINES}</p><p dir=rtl>{LINES}</p>",
        "p { border-inline-start: 1mm solid; border-left-style: dotted; column-rule: 1pt solid }",
    ),
    "sums and percentages": (WORDS * 2, "p { width: calc(50% + 5mm); padding: 2% 5%; min-height: 30% }"),
    "borders within the width": (
        WORDS,
        "p { box-sizing: border-box; border: 1mm solid; padding: 2mm; width: 80% }",
    ),
    "a table with joined borders": (
        f"<table><tr><td>{LINES}<td>{LINES}</table>",
        "table { border-collapse: collapse } td { border: 1pt solid; padding: 2% }",
    ),
    "pages that are named later": (
        f"<p>{LINES}<a href='#end'></a></p>" * 12 + "<p id='end'>end</p>",
        "a::after { content: target-counter(attr(href), page) ' of ' target-text(attr(href)) }",
    ),
    "pages of other sizes and a running header": (
        f"<h1>{LINES}</h1>{WORDS * 3}<section>{WORDS}</section>",
        "h1 { position: running(head) } @page { @top-center { content: element(head) } }"
        "@page wide { size: 120mm 50mm } section { page: wide }",
    ),
    "pages named by boxes within boxes": (
        f"<div><div>{WORDS}<section><p>{LINES}</p></section></div>{WORDS}</div>"
        f"<table><tr><td class=far>{LINES}</table><div><b>{LINES}</b>"
        f"<div class=far>{WORDS}</div><i>{LINES}</i></div>{WORDS}",
        "@page wide { size: 120mm 50mm } @page far { size: 50mm 90mm } section { page: wide } .far { page: far } "
        "b { float: left; page: wide } i { position: absolute; page: wide }",
    ),
    "justified and hyphenated words": (
        WORDS,
        "p { text-align: justify; hyphens: auto; width: 23mm; text-indent: 5% }",
    ),
    "letters apart and lines drawn under them": (WORDS, "p { letter-spacing: 1pt; text-decoration: underline }"),
    "margins of the page in percent": (WORDS, "@page { margin: 4% 12%; padding: 3% }"),
    "a float in columns": (
        f"<div>{WORDS}<aside>{LINES}</aside>{WORDS * 2}<aside>{LINES}</aside>{WORDS}</div>",
        "div { columns: 2; widows: 1; orphans: 1 } aside { float: left; width: 9mm }",
    ),
    "what stands elsewhere in columns": (
        f"<ol>{f'<li>{LINES}<b>far</b> <i>note</i> <u>up</u> {LINES}</li>' * 9}</ol>",
        "ol { columns: 2 } b { position: fixed; top: 0 } i { float: footnote } u { position: relative; top: 1px }",
    ),
    "words cut off at the edge": (
        f"<p>{LINES}</p><p>{LINES}<b>{LINES}</b></p>" * 3,
        "p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }",
    ),
    "words that are too long": (f"<p>{LINES.replace(' ', '')}</p>", "p { overflow-wrap: anywhere; width: 12mm }"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_document_that_no_brief_is_like_is_the_same(name: str, direction: str) -> None:
    body, css = DOCUMENTS[name]

    assert is_same(body, f"html {{ direction: {direction} }} {css}")


lengths = st.sampled_from(["auto", "0", "3mm", "7%", "calc(5% + 1mm)", "1.5em", "inherit"])
sizes = st.sampled_from(["auto", "80%", "25mm", "calc(90% - 3mm)", "max-content"])


@given(
    margin=lengths,
    padding=lengths,
    width=sizes,
    least=sizes,
    height=sizes,
    sizing=st.sampled_from(["content-box", "padding-box", "border-box"]),
    display=st.sampled_from(["block", "inline-block", "inline", "flex", "table", "list-item"]),
)
def test_a_box_of_any_lengths_is_the_same(
    margin: str, padding: str, width: str, least: str, height: str, sizing: str, display: str
) -> None:
    css = (
        f"div {{ margin-inline: {margin}; padding: {padding}; width: {width}; min-width: {least}; "
        f"height: {height}; box-sizing: {sizing}; display: {display}; border: 1pt solid }}"
    )

    assert is_same(f"<section><div>{LINES}<div>{LINES}</div></div></section>", css)


def test_a_line_is_set_once_for_all_heights_that_are_tried_for_its_column() -> None:
    from weasyprint.layout import inline

    def lines_set(remember: Callable[[Any], Any]) -> int:
        count = 0
        next_line = inline.get_next_linebox

        def counted(*given: Any) -> Any:
            nonlocal count
            count += 1
            return next_line(*given)

        with pytest.MonkeyPatch.context() as patch, replaced([Replacement(inline, "get_next_linebox", counted)]):
            patch.setattr(engine, "remembering_lines", remember)
            printed(f"<ol>{NAMES}</ol>", "ol { columns: 2 }")
        return count

    assert lines_set(remembering_lines) < lines_set(lambda next_line: next_line) / 2


def test_an_element_has_no_styles_of_notes_where_no_rule_makes_one() -> None:
    from weasyprint.css import ComputedStyle

    def styled(css: str) -> set[str]:
        found = set()
        make = ComputedStyle.__init__

        def noting(style: Any, parent: Any, cascaded: Any, pseudo_type: Any, *given: Any) -> None:
            found.add(pseudo_type or "")
            make(style, parent, cascaded, pseudo_type, *given)

        with replaced([Replacement(ComputedStyle, "__init__", noting)]):
            printed(WORDS, css)
        return {each for each in found if each.startswith(("footnote-", "note-"))}

    notes = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
    assert styled("p { position: relative; float: left }") == set()
    assert styled("i { float: footnote }") == styled("i { position: note(end) }") == notes


def test_a_line_is_broken_by_all_that_is_read_to_break_it() -> None:
    from weasyprint.text import fonts, line_break

    read = inspect.getsource(line_break) + inspect.getsource(fonts.get_font_description)

    assert set(_OF_A_LINE) == set(re.findall(r"style\['(\w+)'\]", read)) - {"line_height"}


def test_a_document_has_the_lines_that_another_one_had_only_where_they_are_the_same() -> None:
    css = "p { width: 40mm; hyphens: auto }"
    stack = load_stack(["source-serif"])
    first = f"<style>{stack.css()} p {{ font: 9pt '{stack.families[0]}' }}</style>"
    pages = [
        Composition(f'<html lang="{tag}"><title>t</title>{first}<style>{css} {more}</style>{WORDS}', stack.assets())
        for tag in ("en", "fr")
        for more in ("", "p { word-spacing: 1pt }", "p { font-weight: 700 }", "p { letter-spacing: 1pt }", "")
    ]

    together = [render(page).pdf for page in pages]

    assert together == [without_shortcuts(lambda page=page: render(page).pdf) for page in pages]


def test_a_document_is_let_go_without_a_look_at_all_objects() -> None:
    page = compose(version_in("en"), load_language("en"), EDITIONS["sheet"])
    render(page)
    gc.collect()

    gc.disable()
    try:
        render(page)
        left = gc.collect()
    finally:
        gc.enable()

    assert left < 3_000  # of 40 000


def test_an_attribute_is_as_before_when_the_work_within_fails() -> None:
    class Place:
        name = "as it was"

    with pytest.raises(ZeroDivisionError), replaced([Replacement(Place, "name", "replaced")]):
        assert Place.name == "replaced"
        _ = 1 / 0

    assert Place.name == "as it was"
