"""Lines that are on the page but not in the text: folios, running headers, titles read upside down.

In: the lines, a position, the evidence. Out: None where the line belongs to the text, else what it is. Each rule
looks at one line at a time; file order is asking order.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from handbill.clean.evidence import HEAD_LINES, TERMINAL, Evidence, letters_of
from handbill.clean.rotated import decode
from handbill.model import Gap, Line
from handbill.numbering import is_sentence

_FOLIO = re.compile(
    r"[-–—\s]*(?:(?:page|p\.|página|pág\.|стр\.|seite)\s*)?\d{1,4}(?:\s*(?:/|of|sur|de|von|из)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)

_ADDRESS = re.compile(
    r"\b(?:P\.?\s?O\.?\s?Box|B\.?P\.|C\.?P\.|Apartado|Apdo|Postfach|Street|Lane|Road|Avenue|Av\.|Rue|Calle|Plaza|Rua|Straße"
    r"|Strasse|Jalan|Via|Tel|Tél|Fax|www)\b|@|https?:",
    re.IGNORECASE,
)
"""Words of an address, in languages of the Latin script."""

_REFERENCE = re.compile(
    r"(?:(?:our|your|n|v)[./ ]?)?r[eé]f(?:erence|[eé]rence|erencia)?[.:]\s*\S*\d\S*", re.IGNORECASE
)
_NUMBER = re.compile(r"\(?(\d{1,4})[.,:;)]?")


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


def letterhead(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A line of addresses or a file number at the head of the first page belongs to the letter paper."""
    if not _is_in_head(lines, position):
        return None
    text = lines[position].text
    parted = re.search(r"\s[^\w\s]\s", text) and any(char.isdigit() for char in text)
    is_address = parted and _ADDRESS.search(text) and not TERMINAL.search(text)
    return Furniture() if is_address or _REFERENCE.fullmatch(text) else None


def folio(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A page number on a line of its own belongs to the paper, not to the text."""
    line = lines[position]
    if not _FOLIO.fullmatch(line.text):
        return None
    if _counts_on(lines, position):
        return None
    after = lines[position + 1].gap if position + 1 < len(lines) else Gap.PAGE
    return Furniture() if line.gap is not Gap.NONE or after is not Gap.NONE else None


def _counts_on(lines: Sequence[Line], position: int) -> bool:
    """Whether a number is one of a column: the numbers of a list, read apart from their names."""
    number = _NUMBER.fullmatch(lines[position].text)
    for step in (-1, 1):
        if number and 0 <= position + step < len(lines):
            other = _NUMBER.fullmatch(lines[position + step].text)
            if other and 1 <= (int(other[1]) - int(number[1])) * step <= 2:
                return True
    return False


def running_header(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A line that stands by itself and comes again on other pages is a running header or footer."""
    text = lines[position].text
    if len(text) < 8 or re.match(r"\(?\d+[.)]\s", text):
        return None
    letters = letters_of(text)
    same = letters in evidence.recurring and not _heads_text(lines, position)
    nearly = letters in evidence.alike and not _may_be_title(lines, position)
    return Furniture(title=text) if same or nearly else None


def _heads_text(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is the only one above the text, and so its title, which the headers repeat."""
    return position == 0 and len(lines) > 1 and is_sentence(lines[1].text)


def _may_be_title(lines: Sequence[Line], position: int) -> bool:
    """Whether a line stands in the head of the first page, and its words do not come again there."""
    if not _is_in_head(lines, position):
        return False
    page = takewhile(lambda line: line.gap is not Gap.PAGE, lines[position + 1 : HEAD_LINES])
    head = "".join(letters_of(line.text) for line in page)
    return letters_of(lines[position].text) not in head


def _is_in_head(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is one of the first on the first page."""
    return position < HEAD_LINES and all(line.gap is not Gap.PAGE for line in lines[1 : position + 1])


def rotated_line(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """The scanner read this line upside down; it is a running title in the margin, not a line of the text."""
    reading = decode(lines[position].text, evidence.printed_words)
    return Furniture(title=reading.text, confidence=reading.confidence) if reading else None


FURNITURE_RULES: tuple[FurnitureRule, ...] = (letterhead, folio, rotated_line, running_header)
"""In this order."""
