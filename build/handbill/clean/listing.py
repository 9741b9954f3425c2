"""The list of signatories as a scanner reads it, put together again.

In: the lines of a text, without what belongs to the paper. Out: the lines with every name under its number, the
edits, and the doubts. A scanner reads columns across ("1. A 17. B"), reads the numbers of a list as a column of
their own ("1.", "2.", "3." and then three names), and misreads single ones ("Z." for "7."). The numbers count up,
so each is found again from those around it; where two names meet in a line without a number between them, nobody
can tell for certain, and a person is asked.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby, pairwise, takewhile

from handbill.agreement import counts_in
from handbill.clean.alphabet import may_hold_columns, read_down
from handbill.clean.columns import (
    DOTTED,
    FARTHEST,
    LONGEST_NAME,
    ODD_BARE,
    Cell,
    dashes_read,
    numbers_in,
    one_column,
    printed_width,
    read_cells,
    unmarked,
)
from handbill.clean.counting import Counted, NumberColumn, counted, in_order, number_column
from handbill.clean.evidence import Evidence
from handbill.clean.ledger import edits_of_moves
from handbill.clean.numerals import forms_of, other_list_end, plain_numbers
from handbill.clean.rows import by_rows, rows_above
from handbill.clean.starts import FEWEST_SORTED, asks, goes_on, is_sorted, key_of
from handbill.clean.writing import calendar_of
from handbill.head import is_continued, without_continued
from handbill.languages import known_languages, load_language
from handbill.model import Doubt, Edit, Gap, Line
from handbill.numbering import (
    BULLETED,
    FEWEST_WORDS,
    LABELLED,
    NUMBERED,
    RAISED,
    SPECKS,
    has_address,
    heads_names,
    is_sentence,
)

_LABELLED = re.compile(r"(?:[^\W\d_]+ ){0,4}[^\W\d_]+ ?:\s")
"""What stands right below the last name and says whom to write to, with a space before the colon perhaps."""

_DAY, _YEAR = r"\d{1,2}(?:[.ºª°]|er|st|nd|rd|th)*", r"(?:19|20|21)\d\d"
_PLACE = r"(?:[^\W\d_][^\d.;:]*[\s,])?"
"""What a date is made of, and what stands before it."""

IS_DIRT = "It stood in the list and is no name. Is it dirt on the paper?"
"""What is asked about lines that are taken for dirt."""

BELOW_NAMES = "It stands right below the last name. Is it no part of it?"
"""What is asked about a line that ends the list without a gap."""

TWO_COLUMNS = "The alphabet goes on within these lines. Are they columns, read as one? Then part the names."
"""What is asked about lines with a number each that may hold two names."""

NEXT = 2
"""Lines of the scan from one line to the next that follows it, an empty one between them perhaps."""

LEAST = 3
"""Numbers that make a list."""

FIRST_YEAR = 1_000
"""From here on a number at the beginning of a line may be a year, and begins no list."""

MOST = 10_000
"""More names than any list has."""

WIDE = 1.3
"""How much wider than any below it a line is in which two columns may have been read."""

FEWEST_BY_CONTACT = 5
"""Names to one line of an address at least; with fewer the addresses are those of the names."""

FEWEST_WITHOUT_HEADING = 12
"""Blocks in a row at the end of a text that may be names, from which they are, though nothing says so above."""

LINES_OF_TEXT = 7
"""Lines below a heading that show whether it heads text or names."""

MOST_BELOW = 8
"""Lines that stand below a list of names at most: whom to write to, and the like."""

LONGEST_RESIDUE = 4
"""Characters of what a scanner makes of a whole column of numbers at most."""

LONGEST_MISREAD = 6
"""Characters that a single word has more of, or it may be a number that was misread."""

_GARBLED = re.compile(r"[^\W\d_][\d\]\[}{|]|[\d\]\[}{|][^\W\d_]|[a-z][A-Z]|\d{5}")
"""Signs and figures inside a word, and longer numbers than a name has."""

_ENDLESS = re.compile(r"[A-ZÀ-Þ]{20}")
"""More capitals in a row than a word has."""

_NOTED = re.compile(r"[^\w\s(«“„—–•.,:;|_#-]{1,2}\s?(?=\w)|[¹²³⁴-⁹]\s+(?=\S)|\d\s+(?=[^\W\d_])")
"""What stands before a note: its mark, or what a scanner reads for it."""

LONGEST_NOTE = 4
"""Lines of one at most."""

FEWEST_OF_NOTE = 4
"""Words that a note has more of."""

SHORTEST_WORD, USUAL = 3, 3.5
"""Letters that a word in a name has at least; Zipf frequency from which one in capitals is a word."""

FEWEST_OF_WORDS = 3
"""Of how many one is a word at least in a line of words."""

_ODD_NUMBER = re.compile(r"(?P<mark>[^\W_]{1,3}[.,:;)]?)\s+(?P<text>[A-ZÀ-Þ«“\"].*)")
"""A few letters before a name, where a number stood perhaps."""

_DIRT_BEHIND = re.compile(r"(?<=\w)(?:\s+[:;~|_^'‘’`])+$|(?<=[)»])(?:\s+[:;~|_^'‘’`])+$")
"""Signs that stand by themselves behind a name, and close nothing there."""

_ABBREVIATED = re.compile(r"(?=.*[AEIOUYÀ-Þ])[A-ZÀ-Þ]{3,8}")
"""What may be the short name of an organisation."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the list: its number, its words in cells, and the lines that may not go on with it."""

    number: int
    cells: tuple[Cell, ...]
    apart: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The names in order, the cells above them that are none, and what is unclear."""

    names: tuple[Name, ...]
    above: tuple[Cell, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was made of the lines: the lines, the edits that lead to them, and what is unclear."""

    lines: tuple[Line, ...]
    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def list_of_names(lines: Sequence[Line], evidence: Evidence) -> Restored:
    """The list of names counts up, so each name stands with the number that the scanner read elsewhere or wrong."""
    language = evidence.lexicon.language
    printed, lines = lines, plain_numbers(lines, evidence.writing.number)
    notes, marks, contacts = list(_notes(lines)), list(_page_marks(lines)), list(_contacts(lines, language))
    contacts += _dates(lines, language)
    aside = {line.first for line in (*notes, *marks, *contacts)}
    kept = list(_without(lines, aside))
    forms = forms_of(printed, lines)
    floor = other_list_end(kept, forms)
    region = _region(kept, floor, language)
    if region is not None:
        moved = rows_above(kept, region, forms, _may_be_name) or _strays(kept, region, forms, language)
        moved = _with_heading(kept, moved, language)
        start = region.start if moved else max(floor, _begun_above(kept, region.start, language))
        listed = kept[start : region.stop]
        cells, doubts = read_cells([*moved, *listed], evidence)
        found = _named(cells, kept[region.start].first, evidence)
        if found is not None:
            doubts += (*_about_end(kept, region.stop), *_about_columns(listed))
            return _restored(printed, listed, moved, (notes, marks, contacts), found, doubts, evidence)
    region = _unnumbered_region(kept, language)
    if region is None:
        return Restored(tuple(printed))
    listed = kept[region.start : region.stop]
    early = _read_early(kept[: region.start], listed, language)
    found = _counted(kept[: region.start], early, listed, evidence)
    return _restored(printed, listed, early, (notes, marks, contacts), found, (), evidence)


