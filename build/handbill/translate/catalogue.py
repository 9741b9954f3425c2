"""Catalogues: a translation as a PO file.

In: the bytes of `<tag>.po`. Out: a `Catalogue`, and bytes again. polib reads and writes the format, because Babel
2.18 drops the previous msgid and every header it does not know, and writes the time of day into the file.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polib

from handbill.errors import CallError
from handbill.files import read_utf8
from handbill.model import Status
from handbill.redaction import Redaction

LARGEST = 4_194_304
"""Bytes of the largest catalogue."""

_UNREVIEWED, _REVIEWED = "unreviewed", "reviewed"
_STATUS, _REVIEWER, _DATE, _TEXT = (f"X-Handbill-{name}" for name in ("Status", "Reviewer", "Reviewed", "Text"))
_COMMENT = (
    "Unofficial translation. X-Handbill-Status says whether it has been reviewed.\n"
    "`handbill translate` keeps this file in step with the text; a message marked fuzzy holds a former translation."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message and its translation.

    Attributes:
        id: The message's id (msgctxt).
        source: What was translated (msgid).
        text: The translation (msgstr); empty if there is none.
        stale: Whether the source has changed since (fuzzy).
        previous: The former source, where it has.
        note: For the translator.
        remark: The translator's own comment.
        line: Line of the file, counted from 1; 0 for an entry that was not read from one.
    """

    id: str
    source: str
    text: str
    stale: bool = False
    previous: str = ""
    note: str = ""
    remark: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A translation into one language.

    Attributes:
        language: BCP 47 tag.
        entries: The messages in the order of the page.
        dropped: Translations of messages that are no longer there, kept for the translator.
        header: The file's other header fields.
    """

    language: str
    entries: tuple[Entry, ...]
    dropped: tuple[Entry, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)

    def entry(self, message_id: str) -> Entry | None:
        """The entry of this id, or None."""
        return next((entry for entry in self.entries if entry.id == message_id), None)

    def fingerprint(self) -> str:
        """Sha256 (hex) of all translations: what a review is given for."""
        words = "\n".join(f"{entry.id}\t{entry.text}" for entry in self.entries)
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def status(self) -> Status:
        """Reviewed only as long as the words are those that were reviewed."""
        whole = self.header.get(_TEXT) == self.fingerprint() and self.reviewed and self.header.get(_REVIEWER)
        return Status.REVIEWED if self.header.get(_STATUS) == _REVIEWED and whole else Status.UNREVIEWED

    @property
    def lost_its_review(self) -> bool:
        """Whether it says it was reviewed, but its words have changed since, or reviewer or date are missing."""
        return self.header.get(_STATUS) == _REVIEWED and self.status is Status.UNREVIEWED

    @property
    def reviewed(self) -> date | None:
        """The day of the review."""
        try:
            return date.fromisoformat(self.header.get(_DATE, ""))
        except ValueError:
            return None

    def signed_off(self, reviewer: str, day: date) -> "Catalogue":
        """The same catalogue as one that a reviewer has approved word for word."""
        approval = {_STATUS: _REVIEWED, _REVIEWER: reviewer, _DATE: day.isoformat(), _TEXT: self.fingerprint()}
        return replace(self, header={**self.header, **approval})


def holding(catalogue: Catalogue, redaction: Redaction) -> tuple[str, ...]:
    """What of a catalogue holds a withheld name: ids of messages, "header"."""
    held = [each.id for each in (*catalogue.entries, *catalogue.dropped) if redaction.holds(_words_of(each))]
    held += ["header"] if redaction.holds("\n".join(catalogue.header.values())) else []
    return tuple(dict.fromkeys(held))


def purged(catalogue: Catalogue, redaction: Redaction) -> Catalogue:
    """The catalogue without the names: blacked out of what it keeps, with the names set aside left out.

    A translation that held one is stale: a person must look at it. So is the hash of a review, from which a name
    that is gone from the words can be guessed.
    """
    entries = tuple(_blacked(entry, redaction) for entry in catalogue.entries)
    kept = (entry for entry in catalogue.dropped if not (_is_name(entry) and redaction.holds(_words_of(entry))))
    header = {key: redaction.text(value) for key, value in catalogue.header.items()}
    made = replace(
        catalogue, entries=entries, dropped=tuple(_blacked(each, redaction) for each in kept), header=header
    )
    return made if made.status is Status.REVIEWED else replace(made, header={**header, _TEXT: ""})


def _blacked(entry: Entry, redaction: Redaction) -> Entry:
    text = redaction.text(entry.text)
    return replace(
        entry,
        source=redaction.text(entry.source),
        text=text,
        stale=entry.stale or text != entry.text,
        previous=redaction.text(entry.previous),
        remark=redaction.text(entry.remark),
    )


def _words_of(entry: Entry) -> str:
    return "\n\n".join((entry.id, entry.source, entry.text, entry.previous, entry.note, entry.remark))


def _is_name(entry: Entry) -> bool:
    return entry.id.startswith("name")


def read_catalogue(path: Path, tag: str) -> Catalogue:
    """Read a PO file.

    Raises:
        CallError: It is missing, is no PO file, is for another language, or has a message twice.
    """
    text = read_utf8(path, LARGEST).replace("\r\n", "\n")
    _refuse_broken_lines(path, text)
    try:
        file = polib.pofile(text)
    except OSError as error:
        place = re.search(r"\(line (\d+)\)", str(error))
        raise _not_po(path, int(place[1]) if place else 1) from None
    language = file.metadata.get("Language", tag).replace("_", "-")
    if language != tag:
        raise CallError(
            f'{path}: the header says the language is "{language}".', f'Write "Language: {tag}" into the header.'
        )
    entries = tuple(_entry(each) for each in file if not each.obsolete)
    _refuse_twins(path, entries)
    return Catalogue(tag, entries, tuple(_entry(each) for each in file.obsolete_entries()), dict(file.metadata))


_LINE = re.compile(r'\s*|#(?!~).*|(?:#~ *)?(?:(?:msgctxt|msgid|msgstr) +)?"(?:[^"\\]|\\.)*"\s*|(?:#~ *)?#?\|.*')


def _refuse_broken_lines(path: Path, text: str) -> None:
    """Refuse a line that is no comment and no quoted text: polib drops such words without a word."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(line):
            raise _not_po(path, number)


