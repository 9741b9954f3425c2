"""Comparing: the sign-ons of a form beside the names that a statement has.

In: the sign-ons in order, and the names known so far. Out: a `Comparison`, one entry a row and what a person must
be asked. Only what is plain is decided here: the same name, or another one. What is said of a row that is
withheld has no name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from rapidfuzz import fuzz

from handbill.columns import folded, words
from handbill.model import Statement
from handbill.redaction import WITHHELD, Redaction
from handbill.signons.columns import SignOn

ALIKE = 90
"""Likeness (rapidfuzz, 0 to 100) of two names' words in any order from which they may be one organisation."""

_BRACKETS = re.compile(r"[(\[（]([^)\]）]*)[)\]）]")
_STRAY = re.compile(r"^\d{1,4}[.)]?\s+(?=\S)|(?<=\S)\s\d{1,2}$")


class State(Enum):
    """What a row is to the statement."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    WITHHELD = "withheld"
    TWICE = "twice"
    ASKED = "asked"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True)
class Known:
    """A name that the statement has: its number in the signed list, and whether it is a late one."""

    number: int
    name: str
    country: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the form and what it is.

    Attributes:
        sign_on: The row.
        state: What it is to the statement.
        known: The name that it is, or that it is like.
        number: The number it has, or gets; 0 for none.
        said: What is said of it, in words that may be told.
    """

    sign_on: SignOn = field(repr=False)
    state: State
    known: Known | None = None
    number: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A form beside a statement.

    Attributes:
        entries: Its rows, in the order they signed.
        questions: What a person must look at, each a line.
        absent: Names that the statement has and the form does not.
    """

    entries: tuple[Entry, ...]
    questions: tuple[str, ...]
    absent: tuple[Known, ...]

    def of(self, *states: State) -> list[Entry]:
        """The rows that are one of these."""
        return [entry for entry in self.entries if entry.state in states]


def known_names(statement: Statement) -> list[Known]:
    """The names that a statement has; its withheld ones have none any more."""
    return [Known(each.signed, each.name, each.about.country, each.is_late) for each in statement.signatories]


def compare(
    rows: Sequence[SignOn],
    statement: Statement,
    redaction: Redaction,
    late_withheld: int = 0,
    until: date | None = None,
) -> Comparison:
    """Compare a form with a statement.

    Args:
        rows: The form's rows, in the order they signed.
        statement: What it is compared with.
        redaction: Finds the names that the statement withholds.
        late_withheld: How many late ones without a name `signatories.toml` has.
        until: The last day on which a new one may have signed.
    """
    known = known_names(statement)
    basis = _Basis(
        known=tuple(known),
        by_key={key(each.name): each for each in reversed(known)},
        redaction=redaction,
        silent=frozenset(key(row.name) for row in rows if row.withheld),
        until=until,
    )
    numbers = [each.number for each in known] + [number for number, _ in statement.withheld]
    next_number, unnamed = max(numbers, default=0) + 1, late_withheld
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for row in rows:
        entry = _entry(row, basis, seen)
        if entry.state is State.WITHHELD and not entry.known and unnamed:
            unnamed -= 1
            entry = Entry(row, State.SAME, None, 0, WITHHELD)
        if entry.state in (State.NEW, State.WITHHELD) and not entry.known:
            entry = replace(entry, number=next_number)
            next_number += 1
        seen.setdefault(key(row.name), row.row)
        entries.append(entry)
    present = {entry.known.number for entry in entries if entry.known and entry.state is not State.ASKED}
    absent = tuple(each for each in known if each.number not in present)
    return Comparison(tuple(entries), tuple(_questions(entries)), absent)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every row is compared with."""

    known: tuple[Known, ...]
    by_key: Mapping[str, Known]
    redaction: Redaction
    silent: frozenset[str]
    until: date | None


