"""What is asked about names and text: what is left alone, then what is asked."""

from collections.abc import Sequence

import pytest

from conftest import source_of
from handbill.clean import clean

NAMES = ("Amnesty", "Boat People", "Clinic of the Shore", "Doctors at Sea", "Fishers’ Union", "Harbour Watch")


def asked(text: str, about: str, language: str = "en") -> list[str]:
    """The words that are asked about, by the doubts whose reason has these words."""
    doubts = [place for doubt in clean(source_of(text, language)).doubts for place in doubt.each()]
    return [doubt.text for doubt in doubts if about in doubt.reason]


def listed(names: Sequence[str]) -> str:
    """A text with a list of names."""
    rows = "\n\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
    return f"We call on the Council to act at once, and to name those who did it.\n\n{rows}"


@pytest.mark.parametrize(
    "name",
    ["Collectif « Le Port »", "“Free Voices”", "#OpenSea", "Verein Hafen e.V.", "¡Basta!", "Nets & Co.", "’t Huis"],
)
def test_a_sign_that_opens_or_closes_something_in_a_name_is_left_alone(name: str) -> None:
    assert asked(listed([*NAMES, name]), "edge of this name") == []


@pytest.mark.parametrize(
    "name", ["—Nurses of the Port", ". Nurses", "Nurses of the Port =", "Nurses of the Port -"]
)
def test_a_sign_at_the_edge_of_a_name_is_asked_about(name: str) -> None:
    assert asked(listed([*NAMES, name]), "edge of this name") == [name]


def test_a_name_that_begins_with_a_small_letter_is_asked_about() -> None:
    assert asked(listed([*NAMES, "de Nurses of the Port"]), "small letter") == ["de Nurses of the Port"]
    assert asked(listed([*NAMES, "iWitness Nurses"]), "small letter") == []


@pytest.mark.parametrize(
    "name", ["N.I.E.T.A.S. of the March", "U.N. Watch", "Verein e.V.", "ARTICLE 19", "St. Mary"]
)
def test_an_abbreviation_with_a_stop_after_each_letter_is_left_alone(name: str) -> None:
    assert asked(listed([*NAMES, name]), "have a stop") == []


def test_an_abbreviation_that_lost_a_stop_is_asked_about() -> None:
    assert asked(listed([*NAMES, "N.LE.T.A.S. of the March"]), "have a stop") == ["N.LE.T.A.S."]


def test_a_word_of_a_name_that_prints_like_a_common_one_is_asked_about() -> None:
    assert asked(listed([*NAMES, "Doctors for Due Pracess"]), "common word") == ["Pracess"]
    assert asked(listed([*NAMES, "Doctors for Due Pellmouth"]), "common word") == []


class TestSpellings:
    """A name that no list has, and its like."""

    @pytest.mark.parametrize(
        "text",
        [
            "The men of Sarrowby met those of Tarrowby at the bridge.",
            "From Dolinyar they went to Dolinya, and on to DOLINYAR.",
            "He was born in Germany, and she in Herman’s.",
        ],
        ids=["letters that do not print alike", "endings", "words of a list"],
    )
    def test_names_that_are_two_are_left_alone(self, text: str) -> None:
        assert asked(text, "spelled otherwise") == []

    def test_the_rarer_spelling_is_asked_about(self) -> None:
        text = "They left Brackenfield. It is far from Brackenfield to here.\n\nThe mayor of Brackentield stayed."
        assert asked(text, "spelled otherwise") == ["Brackentield"]

    def test_where_an_accent_is_in_question_every_spelling_is(self) -> None:
        text = "They left Séderbyk for good.\n\nIt is far from Soderbyk.\n\nThe mayor of Sdéderbyk stayed."
        assert asked(text, "spelled otherwise") == ["Séderbyk", "Soderbyk", "Sdéderbyk"]


def test_a_short_word_before_a_name_that_is_in_its_place_without_it_is_asked_about() -> None:
    names = [
        *NAMES,
        "Le Islands Council",
        "Justice Now",
        "Keepers of the Light",
        "Lawyers’ Circle",
        "Nurses’ Union",
    ]
    reason = "in its place in the alphabet"

    assert asked(listed(names), reason) == ["Le Islands Council"]
    assert asked(listed([*names[6:], *names[:6]]), reason) == []
    assert asked(listed([*NAMES, "The Anchor", *names[7:]]), reason) == []
