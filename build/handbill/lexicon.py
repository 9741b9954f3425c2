"""What counts as a word: the language's dictionary and the document's own vocabulary.

In: a BCP 47 tag, lines of text. Out: `Lexicon`, which answers how common a word is, and `vocabulary`, the words
a document uses itself. The dictionary is wordfreq's list of the language, on the Zipf scale: 3 is a word met
once in a million, 6 one met once in a thousand.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import wordfreq
from rapidfuzz import process
from rapidfuzz.distance import OSA

KNOWN = 3.0
"""Zipf frequency from which a word is taken as known: once in a million words."""

HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}¬"
"""What a scanner writes for the hyphen at a line's end."""

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
"""A run of letters, with the apostrophes inside it."""

LONGEST_LISTED = 60
"""Letters of the longest word that is looked for in a list; what is longer is no word."""

_WITH_HYPHENS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_SCRIPTS = {
    "my": re.compile(r"[\u1000-\u109f]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "km": re.compile(r"[\u1780-\u17ff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}
"""Languages told by their script alone, in the order of asking (Japanese before Chinese)."""

_WITHOUT_SPACES = {"zh", "ja", "ko", "th"}
"""Languages whose lists need a tokenizer of their own; no rule asks for a word of theirs."""

LATIN_SCRIPT = (
    *("fr", "es", "pt", "de", "it", "nl", "pl", "cs", "hu", "ro", "tr", "sv", "da", "nb", "fi"),
    *("ca", "sk", "sl", "sh", "lt", "lv", "is"),
)
"""Languages that write words with letters beyond ASCII, and have a list."""

_ALPHABETIC = ("en", "fr", "es", "pt", "de", "id", "ru", "uk", "ar", "fa", "ur", "hi", "bn")


class Lexicon:
    """The dictionary of one language; a language without a list knows no word and says so."""

    def __init__(self, language: str) -> None:
        self.language = language
        base = language.partition("-")[0].lower()
        lists = set(wordfreq.available_languages("best")) - _WITHOUT_SPACES
        self._list = base if base in lists else None

    @property
    def available(self) -> bool:
        """Whether there is a word list for the language at all."""
        return self._list is not None

    def zipf(self, word: str) -> float:
        """How common the word is, on the Zipf scale; 0 for a word (or language) that is not listed."""
        if not self._list or len(word) > LONGEST_LISTED:
            return 0.0
        return _zipf(word.replace("’", "'"), self._list)

    def nearest(self, word: str) -> str:
        """The commonest word that is one letter away from a word in small letters; empty where there is none."""
        if not word.isalpha() or not word.islower() or len(word) > LONGEST_LISTED:
            return ""
        near = process.extract(word, self.common(), scorer=OSA.distance, processor=None, score_cutoff=1, limit=None)
        return min(near, key=lambda found: found[2])[0] if near else ""

    def common(self, count: int = 30_000) -> Sequence[str]:
        """The most common words, most common first; empty where there is no list."""
        return _common(self._list, count) if self._list else ()


@lru_cache(maxsize=100_000)
def _zipf(word: str, language: str) -> float:
    # Most words that are asked for are in no list, and to say so takes no tokenizer.
    if word.isascii() and word.isalpha() and word.islower() and word not in _frequencies(language):
        return 0.0
    return float(wordfreq.zipf_frequency(word, language))


@lru_cache(maxsize=4)
def _frequencies(language: str) -> Mapping[str, float]:
    frequencies: Mapping[str, float] = wordfreq.get_frequency_dict(language, "best")
    return frequencies


@lru_cache(maxsize=4)
def _common(language: str, count: int) -> tuple[str, ...]:
    return tuple(wordfreq.top_n_list(language, count))


@lru_cache(maxsize=1)
def accented_words() -> frozenset[str]:
    """The common words of the Latin script's languages that have a letter beyond ASCII, lower case."""
    listed = wordfreq.available_languages("small")
    return frozenset(
        word
        for tag in LATIN_SCRIPT
        if tag in listed
        for word in wordfreq.iter_wordlist(tag, "small")
        if not word.isascii()
    )


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """The words of the texts as spelled, with counts; a word cut by a hyphen at a line's end is left out.

    >>> sorted(vocabulary(["the mili-", "tary said the", "military"]).items())
    [('military', 1), ('said', 1), ('the', 2)]
    """
    words: Counter[str] = Counter()
    cut = False
    for text in texts:
        found = list(WORD.finditer(text))
        if cut and found:
            found = found[1:]
        cut = bool(re.search(rf"\w[{HYPHENS}]\s*$", text))
        if cut and found:
            found = found[:-1]
        words.update(match[0] for match in found)
    return words


def without_accents(text: str) -> str:
    """A text without the marks above and below its letters.

    >>> without_accents("Söderby, São")
    'Soderby, Sao'
    """
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def following(texts: Iterable[str]) -> Mapping[str, Counter[str]]:
    """For each word of a text, in lower case, the words that come next, with counts; lines are read on.

    >>> following(["We call on the", "Council. We call"])["we"]
    Counter({'call': 2})
    """
    words = [word.lower() for text in texts for word in WORD.findall(text)]
    found: dict[str, Counter[str]] = {}
    for word, after in pairwise(words):
        found.setdefault(word, Counter())[after] += 1
    return found


def compounds(texts: Iterable[str]) -> Counter[str]:
    """The words with a hyphen inside that the texts hold whole, lower case, with counts.

    >>> compounds(["a long-term plan, ill-", "treatment"])
    Counter({'long-term': 1})
    """
    found: Counter[str] = Counter()
    for text in texts:
        found.update(match[0].lower() for match in _WITH_HYPHENS.finditer(text) if "-" in match[0])
    return found


def guess_language(text: str) -> str:
    """The language of a text as a BCP 47 tag, told by its script or its commonest words; "und" if neither tells."""
    for tag, script in _SCRIPTS.items():
        if len(script.findall(text)) > len(text) / 10:
            return tag
    words = [word.lower() for word in WORD.findall(text)[:2000] if len(word) <= LONGEST_LISTED]
    if not words:
        return "und"
    scores = {tag: sum(_is_common(word, tag) for word in words) / len(words) for tag in _ALPHABETIC}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] > 0.2 else "und"


def _is_common(word: str, tag: str) -> bool:
    """Whether a language has the word once in ten thousand; its short list tells, and is read in no time."""
    return float(wordfreq.zipf_frequency(word.replace("’", "'"), tag, wordlist="small")) >= 5