def _about_end(lines: Sequence[Line], stop: int) -> Iterator[Doubt]:
    """A doubt about a line that begins small right below the names, and reads like none of them."""
    if stop < len(lines) and lines[stop].gap is Gap.NONE and lines[stop].text[:1].islower():
        yield _doubt_of([lines[stop]], BELOW_NAMES)


def _about_columns(lines: Sequence[Line]) -> Iterator[Doubt]:
    """A doubt about a sorted list that may hold a second column, the numbers of which were all lost."""
    numbers = [numbers_in(line.text) for line in lines]
    alone = all(len(each) <= 1 for each in numbers) and len(numbers) <= 2 * sum(map(bool, numbers))
    if alone and is_sorted([cell for line in lines for cell in one_column(line)]) and may_hold_columns(lines):
        yield _doubt_of(lines, TWO_COLUMNS)


def _restored(
    lines: Sequence[Line],
    listed: Sequence[Line],
    moved: Sequence[Line],
    aside: tuple[Sequence[Line], Sequence[Line], Sequence[Line]],
    found: Found,
    doubts: Sequence[Doubt],
    evidence: Evidence,
) -> Restored:
    """The lines with the names in their place, and what is still to be asked."""
    first, last = listed[0].first, listed[-1].first
    read = {line.first: line for line in lines}
    elsewhere = {line.first for line in moved}
    above = [line for line in lines if line.first < first and line.first not in elsewhere]
    notes, marks, contacts = ([read[line.first] for line in each if first < line.first < last] for each in aside)
    below = [*contacts, *(line for line in lines if line.first > last)]
    none = [read[cell.line.first] if cell.whole else _part(cell, cell.text, cell.line.gap) for cell in found.above]
    made = (*above, *notes, *none, *_written(found.names), *below)
    about = _about_dirt((*marks, *contacts))
    doubts = [_as_read(each, listed, read) for each in (*doubts, *found.doubts, *about)]
    asked = [each for each in doubts if not evidence.is_settled(*each.lines, each.text)]
    return Restored(made, tuple(edits_of_moves(lines, made, list_of_names)), tuple(asked))


def _as_read(doubt: Doubt, listed: Sequence[Line], read: Mapping[int, Line]) -> Doubt:
    """A doubt that quotes its lines as they were read."""
    texts = {line.text: read[line.first].text for line in listed if doubt.lines[0] <= line.first <= doubt.lines[1]}
    return replace(doubt, text="\n".join(texts.get(text, text) for text in doubt.text.split("\n")))


def _counted(above: Sequence[Line], early: Sequence[Line], listed: Sequence[Line], evidence: Evidence) -> Found:
    """The names of a list without numbers, counted; a person is asked unless the text says how many they are.

    An empty line before each name tells nothing by itself, as a scanner has such lines anywhere; where there are as
    many as the text counts organisations they do.
    """
    read = [*_cells_of(early), *_unnumbered_cells(listed)]
    residue, rest = _without_residue(read)
    cells = dashes_read(rest)
    strange = _strange(cells, residue, evidence)
    way = counted(cells, [], 0, is_sorted(cells), strange) if cells else None
    if way is None:
        return Found((), tuple(read), ())
    said = _counts(" ".join(line.text for line in above), evidence.lexicon.language)
    apart = tuple(at for at, cell in enumerate(cells) if not at or cell.line.gap is not Gap.NONE)
    starts = next((each for each in (way.starts, apart) if len(each) in said), None)
    dirt = frozenset() if starts is apart else way.dirt
    names = _names(cells, starts or way.starts, dirt)
    about = tuple(_about_dirt(cell.line for cell in (*residue, *(cells[at] for at in sorted(dirt)))))
    if starts:
        return Found(names, (), about)
    reason = f"This list has no numbers. Are these {len(names)} names, and does each begin where it should?"
    parts = groupby(cells, key=lambda cell: cell.line.first < listed[0].first)
    doubts = [_doubt_of([cell.line for cell in part], reason) for _, part in parts]
    return Found(names, (), (*doubts, *about))


def _cells_of(lines: Sequence[Line]) -> list[Cell]:
    return [cell for line in lines for cell in one_column(line) if cell.text]


def _unnumbered_cells(lines: Sequence[Line]) -> list[Cell]:
    """The cells of a list without numbers, whose first lines may hold columns."""
    found = read_down(lines)
    if found is None:
        return _cells_of(lines)
    across, cells = found
    return [*_cells_of(lines[: across.start]), *cells, *_cells_of(lines[across.stop :])]


