"""Numbers in words: "forty-six" is 46.

In: a language, whose pack has the words. Out: a pattern that finds numbers in words, and what they are worth. Where
a pack has no words nothing is found.
"""

import re
from functools import lru_cache

from handbill.languages import Language

NOTHING = r"(?!)"
"""Matches nowhere."""


def in_words(language: Language) -> str:
    """A regular expression without groups that finds a number in words, as long as it goes."""
    numerals = language.pack.numerals
    known = _either([*numerals.words, *numerals.multipliers])
    if not known:
        return NOTHING
    joint = _either(numerals.joints)
    between = rf"(?:[\s-]+(?:(?:{joint})\s+)?)" if joint else r"[\s-]+"
    return rf"(?:{known})(?:{between}(?:{known}))*(?!\w)"


def value_of(words: str, language: Language) -> int:
    """What a number in words is worth.

    >>> from handbill.languages import load_language
    >>> value_of("one hundred and forty-six", load_language("en"))
    146
    >>> value_of("quatre-vingt-dix-sept", load_language("fr")), value_of("empat puluh enam", load_language("id"))
    (97, 46)
    """
    numerals = language.pack.numerals
    parts: list[int] = []
    for word in re.findall(rf"(?<!\w)(?:{_either([*numerals.words, *numerals.multipliers])})(?!\w)", words.lower()):
        spaced = " ".join(word.split())
        if spaced in numerals.multipliers:
            times = numerals.multipliers[spaced]
            parts.append(parts.pop() * times if parts else times)
        else:
            parts.append(numerals.words[spaced])
    return sum(parts)


def year_in_words(language: Language) -> str:
    """A regular expression without groups that finds a year in words: "deux mille vingt-cinq"."""
    thousands = _thousands(language)
    if not thousands or not language.pack.numerals.words:
        return NOTHING
    rest = in_words(language).removesuffix(r"(?!\w)")
    joint = _either(language.pack.numerals.joints)
    between = rf"[\s-]+(?:(?:{joint})\s+)?" if joint else r"[\s-]+"
    return rf"(?:{rest}[\s-]+)?(?:{_either(thousands)})(?:{between}{rest})?(?!\w)"


def year_of(words: str, language: Language) -> int:
    """What a year in words is worth.

    >>> from handbill.languages import load_language
    >>> year_of("deux mille vingt-cinq", load_language("fr")), year_of("dos mil treinta", load_language("es"))
    (2025, 2030)
    """
    times, _, rest = re.split(rf"(?<!\w)({_either(_thousands(language))})(?!\w)", words.lower(), maxsplit=1)
    return 1000 * (value_of(times, language) or 1) + value_of(rest, language)


def _thousands(language: Language) -> list[str]:
    return [word for word, worth in language.pack.numerals.scales.items() if worth == 1000]


def _either(words: list[str] | tuple[str, ...]) -> str:
    return _alternatives(tuple(words))


@lru_cache(maxsize=256)
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