def _entry(row: SignOn, basis: _Basis, seen: Mapping[str, int]) -> Entry:
    """What a row is, without its number if it is new."""
    own = key(row.name)
    there = basis.by_key.get(own)
    hidden = own in basis.silent or basis.redaction.holds(row.name)
    if own in seen:
        return Entry(row, State.TWICE, there, 0, f"{WITHHELD if hidden else row.name}, as in row {seen[own]}")
    if basis.redaction.holds(row.name):
        return Entry(row, State.SAME, None, 0, WITHHELD)
    if hidden:  # in whichever of its rows it asked for silence
        return Entry(row, State.WITHHELD, there, there.number if there else 0, WITHHELD)
    if there:
        state = State.CHANGED if row.country and not there.country else State.SAME
        said = f"{there.name}, country {row.country}" if state is State.CHANGED else there.name
        return Entry(row, state, there, there.number, said)
    if near := _nearest(row, own, basis.known):
        return Entry(row, State.ASKED, near, near.number, row.name)
    if basis.until and row.signed and row.signed > basis.until:
        return Entry(row, State.TOO_LATE, None, 0, f"{row.name}, signed {row.signed}")
    details = [row.country, f"signed {row.signed}" if row.signed else ""]
    return Entry(row, State.NEW, None, 0, ", ".join(filter(None, [row.name, *details])))


def key(name: str) -> str:
    """A name without case, accents, punctuation, an article before it and what stands in brackets.

    >>> key("The Réseau Asie (RA)") == key("reseau-asie")
    True
    """
    bare = folded(_BRACKETS.sub(" ", name)) or folded(name)
    first, _, rest = bare.partition(" ")
    bare = rest if rest and first in words()["words"]["the"] else bare
    return " ".join("and" if word in ("and", "et", "y") else word for word in bare.replace("&", " and ").split())


def _nearest(row: SignOn, own: str, known: Sequence[Known]) -> Known | None:
    """The known name that may be the same organisation: nearly its words, in any order, or its acronym."""
    short = {text.casefold() for text in (row.acronym, row.name, *_BRACKETS.findall(row.name)) if text}
    for each in known:
        if fuzz.token_sort_ratio(own, key(each.name)) >= ALIKE:
            return each
        acronyms = {text.casefold() for text in (each.name, *_BRACKETS.findall(each.name)) if " " not in text}
        if short & acronyms:
            return each
    return None


def _questions(entries: Sequence[Entry]) -> Iterator[str]:
    """What a person must look at, row by row."""
    fresh = [entry for entry in entries if entry.state is State.NEW]
    for entry in entries:
        row, place = entry.sign_on, f"row {entry.sign_on.row}"
        if entry.state is State.ASKED and entry.known:
            yield (
                f"{place}: is “{row.name}” the organisation of {entry.known.number}, “{entry.known.name}”? It is "
                "not taken; if it is another one, write it under [[late]] yourself"
            )
        if entry.state is State.SAME and entry.known and row.name != entry.known.name:
            yield f"{place}: it writes “{row.name}”; {entry.known.number} is “{entry.known.name}”, and stays so"
        if row.country and entry.known and entry.known.country not in ("", row.country):
            there = f"{entry.known.number} has {entry.known.country}"
            yield f"{place}: its country is {row.country}; {there}, and keeps it"
        if entry.state is not State.NEW:
            continue
        if row.strange_country:
            yield f"{place}: “{row.strange_country}” is no country that is known; none is taken"
        if _STRAY.search(row.name):
            yield f"{place}: does the number belong to the name “{row.name}”?"
        if _is_two(row.name):
            yield f"{place}: is “{row.name}” one organisation, or two on one line?"
    yield from _alike(fresh)


def _alike(fresh: Sequence[Entry]) -> Iterator[str]:
    keys = [key(entry.sign_on.name) for entry in fresh]
    for at, entry in enumerate(fresh):
        for before in range(at):
            if fuzz.token_sort_ratio(keys[at], keys[before]) >= ALIKE:
                other = fresh[before].sign_on
                yield (
                    f"row {entry.sign_on.row}: is “{entry.sign_on.name}” the organisation of row {other.row}, "
                    f"“{other.name}”?"
                )


def _is_two(name: str) -> bool:
    """Whether a name may be two: parts of two words and more at a slash, a semicolon or an “and”."""
    joint = "|".join(re.escape(word) for word in words()["words"]["and"])
    parts = re.split(rf"\s*;\s*|\s+/\s*|\s*/\s+|\s+(?:{joint})\s+", name, flags=re.IGNORECASE)
    whole = [part for part in parts if part.strip()]
    return len(whole) > 1 and (bool(re.search(r";|\s/|/\s", name)) or all(len(p.split()) > 1 for p in whole))
