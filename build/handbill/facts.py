"""Facts: the numbers, months and document symbols of a text, so that two languages can be held side by side.

In: a text and its language. Out: a multiset of facts that reads the same in every language: "3.5 million", "3,5
millions", "350万" and "৩৫ লাখ" are one and the same. Digits, grouping, scale words and month names come from the
language's pack.
"""

import re
from collections import Counter
from decimal import Decimal
from functools import lru_cache

from handbill.languages import Language

Facts = Counter[str]
"""How often a text states each fact: "6000", "month 2", "A/HRC/RES/55/20"."""

_SYMBOL = re.compile(r"\b[A-Z]{1,5}(?:/[A-Z0-9][A-Za-z0-9.()-]*)+[A-Za-z0-9)]")
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"


def facts(text: str, language: Language) -> Facts:
    """The facts a text states.

    >>> from handbill.languages import load_language
    >>> sorted(facts("3.5 million since 1 May 2024, see A/HRC/58/L.1", load_language("en")).elements())
    ['1', '2024', '3500000', 'A/HRC/58/L.1', 'month 5']
    """
    found: Facts = Counter(_SYMBOL.findall(text))
    plain = _SYMBOL.sub(" ", text)
    plain = _take_months(plain, found, language)
    for match in _number(language).finditer(plain):
        found[_value(match, language)] += 1
    return found


def _take_months(text: str, found: Facts, language: Language) -> str:
    """Count the months and return the text without them, as some languages number their months."""
    dates = language.pack.dates
    forms = dates.month_forms or [rf"(?<!\w){re.escape(name)}(?!\w)" for name in language.month_names]
    for number, form in enumerate(forms, 1):
        text, times = re.subn(form, " ", text)
        if times:
            found[f"month {number}"] += times
    numbered = re.search(r"(?<![A-Za-z])M([^\w\s'])?([^\W\d_A-Za-z])", dates.pattern)
    if numbered and numbered[2]:
        for match in re.finditer(rf"(\d{{1,2}}){numbered[2]}", text):
            found[f"month {int(match[1])}"] += 1
        text = re.sub(rf"\d{{1,2}}{numbered[2]}", " ", text)
    return text


@lru_cache(maxsize=64)
def _number_pattern(group: str, decimal: str, scales: tuple[str, ...]) -> re.Pattern[str]:
    typed = " " if group in _SPACES else ""  # most keyboards have no other space to group by
    between = f"[{re.escape(group + _SPACES + typed)}]"
    words = "|".join(re.escape(word) for word in sorted(scales, key=len, reverse=True))
    scale = rf"(?:[\s{_SPACES}]?(?P<scale>{words}))?" if words else "(?P<scale>(?!))?"
    whole = rf"(?P<whole>\d{{1,3}}(?:{between}\d{{2,3}})*{between}\d{{3}}(?!\d)|\d+)"
    return re.compile(rf"{whole}(?:{re.escape(decimal)}(?P<part>\d+))?{scale}")


def _number(language: Language) -> re.Pattern[str]:
    numerals = language.pack.numerals
    return _number_pattern(numerals.group, numerals.decimal, tuple(numerals.scales))


def _value(match: re.Match[str], language: Language) -> str:
    """The number as plain digits; `int` and `Decimal` read the digits of every script."""
    whole = "".join(str(int(digit)) for digit in match["whole"] if digit.isdecimal())
    part = "".join(str(int(digit)) for digit in match["part"] or "")
    value = Decimal(f"{whole}.{part or 0}") * language.pack.numerals.scales.get(match["scale"] or "", 1)
    return f"{value.normalize():f}"
