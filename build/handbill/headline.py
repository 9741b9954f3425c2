"""Which lines of a document's head are its title.

In: the lines or blocks that stand there, whether a gap parts each from the one above, and what else the document
has. Out: every run of lines that may be the title, with what it is worth, the likeliest first.

No single sign tells a title. A line counts for more the more of its words the text below has, if the headers of
other pages repeat it, if it speaks as a title does; for less if it is a name among names, has an address among
the lines below it, or says what kind of text it is. All of it is weighed together, in units of about one sign.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz

from handbill import columns
from handbill.head import (
    LEAST_STEM,
    MOST_ITEM_WORDS,
    MOST_TITLE,
    Matter,
    Rank,
    begins_text,
    folded,
    has_contact,
    in_parts,
    is_address,
    is_particle,
    is_particular,
    is_person,
    matter,
    may_be_title,
    rank_of,
    runs_over,
)

MOST_HEAD_LINES = 48
"""Lines that may stand above the text: letter paper with its board, a cover sheet, stamps, a title of several."""

MOST_TITLE_LINES = 7
"""Lines that a title may be set in."""

LIKELY = -2.0
"""What a title is worth at least, where headers have one as well."""

SURELY = 2.0
"""What it is worth where no other can be it: headers repeat it, or nearly all of its words stand in the text."""

SURE = 1.0
"""What it is worth where nobody is asked: of those under it about half are the title, of all others nearly each."""

LEAST_LETTERS = 8
"""Letters of a running title that tells which line of the head it repeats."""

SAME = 90
"""Likeness (Indel, per cent) of a running title and the part of a line that it repeats."""

LEAST_NAMED = 6
"""Letters of a name that a web address has."""

LEAST_TELLING = 4
"""Letters of the shortest word that tells what a text is about."""

FEWEST_STEMS = 40
"""Different words of a text from which it shows what it is about."""

FEWEST_LISTED = 3
"""Names in a row from which they are a list of names, and none is a title."""

ENOUGH_STEMS = 4
"""Words of a line, and one, from which it counts in full that the text has them."""

TITLE_CASE = 4
"""Words of a line from which capitals at each of them are no chance."""

LEAST_SHARE = 0.6
"""Share of a running header that a line has which is its title, with a name beside it."""

FULL = 0.85
"""Share of the widest line of a title from which a line is full."""

_WEB = re.compile(r"\S*[^\W\d_]\.[^\W\d_]{2,}\S*")
_DATED_AT_END = re.compile(r"\w.*\s(?:[12]\d{3})\W*")
_ABBREVIATED = re.compile(r"(?<!\w)[^\W\d_a-z]\w{0,2}\.$")
_LONG = (Matter.KIND, Matter.ITEM)
_OF_PAPER = frozenset({Matter.SESSION, Matter.ITEM, Matter.SENT, Matter.RECEIVED, Matter.RELEASE})


@dataclass(frozen=True, slots=True)
class Beside:
    """What else a document has that tells which line of its head is the title.

    Attributes:
        running: What the running headers say.
        signed: The names of those who signed: a line that is one of them is their letter paper's.
        paper: Lines that belong to the paper; the name of its owner may stand in an address among them.
    """

    running: Sequence[str] = ()
    signed: Sequence[str] = ()
    paper: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """Lines that may be the title.

    Attributes:
        start: The position of the first.
        stop: That of the line below the last.
        worth: What speaks for it, less what speaks against it.
        judged: Whether the text is long enough for its words to be held against the line.
    """

    start: int
    stop: int
    worth: float
    judged: bool = False

    @property
    def is_unsure(self) -> bool:
        """Whether a person should look at the paper, though nothing in the head is likelier."""
        return self.judged and self.worth < SURE


def headlines(
    lines: Sequence[str], apart: Sequence[bool] | None = None, beside: Beside | None = None
) -> list[Headline]:
    """Every run of lines that may be the title, the likeliest first.

    Args:
        lines: The lines that a text begins with; those of the text itself may follow.
        apart: Whether a gap stands above each; None for blocks, of which each is whole.
        beside: What else the document has.

    >>> [(each.start, each.stop) for each in headlines(["Joint statement", "Free the press", "On 3 May we met."])]
    [(1, 2), (0, 1)]
    """
    head = _Head(lines, apart, beside or Beside())
    found = [each for each in head.runs() if each.worth > float("-inf")]
    return sorted(found, key=lambda each: (-each.worth, each.start, each.stop))


def title_lines(lines: Sequence[str], apart: Sequence[bool], beside: Beside) -> Headline | None:
    """The lines that are the title; None where the text below is too short to tell, or there is none."""
    head = _Head(lines, apart, beside)
    best = max(head.runs(), key=lambda each: each.worth, default=None) if head.said_below else None
    return best if best and best.worth > LIKELY else None


def titles_first(lines: Sequence[str], beside: Beside | None = None) -> list[int]:
    """Positions of the blocks of a head that may be its title, the likeliest first.

    >>> titles_first(["Hollis & Partners", "Joint statement", "Free the press of Harrow", "On 3 May they came."])
    [2, 0, 1]
    """
    return [each.start for each in headlines(lines, None, beside)]


class _Head:
    """The head of one document."""

    def __init__(self, lines: Sequence[str], apart: Sequence[bool] | None, beside: Beside) -> None:
        self.lines = lines
        self.apart = apart
        self.beside = beside
        self.stop = _first_of_text(lines, apart)
        self.matter = [matter(text) for text in lines[: self.stop]]
        for at, (upper, lower) in enumerate(pairwise(lines[: self.stop])):
            # A day that did not fit in its line goes on in the next one.
            if runs_over(upper, lower) and not self.matter[at + 1] and matter(f"{upper} {lower}") is Matter.DATE:
                self.matter[at : at + 2] = [Matter.DATE, Matter.DATE]

    @cached_property
    def said_below(self) -> frozenset[str]:
        """How the words of the text begin; none where there are too few to tell what it is about."""
        stems = frozenset(word for text in self.lines[self.stop :] for word in _stems(text))
        return stems if len(stems) >= FEWEST_STEMS else frozenset()

    @cached_property
    def names(self) -> Set[str]:
        """Those who signed, folded."""
        return {folded(name) for name in self.beside.signed}

    @cached_property
    def addresses(self) -> Set[str]:
        """The letters of web addresses on the paper."""
        short = [text for text in (*self.lines[: self.stop], *self.beside.paper) if len(text) <= MOST_TITLE]
        return {_letters(found) for text in short for found in _WEB.findall(text)}

    @cached_property
    def running(self) -> Sequence[str]:
        """The letters of what the running headers say."""
        return [letters for text in self.beside.running if len(letters := _letters(text)) >= LEAST_LETTERS]

    @cached_property
    def of_paper(self) -> Sequence[bool]:
        """Whether each line is one that letter paper or a cover sheet has, or one of a list of names."""
        like = [
            is_person(text) or (rank_of(text) in (Rank.NAME, Rank.OFFICE) and len(text.split()) <= MOST_ITEM_WORDS)
            for text in self.lines[: self.stop]
        ]
        found = [is_particular(text) or has_contact(text) or is_address(text) for text in self.lines[: self.stop]]
        for start, stop in _runs_of(like):
            if stop - start >= FEWEST_LISTED or any(is_person(text) for text in self.lines[start:stop]):
                found[start:stop] = [True] * (stop - start)
        return found

    def runs(self) -> Iterator[Headline]:
        """The runs of lines that may be a title."""
        for start in range(self.stop):
            last = start + 1 if self.apart is None else min(self.stop, start + MOST_TITLE_LINES)
            inside = 0.0
            for stop in range(start + 1, last + 1):
                if stop > start + 1:
                    inside += self._seam(stop - 1, start)
                text = " ".join(self.lines[start:stop])
                if inside == float("-inf") or len(text) > MOST_TITLE:
                    break
                if self._may_be(text, start, stop):
                    worth = inside + self._content(text, start, stop) + self._place(start, stop)
                    yield Headline(start, stop, worth, judged=bool(self.said_below))

    def _may_be(self, text: str, start: int, stop: int) -> bool:
        said = matter(text)
        named = said in (None, Matter.KIND) or (said is Matter.ITEM and len(text.split()) > MOST_ITEM_WORDS)
        particular = is_particular(text) and not self._repeated(text)
        return named and may_be_title(text) and not particular

    def _seam(self, below: int, start: int) -> float:
        """What speaks against a title from a line on that goes on in another one."""
        upper, lower = self.lines[below - 1], self.lines[below]
        gap = self.apart is not None and self.apart[below]
        above = self.matter[below - 1]
        begun = lower[:1].islower() or is_particle(lower.split()[0]) or (self._is_long(below - 1) and not gap)
        named = self.matter[below] is Matter.KIND and upper.rstrip()[-1:] == ":"
        if (self.matter[below] and not named) or has_contact(lower) or (above and not (above in _LONG and begun)):
            return float("-inf")
        goes_on = lower[:1].islower() or _asks_for_more(upper) or upper.rstrip()[-1:] in ":,"
        worth = 0.0 if goes_on or not gap else -0.6
        even = self.apart is None or any(self.apart[start + 1 : below]) or below == start + 1
        worth -= 1.5 * (gap and not even and upper.rstrip()[-1:] != ":" and not _asks_for_more(upper))
        in_title_case = _is_in_title_case(" ".join(self.lines[start:below])) and not _is_in_title_case(lower)
        worth -= 1.5 * (in_title_case and not goes_on)
        worth -= 2.0 * (upper.rstrip()[-1:] in ".;" and not _ABBREVIATED.search(upper))
        worth -= 2.5 * (bool(_DATED_AT_END.fullmatch(upper)) and not lower[:1].islower())
        worth -= 2.5 * (_is_in_capitals(upper) != _is_in_capitals(lower) and upper.rstrip()[-1:] != ":")
        return worth - 2.0 * (self.of_paper[below] or self.of_paper[below - 1])

    def _content(self, text: str, start: int, stop: int) -> float:
        """What a run's words tell."""
        rank = rank_of(text, start == 0)
        # An item of the agenda is often named in the line below its number.
        above = self.matter[start - 1] if start else None
        if above is Matter.ITEM and len(self.lines[start - 1].split()) <= MOST_ITEM_WORDS and rank < Rank.SHORT:
            rank = Rank.SHORT
        worth = {Rank.NAME: -1.5, Rank.OFFICE: -2.0, Rank.KIND: -2.5, Rank.SHORT: -1.5, Rank.BARE_KIND: -4.0}.get(
            rank, 0.0
        )
        worth -= 2.0 * (matter(text) is Matter.ITEM) + 2.5 * bool(_DATED_AT_END.fullmatch(text))
        worth -= 2.0 * (self._is_owner(text) and rank < Rank.KIND) + 2.0 * (in_parts(text) and rank is Rank.TITLE)
        worth -= 2.0 * any(self.of_paper[start:stop])
        repeated = 0.0 if rank is Rank.BARE_KIND else self._repeated(text)
        said = self._said(text)
        worth += 0.5 * self._speaks(text) + (max(0.0, said) if repeated else said)
        return worth + (0.5 * (repeated > 0) if rank in (Rank.NAME, Rank.OFFICE) else repeated)

    def _speaks(self, text: str) -> bool:
        """Whether a run asks, calls, or says one thing of another."""
        return text.rstrip("\"'”’»)]")[-1:] in "?!" or bool(re.search(r"\w\s?: \w", text))

    def _said(self, text: str) -> float:
        """What the words of a run are worth that stand in the text as well."""
        if not self.said_below:
            return 0.0
        stems = list(dict.fromkeys(_stems(text)))
        if not stems:
            return -0.5
        share = sum(stem in self.said_below for stem in stems) / len(stems)
        return 2.5 * share * min(1.0, (len(stems) + 1) / ENOUGH_STEMS) - 1.5 * (
            share == 0 and len(stems) >= (1 if len(text.split()) < 3 else 2)
        )

    def _repeated(self, text: str) -> float:
        """What it is worth that running headers say a run, or a part of it, or it and a name before it."""
        letters = _letters(text)
        worth = 0.0
        for each in self.running:
            short, long = sorted((each, letters), key=len)
            share = len(short) / max(1, len(long))
            whole = each is short or share >= LEAST_SHARE
            if len(short) >= LEAST_LETTERS and whole and fuzz.partial_ratio(short, long) >= SAME:
                worth = max(worth, 1.5 + 1.5 * share)
        return worth

    def _place(self, start: int, stop: int) -> float:
        """What it tells where a run stands, and what it parts or leaves."""
        worth = 0.0
        if self.apart is not None:
            if start and not self.apart[start] and not self._ends_block(start - 1):
                worth -= 0.8 if self.matter[start - 1] is None else 1.5
            above = start > 0 and self.matter[start - 1] is None and not self.of_paper[start - 1]
            same_case = above and _is_in_capitals(self.lines[start - 1]) == _is_in_capitals(self.lines[start])
            worth -= 1.5 * (same_case and is_particle(self.lines[start].split()[0]))
            close = start > 0 and not self.apart[start] and not self.of_paper[start - 1]
            worth -= 2.0 * ((above or close) and _asks_for_more(self.lines[start - 1]))
            worth -= 0.8 * (stop < self.stop and not self.apart[stop] and not self.matter[stop])
            if stop < self.stop and self.lines[stop][:1].islower() and not self.matter[stop]:
                worth -= 0.5 if self.apart[stop] else 3.0
            worth -= 2.0 * _asks_for_more(self.lines[stop - 1])
            widest = max(map(len, self.lines[start:stop]))
            worth -= sum(
                0.8
                for upper, lower in pairwise(self.lines[start:stop])
                if len(f"{upper} {lower.split()[0]}") < FULL * widest and upper.rstrip()[-1:] not in ":?!"
            )
        below = range(stop, self.stop)
        opened = any(
            self.matter[at] in _OF_PAPER
            or (self.matter[at] is Matter.KIND and rank_of(self.lines[at]) is Rank.BARE_KIND)
            or (self.matter[at] is Matter.DATE and Matter.ADDRESSEE in self.matter[:at])
            for at in below
        )
        worth -= 2.0 * opened + 1.5 * any(self.of_paper[at] for at in below)
        others = sum(
            self.matter[at] is None
            and not self.of_paper[at]
            and may_be_title(self.lines[at])
            and self._is_first(at)
            for at in below
        )
        # What stands right below a line that may be the title is rather its second line.
        if start and self._ranks_as_title(start - 1):
            worth -= 0.6
        elif all(self.matter[at] is not None or self.lines[at].rstrip()[-1:] in ",:." for at in below):
            worth += 0.5
        return worth - 0.5 * max(0, others - 1)

    def _ranks_as_title(self, at: int) -> bool:
        text = self.lines[at]
        plain = self.matter[at] is None and not self.of_paper[at]
        return plain and may_be_title(text) and rank_of(text, at == 0) is Rank.TITLE

    def _is_first(self, at: int) -> bool:
        return self.apart is None or self.apart[at]

    def _ends_block(self, at: int) -> bool:
        """Whether a line is so much of itself that the next one, close below it, begins something else."""
        return self.of_paper[at] or (self.matter[at] is not None and not self._is_long(at))

    def _is_long(self, at: int) -> bool:
        """Whether a line says what a text is, or for whom, in so many words that it may not hold them all."""
        long = self.matter[at] in (*_LONG, Matter.ADDRESSEE)
        return long and len(self.lines[at].split()) > MOST_ITEM_WORDS

    def _is_owner(self, text: str) -> bool:
        """Whether a run is the name of one who signed, or has it in short, or stands in an address on the paper."""
        words, letters = folded(text), _letters(text)
        short = len(words.split()) < 3
        if words in self.names or (short and any(f" {words} " in f" {name} " for name in self.names)):
            return True
        return len(letters) >= LEAST_NAMED and any(letters in address for address in self.addresses)


