"""A form tells every mistake in it at once, each with its file, line and key."""

from datetime import date
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from handbill.errors import CallError
from handbill.forms import LARGEST, Form, read_form
from handbill.toml_lines import line_of


class Room(Form):
    """A table of the form below."""

    number: int = Field(ge=1)
    door: str = ""


class Event(Form):
    """A form as small as the tests need."""

    title: str
    day: date
    seats: Annotated[int, Field(le=100)] = 0
    main: Room | None = None
    rooms: tuple[Room, ...] = Field(default=(), strict=False)


GOOD = 'title = "Briefing"\nday = 2025-02-24\n'


def refused(folder: Path, text: str | bytes) -> str:
    """What is said about a form with mistakes."""
    path = folder / "event.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CallError) as error:
        read_form(path, Event)
    assert str(path) in error.value.message
    assert error.value.remedy
    return error.value.message


def test_a_form_without_mistakes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "event.toml"
    path.write_text(GOOD + "[[rooms]]\nnumber = 17\n")
    assert read_form(path, Event) == Event(title="Briefing", day=date(2025, 2, 24), rooms=(Room(number=17),))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), id="with a byte order mark"),
        pytest.param(GOOD.replace("\n", "\r\n").encode(), id="with the line ends of Windows"),
    ],
)
def test_what_text_editors_add_is_not_a_mistake(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "event.toml").write_bytes(raw)
    assert read_form(tmp_path / "event.toml", Event).title == "Briefing"


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        pytest.param('title = "B"\n', 1, "day", "is missing", id="a key is missing"),
        pytest.param(f'{GOOD}tilte = "x"\n', 3, "tilte", 'Did you mean "title"?', id="a key is misspelled"),
        pytest.param(
            f"{GOOD}[main]\nnumber = 1\ndor = 1\n", 5, "main.dor", 'Did you mean "door"?', id="in a table, too"
        ),
        pytest.param(
            f"{GOOD}[[rooms]]\nnumber = 1\n[[rooms]]\nnumbr = 1\nnumber = 2\n",
            6,
            "rooms.1.numbr",
            'Did you mean "number"?',
            id="in the second table of a list, too",
        ),
        pytest.param("title = 5\nday = 2025-02-24\n", 1, "title", "double quotes", id="a number where words go"),
        pytest.param('title = "B"\nday = "2025-02-24"\n', 2, "day", "without quotes", id="a date in quotes"),
        pytest.param('title = "B"\nday = 2025-02-24T10:00:00\n', 2, "day", "2025-01-31", id="a time for a date"),
        pytest.param(f"{GOOD}seats = 101\n", 3, "seats", "100", id="a number over the limit"),
        pytest.param(f'{GOOD}seats = "7"\n', 3, "seats", "integer", id="a number in quotes is not converted"),
        pytest.param(f"{GOOD}seats = true\n", 3, "seats", "integer", id="yes is not a number"),
        pytest.param(
            f"{GOOD}rooms = [\n  {{ number = 0 }},\n]\n", 3, "rooms.0.number", "1", id="an item of a list: its list"
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(
    tmp_path: Path, text: str, line: int, key: str, words: str
) -> None:
    message = refused(tmp_path, text)
    assert f"event.toml, line {line}: {key}: " in message
    assert words in message


def test_a_wrong_date_is_told_as_a_date_and_not_in_the_words_of_a_program(tmp_path: Path) -> None:
    message = refused(tmp_path, 'title = "B"\nday = 20250224\n')
    assert "must be a date" in message


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    message = refused(tmp_path, 'title = 5\nday = "soon"\nsaets = 3\n[main]\nnumber = 0\n')
    places = [line.partition("event.toml, ")[2].rsplit(":", 1)[0] for line in message.split("\n")]
    found = sorted(place.split(": ")[0] + " " + place.split(": ")[1] for place in places)
    assert found == ["line 1 title", "line 2 day", "line 3 saets", "line 5 main.number"]


def test_the_remedy_counts_the_mistakes(tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_text("title = 5\nday = 6\n")
    with pytest.raises(CallError) as error:
        read_form(tmp_path / "event.toml", Event)
    assert "2 mistakes in event.toml" in error.value.remedy


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(f"{GOOD}seats = \n", 3, id="a value is missing"),
        pytest.param('title = "Briefing\nday = 2025-02-24\n', 1, id="a quotation mark is missing"),
        pytest.param(f'{GOOD}title = "again"\n', 3, id="a key stands twice"),
        pytest.param(f"{GOOD}day = 2025-02-30\n", 3, id="a day that is not in the calendar"),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    assert f"line {line}" in refused(tmp_path, text)


def test_what_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    assert "line 2: not UTF-8" in refused(tmp_path, b'title = "B"\n# \xe9t\xe9\n')


def test_a_form_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    assert f"{LARGEST // 1024} KiB" in refused(tmp_path, GOOD + "#" * LARGEST)


def test_a_form_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"event\.toml: there is no such file"):
        read_form(tmp_path / "event.toml", Event)


TOML = '''# a comment
title = "x"
"quoted" = 1
session.name = "dotted"
note = """
opens = "words, not a key"
"""

[session]  # [brackets] in a comment
opens = 1

[[figures]]
value = 1

[[figures]]
value = 2
[[figures.notes]]
text = "a"
[[figures.notes]]
text = "b"
[deep.er]
key = 1
list = [
  { text = "x" },
]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("title",), 2, id="a key"),
        pytest.param(("quoted",), 3, id="a key in quotes"),
        pytest.param(("session", "name"), 4, id="a key with a dot"),
        pytest.param(("session", "opens"), 10, id="a key of a table"),
        pytest.param(("session", "closes"), 9, id="a missing key stands where its table begins"),
        pytest.param(("figures", 0, "value"), 13, id="a key of the first table of a list"),
        pytest.param(("figures", 1, "value"), 16, id="a key of the second table of a list"),
        pytest.param(("figures", 1, "notes", 1, "text"), 20, id="a list of tables in a list of tables"),
        pytest.param(("deep", "er", "key"), 22, id="a key of a table in a table"),
        pytest.param(("deep", "er", "list", 0, "text"), 23, id="an item stands where its list begins"),
        pytest.param(("nowhere",), 1, id="what is nowhere stands on the first line"),
        pytest.param(("opens",), 1, id="words of a text over several lines are no key"),
    ],
)
def test_a_value_is_found_on_the_line_where_it_begins(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TOML, path) == line


def test_lines_are_found_in_a_file_with_the_line_ends_of_windows() -> None:
    assert line_of("[a]\r\nx = 1\r\n[b]\r\nx = 2\r\n", ("b", "x")) == 4
