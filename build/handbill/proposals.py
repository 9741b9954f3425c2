"""Ready-made corrections: for each doubt the entry of corrections.toml that would settle it.

In: a source and the doubts about it. Out: `Proposal`s, in the order of the source, and their TOML. An entry quotes
the source as it stands, so that it fits as it is; what it proposes is no decision, and its reason says so until an
editor has looked at the paper and written another.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from unicodedata import normalize

from handbill.lexicon import HYPHENS
from handbill.model import Correction, Doubt, Source
from handbill.quoting import Place, pieces, places

PROPOSED = "Proposed; not yet compared with the paper."
"""The reason of an entry that nobody has decided on."""

LONGEST_QUOTE = 2000
"""Characters that an entry may quote; beyond, an editor must say what is meant."""

MOST = 500
"""Doubts that get an entry; a scan with more of them should be read again, not corrected."""

_BREAK = rf"(?:[{HYPHENS}]?[^\S\n]*\n\s*)?"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that settles doubts.

    Attributes:
        doubts: What it is about: one doubt, or several about the same words; of a doubt about several places, one.
        correction: The entry; None where the words are too long to quote, or the doubts too many.
    """

    doubts: tuple[Doubt, ...]
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the source that one correction would replace."""

    start: int
    stop: int
    after: str
    doubts: tuple[Doubt, ...]


def proposals(source: Source, doubts: Iterable[Doubt]) -> tuple[Proposal, ...]:
    """A correction for each place of each doubt; doubts about the same words share one."""
    text = "\n".join(source.lines)
    starts = [0, *accumulate(len(line) + 1 for line in source.lines)]
    spans: list[_Span] = []
    unquoted: list[Proposal] = []
    for number, place in enumerate(chain.from_iterable(doubt.each() for doubt in doubts)):
        span = _span(text, starts, place) if number < MOST else None
        if span is None:
            unquoted.append(Proposal((place,), None))
        else:
            spans.append(span)
    made = [_proposal(text, starts, span) for span in _apart(text, spans)]
    return tuple(sorted([*made, *unquoted], key=lambda proposal: proposal.doubts[0].lines))


def unconfirmed(corrections: Iterable[Correction]) -> list[Correction]:
    """The decisions that are still as they were proposed."""
    return [correction for correction in corrections if correction.reason == PROPOSED]


def as_toml(proposal: Proposal) -> str:
    """The entry for corrections.toml, under a comment that says what is unclear."""
    return "\n".join([*(f"# {note}" for note in _notes(proposal.doubts)), *_entry(proposal.correction)])


def _notes(doubts: Sequence[Doubt]) -> Iterator[str]:
    for doubt in doubts:
        note = f"Line {doubt.lines[0]}: “{doubt.text.replace(chr(10), '⏎')}”. {doubt.reason}"
        yield "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in note)


def _entry(correction: Correction | None) -> list[str]:
    if correction is None:
        return ["# Quote these words from source.txt in an entry of your own."]
    return [
        "[[corrections]]",
        f"line = {correction.line}",
        f"before = {_quoted(correction.before)}",
        f"after = {_quoted(correction.after)}",
        f"reason = {_quoted(correction.reason)}",
    ]


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return f'"{"".join(_ESCAPES.get(c) or (c if c.isprintable() else _escape(c)) for c in text)}"'


def _escape(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"


def _span(text: str, starts: Sequence[int], doubt: Doubt) -> _Span | None:
    """What of the source the doubt is about: its words, or all lines between the first and the last of them."""
    start, stop = starts[doubt.lines[0] - 1], starts[doubt.lines[1]] - 1
    found = _find(text[start:stop], doubt.text) or _find_apart(text[start:stop], doubt)
    if found:
        after = doubt.text if doubt.likely is None else doubt.likely
        span = _Span(start + found[0], start + found[1], after, (doubt,))
        span = span if _is_alone(text, starts, span) else _whole_lines(text, span)
    else:
        span = _whole_lines(text, _loosely(text, start, stop, doubt))
    return span if 0 < span.stop - span.start <= LONGEST_QUOTE else None


def _find(text: str, words: str) -> Place | None:
    """Where the words stand; line ends may be among them, apostrophes be of the other kind, accents stand apart."""
    if len(words) > LONGEST_QUOTE:
        return None
    exact = places(text, words)
    if exact:
        return exact[0]
    parts = (_BREAK.join(map(_forms, word)) for word in words.split())
    match = re.search(r"\s+".join(parts), text)
    return match.span() if match else None


def _forms(c: str) -> str:
    """A pattern for a character as the source may have it."""
    if c in "'’":
        return "['’]"
    apart = normalize("NFD", c)
    return re.escape(c) if apart == c else f"(?:{re.escape(c)}|{re.escape(apart)})"


def _find_apart(text: str, doubt: Doubt) -> Place | None:
    """Where a line ends with the one word and a later one begins with the other: what is between was taken out."""
    if doubt.likely is None or doubt.text.count("\n") != 1 or len(doubt.text) > LONGEST_QUOTE:
        return None
    head, tail = map(re.escape, doubt.text.split("\n"))
    match = re.search(rf"{head}[^\S\n]*\n(?:.*\n)*?\s*{tail}", text)
    return match.span() if match else None


def _loosely(text: str, start: int, stop: int, doubt: Doubt) -> _Span:
    """From the first of the doubt's words to the last, or all its lines where they are not there."""
    words = doubt.text.removesuffix("…").split()
    first = text.find(words[0], start, stop) if words else -1
    last = text.rfind(words[-1], start, stop) if words else -1
    if 0 <= first <= last:
        start, stop = first, last + len(words[-1])
    return _Span(start, stop, text[start:stop], (doubt,))


