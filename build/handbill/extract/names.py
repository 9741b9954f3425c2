"""Names: a table of those who signed, a name a row.

In: the rows of a table under a heading that says who signed. Out: for each row the names in it, as the lines of a
list have them. A country that is printed in the words of the text's language goes with the name, not into it; what
else a row has stands behind its name, so that no word is lost.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from handbill.columns import are_headers, country_code, kind_of, territory_code
from handbill.languages import known_languages
from handbill.lexicon import guess_language
from handbill.numbering import heads_names, is_sentence

Row = Sequence[str]
"""The words of the cells of a row."""

NUMBER = re.compile(r"\(?(\d{1,4})[.)]?")


_UNTOLD = ("", "ignored")
"""What a column is that has no header, or one that is not known."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a row.

    Attributes:
        text: Its number, if the row has one, the name, and what stands behind it.
        name: The same without the number.
        country: ISO 3166-1 alpha-2, where its country is not in the text; else empty.
    """

    text: str
    name: str
    country: str = ""


@dataclass
class Rows:
    """The rows of tables of names, as they become lines.

    Attributes:
        countries: Names whose countries are not in the text, each with the code.
        headers: The headers, which are left out.
    """

    countries: list[tuple[str, str]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)

    def lines(self, row: Row, names: Sequence[Named]) -> Iterator[str]:
        """The names of a row, each as a line; a row that has none is one of headers."""
        if not names:
            self.headers += filter(None, row)
        for name in names:
            yield name.text
            if name.country:
                self.countries.append((name.name, name.country))


class Heading:
    """Follows a text and knows whether what comes next stands under a heading that says who signed."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.is_above = False

    def pass_by(self, text: str) -> None:
        """Take in the next block; a sentence ends what stands under a heading."""
        if heads_names(text, self._language):
            self.is_above = True
        elif is_sentence(text):
            self.is_above = False


def language_of(text: str, asked: str) -> str:
    """The tag of the pack for a text, by its words where none is asked for; empty where there is none."""
    guessed = asked or guess_language(text)
    known = known_languages()
    near = (tag for tag in known if tag.partition("-")[0] == guessed.partition("-")[0])
    return guessed if guessed in known else next(near, "")


def names_of(rows: Sequence[Row], heads: int, language: str) -> list[tuple[Named, ...]]:
    """The names of each row; headers have none, and a row of a table without columns has one in every cell.

    Args:
        rows: The rows, those of the headers too.
        heads: How many of the first ones the file marks as headers.
        language: The tag of the text's pack; empty where there is none.
    """
    headers = rows[:heads] or (rows[:1] if rows and are_headers(rows[0]) else [])
    above = {tuple(header) for header in headers}
    body = [row for row in rows if tuple(row) not in above]
    kinds = _kinds(headers[-1] if headers else (), body)
    written = _in_columns(kinds, language) if kinds else _in_cells
    return [() if tuple(row) in above else written(row) for row in rows]


def left_out(headers: Sequence[str]) -> Iterator[str]:
    """What is to be known of the headers of a table of names."""
    if headers:
        said = ", ".join(f"“{header}”" for header in dict.fromkeys(headers))
        yield f"In the table of names a row is a name; its headers were left out: {said}. Compare it all."


def _kinds(header: Row, body: Sequence[Row]) -> tuple[str, ...]:
    """The kind of each column; empty where they are no columns, but every cell is a name."""
    width = max(map(len, [header, *body]), default=0)
    columns = [[row[at] for row in body if at < len(row) and row[at]] for at in range(width)]
    kinds = ["number" if cells and all(map(NUMBER.fullmatch, cells)) else "" for cells in columns]
    for at, cell in enumerate(header):
        if not kinds[at] and cell:
            kinds[at] = "name" if are_headers([cell]) else kind_of(cell)[0]
    for at, cells in enumerate(columns):
        if kinds[at] in _UNTOLD and cells and 2 * sum(map(bool, map(country_code, cells))) >= len(cells):
            kinds[at] = "country"
    if not any(header) and not any(kinds) and width > 1:
        return ()
    if "name" not in kinds:
        first = next((at for at, kind in enumerate(kinds) if kind in _UNTOLD), None)
        if first is None:
            return ()
        kinds[first] = "name"
    first = kinds.index("name")
    return tuple("" if kind == "name" and at != first else kind for at, kind in enumerate(kinds))


def _in_columns(kinds: Sequence[str], language: str) -> Callable[[Row], tuple[Named, ...]]:
    def written(row: Row) -> tuple[Named, ...]:
        cells = [(kind, cell) for kind, cell in zip(kinds, row, strict=False) if cell]
        number = next(
            (match[1] for kind, cell in cells if kind == "number" and (match := NUMBER.fullmatch(cell))), ""
        )
        parts = [cell for kind, cell in cells if kind == "name"]
        country = ""
        for kind, cell in cells:
            if kind == "country" and language and not country and territory_code(cell, language):
                country = territory_code(cell, language)
            elif kind in ("country", "acronym") and parts:
                parts[0] = f"{parts[0]} ({cell})"
            elif kind not in ("number", "name"):
                parts.append(cell)
        name = ", ".join(parts)
        return (Named(f"{number}. {name}" if number else name, name, country),) if name else ()

    return written


def _in_cells(row: Row) -> tuple[Named, ...]:
    return tuple(Named(cell, cell) for cell in row if cell)
