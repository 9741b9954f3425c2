"""Speech: what of a summary is said aloud, in what order, and how long that takes.

In: a version of a statement, its language's pack, and the time limits of `speech.toml`. Out: a `Speech`: its
passages, each with the second at which a speaker begins it, and what is too much.

The time is the number of units divided by the pace of the pack, pauses included. A unit is a word; in Chinese,
Japanese and Thai, which part no words, a letter; in Myanmar script a syllable. A number is said in as many words as
it has figures other than nought, hundreds and thousands ("6,000": six thousand; "2021": two thousand twenty-one).
Two or three capitals are spelled, a word each (UN, ICC); more are said as a word (ASEAN).
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from pydantic import Field

from handbill.errors import ContentError
from handbill.forms import Form, read_form
from handbill.languages import Language
from handbill.model import Oral, Summary, Version
from handbill.segment import syllables

Role = Literal["greeting", "title", "sentence", "addressee", "demand"]
"""What a passage is: words of the editor's around it all, the title, a sentence, whom the next demand is on."""

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_OTHERS_OF_CHARACTERS = re.compile(rf"[{_LATIN}]+|[^\W\d_]")
_OTHERS_OF_SYLLABLES = re.compile(rf"[{_LATIN}]+|[\u1000-\u103f\u104c-\u109f\uaa60-\uaa7f]+")
_WORD = re.compile(r"\S*\w\S*")


class LimitForm(Form):
    """What a debate allows, and what that rests on."""

    debate: str = Field(min_length=1)
    seconds: int = Field(ge=10)
    date: date
    source: str = Field(min_length=1)
    verified: bool


class LimitsForm(Form):
    """speech.toml."""

    limits: tuple[LimitForm, ...] = Field(min_length=1, strict=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of what is said.

    Attributes:
        role: What it is.
        text: Its words.
        begins: Seconds from the start at which it begins; None where it goes on from what it stands under.
    """

    role: Role
    text: str
    begins: int | None


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said, and how long it takes.

    Attributes:
        passages: In the order they are said.
        units: Words, letters or syllables of it all.
        pace: Units a minute.
        limit: Seconds that are allowed.
    """

    passages: tuple[Passage, ...]
    units: int
    pace: int
    limit: int

    @property
    def seconds(self) -> int:
        """What it takes, rounded up."""
        return math.ceil(60 * self.units / self.pace)

    @property
    def excess(self) -> int:
        """Units that are too many; 0 if none is."""
        return max(0, self.units - self.limit * self.pace // 60)


@lru_cache(maxsize=1)
def limits() -> tuple[LimitForm, ...]:
    """What each debate allows."""
    return read_form(Path(__file__).with_name("speech.toml"), LimitsForm).limits


def sayable(summary: Summary) -> Mapping[str, tuple[str, ...]]:
    """What `passages` may name, each with the single passages it stands for; ids as in a translation's file."""
    figures = tuple(f"figure{number}" for number in range(1, len(summary.figures) + 1))
    groups = {
        f"demands{number}": tuple(f"demands{number}.item{place}" for place in range(1, len(group.items) + 1))
        for number, group in enumerate(summary.demands, 1)
    }
    single = ["standfirst", *figures, *(item for items in groups.values() for item in items)]
    every = tuple(item for items in groups.values() for item in items)
    return {**{name: (name,) for name in single}, "figures": figures, "demands": every, **groups}


def speech(version: Version, language: Language) -> Speech:
    """What is said of a version: all of its summary, or the passages that `statement.toml` chooses.

    Raises:
        ContentError: It has no summary.
    """
    summary, oral = version.summary, version.particulars.oral or Oral()
    if summary is None:
        raise ContentError(
            f"{version.statement.name}: there is no summary.toml, and so nothing for a card.",
            "Write the summary first (README.md, “A new statement”).",
        )
    pack = language.pack.speech
    passages, units = [], 0
    marked = True  # what stands under an addressee begins with it
    for role, text in _said(version, summary, oral, language):
        begins = 60 * units // pack.per_minute if marked else None
        passages.append(Passage(role, text, begins))
        units += counted(text, language)
        marked = role != "addressee"
    limit = oral.seconds or min(each.seconds for each in limits())
    return Speech(tuple(passages), units, pack.per_minute, limit)


def _said(version: Version, summary: Summary, oral: Oral, language: Language) -> Iterator[tuple[Role, str]]:
    if oral.opening:
        yield "greeting", oral.opening
    yield "title", version.statement.title
    known = sayable(summary)
    chosen = [single for name in oral.passages or ("standfirst", "figures", "demands") for single in known[name]]
    for group, names in groupby(chosen, key=_group_of):
        if group:
            yield "addressee", summary.demands[group - 1].addressee
        for name in names:
            yield "demand" if group else "sentence", _words_of(name, summary)
    if count := version.statement.signatory_count:
        yield "sentence", language.count(language.labels.closing, count)
    if oral.closing:
        yield "greeting", oral.closing


def _group_of(name: str) -> int:
    """The number of the demands that a passage is one of; 0 if it is none."""
    group = re.match(r"demands(\d+)\.", name)
    return int(group[1]) if group else 0


def _words_of(name: str, summary: Summary) -> str:
    numbers = [int(number) for number in re.findall(r"\d+", name)]
    match numbers:
        case []:
            return summary.standfirst.text
        case [figure]:
            each = summary.figures[figure - 1]
            return " ".join(part for part in (each.lead, each.value, each.label) if part)
        case _:
            group, place = numbers
            return summary.demands[group - 1].items[place - 1].text


def minutes(seconds: int) -> str:
    """A time in minutes and seconds.

    >>> minutes(65)
    '1:05'
    """
    return f"{seconds // 60}:{seconds % 60:02}"


def counted(text: str, language: Language) -> int:
    """How many units of its language a text is said in."""
    pack = language.pack
    digits = f"[{pack.numerals.digits}0-9]"
    between = f"[{re.escape(pack.numerals.group + pack.numerals.decimal)}\\s]"
    number = re.compile(f"{digits}+(?:{between}(?={digits}){digits}+)*")
    in_numbers = sum(_said_in(match[0], language) for match in number.finditer(text))
    rest = number.sub(" ", text)
    match pack.speech.unit:
        case "words":
            return in_numbers + sum(_spelled(word) for word in _WORD.findall(rest))
        case "letters":
            return in_numbers + sum(_spelled(word) for word in _OTHERS_OF_CHARACTERS.findall(rest))
        case "syllables":
            words = _OTHERS_OF_SYLLABLES.findall(rest)
            return in_numbers + sum(_spelled(w) if w.isascii() else len(syllables(w)) for w in words)


def _spelled(word: str) -> int:
    """Words that a word is said in: letters of a short run of capitals, else one."""
    letters = "".join(filter(str.isalnum, word))
    return len(letters) if letters.isupper() and 2 <= len(letters) <= 3 else 1


def _said_in(number: str, language: Language) -> int:
    """Units that a number is said in."""
    numerals = language.pack.numerals
    plain = number.translate(str.maketrans(numerals.digits, "0123456789"))
    whole, _, part = plain.partition(numerals.decimal)
    whole = re.sub(r"\D", "", whole)
    groups = [whole[max(0, end - 3) : end].rjust(3, "0") for end in range(len(whole), 0, -3)]
    words = sum(sum(digit != "0" for digit in group) + (group[0] != "0") for group in groups)
    words += sum(group != "000" for group in groups[1:])
    words += len(part) + 1 if part else 0
    return max(1, words) * language.pack.speech.figure
