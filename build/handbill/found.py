"""What a text says of itself: its title, its day, its session, how many signed.

In: a text that is cleaned and structured, its language. Out: `Found`, each value with the line that it stands in
and whether that is sure. What the text does not say stays unknown; nothing is made up.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from handbill.agreement import Claim, claims
from handbill.languages import Language
from handbill.model import Cleaned, Doubt, Line, Source, Statement
from handbill.number_words import in_words, value_of, year_in_words, year_of
from handbill.numbering import NUMBERED, marker

MOST_HEAD = 12
"""Lines that may stand above the text itself: the kind of text, the title, place and date, whom it is for."""

MOST_HEAD_WORDS, MOST_TITLE_WORDS = 8, 30
"""Words from which a line that ends like a sentence is text, and the most that a title has."""

FEWEST_TITLE_WORDS = 3
MOST_BESIDE_DATE = 4
"""Words that may stand in a line beside the date that it is there for: "Geneva, 2 June 2025"."""

LONGEST_DATELINE = 60
"""Characters at the beginning of a paragraph in which its place and date stand: "Geneva, 2 June 2025 – We, …"."""

FIRST_YEAR, LAST_YEAR = 1948, 2100

_ENDS = re.compile(r"[.!?…;:。！？။۔؟][\"'”’»)\]]*$")
_DASH = re.compile(r"\s*[)\].]?\s*[–—:-]")
_SEPARATOR = r"[\s.,]*(?:[^\W\d_]{2,3}\s+)?"
"""What may stand between day, month and year: a space, a comma, a short word such as "de"."""

_FIELDS = {
    "y": r"(?P<year>\d{4})",
    "d": r"(?P<day>\d{1,2})(?:[^\W\d_]{1,2}\b|\.?[º°]|\.)?",
    "M": r"(?P<month>\d{1,2})",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as the text has it.

    Attributes:
        value: The words; of a date those of `statement.toml`.
        line: The line of source.txt it stands in; 0 if in none.
        doubt: Why it may be another one; empty if that is sure.
    """

    value: str
    line: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says of itself.

    Attributes:
        title: Its title, if it begins with one.
        published: Its day, if one stands by itself above or below the text.
        session: The session of the Human Rights Council that it names, if any.
        claims: The places that say how many signed.
        run_together: Where lines above the text, one of them its day, were joined to one.
    """

    title: Reading | None
    published: Reading | None
    session: Reading | None
    claims: tuple[Claim, ...]
    run_together: tuple[Doubt, ...] = ()


def find(source: Source, cleaned: Cleaned, statement: Statement, language: Language, title: str = "") -> Found:
    """What a text says of itself.

    Args:
        source: The text as it was read.
        cleaned: The text as blocks.
        statement: The same with its structure.
        language: Its language.
        title: What the file sets as its title; empty where it does not tell.
    """
    names = {signatory.lines[0] for signatory in statement.signatories}
    blocks = [line for line in cleaned.lines if line.first not in names]
    lines, run_together = _parted(blocks, source, language)
    head = lines[: _length_of_head(lines)]
    called = _set_title(lines, title) or _title(head, language) or _running_title(cleaned)
    return Found(
        title=called,
        published=_published([line for line in lines if not called or line.first != called.line], language),
        session=_session(cleaned.lines, language),
        claims=tuple(claims(statement, None, language)),
        run_together=run_together,
    )


def _parted(blocks: Sequence[Line], source: Source, language: Language) -> tuple[list[Line], tuple[Doubt, ...]]:
    """The blocks, but for those above the text that have a day as one of several lines: of these the lines."""
    head = _length_of_head(blocks)
    made: list[Line] = []
    doubts: list[Doubt] = []
    for block in blocks[:head]:
        lines = [
            Line(number, number, text.strip())
            for number, text in enumerate(source.lines[block.first - 1 : block.last], block.first)
            if text.strip()
        ]
        if len(lines) < 2 or not any(day for line in lines for day in _by_itself(line.text, language)):
            made.append(block)
            continue
        made += lines
        for upper, lower in pairwise(lines):
            seam = upper.text.split()[-1], lower.text.split()[0]
            reason = "A day stands here. Are these lines of their own?"
            doubts.append(Doubt((upper.first, lower.last), "\n".join(seam), reason, likely="\n\n".join(seam)))
    return [*made, *blocks[head:]], tuple(doubts)


def _length_of_head(lines: Sequence[Line]) -> int:
    """How many lines stand above the first sentence."""
    for position, line in enumerate(lines[:MOST_HEAD]):
        words = len(line.text.split())
        if words > MOST_TITLE_WORDS or (words > MOST_HEAD_WORDS and _ENDS.search(line.text)):
            return position
    return min(len(lines), MOST_HEAD)


def _set_title(lines: Sequence[Line], title: str) -> Reading | None:
    """What the file sets as its title, where the text has it."""
    words = title.split()
    line = next((line for line in lines if words and line.text.split() == words), None)
    return Reading(line.text, line.first) if line else None


def _title(head: Sequence[Line], language: Language) -> Reading | None:
    """The first line above the text that may be a title: no date, no address, no salutation."""
    salutation = next((at for at, line in enumerate(head) if _is_salutation(line.text)), len(head))
    for line in head[:salutation]:
        words = line.text.split()
        is_other = (
            len(words) < FEWEST_TITLE_WORDS
            or line.text.endswith((",", ":"))
            or re.search(r"@|://|www\.", line.text)
            or words[0].rstrip(":") in language.pack.addressed
            or line.text.casefold() == language.labels.kind.casefold()
            or NUMBERED.fullmatch(line.text)
            or marker(line.text)[0]
            or any(_by_itself(line.text, language))
        )
        if not is_other:
            return Reading(line.text, line.first, "it is the first line that may be one")
    return None


def _is_salutation(text: str) -> bool:
    return len(text.split()) <= MOST_HEAD_WORDS and text.endswith((",", ":", "،", "，", "："))


def _running_title(cleaned: Cleaned) -> Reading | None:
    """The title as the heads of its pages have it."""
    if not cleaned.title:
        return None
    return Reading(cleaned.title, 0, "it stands only at the head of pages, and may be cut there")


def _published(lines: Sequence[Line], language: Language) -> Reading | None:
    """The day that stands by itself above the text or below it, or at the beginning of its first paragraph."""
    head = _length_of_head(lines)
    found = [(day, line.first) for line in lines[:head] for day in _by_itself(line.text, language)]
    found += [(day, line.first) for line in lines[head : head + 1] for day in _dateline(line.text, language)]
    found += [(day, line.first) for line in lines[head + 1 :] for day in _by_itself(line.text, language)]
    if not found:
        ended = ((day, line.first) for line in lines[:head] for day in _at_the_end(line.text, language))
        return next((Reading(f"{day}", at, "its line says more than the day") for day, at in ended), None)
    day, line = found[0]
    others = sorted({f"{other} in line {at}" for other, at in found if other != day})
    return Reading(day.isoformat(), line, f"there is also {' and '.join(others)}" if others else "")


def _by_itself(text: str, language: Language) -> Iterator[date]:
    """The date of a line that is there for it."""
    for day, start, stop in dates(text, language):
        beside = re.findall(r"\w+", f"{text[:start]} {text[stop:]}")
        if len(beside) <= MOST_BESIDE_DATE and not any(word.isdecimal() for word in beside):
            yield day


def _at_the_end(text: str, language: Language) -> Iterator[date]:
    """The date that ends a line, after a comma or a dash: "Joint statement of civil society, 2 June 2025"."""
    for day, start, stop in dates(text, language):
        if re.search(r"[,;|(–—-]\s*$", text[:start]) and not re.search(r"\w", text[stop:]):
            yield day


def _dateline(text: str, language: Language) -> Iterator[date]:
    for day, start, stop in dates(text[:LONGEST_DATELINE], language):
        if _DASH.match(text, stop) and len(text[:start].split()) <= MOST_BESIDE_DATE:
            yield day


def dates(text: str, language: Language) -> Iterator[tuple[date, int, int]]:
    """The dates of a text with day, month and year, and from where to where each stands.

    >>> from handbill.languages import load_language
    >>> [str(day) for day, *_ in dates("Le 1er juin 2025 et le 2025-06-03", load_language("fr"))]
    ['2025-06-01', '2025-06-03']
    """
    taken: list[tuple[int, int]] = []
    for expression in _expressions(language.pack.dates.pattern, language.month_names):
        for match in expression.finditer(text):
            day = _day(match, language)
            if day and not any(match.start() < stop and start < match.end() for start, stop in taken):
                taken.append(match.span())
                yield day, *match.span()
    for day, first, last in _dates_in_words(text, language):
        if not any(first < stop and start < last for start, stop in taken):
            yield day, first, last


def _dates_in_words(text: str, language: Language) -> Iterator[tuple[date, int, int]]:
    """Dates whose day and year, or one of them, are in words: "le premier avril deux mille vingt-cinq"."""
    first, year = language.pack.dates.first_in_words, year_in_words(language)
    names = "|".join(re.escape(name) for name in language.month_names)
    day = "|".join(filter(None, [_FIELDS["d"], re.escape(first), f"(?P<day_words>{in_words(language)})"]))
    between = f"{_SEPARATOR}?"  # as little as there may be: "two" is short, too, and of the year
    years = rf"{_FIELDS['y']}|(?P<year_words>{year})"
    pattern = rf"(?<!\w)(?:{day}){between}(?P<month>{names}){between}(?:{years})(?!\w)"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        number = int(match["day"] or (value_of(match["day_words"], language) if match["day_words"] else 1))
        worth = int(match["year"] or year_of(match["year_words"], language))
        if day_found := _real(worth, _month(match["month"], language), number):
            yield day_found, *match.span()


def _day(match: re.Match[str], language: Language) -> date | None:
    return _real(int(match["year"]), _month(match["month"], language), int(match["day"]))


def _month(words: str, language: Language) -> int:
    months = [name.casefold() for name in language.month_names]
    return int(words) if words.isdecimal() else months.index(words.casefold()) + 1


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _expressions(pattern: str, months: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """What finds dates: as the language writes them, in the usual orders, and as ISO 8601 has it."""
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    patterns = dict.fromkeys((pattern, "d MMMM y", "MMMM d y", "y-M-d"))
    return tuple(re.compile(_expression(each, f"(?P<month>{names})"), re.IGNORECASE) for each in patterns)


def _expression(pattern: str, names: str) -> str:
    """A date pattern of CLDR as a regular expression."""
    made = []
    for quoted, letters, other in re.findall(r"'([^']*)'|(M+|d+|y+)|([^Mdy']+)", pattern):
        if letters:
            made.append(names if len(letters) > 2 else _FIELDS[letters[0]])
        elif quoted.strip() or other.strip():
            made.append(rf"\s*{re.escape((quoted or other).strip())}\s*")
        elif made and made[-1] != _SEPARATOR:
            made.append(_SEPARATOR)
    return rf"(?<!\w){''.join(made)}(?!\d)"


def _session(lines: Sequence[Line], language: Language) -> Reading | None:
    if language.pack.session is None:
        return None
    for line in lines:
        if match := re.search(language.pack.session, line.text):
            return Reading(match[0], line.first)
    return None
