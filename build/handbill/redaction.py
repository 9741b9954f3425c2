"""Redaction: words that must be told to nobody, blacked out wherever a text has them.

In: the withheld names, in every form that is known. Out: a `Redaction` that finds them in a text and blacks them
out: over a line's end, in other capitals, with other hyphens, spaces and accents. What reaches pages and reports
has been freed of the names before (`withhold`); messages, which may quote anything, pass through here as well.
"""

import re
import traceback
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from handbill.errors import FaultError, HandbillError
from handbill.lexicon import Lexicon

WITHHELD = "[withheld]"
"""What stands where a withheld name stood."""

LEAST_WORDS = 3
"""Words that a part of a name beside a dash has, to be looked for by itself: "Myanmar" alone is no one's name."""

COMMON = 3.0
"""Zipf value (once in a million words) from which a word is a common one, and in small letters no name."""

SPACED = 0x0590
"""Code points below it are of scripts whose words stand apart; above it a name may touch other words."""

_BRACKETS = re.compile(r"\s*[(\[（]([^)\]）]*)[)\]）]\s*")
_CLOSING = {")": "(", "]": "[", "）": "（"}
_DASH = re.compile(r"\s[-–—]\s")
_ACRONYM = re.compile(r"\w*[A-Z]\w*[A-Z]\w*")
_FIRST_MARK_OF_A_SCRIPT = 0x0400


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a name: its letters alone, and whether only capitals tell it from a common word."""

    letters: str
    capitals: bool
    acronym: bool


@dataclass(frozen=True, slots=True)
class Redaction:
    """Finds withheld names and blacks them out; its repr shows none of them."""

    forms: tuple[_Form, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, names: Sequence[str], language: str) -> "Redaction":
        """Of these names, and of what they are called in short: without brackets, by an acronym in them.

        Args:
            names: The names, and every other form of them that an editor knows.
            language: Of the text, whose dictionary tells a name of one word from a common word.
        """
        if not names:
            return cls()
        lexicon = Lexicon(language)
        forms = {
            form: None for name in names for short in _shortened(name, lexicon) if (form := _form(short, lexicon))
        }
        return cls(tuple(sorted(forms, key=lambda form: -len(form.letters))))

    def holds(self, text: str) -> bool:
        """Whether the text has one of the names."""
        return bool(self.forms) and next(self._found(text), None) is not None

    def text(self, text: str) -> str:
        """The text with every name blacked out; it has as many lines as before."""
        if not self.forms:
            return text
        made, at = "", 0
        for start, stop in sorted(self._found(text)):
            if start >= at:
                made += text[at:start] + WITHHELD + "\n" * text.count("\n", start, stop)
            at = max(at, stop)
        return made + text[at:]

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the names stand."""
        letters, places = _letters(text)
        for form in self.forms:
            at = letters.find(form.letters)
            while at >= 0:
                start, stop = places[at], places[at + len(form.letters) - 1] + 1
                if _stands_alone(text, start, stop) and _is_meant(text[start:stop], form):
                    opened = _CLOSING.get(text[stop : stop + 1])
                    yield start, stop + bool(opened and opened in text[start:stop])
                at = letters.find(form.letters, at + 1)


NOTHING_WITHHELD = Redaction()
"""Changes nothing."""


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but case, accents, spaces and punctuation."""
    return _letters(one)[0] == _letters(other)[0]


def _shortened(name: str, lexicon: Lexicon) -> Iterator[str]:
    """A name, and what it is called in short."""
    yield name
    bare = _BRACKETS.sub(" ", name).strip()
    yield bare
    yield from (inner for inner in _BRACKETS.findall(name) if " " in inner or _ACRONYM.fullmatch(inner))
    for part in _DASH.split(bare):
        if len(part.split()) >= LEAST_WORDS or _ACRONYM.fullmatch(part) or _is_strange(part, lexicon):
            yield part


def _is_strange(part: str, lexicon: Lexicon) -> bool:
    return " " not in part and lexicon.available and lexicon.zipf(part) < COMMON


def _form(name: str, lexicon: Lexicon) -> _Form | None:
    letters = _letters(name)[0]
    if len(letters) < 2 or letters == _letters(WITHHELD)[0]:
        return None
    word = len(name.split()) == 1
    return _Form(letters, word and not _is_strange(name, lexicon), word and name.isupper())


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits of a text without case and accents, and where each stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            # The vowel signs of Asia are letters; the accents of Europe are not.
            mark = unicodedata.category(part)[0] == "M" and ord(part) > _FIRST_MARK_OF_A_SCRIPT
            if part.isalnum() or mark:
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _stands_alone(text: str, start: int, stop: int) -> bool:
    """Whether the words are not the inside of longer ones."""
    before, after = text[start - 1 : start], text[stop : stop + 1]
    grown_before = ord(text[start]) < SPACED and before.isalpha() and ord(before) < SPACED
    return not (grown_before or (ord(text[stop - 1]) < SPACED and after.isalpha() and ord(after) < SPACED))


def _is_meant(words: str, form: _Form) -> bool:
    """Whether a name that is a common word too is written as a name."""
    if form.acronym:
        return words.isupper() or not form.capitals
    return not (form.capitals and words.islower())


@contextmanager
def guarding(redaction: Redaction, *, withheld: bool) -> Iterator[None]:
    """Let no error tell a name.

    Args:
        redaction: The names that are known.
        withheld: Whether any name is withheld: an unexpected exception may quote it, and is told without its words.
    """
    try:
        yield
    except HandbillError as error:
        error.message, error.remedy = redaction.text(error.message), redaction.text(error.remedy)
        error.args = (error.message,)
        raise
    except BrokenPipeError:
        raise
    except Exception as error:
        if not withheld:
            raise
        frames = "".join(traceback.format_tb(error.__traceback__))
        raise FaultError(
            f"{frames}{type(error).__name__} (what it says is not shown, since names are withheld)",
            "This is a fault of Handbill. Report it with the lines above.",
        ) from None
