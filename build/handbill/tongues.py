"""Which language a name is in, and which of its words have lost an accent.

In: the words of a name. Out: the languages it is most likely in, and for a word the one that a scanner may have
read so: "Asociacién" and "Asociacion" for "Asociación", "fiir" for "für". A statement in one language is signed in
many, and a scanner set to the one does not know the letters of the others. Everything rests on the short word lists
of wordfreq; a word that no list has, as most names of places and people, is nothing that this module can tell.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import wordfreq

from handbill.lexicon import KNOWN, LATIN_SCRIPT, LONGEST_LISTED

NEAR_BEST = 0.9
"""Share of the best language's score from which another may as well be the one."""

RARER = 0.5
"""How much less usual a word must be than the one with accents, on the Zipf scale: three times."""

FEWEST_BESIDE, LIKELIER = 3, 1.0
"""Words of a name that tell its language; how much likelier it must be with an accent, as a power of ten."""

MAY_BE_NAME = 2.0
"""Zipf frequency that a word has at least, in any language: it may be the name of a place."""

OWN = 0.9
"""Share of the best language's score from which a name may as well be in the statement's own, as it was read."""

ACCENT_LOST = 0.5
"""What a word counts less towards a language that has it with accents only, on the Zipf scale."""

FEWEST_WORDS = 10
"""Common words that a language has with a letter, if the letter is one of its own."""

VERY_COMMON = 6.0
"""Zipf frequency from which a word is not looked for with other letters."""

SHORTEST = 3
"""Letters of the shortest word that is judged."""

_SEEN_AS: Mapping[str, tuple[str, ...]] = {
    "ñ": ("fi", "fh", "ii", "h"),
    "ü": ("ii", "ti", "li", "fi", "il", "ft", "i", "fl"),
    "ö": ("6", "d", "dé", "0"),
    "ó": ("6", "d", "dé", "0"),
    "í": ("f", "l", "t"),
    "ł": ("t", "l", "i", "ti", "1"),
    "ß": ("B", "f", "8", "b", "ss"),
    "œ": ("oe", "ce"),
    "æ": ("ae", "ee"),
    "ø": ("o", "g", "6"),
    "đ": ("d",),
    "ı": ("i", "1"),
}
"""What a letter is read as beside its plain letter and those with another accent."""


def likely_languages(words: Iterable[str], language: str) -> tuple[str, ...]:
    """The languages of the Latin script that a few words are most likely in, the likeliest first.

    Args:
        words: The words of a name.
        language: The tag of the statement's language, which is as likely as any.
    """
    lower = [word.lower() for word in words if len(word) > 1]
    tongues = dict.fromkeys((language.partition("-")[0], "en", *LATIN_SCRIPT))
    scores = {tongue: sum(_as_read(word, tongue) for word in lower) for tongue in tongues}
    plain = sum(zipf(word, next(iter(tongues))) for word in lower)
    if plain >= OWN * max(scores.values(), default=0.0):  # it may well have all its letters
        scores = {tongue: sum(zipf(word, tongue) for word in lower) for tongue in tongues}
    best = max(scores.values(), default=0.0)
    near = [tongue for tongue, score in scores.items() if score and score >= NEAR_BEST * best]
    return tuple(sorted(near, key=lambda tongue: -scores[tongue]))


@lru_cache(maxsize=50_000)
def _as_read(word: str, tongue: str) -> float:
    """How common a word in small letters is, or nearly so the one that it is but for its accents."""
    own = zipf(word, tongue)
    if not SHORTEST <= len(word) <= LONGEST_LISTED or own >= VERY_COMMON:
        return own
    near = (zipf(each, tongue) for each in sisters(word, _accented_words(tongue)))
    return max(own, max(near, default=0.0) - ACCENT_LOST)


def accented(word: str, tongues: Sequence[str], language: str = "") -> str:
    """The far more usual word that differs by its accents only, in the case of this one; or nothing.

    Args:
        word: A word of a name.
        tongues: The languages that the name may be in.
        language: That of the statement, whose letters the scanner was set to: a word that has an accent is
            questioned only if it is rare, or if the scanner did not know the letter that it may have on paper.
    """
    lower = word.lower()
    usual = max((zipf(lower, tongue) for tongue in tongues), default=0.0)
    if not _may_be_misread(word) or usual >= (VERY_COMMON if word.isascii() or language else KNOWN):
        return ""
    found = ((zipf(each, tongue), each) for tongue in tongues for each in sisters(lower, _accented_words(tongue)))
    if not word.isascii() and usual >= KNOWN:
        known = letters(language.partition("-")[0])
        found = (each for each in found if any(c.isalpha() and c not in known for c in each[1]))
    best, meant = max(found, default=(0.0, ""))
    return in_case(meant, word) if best >= usual + RARER else ""


