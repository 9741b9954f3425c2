"""Translating: a statement and a catalogue become the statement's version in another language.

In: the original version, its messages, a `Catalogue`. Out: a `Version`, and a `Coverage` that names every message
that is missing or was made from other words. What is missing keeps the words of the source, so that a draft can be
read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handbill.model import Block, Figure, Message, Signatory, Summary, SummaryItem, Version
from handbill.translate.catalogue import Catalogue, holding, purged, read_catalogue, write_catalogue
from handbill.translate.merge import merge
from handbill.translate.messages import messages
from handbill.translate.parity import check_parity
from handbill.translate.xliff import read_xliff, write_xliff

__all__ = [
    "Catalogue",
    "Coverage",
    "check_parity",
    "holding",
    "merge",
    "messages",
    "purged",
    "read_catalogue",
    "read_xliff",
    "translate",
    "write_catalogue",
    "write_xliff",
]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a statement a catalogue translates; names are not counted, they are not translated.

    Attributes:
        total: Number of messages.
        missing: Ids of those that have no translation.
        stale: Ids of those whose source has changed since.
    """

    total: int
    missing: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing or stale."""
        return not self.missing and not self.stale

    def __str__(self) -> str:
        """One line: "52 of 54 messages; stale: p3; missing: p9"."""
        parts = [f"{self.total - len(self.missing) - len(self.stale)} of {self.total} messages"]
        parts += [
            f"{word}: {', '.join(ids)}" for word, ids in (("stale", self.stale), ("missing", self.missing)) if ids
        ]
        return "; ".join(parts)


def translate(original: Version, texts: Sequence[Message], catalogue: Catalogue) -> tuple[Version, Coverage]:
    """The statement in the catalogue's language, and how much of it is translated."""
    entries = {entry.id: entry for entry in catalogue.entries}
    to_translate = [message for message in texts if not message.given]
    missing, stale, words = [], [], {}
    for message in to_translate:
        entry = entries.get(message.id)
        if entry is None or not entry.text.strip():
            missing.append(message.id)
            continue
        words[message.id] = entry.text
        if entry.stale or entry.source != message.text:
            stale.append(message.id)
    given = {message.id: message.given for message in texts if message.given}
    version = _in_words(original, words, given, catalogue)
    return version, Coverage(len(to_translate), tuple(missing), tuple(stale))


def _in_words(
    original: Version, words: Mapping[str, str], given: Mapping[str, str], catalogue: Catalogue
) -> Version:
    statement, particulars = original.statement, original.particulars
    session, oral = particulars.session, particulars.oral
    source = statement.language

    def block(each: Block) -> Block:
        if each.id in words:
            return replace(each, text=words[each.id])
        return replace(each, foreign=source)

    def signatory(each: Signatory) -> Signatory:
        name = given.get(f"name{each.number}", each.name)
        return replace(each, name=name, foreign=source if name == each.name else "")

    return replace(
        original,
        statement=replace(
            statement,
            title=words.get("title", statement.title),
            language=catalogue.language,
            blocks=tuple(map(block, statement.blocks)),
            names_heading=None,  # the language has a label for it
            signatories=tuple(map(signatory, statement.signatories)),
        ),
        summary=_summary(original.summary, words) if original.summary else None,
        particulars=replace(
            particulars,
            session=replace(session, name=words.get("session", session.name)) if session else None,
            oral=replace(
                oral,
                opening=words.get("oral.opening", oral.opening),
                closing=words.get("oral.closing", oral.closing),
            )
            if oral
            else None,
            listing=replace(
                particulars.listing,
                kinds={kind: words.get(f"kind.{kind}", name) for kind, name in particulars.listing.kinds.items()},
            ),
        ),
        status=catalogue.status,
        reviewed=catalogue.reviewed,
    )


def _summary(summary: Summary, words: Mapping[str, str]) -> Summary:
    def item(name: str, each: SummaryItem) -> SummaryItem:
        return replace(each, text=words.get(f"summary.{name}", each.text))

    def part(number: int, name: str, text: str) -> str:
        return words.get(f"summary.figure{number}.{name}", text)

    return replace(
        summary,
        standfirst=item("standfirst", summary.standfirst),
        figures=tuple(
            Figure(part(n, "lead", f.lead), part(n, "value", f.value), part(n, "label", f.label), f.source)
            for n, f in enumerate(summary.figures, 1)
        ),
        demands=tuple(
            replace(
                group,
                addressee=words.get(f"summary.demands{n}.addressee", group.addressee),
                items=tuple(item(f"demands{n}.item{place}", each) for place, each in enumerate(group.items, 1)),
            )
            for n, group in enumerate(summary.demands, 1)
        ),
    )
