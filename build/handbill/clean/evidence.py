"""What a rule may look at beside the words in front of it.

In: the lines of one document and its language. Out: `Evidence`, a frozen view that every rule is given, so
that a rule decides by the document's own habits first and by the dictionary second.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from handbill.clean import rotated
from handbill.clean.repeated import folios, repeated
from handbill.clean.writing import Writing, writing
from handbill.head import MOST_IN_HEAD, begins_text, surely_above, unlikely_above
from handbill.headline import SURE, Beside, title_lines
from handbill.lexicon import HYPHENS, Lexicon, compounds, vocabulary
from handbill.model import Gap, Line
from handbill.numbering import has_address, is_sentence
from handbill.tongues import by_bones

YEAR = re.compile(r"(?<![\w.,/-])(?:19|20|21)\d\d(?![\w/-]|[.,]\d)")
"""A year by itself, in no number, date or address."""

TERMINAL = re.compile(r"[.!?…:;。！？။۔؟][\"'”’»)\]\d¹²³⁴-⁹*]*$")
"""The end of a sentence, with the quotation marks, brackets and note numbers that may follow it."""

SHORT = 0.75
"""A line under this share of its neighbours' width is short: it ended before the margin did."""

ABBREVIATION = r"[^\W\d_]{1,4}[.°º]"
"""What stands before a number: "p.", "n°", "art."."""

EDGE_LETTERS = 12
"""Letters from which lines at the edges of pages can be told to be the same one."""

_WITH_FOLIO = re.compile(
    r"(?P<first>\d{1,3})\s(?:[^\w\s]\s)?[^\W\d_].*[^\W\d_]|[^\W\d_].*[^\W\d_]\s(?:[^\w\s]\s)?(?P<last>\d{1,3})"
)
"""A line that begins or ends with a page's number, a stroke beside it."""

LEAST_PART = 4
"""Letters of the first part of a line that was read in two."""

ALIKE = 70
"""Likeness (Indel, per cent) from which two lines at the edges of pages are one line, read twice."""

LONGEST_FOLIO = 8
"""Characters of the longest folio, with the strokes about it."""

PART_LETTERS = 10
"""Letters of each of two parts of a header that can be found in the head."""

WIDEST = 200
"""Letters of the longest line that is printed at a page's edge."""

NEAR_PAGES = 6
"""Pages before and after on which the like of a line is looked for; a running header does not wait longer."""

HEAD_LINES = 8
"""Lines at the head of a text among which its title stands."""

SAME = 0.95
"""Likeness from which a line at a page's edge repeats words of the head."""

LONGEST_CUT = 50
"""Letters of a word that may be looked for in two parts."""

_OF_WORD = re.compile(r"[0-9A-Za-z\u00C0-\u052F]")

_ROUND_PAIR = re.compile(r"\(\w[^(){}]*\)")

FEW = 6
"""Under this number of lines, blocks or marks, a text shows no habit."""


_CLOCK = re.compile(r"\b[\dOlI]{1,2}[:.h][\dOlI]{2}(?:\s?[AP]\.?M\b)?")
_OF_MACHINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:19|20|21)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b",
        r"(?:\d[\s()./-]?){8,}",
        r"\bP\W{0,2}[\dOlI]{1,3}\b|\bpage\b|\b\d{1,3}\s?/\s?\d{1,3}\b",
        r"\b(?:fax|telefax|from|to|tel|tél|de|à|para|von|an)\b",
    )
)
"""What the line of a fax machine has beside its clock: the date, the number, the page, who sent it."""

FEWEST_OF_MACHINES = 2
"""Of these, how many must stand beside a clock."""


