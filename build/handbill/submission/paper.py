"""The paper: a version as a written statement, before it is a file.

In: a version, its sponsors, the words around it. Out: a `Paper`: lines at its head, title, paragraphs, and the
notes in the places where they are called. A note of the text is a paragraph that begins with a raised figure; it
belongs to the last place before it that has this figure after a word or a stop.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handbill.model import Block, Consultative, Kind, Version
from handbill.numbering import CALL, NOTE
from handbill.submission.conventions import Labels
from handbill.submission.sponsors import STATUSES, Sponsor, Sponsors


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, where it is called."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text.

    Attributes:
        id: Its id in the statement.
        kind: What it is.
        marker: The number or bullet of an item, else "".
        parts: Its words, and the notes between them.
    """

    id: str
    kind: Kind
    marker: str
    parts: tuple[str | Note, ...]

    @property
    def words(self) -> str:
        """What stands in its lines."""
        text = "".join(part for part in self.parts if isinstance(part, str))
        return f"{self.marker} {text}" if self.marker else text

    @property
    def notes(self) -> tuple[Note, ...]:
        """Its footnotes."""
        return tuple(part for part in self.parts if isinstance(part, Note))


@dataclass(frozen=True, slots=True)
class Paper:
    """A written statement.

    Attributes:
        language: BCP 47 tag.
        stamp: What a draft says at the head of every page; empty for a final one.
        head: Lines above the title: the session, the agenda item, who submits it and sponsors it.
        title: The title with its note.
        paragraphs: The text.
        uncalled: Ids of paragraphs that begin as a note does, and no place calls them: they stay where they are.
    """

    language: str
    stamp: str
    head: tuple[str, ...]
    title: Paragraph
    paragraphs: tuple[Paragraph, ...]
    uncalled: tuple[str, ...] = ()

    def with_head(self, *lines: str) -> "Paper":
        """The same with more lines at its head."""
        return replace(self, head=(*self.head, *lines))


def lay_down(version: Version, session: str, sponsors: Sponsors, labels: Labels, stamp: str = "") -> Paper:
    """The paper of a version.

    Args:
        version: The statement in the language of the paper.
        session: The session with its dates; empty where it is not said.
        sponsors: Its organisations.
        labels: The words around it.
        stamp: What a draft says at the head of every page.
    """
    statement = version.statement
    paragraphs, uncalled = _with_notes(statement.blocks)
    shared = _shared(sponsors.without, labels)
    title = Paragraph("title", Kind.HEADING, "", (statement.title, *([Note(shared)] if shared else [])))
    item = version.particulars.session.agenda_item if version.particulars.session else None
    head = (
        session or labels.missing,
        labels.agenda_item.format(number=item or labels.missing),
        *_sponsored(sponsors, labels),
    )
    return Paper(statement.language, stamp, head, title, paragraphs, uncalled)


def _sponsored(sponsors: Sponsors, labels: Labels) -> Iterator[str]:
    """Who submits it and who sponsors it, a line for each status."""
    known = {Consultative.GENERAL: labels.general, Consultative.SPECIAL: labels.special}
    known[Consultative.ROSTER] = labels.roster
    submitter = sponsors.submitter
    status = known.get(submitter.status, labels.unknown) if submitter and submitter.status else labels.unknown
    yield f"{labels.submitted_by}: {f'{submitter.name} ({status})' if submitter else labels.missing}"
    for each in STATUSES:
        if sponsors.co_sponsors[each]:
            yield f"{labels.co_sponsors} ({known[each]}): {_names(sponsors.co_sponsors[each], '; ')}"
    if sponsors.unknown:
        yield f"{labels.co_sponsors} ({labels.unknown}): {_names(sponsors.unknown, '; ')}"


def _shared(without: Sequence[Sponsor], labels: Labels) -> str:
    """What the note to the title says of organisations without status; empty where there is none."""
    if not without:
        return ""
    return (labels.shares if len(without) == 1 else labels.share).format(names=_names(without, ", "))


def _names(sponsors: Sequence[Sponsor], between: str) -> str:
    return between.join(each.name for each in sponsors)


def _with_notes(blocks: Sequence[Block]) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """The text with every note where it is called, and the ids of notes that no place calls."""
    texts: list[tuple[Block, dict[tuple[int, int], Note]]] = []
    uncalled: list[str] = []
    for block in blocks:
        mark, words = _note(block)
        call = next(_open_calls(texts, mark), None) if mark else None
        if call:
            place, span = call
            texts[place][1][span] = Note(words)
            continue
        uncalled += [block.id] if mark else []
        texts.append((block, {}))
    return tuple(_paragraph(block, notes) for block, notes in texts), tuple(uncalled)


def _note(block: Block) -> tuple[str, str]:
    """The mark and the words of a note, and of a paragraph that begins as one does; else no mark."""
    if block.kind is Kind.NOTE:
        return block.marker, block.text
    match = NOTE.fullmatch(block.text) if block.kind is Kind.PARAGRAPH else None
    return (match["mark"], match["text"]) if match else ("", "")


def _open_calls(
    texts: Sequence[tuple[Block, dict[tuple[int, int], Note]]], mark: str
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Places that have the mark of a note and no note yet, the last one first."""
    for place, (block, notes) in reversed(list(enumerate(texts))):
        for match in reversed(list(CALL.finditer(block.text))):
            if match["mark"] == mark and match.span() not in notes:
                yield place, match.span()


def _paragraph(block: Block, notes: dict[tuple[int, int], Note]) -> Paragraph:
    parts: list[str | Note] = []
    at = 0
    for (start, stop), note in sorted(notes.items(), key=lambda each: each[0]):
        parts += [block.text[at:start], note]
        at = stop
    parts.append(block.text[at:])
    return Paragraph(block.id, block.kind, block.marker, tuple(part for part in parts if part))
