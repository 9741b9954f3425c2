"""The language of a name, and accents that a scanner lost in it."""

import re

import pytest

from handbill.tongues import accented, accented_beside, accented_here, by_bones, likely_languages


def read(name: str, language: str = "en") -> str:
    """A name as it most likely is on paper."""
    words = re.findall(r"[^\W_]+", name)
    tongues = likely_languages(words, language)
    return re.sub(r"[^\W_]+", lambda found: accented(found[0], tongues) or found[0], name)


@pytest.mark.parametrize(
    "name",
    [
        "Amnesty International",
        "Union of Mothers for Justice",
        "Ligue des droits de l’homme",
        "Éleveurs des Prés-Salés",
        "Mujeres del Cerro Pelado",
        "CIVICA",
        "Karen Human Rights Group",
        "Suara Rakyat Malaysia",
    ],
)
def test_a_name_that_is_spelled_as_in_its_language_is_left_alone(name: str) -> None:
    assert read(name) == name


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Asociacién Montafia Viva", "Asociación Montaña Viva"),
        ("Comisi6n por la Paz", "Comisión por la Paz"),
        ("Forum fur Menschenrechte", "Forum für Menschenrechte"),
        ("Zentrum fiir Wasser und Recht", "Zentrum für Wasser und Recht"),
        ("Mtodzi dla Doliny", "Młodzi dla Doliny"),
        ("Rede pela Agua Limpa", "Rede pela Água Limpa"),
        ("Vigilance Miniére Internationale", "Vigilance Minière Internationale"),
    ],
)
def test_a_word_that_its_language_has_with_an_accent_only_is_found(seen: str, meant: str) -> None:
    assert read(seen) == meant


def test_the_likeliest_language_of_a_few_words_comes_first() -> None:
    assert likely_languages(["Kvinnor", "for", "Fred"], "en")[0] == "sv"
    assert likely_languages([], "en") == ()


def test_a_word_of_another_language_lost_its_accent_where_the_rest_of_the_name_is_not_in_that_one() -> None:
    for name, word, meant in (
        ("Centro de Pedagogia Libre", "Pedagogia", "Pedagogía"),
        ("Centro de Pedagogia Livre", "Pedagogia", ""),
        ("Escola da Lingua Materna", "Lingua", "Língua"),
        ("Scuola della Lingua Materna", "Lingua", ""),
        ("Casa de Memoria de Corvanne", "Memoria", ""),
        ("Casa Lingua", "Lingua", ""),
    ):
        assert accented_beside(word, name.split(), "en") == meant


def test_a_place_that_no_list_has_is_read_as_elsewhere_in_the_document() -> None:
    own = by_bones(["Österheim", "Forum"])

    assert accented_here("Osterheim", own, ("de",)) == "Österheim"
    assert accented_here("Forum", own, ("de",)) == ""


def test_a_name_that_may_well_be_in_the_statement_s_own_language_is_in_no_other() -> None:
    """Hungarian has "nyár", and Danish "før"; but all other words are English ones."""
    assert read("Center for Ah Nyar Studies") == "Center for Ah Nyar Studies"


def test_a_language_is_told_by_words_that_lost_their_accents_too() -> None:
    assert likely_languages(["Verein", "fur", "Burgerrechte", "Noire"], "en")[0] == "de"


def test_a_word_with_an_accent_is_questioned_where_the_scanner_does_not_know_the_other_accent() -> None:
    """ "Pécheurs" is a French word too; but a scanner that is set to Spanish has no "ê" to read."""
    assert accented("Pécheurs", ("fr",), "es") == "Pêcheurs"
    assert accented("Pécheurs", ("fr",), "fr") == ""