@dataclass(frozen=True)
class Evidence:
    """The habits of one document.

    Attributes:
        lexicon: The language's dictionary.
        vocabulary: The document's own words as spelled, with counts.
        folded: The same in lower case.
        compounds: Words with a hyphen inside, lower case, with counts.
        curly: Whether the document's apostrophes are typographic ones.
        recurring: Lines that come again at the edges of pages, without case, spaces and digits.
        machine: The same for lines there that a fax machine printed.
        alike: The same for lines at the edges of pages that are read a little differently each time.
        parted: The same for lines that are parts of one at the head of another page.
        numbered_headers: The same for lines anywhere on their pages that have these pages' numbers.
        repeated: Where the lines are that several pages have at their edges.
        folios: Where the numbers of the pages are, as far as they are told by counting.
        last_line_apart: Whether the scan sets a blank line before the last line of a paragraph.
        paged: Whether the scan shows where a page ends.
        wraps: Whether sentences run over line ends at all; a text with one paragraph on each line has none that do.
            A few blocks, with gaps between them, do not show it, and it is taken to be so.
        texts: The lines.
        edges: Those of them that are the first or the last on their pages, where the scan shows pages.
        last_year: The latest year that the text names twice; beyond all where it names none so.
        decoded: Whether the file's encoding had to be detected, so that a letter with an accent may be another one.
        spaced_marks: Whether the document sets a space before a colon and a question mark, as French does.
        title: The first lines in the source of those that are most likely the title.
        of_paper: The same of those above it that belong to the letter paper.
        near_paper: The same of those above it that may.
        settled: Words an editor has decided on, by line; no rule touches them and no doubt is raised about them.
    """

    lexicon: Lexicon
    vocabulary: Counter[str]
    folded: Counter[str]
    compounds: Counter[str]
    curly: bool
    recurring: frozenset[str]
    alike: frozenset[str]
    machine: frozenset[str]
    parted: frozenset[str]
    numbered_headers: frozenset[str]
    last_line_apart: bool
    repeated: frozenset[int] = frozenset()
    folios: frozenset[int] = frozenset()
    paged: bool = False
    wraps: bool = True
    decoded: bool = False
    spaced_marks: bool = False
    settled: tuple[tuple[int, int, str], ...] = ()
    title: frozenset[int] = frozenset()
    of_paper: frozenset[int] = frozenset()
    near_paper: frozenset[int] = frozenset()
    texts: Sequence[str] = ()
    edges: Sequence[str] = ()
    last_year: int = 9999

    @cached_property
    def writing(self) -> Writing:
        """How the document's language writes."""
        return writing(self.lexicon.language)

    @cached_property
    def printed_words(self) -> rotated.PrintedWords:
        """The words that an upside-down line is read with."""
        return rotated.PrintedWords(self.vocabulary, self.lexicon.zipf, self.lexicon.common(), self.texts)

    @cached_property
    def turned(self) -> Mapping[str, rotated.Reading]:
        """The lines that were printed upside down, and what they read."""
        read = {text: rotated.decode(text, self.printed_words) for text in dict.fromkeys(self.texts)}
        poor = [text for text in dict.fromkeys(self.edges) if not read.get(text)]
        alike = rotated.decode_alike(poor, self.printed_words)
        return {text: reading for text, reading in read.items() if reading} | dict(alike)

    @cached_property
    def round_brackets(self) -> bool:
        """Whether the document has words in round brackets."""
        return any(_ROUND_PAIR.search(text) for text in self.texts)

    @cached_property
    def dashes(self) -> bool:
        """Whether the document's dashes are longer than a hyphen, so that a hyphen between spaces is dirt."""
        text = "\n".join(self.texts)
        return len(re.findall(r" [—–] ", text)) > len(re.findall(r" - ", text))

    @cached_property
    def before_numbers(self) -> frozenset[str]:
        """Abbreviations that have a space after them, before a number, twice as often as none."""
        text = "\n".join(self.texts)
        apart, close = (Counter(re.findall(rf"(?<![^\s(\[])({ABBREVIATION}){gap}\d", text)) for gap in (r"\s", ""))
        return frozenset(word for word, count in apart.items() if count > 1 and count >= 2 * close[word])

    @cached_property
    def accented(self) -> Mapping[str, str]:
        """The document's own words that have letters beyond ASCII."""
        return by_bones(self.vocabulary)

    def is_settled(self, first: int, last: int, words: str) -> bool:
        """Whether an editor's decisions on these lines cover all of the words, or are about some of them."""
        decided = [text for start, to, text in self.settled if first <= to and start <= last]
        if not decided:
            return False
        plain = " ".join(words.split())
        whole = "\n".join(decided)
        return any(_holds(plain, text) for text in decided) or all(
            _holds(whole, word) or _holds_cut(whole, word) for word in plain.split()
        )


