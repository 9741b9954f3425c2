"""Notes at the foot of pages, and the marks that call them, numbered by what was read of both.

In: the lines of a text that still has its pages. Out: the lines of which a mark is read by its neighbours, and what
is asked about marks that were not read at all. The figure of a note is tiny, and a scanner reads any sign for it.
But notes count up, some of their figures are read right, and each page calls its own notes in their order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from handbill.clean.evidence import TERMINAL, Evidence
from handbill.clean.marks import (
    LONGEST_NOTE,
    RAISED_NOTE,
    MarkRule,
    calls_note,
    is_led_to,
    is_word,
    lowered,
    opens_quotation,
    raised,
    stray_calls,
)
from handbill.head import Matter, matter
from handbill.model import Doubt, Gap, Line
from handbill.numbering import heads_names, names_run

_MARKED = re.compile(
    r"(?P<mark>\d{1,2}(?=\s)|[¹²³⁴-⁹]{1,2}|[^\W\d_](?=\s)|[^\w\s(\[{«“„¿¡•–—-]{1,2}|[^\W_][^\w\s.,)](?=\s)"
    r"|[^\w\s.,(][^\W_](?=\s))\s*(?P<text>\S.*)"
)
"""A line that begins with what the figure of a note is read as."""

_CALL = re.compile(
    r"(?:(?<=[^\W\d_]{2}[.!?,;»”)])|(?<=\d{4}[.!?,;»”)]))(?P<mark>\d{1,2}|[¹²³⁴-⁹]{1,2}|[!?'’*°”\"}\]><™®©](?!\s\d)|['’]['’])(?=\s|$)"
    r"|(?<=[»”)][.,;])(?P<closed>\d|[¹²³⁴-⁹]{1,2})(?=\s|$)"
    r"|(?<=[^\W\d_])(?P<raised>[¹²³⁴-⁹]{1,2})(?=[\s.,;:!?)]|$)"
)
"""What the figure that calls one is read as, behind a stop."""

_RAISED_CALL = re.compile(r"(?<=[^\s⁰¹²³⁴-⁹])(?P<mark>[¹²³⁴-⁹][⁰¹²³⁴-⁹]?)")
_ENDS_SENTENCE = re.compile(r"(?<!\S)\S*[^\W\d_]{2}[.!?]\S?(?=\s+[^\W\d_a-zß-ÿ]|$)")

MOST_STOPPED = 0.6
"""Share of the notes at a foot that end with a stop, at least: a scanner loses some."""

MOST_LOST = 2
"""Notes that a scan may have lost before one whose figure was read."""

MOST_CANDIDATES = 8
"""Words behind which a mark may have stood; where there are more, nothing is asked."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands where the figure of a note may stand.

    Attributes:
        at: Position of the line.
        start: Where in it the mark begins.
        stop: Where the text goes on.
        value: The figure, where one was read.
    """

    at: int
    start: int
    stop: int
    value: int | None


def figures_of_notes(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """The notes at the foot of the pages count up, and each page calls its own, so this mark is the figure due.

    A foot of which nothing above calls a note has none: a line that begins with a figure may be anything.
    """
    found: list[tuple[_Mark, int]] = []
    last = above = 0
    names = names_run([line.text for line in lines])
    first_name = names.positions[0] if names else len(lines)
    for stop in _ends(lines, first_name, evidence):
        foot = _foot(lines, above, stop, evidence)
        if not _are_sentences(lines, foot, stop, least=1.0 if stop > first_name else MOST_STOPPED):
            continue
        skipped, number = _first(foot, last, lines, above)
        notes = foot[skipped:]
        if notes and number:
            calls = list(_calls(lines, above, notes[0].at))
            if not any(call.value in (None, *range(number, number + len(notes))) for call in calls):
                continue
            found += zip(notes, count(number), strict=False)
            found += _numbered(calls, last + 1, number + len(notes))
            last, above = number + len(notes) - 1, stop
    made: dict[int, str] = {}
    for mark, number in sorted(found, key=lambda each: (each[0].at, -each[0].start)):
        text = made.get(mark.at, lines[mark.at].text)
        made[mark.at] = text[: mark.start] + raised(number) + " " * (mark.start == 0) + text[mark.stop :]
    return {at: text for at, text in made.items() if text != lines[at].text}


def _ends(lines: Sequence[Line], first_name: int, evidence: Evidence) -> list[int]:
    """Positions behind the ends of pages and of the text above the names."""
    language = evidence.lexicon.language
    pages = {at for at, line in enumerate(lines) if at and line.gap is Gap.PAGE} | {len(lines)}
    heads = {at for at, line in enumerate(lines) if at and heads_names(line.text, language)}
    return sorted(pages | heads | {first_name})


def _are_sentences(lines: Sequence[Line], foot: Sequence[_Mark], stop: int, least: float) -> bool:
    """Whether so large a share of the notes at a foot end like sentences, as names do not."""
    below = [*(mark.at for mark in foot[1:]), stop]
    return bool(foot) and sum(bool(TERMINAL.search(lines[at - 1].text)) for at in below) >= least * len(foot)


def _foot(lines: Sequence[Line], above: int, stop: int, evidence: Evidence) -> list[_Mark]:
    """The lines in a row at the end of a page that may each begin a note."""
    found: list[_Mark] = []
    while stop > above:
        near = range(stop - 1, max(above - 1, stop - 1 - LONGEST_NOTE), -1)
        start = next((at for at in near if _may_begin(lines, at, evidence)), None)
        if start is None or any(_begins_anew(lines, at) for at in range(start + 1, stop)):
            break
        match = _MARKED.fullmatch(lines[start].text)
        assert match
        figure = lowered(match["mark"])
        value = int(figure) if figure.isdigit() else None
        found.append(_Mark(start, 0, match.start("text"), value))
        stop = start
    return found[::-1]


def _may_begin(lines: Sequence[Line], at: int, evidence: Evidence) -> bool:
    """Whether a line may be the first of a note."""
    line = lines[at]
    match = _MARKED.fullmatch(line.text)
    if not match or opens_quotation(line.text):
        return False
    if matter(line.text) is Matter.DATE:
        return False
    mark, text = match["mark"], match["text"]
    apart = at == 0 or line.gap is not Gap.NONE or TERMINAL.search(lines[at - 1].text)
    figure = lowered(mark).isdigit()
    reads = mark.isalpha() and is_word(mark, evidence)
    begins = figure or not text[0].islower()
    return bool(apart) and begins and not reads and any(map(str.isalpha, text))


def _begins_anew(lines: Sequence[Line], at: int) -> bool:
    """Whether a line begins a paragraph of its own."""
    ended = TERMINAL.search(lines[at - 1].text)
    return lines[at].gap is not Gap.NONE and bool(ended) and not lines[at].text[0].islower()


def _first(foot: Sequence[_Mark], last: int, lines: Sequence[Line], above: int) -> tuple[int, int]:
    """How many lines at a foot are no notes, and the number of the first that is; nought where nobody knows.

    A figure that was read tells; where none was, the page calls as many notes as there are.
    """
    for at, mark in enumerate(foot):
        if mark.value is None or not last < mark.value <= last + len(foot) + MOST_LOST:
            continue
        before = min(at, mark.value - last - 1)
        agree = all(
            each.value in (None, mark.value + step) for step, each in enumerate(foot[at - before :], -before)
        )
        if agree:
            return at - before, mark.value - before
    if not foot or any(mark.value is not None for mark in foot) or is_led_to(lines, foot[0].at):
        return 0, 0
    calls = list(_calls(lines, above, foot[0].at))
    expected = [mark.value in (None, number) for mark, number in zip(calls, count(last + 1), strict=False)]
    return (0, last + 1) if len(calls) == len(foot) and all(expected) else (0, 0)


def _calls(lines: Sequence[Line], start: int, stop: int) -> Iterator[_Mark]:
    """What may call a note, in some lines."""
    for at in range(start, stop):
        text = lines[at].text
        for match in _CALL.finditer(text):
            sign = match[match.lastgroup or 0]
            figure = lowered(sign)
            before = " ".join(
                (*(line.text for line in lines[max(start, at - LONGEST_NOTE) : at]), text[: match.start()])
            )
            if figure.isdigit() or calls_note(sign, before):
                yield _Mark(at, match.start(), match.end(), int(figure) if figure.isdigit() else None)


def _numbered(calls: Sequence[_Mark], first: int, stop: int) -> Iterator[tuple[_Mark, int]]:
    """The calls whose numbers are sure: all where they are as many as the notes, else those between known ones."""
    anchors = [(-1, first - 1)]
    for at, mark in enumerate(calls):
        if mark.value is not None and anchors[-1][1] < mark.value < stop:
            anchors.append((at, mark.value))
    anchors.append((len(calls), stop))
    for (low, number), (high, following) in pairwise(anchors):
        if high - low == following - number:
            yield from ((calls[low + step], number + step) for step in range(1, high - low))
        if low >= 0:
            yield calls[low], number


def lost_calls(lines: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """Notes that nothing calls, each with the few ends of sentences behind which its mark may stand."""
    notes = {
        int(lowered(match["mark"])): at for at, line in enumerate(lines) if (match := RAISED_NOTE.match(line.text))
    }
    calls: dict[int, tuple[int, int]] = {}
    for at, line in enumerate(lines):
        for match in _RAISED_CALL.finditer(line.text):
            calls.setdefault(int(lowered(match["mark"])), (at, match.start()))
    places: dict[tuple[tuple[int, int], tuple[int, int]], list[int]] = {}
    for number in sorted(notes.keys() - calls.keys()):
        start = max((place for each, place in calls.items() if each < number), default=(0, 0))
        stop = min((place for each, place in calls.items() if each > number), default=(notes[number], 0))
        places.setdefault((start, stop), []).append(number)
    of_notes = set(notes.values())
    for (start, stop), numbers in places.items():
        text = [at for at in range(start[0], min(len(lines), stop[0] + 1)) if at not in of_notes]
        ends = [
            (lines[at], match[0])
            for at in text
            for match in _ENDS_SENTENCE.finditer(lines[at].text)
            if start < (at, match.end()) < stop
        ]
        is_asked = any(True for at in text for _ in stray_calls(lines[at].text))
        which = ", ".join(map(str, numbers))
        reason = f"A mark that calls a note was not read (note {which}). Behind which of these words does it stand?"
        for line, words in ends if len(ends) <= MOST_CANDIDATES and not is_asked else ():
            if not evidence.is_settled(line.first, line.last, words):
                yield Doubt(line.lines, words, reason)


NOTE_RULES: tuple[MarkRule, ...] = (figures_of_notes,)
"""Rules that need the pages."""
