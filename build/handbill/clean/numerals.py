"""The numbers of a list in whatever form the paper prints them, read as plain ones.

In: the lines of a text. Out: the same lines, those that begin with "No. 12", "#12", "[12]" or "12 –" begun by "12."
instead. A paper has one form for all its numbers, and they count up: that tells them from figures that begin a line
for another reason. Nothing is lost, for the line as it was read is what a change and a doubt quote.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from handbill.model import Line

FEWEST = 4
"""Numbers of one form that count up before it is the form of a list's numbers."""

NEXT_NUMBERS = 3
"""How far the next number is at most: two columns may be read one after the other, and one may be lost."""

CLOSE = 0.75
"""Share of such numbers that are so near the one before: whole columns of a long list may be lost."""

UNKNOWN = "0."
"""A number of which the figures were read elsewhere."""

_RAISED = r"[º°oO0-9ª*'’\"“”]"
"""What a scanner reads for the raised letter behind an abbreviation of "number"."""

_FIGURES = r"(?P<figures>\d{1,3})"
_CLOSED = r"(?P<close>\s?[.,:;)}\]>|/=º°]{1,3})?(?P<dash>\s?[-–—~_=]{1,2}(?!\d))?"
_SIGNS = r"(?P<word>[#№$]|[\[{(|<«]{1,2})"

_PLAIN = re.compile(r"(?P<open>[({\[]?)(?P<figures>\d{1,3})\s?(?P<close>[.,:;)}\]]|(?=\s+[^\W\d_]))")
"""The number that a line begins with in a form that most lists have."""

_BARE = re.compile(r"(?P<dirt>[^\w\s(]{0,2}\s?)(?P<figures>\d{1,3})\s?[^\w\s]{0,2}")
"""Figures that stand alone in a line, with dirt about them perhaps."""


_STOPLESS = re.compile(r"(?P<figures>\d{1,3})\s+(?=[^\W\d_a-zß-ÿ])")
_STOPLESS_INSIDE = re.compile(r"(?<=\S\s)(?P<figures>\d{1,3})\s+(?=[^\W\d_a-zß-ÿ])")
"""Numbers without a stop before a name, at the head of a line and within it."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A number that a line begins with, the form it has, and what follows it."""

    number: int
    form: str
    text: str


def plain_numbers(lines: Sequence[Line], words: Sequence[str]) -> list[Line]:
    """The lines, with numbers of a form of their own as plain ones.

    Args:
        lines: The lines of a text.
        words: What the language abbreviates "number" to, in small letters and without a stop.
    """
    known = tuple(words)
    read = {at: list(_readings(line.text, known)) for at, line in enumerate(lines)}
    made = list(lines)
    forms = {each.form for readings in read.values() for each in readings}
    for form in forms:
        found = {at: [each for each in readings if each.form == form] for at, readings in read.items()}
        chosen = dict(_counting({at: readings for at, readings in found.items() if readings}))
        numbers = {each.number for each in chosen.values()}
        for at, each in chosen.items():
            text = _with_plain_inside(each.text, known, numbers) if form == "word" else each.text
            made[at] = replace(lines[at], text=f"{each.number}. {text}".strip())
    return _without_dirt(_without_words(_with_stops_inside(made), known))


def forms_of(lines: Sequence[Line], plain: Sequence[Line]) -> dict[int, str]:
    """The forms of the numbers that lines begin with, by the lines' numbers in the scan.

    Args:
        lines: The lines as they were read.
        plain: The same with plain numbers.
    """
    found = {line.first: match for line in lines if (match := _PLAIN.match(line.text))}
    padded = sum(match["figures"][0] == "0" for match in found.values()) >= FEWEST
    forms = {first: _form(match, padded) for first, match in found.items()}
    return forms | {made.first: "odd" for line, made in zip(lines, plain, strict=True) if line.text != made.text}


def _form(match: re.Match[str], padded: bool) -> str:
    """A form, as far as a scanner keeps it: brackets, a stop or nothing; and whether figures stand in twos."""
    closed = ")" if match["close"] in tuple(")}]") else "." if match["close"] else ""
    in_twos = padded and (match["figures"][0] == "0" or len(match["figures"]) > 1)
    return f"{'(' if match['open'] else ''}{'01' if in_twos else '1'}{closed}"


def other_list_end(lines: Sequence[Line], forms: Mapping[int, str]) -> int:
    """Where the last list above the names ends that has some of their numbers in another form; 0 where none has.

    "1." to "5." are the demands of a paper whose names are "01." to "39.".

    Args:
        lines: The lines with plain numbers.
        forms: The forms of their numbers.
    """
    marks = [
        (at, forms[line.first], int(match["figures"]))
        for at, line in enumerate(lines)
        if line.first in forms and (match := _PLAIN.match(line.text)) and match.end() < len(line.text)
    ]
    if len(marks) < FEWEST:
        return 0
    own = Counter(form for _, form, _ in marks[-FEWEST:]).most_common(1)[0][0]
    names = [(at, number) for at, form, number in marks if form == own]
    numbers = {number for _, number in names}
    end = 0
    for form in {form for _, form, _ in marks} - {own}:
        other = [(at, number) for at, each, number in marks if each == form]
        counted = [number for _, number in other]
        below = sum(at > other[-1][0] for at, _ in names)
        if counted[0] == 1 and len(counted) > 1 and counted == sorted(set(counted)) and numbers.issuperset(counted):
            end = max(end, other[-1][0] + 1 if 2 * below >= max(len(names), 2 * FEWEST) else 0)
    return end


