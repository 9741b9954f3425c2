"""The cleaner as a whole: what must hold for every text, and what it makes of the first statement."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from conftest import source_of, text_of
from handbill.clean import MOST_ASKED, TOO_MANY, clean
from handbill.errors import ContentError
from handbill.model import Change, Cleaned, Correction, Source
from handbill.prepared import Prepared
from handbill.read import read
from scans import ANY_TEXT, scans

TEXTS = sorted((Path(__file__).parents[1] / "texts").glob("*.txt"))


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, counted."""
    return Counter(c for c in text if c.isalnum())


def accounted(changes: tuple[Change, ...]) -> tuple[Counter[str], Counter[str]]:
    """Letters and digits that the ledger says were taken out, and put in."""
    gone, new = Counter[str](), Counter[str]()
    for change in changes:
        gone += letters(change.before)
        new += letters(change.after)
    return gone, new


def cleaned(text: str, language: str = "en") -> Cleaned:
    return clean(source_of(text, language))


@given(scans(furniture=False))
@settings(max_examples=150, deadline=None)
@example("The army of\n\f1. Network\n\n2. Network\n\n3. Network")
@example("2O21\n")
@example("the\na_word\n")
@example("the\n\n\nNetwork Amber\n2. Network Brook\nNetwork Clay\nNetwork Dover\n5. Network Elm\n6. Network Fern")
@example("the\nthe\n- the\nthe\n\n")
@example("the\nthe\n2O21-\nthe\n\n")
@example("the\nthe\nmilitary\n6,000\n\n6,000 the\n\n")
@example("the the the the the the the the well-\n\n\n1.\nNetwork Amber of Towns")
@example("the\n\n\n1. Network Amber of Towns\nNetwork Brook\nNetwork Clay\nNetwork Dover\nNetwork Elm")
@example("6,000\nthe the the the\nthe the the the the the court\n\ne.g.\nthe\nthe\n\n")
def test_cleaning_a_cleaned_text_changes_nothing(scan: str) -> None:
    once = text_of(cleaned(scan))
    assume(not any(re.fullmatch(r"[\W\d]+", block) for block in once.split("\n\n")))

    assert text_of(cleaned(once)) == once


@pytest.mark.xfail(strict=True, reason="a number that stays as a block stands by itself when it is cleaned again")
def test_cleaning_twice_takes_no_number_out_that_cleaning_once_left() -> None:
    once = text_of(cleaned("5\n5\n"))

    assert text_of(cleaned(once)) == once


@given(st.one_of(scans(), ANY_TEXT))
@settings(max_examples=150, deadline=None)
@example("ﬁnal re\u0301seau 2O21 co\x00urt")
def test_every_letter_survives_unless_the_ledger_accounts_for_it(scan: str) -> None:
    result = cleaned(scan)
    gone, new = accounted(result.changes)

    assert letters(scan) + new == letters(text_of(result)) + gone


@given(scans())
@settings(max_examples=100, deadline=None)
def test_every_line_with_ink_is_in_a_block_or_was_taken_out_or_moved(scan: str) -> None:
    result = cleaned(scan)
    inside = {n for line in result.lines for n in range(line.first, line.last + 1)}
    gone = [c for c in result.changes if not c.after or c.rule == "list-of-names"]
    told = {n for c in gone for n in range(c.lines[0], c.lines[1] + 1)}

    for number, line in enumerate(scan.split("\n"), 1):
        assert not line.strip() or number in inside | told


@pytest.mark.parametrize(
    ("language", "scan", "text"),
    [
        ("und", "Ka ra ma\nna sa pa", "Ka ra ma na sa pa"),
        ("ar", "ندعو المجتمع\nالدولي", "ندعو المجتمع الدولي"),
        ("zh-Hans", "我们呼吁国际\n社会", "我们呼吁国际社会"),
        ("my", "ကျွန်ုပ်တို့\nသည်", "ကျွန်ုပ်တို့သည်"),
    ],
)
def test_lines_of_any_script_are_joined_as_it_writes_words(language: str, scan: str, text: str) -> None:
    assert text_of(cleaned(scan, language)) == text


def test_text_that_needs_no_cleaning_is_left_alone() -> None:
    text = (
        "We, the undersigned organisations, call on the Council to act. Nothing has improved since 2021.\n\n"
        "On 3 May 2024, Dr. Smith of the U.N. said: “It is time, e.g. now.” See https://example.org/a-b for it.\n\n"
        "1. Amnesty International\n\n2. Article 19\n\n3. Women’s League (Chiang Mai)"
    )
    result = cleaned(text)

    assert text_of(result) == text
    assert result.changes == ()
    assert result.doubts == ()


