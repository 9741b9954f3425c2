"""A table of those who signed has a name a row, whatever stands in its other columns."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbill.extract.names import Heading, Named, language_of, names_of
from handed_in import opendocument, read_file, word


def named(*rows: tuple[str, ...], heads: int = 0, language: str = "en") -> list[str]:
    """The lines that rows become, a country that is not in the text behind a bar."""
    found = names_of(rows, heads, language)
    return [f"{each.text}|{each.country}" if each.country else each.text for names in found for each in names]


HEADERS = ("Organisation", "Country")


def test_a_country_goes_with_its_name_and_not_into_it() -> None:
    rows = (HEADERS, ("Lake Watch", "Kenya"), ("Fen Circle", "Norway"))
    assert names_of(rows, 0, "en") == [
        (),
        (Named("Lake Watch", "Lake Watch", "KE"),),
        (Named("Fen Circle", "Fen Circle", "NO"),),
    ]


def test_a_country_that_would_be_printed_in_other_words_stays_in_brackets_as_it_was() -> None:
    rows = (HEADERS, ("Lake Watch", "Quorland"), ("Fen Circle", "Burma"), ("Reed Union", "Allemagne"))
    assert named(*rows) == ["Lake Watch (Quorland)", "Fen Circle (Burma)", "Reed Union (Allemagne)"]


def test_in_a_language_without_a_pack_every_country_stays_in_brackets() -> None:
    assert named(HEADERS, ("Lake Watch", "Kenya"), language="") == ["Lake Watch (Kenya)"]


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (("Pays", "Nom"), ("France", "Ligue du Lac")),
        (("Nom de l’organisation", "PAYS"), ("Ligue du Lac", "France")),
        (("N°", "Organisation", "Pays"), ("", "Ligue du Lac", "France")),
    ],
    ids=["country first", "as a form has it", "with an empty column"],
)
def test_headers_tell_the_columns(headers: tuple[str, ...], rows: tuple[str, ...]) -> None:
    assert named(headers, rows, language="fr") == ["Ligue du Lac|FR"]


def test_headers_that_come_again_on_the_next_page_are_no_names() -> None:
    assert named(HEADERS, ("Lake Watch", "Kenya"), HEADERS, ("Fen Circle", "Kenya")) == [
        "Lake Watch|KE",
        "Fen Circle|KE",
    ]


def test_rows_that_the_file_marks_are_headers_in_any_language() -> None:
    assert named(("Összes", "Ország"), ("Lake Watch", "Kenya"), heads=1) == ["Lake Watch|KE"]


def test_without_headers_a_column_of_countries_is_one() -> None:
    assert named(("Lake Watch", "Kenya"), ("Fen Circle", "Norway")) == ["Lake Watch|KE", "Fen Circle|NO"]


def test_without_columns_every_cell_is_a_name() -> None:
    assert named(("Lake Watch", "Fen Circle"), ("Reed Union", "")) == ["Lake Watch", "Fen Circle", "Reed Union"]


def test_a_number_stands_before_its_name_and_no_word_of_another_column_is_lost() -> None:
    rows = (("No.", "Organisation", "Acronym", "Country", "Person"), ("1", "Lake Watch", "LW", "Kenya", "A. Brume"))
    assert named(*rows) == ["1. Lake Watch (LW), A. Brume|KE"]
    assert named(("1", "Lake Watch", "Ysmer"), ("2.", "Fen Circle", "Ysmer")) == [
        "1. Lake Watch, Ysmer",
        "2. Fen Circle, Ysmer",
    ]


def test_a_name_that_has_the_words_of_a_header_is_a_name() -> None:
    rows = (("Country Women’s Association", "Kenya"), ("Group", "Kenya"))
    assert named(*rows) == ["Country Women’s Association|KE", "Group|KE"]


def test_a_sentence_ends_what_stands_under_a_heading() -> None:
    heading = Heading("en")
    for text, is_above in (
        ("We ask the Council to act.", False),
        ("Signed by:", True),
        ("International organisations", True),
        ("For more, write to the secretariat of the coalition at any time.", False),
    ):
        heading.pass_by(text)
        assert heading.is_above is is_above


def test_the_language_of_a_text_is_that_of_a_pack_or_none() -> None:
    assert language_of("", "fr") == "fr"
    assert language_of("Wir fordern die Regierung auf, die Gefangenen freizulassen. " * 5, "") == ""


SENTENCE = "The undersigned organisations call on the Government to open the crossing of the river at once."
ROWS = (HEADERS, ("Lake Watch", "Kenya"), ("Fen Circle", "Quorland"), ("Reed Union", "Norway"))


def in_word(heading: str) -> bytes:
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in row)}</w:tr>"
        for row in ROWS
    )
    texts = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (SENTENCE, heading))
    return word(f"{texts}<w:tbl>{cells}</w:tbl>")


def in_opendocument(heading: str) -> bytes:
    cells = [
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{c}</text:p></table:table-cell>' for c in row)}"
        "</table:table-row>"
        for row in ROWS
    ]
    head = f"<table:table-header-rows>{cells[0]}</table:table-header-rows>"
    table = f"<table:table>{head}{''.join(cells[1:])}</table:table>"
    return opendocument(f"<text:p>{SENTENCE}</text:p><text:p>{heading}</text:p>{table}")


@pytest.mark.parametrize("made", [in_word, in_opendocument], ids=["word", "opendocument"])
def test_under_a_heading_that_says_who_signed_a_table_is_a_list_of_names(made: Callable[[str], bytes]) -> None:
    found = read_file(Path("letter"), made("Signatories"))
    assert found
    assert found.text == f"{SENTENCE}\n\nSignatories\n\nLake Watch\n\nFen Circle (Quorland)\n\nReed Union\n"
    assert found.countries == (("Lake Watch", "KE"), ("Reed Union", "NO"))
    (note,) = found.notes
    assert "its headers were left out: “Organisation”, “Country”." in note


@pytest.mark.parametrize("made", [in_word, in_opendocument], ids=["word", "opendocument"])
def test_under_another_heading_no_cell_is_left_out(made: Callable[[str], bytes]) -> None:
    found = read_file(Path("letter"), made("Journalists who were killed"))
    assert found and found.countries == ()
    assert [cell for row in ROWS for cell in row] == found.text.rstrip("\n").split("\n\n")[2:]
