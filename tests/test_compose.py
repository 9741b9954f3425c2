"""The HTML of a brief: golden for the first statement, and inert whatever the words are."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from handbill.compose import breakable_address, compose, typeset
from handbill.editions import EDITIONS
from handbill.errors import ContentError
from handbill.languages import load_language
from handbill.model import Composition, Signatory, Statement
from handbill.pipeline import Prepared

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}</style><img src=x onerror=y>\"'&amp;"


def composed(prepared: Prepared, statement: Statement | None = None, draft: bool = False) -> Composition:
    source = prepared.source
    assert source.particulars
    return compose(
        statement or prepared.statement,
        source.particulars,
        source.summary,
        load_language("en"),
        EDITIONS["screen"],
        draft=draft,
    )


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

    with pytest.raises(ContentError, match=r"U\+1000 MYANMAR LETTER KA\) in signatory 1 \(line 125\)"):
        composed(prepared, burmese)


def test_only_a_draft_is_stamped(prepared: Prepared) -> None:
    assert "DRAFT" not in composed(prepared).html
    assert "DRAFT" in composed(prepared, draft=True).html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on 1 February 2021", "on 1~February 2021"),
        ("more than 6 000 people", "more than 6~000 people"),
        ("the court of the law now", "the court of the~law~now"),
        ("they brought a very serious case", "they brought a~very serious~case"),
        ("the J. K. Rao school", "the J.~K.~Rao school"),
    ],
    ids=["day and month", "thousands", "a short last line", "a word of one letter", "initials"],
)
def test_words_that_belong_together_are_tied(text: str, shown: str) -> None:
    plain = re.sub(r"<[^>]+>", "", str(typeset(text)))

    assert plain == shown.replace("~", "\N{NO-BREAK SPACE}")


def test_typesetting_changes_no_word(prepared: Prepared) -> None:
    for block in prepared.statement.blocks:
        plain = re.sub(r"<[^>]+>", "", str(typeset(block.text)))

        assert plain.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "") == block.text


def test_an_address_breaks_after_slashes_and_dots_only() -> None:
    assert breakable_address("https://a.org/b?c=1").split("\N{ZERO WIDTH SPACE}") == [
        "https://",
        "a.",
        "org/",
        "b?",
        "c=1",
    ]