def test_what_the_dictionary_cannot_decide_is_a_doubt_and_keeps_the_hyphen() -> None:
    result = cleaned("They care for the well-\nbeing of all people in the town.")

    assert "well-being" in text_of(result)
    assert [doubt.text for doubt in result.doubts] == ["well-\nbeing"]
    assert result.doubts[0].lines == (1, 2)


def test_a_word_in_no_dictionary_is_a_doubt() -> None:
    assert [doubt.text for doubt in cleaned("The court was tbeir hope.").doubts] == ["tbeir"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("1. Comisi6n por la Paz\n\n2. Amnesty\n\n3. Odhikar", ["Comisi6n por la Paz"]),
        ("They fled in 2031.In the camp there was no water.", ["2031.In"]),
        ("Dr. Heid and the redlamp.example letters, p. ej. of art. 5 and 96.500 of 3.5 cm in a day.", []),
        ("They were heid in the town.", ["heid"]),
        ("The army was in thetown.", ["thetown"]),
        (
            "It was immediate. and they fled, some 96. 500 of them, en.route.",
            ["immediate. and", "en.route", "96. 500"],
        ),
        ("It is the 7ist session with 6l cases.", ["7ist", "6l"]),
        ("See example.Org/page or H2O and CO2 at 3.5 of U.N. and Ph.D. of the town.", []),
    ],
    ids=[
        "a figure in a word of a name",
        "two sentences without a space",
        "names, addresses, abbreviations and numbers as they should be",
        "a rare word that prints like a common one",
        "two words without a space",
        "a stop inside a sentence and a number",
        "a letter for a figure",
        "addresses, formulas and abbreviations",
    ],
)
def test_letters_that_no_word_has_are_a_doubt(text: str, asked: list[str]) -> None:
    assert sorted(place.text for doubt in cleaned(text).doubts for place in doubt.each()) == sorted(asked)


def test_a_name_that_may_have_lost_an_accent_is_a_doubt_with_its_reading_and_stays() -> None:
    result = cleaned("1. Women of the Valley\n\n2. Unién Campesina\n\n3. Asociacion de Mujeres")

    assert "2. Unién Campesina" in text_of(result)
    assert [(doubt.text, doubt.likely) for doubt in result.doubts] == [
        (
            "2. Unién Campesina\n3. Asociacion de Mujeres",
            "2. Unión Campesina\n3. Asociación de Mujeres",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("¿Quién dispara contra la gente? Nadie lo sabe todavía en el valle.", "es", []),
        ("No come todos los días? Nadie lo sabe todavía en el valle.", "es", ["días?"]),
        ("Un informe escrito para su 72. período de sesiones en el valle.", "es", ["72."]),
        ("The report of the town is for its 72. The next one is for May.", "en", []),
    ],
)
def test_a_mark_that_the_language_sets_otherwise_is_a_doubt(text: str, language: str, asked: list[str]) -> None:
    assert [doubt.text for doubt in cleaned(text, language).doubts] == asked


def test_a_line_that_is_hardly_text_is_one_doubt() -> None:
    stamped = "health workers qbainy dee sqnane qi pany oe Sys oee Lb Newirabag 2031;"
    result = cleaned(f"We ask you to speak for all of the\n{stamped}\nand to be with them when they are tried.")

    assert [(doubt.lines, doubt.text) for doubt in result.doubts] == [((2, 2), stamped)]


def test_a_line_of_names_that_no_dictionary_has_is_no_doubt() -> None:
    assert cleaned("In the town U Thandar Htet, Mg Aung Ko Oo and Ma Phyu Sin were held for days.").doubts == ()


def test_a_numbered_demand_is_asked_about_like_any_text() -> None:
    result = cleaned("We ask you to:\n\n1. Free tbeir leaders at once.\n\n2. Open the camps.\n\n3. Act.")

    assert [doubt.text for doubt in result.doubts] == ["tbeir"]


def test_a_word_of_more_than_two_hundred_letters_is_a_doubt() -> None:
    reasons = [doubt.reason for doubt in cleaned(f"The army came to {'ab' * 101} now.").doubts]

    assert "A word of 202 letters cannot be set. Were the spaces lost?" in reasons


def test_words_of_no_language_are_a_doubt_and_stay_in_the_text() -> None:
    result = cleaned("The army came to the town.\n\nXqvzz kjhgq wwrtp zzbqm\n\nThe people of the town fled.")

    assert "Xqvzz kjhgq wwrtp zzbqm" in text_of(result)
    assert result.doubts