def _readings(text: str, words: tuple[str, ...]) -> Iterator[_Read]:
    """The numbers that a line may begin with, in forms that are none of a plain list, the likeliest first."""
    for pattern in _patterns(words):
        match = pattern.fullmatch(text)
        if not match:
            continue
        word, close, dash = match["word"] or "", (match["close"] or "").strip(), match["dash"] or ""
        sign = "word" if word[:1].isalpha() else word[:1]
        odd = sign not in ("", "(", "{") or dash or close[:1] in tuple(">|/=º°")
        glued = not (match["space"] or close or not match["text"])
        if odd and not (glued and sign != "word"):
            form = sign if sign else "dash" if dash else close[:1]
            yield _Read(int(match["figures"]), form, match["text"])


@lru_cache(maxsize=8)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """A number behind a word, its raised letter read as a figure perhaps; and one behind a sign or none."""
    rest = r"(?P<space>\s*)(?P<text>.*)"
    some = _any_of(words)
    named = rf"(?P<word>(?:{some})[.,:]?\s?" if some else ""
    return (
        *(
            re.compile(rf"{named}{raised}[.,]?\s?){_FIGURES}{_CLOSED}{rest}", re.IGNORECASE)
            for raised in ("", _RAISED)
            if some
        ),
        re.compile(rf"{_SIGNS}?\s?{_FIGURES}{_CLOSED}{rest}"),
    )


def _counting(readings: dict[int, list[_Read]]) -> Iterator[tuple[int, _Read]]:
    """Those of the numbers, one for a line, that others stand beside as a list counts; a page's stands alone."""
    if len(readings) < FEWEST:
        return
    everywhere = {each.number for found in readings.values() for each in found[:1]}
    chosen: dict[int, _Read] = {}
    for at, found in readings.items():
        beside = at - 1 in readings or at + 1 in readings
        fitting = (each for each in found if (each.text or beside) and _has_next(each.number, everywhere))
        if each := next(fitting, None):
            chosen[at] = each
    numbers = sorted({each.number for each in chosen.values()})
    steps = [high - low for low, high in pairwise(numbers)]
    close = sum(step <= NEXT_NUMBERS for step in steps) >= CLOSE * len(steps)
    if len(numbers) >= FEWEST and (close or 2 * len(numbers) > numbers[-1] - numbers[0]):
        yield from chosen.items()


def _any_of(words: tuple[str, ...]) -> str:
    """A regular expression for any of some words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=8)
def _inside(words: tuple[str, ...]) -> re.Pattern[str]:
    """A number behind a word within a line, where the next column begins."""
    named = rf"(?<=\s)(?:{_any_of(words)})[.,:]?\s?{_RAISED}??[.,]?\s?{_FIGURES}"
    return re.compile(rf"(?i:{named})\s?[.,:]?\s+(?=[A-ZÀ-Þ«“\"¿¡])")


def _with_plain_inside(text: str, words: tuple[str, ...], numbers: set[int]) -> str:
    """A line with the numbers behind a word within it as plain ones, where they are next to others."""

    def plain(match: re.Match[str]) -> str:
        return f"{match['figures']}. " if _has_next(int(match["figures"]), numbers) else match[0]

    return _inside(words).sub(plain, text)


def _with_stops_inside(lines: Sequence[Line]) -> list[Line]:
    """The lines; where numbers begin them without a stop, those within them that count on begin the next column."""
    begun = {at: int(match["figures"]) for at, line in enumerate(lines) if (match := _STOPLESS.match(line.text))}
    found = [(at, match) for at, line in enumerate(lines) for match in _STOPLESS_INSIDE.finditer(line.text)]
    heads = set(begun.values())
    numbers = {int(match["figures"]) for _, match in found} - heads
    counted = {number for number in numbers if {number - 1, number + 1} & (numbers | heads)}
    rows = {at for at, match in found if at in begun and int(match["figures"]) in counted}  # days stand anywhere
    made = list(lines)
    for at, match in reversed(found) if len(rows) >= FEWEST else ():
        if int(match["figures"]) in counted:
            text = made[at].text
            made[at] = replace(made[at], text=f"{text[: match.end('figures')]}.{text[match.end('figures') :]}")
    return made


def _has_next(number: int, numbers: set[int]) -> bool:
    """Whether one of the numbers next to a number is among others."""
    return any(number - step in numbers or number + step in numbers for step in range(1, NEXT_NUMBERS + 1))


def _without_words(lines: Sequence[Line], words: tuple[str, ...]) -> list[Line]:
    """The lines; those in a row that have nothing but a word for "number" are numbers of unknown figures."""
    made = list(lines)
    alone = [words and line.text.strip(".,:º° ").casefold() in words for line in lines]
    for at, is_word in enumerate(alone):
        if is_word and any(alone[max(0, at - 1) : at] + alone[at + 1 : at + 2]):
            made[at] = replace(lines[at], text=UNKNOWN)
    return made


def _without_dirt(lines: Sequence[Line]) -> list[Line]:
    """The lines; figures that stand alone, with dirt about them, are a number where the lines beside count so."""
    made = list(lines)
    bare = [_BARE.fullmatch(line.text) for line in lines]
    for at, match in enumerate(bare):
        if match and match["dirt"].strip():
            number = int(match["figures"])
            beside = (bare[near] for near in (at - 1, at + 1) if 0 <= near < len(bare))
            if any(other and abs(int(other["figures"]) - number) == 1 for other in beside):
                made[at] = replace(lines[at], text=f"{number}.")
    return made