def _doubt_of(lines: Sequence[Line], reason: str) -> Doubt:
    return Doubt((lines[0].first, lines[-1].last), "\n".join(line.text for line in lines), reason)


def _names(cells: Sequence[Cell], starts: Sequence[int], dirt: Set[int]) -> tuple[Name, ...]:
    return tuple(
        Name(number, tuple(cells[at] for at in range(start, stop) if at not in dirt))
        for number, (start, stop) in enumerate(pairwise([*starts, len(cells)]), 1)
    )


def _about_dirt(lines: Iterable[Line]) -> Iterator[Doubt]:
    """A doubt about each run of lines that stood in the list and are no names."""
    run: list[Line] = []
    for line in sorted(lines, key=lambda line: line.lines):
        if run and line.first - run[-1].last > NEXT:
            yield _doubt_of(run, IS_DIRT)
            run = []
        run.append(line)
    if run:
        yield _doubt_of(run, IS_DIRT)


def _counts(text: str, language: str) -> set[int]:
    """The numbers of organisations that a text speaks of."""
    if language not in known_languages():
        return set()
    return {number for _, number in counts_in(text, load_language(language))}


# Where the list is.


def _region(lines: Sequence[Line], floor: int, language: str) -> range | None:
    """The lines of the list: below its heading, or from its first number, to the last line of its last name."""
    marks = [
        at for at in range(floor, len(lines)) if numbers_in(lines[at].text) and not RAISED.match(lines[at].text)
    ]
    if sum(numbers_in(lines[at].text)[0] < FIRST_YEAR for at in marks) < LEAST:
        return None
    end = marks[-1]
    start = _below_heading(lines, end, floor, language)
    if start is None:
        start = _first_number(lines, end, floor)
    stop = end + 1
    while stop < len(lines) and not (ends_list(lines, stop) or is_about_list(lines[stop].text, language)):
        stop += 1
    return range(start, stop)