def test_a_full_line_at_a_page_end_is_a_doubt() -> None:
    result = cleaned(
        "The army attacked the town and all its houses in the night of Monday.\n"
        "The people of the town fled over the river to the next town on foot.\n"
        "\fThe courts of the state and of the world did nothing about it at all\n"
        "and so the people of the town turned to the Council of the nations.\n"
    )

    assert [doubt.text for doubt in result.doubts] == ["foot.\nThe"]


def test_a_name_in_no_dictionary_is_a_doubt_where_the_encoding_was_guessed() -> None:
    text = "The café of the town and the Xyzžo people."
    plain_source = source_of(text)
    entry = Change((1, 1), "encoding", "cp1250", "utf-8", "The file is not UTF-8.")
    guessed = Source("text", plain_source.path, "en", plain_source.lines, changes=(entry,))

    assert clean(plain_source).doubts == ()
    assert [doubt.text for doubt in clean(guessed).doubts] == ["Xyzžo"]


def test_a_line_that_parts_a_sentence_is_a_doubt() -> None:
    result = cleaned(
        "The army attacked the town and all its houses in the night of Monday and the\n"
        "\fFreedom in the Valley\n\n"
        "people of the town fled over the river to the next town on foot that night.\n"
    )

    assert [doubt.lines for doubt in result.doubts] == [(1, 2)]


class TestCorrections:
    """An editor's decisions."""

    SCAN = "The army came to tbe town.\nThey care for the well-\nbeing of all people there."

    def clean(self, *corrections: Correction) -> Cleaned:
        source = source_of(self.SCAN)
        return clean(Source(source.name, Path("s/source.txt"), "en", source.lines, corrections=corrections))

    def test_a_correction_is_in_the_text_and_in_the_ledger(self) -> None:
        result = self.clean(Correction(1, "tbe", "the", "So on the paper."))

        assert "to the town" in text_of(result)
        assert Change((1, 1), "correction", "tbe", "the", "So on the paper.") in result.changes

    def test_a_correction_over_a_line_end_settles_the_doubt(self) -> None:
        result = self.clean(Correction(2, "well-\nbeing", "wellbeing", "So on the paper."))

        assert "the wellbeing of all" in text_of(result)
        assert [doubt.text for doubt in result.doubts] == ["tbe"]

    def test_the_same_words_twice_keep_them_and_settle_the_doubt(self) -> None:
        result = self.clean(Correction(2, "well-\nbeing", "well-being", "The paper has the hyphen elsewhere."))

        assert "the well-being of all" in text_of(result)
        assert [doubt.text for doubt in result.doubts] == ["tbe"]

    def test_an_empty_line_in_a_correction_begins_a_paragraph(self) -> None:
        result = self.clean(Correction(1, "town.\nThey", "town.\n\nThey", "A new paragraph."))

        assert [line.first for line in result.lines] == [1, 2]

    @pytest.mark.parametrize(
        ("correction", "said"),
        [
            (Correction(1, "sea", "see", "r"), "not there"),
            (Correction(1, "e", "a", "r"), "there 3 times"),
            (Correction(9, "army", "navy", "r"), "no such line"),
        ],
        ids=["words that are not on the line", "words that are there more than once", "a line that is not there"],
    )
    def test_a_correction_that_does_not_apply_is_an_error(self, correction: Correction, said: str) -> None:
        with pytest.raises(ContentError, match=r"corrections.toml: correction 1 \(line \d\)") as caught:
            self.clean(correction)

        assert said in str(caught.value)


def plain(text: str) -> str:
    """The words alone, in small letters."""
    return " ".join("".join(c for c in text if c.isalpha() or c == " ").lower().split())


