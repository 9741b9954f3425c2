"""Linting: what is wrong with a text in its script, whoever wrote it.

In: a text and its language. Out: one sentence for each fault: another normal form, another script, marks that steer
direction, quotation marks of another language, sequences that the language's pack forbids. Nothing is mended here.
"""

import re
import unicodedata
from collections.abc import Iterator

from handbill.languages import Language

LEAST_LETTERS = 30
"""Letters under which the share of a script says nothing: a heading may be one foreign name."""

_QUOTES = frozenset('"“”„‟«»‹›「」『』〈〉《》')
_STEERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u200b\ufeff")
_JOINERS = frozenset("\u200c\u200d")


def lint(text: str, language: Language) -> Iterator[str]:
    """Every fault of the text, as a sentence."""
    rules = language.pack.lint
    if not unicodedata.is_normalized("NFC", text):
        yield f"“{_denormal(text)}” is not in normal form C; save it as NFC."
    yield from _controls(text)
    foreign = sorted({c for c in text if c in _QUOTES} - set(language.pack.type.quotes))
    if foreign:
        shown = " ".join(f"{c} ({unicodedata.name(c)})" for c in foreign)
        yield f"{shown}: {language.pack.name} is set with {' '.join(dict.fromkeys(language.pack.type.quotes))}."
    for rule in rules.forbidden:
        if match := re.search(rule.pattern, text):
            yield f"“{text[max(0, match.start() - 8) : match.end() + 8]}”: {rule.reason}."
    letters = [c for c in text if c.isalpha()]
    share = len(re.findall(rules.letters, text)) / max(1, len(letters))
    if len(letters) >= LEAST_LETTERS and share < rules.least_share:
        yield f"only {share:.0%} of its letters are of the script {language.pack.script}; is it translated?"


def _controls(text: str) -> Iterator[str]:
    """Characters that nobody sees: what the language needs of them (joiners), its pack may forbid itself."""
    for character in sorted(set(text)):
        category = unicodedata.category(character)
        if character in _STEERING or (category in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _JOINERS):
            name = unicodedata.name(character, "a control character")
            yield f"holds U+{ord(character):04X} ({name}); line breaks and direction are made by the program."


def _denormal(text: str) -> str:
    """The first word that is not in normal form C."""
    return next((word for word in text.split() if not unicodedata.is_normalized("NFC", word)), text[:20])
