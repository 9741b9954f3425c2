"""Parity: a number, a date, a symbol or a name that differs is found, and both places are named."""

import pytest
from small import FRENCH, TEXTS, translated

from handbill.languages import load_language
from handbill.translate import Catalogue, check_parity

ENGLISH, IN_FRENCH = load_language("en"), load_language("fr")


def found(catalogue: Catalogue) -> list[str]:
    return [finding.message for finding in check_parity(TEXTS, catalogue, ENGLISH, IN_FRENCH)]


def test_a_faithful_translation_has_no_finding() -> None:
    assert found(translated(FRENCH)) == []


@pytest.mark.parametrize(
    ("message", "old", "new", "said"),
    [
        pytest.param("p1", "6\u202f000", "60\u202f000", "lacks 6000 and has 60000 in excess", id="a number"),
        pytest.param("p1", "1er février", "1er janvier", "lacks month 2 and has month 1 in excess", id="a month"),
        pytest.param("p1", "2021", "2012", "lacks 2021 and has 2012 in excess", id="a year"),
        pytest.param("p1", " le 1er février 2021", "", "lacks 1, 2021, month 2", id="a whole date"),
        pytest.param("p2", "A/HRC/RES/55/20", "A/HRC/RES/55/21", "lacks A/HRC/RES/55/20", id="a document symbol"),
        pytest.param("summary.figure1.value", "6\u202f000", "600", "lacks 6000", id="a figure of the summary"),
        pytest.param("session", "58e", "59e", "lacks 58", id="an ordinal"),
        pytest.param("p2", "agir", "agir 2", "has 2 in excess", id="a number that the source does not have"),
    ],
)
def test_a_fact_that_differs_is_found_with_both_places(message: str, old: str, new: str, said: str) -> None:
    assert old in FRENCH[message]
    (finding,) = found(translated({**FRENCH, message: FRENCH[message].replace(old, new)}))

    place = next(text.place for text in TEXTS if text.id == message)
    assert said in finding
    assert f"fr.po, line 0 ({message})" in finding and place in finding


def test_a_changed_name_is_found() -> None:
    (finding,) = found(translated({**FRENCH, "name1": "Réseau de paix"}))

    assert "“Réseau de paix”" in finding and "“Peace Network”" in finding and "signatories.toml" in finding


def test_what_is_missing_or_stale_is_left_to_the_coverage() -> None:
    assert found(translated({**FRENCH, "p1": ""})) == []


def test_faults_of_the_script_are_found() -> None:
    (finding,) = found(translated({**FRENCH, "p2": FRENCH["p2"].replace("agir", '"agir"')}))

    assert "QUOTATION MARK" in finding and "p2" in finding
