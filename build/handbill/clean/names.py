"""The names of a typed text, each of which is a paragraph.

In: the lines of a text that was typed. Out: the names below the heading that says who signed, numbered in their
order, and what is unclear about them. Nothing is lost or cut there, so nothing is weighed as in a scan
(`listing.py`); asked is only what does not read like a name, and it keeps its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbill.clean.evidence import TERMINAL, Evidence
from handbill.clean.listing import LEAST, ends_list
from handbill.model import Doubt, Line
from handbill.numbering import NUMBERED, RAISED, heads_names, is_sentence, marker, notes

FEW = 1 / 5
"""Share of lines of a list that may read like none of it; more of them are a text."""

FEWEST_OF_SENTENCE = 5
"""Words from which a line that ends with a stop may be one of a text: "Ships and Nets Ltd." is a name."""


@dataclass(frozen=True, slots=True)
class _List:
    """Positions of the names, and of the lines about which it is asked whether they are one, with the question."""

    names: tuple[int, ...] = ()
    asked: tuple[tuple[int, str], ...] = ()


def numbered_names(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """Each paragraph below the heading that says who signed is a name, and is numbered in its order."""
    names = _list(lines, evidence.lexicon.language).names
    return {at: f"{number}. {_bare(lines[at].text)}" for number, at in enumerate(names, 1)}


def about_names(lines: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """What is unclear about the names."""
    for at, reason in _list(lines, evidence.lexicon.language).asked:
        if not evidence.is_settled(lines[at].first, lines[at].last, _bare(lines[at].text)):
            yield Doubt(lines[at].lines, lines[at].text, reason)


def _bare(text: str) -> str:
    """A name without its number or bullet."""
    match = NUMBERED.fullmatch(text)
    return match["text"] if match else marker(text)[1]


def _list(lines: Sequence[Line], language: str) -> _List:
    """The list of names below the last heading that says who signed, if it is one and has no numbers yet."""
    heads = [
        at for at, line in enumerate(lines) if _bare(line.text) == line.text and heads_names(line.text, language)
    ]
    if not heads:
        return _List()
    start = heads[-1]
    noted = notes([line.text for line in lines])
    below = [at for at in range(start + 1, len(lines)) if at not in noted and not RAISED.match(lines[at].text)]
    while below and _ends(lines, below[-1]):
        below.pop()
    odd = [at for at in below if _ends(lines, at)]
    if len(below) < LEAST or len(odd) > FEW * len(below):
        return _List()
    numbered = [bool(NUMBERED.fullmatch(lines[at].text)) for at in below]
    if 2 * sum(numbered) >= len(below):
        first, last = numbered.index(True), len(numbered) - numbered[::-1].index(True)
        apart = [at for at, has in zip(below[first:last], numbered[first:last], strict=True) if not has]
        return _List(
            (), tuple((at, "It stands in a list with numbers and has none. Is it a name?") for at in apart)
        )
    reason = "It stands among the names and reads like no name. Is it one?"
    asked = [(at, reason) for at in odd]
    if heads[:-1] and not any(_ends(lines, at) for at in range(heads[-2], start)):
        reason = "Is it a heading, or a name of the list above it? Then put its number before it."
        asked.append((start, reason))
    reason = "It stands below the names. Is it the last of them? Then put its number before it."
    asked += [(at, reason) for at in range(below[-1] + 1, len(lines)) if _may_be_name(lines[at].text)]
    return _List(tuple(below), tuple(asked))


def _ends(lines: Sequence[Line], position: int) -> bool:
    """Whether a line without a number is about the list, or of a text, and no name."""
    text = lines[position].text
    if NUMBERED.fullmatch(text):
        return False
    ended = text[-1] in ";:,!?" or (TERMINAL.search(text) is not None and len(text.split()) >= FEWEST_OF_SENTENCE)
    return ended or ends_list(lines, position)


def _may_be_name(text: str) -> bool:
    """Whether a line is taken for a sentence by its words alone: a long name reads like one."""
    return is_sentence(text) and not TERMINAL.search(text) and "@" not in text and "://" not in text
