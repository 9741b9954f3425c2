"""A small statement, and its translation into French."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handbill.model import (
    Block,
    DemandGroup,
    Expected,
    Figure,
    Kind,
    Message,
    OfficialName,
    Particulars,
    Session,
    Signatory,
    Statement,
    Summary,
    SummaryItem,
    Version,
)
from handbill.translate import Catalogue, merge, messages

BLOCKS = (
    Block("h1", Kind.HEADING, "What happened", (3, 3)),
    Block("p1", Kind.PARAGRAPH, "More than 6,000 people fled on 1 February 2021.", (5, 6)),
    Block("p2", Kind.PARAGRAPH, "The Council must act now, as resolution A/HRC/RES/55/20 asks.", (8, 9)),
)
NAMES = (Signatory(1, "Peace Network", (12, 12)), Signatory(2, "Odhikar", (13, 13)))
FRENCH = {
    "title": "Il est temps d’agir",
    "session": "58e session du Conseil des droits de l’homme",
    "summary.standfirst": "Le Conseil doit agir maintenant.",
    "summary.figure1.lead": "plus de",
    "summary.figure1.value": "6\u202f000",
    "summary.figure1.label": "personnes ont fui",
    "summary.demands1.addressee": "Au Conseil",
    "summary.demands1.item1": "Agir maintenant.",
    "h1": "Ce qui s’est passé",
    "p1": "Plus de 6\u202f000 personnes ont fui le 1er février 2021.",
    "p2": "Le Conseil doit agir maintenant, comme le demande la résolution A/HRC/RES/55/20.",
}


ORIGINAL = Version(
    Statement("small", "Time to act", "en", BLOCKS, NAMES),
    Summary(
        standfirst=SummaryItem("The Council must act now.", "p2"),
        figures=(Figure("more than", "6,000", "people fled", "p1"),),
        demands=(DemandGroup("The Council", (SummaryItem("Act now.", "p2"),)),),
        verbatim=False,
    ),
    Particulars(
        title="Time to act",
        language="en",
        published=date(2025, 1, 31),
        online="https://example.org/",
        session=Session("58th session of the Human Rights Council", date(2025, 2, 24), date(2025, 4, 4)),
        languages=("en", "fr"),
        paper="a4",
        accent="#7a1f2b",
        keywords=(),
        expected=Expected(),
        approved_text=None,
    ),
)


def texts_of(version: Version, names: Sequence[OfficialName] = (), tag: str = "fr") -> tuple[Message, ...]:
    """Its messages."""
    return messages(version.statement, version.summary, version.particulars, names, tag)


TEXTS = texts_of(ORIGINAL)


def translated(words: Mapping[str, str], tag: str = "fr") -> Catalogue:
    """A catalogue with these translations."""
    empty = merge(TEXTS, Catalogue(tag, ()))
    entries = tuple(replace(entry, text=words.get(entry.id, entry.text)) for entry in empty.entries)
    return replace(empty, entries=entries)


def with_text(block_id: str, text: str) -> Version:
    """The statement with other words in one block."""
    statement = ORIGINAL.statement
    blocks = tuple(replace(block, text=text) if block.id == block_id else block for block in statement.blocks)
    return replace(ORIGINAL, statement=replace(statement, blocks=blocks))
