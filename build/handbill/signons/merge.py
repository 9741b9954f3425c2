"""Merging: what a form brings is written into `signatories.toml`, beside all that an editor wrote there.

In: the form's text as it is, and a `Comparison`. Out: its new text. Comments, order and spacing stay; entries are
only added, given a country, or marked as withheld.
"""

from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array, Table

from handbill.signons.compare import Comparison, Entry, State

_TOLD = ("country", "kind", "logo", "status", "registered")
"""Keys of an entry by which it might be known who it is."""

_NAMED = ("name", "acronym", "official", "source")
"""Keys of a late entry that name it; one of the list keeps them, as its names have to be looked for."""


def merged(text: str, comparison: Comparison, listed: int) -> str:
    """The text of `signatories.toml` with what is new in a form.

    Args:
        text: As it is; empty where there is no such file.
        comparison: The form beside the statement.
        listed: The highest number of the list that was scanned; higher ones are late.
    """
    document = tomlkit.parse(text)
    for entry in comparison.of(State.CHANGED):
        _give_country(document, entry, listed)
    for entry in comparison.of(State.WITHHELD):
        if entry.known:
            _withhold(document, entry.number, listed)
    late = [_late(entry) for entry in comparison.of(State.NEW, State.WITHHELD) if not entry.known]
    _append(document, "late", late)
    return tomlkit.dumps(document)


def _give_country(document: tomlkit.TOMLDocument, entry: Entry, listed: int) -> None:
    assert entry.known
    there = _entry(document, entry.number, listed)
    if there is not None:
        there["country"] = entry.sign_on.country
        return
    made = tomlkit.table()
    made["number"], made["name"], made["country"] = entry.number, entry.known.name, entry.sign_on.country
    _append(document, "signatories", [made])


def _withhold(document: tomlkit.TOMLDocument, number: int, listed: int) -> None:
    """Mark a name as withheld; of a late one, take out all that tells who it is."""
    there = _entry(document, number, listed)
    if there is None:
        there = tomlkit.table()
        there["number"] = number
        _append(document, "signatories", [there])
        there = _entry(document, number, listed)
        assert there is not None
    for key in (*_TOLD, *_NAMED) if number > listed else _TOLD:
        there.pop(key, None)
    there["withheld"] = True


def _entry(document: tomlkit.TOMLDocument, number: int, listed: int) -> Any:
    """The entry of a number; None where there is none."""
    if number > listed:
        return document["late"][number - listed - 1]
    entries: Sequence[Any] = document.get("signatories", [])
    return next((each for each in entries if each["number"] == number), None)


def _late(entry: Entry) -> Table:
    made, row = tomlkit.table(), entry.sign_on
    if entry.state is State.WITHHELD:
        made["withheld"] = True
        return made
    for key, value in (
        ("name", row.name),
        ("acronym", row.acronym),
        ("country", row.country),
        ("signed", row.signed),
    ):
        if value:
            made[key] = value
    return made


def _append(document: tomlkit.TOMLDocument, key: str, tables: Sequence[Table]) -> None:
    if not tables:
        return
    there = document.setdefault(key, tomlkit.aot())
    for table in tables:
        if isinstance(there, Array):  # an editor wrote late = [{ … }]
            inline = tomlkit.inline_table()
            inline.update(table)
            there.append(inline)
        else:
            there.append(table)
