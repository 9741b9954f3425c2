"""Segmenting: where a line may break in scripts that write no space between words.

In: a text and the way its language's pack asks for. Out: the same text with U+200B ZERO WIDTH SPACE where a line
may break and U+2060 WORD JOINER where it may not. Neither is printed, and no letter is changed. The layout engine
knows the words of Thai and the characters of Chinese and Japanese; it knows no break inside Burmese, Shan, Mon or
Karen, and would print their lines past the edge of the page.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import budoux

from handbill.languages import Segment

ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
WORD_JOINER = "\N{WORD JOINER}"

LONGEST_PHRASE = 30
"""Characters: a phrase of a Myanmar heading that is longer may break between syllables."""

LEAST_START, LEAST_END = 3, 6
"""Characters of a Myanmar word that stay together at its ends: no lone letter, no lone syllable on a last line."""

LEAST_PHRASE = 5
"""Characters that the last line of a Chinese or Japanese heading has at least."""

LEAST_LAST = 2
"""Characters of a Chinese or Japanese paragraph that stay together at its end."""

# A syllable begins at a consonant or independent vowel that is neither stacked under another (U+1039) nor killed
# (U+103A, perhaps after medials). Letters of Burmese, Mon, Karen and Shan: Unicode 15, block Myanmar.
_BASE = "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"
_MEDIALS = "\u1037\u103b-\u103e\u105e-\u1060"
_SYLLABLE = re.compile(
    f"(?<=[\u1000-\u109f])(?<![\u1039\u104c\u104d\u104e])(?=[{_BASE}](?![\u1039\u103a])(?![{_MEDIALS}]+\u103a))"
)
_PREFIX = "\N{MYANMAR LETTER A}"  # makes a noun of the syllable behind it
_MYANMAR_WORD = re.compile(r"[\u1000-\u109f]+")
_UNSPACED = (
    "\u0e00-\u0eff\u1100-\u11ff\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_BETWEEN_LETTERS = re.compile(f"(?<=[{_UNSPACED}])(?=[{_UNSPACED}])")
_IDEOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_NUMBER_AND_UNIT = re.compile(f"(?<=\\d)(?={_IDEOGRAPHIC.pattern})")


def segment(text: str, how: Segment, tag: str, kept: Sequence[str] = ()) -> str:
    r"""The text with its places to break.

    Args:
        text: One paragraph, heading or name.
        how: What the pack says for it.
        tag: BCP 47 tag of its language, for the phrases of headings.
        kept: Words that are never broken.

    >>> segment("မြန်မာ စစ်တပ်သည်", "syllables", "my").replace("\u200b", "|")
    'မြန်မာ စစ်|တပ်သည်'
    """
    if how == "syllables":
        return _MYANMAR_WORD.sub(lambda word: _by_syllables(word[0], kept), text)
    if how == "phrases":
        return _by_phrases(text, tag, kept)
    if how == "spaces":
        return _BETWEEN_LETTERS.sub(WORD_JOINER, text)
    return _with_last_characters(text) if how == "characters" else text


def syllables(word: str) -> list[str]:
    """A word in Myanmar script cut into its syllables.

    >>> syllables("နိုင်ငံတကာ")
    ['နိုင်', 'ငံ', 'တ', 'ကာ']
    """
    places = [0, *(match.start() for match in _SYLLABLE.finditer(word)), len(word)]
    return [word[start:stop] for start, stop in pairwise(places)]


def _by_syllables(word: str, kept: Sequence[str]) -> str:
    inside = {
        at + offset
        for each in kept
        if each in word
        for at in range(len(word))
        if word.startswith(each, at)
        for offset in range(1, len(each))
    }
    made, length, last = "", 0, ""
    for part in syllables(word):
        fits = length >= LEAST_START and len(word) - length >= LEAST_END
        made += (ZERO_WIDTH_SPACE if fits and length not in inside and last != _PREFIX else "") + part
        length, last = length + len(part), part
    return made


def _by_phrases(text: str, tag: str, kept: Sequence[str]) -> str:
    if not _IDEOGRAPHIC.search(text):
        return _MYANMAR_WORD.sub(
            lambda word: _by_syllables(word[0], kept) if len(word[0]) > LONGEST_PHRASE else word[0], text
        )
    phrases = list(_phrases(text, tag))
    while len(phrases) > 2 and len(phrases[-1]) < LEAST_PHRASE:
        phrases[-2:] = ["".join(phrases[-2:])]
    return ZERO_WIDTH_SPACE.join(_BETWEEN_LETTERS.sub(WORD_JOINER, phrase) for phrase in phrases)


def _phrases(text: str, tag: str) -> Iterator[str]:
    """The phrases of a Chinese or Japanese text; a mark that may open no line stays with the phrase before it."""
    parser = _parser(tag)
    held = ""
    for phrase in parser.parse(text):
        if held and not re.match(r"\w|[“‘「『（《〈]", phrase):
            held += phrase
            continue
        if held:
            yield held
        held = phrase
    yield held


@lru_cache(maxsize=4)
def _parser(tag: str) -> budoux.Parser:
    if tag.startswith("zh"):
        return (
            budoux.load_default_traditional_chinese_parser()
            if "Hant" in tag
            else (budoux.load_default_simplified_chinese_parser())
        )
    return budoux.load_default_japanese_parser()


def _with_last_characters(text: str) -> str:
    text = _NUMBER_AND_UNIT.sub(WORD_JOINER, text)
    head, tail = text[:-LEAST_LAST], text[-LEAST_LAST:]
    return head + _IDEOGRAPHIC.sub(lambda each: f"{WORD_JOINER}{each[0]}", tail) if head else text
