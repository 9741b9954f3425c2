"""Editions: what a brief can be made into, as a table that the command line, the build and the tests all read.

In: an edition's name. Out: an `Edition`. A new edition is one entry here and one short stylesheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handbill.errors import CallError, did_you_mean


@dataclass(frozen=True, slots=True)
class Edition:
    """A product for one place where a brief goes.

    Attributes:
        name: As typed on the command line.
        stylesheet: File in `styles/editions/`.
        page: What the reader holds.
        title_measure: Width of the title's column, in em of its size.
        purpose: Where it goes.
        promise: What is made sure of.
    """

    name: str
    stylesheet: str
    page: str
    title_measure: float
    purpose: str
    promise: str


EDITIONS: Mapping[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition(
            name="screen",
            stylesheet="screen.css",
            page="A4",
            title_measure=22.1,
            purpose="reading on a screen",
            promise="tagged, bookmarks, links, metadata from statement.toml only",
        ),
    )
}
"""All editions by name, in the order of the table in README.md."""


def load_edition(name: str) -> Edition:
    """The edition of this name.

    Raises:
        CallError: There is none.
    """
    if name not in EDITIONS:
        raise CallError(f'"{name}": there is no such edition.', did_you_mean(name, EDITIONS))
    return EDITIONS[name]
