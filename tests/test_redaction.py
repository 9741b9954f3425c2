"""A withheld name is found in every form in which a text may have it, and nothing else is."""

import pytest

from handbill.errors import ContentError, FaultError
from handbill.redaction import WITHHELD, Redaction, guarding

NAME = "Human Rights Foundation of Monland (HURFOM)"


def redacted(text: str, name: str = NAME, language: str = "en") -> str:
    return Redaction.of([name], language).text(text)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(NAME, id="as signed"),
        pytest.param("Human Rights Foundation of Monland", id="without its acronym"),
        pytest.param("HURFOM", id="by its acronym"),
        pytest.param("HUMAN RIGHTS FOUNDATION OF MONLAND", id="in capitals"),
        pytest.param("human rights foundation of monland", id="in small letters"),
        pytest.param("Human Rights Founda-\ntion of\nMonland", id="over line ends"),
        pytest.param("Human  Rights Foun\u00addation of\u200bMonland", id="with other spaces and a soft hyphen"),
        pytest.param("humanrightsfoundationofmonland", id="in an address"),
        pytest.param("Human Rights Foundation of Mönland", id="with accents"),
    ],
)
def test_a_name_is_found_when_it_is_written(words: str) -> None:
    assert Redaction.of([NAME], "en").holds(f"said {words}, today")
    assert redacted(f"said {words}, today") == f"said {WITHHELD}{chr(10) * words.count(chr(10))}, today"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("the Human Rights Foundation of Norway", NAME, id="the name of another"),
        pytest.param("human rights in Monland", NAME, id="words of it apart"),
        pytest.param("they demand equality", "Equality", id="a common word in small letters"),
        pytest.param("they can act", "CAN", id="an acronym that is a word"),
        pytest.param("CANADA", "CAN", id="the inside of a word"),
        pytest.param("in Myanmar", "Political Prisoners Network - Myanmar", id="a country beside a dash"),
    ],
)
def test_what_is_not_the_name_stays(text: str, name: str) -> None:
    assert redacted(text, name) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("said Equality today", "Equality", id="a common word as a name"),
        pytest.param("odhikar.org", "Odhikar", id="a rare word in small letters"),
        pytest.param(
            "Political Prisoners Network", "Political Prisoners Network - Myanmar", id="a part with three words"
        ),
        pytest.param("by Athan in May", "Athan - Freedom of Expression Activist Organization", id="a rare word"),
    ],
)
def test_a_name_in_short_is_found(text: str, name: str) -> None:
    assert WITHHELD in redacted(text, name)


def test_a_name_grown_together_with_other_words_is_found_in_a_script_without_spaces() -> None:
    assert redacted("နှင့်မွန်ပြည်လူ့အခွင့်အရေးဖောင်ဒေးရှင်းက", "မွန်ပြည်လူ့အခွင့်အရေးဖောင်ဒေးရှင်း", "my") == f"နှင့်{WITHHELD}က"


def test_a_placeholder_in_the_scan_is_no_name() -> None:
    assert not Redaction.of([WITHHELD], "en").holds("Their names are withheld.")


def test_the_value_itself_shows_no_name() -> None:
    assert "onland" not in repr(Redaction.of([NAME], "en"))


def test_an_error_is_told_without_the_name() -> None:
    with pytest.raises(ContentError) as caught, guarding(Redaction.of([NAME], "en"), withheld=True):
        raise ContentError(f"“{NAME}” is there twice.", f"Take {NAME} out.")
    assert str(caught.value) == f"“{WITHHELD}” is there twice.\nTake {WITHHELD} out."
    assert "onland" not in repr(caught.value)


def test_an_unexpected_error_is_told_by_its_place_alone() -> None:
    with pytest.raises(FaultError, match="ValueError") as caught, guarding(Redaction(), withheld=True):
        raise ValueError("Monland")
    assert "test_redaction.py" in str(caught.value)
    assert 'Monland"' not in str(caught.value).replace('raise ValueError("Monland")', "")
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