def _holds(text: str, words: str) -> bool:
    """Whether a text has the words, and not only as a part of others; the last of them may be cut short.

    >>> _holds("a well-known town", "known"), _holds("a town", "to"), _holds("a town", "to…")
    (True, False, True)
    """
    bare = words.removesuffix("…")
    last = bare[-1:] if bare == words else ""
    at = text.find(bare)
    while at >= 0 and (
        _runs_on(text[max(0, at - 1) : at], bare[:1]) or _runs_on(last, text[at + len(bare) : at + len(bare) + 1])
    ):
        at = text.find(bare, at + 1)
    return at >= 0


def _holds_cut(text: str, word: str) -> bool:
    """Whether a text has a word in two parts, as a line's end cuts it, with what a column beside it says between.

    >>> _holds_cut("the long- town of term aims", "long-term"), _holds_cut("Co- of operative", "Cooperative")
    (True, True)
    """
    cuts = range(1, len(word)) if len(word) <= LONGEST_CUT else ()
    return any(
        _holds(text, word[at:].lstrip(HYPHENS))
        and any(word[:at].rstrip(HYPHENS) + sign in text for sign in HYPHENS)
        for at in cuts
    )


def _runs_on(before: str, after: str) -> bool:
    """Whether two characters are of one word; scripts beyond those of Europe may not part words."""
    return bool(_OF_WORD.fullmatch(before) and _OF_WORD.fullmatch(after))


def gather(
    lines: Sequence[Line],
    lexicon: Lexicon,
    settled: tuple[tuple[int, int, str], ...] = (),
    running: Sequence[str] = (),
) -> Evidence:
    """Look at a document's lines and note its habits.

    Args:
        lines: The lines.
        lexicon: The language's dictionary.
        settled: What an editor has decided.
        running: What running headers say that have been taken out.
    """
    texts = [line.text for line in lines]
    of_paper = repeated(lines)
    words = vocabulary(texts)
    folded: Counter[str] = Counter()
    for word, count in words.items():
        folded[word.lower()] += count
    whole = "\n".join(texts)
    curly = len(re.findall(r"(?<=\w)’(?=\w)", whole))
    straight = len(re.findall(r"(?<=\w)'(?=\w)", whole))
    recurring, alike = _recurring(lines), _alike(lines)
    title, paper, near = _head(lines, recurring | alike, running)
    return Evidence(
        lexicon=lexicon,
        vocabulary=words,
        folded=folded,
        compounds=compounds(texts),
        curly=curly >= 3 and curly >= 2 * straight,
        recurring=recurring,
        alike=alike,
        machine=frozenset(letters_of(line.text) for line in _at_edges(lines, 2) if is_of_machine(line.text)),
        parted=_parted(lines),
        numbered_headers=_numbered_headers(lines),
        repeated=of_paper,
        folios=folios(lines, of_paper),
        last_line_apart=_sets_last_line_apart(lines),
        paged=any(line.gap is Gap.PAGE for line in lines),
        wraps=sum(below.gap is not Gap.NONE for below in lines[1:]) < FEW - 1
        or any(
            below.gap is Gap.NONE and below.text[:1].islower() and not TERMINAL.search(above.text)
            for above, below in pairwise(lines)
        ),
        spaced_marks=_spaces_marks(whole),
        title=title,
        of_paper=paper,
        near_paper=near,
        settled=settled,
        texts=texts,
        edges=_edges(lines),
        last_year=_last_year(whole),
    )


