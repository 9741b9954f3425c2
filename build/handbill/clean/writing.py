"""How a language writes, as far as cleaning must know it.

In: a BCP 47 tag. Out: a `Writing`, from `languages.toml` beside this file. A statement may be in a language that no
pack sets, and is cleaned all the same.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class Writing:
    """What cleaning knows of how a language writes.

    Attributes:
        spaced: Signs that stand between words by themselves.
        elided: Words that lose their vowel before another one; None where none do.
        numero: The abbreviation of "number" with its raised letter; empty where it has none.
        number: What stands before a number to say that it is one, in small letters and without its stop.
        ordinals: Whether an ordinal is a number with a stop and a raised letter.
        opened: Signs that open a question or a call, each with the one that closes it.
        nouns: Whether every noun has a capital.
        tilde: What the letter with a tilde is read as, and the letter, in small letters; empty where it has none.
        capital_tilde: The same in capitals.
        never: Words that no sentence has beside each other, so that one has an accent too many.
        before_year: Words after which four figures are a year.
    """

    spaced: str = ""
    elided: str = ""
    numero: str = ""
    number: tuple[str, ...] = ()
    ordinals: bool = False
    opened: tuple[tuple[str, str], ...] = ()
    nouns: bool = False
    tilde: tuple[str, ...] = ()
    capital_tilde: tuple[str, ...] = ()
    never: re.Pattern[str] | None = None
    before_year: tuple[str, ...] = ()


def writing(tag: str) -> Writing:
    """How the language of a tag writes.

    >>> writing("es-MX").numero, writing("tlh").numero
    ('n.º', '')
    """
    return _languages().get(tag.partition("-")[0].lower(), Writing())


@lru_cache(maxsize=8)
def calendar_of(tag: str) -> frozenset[str]:
    """The months and the days of the week, with capitals where the language writes them so.

    >>> "october" in calendar_of("en"), "octobre" in calendar_of("fr")
    (False, True)
    """
    try:
        locale = Locale.parse(tag.partition("-")[0])
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = (each["format"]["wide"].values() for each in (locale.months, locale.days))
    return frozenset(str(name) for each in names for name in each)


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, Writing]:
    made = tomllib.loads((files("handbill") / "clean" / "languages.toml").read_text("utf-8"))
    return {tag: _read(facts) for tag, facts in made.items()}


def _read(facts: Mapping[str, Any]) -> Writing:
    read: dict[str, Any] = {name: tuple(fact) if isinstance(fact, list) else fact for name, fact in facts.items()}
    if "opened" in facts:
        read["opened"] = tuple((sign, mark) for sign, mark in facts["opened"])
    if "never" in facts:
        read["never"] = re.compile(facts["never"], re.IGNORECASE)
    return Writing(**read)