def _whole_lines(text: str, span: _Span) -> _Span:
    """The span widened to all of its lines, white space at their edges left out."""
    start, stop = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.stop)
    stop = stop if stop >= 0 else len(text)
    start += len(text[start : span.start]) - len(text[start : span.start].lstrip())
    stop -= len(text[span.stop : stop]) - len(text[span.stop : stop].rstrip())
    return _Span(start, stop, text[start : span.start] + span.after + text[span.stop : stop], span.doubts)


def _is_alone(text: str, starts: Sequence[int], span: _Span) -> bool:
    """Whether the words stand only once in the lines that they are in."""
    words = _unbroken(text[span.start : span.stop])
    first = starts[bisect_right(starts, span.start) - 1]
    stop = text.find("\n", span.stop)
    return len(places(text[first : stop if stop >= 0 else len(text)], words)) == 1


def _apart(text: str, spans: Iterable[_Span]) -> list[_Span]:
    """The spans in order; those that overlap are one, and of one around the other the outer counts."""
    made: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.stop)):
        if made and span.start < made[-1].stop:
            last = made.pop()
            after = last.after if span.stop <= last.stop else _chained(text, last, span)
            span = _Span(last.start, max(last.stop, span.stop), after, (*last.doubts, *span.doubts))
        made.append(span)
    return made


def _chained(text: str, upper: _Span, lower: _Span) -> str:
    """What two spans with words in common become: both readings where they agree on those, else the words kept."""
    shared = text[lower.start : upper.stop]
    if upper.after.endswith(shared) and lower.after.startswith(shared):
        return upper.after + lower.after[len(shared) :]
    return _unbroken(text[upper.start : lower.stop])


def _proposal(text: str, starts: Sequence[int], span: _Span) -> Proposal:
    line = bisect_right(starts, span.start)
    before = _unbroken(text[span.start : span.stop])
    keeps = "\n".join(pieces(span.after)) == before and "\n\n" not in span.after
    return Proposal(span.doubts, Correction(line, before, before if keeps else span.after, PROPOSED))


def _unbroken(text: str) -> str:
    """The text with each of its line ends, whatever white space is about it, as one newline."""
    return "\n".join(pieces(text))