def _head(
    lines: Sequence[Line], headers: Set[str], running: Sequence[str]
) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """The lines of the head that are most likely the title, and those above it that are, or may be, the paper's.

    Nothing above it is told where little speaks for it: the title may be there.
    """
    first = list(takewhile(lambda at: at == 0 or lines[at].gap is not Gap.PAGE, range(len(lines))))
    repeated = [line.text for line in lines[: len(first)] if letters_of(line.text) in headers]
    shown = [lines[at] for at in first if letters_of(lines[at].text) not in headers]
    apart = [line.gap is not Gap.NONE for line in shown]
    body = [line.text for line in lines[len(first) :]]
    texts = [*(line.text for line in shown), *body]
    found = title_lines(texts, [*apart, *(True for _ in body)], Beside([*running, *repeated]))
    if not found:
        return frozenset(), frozenset(), frozenset()
    title = frozenset(line.first for line in shown[found.start : found.stop])
    above = (texts[: found.start], apart[: found.start]) if found.worth >= SURE else ([], [])
    paper = frozenset(shown[at].first for at in surely_above(*above))
    return title, paper, frozenset(shown[at].first for at in unlikely_above(*above)) - paper


def _last_year(text: str) -> int:
    """The latest year that stands in a text twice or more."""
    years = Counter(YEAR.findall(text))
    return max((int(year) for year, count in years.items() if count > 1), default=9999)


def _spaces_marks(text: str) -> bool:
    """Whether a text has a space before most of its colons, semicolons and question marks."""
    spaced, close = (len(re.findall(rf"[^\W\d_]{gap}[:;?!](?=\s|$)", text)) for gap in (r"\s", ""))
    return spaced >= FEW and spaced >= 2 * close


def _recurring(lines: Sequence[Line]) -> frozenset[str]:
    """The letters of lines that come again at the edges of pages; where no page is marked, after any gap.

    An address at an edge may come again amid a page, where a column ends.
    """
    apart = [line for line in lines if line.gap is not Gap.NONE or line is lines[0]]
    if any(line.gap is Gap.PAGE for line in lines):
        edges = _at_edges(lines, 2)
        amid = {line.first: line for line in apart if has_address(line.text)}
        for line in edges:
            amid.pop(line.first, None)
        apart = [*edges, *amid.values()]
    counts = Counter(letters_of(line.text) for line in apart if len(line.text.split()) > 1)
    return frozenset(text for text, count in counts.items() if count > 1)


def _numbered_headers(lines: Sequence[Line]) -> frozenset[str]:
    """The letters of lines that stand by themselves on several pages, with a number that grows as the pages do.

    A folio beside a running title tells it wherever on its page it was read: between two columns, or below both.
    """
    page = 0
    found: dict[tuple[str, int], set[int]] = {}
    for at, line in enumerate(lines):
        page += at > 0 and line.gap is Gap.PAGE
        match = _WITH_FOLIO.fullmatch(line.text)
        letters = letters_of(line.text) if match else ""
        if match and EDGE_LETTERS <= len(letters) <= WIDEST and stands_alone(lines, at):
            folio = int(match["first"] or match["last"])
            found.setdefault((letters, folio - page), set()).add(page)
    return frozenset(letters for (letters, _), pages in found.items() if len(pages) > 1)


def _parted(lines: Sequence[Line]) -> frozenset[str]:
    """The letters of lines that were read in two on some pages, and of their second parts there."""
    heads = {letters_of(line.text) for at, line in enumerate(lines) if at == 0 or line.gap is Gap.PAGE}
    ends: dict[str, list[str]] = {}
    for head in heads:
        for at in range(LEAST_PART, len(head) - EDGE_LETTERS + 1 if len(head) <= WIDEST else 0):
            ends.setdefault(head[at:], []).append(head)
    found: set[str] = set()
    for part in {letters_of(line.text) for at, line in enumerate(lines) if stands_alone(lines, at)} & ends.keys():
        if any(fuzz.ratio(ends[part][0].removesuffix(part), other) >= ALIKE for other in heads):
            found.update((part, *ends[part]))
    return frozenset(found)


