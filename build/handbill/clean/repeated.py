"""Lines that the pages of a paper have in common, so that they belong to the paper.

In: the lines of a scan. Out: the positions of those that stand on several pages at the edge, or stood there before
the page was read by its columns; and of the numbers of pages. A line at an edge is looked for at the edges of the
pages near, without its figures and in any order of its words: a header of two parts changes sides from page to
page, is read as one line or as two, and counts. What is known so is laid aside, and what then stands at the edge is
looked for, until nothing is found.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from rapidfuzz import fuzz

from handbill.head import MOST_IN_HEAD, folio_words
from handbill.model import Gap, Line
from handbill.numbering import BULLETED, NUMBERED, roman

MOST_ROUNDS = 4
"""How often what is known is laid aside; headers and footers of more lines than that are none."""

NEAR_PAGES = 6
"""Pages before and after on which the like of a line is looked for."""

MOST_IN_BLOCK = 3
"""Lines of the largest block, as gaps part them, that may be of the paper; of a larger one its outer line may."""

LEAST_SHARE = 0.4
"""Share of these that have it at their edges: a header may be on every other page. At least two pages have."""

LEAST_LETTERS, LEAST_FIGURES = 3, 4
"""Letters of the shortest such line, and figures of one with fewer letters: a short name, a day."""

ALIKE_FROM = 12
"""Letters from which a line need not be the same to the letter."""

ALIKE, ALIKE_IN_ORDER, NEARLY = 88, 82, 93
"""Likeness (Indel, per cent) of two lines at edges, words sorted or as they stand, and of one elsewhere with it."""

MOST_PAGES = 0.6
"""Share of the pages that have a line by itself, which the head has too, where it stands at no edge."""

AS_LONG = 0.85
"""Share of the longer one's letters that the other has at least, where they are compared as they stand."""

LEAST_PART = 6
"""Characters of the shortest part of a line that was read in two."""

MAY_BE_TITLE = 0.5
"""Share of the first page's lines, from its head, of which none is taken: the others may repeat the title there."""

