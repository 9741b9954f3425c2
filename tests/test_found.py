"""What a text says of itself is found with its line; what it does not say is not made up."""

from datetime import date

import pytest

from conftest import source_of
from handbill.clean import clean
from handbill.found import Found, dates, find
from handbill.languages import load_language
from handbill.structure import structure
from handed_in import FRENCH

MORE = "The army has burned 300 houses in the villages of the valley, and nobody has been charged for any of it."
BODY = (
    "We, the undersigned 46 organisations, ask the Council to act on the war in the valley, which lasts four years."
)


def found(text: str, language: str = "en", title: str = "") -> Found:
    source = source_of(text, language)
    cleaned = clean(source)
    return find(source, cleaned, structure(cleaned, "text", language), load_language(language), title)


def title(*head: str, set_as: str = "") -> str:
    reading = found("\n\n".join((*head, BODY, MORE)), title=set_as).title
    return reading.value if reading else ""


class TestTitle:
    @pytest.mark.parametrize(
        "head",
        [
            ("Valley: Four years of war", "Geneva, 2 June 2025"),
            ("Joint statement", "Valley: Four years of war"),
            ("2 June 2025", "To the members of the Council", "Valley: Four years of war", "Excellencies,"),
            ("www.valley.example for the press", "Valley: Four years of war"),
        ],
        ids=["first", "below its kind", "below day and addressees", "below an address"],
    )
    def test_the_first_line_that_may_be_one_is_it_and_not_sure(self, head: tuple[str, ...]) -> None:
        reading = found("\n\n".join((*head, BODY))).title
        assert reading and reading.value == "Valley: Four years of war"
        assert reading.doubt and reading.line == 1 + 2 * head.index(reading.value)

    @pytest.mark.parametrize(
        "head",
        [
            (),
            ("To the members of the Council", "Geneva, 2 June 2025", "Excellencies,"),
            ("Geneva, 2 June 2025",),
            ("Excellencies,", "Dear friends of the valley"),
        ],
        ids=["text", "letter", "day", "salutation"],
    )
    def test_a_text_without_one_has_none(self, head: tuple[str, ...]) -> None:
        assert title(*head) == ""

    def test_what_the_file_sets_as_its_title_is_sure(self) -> None:
        reading = found(f"Hill Union of the Valley\n\nA war that lasts\n\n{BODY}", title="A war that lasts").title
        assert reading and (reading.value, reading.line, reading.doubt) == ("A war that lasts", 3, "")

    def test_what_the_file_sets_as_its_title_and_the_text_does_not_have_is_not_taken(self) -> None:
        assert title("Valley: Four years of war", set_as="Document 1") == "Valley: Four years of war"


class TestPublished:
    @pytest.mark.parametrize(
        "head",
        ["Geneva, 2 June 2025", "2 June 2025", "June 2, 2025", "Published on 2 June 2025", "2025-06-02"],
    )
    def test_a_day_that_stands_by_itself_above_the_text_is_taken(self, head: str) -> None:
        reading = found(f"A war that lasts\n\n{head}\n\n{BODY}").published
        assert reading and (reading.value, reading.line, reading.doubt) == ("2025-06-02", 3, "")

    def test_so_is_one_below_it(self) -> None:
        reading = found(f"A war that lasts\n\n{BODY}\n\nGeneva, 2 June 2025").published
        assert reading and (reading.value, reading.line) == ("2025-06-02", 5)

    def test_so_is_that_of_a_dateline(self) -> None:
        reading = found(f"A war that lasts\n\nGeneva, 2 June 2025 – {BODY}").published
        assert reading and reading.value == "2025-06-02"

    @pytest.mark.parametrize(
        "text",
        [
            f"{BODY} On 2 June 2025 the army burned 300 houses in the villages of the valley.",
            f"Five years after the coup of 1 February 2021\n\n{BODY}",
            f"Geneva, 31 June 2025\n\n{BODY}",
            f"Geneva, June 2025\n\n{BODY}",
            f"02/06/2025\n\n{BODY}",
        ],
        ids=["of an event", "in the title", "no such day", "month", "day or month"],
    )
    def test_no_other_day_is(self, text: str) -> None:
        assert found(text).published is None

    def test_one_that_ends_a_longer_line_is_not_sure(self) -> None:
        reading = found(f"A war that lasts\n\nJoint statement by civil society, 2 June 2025\n\n{BODY}").published
        assert reading and (reading.value, reading.line) == ("2025-06-02", 3) and reading.doubt

    def test_two_days_are_not_sure(self) -> None:
        reading = found(f"Geneva, 2 June 2025\n\n{BODY}\n\nBern, 3 June 2025").published
        assert reading and reading.value == "2025-06-02" and "2025-06-03 in line 5" in reading.doubt