def _notes(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of notes that stand under pages: below a gap, begun by a sign or a small figure, and sentences."""
    begun = [at for at, line in enumerate(lines) if line.gap is not Gap.NONE or at == 0]
    for start, stop in pairwise([*begun, len(lines)]):
        match = _NOTED.match(lines[start].text)
        if not match:
            continue
        for end in range(min(stop, start + LONGEST_NOTE), start, -1):
            text = " ".join(line.text for line in lines[start:end])
            ended = text.endswith(".") and len(text.split()) > FEWEST_OF_NOTE
            if is_sentence(text) if match[0][0].isdecimal() else ended:
                yield from lines[start:end]
                break


def _page_marks(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines between gaps that say that the text goes on from the page before, or on the next."""
    for at, line in enumerate(lines):
        after = lines[at + 1].gap if at + 1 < len(lines) else Gap.PAGE
        if Gap.NONE not in (line.gap, after) and (is_continued(line.text) or without_continued(line.text)):
            yield line


def _contacts(lines: Sequence[Line], language: str) -> Iterator[Line]:
    """Lines between gaps that have an address and no number, where few have one: the paper's, and no names.

    What stands below the last number may be whom to write to, and ends the list; so may the last few lines of a
    list without numbers.
    """
    listed = [at for at, line in enumerate(lines) if numbers_in(line.text)]
    stop = listed[-1] + 1 if listed else 0
    if not listed and (start := _below_last_heading(lines, language)) is not None:
        listed = list(range(start, len(lines)))
        stop = len(lines) - MOST_BELOW
    found = [
        line
        for line, below in pairwise(lines[: max(0, stop)])
        if Gap.NONE not in (line.gap, below.gap) and has_address(line.text) and not numbers_in(line.text)
    ]
    return iter(found if FEWEST_BY_CONTACT * len(found) <= len(listed) else ())


def _dates(lines: Sequence[Line], language: str) -> Iterator[Line]:
    """Lines below gaps that are a date, with a place before it perhaps, and no name: of a page's edge mostly."""
    for at, line in enumerate(lines):
        after = lines[at + 1].gap if at + 1 < len(lines) else Gap.PAGE
        if line.gap is not Gap.NONE and is_date(line.text, language, placed=after is not Gap.NONE):
            yield line


def is_date(text: str, language: str, placed: bool = True) -> bool:
    """Whether a line is a day of a year, as below a text; with a place before it perhaps.

    >>> is_date("Done at Port Amber, 4 October 2036", "en"), is_date("Movement of 4 October", "en")
    (True, False)
    """
    date = _date(language)
    return (
        date is not None and re.fullmatch(rf"{_PLACE if placed else ''}(?:{date})\.?", text.casefold()) is not None
    )


@lru_cache(maxsize=8)
def _date(language: str) -> str | None:
    """A regular expression for a day of a year; None where nothing is known of the language."""
    months = "|".join(sorted(name.casefold() for name in calendar_of(language)))
    date = rf"{_DAY}\s(?:de\s|of\s)?(?:{months}),?\s(?:de\s|del\s)?{_YEAR}|(?:{months})\s{_DAY},?\s{_YEAR}"
    return date if months else None


def _without(lines: Sequence[Line], aside: Set[int]) -> Iterator[Line]:
    """The lines but for some; what stands below one of them stands below its gap."""
    gap = Gap.NONE
    for line in lines:
        gap = gap.wider(line.gap)
        if line.first not in aside:
            yield line if gap is line.gap else replace(line, gap=gap)
            gap = Gap.NONE


def _begun_above(lines: Sequence[Line], start: int, language: str) -> int:
    """Where a list begins whose first number was not read: as many lines further up as there may be names there."""
    first = next(iter(numbers_in(lines[start].text)), 1)
    least = max(0, start - LONGEST_NAME * (first - 1))
    while start > least:
        text = lines[start - 1].text
        of_paragraph = start > 1 and lines[start - 1].gap is Gap.NONE and is_sentence(lines[start - 2].text)
        is_item = BULLETED.match(text) is not None
        if of_paragraph or is_item or is_sentence(text) or text[-1] in ";:" or heads_names(text, language):
            break
        start -= 1
    return start


def _unnumbered_region(lines: Sequence[Line], language: str) -> range | None:
    """The lines below the last heading that says who signed, where they end the text but for a few lines.

    Without a heading, the blocks that end the text, where many of them in a row may be names.
    """
    start = _below_last_heading(lines, language)
    if start is not None:
        stop = _end_without_numbers(lines, start)
        if stop - start >= LEAST and len(lines) - stop <= MOST_BELOW:
            return range(start, stop)
    return _names_at_end(lines, language)


def _below_last_heading(lines: Sequence[Line], language: str) -> int | None:
    """The line below the last heading that says who signed; None where there is none."""
    return next((at + 1 for at in reversed(range(len(lines))) if _is_heading(lines, at, language)), None)


def _end_without_numbers(lines: Sequence[Line], start: int) -> int:
    """The first line from a position on that is about a list without numbers, and no part of it."""
    places = range(start, len(lines))
    return next((at for at in places if ends_list(lines, at) or _is_labelled_foot(lines, at)), len(lines))


def _names_at_end(lines: Sequence[Line], language: str) -> range | None:
    """The blocks that end the text but for a few lines and that may each be a name, where they are many."""
    starts = [*(at for at, line in enumerate(lines) if line.gap is not Gap.NONE or not at), len(lines)]
    end = _end_without_numbers(lines, max(0, len(lines) - MOST_BELOW))
    blocks = [each for each in pairwise(starts) if each[1] <= end]
    listed = list(takewhile(lambda block: _may_be_block_of_name(lines[slice(*block)], language), reversed(blocks)))
    ended = (lines[stop - 1].text.endswith(".") for _, stop in reversed(listed))
    top = len(list(takewhile(bool, ended)))  # “I thank you.”
    named = listed[: len(listed) - top]
    return range(named[-1][0], named[0][1]) if len(named) >= FEWEST_WITHOUT_HEADING else None


def _may_be_block_of_name(block: Sequence[Line], language: str) -> bool:
    """Whether lines between gaps may be one name: short, begun like one, and no sentence, item or date."""
    text = _DIRT_BEHIND.sub("", " ".join(line.text for line in block))
    small = text[0].islower() and " " in text  # some write theirs small: “ombuds.kids”
    begins = not small and not BULLETED.match(text) and not numbers_in(text)
    ends = text[-1] not in ";:," and not is_date(text, language)
    return begins and ends and len(block) <= LONGEST_NAME and not is_sentence(text)


def _read_early(above: Sequence[Line], listed: Sequence[Line], language: str) -> list[Line]:
    """Names that a scanner read before the text beside them: sorted as the list that goes on with them is."""
    if not is_sorted([Cell(line, line.text) for line in listed]):
        return []
    found: list[list[Line]] = []
    for is_named, lines in groupby(above, key=lambda line: _may_be_early(line, language)):
        run = list(lines)
        if not is_named or run[0].gap is Gap.NONE:
            continue
        begun = [at for at, line in enumerate(run) if line.gap is not Gap.NONE]
        letters = [key_of(run[at].text)[:1] for at in begun]
        first = max((at for at in range(1, min(len(letters), LEAST)) if letters[at - 1] > letters[at]), default=0)
        letters = letters[first:]
        rises = letters == sorted(letters) and letters[-1] <= key_of(listed[0].text)[:1]
        if rises and len(letters) >= FEWEST_SORTED and len(set(letters)) >= LEAST:
            found.append(run[begun[first] :])
    return found[0] if len(found) == 1 else []


def _may_be_early(line: Line, language: str) -> bool:
    """Whether a line may be of a name: it is no sentence and no item, and begins small only where one goes on."""
    text = line.text
    begins = not text[:1].islower() or line.gap is Gap.NONE
    return begins and _is_of_names(text, language) and not BULLETED.match(text) and not numbers_in(text)


def _below_heading(lines: Sequence[Line], end: int, floor: int, language: str) -> int | None:
    """The line after the last short one that says who signed, if only names follow it."""
    for position in range(end - 1, floor - 1, -1):
        text = lines[position].text
        if _is_of_text(unmarked(text)) and not _is_in_list(lines, position):
            return None
        if _is_heading(lines, position, language):
            return position + 1
    return None


def _is_heading(lines: Sequence[Line], position: int, language: str) -> bool:
    """Whether a line begins a block and says who signed."""
    alone = position == 0 or lines[position].gap is not Gap.NONE or lines[position - 1].text[-1] in ".,"
    return alone and heads_names(lines[position].text, language) and not _heads_text(lines, position)


def _heads_text(lines: Sequence[Line], position: int) -> bool:
    """Whether a line has text below it, or is of it: in narrow columns that is no longer than a name is.

    Its lines begin small mostly, those of names only where one goes on.
    """
    below = lines[position + 1 : position + 1 + LINES_OF_TEXT]
    small = sum(line.text[0].islower() for line in below)
    return _goes_on_small(lines, position) or 2 * small > len(below)


def _goes_on_small(lines: Sequence[Line], position: int) -> bool:
    """Whether the next line begins small, without a gap above it."""
    below = lines[position + 1 : position + 2]
    return bool(below) and below[0].gap is Gap.NONE and below[0].text[0].islower()


def _first_number(lines: Sequence[Line], end: int, floor: int) -> int:
    """The first line of the last list that counts from 1, or of the numbers that end the text."""
    start = end
    for position in range(end - 1, floor - 1, -1):
        text = lines[position].text
        ended = _is_of_text(unmarked(text)) or (text.endswith(":") and not ODD_BARE.fullmatch(text))
        if ended and not _counts_around(lines, position):
            break
        if numbers_in(text) or DOTTED.fullmatch(text):
            start = position
    marked = [position for position in range(start, end + 1) if numbers_in(lines[position].text)]
    ones = [position for position in marked[: 1 - LEAST] if numbers_in(lines[position].text)[0] == 1]
    return ones[-1] if ones else start


def _is_of_text(text: str) -> bool:
    """Whether a line is of a sentence, and no noise of as many short words."""
    return is_sentence(text) and not _is_garbled(text)


def _is_in_list(lines: Sequence[Line], position: int) -> bool:
    """Whether a line that reads like one of a sentence is of a list all the same."""
    return _counts_around(lines, position) or _ends_name(lines, position)


def _ends_name(lines: Sequence[Line], position: int) -> bool:
    """Whether a line that begins small is the second of a name: a line like a name above it, none like it below.

    A sentence that goes on from line to line begins small in more than one of them, or ends with a stop.
    """
    text = lines[position].text
    if position == 0 or not text[0].islower() or text[-1] in ".;:" or lines[position].gap is not Gap.NONE:
        return False
    above = lines[position - 1].text
    return not (_goes_on_small(lines, position) or above[0].islower() or is_sentence(unmarked(above)))


def _counts_around(lines: Sequence[Line], position: int) -> bool:
    """Whether a line without a number that reads like a sentence stands in a list that counts on around it."""
    if numbers_in(lines[position].text):
        return False
    above = next((numbers for line in _near(lines, position, -1) if (numbers := numbers_in(line.text))), [])
    below = next((numbers[0] for line in _near(lines, position, 1) if (numbers := numbers_in(line.text))), 0)
    return any(1 <= below - number <= LEAST for number in above)


def _near(lines: Sequence[Line], position: int, step: int) -> Iterator[Line]:
    """The lines above or below one that may be of the same name, the nearest first."""
    places = range(position + step, position + step * (LONGEST_NAME + 1), step)
    return (lines[at] for at in places if 0 <= at < len(lines))


def ends_list(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is about the list and no part of it, such as whom to write to."""
    text = lines[position].text
    labelled = lines[position].gap is not Gap.NONE and LABELLED.match(text)
    return is_sentence(text) or has_address(text) or bool(labelled or RAISED.match(text))


def _is_labelled_foot(lines: Sequence[Line], position: int) -> bool:
    """Whether a line near the end of the text says whom to write to, right below the names."""
    return len(lines) - position <= LONGEST_NOTE and _LABELLED.match(lines[position].text) is not None


def is_about_list(text: str, language: str) -> bool:
    """Whether a line below the last name is no part of it: whom to write to, or how many more have signed."""
    counts = text[:1].islower() and bool(_counts(text, language))
    labelled = bool(_LABELLED.match(text) or RAISED.match(text))
    return is_sentence(text) or has_address(text) or counts or labelled or is_date(text, language)


def _with_heading(lines: Sequence[Line], moved: Sequence[Line], language: str) -> list[Line]:
    """Lines that go to the list, with the heading right above them."""
    at = next((at for at, line in enumerate(lines) if moved and line.first == moved[0].first), 0)
    return [*lines[at - 1 : at], *moved] if at and _is_heading(lines, at - 1, language) else list(moved)


def _strays(lines: Sequence[Line], region: range, forms: Mapping[int, str], language: str) -> list[Line]:
    """Lines above the list that have its first numbers: a scanner may read the foot of a column too early."""
    read = (numbers[0] for position in region if (numbers := numbers_in(lines[position].text)))
    first, second = next(read, 1), next(read, 1)
    last = (first if second == first + 1 else max(second - 1, 1)) - 1
    form = Counter(
        forms[line.first] for line in lines[region.start : region.stop] if line.first in forms
    ).most_common(1)
    for position in range(region.start - 1, -1, -1) if last > 0 else ():
        own = not form or forms.get(lines[position].first) in (form[0][0], None)
        if own and numbers_in(lines[position].text)[:1] == [last] and _may_be_name(lines[position].text):
            return _stray_names(lines[: region.start], position, last, language)
    return []


def _stray_names(lines: Sequence[Line], end: int, last: int, language: str) -> list[Line]:
    """The lines of the names that end with the one that begins at a line, if they count up to it from the first."""
    start, lowest, found = end, last, 1
    for position in range(end - 1, -1, -1):
        text = lines[position].text
        number = next(iter(numbers_in(text)), 0)
        if lowest == 1 or (number and not 1 <= lowest - number <= LEAST) or not _is_of_names(text, language):
            break
        if number:
            start, lowest, found = position, number, found + 1
    if 2 * found < last - lowest + 1 or found < min(LEAST, last):
        return []
    if lowest > 1:
        above = _begun_above(lines, start, language)
        if start - above < lowest - 1:
            return []
        start = above
    stop = end + 1
    while stop < len(lines) and lines[stop].gap is Gap.NONE and goes_on(lines[stop - 1].text, lines[stop].text):
        stop += 1
    counts_on = stop < len(lines) and numbers_in(lines[stop].text)[:1] == [last + 1]
    return [] if counts_on else list(lines[start:stop])


def _is_of_names(text: str, language: str) -> bool:
    """Whether a line may be one of a list of names, with its number or without."""
    return not (is_sentence(unmarked(text)) or text[-1] in ".;:" or heads_names(text, language))


def _may_be_name(text: str) -> bool:
    """Whether what follows a number with its stop can be a name."""
    return bool(NUMBERED.fullmatch(text)) and not is_sentence(unmarked(text)) and text[-1] not in ".;:,"


# Cells become names.


def _named(cells: Sequence[Cell], first: int, evidence: Evidence) -> Found | None:
    """The names between the numbers that count up, of a list that begins at a line; None where too few do."""
    cells = _in_order(by_rows(cells))
    trusted = _trusted(cells)
    named = sum(cell.begins and bool(cell.text and cell.number) for cell in cells)
    if len(trusted) < LEAST or 2 * len(trusted) < named:
        return None
    rising = _rising(cells, [at for at, cell in enumerate(cells) if cell.begins and cell.number])
    last, in_order = cells[rising[-1]].number or 0, is_sorted(cells)
    cells = _with_misread(_with_figures(cells, frozenset(rising)))
    cells = _with_strays_moved(cells) if in_order else cells
    residue, rest = _without_residue(cells)
    text, columns = _parted(rest)
    strange = _strange(text, residue, evidence)
    way = counted(text, columns, last, in_order, strange) if text else None
    if way is None:
        return None
    text = _without_misread_numbers(text, way, in_order)
    names = [
        _name(number, text, [at for at in range(start, stop) if at not in way.dirt], way)
        for number, (start, stop) in zip(way.numbers, pairwise([*way.starts, len(text)]), strict=True)
    ]
    sentences = sum(is_sentence(" ".join(cell.text for cell in name.cells)) for name in names)
    if 2 * sentences > len(names):
        return None  # they are paragraphs of the text
    notes = [text[at] for at in sorted(way.dirt) if text[at].begins]
    above = [*text[: way.starts[0]], *(cell for cell in notes if cell not in text[: way.starts[0]])]
    dirt = [*(text[at] for at in sorted(way.dirt) if not text[at].begins), *residue]
    doubts = [
        *(_doubt_above(name.cells[0], name.number - number - 1) for number, name in _with_missing(names)),
        *_doubts_about(names, text, way),
        *_about_dirt(cell.line for cell in dirt if cell.whole and cell.line.first >= first),
    ]
    return Found(tuple(names), tuple(above), tuple(doubts))


def _without_misread_numbers(cells: Sequence[Cell], way: Counted, in_order: bool) -> list[Cell]:
    """The cells; what a scanner made of a number, where those before and after it were read, is none of a name.

    It begins with a small letter as no name there does, or stands where the order of the alphabet denies it.
    """
    made = list(cells)
    names = [*zip(way.numbers, way.starts, strict=True)]
    for (low, above), (number, at), (high, below) in zip([(0, -1), *names], names, names[1:], strict=False):
        read = cells[below].number == high or (low > 0 and cells[above].number == low)
        match = None if cells[at].begins or not read else _ODD_NUMBER.fullmatch(cells[at].text)
        if not match or not (low + 1 == number == high - 1):
            continue
        first, last = key_of(cells[above].text) if low else "", key_of(cells[below].text)
        fits = in_order and first <= key_of(match["text"]) <= last
        denied = in_order and not first <= key_of(cells[at].text) <= last
        if match["mark"][0].islower() or (fits and denied):
            made[at] = replace(cells[at], text=match["text"], mark=match["mark"], begins=True)
    return made


def _name(number: int, text: Sequence[Cell], places: Sequence[int], way: Counted) -> Name:
    """A name; a line below a gap that hardly goes on with it stays below its gap, so that a person is asked."""
    cells = tuple(text[at] for at in places)
    apart = (at in way.forced and text[at].whole and text[at].line.gap is not Gap.NONE for at in places[1:])
    return Name(
        number,
        cells,
        frozenset(cell.line.first for cell, is_apart in zip(cells[1:], apart, strict=True) if is_apart),
    )


def _with_figures(cells: Sequence[Cell], numbers: Set[int]) -> list[Cell]:
    """The cells; figures below a line that are no number of the list go on with its name: "Section", "12"."""
    made = list(cells)
    for at, cell in enumerate(cells):
        alone = at and not cells[at - 1].is_bare and not (at + 1 < len(cells) and cells[at + 1].is_bare)
        if alone and cell.is_bare and at not in numbers and cell.mark.isdigit() and cell.line.gap is Gap.NONE:
            made[at] = replace(cell, text=cell.mark, mark="", number=None, begins=False)
    return made


def _with_misread(cells: Sequence[Cell]) -> list[Cell]:
    """The cells; what a scanner made of as many numbers as are missing in a column of them is none of its names."""
    made = list(cells)
    bare = [at for at, cell in enumerate(cells) if cell.is_bare and cell.number]
    for above, below in pairwise(bare):
        between = range(above + 1, below)
        missing = (cells[below].number or 0) - (cells[above].number or 0) - 1
        if between and missing == len(between) and all(_may_be_number(cells[at]) for at in between):
            for at in between:
                made[at] = replace(cells[at], text="", mark=cells[at].line.text, begins=True)
    return made


def _with_strays_moved(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a sorted list; a line that stands out of its order goes above the one that ends its name.

    That one stands by itself between the last number of a column and the next: the end of a name, and no more.
    """
    made = list(cells)
    strays = [at for at in range(1, len(cells) - 1) if _is_stray(cells, at)][:FARTHEST]
    ends = [at for at in range(1, len(cells) - 1) if strays and _ends_column(cells, at)][:FARTHEST]
    for end in ends:
        text = next((cell.text for cell in reversed(cells[:end]) if cell.text), "")
        keys = key_of(text), key_of(cells[end + 1].text)
        found = [at for at in strays if keys[0] <= key_of(cells[at].text) <= keys[1]]
        if len(found) == 1:
            made.remove(cells[found[0]])
            made.insert(made.index(cells[end]), cells[found[0]])
    return made


def _is_stray(cells: Sequence[Cell], at: int) -> bool:
    """Whether a line without a number asks for more, has none below it, and sorts before the name above it."""
    cell, below = cells[at], cells[at + 1]
    if cell.begins or not cell.whole or cell.line.gap is Gap.NONE or not asks(cell.text) or not below.begins:
        return False
    above = next(
        (each for each in reversed(cells[max(0, at - LONGEST_NAME) : at]) if each.begins and each.text), None
    )
    return above is not None and key_of(cell.text) < key_of(above.text)


def _ends_column(cells: Sequence[Cell], at: int) -> bool:
    """Whether a line stands by itself between the last number of a column and the name with the next one."""
    above, cell, below = cells[at - 1 : at + 2]
    counts_on = above.number is not None and below.number == above.number + 1
    return above.is_bare and counts_on and bool(below.text and cell.text) and not cell.begins


def _may_be_number(cell: Cell) -> bool:
    """Whether a line is what a scanner may make of numbers and dirt: a short word, or a few of very few letters."""
    words = cell.text.split()
    return (
        cell.is_bare
        or len(cell.text) < LONGEST_MISREAD * (len(words) == 1)
        or (len(words) >= LEAST and len(cell.text) < LONGEST_RESIDUE * len(words))
    )


def _parted(cells: Sequence[Cell]) -> tuple[list[Cell], list[NumberColumn]]:
    """The cells that have text, and the columns of numbers that stand between them."""
    text: list[Cell] = []
    columns: list[NumberColumn] = []
    for is_bare, run in groupby(cells, key=lambda cell: cell.is_bare):
        if not is_bare:
            text += (cell for cell in run if cell.text)
        elif column := number_column(len(text), [cell.number for cell in run]):
            columns.append(column)
    return text, in_order(columns)


def _with_missing(names: Sequence[Name]) -> Iterator[tuple[int, Name]]:
    """The names above which numbers are missing, each with the last number before it."""
    numbers = [0, *(name.number for name in names)]
    return ((number, name) for number, name in zip(numbers, names, strict=False) if name.number > number + 1)


def _doubts_about(names: Sequence[Name], cells: Sequence[Cell], way: Counted) -> Iterator[Doubt]:
    """A doubt about each stretch of names of which it is unclear where they begin."""
    apart = frozenset(line for name in names for line in name.apart)
    across = _read_across(names)
    asked = [
        any(at in way.unclear for at in range(start, stop + 1))
        or any(at in way.forced and cells[at].line.first not in apart for at in range(start, stop))
        or index < across
        for index, (start, stop) in enumerate(pairwise([*way.starts, len(cells)]))
    ]
    for is_asked, stretch in groupby(zip(asked, names, strict=True), key=lambda each: each[0]):
        if is_asked:
            some = [name for _, name in stretch]
            yield _doubt_about([cell for name in some for cell in name.cells], len(some))


def _read_across(names: Sequence[Name]) -> int:
    """How many of the first names may hold those that are missing below them: their lines are as wide as two."""
    stop = next((at for at, (_, low) in enumerate(pairwise(names), 1) if low.number > names[at - 1].number + 1), 0)
    if not stop:
        return 0
    above, below = (
        sorted(printed_width(cell.text) for name in part for cell in name.cells if cell.whole)
        for part in (names[:stop], names[stop:])
    )
    return stop if above and below and above[-1] > WIDE * below[-1] and len(above) < len(below) else 0


def _in_order(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells, with names that were read elsewhere put where they are missing: a scanner reads zone by zone."""
    made = list(cells)
    for _ in range(FARTHEST):
        moved = _with_run_moved(made)
        if moved is None:
            return made
        made = moved
    return made


def _with_run_moved(cells: Sequence[Cell]) -> list[Cell] | None:
    """The cells with names that do not count up where they stand put after the number before theirs."""
    marked = [at for at, cell in enumerate(cells) if cell.begins and cell.number and cell.text]
    chain = _rising(cells, marked)
    here = {cells[at].number or 0: at for at in chain}
    for run in _runs_outside(cells, marked, frozenset(chain)):
        low, high = cells[run[0]].number or 0, cells[run[-1]].number or 0
        after = [number for number in here if number > high]
        if any(number in here for number in range(low, high + 1)) or not (low == 1 or low - 1 in here):
            continue
        if len(run) == 1 and (_fits_here(cells, chain, run[0]) or (after and high + 1 not in here)):
            continue
        start, stop = run[0], _end_of_name(cells, run[-1])
        moved, rest = list(cells[start:stop]), [*cells[:start], *cells[stop:]]
        at = here[low - 1] if low > 1 else here[min(after)] if after else 0
        at -= (stop - start) * (at >= stop)
        place = _place_after(rest, at, moved[-1]) if low > 1 else at
        return [*rest[:place], *moved, *rest[place:]]
    return None


def _runs_outside(cells: Sequence[Cell], marked: Sequence[int], chain: Set[int]) -> Iterator[list[int]]:
    """Names in a row that count up by one and are none of the list as it counts up."""
    run: list[int] = []
    for at in marked:
        if run and (at in chain or cells[at].number != (cells[run[-1]].number or 0) + 1):
            yield run
            run = []
        if at not in chain:
            run.append(at)
    if run:
        yield run


def _fits_here(cells: Sequence[Cell], chain: Sequence[int], at: int) -> bool:
    """Whether a number is missing where another one stands, so that it may be the missing one, misread."""
    index = bisect_left(chain, at)
    low = cells[chain[index - 1]].number or 0 if index else 0
    return index < len(chain) and (cells[chain[index]].number or 0) > low + 1


def _end_of_name(cells: Sequence[Cell], at: int) -> int:
    """Where the next name begins, or a number, below the one that begins here."""
    return next((below for below in range(at + 1, len(cells)) if cells[below].begins), len(cells))


def _place_after(cells: Sequence[Cell], at: int, last: Cell) -> int:
    """Where names go in below a name: after its last line, or above one that goes on with them instead."""
    stop = _end_of_name(cells, at)
    return max(
        range(stop, at, -1),
        key=lambda place: 0 if place == stop else _gained(last.text, cells[place - 1].text, cells[place].text),
    )


def _gained(above: str, other: str, text: str) -> int:
    """Whether a line goes on with the one rather than with the other."""
    return 2 * (asks(above) - asks(other)) + goes_on(above, text) - goes_on(other, text)


def _doubt_about(cells: Sequence[Cell], count: int) -> Doubt:
    lines = (min(cell.line.first for cell in cells), max(cell.line.last for cell in cells))
    names = "1 name" if count == 1 else f"{count} names"
    reason = f"By the numbers around them, these {len(cells)} lines are {names}. Does each begin where it should?"
    return Doubt(lines, "\n".join(cell.line.text for cell in cells), reason)


def _doubt_above(cell: Cell, count: int) -> Doubt:
    lost = "1 name is" if count == 1 else f"{count} names are"
    return Doubt(cell.line.lines, cell.line.text, f"By the numbers, {lost} missing above this line.")


def _without_residue(cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """What is left of a column of numbers, and the other cells; what other names end in ends one too: "e.V."."""
    ends = Counter(cell.text.split()[-1] for cell in cells if cell.text)
    alone = Counter(cell.text for cell in cells)
    residue: list[Cell] = []
    rest: list[Cell] = []
    for cell in cells:
        dirty = cell.text and _is_residue(cell) and ends[cell.text] <= alone[cell.text]
        (residue if dirty else rest).append(cell)
    return residue, rest


def _is_residue(cell: Cell) -> bool:
    """Whether a cell is what is left of a column of numbers: a letter or two, or a few on a line between gaps."""
    if SPECKS.fullmatch(cell.text) or _is_garbled(cell.text):
        return True
    longest = LONGEST_RESIDUE if cell.line.gap is not Gap.NONE else LONGEST_RESIDUE // 2
    return cell.whole and not cell.begins and len(cell.text) <= longest and not cell.text.isdigit()


def _strange(cells: Sequence[Cell], residue: Sequence[Cell], evidence: Evidence) -> frozenset[int]:
    """Lines without a number that have no word: what a scanner makes of a column of numbers is in capitals.

    So are the short names of organisations; one of them is strange next to other such lines only.
    """
    dirty = {cell.line.first for cell in residue}
    wordless = [at for at, cell in enumerate(cells) if _is_wordless(cell, evidence)]
    found = {at for at in wordless if not _ABBREVIATED.fullmatch(cells[at].text)}
    for at in wordless:
        line = cells[at].line
        beside = {cells[near].line.first for near in (at - 1, at + 1) if near in found}
        if (line.gap is Gap.NONE and line.first - 1 in dirty | beside) or line.first + 1 in dirty | beside:
            found.add(at)
    return frozenset(found)


def _is_wordless(cell: Cell, evidence: Evidence) -> bool:
    if not cell.whole or cell.begins or "(" in cell.text or ")" in cell.text or cell.text.isdigit():
        return False
    tokens = re.findall(r"\w+", cell.text)
    return FEWEST_OF_WORDS * sum(_is_word(word, evidence) for word in tokens) < len(tokens)


def _is_word(text: str, evidence: Evidence) -> bool:
    """Whether letters are a word of the language or of the text, or written like a name."""
    if len(text) < SHORTEST_WORD:
        return text.islower()
    if text.istitle() or text.islower():
        return text.isalpha()
    return evidence.lexicon.zipf(text.lower()) >= USUAL or evidence.folded[text.lower()] > 1


def _is_garbled(text: str) -> bool:
    """Whether a line is no text: signs and figures stand inside many of its words."""
    tokens = text.split()
    bad = sum(bool(_GARBLED.search(token.strip("(){}[]"))) for token in tokens)
    if _ENDLESS.search(text) or (len(tokens) >= FEWEST_WORDS and len(text) < LONGEST_RESIDUE * len(tokens)):
        return True
    return len(tokens) >= LEAST and bad > 1 and 3 * bad >= len(tokens)


def _trusted(cells: Sequence[Cell]) -> list[int]:
    """Positions of the numbers that count up.

    Numbers that stand with a name are asked first. A column of numbers may be read before its names or after them,
    so one is trusted only where it fits in between.
    """
    marks = [position for position, cell in enumerate(cells) if cell.begins and cell.number]
    named = [position for position in marks if cells[position].text]
    chain = _rising(cells, named if len(named) >= LEAST else marks)
    for position in marks:
        index = bisect_left(chain, position)
        low = cells[chain[index - 1]].number or 0 if index else 0
        high = cells[chain[index]].number or 0 if index < len(chain) else MOST
        if cells[position].is_bare and position not in chain and low < (cells[position].number or 0) < high:
            chain.insert(index, position)
    return chain


def _rising(cells: Sequence[Cell], marks: Sequence[int]) -> list[int]:
    """Those of the positions at which the longest list counts up; one that steps by one is the best."""
    best: list[tuple[float, int | None]] = []
    bare = [0, *accumulate(cell.is_bare for cell in cells)]
    for index, position in enumerate(marks):
        number = cells[position].number or 0
        top: tuple[float, int | None] = (1.0 if number == 1 else 0.5, None)
        for former in range(max(0, index - FARTHEST), index):
            step = number - (cells[marks[former]].number or 0)
            if 1 <= step <= position - marks[former] + bare[position] * (step > 1):
                worth = 1.0 if step == 1 else 0.7 if step == index - former else 0.2
                top = max(top, (best[former][0] + worth, former), key=lambda each: each[0])
        best.append(top)
    at: int | None = max(range(len(best)), key=lambda each: best[each][0], default=None)
    chain: list[int] = []
    while at is not None:
        chain.append(marks[at])
        at = best[at][1]
    return chain[::-1]


# Back to lines.


def _written(names: Sequence[Name]) -> Iterator[Line]:
    """The lines of the names, each name begun by its number."""
    for name in names:
        for index, cell in enumerate(name.cells):
            text = _begun(name, cell) if index == 0 else f"{cell.mark} {cell.text}".strip()
            if index + 1 == len(name.cells):
                text = _DIRT_BEHIND.sub("", text)
            # What goes on with a name stands right below it; elsewhere a person is asked whether it does.
            below = index and cell.line.first not in name.apart
            yield _part(cell, text, Gap.NONE if below else cell.line.gap.wider(Gap.BLANK))


def _part(cell: Cell, text: str, gap: Gap) -> Line:
    """The cell as a line of its own."""
    return replace(cell.line, text=text, gap=gap, space=cell.line.space if cell.whole else "\n")


def _begun(name: Name, cell: Cell) -> str:
    """The first line of a name: as it was read where that is right, else with its number."""
    match = NUMBERED.fullmatch(cell.line.text)
    if cell.whole and match and int(match["number"]) == name.number and match["text"] == cell.text:
        return cell.line.text
    return f"{name.number}. {cell.text}"