def _first_of_text(lines: Sequence[str], apart: Sequence[bool] | None) -> int:
    """Position of the first line of the text: of the first group, as gaps part them, that begins it."""
    reach = min(len(lines), MOST_HEAD_LINES)
    starts = [at for at in range(reach) if at == 0 or apart is None or apart[at]]
    for start, stop in pairwise([*starts, len(lines)]):
        if start and matter(lines[start - 1]) is Matter.GREETING:
            return start
        group = lines[start : min(stop, start + MOST_HEAD_LINES)]
        if not begins_text(" ".join(group)):
            continue
        within = 0
        if len(group) > 2:
            within = next((at for at, text in enumerate(group) if not _is_above(text, group[at + 1 :])), 0)
        return start + within
    return reach


def _is_above(text: str, below: Sequence[str]) -> bool:
    """Whether a line that stands close above text is none of it: it says what the text is, or is in capitals."""
    if matter(text):
        return True
    return _is_in_capitals(text) and bool(below) and not all(map(_is_in_capitals, below))


def _runs_of(like: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, each in enumerate([*like, False]):
        if not each:
            if at > start:
                yield start, at
            start = at + 1


def _stems(text: str) -> list[str]:
    return [word[:LEAST_STEM] for word in folded(text).split() if len(word) >= LEAST_TELLING and word.isalpha()]


def _asks_for_more(text: str) -> bool:
    """Whether a line ends in an article, a preposition, a comma or a hyphen."""
    last = text.split()[-1]
    return last[-1] in "-,–—" or ((last.islower() or text.isupper()) and is_particle(last))


def _is_in_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= 2


def _is_in_title_case(text: str) -> bool:
    """Whether all but the smallest words of a line begin with a capital."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return not text.isupper() and len(long) >= TITLE_CASE and not any(word[0].islower() for word in long)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, columns.folded(text)))
