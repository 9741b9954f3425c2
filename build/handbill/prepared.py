"""A statement whose text is clean, and the languages it is built in.

In: what reading, cleaning and structuring made. Out: the same as one value that the commands share.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.errors import CallError
from handbill.languages import load_language
from handbill.model import Cleaned, OfficialName, Source, Statement, Version, Waiver
from handbill.redaction import NOTHING_WITHHELD, Redaction


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement whose text is clean.

    Attributes:
        source: As it was read.
        cleaned: Its text after cleaning.
        statement: Its structure.
        redaction: What messages pass through, so that none tells a withheld name; nothing else here has one.
    """

    source: Source
    cleaned: Cleaned
    statement: Statement
    redaction: Redaction = NOTHING_WITHHELD

    @property
    def original(self) -> Version:
        """What was signed, with what belongs to its page."""
        assert self.source.particulars
        # Its other languages, who submits it, how it was cleaned: nothing of a page's, and must not make it anew.
        particulars = replace(self.source.particulars, languages=(), submission=None, typed=False)
        return Version(self.statement, self.source.summary, particulars)

    @property
    def official_names(self) -> tuple[OfficialName, ...]:
        """What signatories call themselves in other languages, late ones by their number after the list."""
        numbers = (each.signed for each in self.statement.signatories if each.is_late)
        late = zip(numbers, (each for each in self.source.late if not each.withheld), strict=True)
        return (
            *self.source.official_names,
            *(OfficialName(number, each.name, each.official, "") for number, each in late if each.official),
        )

    def waivers(self, edition: str, language: str) -> tuple[Waiver, ...]:
        """Findings of the preflight that are taken as they are in such a file."""
        return tuple(waiver for waiver in self.source.waivers if waiver.is_for(edition, language))


def on_paper(prepared: Prepared, paper: str | None) -> Prepared:
    """The statement on "a4" or "letter" instead of what it says itself; None leaves it."""
    source = prepared.source
    if paper is None or source.particulars is None:
        return prepared
    return replace(prepared, source=replace(source, particulars=replace(source.particulars, paper=paper)))


def languages_of(source: Source, asked: Sequence[str]) -> list[str]:
    """The languages to build a statement in.

    Raises:
        CallError: The folder has no statement.toml, or there is no pack or no translation for a language.
    """
    if source.particulars is None:
        raise CallError(f"{source.path}: a brief needs a statement.toml.", "See README.md, “A new statement”.")
    tags = [load_language(tag).tag for tag in asked or source.particulars.languages]
    for tag in tags:
        if tag != source.language and not catalogue_path(source, tag).is_file():
            raise CallError(
                f"{source.path.parent}: there is no translation into {tag}.",
                f"Begin one with `handbill translate {source.name} {tag}`, or build others with -l.",
            )
    return tags


def catalogue_path(source: Source, tag: str) -> Path:
    """Where a statement has its translation into a language."""
    return source.path.parent / f"{tag}.po"