def test_lines_that_were_joined_with_a_day_among_them_are_read_apart_and_proposed_to_be_parted() -> None:
    read = found(f"Coalition\nValley: Four years of war\nGeneva (2 June 2025)\n\n{BODY}\n\n{MORE}")
    assert read.title and (read.title.value, read.title.line) == ("Valley: Four years of war", 2)
    assert read.published and (read.published.value, read.published.line) == ("2025-06-02", 3)
    assert [doubt.likely for doubt in read.run_together] == ["Coalition\n\nValley:", "war\n\nGeneva"]


def test_lines_that_say_the_kind_and_the_day_were_never_joined() -> None:
    read = found(f"Joint statement\nValley: Four years of war\nGeneva, 2 June 2025\n\n{BODY}\n\n{MORE}")
    assert read.title and (read.title.value, read.title.line) == ("Valley: Four years of war", 2)
    assert read.published and (read.published.value, read.published.line) == ("2025-06-02", 3)
    assert not read.run_together


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2nd June, 2025"),
        ("fr", "le 2 juin 2025"),
        ("es", "2 de junio de 2025"),
        ("id", "2 Juni 2025"),
        ("ru", "2 июня 2025 года"),
        ("zh-Hans", "2025年6月2日"),
        ("ja", "2025 年 6 月 2 日"),
        ("ko", "2025년 6월 2일"),
        ("bn", "২ জুন ২০২৫"),
        ("th", "2 มิถุนายน 2025"),
    ],
)
def test_a_date_is_read_in_its_language(language: str, text: str) -> None:
    assert [day for day, *_ in dates(text, load_language(language))] == [date(2025, 6, 2)]


def test_every_language_reads_the_dates_that_it_writes(packs: object) -> None:
    from handbill.languages import known_languages

    day = date(2025, 6, 12)
    for language in map(load_language, known_languages()):
        assert [found for found, *_ in dates(language.written_date(day), language)] == [day], language.tag


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "58th session of the Human Rights Council"),
        ("fr", "58e session du Conseil des droits de l’homme"),
        ("es", "58.º período de sesiones del Consejo de Derechos Humanos"),
    ],
)
def test_a_session_of_the_council_is_found_by_its_name(language: str, name: str) -> None:
    reading = found(f"xxx\n\n{BODY} xxx {name}, xxx.", language).session
    assert reading and reading.value == name


def test_a_french_text_is_read_whole() -> None:
    read = found(FRENCH, "fr")
    assert read.title and read.title.value == "Lacs du Sud : le barrage ne doit pas noyer les villages"
    assert read.published and read.published.value == "2031-03-03"
    assert read.session and read.session.line == 21
    assert [claim.number for claim in read.claims] == [6]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "Le premier avril deux mille vingt-cinq", date(2025, 4, 1)),
        ("fr", "Fait à Orval, le vingt et un mai 2024", date(2024, 5, 21)),
        ("es", "a veintidós de mayo de dos mil treinta", date(2030, 5, 22)),
        ("id", "dua puluh dua Mei dua ribu dua puluh lima", date(2025, 5, 22)),
        ("en", "5 March two thousand and twenty-five", date(2025, 3, 5)),
    ],
)
def test_a_date_in_words_is_read(language: str, text: str, day: date) -> None:
    assert [found for found, *_ in dates(text, load_language(language))] == [day]


@pytest.mark.parametrize(
    "text", ["le trente-huit avril deux mille vingt-cinq", "avril deux mille", "deux mille mai"]
)
def test_words_that_are_no_day_are_none(text: str) -> None:
    assert list(dates(text, load_language("fr"))) == []
