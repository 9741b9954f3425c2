"""Blocks, titles and signatories of a cleaned text."""

from dataclasses import replace
from datetime import date

import pytest

from conftest import source_of
from handbill.clean import clean
from handbill.languages import load_language
from handbill.model import (
    NOT_SCANNED,
    About,
    Change,
    Cleaned,
    Expected,
    Kind,
    LateSignOn,
    Line,
    Particulars,
    RunningTitle,
    Statement,
)
from handbill.numbering import heads_names
from handbill.structure import structure

LETTER = """Stop the war in the valley

To the Member States of the Human Rights Council

Excellencies,

We, the undersigned organisations, ask you to act on the war in the valley, which has gone on for four years.

What we ask for

1. Send observers to the valley without delay.
2. Free all prisoners.

We also ask that you:

• open the border;
• pay for food.

Signed by:

1. Amnesty International
2. Article 19
3. Women’s League (Chiang Mai)
4. #Together
"""


def structured(text: str) -> Statement:
    cleaned = clean(source_of(text))
    return structure(cleaned, "text", "en")


def test_a_letter_has_title_headings_items_and_names() -> None:
    statement = structured(LETTER)

    assert statement.title == "Stop the war in the valley"
    assert [(block.id, block.kind, block.marker) for block in statement.blocks] == [
        ("h1", Kind.HEADING, ""),
        ("p1", Kind.PARAGRAPH, ""),
        ("p2", Kind.PARAGRAPH, ""),
        ("h2", Kind.HEADING, ""),
        ("i1", Kind.ITEM, "1."),
        ("i2", Kind.ITEM, "2."),
        ("p3", Kind.PARAGRAPH, ""),
        ("i3", Kind.ITEM, "•"),
        ("i4", Kind.ITEM, "•"),
    ]
    assert statement.names_heading and statement.names_heading.text == "Signed by:"
    assert [(s.number, s.name) for s in statement.signatories] == [
        (1, "Amnesty International"),
        (2, "Article 19"),
        (3, "Women’s League (Chiang Mai)"),
        (4, "#Together"),
    ]


def test_a_heading_above_every_running_title_is_the_title_and_the_others_are_asked_about() -> None:
    upside_down = "19SS09 JI0P SOUOIIS 9] ‘S09910 SUOTJLIEASIP 9P SUB SIOL,"
    running = RunningTitle((5, 5), upside_down, "Trois ans de la sirènes", "rotated-line")
    text = [Line(1, 1, "Haute-Vernaise : trois ans de silence"), Line(3, 3, "Déclaration conjointe")]
    below = structure(Cleaned(tuple(text), (), (), titles=(running,)), "text", "fr")
    above = structure(Cleaned(tuple(text), (), (), titles=(replace(running, lines=(0, 0)),)), "text", "fr")

    short = [replace(text[0], text="Trois ans après"), text[1]]
    under = structure(Cleaned(tuple(short), (), (), titles=(replace(running, lines=(0, 0)),)), "text", "fr")

    assert below.title == above.title == "Haute-Vernaise : trois ans de silence"
    assert under.title == "Trois ans de la sirènes"
    assert [doubt.text for doubt in below.doubts] == [upside_down]


def test_a_list_of_demands_is_not_a_list_of_names() -> None:
    statement = structured(
        "We ask you to:\n"
        "1. Send observers to the valley now.\n2. Free all of the prisoners.\n3. Open all of the borders."
    )

    assert statement.signatories == ()
    assert [block.marker for block in statement.blocks] == ["", "1.", "2.", "3."]


def test_a_number_that_the_list_skips_is_a_doubt() -> None:
    statement = structured("The text is here.\n\n1. Amnesty\n2. Odhikar\n4. Article 19\n5. Fortify Rights")

    assert [signatory.number for signatory in statement.signatories] == [1, 2, 4, 5]
    assert ["where is 3?" in doubt.reason for doubt in statement.doubts] == [True]


def test_the_fingerprint_changes_with_any_word_and_not_with_a_line_end() -> None:
    fingerprint = structured(LETTER).fingerprint()

    assert structured(LETTER.replace("prisoners", "captives")).fingerprint() != fingerprint
    assert structured(LETTER.replace("the war in\n", "the war\nin ")).fingerprint() == fingerprint


def test_a_text_without_names_or_title_has_none() -> None:
    statement = structured("They came in the night and burned the houses of the town.")

    assert (statement.title, statement.signatories) == ("", ())


def test_late_sign_ons_are_numbered_on_from_the_list_and_counted() -> None:
    late = (
        LateSignOn("Valley Sisters", about=About("MM")),
        LateSignOn("", withheld=True),
        LateSignOn("River Watch"),
    )
    statement = structure(clean(source_of(LETTER)), "text", "en", late=late, about={2: About("GB")})

    assert [(s.number, s.signed, s.name) for s in statement.signatories if s.is_late] == [
        (5, 5, "Valley Sisters"),
        (6, 7, "River Watch"),
    ]
    assert statement.withheld == ((6, NOT_SCANNED),)
    assert statement.signatory_count == 7
    assert {s.name: s.about.country for s in statement.signatories if s.about.country} == {
        "Article 19": "GB",
        "Valley Sisters": "MM",
    }


def test_an_approval_is_not_for_a_text_with_late_sign_ons() -> None:
    cleaned = clean(source_of(LETTER))
    late = structure(cleaned, "text", "en", late=[LateSignOn("Valley Sisters")])
    assert late.fingerprint() != structure(cleaned, "text", "en").fingerprint()


