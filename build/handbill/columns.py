"""Columns: what the columns of a table of organisations are, told by their headers in many languages.

In: the words of a header or a cell. Out: the kind of the column, the code of the country. Sign-on forms and the
lists of names under statements are headed alike (`columns.toml`).
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale

from handbill.languages import known_languages, load_language

KINDS = ("withheld", "published", "ignored", "country", "acronym", "signed", "name")
"""Kinds of column; a header that has words of two is of the first, so that no wish for silence is overlooked."""

_SPACED = 0x2E80
"""Code points from here on are of scripts that write no spaces, where a word is sought inside others."""


def folded(text: str) -> str:
    """A text in small letters, without accents of Europe and punctuation, its words apart by one space.

    >>> folded("The  Réseau (Asie)")
    'the reseau asie'
    """
    kept = []
    for c in unicodedata.normalize("NFKD", text).casefold():
        if unicodedata.category(c)[0] == "M" and ord(c) < 0x0400:
            continue
        kept.append(c if c.isalnum() or unicodedata.category(c)[0] == "M" else "" if c in "'’" else " ")
    return " ".join("".join(kept).split())


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """What `columns.toml` has."""
    made: Mapping[str, Any] = tomllib.loads((files("handbill") / "columns.toml").read_text("utf-8"))
    return made


def kind_of(header: str) -> tuple[str, int]:
    """What kind of column a header is, and how many letters of it tell so."""
    text = folded(header)
    for kind in KINDS:
        weight = max((len(word) for word in map(folded, words()[kind]) if _has(text, word)), default=0)
        if weight:
            return kind, weight
    return "ignored", 0


def are_headers(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are headers and nothing beside, one of them that of the names.

    >>> are_headers(["No.", "Organisation", "Country"]), are_headers(["1", "Country Women’s Association", "Kenya"])
    (True, False)
    """
    headers = [folded(cell) for cell in cells]
    numbers, names = _headers("number"), _headers("name")
    known = numbers.union(*(_headers(kind) for kind in KINDS))
    return any(header in names for header in headers) and all(not each or each in known for each in headers)


@lru_cache(maxsize=16)
def _headers(kind: str) -> frozenset[str]:
    return frozenset(map(folded, words()[kind]))


def _has(text: str, word: str) -> bool:
    if ord(word[0]) >= _SPACED or "\u0e00" <= word[0] < "\u0e80" or "\u1000" <= word[0] < "\u10a0":
        return word in text
    return f" {word} " in f" {text} "


def country_code(text: str) -> str:
    """The code of a country that is named in any of the languages; empty where it is none.

    >>> country_code("Birmanie"), country_code("Tailandia"), country_code("th"), country_code("Utopia")
    ('MM', 'TH', 'TH', '')
    """
    return _countries().get(folded(text), "")


def territory_code(text: str, tag: str) -> str:
    """The code of a country that is printed in a language in these very words; empty where it is none.

    >>> territory_code("Kenya", "en"), territory_code("Birmanie", "fr"), territory_code("Utopia", "en")
    ('KE', '', '')
    """
    return _territories(tag).get(folded(text), "")


@lru_cache(maxsize=4)
def _territories(tag: str) -> Mapping[str, str]:
    language = load_language(tag)
    codes = filter(re.compile("[A-Z]{2}").fullmatch, map(str, Locale.parse("en").territories))
    return {folded(language.territory(code)): code for code in codes}


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    names: dict[str, str] = {}
    locales = {load_language(tag).pack.locale for tag in known_languages()}
    for locale in ["en", *sorted(locales)]:
        for code, name in Locale.parse(locale).territories.items():
            if re.fullmatch("[A-Z]{2}", code):
                for form in (name, re.sub(r"\s*\(.*", "", name), code):
                    names.setdefault(folded(form), code)
    for code, others in words()["countries"].items():
        names.update({folded(name): code for name in others})
    return names
