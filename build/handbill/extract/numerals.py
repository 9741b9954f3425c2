"""The numbers that a word processor writes at the beginning of a list's items.

In: the definition of a list's levels, and the items one after the other. Out: the words that stand before each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handbill.numbering import roman

BULLET = "•"
"""What stands for a bullet, whatever sign of whatever font the file has for it."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        form: "1", "a", "A", "i", "I", "•" for a bullet, or "" for nothing at all.
        pattern: The words before an item, with {0} for the number of the first level, {1} for the next, and so on.
        start: The number of the first item.
    """

    form: str
    pattern: str
    start: int = 1


@dataclass(slots=True)
class Counter:
    """The numbers of one list as far as it has been read."""

    levels: Mapping[int, Level]
    _now: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """What stands before the next item at a depth, counted from 0; empty where nothing does."""
        level = self.levels.get(depth)
        if level is None or level.form == "":
            return ""
        if level.form == BULLET:
            return BULLET
        self._now[depth] = self._now.get(depth, level.start - 1) + 1
        for deeper in [each for each in self._now if each > depth]:
            del self._now[deeper]
        return level.pattern.format(*self._written(depth))

    def restart(self, depth: int, start: int) -> None:
        """Let the next item at a depth have this number."""
        self._now[depth] = start - 1

    def _written(self, depth: int) -> Sequence[str]:
        """The numbers down to a depth, each in the form of its level; those below are empty."""
        written = [""] * 10
        for each in range(depth + 1):
            level = self.levels.get(each, Level("1", ""))
            written[each] = numeral(self._now.get(each, level.start), level.form)
        return written


def numeral(number: int, form: str) -> str:
    """A number in figures, letters or Roman numerals.

    >>> [numeral(28, form) for form in ("1", "a", "A", "i", "I")]
    ['28', 'bb', 'BB', 'xxviii', 'XXVIII']
    """
    if form.lower() == "a" and number > 0:
        turn, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) * (turn + 1)
    elif form.lower() == "i" and 0 < number < 4000:
        written = roman(number)
    else:
        return str(number)
    return written.upper() if form.isupper() else written


def raised(number: int) -> str:
    """The mark of a footnote.

    >>> raised(12)
    '¹²'
    """
    return str(number).translate(_RAISED)