def _not_po(path: Path, line: int) -> CallError:
    return CallError(f"{path}, line {line}: not a line of a PO file.", "Mend it, or save it with a PO editor.")


def _entry(entry: polib.POEntry) -> Entry:
    return Entry(
        id=entry.msgctxt or "",
        source=entry.msgid,
        text=entry.msgstr,
        stale=entry.fuzzy,
        previous=entry.previous_msgid or "",
        note=entry.comment,
        remark=entry.tcomment,
        line=entry.linenum or 0,
    )


def _refuse_twins(path: Path, entries: Iterable[Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        if not entry.id:
            raise CallError(
                f"{path}, line {entry.line}: the message has no msgctxt.",
                "Run `handbill translate`, which writes the messages, and put the translation there.",
            )
        if entry.id in first:
            raise CallError(
                f"{path}, line {entry.line}: {entry.id} is there twice (before on line {first[entry.id]}).",
                "Keep one of them.",
            )
        first[entry.id] = entry.line


def write_catalogue(catalogue: Catalogue, name: str) -> bytes:
    """The PO file of a catalogue; the same bytes for the same catalogue.

    Args:
        catalogue: What to write.
        name: The statement's name, for the header.
    """
    file = polib.POFile(wrapwidth=100)
    file.header = _COMMENT
    file.metadata = {
        **{key: value for key, value in catalogue.header.items() if not key.startswith("X-Handbill-")},
        "Project-Id-Version": name,
        "Language": catalogue.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _STATUS: _REVIEWED if catalogue.status is Status.REVIEWED else _UNREVIEWED,
        **{key: catalogue.header.get(key, "") for key in (_REVIEWER, _DATE, _TEXT)},
    }
    file.extend(_po_entry(entry) for entry in catalogue.entries)
    file.extend(_po_entry(entry, obsolete=True) for entry in catalogue.dropped)
    return f"{file}\n".encode().replace(b"\n\n\n", b"\n\n")


def _po_entry(entry: Entry, obsolete: bool = False) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=entry.id,
        msgid=entry.source,
        msgstr=entry.text,
        comment="" if obsolete else entry.note,
        tcomment=entry.remark,
        flags=["fuzzy"] if entry.stale else [],
        previous_msgid=entry.previous or None,
        obsolete=obsolete,
    )
