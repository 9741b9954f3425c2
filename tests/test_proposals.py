"""Ready-made corrections fit as they are printed, and settle what they are about."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from conftest import source_of
from handbill.clean import clean, verify
from handbill.clean.evidence import gather
from handbill.lexicon import Lexicon
from handbill.model import Correction, Lines, Source, Statement
from handbill.proposals import PROPOSED, proposals, unconfirmed
from handbill.report import entries
from handbill.structure import structure
from scans import scans

ROUNDS = 4
"""A decision makes another text, of which something else may be unclear; after so many rounds nothing is."""

NAMES = "\n\n".join(f"{number}. Network {number} of Towns" for number in (1, 2, 3, 5, 6))


def read(text: str, corrections: tuple[Correction, ...] = ()) -> tuple[Source, Statement]:
    plain = source_of(text)
    source = Source("s", Path("s/source.txt"), "en", plain.lines, corrections=corrections)
    cleaned = clean(source)
    verify(source.lines, cleaned)
    return source, structure(cleaned, source.name, source.language)


def pasted(text: str) -> tuple[Correction, ...]:
    """What corrections.toml holds once the printed entries are pasted into it."""
    source, statement = read(text)
    found = tomllib.loads(entries(source, statement.doubts)).get("corrections", [])
    return tuple(Correction(**entry) for entry in found)


@given(scans(furniture=False))
@settings(max_examples=100, deadline=None)
@example("They care for the well-\n\n \fbeing of tbeir people, and the xqzvbt organi-\nsatlons of it.\n\n" + NAMES)
@example("the\n" * 7 + "the-\nuoljdnoo Jo pua ay} pue 'mou satjuno9 ano4-\na\n" + "the\n" * 5)
@example("the\n" * 7 + "the-\nuoljdnoo Jo pua ay} pue 'mou satjuno9 ano4-\nmili-\n" + "the\n" * 5)
@example("the\n" * 7 + "re\u0301seau-\n" + "the\n" * 5)
@example("the\n" * 7 + "said.\nmili-\nthe the\nthe\nmilitary\n\n\n1. Network Amber of Towns")
@example("Xqvzz kjhgq wwrtp\nzzbqm.\n" + "x" * 300 + " is here.")
@example("the\n-\nsaid.\n—\nthe\nthe")
@example("court\n\x0ctary")
@example("court\n\x0cmili-\nthe\n\n")
def test_the_printed_entries_settle_what_they_are_printed_for_and_end_all_questions(scan: str) -> None:
    corrections: tuple[Correction, ...] = ()
    asked: set[tuple[Lines, str, str]] = set()
    for _ in range(ROUNDS):
        source, statement = read(scan, corrections)
        made = [each for each in proposals(source, statement.doubts) if each.correction]
        now = {(doubt.lines, doubt.text, doubt.reason) for each in made for doubt in each.doubts}
        assert not asked & now
        asked |= now
        found = tomllib.loads(entries(source, statement.doubts)).get("corrections", [])
        corrections += tuple(Correction(**entry) for entry in found)

    assert statement.doubts == ()


@pytest.mark.xfail(strict=True, reason="a word cut by a line that was taken out is quoted with that line")
def test_the_entry_for_a_word_that_a_taken_out_line_cuts_settles_its_doubt() -> None:
    scan = "the\n" * 7 + "the-\nuoljdnoo Jo pua ay} pue 'mou satjuno9 ano4-\ntary\n" + "the\n" * 5

    assert read(scan, pasted(scan))[1].doubts == ()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("The court was tbeir hope.", "tbeir", "their"),
        ("The court saw the xqzvbt there.", "xqzvbt", "xqzvbt"),
        ("They care for the well-\n\n  being of all people in the town.", "well-\nbeing", "well-being"),
        ("A man of it’s own Zzqx's kjhgqw\nxqzvbt wwrtp, said the court.", "Zzqx's kjhgqw\nxqzvbt wwrtp,", None),
        ('The speaker said "xqzvbt\\" and left.', "xqzvbt", "xqzvbt"),
        ("The men saw the xq\u0007zvbt there.", "The men saw the xq\u0007zvbt there.", None),
    ],
    ids=[
        "a word one letter from a common one",
        "a word near no other",
        "a word at a line's end",
        "words over a line's end",
        "quotation marks",
        "words that a rule has changed are quoted with their line",
    ],
)
def test_an_entry_quotes_the_source_and_proposes_what_is_likely(text: str, before: str, after: str | None) -> None:
    (entry,) = pasted(text)

    assert entry.before == before
    assert after is None or entry.after == after
    assert entry.reason == PROPOSED


def test_a_word_that_stands_twice_is_quoted_with_its_line() -> None:
    text = "The man of 2l3 men saw 2l3b of it."
    for entry in pasted(text):
        assert text.count(entry.before) == 1


def test_what_was_taken_out_between_two_words_is_not_put_back() -> None:
    text = (
        "The army attacked the town and all its houses in the night of Monday.\n"
        "The people of the town fled over the river to the next town on foot.\n\n12\n\f"
        "The courts of the state and of the world did nothing about it at all\n"
        "and so the people of the town turned to the Council of the nations."
    )
    (entry,) = pasted(text)

    assert (entry.before, entry.after) == ("foot.\n12\nThe", "foot.\n\nThe")
    assert [block.text for block in read(text, (entry,))[1].blocks] == [
        block.text for block in read(text)[1].blocks
    ]


def test_doubts_about_the_same_words_share_an_entry() -> None:
    text = "The army of the xqzvbt-\nwwrtpq came to the town."
    source, statement = read(text)
    made = proposals(source, statement.doubts)

    assert sum(len(proposal.doubts) for proposal in made) == len(statement.doubts)
    assert read(text, pasted(text))[1].doubts == ()


def test_a_line_too_long_to_quote_has_no_entry_and_says_so() -> None:
    source, statement = read("x" * 5000)
    told = entries(source, statement.doubts)

    assert "in an entry of your own" in told
    assert tomllib.loads(told) == {}


def test_a_decision_to_keep_a_word_whose_accent_stands_apart_settles_its_doubt() -> None:
    kept = Correction(1, "re\u0301xqzvbt", "re\u0301xqzvbt", "So on the paper.")
    (block,) = read("The man of re\u0301xqzvbt.", (kept,))[1].blocks

    assert (
        read("The man of re\u0301xqzvbt.")[1].doubts and not read("The man of re\u0301xqzvbt.", (kept,))[1].doubts
    )
    assert block.text == "The man of réxqzvbt."


def test_an_entry_is_confirmed_by_a_reason_of_one_s_own() -> None:
    proposed, decided = Correction(1, "a", "b", PROPOSED), Correction(2, "a", "b", "So on the paper.")

    assert unconfirmed([proposed, decided]) == [proposed]


ITEMS = (
    "We call on the Council of the nations, and on the court, to act now and\n\n"
    "+ to free all of the people who were held in immediate. and secret detention;\n\n"
    "• to open the camps and the town to those who are to help the people there;\n\n"
    "• to name those who did it, and to bring each of them before the court."
)


def test_a_decision_about_words_leaves_the_sign_before_them_to_the_rules() -> None:
    kept = Correction(3, "immediate. and", "immediate. and", "So on the paper.")

    assert [block.text for block in read(ITEMS, (kept,))[1].blocks] == [
        block.text for block in read(ITEMS)[1].blocks
    ]


def test_a_decision_about_a_word_covers_no_other_that_holds_its_letters() -> None:
    text = "The men of it came to tbe town by the xqof."
    (entry,) = (entry for entry in pasted(text) if entry.before == "xqof")
    of = Correction(1, "men of it", "men of it", "So on the paper.")

    assert "xqof" in [doubt.text for doubt in read(text, (of,))[1].doubts]
    assert "xqof" not in [doubt.text for doubt in read(text, (entry,))[1].doubts]


def test_a_decision_about_columns_covers_a_name_that_they_cut() -> None:
    name = "Liga de Derechos Humanos de Haute-Vernaise"
    lexicon = Lexicon("en")
    cut = ((3, 4, "4. Liga de Derechos Humanos de Haute- 9. Union of the Vernaise Town"),)
    evidence = gather((), lexicon, cut)

    assert evidence.is_settled(3, 4, name)
    assert not evidence.is_settled(3, 4, f"{name} and Brook")
    assert not evidence.is_settled(5, 6, name)
