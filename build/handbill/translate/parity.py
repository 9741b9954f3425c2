"""Parity: every language says the same.

In: the messages, a catalogue, both languages. Out: findings that name both places: a number, a month or a document
symbol that one of them lacks; a name that is not the one signed; a text that its script forbids.
"""

from collections.abc import Iterator, Sequence

from handbill.facts import facts
from handbill.languages import Language
from handbill.model import Finding, Message
from handbill.translate.catalogue import Catalogue, Entry
from handbill.translate.lint import lint


def check_parity(
    messages: Sequence[Message], catalogue: Catalogue, source: Language, target: Language
) -> list[Finding]:
    """What the translation does not share with the source, and what is wrong with its own text."""
    by_id = {entry.id: entry for entry in catalogue.entries}
    found: list[Finding] = []
    for message in messages:
        entry = by_id.get(message.id)
        if entry is None or not entry.text.strip():
            continue
        where = f"{catalogue.language}.po, line {entry.line} ({message.id})"
        if message.given:
            found.extend(_name(message, entry, where))
            continue
        found.extend(Finding("lint", f"{where}: {fault}") for fault in lint(entry.text, target))
        if entry.source == message.text and not entry.stale:
            found.extend(_facts(message, entry, where, source, target))
    return found


def _name(message: Message, entry: Entry, where: str) -> Iterator[Finding]:
    if entry.text != message.given:
        yield Finding(
            "parity-name",
            f"{where} has “{entry.text}”; {message.place} has “{message.text}”. Names are printed as signed: "
            "restore it, or give the official name in signatories.toml.",
        )


def _facts(message: Message, entry: Entry, where: str, source: Language, target: Language) -> Iterator[Finding]:
    wanted, stated = facts(message.text, source), facts(entry.text, target)
    lost, added = wanted - stated, stated - wanted
    if lost or added:
        parts = [f"lacks {_listed(list(lost.elements()))}"] if lost else []
        parts += [f"has {_listed(list(added.elements()))} in excess"] if added else []
        yield Finding("parity-facts", f"{where} {' and '.join(parts)}, beside {message.place}.")


def _listed(facts: Sequence[str]) -> str:
    return ", ".join(sorted(facts))