class TestFirstStatement:
    """What the cleaner makes of the scan of 46 organisations."""

    def test_it_has_sixteen_paragraphs_and_no_doubt(self, prepared: Prepared) -> None:
        assert [block.id for block in prepared.statement.blocks] == [f"p{n}" for n in range(1, 17)]
        assert prepared.statement.doubts == ()

    def test_the_upside_down_title_is_out_of_the_text_and_reads_like_the_title(self, prepared: Prepared) -> None:
        whole = " ".join(block.text for block in prepared.statement.blocks)

        assert "genuine and can meet international standards" in whole
        assert plain(prepared.cleaned.title) == plain(prepared.statement.title).removesuffix(" crimes")
        entry = next(change for change in prepared.cleaned.changes if change.rule == "rotated-line")
        assert entry.lines == (27, 27) and entry.after == ""

    @pytest.mark.parametrize(
        "words",
        [
            "four-year anniversary of the 1 February 2021 military coup",
            "other ill-treatment of detainees",
            "a coordinated, long-term international justice strategy",
            "high-ranking military officers",
            "the National Unity Government—formed by",
            "the 2021 coup—local structures",
            "the Rohingya community since 2017",
            "its failed Five-Point Consensus",
            "to the ICC to ensure justice for all victims.",
        ],
    )
    def test_words_that_the_scan_broke_are_whole(self, prepared: Prepared, words: str) -> None:
        assert any(words in block.text for block in prepared.statement.blocks)

    def test_no_line_end_hyphen_is_left(self, prepared: Prepared) -> None:
        compounds = {"four-year", "ill-treatment", "high-ranking", "long-term", "Five-Point"}
        found = {w.strip(".,“”") for b in prepared.statement.blocks for w in b.text.split() if "-" in w}

        assert found == compounds

    def test_the_names_are_the_46_of_the_scan(self, prepared: Prepared, seed: Path) -> None:
        lines = (seed / "source.txt").read_text(encoding="utf-8").split("\n")
        names = prepared.statement.signatories

        assert [name.number for name in names] == list(range(1, 47))
        for name in names:
            assert lines[name.lines[0] - 1].strip().replace("'", "’") == f"{name.number}. {name.name}"

    def test_without_its_folder_the_title_is_a_doubt(self, seed: Path) -> None:
        from handbill.structure import structure

        source = read(seed / "source.txt")
        statement = structure(clean(source), source.name, source.language)

        assert statement.language == "en"
        assert (
            plain(statement.title) == "myanmar four years after coup world must demand accountability for atrocity"
        )
        assert [doubt.lines for doubt in statement.doubts] == [(27, 27)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_stop_of_a_language_is_taken_for_a_stray_sign(path: Path) -> None:
    lines = tuple(path.read_text("utf-8").split("\n"))
    doubts = clean(Source(path.stem, path, path.stem, lines, ())).doubts

    assert [doubt.text for doubt in doubts if "sign" in doubt.reason] == []


def test_what_is_asked_of_several_places_is_one_doubt_that_names_each() -> None:
    result = cleaned("It is the 7ist session.\n\nThe army came.\n\nThere were 6l cases, and they were heid.")
    together, alone = result.doubts

    assert (together.lines, together.text) == ((1, 5), "7ist\n6l")
    assert [(place.lines, place.text) for place in together.places] == [((1, 1), "7ist"), ((5, 5), "6l")]
    assert (alone.text, alone.places) == ("heid", ())


def test_names_in_a_row_that_may_be_second_lines_are_one_doubt() -> None:
    names = [
        "1. River Watch",
        "Council of Boats",
        "Society of Nets",
        "2. Clinic of the Shore",
        "3. Women of the Bay",
    ]
    (doubt,) = cleaned("\n\n".join(names)).doubts

    assert doubt.lines == (1, 5)
    assert doubt.text == "Watch\nCouncil of Boats\nSociety"
    assert doubt.likely == "Watch Council of Boats Society"


def test_where_nearly_all_is_in_doubt_the_rest_is_one_doubt() -> None:
    strange = [
        f"xq{chr(97 + a)}{chr(97 + b)}zv{chr(97 + c)}" for a in range(26) for b in range(26) for c in range(4)
    ]
    lines = [f"The army took {word} in the night." for word in strange]

    result = cleaned("\n\n".join(lines))

    assert sum(len(doubt.each()) for doubt in result.doubts) == MOST_ASKED + 1
    assert result.doubts[-1].reason == TOO_MANY and result.doubts[-1].lines[1] == 2 * len(lines) - 1


def test_a_line_that_may_be_a_running_header_is_asked_about_where_no_page_is_seen_to_end() -> None:
    lines = [
        "They took our boats and burned what was left in the villages of the shore and",
        "",
        "Joint statement on the town",
        "",
        "our nets by night.",
    ]
    text = "\n".join([*lines, "", "Joint statement on the town", "", "They left the town."])
    cleaned = clean(source_of(text))
    decided = [Correction(line, lines[2], lines[2], "It is a line of the text.") for line in (3, 7)]
    kept = clean(replace(source_of(text), corrections=tuple(decided)))

    (doubt,) = cleaned.doubts
    assert [(place.lines, place.likely) for place in doubt.places] == [((3, 3), ""), ((7, 7), None)]
    assert text_of(cleaned).count(lines[2]) == 1
    assert text_of(kept).count(lines[2]) == 2 and not any("Its words" in doubt.reason for doubt in kept.doubts)