MOST_LIGHT = 12
"""Characters of the longest line that says nothing: a folio, strokes, the figure of a line."""


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a page begins and where the next one does."""

    number: int
    first: int
    stop: int

    @property
    def inwards(self) -> tuple[range, range]:
        """The positions of its lines from its head downwards, and from its foot upwards."""
        return range(self.first, self.stop), range(self.stop - 1, self.first - 1, -1)


def folios(lines: Sequence[Line], of_paper: frozenset[int]) -> frozenset[int]:
    """The positions of short lines at edges that are the numbers of pages, however their marks were read.

    They are told by counting, so two pages have one; one whose figure was misread has the same marks about it.
    """
    pages = _pages(lines)
    short = [
        [at for at in _outer(lines, page, of_paper) if len(_said(lines[at].text)) <= LEAST_LETTERS]
        for page in pages
    ]
    numbered = zip(pages, short, strict=True)
    told = {at for page, places in numbered for at in places if _is_number(lines[at].text, page)}
    marked = {marks for at in told if (marks := _marks(lines[at].text))}
    misread = {
        at
        for places in short
        if told.isdisjoint(places)
        for at in places
        if _marks(lines[at].text) in marked and not re.search(r"\d", lines[at].text)
    }
    found = told | misread
    return frozenset(found if sum(not found.isdisjoint(places) for places in short) > 1 else ())


def _outer(lines: Sequence[Line], page: _Page, of_paper: frozenset[int]) -> Iterator[int]:
    """The outer line at both edges of a page, behind those of the paper."""
    for way in page.inwards:
        at = next((at for at in way if at not in of_paper), None)
        if at is not None and len(lines[at].text) <= MOST_LIGHT:
            yield at


def _is_number(text: str, page: _Page) -> bool:
    """Whether a line says the number of its page, in figures or in a Roman number."""
    words = re.findall(r"\w+", text.lower())
    figures = re.findall(r"\d+", text)
    number = str(page.number + 1)
    if not figures:
        return len(words) == 1 and words[0] == roman(page.number + 1)
    return figures[0] == number or (figures == [f"{number}1"] and not (text[0].isdigit() or text[-1].isalpha()))


def _marks(text: str) -> tuple[int, str, str] | None:
    """How long a line is, and what stands at both its ends where these are no figures."""
    ends = text[0], text[-1]
    return None if len(text) < len("-1-") or any(map(str.isdigit, ends)) else (len(text), *ends)


def _pages(lines: Sequence[Line]) -> list[_Page]:
    """The pages, as far as the scan shows where they end."""
    heads = [at for at, line in enumerate(lines) if at == 0 or line.gap is Gap.PAGE]
    return [_Page(number, *ends) for number, ends in enumerate(pairwise([*heads, len(lines)]))]


def repeated(lines: Sequence[Line]) -> frozenset[int]:
    """The positions of lines that several pages have at their edges."""
    pages = _pages(lines)
    if len(pages) < 2:
        return frozenset()
    known: set[int] = set()
    for _ in range(MOST_ROUNDS):
        edges = [list(_edge_lines(lines, page, known)) for page in pages]
        known_on = [[at for at in range(page.first, page.stop) if at in known] for page in pages]
        found = set(_alike_at_edges(lines, edges, known_on))
        if not found:
            break
        known |= found
    known.update(_out_of_place(lines, pages, known))
    known.update(_of_head(lines, pages))
    return frozenset(at for at in known if at >= int(MAY_BE_TITLE * pages[0].stop))


def _edge_lines(lines: Sequence[Line], page: _Page, known: set[int]) -> Iterator[int]:
    """The outer line at both edges of a page that is not known, behind those that are known or say nothing.

    One behind another that is not of the paper is text: two lists of names may have the same short line there.
    """
    for way in page.inwards:
        is_open = (at for at in way if at not in known and not _is_light(lines[at].text))
        at = next(is_open, None)
        if at is not None and _may_be_of_paper(lines, page, at, at == way[0]):
            yield at


def _may_be_of_paper(lines: Sequence[Line], page: _Page, position: int, outer: bool) -> bool:
    """Whether a line is no item, leads to none, comes once on its page, and is outermost or of a small block."""
    text = lines[position].text
    if not _said(text) or text.endswith((":", ";", ",")) or NUMBERED.fullmatch(text) or BULLETED.fullmatch(text):
        return False
    again = sum(line.text == text for line in lines[page.first : page.stop]) > 1
    return not again and (outer or _length_of_block(lines, position) <= MOST_IN_BLOCK)


def _length_of_block(lines: Sequence[Line], position: int) -> int:
    """Lines that stand together with a line, no gap between them; no more are counted than are needed."""
    first = last = position
    while first > 0 and lines[first].gap is Gap.NONE and last - first <= MOST_IN_BLOCK:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].gap is Gap.NONE and last - first <= MOST_IN_BLOCK:
        last += 1
    return last - first + 1


def _alike_at_edges(
    lines: Sequence[Line], edges: Sequence[Sequence[int]], known_on: Sequence[Sequence[int]]
) -> Iterator[int]:
    """The lines at edges that stand at the edges of enough pages near, or are a part of one that does."""
    for page, places in enumerate(edges):
        near = [each for each in _near(page, len(edges)) if each != page]
        there = [[lines[at].text for at in (*known_on[each], *edges[each])] for each in near]
        laid_aside = [lines[at].text for each in near for at in known_on[each]]
        for at in places:
            text = lines[at].text
            if _are_enough(there, partial(_is_same, text)) or any(_is_part(text, other) for other in laid_aside):
                yield at


def _are_enough(there: Sequence[Sequence[str]], is_like: Callable[[str], bool]) -> bool:
    """Whether of the pages near so many have a line like this that it belongs to the paper."""
    return 1 + sum(any(map(is_like, texts)) for texts in there) >= max(2, round(LEAST_SHARE * len(there)))


def _near(page: int, count: int) -> range:
    """The pages near one, itself among them."""
    return range(max(0, page - NEAR_PAGES), min(count, page + NEAR_PAGES + 1))


def _out_of_place(lines: Sequence[Line], pages: Sequence[_Page], known: set[int]) -> Iterator[int]:
    """The lines inside of a page that all other pages near have at their edges, and this page has not."""
    said = {
        page.number: {_said(lines[at].text) for at in range(page.first, page.stop) if at in known} for page in pages
    }
    for page in pages[1:]:
        near = [said[each] for each in _near(page.number, len(pages)) if each not in (0, page.number)]
        missing = {each for there in near for each in there if not _is_among(each, said[page.number])}
        if not missing:
            continue
        places: dict[str, list[int]] = {}
        for at in range(page.first, page.stop):
            text = _said(lines[at].text)
            if at in known or not text or _length_of_block(lines, at) > MOST_IN_BLOCK:
                continue
            if match := next((each for each in missing if _is_nearly(text, each)), ""):
                places.setdefault(match, []).append(at)
        yield from (alone[0] for alone in places.values() if len(alone) == 1)


def _of_head(lines: Sequence[Line], pages: Sequence[_Page]) -> Iterator[int]:
    """The lines that stand by themselves on most pages but the first, wherever, and have words of its head."""
    head = " ".join(_said(line.text) for line in lines[: min(MOST_IN_HEAD, pages[0].stop)])
    places: dict[str, list[int]] = {}
    for page in pages[1:]:
        alone = [at for at in range(page.first, page.stop) if _length_of_block(lines, at) == 1]
        for at in alone:
            said = _said(lines[at].text)
            if len(said) >= ALIKE_FROM and f" {said} " in f" {head} " and _may_be_of_paper(lines, page, at, False):
                places.setdefault(said, []).append(at)
    for found in places.values():
        if len(found) >= max(2, MOST_PAGES * (len(pages) - 1)):
            yield from found


def _is_among(said: str, others: set[str]) -> bool:
    """Whether what a line says is said by one of others, a few letters misread."""
    return said in others or any(_is_nearly(said, other) for other in others)


def _is_nearly(one: str, other: str) -> bool:
    """Whether two lines say the same, a few letters misread; more alike than two at edges need be."""
    if one == other:
        return True
    return min(len(one), len(other)) >= ALIKE_FROM and fuzz.token_sort_ratio(one, other, score_cutoff=NEARLY) > 0


def _is_same(text: str, other: str) -> bool:
    """Whether two lines say the same, whatever their figures and the order of their words."""
    one, two = _said(text), _said(other)
    if one == two:
        return bool(one)
    if min(len(one), len(two)) < ALIKE_FROM:
        return False
    # Letters misread leave a line as long as it was; words that are missing do not.
    as_long = min(len(one), len(two)) >= AS_LONG * max(len(one), len(two))
    in_order = as_long and fuzz.ratio(one, two, score_cutoff=ALIKE_IN_ORDER) > 0
    return in_order or fuzz.token_sort_ratio(one, two, score_cutoff=ALIKE) > 0


def _is_part(text: str, other: str) -> bool:
    """Whether a line is a part of another one, as words part it."""
    part, whole = " ".join(text.lower().split()), " ".join(other.lower().split())
    return len(part) >= LEAST_PART and f" {part} " in f" {whole} "


def _is_light(text: str) -> bool:
    """Whether a line says nothing, so that it parts no other line from the edge."""
    return len(text) <= MOST_LIGHT and not _said(text)


@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    """The words of a line but figures and what stands about a page's number; of a line of figures, these."""
    words = [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in folio_words()]
    if sum(map(len, words)) >= LEAST_LETTERS:
        return " ".join(words)
    return "".join(text.split()) if sum(map(str.isdigit, text)) >= LEAST_FIGURES else ""
