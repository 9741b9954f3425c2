"""The HTML of a brief: golden for the first statement, and inert whatever the words are."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.errors import ContentError
from handbill.languages import load_language
from handbill.model import Block, Composition, Kind, Signatory, Statement
from handbill.preflight import load_profile
from handbill.preflight.subject import opened
from handbill.prepared import Prepared
from handbill.render import render

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}</style><img src=x onerror=y>\"'&amp;"


def composed(
    prepared: Prepared, statement: Statement | None = None, draft: bool = False, edition: str = "screen"
) -> Composition:
    version = replace(prepared.original, statement=statement or prepared.statement)
    return compose(version, load_language("en"), EDITIONS[edition], draft=draft)


def test_the_first_statement_is_composed_as_it_was_approved(prepared: Prepared) -> None:
    """A changed page is seen in the diff; HANDBILL_SAVE_GOLDEN=1 writes the files anew."""
    html = composed(prepared).html
    path = GOLDEN / f"{prepared.statement.name}-en-screen.html"
    if os.environ.get("HANDBILL_SAVE_GOLDEN"):
        path.write_text(html, encoding="utf-8")

    assert html == path.read_text(encoding="utf-8")


def test_markup_in_the_words_is_printed_not_obeyed(prepared: Prepared) -> None:
    statement = prepared.statement
    hostile = replace(
        statement,
        title=HOSTILE,
        blocks=(replace(statement.blocks[0], text=HOSTILE), *statement.blocks[1:]),
        signatories=(Signatory(1, HOSTILE, (1, 1)),),
    )
    html = composed(prepared, hostile).html

    assert "<script" not in html and "<img src=x" not in html
    assert "{{ 7 * 7 }}" in html.replace('<span class="name">', "").replace("</span>", "").replace("\xa0", " ")


def test_a_page_has_no_inline_style_and_no_address_but_its_assets(prepared: Prepared) -> None:
    html = composed(prepared).html

    assert " style=" not in html
    assert set(re.findall(r'(?:src|href)="([a-z]+:)', html)) <= {"asset:", "https:"}
    assert not re.search(r'<(?:img|link|script)[^>]*"https:', html)


def test_a_character_no_font_has_is_named_with_its_place(prepared: Prepared) -> None:
    statement = prepared.statement
    burmese = replace(statement, signatories=(Signatory(1, "က Network", (125, 125)),))

    with pytest.raises(ContentError, match=r"U\+1000 MYANMAR LETTER KA\) in signatory 1 \(source.txt, line 125\)"):
        composed(prepared, burmese)


def test_only_a_draft_is_stamped(prepared: Prepared) -> None:
    assert "DRAFT" not in composed(prepared).html
    assert "DRAFT" in composed(prepared, draft=True).html


LONG = "of all who live in the valleys north and south of the two rivers"


@pytest.mark.parametrize(
    ("leads", "lowered"),
    [
        (("more than", "over", "nearly"), (0, 0, 0)),
        (("", "", ""), (0, 0, 0)),
        (("", "of the 38 titles", ""), (1, 0, 1)),
        (("more than", LONG, ""), (1, 0, 2)),
    ],
    ids=["all of one line", "none", "one alone", "one of two lines"],
)
def test_figures_stand_on_one_line_whatever_stands_above_them(
    prepared: Prepared, leads: tuple[str, ...], lowered: tuple[int, ...]
) -> None:
    summary = prepared.original.summary
    assert summary
    figures = tuple(replace(each, lead=lead) for each, lead in zip(summary.figures, leads, strict=True))
    version = replace(prepared.original, summary=replace(summary, figures=figures))
    language, screen = load_language("en"), EDITIONS["screen"]
    found = re.findall(r'<p class="figure(?: lowered-(\d))?">', compose(version, language, screen).html)
    assert tuple(int(lines or 0) for lines in found) == lowered

    with opened(render(compose(version, language, screen)).pdf, "file.pdf", load_profile("screen")) as subject:
        assert subject.structure
        values = {each.value for each in figures}
        pieces = [
            each for each in subject.structure.contents if each.words.strip() in values and each.piece.size > 15
        ]
        assert len(pieces) == 3
        assert len({round(each.piece.place[1], 1) for each in pieces if each.piece.place}) == 1


def test_bullets_stand_under_the_paragraphs_and_not_under_their_numbers(prepared: Prepared) -> None:
    call = Block("p17", Kind.PARAGRAPH, "We call on states to:", (1, 1))
    blocks = (*prepared.statement.blocks, call, Block("i1", Kind.ITEM, "act.", (2, 2), "•"))
    for edition in ("screen", "booklet", "large-print"):
        pages = render(composed(prepared, replace(prepared.statement, blocks=blocks), edition=edition))
        with opened(pages.pdf, "file.pdf", load_profile(edition)) as subject:
            assert subject.structure
            left = {each.words.strip(): each.piece.place for each in subject.structure.contents}
        bullet, words = left["•"], left["We call on states to:"]
        assert bullet and words and round(bullet[0], 1) == round(words[0], 1), edition


def test_without_an_address_of_the_text_online_there_is_neither_code_nor_link(prepared: Prepared) -> None:
    original = prepared.original
    unknown = replace(original, particulars=replace(original.particulars, online=""))
    made = compose(unknown, load_language("en"), EDITIONS["screen"], draft=True)
    assert "asset:qr.svg" not in made.assets
    assert "qr.svg" not in made.html and "Full text online" not in made.html
    assert 'href=""' not in made.html
