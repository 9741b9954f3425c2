"""Conventions: what is asked of a written statement, each figure with its date, its source and how sure it is.

In: `ohchr.toml`, and what `statement.toml` says instead. Out: `Conventions`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from handbill.forms import Form, read_form
from handbill.model import Consultative, Submission

T = TypeVar("T")


class Stated(Form, Generic[T]):
    """A figure and what it rests on."""

    value: T
    date: date
    source: str = Field(min_length=1)
    verified: bool = Field(description="Whether it was read in the words of the United Nations")


class WordsForm(Form):
    """Words that an organisation of each status may have."""

    general: Stated[int]
    special: Stated[int]
    roster: Stated[int]


class FormForm(Form):
    """The form of the file."""

    languages: Stated[Annotated[tuple[str, ...], Field(strict=False)]]
    face: Stated[str]
    size: Stated[int]
    note_size: Stated[int]
    bold_title: Stated[bool]
    justified: Stated[bool]
    page_mm: Stated[Annotated[tuple[int, int], Field(strict=False)]]
    margin_mm: Stated[int]
    days_before_session: Stated[int]


class Labels(Form):
    """The words around the statement, in one language."""

    unofficial_draft: str
    agenda_item: str
    words: str
    submitted_by: str
    co_sponsors: str
    general: str
    special: str
    roster: str
    unknown: str
    missing: str
    shares: str
    share: str


class ConventionsForm(Form):
    """ohchr.toml."""

    words: WordsForm
    form: FormForm
    labels: Mapping[str, Labels]


class Conventions:
    """What is asked of a written statement.

    Args:
        stated: What is known of it.
        own: What `statement.toml` says instead; None for nothing.
    """

    def __init__(self, stated: ConventionsForm, own: Submission | None = None) -> None:
        self.stated = stated
        self.form = stated.form
        self._own = own

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags of the languages it may be in."""
        return self.form.languages.value

    @property
    def size(self) -> int:
        """Size of the type in points."""
        return (self._own and self._own.size) or self.form.size.value

    def labels(self, language: str) -> Labels:
        """The words around the statement."""
        return self.stated.labels[language]

    def most_words(self, status: Consultative | None) -> int:
        """Words that an organisation of a status may have; the fewest where it has none, or it is not known."""
        if self._own and self._own.words:
            return self._own.words
        words = self.stated.words
        known = {
            Consultative.GENERAL: words.general.value,
            Consultative.SPECIAL: words.special.value,
            Consultative.ROSTER: words.roster.value,
        }
        return known[status] if status in known else min(words.special.value, words.roster.value)

    def unverified(self) -> Iterator[str]:
        """What was not read in the words of the United Nations, a line each."""
        has_own_size = bool(self._own and self._own.size)
        for name, each in self.form:
            if not each.verified and not (name == "size" and has_own_size):
                yield f"{name} = {_written(each.value)}: {each.source} ({each.date})"


def _written(value: object) -> str:
    return " × ".join(map(str, value)) if isinstance(value, tuple) else str(value).lower()


def load_conventions(own: Submission | None = None) -> Conventions:
    """What is asked, with what `statement.toml` says instead."""
    return Conventions(_stated(), own)


@lru_cache(maxsize=1)
def _stated() -> ConventionsForm:
    return read_form(Path(__file__).with_name("ohchr.toml"), ConventionsForm)
