"""Columns of names without numbers, parted by the alphabet; and lists of one column, which stay as they are."""

from handbill.clean.alphabet import by_alphabet, may_hold_columns
from handbill.model import Gap, Line

SORTED = (
    "Acción Popular de Valdemar",
    "Alianza Campesina del Sur",
    "Asociación de Viudas del Muelle",
    "Bibliotecas sin Muros",
    "Casa de la Memoria",
    "Centro Jurídico Monseñor Roca",
    "Colectivo de Hijas e Hijos",
    "Comité de Madres de Tordera",
    "Defensores del Bosque Viejo",
    "Escuela de Historia Social",
    "Foro por la Vida",
    "Grupo de Apoyo a Presos",
    "Hermandad de Pescadores",
    "Instituto de Estudios Penales",
    "Juristas por la Verdad",
)
COLUMN = 5


def lines_of(*texts: str) -> list[Line]:
    return [Line(at, at, text, Gap.NONE, "\n") for at, text in enumerate(texts, 1)]


def across(names: tuple[str, ...]) -> list[str]:
    return [" ".join(names[at::COLUMN]) for at in range(COLUMN)]


def test_sorted_columns_that_were_read_across_are_read_down() -> None:
    cells = by_alphabet(lines_of(*across(SORTED)), "")

    assert tuple(cell.text for cell in cells) == SORTED
    assert all(cell.begins for cell in cells)


def test_a_name_that_goes_on_in_the_next_line_of_its_column_is_one_name() -> None:
    rows = across(SORTED)
    rows[3:3] = ["y del Litoral"]

    cells = by_alphabet(lines_of(*rows), "")

    assert [cell.text for cell in cells if not cell.begins] == ["y del Litoral"]
    assert tuple(cell.text for cell in cells if cell.begins) == SORTED


def test_one_column_is_no_several() -> None:
    assert by_alphabet(lines_of(*SORTED), "") == []
    assert by_alphabet(lines_of(*(f"{name} (Ciudad de Valdemar, San Amaro)" for name in SORTED)), "") == []


def test_names_that_begin_alike_are_no_columns() -> None:
    assert by_alphabet(lines_of(*(f"Asociación de Vecinos de {name}" for name in SORTED)), "") == []


def test_names_in_no_order_are_left_alone() -> None:
    shuffled = tuple(SORTED[at * 7 % len(SORTED)] for at in range(len(SORTED)))

    assert by_alphabet(lines_of(*across(shuffled)), "") == []


def test_numbered_lines_in_which_the_alphabet_goes_on_may_hold_a_second_column() -> None:
    rows = [f"{at}. {SORTED[at - 1]} {SORTED[at + COLUMN]}" for at in range(1, COLUMN + 1)]

    assert may_hold_columns(lines_of(*rows))
    assert not may_hold_columns(lines_of(*(f"{at}. {name}" for at, name in enumerate(SORTED, 1))))