def kinds(text: str) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in structured(text).blocks]


@pytest.mark.parametrize("heading", ["Signed by:", "Signatories"])
def test_what_heads_the_names_heads_the_appendix_and_is_no_block_of_the_text(heading: str) -> None:
    statement = structured(LETTER.replace("Signed by:", heading))

    assert statement.names_heading and statement.names_heading.text == heading
    assert heading not in [block.text for block in statement.blocks]


def test_an_approval_is_for_the_heading_of_the_names_too() -> None:
    signed, endorsed = (structured(LETTER.replace("Signed by:", text)) for text in ("Signed by:", "Endorsed by:"))
    assert signed.fingerprint() != endorsed.fingerprint()


NOTED = """\
Stop the war in the valley

They burned 214 houses.¹ In the night 38 of our people died,² and nobody came.*

¹ Report of the Council, page 7.

² Letter of the elders, of 2 May 2025.

* The bridge was closed.

We call on the Council to:

• send observers;³

³ As in the year before.

• open the roads.

⁴ Nothing calls this.

Signatories

1. Women of the Nets⁵
2. River Watch
3. Ferrymen

⁵ With three villages.
"""


def test_a_note_that_a_word_calls_is_no_paragraph_and_has_its_mark() -> None:
    statement = structured(NOTED)

    assert [(b.id, b.marker) for b in statement.blocks if b.kind is Kind.NOTE] == [
        *(("n1", "¹"), ("n2", "²"), ("n3", "*"), ("n4", "³"), ("n5", "⁵")),
    ]
    assert [b.text for b in statement.blocks if b.kind is Kind.PARAGRAPH] == [
        "They burned 214 houses.¹ In the night 38 of our people died,² and nobody came.*",
        "We call on the Council to:",
        "⁴ Nothing calls this.",
    ]
    assert [each.name for each in statement.signatories] == ["Women of the Nets⁵", "River Watch", "Ferrymen"]


def test_notes_may_stand_between_the_names_and_what_heads_them() -> None:
    statement = structured(NOTED.replace("⁴ Nothing calls this.\n\nSignatories", "Signatories\n\n⁴ Of no word."))
    between = structured(
        NOTED.replace("nobody came.*", "nobody came.* So it was.⁴").replace(
            "⁴ Nothing calls this.\n\nSignatories", "Signatories\n\n⁴ By our count."
        )
    )

    assert statement.names_heading is None
    assert between.names_heading and between.names_heading.text == "Signatories"
    assert between.block("n5") and not [block for block in between.blocks if block.text == "Signatories"]


def test_a_block_is_cited_by_the_paragraph_it_stands_under() -> None:
    statement = structured(LETTER)
    ids = ("p1", "p2", "i1", "i2", "p3", "i3", "i4", "h1", "h2", "h9")

    assert [statement.paragraph_of(each) for each in ids] == ["1", "2", "2", "2", "3", "3", "3", "1", "3", ""]
    assert [structured(NOTED).paragraph_of(each) for each in ("n1", "n4", "i2")] == ["1", "2", "2"]


@pytest.mark.parametrize(
    "tag", ["ar", "bn", "en", "es", "fa", "fr", "hi", "id", "ja", "ko", "my", "ru", "th", "ur", "zh-Hans"]
)
def test_the_label_of_a_language_for_its_signatories_heads_names(tag: str) -> None:
    assert heads_names(load_language(tag).labels.signatories, tag)


def test_a_short_last_line_that_does_not_is_a_paragraph() -> None:
    assert kinds(LETTER.replace("Signed by:", "Geneva in June"))[-1] == ("Geneva in June", Kind.PARAGRAPH)
    assert kinds(LETTER.partition("1. Amnesty")[0])[-1] == ("Signed by:", Kind.PARAGRAPH)


def titled(text: str, title: str) -> Statement:
    cleaned = clean(source_of(text))
    known = Particulars(title, "en", date(2025, 6, 2), "", None, ("en",), "a4", "#000000", (), Expected(), None)
    return structure(cleaned, "text", "en", known)


def test_a_known_title_may_stand_below_a_few_short_lines_and_is_printed_once() -> None:
    statement = titled(f"Joint statement\n\n2 June 2025\n\n{LETTER}", "Stop the war in the valley")
    assert [block.text for block in statement.blocks[:3]] == [
        "Joint statement",
        "2 June 2025",
        "To the Member States of the Human Rights Council",
    ]


def test_the_same_words_below_a_sentence_are_text() -> None:
    opened = "We write to you from the valley.\n\n" + LETTER
    assert [block.text for block in titled(opened, "Stop the war in the valley").blocks[:2]] == [
        "We write to you from the valley.",
        "Stop the war in the valley",
    ]


def test_a_title_upside_down_that_an_editor_took_out_on_one_page_is_not_asked_about_on_the_next() -> None:
    title = RunningTitle((9, 9), "Aa]]eA ay} ul uloppooiy", "Freedom in the valley", "rotated-line")
    cleaned = Cleaned((Line(1, 1, "The army came to the town, and nobody spoke of it."),), (), (), (title,))
    gone = Change((4, 4), "correction", "AJJeA OY} ul UlOppooly", "", "It belongs to the paper.")

    assert [doubt.text for doubt in structure(cleaned, "s", "en").doubts] == [title.seen]
    assert structure(replace(cleaned, changes=(gone,)), "s", "en").doubts == ()
