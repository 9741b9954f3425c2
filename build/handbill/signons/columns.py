"""Columns: what the columns of a sign-on form are, told by their headers in many languages.

In: a `Table`. Out: one `SignOn` for each row with a name. Whatever a form asks beside (addresses, persons) is left
in the table and goes no further.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handbill.columns import KINDS, country_code, folded, kind_of, words
from handbill.errors import CallError
from handbill.model import Row, Table

KEPT = tuple(kind for kind in KINDS if kind != "ignored")

_NUMERIC_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")


@dataclass(frozen=True, slots=True)
class SignOn:
    """A row of a sign-on form.

    Attributes:
        row: Its number in the file.
        name: The organisation as it wrote itself; no repr has it, as it may be withheld.
        country: ISO 3166-1 alpha-2, or empty.
        strange_country: What it wrote where that is no country that is known, else empty.
        acronym: In short, or empty.
        signed: The day, if it is known.
        withheld: Whether it asked not to be named.
        silence: By which answer; empty where it did not.
    """

    row: int
    name: str = field(repr=False)
    country: str = ""
    strange_country: str = ""
    acronym: str = field(default="", repr=False)
    signed: date | None = None
    withheld: bool = False
    silence: str = ""


def sign_ons(table: Table, where: str, given: Mapping[str, str]) -> tuple[SignOn, ...]:
    """The sign-ons of a form, in the order they were made.

    Args:
        table: The form's export.
        where: Its path, for messages.
        given: Headers by kind, where the words of a header do not tell.

    Raises:
        CallError: No column, or more than one, can be that of the names, or a header that is given is not there.
    """
    columns = recognised(table.headers, where, given)

    def cell(row: Row, kind: str) -> str:
        return row.cells[columns[kind]] if kind in columns else ""

    def header(kind: str) -> str:
        return table.headers[columns[kind]] if kind in columns else ""

    def silence(row: Row) -> str:
        return _silence(cell(row, "withheld"), header("withheld")) or _unpublished(
            cell(row, "published"), header("published")
        )

    days = _days([cell(row, "signed") for row in table.rows])
    made = [
        SignOn(
            row=row.number,
            name=cell(row, "name"),
            country=country_code(cell(row, "country")),
            strange_country="" if country_code(cell(row, "country")) else cell(row, "country"),
            acronym=cell(row, "acronym"),
            signed=day,
            withheld=bool(silence(row)),
            silence=silence(row),
        )
        for row, day in zip(table.rows, days, strict=True)
        if cell(row, "name")
    ]
    return tuple(sorted(made, key=lambda each: (each.signed or date.min, each.row)))


def recognised(headers: Sequence[str], where: str, given: Mapping[str, str]) -> dict[str, int]:
    """The place of each kind of column that is read.

    Raises:
        CallError: As for `sign_ons`.
    """
    shown = "; ".join(f"“{header}”" for header in headers if header)
    remedy = f"The headers are: {shown}. Name one with --column KIND=HEADER; kinds: {', '.join(KEPT)}."
    found: dict[str, list[tuple[int, int]]] = {}
    for place, header in enumerate(headers):
        kind, weight = kind_of(header)
        found.setdefault(kind, []).append((weight, place))
    columns: dict[str, int] = {}
    for kind in KEPT:
        if kind in given:
            named = [place for place, header in enumerate(headers) if folded(header) == folded(given[kind])]
            if len(named) != 1:
                raise CallError(f"{where}: “{given[kind]}” is the header of {len(named)} columns, not one.", remedy)
            columns[kind] = named[0]
            continue
        best = max((weight for weight, _ in found.get(kind, [])), default=0)
        places = [p for weight, p in found.get(kind, []) if weight == best and p not in columns.values()]
        if len(places) > 1:
            both = " and ".join(f"“{headers[place]}”" for place in places)
            raise CallError(f"{where}: {both} may both be the column of the {kind}.", remedy)
        if places:
            columns[kind] = places[0]
    if "name" not in columns:
        raise CallError(f"{where}: no column is known to have the organisations' names.", remedy)
    return columns


def _silence(answer: str, header: str) -> str:
    """How a name is withheld: also by an answer that is not understood, for print is not called back."""
    if not answer or folded(answer) in _answers("no"):
        return ""
    said = "it says yes" if folded(answer) in _answers("yes") else "what it says is no plain no"
    return f"{said} under “{header}”"


def _unpublished(answer: str, header: str) -> str:
    """The same asked the other way round; without such a column nothing is withheld."""
    if not header or folded(answer) in _answers("yes"):
        return ""
    said = "it says no" if answer and folded(answer) in _answers("no") else "what it says is no yes that is known"
    return f"{said if answer else 'it says nothing'} under “{header}”"


def _answers(key: str) -> set[str]:
    return {folded(word) for word in words()["answers"][key]}


def _days(texts: Sequence[str]) -> Iterator[date | None]:
    """The days of a column. Whether the day or the month comes first, one of them over twelve tells for all."""
    parts = [_NUMERIC_DATE.search(text) for text in texts]
    numbers = [tuple(map(int, match.groups())) if match else None for match in parts]
    short = [each for each in numbers if each and each[0] < 1000]
    day_first, month_first = any(each[0] > 12 for each in short), any(each[1] > 12 for each in short)
    for each in numbers:
        if each and each[0] >= 1000:
            yield _date(each[0], each[1], each[2])
        elif each and day_first != month_first:
            first, second, year = each
            yield _date(year, second, first) if day_first else _date(year, first, second)
        else:
            yield None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
