"""What contradicts itself is found, and both places are named."""

from dataclasses import replace

import pytest

from handbill.agreement import check_agreement, check_claims, claims
from handbill.languages import load_language
from handbill.model import (
    NOT_SCANNED,
    DemandGroup,
    Expected,
    Figure,
    Finding,
    Particulars,
    Statement,
    Summary,
    SummaryItem,
)
from handbill.prepared import Prepared


@pytest.fixture
def parts(prepared: Prepared) -> tuple[Statement, Particulars, Summary]:
    assert prepared.source.particulars and prepared.source.summary
    return prepared.statement, prepared.source.particulars, prepared.source.summary


Parts = tuple[Statement, Particulars, Summary]


def findings(statement: Statement, particulars: Particulars, summary: Summary) -> list[Finding]:
    return check_agreement(statement, particulars, summary, load_language("en"))


def test_the_first_statement_agrees_with_itself(parts: Parts) -> None:
    assert findings(*parts) == []


def test_a_lost_name_contradicts_the_text_the_numbers_and_the_editor(parts: Parts) -> None:
    statement, particulars, summary = parts
    fewer = replace(statement, signatories=tuple(s for s in statement.signatories if s.number != 20))
    said = "\n".join(finding.message for finding in findings(fewer, particulars, summary))

    assert "highest number is 46" in said
    assert "statement.toml expects 46 signatories" in said
    assert "Line 1 (p1) says “46 organizations”, but the list has 45 names" in said


def test_a_phrase_that_counts_others_is_no_claim_once_the_editor_says_so(parts: Parts) -> None:
    statement, particulars, summary = parts
    other = replace(statement.blocks[1], text="In 2021, 30 organizations were banned.")
    changed = replace(statement, blocks=(statement.blocks[0], other, *statement.blocks[2:]))
    settled = replace(particulars, expected=Expected(46, 16, ("30 organizations",)))

    assert [finding.code for finding in findings(changed, particulars, summary)] == ["count"]
    assert findings(changed, settled, summary) == []


def test_a_lost_paragraph_contradicts_the_editor(parts: Parts) -> None:
    statement, particulars, summary = parts
    fewer = replace(statement, blocks=statement.blocks[:15])

    assert [finding.code for finding in findings(fewer, particulars, summary)] == ["count"]


@pytest.mark.parametrize(
    ("text", "source", "code", "words"),
    [
        ("More than 7,000 people were killed.", "p3", "summary-words", "“7,000”"),
        ("The “culture of silence” goes on.", "p2", "summary-words", "“culture of silence”"),
        ("A lasting culture of respect for human rights.", "p99", "summary-source", "p99"),
        ("The world must never act now.", "p16", "summary-verbatim", "“never”"),
    ],
    ids=["a number of its own", "an invented quotation", "a block that is not there", "an invented word"],
)
def test_a_summary_holds_nothing_of_its_own(parts: Parts, text: str, source: str, code: str, words: str) -> None:
    statement, particulars, summary = parts
    group = DemandGroup("All", (SummaryItem(text, source),))
    found = findings(statement, particulars, replace(summary, demands=(group,)))

    assert code in {finding.code for finding in found}
    assert any(words in finding.message for finding in found)


def test_a_figure_must_stand_in_its_paragraph(parts: Parts) -> None:
    statement, particulars, summary = parts
    wrong = replace(summary, figures=(Figure("more than", "60,000", "people", "p3"),))

    assert "summary-words" in {finding.code for finding in findings(statement, particulars, wrong)}


def test_part_of_a_number_is_another_number(parts: Parts) -> None:
    statement, particulars, summary = parts
    wrong = replace(summary, verbatim=False, figures=(Figure("", "3", "people", "p3"),))

    assert [finding.code for finding in findings(statement, particulars, wrong)] == ["summary-words"]


def test_a_late_sign_on_contradicts_every_place_that_counts(parts: Parts) -> None:
    statement, particulars, summary = parts
    late = replace(statement.signatories[-1], number=47, lines=NOT_SCANNED)
    grown = replace(statement, title="46 organizations speak", signatories=(*statement.signatories, late))

    said = [each.message for each in check_claims(grown, particulars, summary, load_language("en"))]
    there = "says “46 organizations”, but the list has 47 names (1 of them late)"
    places = ("The title", "Line 1 (p1)", "The stand-first of the summary")
    assert len(said) == 3
    for message, place in zip(said, places, strict=True):
        assert message.startswith(f"{place} {there}")


def test_a_translation_is_held_to_the_list_in_its_own_words_and_digits(parts: Parts) -> None:
    statement, particulars, _ = parts
    block = replace(statement.blocks[0], text="وقعت ٤٥ منظمة")
    translated = replace(statement, title="", language="ar", blocks=(block,))
    settled = replace(particulars, expected=Expected(46, 16, ("45 organizations",)))

    said = [each.message for each in check_claims(translated, particulars, None, load_language("ar"))]
    assert said == ["Line 1 (p1) says “٤٥ منظمة”, but the list has 46 names."]
    assert list(check_claims(translated, settled, None, load_language("ar"))) == []


@pytest.mark.parametrize(
    ("tag", "text", "numbers"),
    [
        ("en", "We, the undersigned forty-six human rights organizations, ask", [46]),
        ("en", "One hundred and\nseven groups and two associations", [107]),
        ("en", "forty-sixth of the organizations; the fortysix groups", []),
        ("fr", "les quatre-vingt-dix-sept organisations ; vingt et une associations", [97, 21]),
        ("es", "las cuarenta y seis organizaciones y veintiséis grupos", [46, 26]),
        ("id", "empat puluh enam organisasi dan seratus dua belas organisasi", [46, 112]),
        ("ru", "сорок шесть организаций, от имени сорока шести организаций", [46, 46]),
    ],
)
def test_a_count_in_words_is_a_claim(parts: Parts, tag: str, text: str, numbers: list[int]) -> None:
    statement = replace(parts[0], title="", blocks=(replace(parts[0].blocks[0], text=text),))
    assert [claim.number for claim in claims(statement, None, load_language(tag))] == numbers
