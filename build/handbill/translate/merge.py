"""Merging: a catalogue is brought in step with the text.

In: the messages of today, the catalogue as it was. Out: a catalogue with every message once, in order. A
translation whose source is unchanged is kept, wherever it stands now; one whose source has changed is kept as stale
with the former source beside it; one that has no source any more is set aside, never lost.
"""

import difflib
from collections.abc import Sequence
from dataclasses import replace

from handbill.model import Message
from handbill.translate.catalogue import Catalogue, Entry

ALIKE = 0.6
"""Likeness (difflib ratio, by words) from which a former text counts as an earlier wording of the same."""


def merge(messages: Sequence[Message], catalogue: Catalogue) -> Catalogue:
    """The catalogue for today's messages."""
    former = {entry.id: entry for entry in (*catalogue.dropped, *catalogue.entries) if entry.text}
    kept: dict[str, Entry] = {}
    for message in messages:
        if message.given:
            kept[message.id] = _entry(message, message.given)
            former.pop(message.id, None)
    _keep_same(messages, former, kept)
    _keep_alike(messages, former, kept)
    entries = tuple(kept.get(message.id) or _entry(message, "") for message in messages)
    dropped = tuple(replace(entry, note="", stale=False, previous="") for entry in former.values())
    return replace(catalogue, entries=entries, dropped=dropped)


def _keep_same(messages: Sequence[Message], former: dict[str, Entry], kept: dict[str, Entry]) -> None:
    """Keep what was translated from the same words: under the same id, or under another if text was moved."""
    for message in messages:
        own = former.get(message.id)
        if message.id not in kept and own and own.source == message.text:
            kept[message.id] = _entry(message, own.text, own, stale=own.stale, previous=own.previous)
            del former[message.id]
    for message in messages:
        twin = next((entry for entry in former.values() if entry.source == message.text), None)
        if message.id not in kept and twin:
            kept[message.id] = _entry(message, twin.text, twin, stale=twin.stale, previous=twin.previous)
            del former[twin.id]


def _keep_alike(messages: Sequence[Message], former: dict[str, Entry], kept: dict[str, Entry]) -> None:
    """Keep, as stale, what was translated from earlier words of the same text."""
    for message in messages:
        if message.id in kept:
            continue
        ranked = sorted(
            former.values(), key=lambda entry: (_likeness(entry, message), entry.id == message.id), reverse=True
        )
        if ranked and (_likeness(ranked[0], message) >= ALIKE):
            found = ranked[0]
            previous = found.previous if found.stale and found.previous else found.source
            kept[message.id] = _entry(message, found.text, found, stale=True, previous=previous)
            del former[found.id]


def _likeness(entry: Entry, message: Message) -> float:
    if entry.id.rstrip("0123456789") != message.id.rstrip("0123456789"):
        return 0.0
    return difflib.SequenceMatcher(None, entry.source.split(), message.text.split(), autojunk=False).ratio()


def _entry(
    message: Message, text: str, former: Entry | None = None, *, stale: bool = False, previous: str = ""
) -> Entry:
    note = f"{message.note} At most {message.room} characters." if message.room else message.note
    remark = former.remark if former else ""
    return Entry(message.id, message.text, text, stale and bool(text), previous if stale else "", note, remark)
