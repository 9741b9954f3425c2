"""Typesetting: what typography adds to words, and nothing else.

In: a text and its language. Out: the text for the page, escaped: no-break spaces and joiners where no line may
break, places to break where a script has no spaces, a mark around a name that must not be hyphenated, and around a
run of Latin letters in a page that runs from right to left. No letter, digit or sign is added, lost or moved.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from handbill.languages import Language, Segment
from handbill.segment import LEAST_LAST, WORD_JOINER, ZERO_WIDTH_SPACE, segment

NO_BREAK = "\N{NO-BREAK SPACE}"

LEAST_TAIL, LEAST_JUSTIFIED_TAIL, MOST_TAIL = 10, 5, 24
"""Characters: a last line has at least so many, unless tying that much would tear the line above it."""

LONGEST_STEP = 24
"""Characters of an address between two slashes that stay on one line; longer ones break at dots and hyphens too."""

SLACK = 0.02
"""Share of its measure that a balanced heading keeps beyond need: kerning and shaping are not reckoned with."""

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_NAMES = re.compile(r"[^\W\d_]*[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]*")
_ADDRESS = re.compile(r"https?://[^\s<>«»“”‘’()]*[^\s<>«»“”‘’().,;:!?…。，、；：！？؟،؛।။၊]")
_LEFT_TO_RIGHT = re.compile(
    rf"(?:{_ADDRESS.pattern}|[#@]?[{_LATIN}][{_LATIN}0-9]*)"
    rf"(?:[ {NO_BREAK}{WORD_JOINER}’'&/.,:+\-–—_#@]+(?:{_ADDRESS.pattern}|[{_LATIN}0-9]+))*"
)
_NUMBER_AND_WORD = re.compile(r"(?<!\S)(\d{1,2}\.?[^\W\d_]{0,2}|\d+[.,٫]\d+) (?=[^\W\d_]{2,14}\b)")
_INITIALS = re.compile(r"\b([A-Z]\.) (?=[A-Z])")
# Keeps a compound whole: at a line's end its hyphen would be copied, and read aloud, as a typesetter's.
_COMPOUND = re.compile(r"(?<=\w)([-/\N{HYPHEN}])(?=\w)")
_AFTER_DIGITS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_BEFORE_DASH = re.compile(r" (?=[-–—] )")
_PIECES = re.compile(f"([^ {ZERO_WIDTH_SPACE}]+)([ {ZERO_WIDTH_SPACE}]?)")
_KEPT = Markup('<span class="kept">{}</span>')


@dataclass(frozen=True)
class Typesetter:
    """Sets the words of one language."""

    language: Language

    def body(self, text: str) -> Markup:
        """Running text."""
        return self._marked(self._segmented(text, self.language.pack.type.segment.body))

    def heading(self, text: str) -> Markup:
        """A title, a heading or a label."""
        return self._marked(self.broken_heading(text))

    def title(self, text: str) -> Markup:
        """A title in a narrow column, its last words tied: no line of it is justified, whatever the text is."""
        return self._marked(_with_tail(self.broken_heading(text), LEAST_TAIL))

    def broken_heading(self, text: str) -> str:
        """A heading's words with their ties and places to break, not yet marked."""
        return self._segmented(text, self.language.pack.type.segment.headings)

    def kept(self, text: str) -> Markup:
        """A few words that stay on one line."""
        return _KEPT.format(self._marked(text.replace(" ", NO_BREAK)))

    def with_tail_apart(self, text: str) -> tuple[Markup, Markup]:
        """Running text, and apart from it its last words or syllables, to which something is to be tied."""
        how = self.language.pack.type.segment.body
        whole = self._segmented(text, how)
        at = max(whole.rfind(" "), whole.rfind(ZERO_WIDTH_SPACE)) + 1
        if how == "characters":
            at = max(at, whole.find(WORD_JOINER, len(whole) - 2 * LEAST_LAST) - 1)
        elif len(whole) - at > MOST_TAIL:
            # A phrase whose words only the engine knows: nothing of it can be held together.
            at = len(whole)
        return self._marked(whole[:at]), self._marked(whole[at:])

    def name(self, name: str, foreign: str = "") -> Markup:
        """A name in the list; `foreign` is the tag of its language where that is not the page's."""
        tied = _COMPOUND.sub(rf"\1{WORD_JOINER}", _BEFORE_DASH.sub(NO_BREAK, name))
        if not foreign:
            return self._marked(segment(tied, self.language.pack.type.segment.names, self.language.tag))
        direction = Markup(' dir="ltr"') if self.language.is_rtl else ""
        return Markup('<span lang="{}"{}>{}</span>').format(foreign, direction, tied)

    def foreign(self, text: str, tag: str) -> Markup:
        """Text of another language than the page's: a paragraph of a draft that is not translated yet."""
        return Markup('<span lang="{}" dir="ltr">{}</span>').format(tag, text)

    def _segmented(self, text: str, how: Segment) -> str:
        style = self.language.pack.type
        return segment(self._tied(text), how, self.language.tag, style.kept)

    def _tied(self, text: str) -> str:
        style = self.language.pack.type
        tied = _AFTER_DIGITS.sub(NO_BREAK, text)
        tied = _NUMBER_AND_WORD.sub(rf"\1{NO_BREAK}", tied)
        tied = _INITIALS.sub(rf"\1{NO_BREAK}", tied)
        tied = _COMPOUND.sub(rf"\1{WORD_JOINER}", tied)
        tied = _ADDRESS.sub(lambda address: _stepped(address[0].replace(WORD_JOINER, "")), tied)
        if style.tied:
            tied = re.sub(rf"(?<!\S)({_any_of(style.tied)}) (?=\S)", rf"\1{NO_BREAK}", tied, flags=re.IGNORECASE)
        # In a justified line a tie would tear the words of the line above apart.
        return _with_tail(tied, LEAST_TAIL if style.align == "start" else LEAST_JUSTIFIED_TAIL)

    def _marked(self, text: str) -> Markup:
        style = self.language.pack.type
        if self.language.is_rtl:
            return _wrapped(text, _LEFT_TO_RIGHT, Markup('<span dir="ltr">{}</span>'))
        if style.hyphens == "auto":
            return _wrapped(text, _NAMES, Markup('<span class="name">{}</span>'))
        if style.ordinals:
            return _wrapped(text, re.compile(style.ordinals), Markup('<span class="ordinal">{}</span>'))
        if style.kept:
            return _wrapped(text, re.compile(_any_of(style.kept)), _KEPT)
        return escape(text)