def _alike(lines: Sequence[Line]) -> frozenset[str]:
    """The letters of lines at the edges of pages that are nearly the same there again, or stand in the head."""
    page_ends = [position for position, line in enumerate(lines) if line.gap is Gap.PAGE and position]
    first = page_ends[0] if page_ends else len(lines)
    below = range(1, min(first, max(HEAD_LINES, _length_of_head(lines))))
    head = "".join(letters_of(lines[at].text) for at in below)
    if len(head) > MOST_IN_HEAD * WIDEST:
        head = ""
    alike: set[str] = set()
    for places in ([0, *page_ends], [*(at - 1 for at in page_ends), len(lines) - 1]):
        apart = [(at, letters_of(lines[at].text)) for at in places if lines and _may_be_header(lines, at)]
        edges = [(at, letters) for at, letters in apart if EDGE_LETTERS <= len(letters) <= WIDEST]
        for position, (at, letters) in enumerate(edges):
            near = edges[max(0, position - NEAR_PAGES) : position] + edges[position + 1 : position + 1 + NEAR_PAGES]
            again = any(fuzz.ratio(letters, other) >= ALIKE for _, other in near)
            whole = len(head) >= len(letters)  # else it is the head that stands in the line
            in_head = whole and at not in below and fuzz.partial_ratio(letters, head) >= 100 * SAME
            beside = at >= first and _is_of_two(lines[at].text, letters_of(lines[0].text), head)
            if again or in_head or beside:
                alike.add(letters)
    return frozenset(alike | _second_lines(lines, page_ends, alike))


def _second_lines(lines: Sequence[Line], page_ends: Sequence[int], alike: Set[str]) -> set[str]:
    """The same for the lines next to those at the edges, where these are folios or headers themselves.

    A header of two parts may have been read as two lines; of these the head has the second, above all text.
    """
    stop = _length_of_head(lines)
    head = "".join(letters_of(line.text) for line in lines[:stop])
    found: set[str] = set()
    for outer, step in (([0, *page_ends], 1), ([*(at - 1 for at in page_ends), len(lines) - 1], -1)):
        second = [
            (at, letters_of(lines[at + step].text))
            for at in outer
            if 0 <= at + step < len(lines)
            and _may_be_header(lines, at + step)
            and (len(lines[at].text) <= LONGEST_FOLIO or letters_of(lines[at].text) in alike)
        ]
        seconds = [(at, letters) for at, letters in second if EDGE_LETTERS <= len(letters) <= WIDEST]
        for position, (at, letters) in enumerate(seconds):
            near = (
                seconds[max(0, position - NEAR_PAGES) : position]
                + seconds[position + 1 : position + 1 + NEAR_PAGES]
            )
            again = any(fuzz.ratio(letters, other) >= 100 * SAME for _, other in near)
            may_be_of_head = 0 < at >= stop and step > 0 and len(letters) <= len(head) <= MOST_IN_HEAD * WIDEST
            if again or (may_be_of_head and fuzz.partial_ratio(letters, head) >= 100 * SAME):
                found.add(letters)
    return found


def head_blocks(lines: Sequence[Line]) -> list[int]:
    """Where the blocks of a head begin, as gaps part its lines."""
    return [at for at, line in enumerate(lines[:MOST_IN_HEAD]) if at == 0 or line.gap is not Gap.NONE]


def _length_of_head(lines: Sequence[Line]) -> int:
    """How many lines stand above the first block that begins the text, where gaps part the blocks."""
    starts = head_blocks(lines)
    for start, stop in pairwise([*starts, min(len(lines), MOST_IN_HEAD)]):
        if begins_text(" ".join(line.text for line in lines[start:stop])):
            return start
    return starts[-1] if starts else 0


