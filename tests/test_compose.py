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
from handbill.model import Composition, Signatory, Statement
from handbill.prepared import Prepared

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}</style><img src=x onerror=y>\"'&amp;"


def composed(prepared: Prepared, statement: Statement | None = None, draft: bool = False) -> Composition:
    version = replace(prepared.original, statement=statement or prepared.statement)
    return compose(version, load_language("en"), EDITIONS["screen"], draft=draft)


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


def test_without_an_address_of_the_text_online_there_is_neither_code_nor_link(prepared: Prepared) -> None:
    original = prepared.original
    unknown = replace(original, particulars=replace(original.particulars, online=""))
    made = compose(unknown, load_language("en"), EDITIONS["screen"], draft=True)
    assert "asset:qr.svg" not in made.assets
    assert "qr.svg" not in made.html and "Full text online" not in made.html
    assert 'href=""' not in made.html
