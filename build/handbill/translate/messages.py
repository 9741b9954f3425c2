"""Messages: what of a statement is to be translated.

In: a statement, its summary, its particulars, the official names of its signatories. Out: one `Message` for each
text in the order of the page, with what a translator must know. The ids are those of the blocks and of
`summary.toml`.
"""

from collections.abc import Iterator, Sequence

from handbill.model import Block, Kind, Message, OfficialName, Particulars, Statement, Summary

ROOM = 1.3
"""The summary is one page: a translation may take so much more room than the source, in characters."""

_BRACKETS = "Words in square brackets are the editor's and stay in brackets."
_KIND = {
    Kind.PARAGRAPH: "Paragraph {} of the text.",
    Kind.HEADING: "Heading.",
    Kind.ITEM: "Item of a list.",
    Kind.NOTE: "Note {}; its mark is printed before it, and stands in your text where it is called.",
}


def messages(
    statement: Statement,
    summary: Summary | None,
    particulars: Particulars,
    official_names: Sequence[OfficialName],
    tag: str,
) -> tuple[Message, ...]:
    """Everything there is to translate into the language of this tag."""
    return (
        *_particulars(statement, particulars),
        *(_summary(summary) if summary else ()),
        *(_block(block) for block in statement.blocks),
        *_names(statement, official_names, tag),
    )


def _particulars(statement: Statement, particulars: Particulars) -> Iterator[Message]:
    place = "statement.toml"
    yield Message(
        "title",
        statement.title,
        place,
        "The title, on the first page and at the head of each.",
        _room(statement.title),
    )
    if particulars.session:
        yield Message(
            "session",
            particulars.session.name,
            place,
            "Official name of the session; its dates are added by themselves.",
        )
    if particulars.listing.group == "kind":
        for kind, heading in particulars.listing.kinds.items():
            yield Message(
                f"kind.{kind}",
                heading,
                place,
                "Heading over the names of organisations of one kind.",
                _room(heading),
            )

    for name in ("opening", "closing"):
        if particulars.oral and (text := getattr(particulars.oral, name)):
            yield Message(f"oral.{name}", text, place, "Said aloud, around the statement; on the speaker's card.")


def _summary(summary: Summary) -> Iterator[Message]:
    def item(name: str, text: str, source: str, note: str) -> Message:
        notes = [note, f"Use the words of your translation of {source}."]
        notes += [_BRACKETS] if "[" in text else []
        return Message(f"summary.{name}", text, "summary.toml", " ".join(notes), _room(text))

    yield item(
        "standfirst", summary.standfirst.text, summary.standfirst.source, "Opening sentence of the summary page."
    )
    for number, figure in enumerate(summary.figures, 1):
        parts = {"lead": figure.lead, "value": figure.value, "label": figure.label}
        whole = " / ".join(filter(None, parts.values()))
        for part, text in parts.items():
            if text:
                note = f"Part of a figure, printed as three lines that read on: {whole}."
                yield item(f"figure{number}.{part}", text, figure.source, note)
    for number, group in enumerate(summary.demands, 1):
        yield Message(
            f"summary.demands{number}.addressee",
            group.addressee,
            "summary.toml",
            "Heading over the demands on this addressee.",
            _room(group.addressee),
        )
        for place, demand in enumerate(group.items, 1):
            yield item(f"demands{number}.item{place}", demand.text, demand.source, f"Demand on: {group.addressee}.")


def _block(block: Block) -> Message:
    return Message(
        block.id,
        block.text,
        f"source.txt, line {block.lines[0]}",
        _KIND[block.kind].format(block.marker or block.id[1:]),
    )


def _names(statement: Statement, official_names: Sequence[OfficialName], tag: str) -> Iterator[Message]:
    """The names: not to be translated, but shown, so that the file holds all that is printed."""
    official = {each.number: each.names.get(tag, "") for each in official_names}
    note = "A name: printed as it was signed. An official name in your language goes into signatories.toml."
    for signatory in statement.signatories:
        given = official.get(signatory.signed) or signatory.name
        yield Message(f"name{signatory.number}", signatory.name, signatory.place, note, given=given)


def _room(text: str) -> int:
    return max(12, round(len(text) * ROOM))