def accented_beside(word: str, beside: Sequence[str], language: str) -> str:
    """The word that differs by its accents only, if a name with it is far likelier than one with the word as read.

    The likelihood is that of the whole name in the language that suits it best: "Pedagogia" is Portuguese, and
    "Instituto de Pedagogia" may be; "Instituto de Pedagogia Libre" is Spanish, and lost an accent.

    Args:
        word: A word of a name.
        beside: All words of the name.
        language: The tag of the statement's language, which is as likely as any.
    """
    lower = word.lower()
    if not _may_be_misread(word) or not word.isascii() or len(beside) < FEWEST_BESIDE:
        return ""
    others = [each.lower() for each in beside if len(each) > 1 and each != word]
    if all(zipf(each, language.partition("-")[0]) for each in others):  # it is in the statement's own
        return ""
    tongues = dict.fromkeys((language.partition("-")[0], "en", *LATIN_SCRIPT))
    sister = {tongue: found for tongue in tongues if (found := _most_usual_sister(lower, tongue))}
    if not sister:
        return ""
    as_read, as_meant = 0.0, (0.0, "")
    for tongue in tongues:
        rest = sum(max(_as_read(each, tongue), MAY_BE_NAME) for each in others)
        as_read = max(as_read, rest + zipf(lower, tongue))
        if tongue in sister:
            usual, word_meant = sister[tongue]
            as_meant = max(as_meant, (rest + usual, word_meant))
    return in_case(as_meant[1], word) if as_meant[0] >= as_read + LIKELIER else ""


@lru_cache(maxsize=50_000)
def _most_usual_sister(word: str, tongue: str) -> tuple[float, str] | None:
    """How common the commonest word is that may have been read as this one, and the word; names repeat theirs."""
    return max(((zipf(each, tongue), each) for each in sisters(word, _accented_words(tongue))), default=None)


def accented_here(word: str, own: Mapping[str, str], tongues: Sequence[str]) -> str:
    """The same among the document's own words, as `by_bones` keeps them, for a word that no language has."""
    lower = word.lower()
    if not _may_be_misread(word) or any(zipf(lower, tongue) >= KNOWN for tongue in tongues):
        return ""
    return next((in_case(each, word) for each in sisters(lower, own)), "")


def _may_be_misread(word: str) -> bool:
    """Whether a word is one to judge; in capitals, many languages are written without accents."""
    return SHORTEST <= len(word) <= LONGEST_LISTED and not word.isupper()


@lru_cache(maxsize=100_000)
def zipf(word: str, tongue: str) -> float:
    """How common a word in small letters is, by a language's short list; 0 for one that it does not have."""
    frequency = _frequencies(tongue).get(word.replace("’", "'"), 0.0)
    return round(math.log10(frequency) + 9, 2) if frequency else 0.0


def by_bones(words: Iterable[str]) -> Mapping[str, str]:
    """The words that have letters beyond ASCII, in small letters, by what they are without those or accents.

    Words of the same bones stand in one text, with spaces between them: a language has ten thousands, and as many
    lists take twice as long to make and to let go of.
    """
    lower = "\n".join(word for word in words if not word.isascii()).lower()
    bare, plain = (_bones(text).split("\n") for text in (lower, unicodedata.normalize("NFD", lower)))
    made: dict[str, str] = {}
    for word, key, other in zip(lower.split("\n"), bare, plain, strict=True) if lower else ():
        made[key] = f"{made[key]} {word}" if key in made else word
        if other != key:
            made[other] = f"{made[other]} {word}" if other in made else word
    return made


def sisters(word: str, among: Mapping[str, str]) -> Iterator[str]:
    """The words with accents that may have been read as this one."""
    bones = _bones(word)
    if not bones:  # another script
        return
    places = range(len(bones))
    shortened = (bones[:at] + bones[at + size :] for at in places for size in (1, 2))
    for key in dict.fromkeys((bones, *shortened)):
        for each in among.get(key, "").split():
            if each != word and _read_as(each).fullmatch(word):
                yield each


def _bones(word: str) -> str:
    """A word without its letters beyond ASCII."""
    return word.encode("ascii", "ignore").decode()


@lru_cache(maxsize=10_000)
def _read_as(word: str) -> re.Pattern[str]:
    """What a scanner may make of a word with accents."""
    return re.compile("".join(re.escape(char) if char.isascii() else _seen(char) for char in word))


def _seen(char: str) -> str:
    plain = unicodedata.normalize("NFD", char)[0]
    ways = (*(() if plain == char else (plain,)), *_SEEN_AS.get(char, ()))
    return f"(?:[^\\x00-\\x7f]|{'|'.join(map(re.escape, ways))})" if ways else "[^\\x00-\\x7f]"


def in_case(meant: str, read: str) -> str:
    """A word in small letters as it is written where another stands: with its capital, or in capitals."""
    if read.isupper():
        return meant.upper()
    return meant[:1].upper() + meant[1:] if read[:1].isupper() else meant


@lru_cache(maxsize=32)
def _frequencies(tongue: str) -> Mapping[str, float]:
    listed = wordfreq.available_languages("small")
    frequencies: Mapping[str, float] = wordfreq.get_frequency_dict(tongue, "small") if tongue in listed else {}
    return frequencies


@lru_cache(maxsize=32)
def _accented_words(tongue: str) -> Mapping[str, str]:
    """A language's common words that have letters beyond ASCII; its short list has none under `KNOWN`."""
    return by_bones(_frequencies(tongue))


@lru_cache(maxsize=32)
def letters(tongue: str) -> frozenset[str]:
    """The small letters that a language writes its own words with."""
    counts = Counter(letter for word in _frequencies(tongue) for letter in set(word))
    return frozenset(letter for letter, count in counts.items() if count >= FEWEST_WORDS)