def balanced(text: str, width_of: Callable[[str], float], measure: float) -> float:
    """The least share of the measure in which a heading takes no more lines than in the whole of it.

    The engine fills the first line and leaves what is over, perhaps one word, to the last; set in this share, the
    lines of the heading are of about the same length.

    Args:
        text: The heading with its places to break.
        width_of: Width of a text, in em.
        measure: Width of the column, in em.
    """
    shares = [percent / 100 for percent in range(60, 100, 2)]
    pieces = _measured(text, width_of)
    most = _lines(pieces, measure)
    least = next((share for share in shares if _lines(pieces, share * measure) == most), 1.0)
    return min(1.0, least + SLACK)


def count_lines(text: str, width_of: Callable[[str], float], measure: float) -> int:
    """How many lines a text takes; none if it is empty. Arguments as for `balanced`."""
    return _lines(_measured(text, width_of), measure)


def _measured(text: str, width_of: Callable[[str], float]) -> Sequence[tuple[float, float]]:
    """The width of each piece of a text between two places to break, and of the space behind it, in em."""
    return [(width_of(piece), width_of(space)) for piece, space in _PIECES.findall(text)]


def _lines(pieces: Sequence[tuple[float, float]], measure: float) -> int:
    count, at = min(1, len(pieces)), 0.0
    for piece, space in pieces:
        if at and at + piece > measure:
            count, at = count + 1, 0.0
        at += piece + space
    return count


def breakable_address(address: str) -> str:
    """An address that may break after a slash or a dot, never inside a word; one text, so that it is one link."""
    return ZERO_WIDTH_SPACE.join(re.findall(r"(?:\w+://)?.+?(?:[/.?]+(?=[^/.?])|$)", address))


def _stepped(address: str) -> str:
    """An address in the text, that may break after a slash, but never between "https://" and what follows it."""
    scheme, slashes, rest = address.partition("//")
    parts: list[str] = []
    for step in re.findall(r".+?(?:/+|$)", rest):
        parts += re.findall(r".+?(?:[.?=&_-]+(?=\w)|$)", step) if len(step) > LONGEST_STEP else [step]
    whole = (_COMPOUND.sub(rf"\1{WORD_JOINER}", part) for part in parts)
    return f"{scheme}{slashes}{WORD_JOINER}{ZERO_WIDTH_SPACE.join(whole)}"


def _with_tail(text: str, least: int) -> str:
    """A text whose last words are tied, so that no short word stands alone on a last line."""
    words = text.split(" ")
    tail = words.pop()
    while len(tail) < least and len(words) > 3 and len(words[-1]) + len(tail) < MOST_TAIL:
        tail = f"{words.pop()}{NO_BREAK}{tail}"
    return " ".join([*words, tail])


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _wrapped(text: str, pattern: re.Pattern[str], mark: Markup) -> Markup:
    made, at = Markup(), 0
    for match in pattern.finditer(text):
        made += escape(text[at : match.start()]) + mark.format(match[0])
        at = match.end()
    return made + escape(text[at:])
