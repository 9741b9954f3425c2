"""Where names begin, and how they are sorted."""

import pytest

from handbill.clean.starts import goes_on, key_of


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("Dockers & Weavers", "Dockers of Corran"), ("Élan", "Flora"), ("Ash Lane", "tLegowo Choir"), ("eBay", "C")],
)
def test_names_sort_without_signs_but_an_ampersand_sorts_before_letters(upper: str, lower: str) -> None:
    assert key_of(upper) <= key_of(lower)


@pytest.mark.parametrize(("text", "expected"), [("tLegowo Choir", False), ("legowo", True), ("d'Aval", True)])
def test_a_small_letter_before_a_capital_begins_a_name(text: str, expected: bool) -> None:
    assert goes_on("Ash Lane", text) == expected