def _is_of_two(text: str, top: str, head: str) -> bool:
    """Whether the parts of a header, at its left and its right edge, both stand in the head."""
    words = text.split()
    for at in range(1, len(words)):
        parts = [letters_of(" ".join(part)) for part in (words[:at], words[at:])]
        if min(map(len, parts)) >= PART_LETTERS and all(
            any(len(part) <= len(whole) and fuzz.partial_ratio(part, whole) >= 100 * SAME for whole in (top, head))
            for part in parts
        ):
            return True
    return False


def _may_be_header(lines: Sequence[Line], position: int) -> bool:
    """Whether a line at a page's edge stands by itself and ends like no sentence."""
    return stands_alone(lines, position) and not TERMINAL.search(lines[position].text)


def _at_edges(lines: Sequence[Line], reach: int) -> list[Line]:
    """The first and the last lines of every page, so many each."""
    heads = [position for position, line in enumerate(lines) if line.gap is Gap.PAGE or position == 0]
    ends = [*heads, len(lines)]
    places = {end + step for end in ends for step in range(-reach, reach)}
    return [lines[place] for place in sorted(places) if 0 <= place < len(lines)]


def _edges(lines: Sequence[Line]) -> list[str]:
    """The texts of the first and of the last line of every page; none where no page is marked."""
    are_marked = any(line.gap is Gap.PAGE for line in lines[1:])
    return [line.text for line in _at_edges(lines, 1)] if are_marked else []


def first_of_group(lines: Sequence[Line], position: int) -> int:
    """Position of the first of the lines that a line stands together with, no gap between them."""
    return next((at for at in range(position, 0, -1) if lines[at].gap is not Gap.NONE), 0)


def is_of_machine(text: str) -> bool:
    """Whether a line has a clock, and with it what else a fax machine prints above a page."""
    beside = sum(bool(pattern.search(text)) for pattern in _OF_MACHINES)
    return bool(_CLOCK.search(text)) and beside >= FEWEST_OF_MACHINES and not is_sentence(text)


def letters_of(text: str) -> str:
    """A line without case, spaces and digits, so that a header with a page number in it is still the same."""
    return re.sub(r"[\W\d_]+", "", text).lower()


def width_around(lines: Sequence[Line], position: int, reach: int = 8) -> int:
    """Width of the column about a line, in characters: the widest but one of its neighbours and itself."""
    above = [width for line in lines[max(0, position - reach) : position] for width in widths(line)]
    below = [width for line in lines[position + 1 : position + 1 + reach] for width in widths(line)]
    *joined, own = widths(lines[position])
    around = sorted([*[*above, *joined][-reach:], own, *below[:reach]])
    return around[-2] if len(around) > 2 else around[-1]


def widths(line: Line) -> tuple[int, ...]:
    """How long a line is, in characters, or how long those are that an editor has made one of."""
    return line.widths or (len(line.text),)


def is_short(lines: Sequence[Line], position: int) -> bool:
    """Whether the line ended well before the margin."""
    return widths(lines[position])[-1] < SHORT * width_around(lines, position)


def stands_alone(lines: Sequence[Line], position: int) -> bool:
    """Whether the scan has a gap on both sides of the line."""
    after = position + 1 == len(lines) or lines[position + 1].gap is not Gap.NONE
    return (position == 0 or lines[position].gap is not Gap.NONE) and after


def _sets_last_line_apart(lines: Sequence[Line]) -> bool:
    """Whether a line that stands alone and goes on with a sentence is, in this scan, the last of its paragraph.

    Asked of every line that stands alone and begins in lower case (so that it surely goes on with the sentence
    before): does the sentence end with it, and does the next line begin a new one?
    """
    ends = goes_on = 0
    for position, line in enumerate(lines[:-1]):
        if line.gap is Gap.NONE or not stands_alone(lines, position) or not line.text[:1].islower():
            continue
        if TERMINAL.search(line.text) and not lines[position + 1].text[:1].islower():
            ends += 1
        else:
            goes_on += 1
    return ends >= 3 and ends >= 4 * goes_on
