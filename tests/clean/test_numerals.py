"""The numbers of a list in the form of their paper, as plain ones."""

from handbill.clean.numerals import plain_numbers
from handbill.model import Gap, Line

WORDS = ("no", "nr")


def plain(*texts: str) -> list[str]:
    lines = [Line(at, at, text, Gap.NONE, "\n") for at, text in enumerate(texts, 1)]
    return [line.text for line in plain_numbers(lines, WORDS)]


def test_a_number_behind_its_word_begins_the_column_beside_it_too() -> None:
    lines = [f"No. {number} Amber Watch No. {number + 1} Bakers United" for number in (1, 3, 5, 7)]

    assert plain(*lines) == [
        "1. Amber Watch 2. Bakers United",
        "3. Amber Watch 4. Bakers United",
        "5. Amber Watch 6. Bakers United",
        "7. Amber Watch 8. Bakers United",
    ]


def test_numbers_are_of_a_list_although_columns_of_them_are_lost() -> None:
    numbers = [*range(1, 20, 2), *range(201, 220, 2)]

    made = plain(*(f"No. {number} Amber Watch" for number in numbers))

    assert made == [f"{number}. Amber Watch" for number in numbers]


def test_numbers_without_a_stop_begin_the_column_beside_them_where_they_count_on() -> None:
    made = plain(*(f"0{number} Amber Watch {number + 15} Bakers United" for number in range(1, 7)))

    assert made == [f"0{number} Amber Watch {number + 15}. Bakers United" for number in range(1, 7)]


def test_a_figure_in_a_name_stays_one_where_no_others_count_on_from_it() -> None:
    lines = ["01 Amber Watch", "02 Families of the 43 Students", "03 Local 44 Dockers", "04 Club 72 Norrin"]

    assert plain(*lines)[1] == lines[1]
