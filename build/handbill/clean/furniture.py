"""Lines that are on the page but not in the text: folios, running headers, titles read upside down.

In: the lines, a position, the evidence. Out: None where the line belongs to the text, else what it is. Each rule
looks at one line at a time; file order is asking order.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handbill.clean.evidence import Evidence, letters_of
from handbill.clean.rotated import decode
from handbill.model import Gap, Line

_FOLIO = re.compile(
    r"[-–—\s]*(?:(?:page|p\.|página|pág\.|стр\.|seite)\s*)?\d{1,4}(?:\s*(?:/|of|sur|de|von|из)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a line that does not belong to the text is.

    Attributes:
        title: What it reads, where it is the title of the statement; else empty.
        confidence: How sure that is, from 0.5 to 1.
    """

    title: str = ""
    confidence: float = 1.0


FurnitureRule = Callable[[Sequence[Line], int, Evidence], Furniture | None]
"""Says what a line is, or None where it belongs to the text."""


def folio(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A page number on a line of its own belongs to the paper, not to the text."""
    line = lines[position]
    if not _FOLIO.fullmatch(line.text):
        return None
    after = lines[position + 1].gap if position + 1 < len(lines) else Gap.PAGE
    return Furniture() if line.gap is not Gap.NONE or after is not Gap.NONE else None


def running_header(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A line that stands by itself and comes again on other pages is a running header or footer."""
    text = lines[position].text
    if position == 0 or len(text) < 8 or re.match(r"\(?\d+[.)]\s", text):
        return None
    return Furniture(title=text) if letters_of(text) in evidence.recurring else None


def rotated_line(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """The scanner read this line upside down; it is a running title in the margin, not a line of the text."""
    reading = decode(lines[position].text, evidence.printed_words)
    return Furniture(title=reading.text, confidence=reading.confidence) if reading else None


FURNITURE_RULES: tuple[FurnitureRule, ...] = (folio, running_header, rotated_line)
"""In this order."""
