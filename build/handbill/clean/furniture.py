"""Lines that are on the page but not in the text: folios, running headers, titles read upside down.

In: the lines, a position, the evidence. Out: None where the line belongs to the text, else what it is. Each rule
looks at one line at a time; file order is asking order.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from handbill.clean.evidence import (
    HEAD_LINES,
    TERMINAL,
    Evidence,
    first_of_group,
    head_blocks,
    is_of_machine,
    letters_of,
    stands_alone,
)
from handbill.clean.rotated import is_another_scan
from handbill.head import (
    ABOVE_TITLE,
    DATE,
    MOST_IN_HEAD,
    Matter,
    has_contact,
    is_continued,
    is_embargo,
    is_folio_in_words,
    is_name,
    is_particular,
    is_release,
    matter,
    page_words,
    without_continued,
)
from handbill.headline import titles_first
from handbill.lexicon import WORD
from handbill.model import Gap, Line
from handbill.numbering import NUMBERED, is_sentence, marker

_PAGE, _OF = (
    rf"(?:(?:{'|'.join(map(re.escape, page_words()))})\.?(?:\s?n[.°º]{{1,2}})?)",
    r"(?:/|[o0]{1,2}f|sur|de|von|из)",
)
_FOLIO = re.compile(rf"[-–—\s]*(?:{_PAGE}\s*)?\d{{1,4}}(?:\s*{_OF}\s*\d{{1,4}})?[-–—\s]*", re.IGNORECASE)
_MISREAD_FOLIO = re.compile(
    rf"[^\w\s]{{1,4}}\s?\d{{1,3}}\s?[^\w\s]{{0,2}}|{_PAGE}\s?[\dlIiO|]{{1,3}}|{_PAGE}\S{{0,2}}\s*(?:\S{{1,2}}\s+)?{_OF}\s*\S{{1,2}}",
    re.IGNORECASE,
)
"""A folio of which a figure, or the ornament about it, was read as something else; at the edge of a page only."""

_ADDRESS = re.compile(
    r"\b(?:P\.?\s?O\.?\s?Box|B\.?P\.|C\.?P\.|Apartado|Apdo|Postfach|Street|Lane|Road|Avenue|Av\.|Rue|Calle|Plaza|Rua|Straße"
    r"|Strasse|Jalan|Via|Tel|Tél|Fax|www)\b|@|https?:",
    re.IGNORECASE,
)
"""Words of an address, in languages of the Latin script."""

_REFERENCE = re.compile(
    r"(?:(?:our|your|n|v|nos|vos)[./ ]{0,2})?r[eé]f(?:erence|[eé]rence|erencia|er[eê]ncia)?s?[.:]{1,2}"
    r"\s*(?:[A-Z]{1,4}\s?)?(?:\S*\d\S*|\W*)",
    re.IGNORECASE,
)
_DATED_FOLIO = re.compile(
    rf"(?:{DATE}|[^\W\d]{{3,}}\s\d{{4}})\s+(?=\S*\d)(?:{_PAGE}\s?)?\w{{1,3}}(?:\s?{_OF}\s?)?\w{{0,3}}"
)
_PARTS = re.compile(r"\s[^\w\s]\s|,\s|\s{2,}")
"""What parts an address printed in one line: a sign between spaces, a comma, a wide space."""

_KEYED = re.compile(r"[^\W\d]{4,}(?:\s[^\W\d]+){0,3}\s?:")
"""A few words with a colon, at the head of a line."""

_ITEM = re.compile(r"\(?\d+[.)]\s|[-–—•*]\s.*\w$")
_OF_ALL = rf"(?:\s?{_OF}\s?\d{{1,3}})?(?:\s?[^\w\s])?"
_FOLIO_BESIDE = re.compile(
    rf"^(?:{_PAGE}\s)?\d{{1,3}}{_OF_ALL}\s(?=\D)|\s(?:[^\w\s]\s?(?:{_PAGE}\s)?|{_PAGE}\s)\d{{1,3}}{_OF_ALL}$"
    rf"|\s\d{{1,3}}\s?{_OF}\s?\d{{1,3}}$",
    re.IGNORECASE,
)
_FIRST_FOLIO = re.compile(
    rf"^(?:{_PAGE}\s)?1{_OF_ALL}\s|\s(?:[^\w\s]\s?)?(?:{_PAGE}\s)?[1lI|]{_OF_ALL}$", re.IGNORECASE
)
"""A folio beside what a running header says, and that of the first page."""

_NUMBER = re.compile(r"\(?(\d{1,4})[.,:;)]?")

_SYMBOL = r"(?=\S*\d)(?=\S*[A-Z])[A-Z\d]{1,8}(?:(?:[/.–-][A-Z\d(][\w()]*){2,}|/[A-Z\d(][\w()]*)"
_PLACE_AND_DAY = (
    r"[^\W\d_a-z][^\W\d_]+(?:[\s-][^\W\d_]+){0,2},\s\d{1,2}[^\W\d]{0,2}\.?\s(?:de\s)?[^\W\d]+(?:\s\d{4})?"
)
_KEY = r"(?P<key>[^\W\d]{4,}\.?)\s?:\s[^\W\d]+(?:\s[^\W\d]+){0,2}"
_DISTRIBUTION = r"(?:Distr(?:ibution|ibución|ibuição)?\b|Original\b)\W{0,3}[^\W\d]+(?:\s[^\W\d]+){0,2}"
_BESIDE = rf"(?:{_SYMBOL}|{DATE}|{_PLACE_AND_DAY}|{_DISTRIBUTION}|(?:{_PAGE}\s?)?\d{{1,3}})"
_INSTITUTION = r"(?:[^\W\d_a-z][^\W\d_]+\s){1,4}"
_AT_HEAD = re.compile(rf"{_INSTITUTION}(?:{_SYMBOL}|{DATE}|{_DISTRIBUTION})")
"""An institution's name beside its document's symbol or the date, as at the head of the first page."""

_SYMBOLS = re.compile(
    rf"(?:{_BESIDE}(?:\s+[^\w\s]{{1,2}})?\s+){{0,2}}{_SYMBOL}(?:\s?\([A-Z]\))?"
    rf"(?:[,;]?\s+(?:[^\w\s]{{1,2}}\s+)?{_BESIDE}){{0,2}}"
)
_BESIDE_SYMBOL = re.compile(_PLACE_AND_DAY)
"""What stands beside a symbol in one line, and below it where a scanner read it as a line of its own."""

_YEAR_AND_WORD = r"[12]\d{3}[–-][^\W\d_]+"
_LIKE_SYMBOL = re.compile(
    rf"(?<!\S)(?!(?:{DATE}|{_YEAR_AND_WORD})(?!\S))(?=\S*\d)(?=\S*[A-Z])\w[\w().]*(?:[/–-][\w().]+)+"
)
_PARTICULAR = re.compile(rf"{_DISTRIBUTION}|{DATE}|{_KEY}")
"""What an institution prints at the head of a document: its symbol, and with it the date, "Original: English"."""

_FILE = re.compile(
    r"(?:[A-Z]:)?[\w\\/.~()-]*\w\.(?:docx?|odt|rtf|wp[ds5]|pdf|txt|pages|indd|pub|html?)\b\W?", re.IGNORECASE
)
"""The name of a file, as word processors print it on every page."""

LEAST_FIGURES, LEAST_LETTERS = 4, 4
"""Figures and letters that a part of a machine's line has."""

LEAST_DIALLED = 7
"""Figures of the shortest telephone number."""

MOST_FIGURES = 0.2
"""Share of figures from which a line is no title."""

IS_ADDRESS = "It is an address below a line of the text. Does it belong to the letter paper?"
BOX_REACH, FEWEST_BOXED = 30, 4
"""Lines up and down within which a box of addresses ends, and how many it has at least."""

WIDEST_BOXED = 100
"""Characters of the longest line in it."""

MOST_ON_PAGE = 120
"""Lines of the longest first page."""

IS_RELEASE = "Does it belong to the paper of the release, or to the text?"
IS_LETTERHEAD = "It was taken out of the head of the first page. Does it belong to the letter paper?"
"""What is asked about lines of the letter paper that were taken out."""

IS_HEADER = "Its words come again. Is it a running header, which is no line of the text?"
"""What is asked about a line that may be one."""

LEAST_HEADER = 8
"""Characters that a running header has at least."""

EDGE_LINES = 2
"""Lines from the edge of a page in which what belongs to the paper stands."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a line that does not belong to the text is.

    Attributes:
        title: What it reads, where it is the title of the statement; else empty.
        confidence: How sure that is, from 0.5 to 1.
        doubt: What a person is asked about it; empty where it surely belongs to the paper.
    """

    title: str = ""
    confidence: float = 1.0
    doubt: str = ""


FurnitureRule = Callable[[Sequence[Line], int, Evidence], Furniture | None]
"""Says what a line is, or None where it belongs to the text."""


def letterhead(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A line of addresses or a file number at the head of the first page belongs to the letter paper."""
    if not _is_in_head(lines, position):
        return None
    text = lines[position].text
    parted = re.search(r"\s[^\w\s]\s", text) and any(char.isdigit() for char in text)
    is_address = parted and _ADDRESS.search(text) and not TERMINAL.search(text)
    if is_address or _REFERENCE.fullmatch(text):
        return Furniture(doubt="" if position < HEAD_LINES else IS_LETTERHEAD)
    if is_release(text):
        return Furniture(doubt="" if is_embargo(text) else IS_RELEASE)
    if _is_on_letter_paper(lines, position):
        above = [line.text for line in lines[:position] if not _REFERENCE.fullmatch(line.text)]
        return Furniture(doubt="" if all(map(_is_of_paper, above)) else IS_LETTERHEAD)
    below = next(
        (at for at in range(position + 1, min(len(lines), MOST_IN_HEAD)) if not is_name(lines[at].text)), None
    )
    stands_above = is_name(text) and below is not None and _is_on_letter_paper(lines, below)
    return Furniture(doubt=IS_LETTERHEAD) if stands_above else None


def _is_on_letter_paper(lines: Sequence[Line], position: int) -> bool:
    """Whether a line has, or stands close above one that has, an address, among others that are no text."""
    first = first_of_group(lines, position)
    group = _group(lines, first)
    addresses = [at for at, text in enumerate(group, first) if has_contact(text)]
    is_text = any(is_sentence(text) or TERMINAL.search(text) or _is_marked(text) or matter(text) for text in group)
    above = any(_is_marked(line.text) for line in lines[:first])
    if is_text or above or first + len(group) == len(lines) or not _is_of_paper(lines[position].text):
        return False
    return bool(addresses) and position <= addresses[-1]


def _is_of_paper(text: str) -> bool:
    """Whether a line is a name, or an address with hardly a word in small letters, as letter paper has them."""
    small = [word for word in WORD.findall(text) if len(word) > 3 and word.islower()]
    with_figures = bool(re.search(r"\d", text)) and len(small) <= 1
    return is_name(text) or is_release(text) or with_figures or has_contact(text)


def _group(lines: Sequence[Line], first: int) -> list[str]:
    """The lines of the head that stand together from one on, no gap between them."""
    rest = takewhile(lambda line: line.gap is Gap.NONE, lines[first + 1 : MOST_IN_HEAD])
    return [lines[first].text, *(line.text for line in rest)]


def address_box(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """Lines with addresses and no sentence that part two paragraphs of the first page stood in a box beside."""
    low, high = max(0, position - BOX_REACH), min(len(lines), position + BOX_REACH)
    if position >= MOST_ON_PAGE or any(line.gap is Gap.PAGE for line in lines[1 : position + 1]):
        return None
    # What stands above the title, or in it, parts no paragraphs.
    if not _may_be_boxed(lines[position]) or lines[position].first <= max(evidence.title, default=0):
        return None
    above = list(takewhile(lambda at: _may_be_boxed(lines[at]), range(position, low - 1, -1)))[-1]
    below = next((at for at in range(position + 1, high) if not _may_be_boxed(lines[at], within=True)), high)
    figured = [at for at in range(above, below) if has_contact(lines[at].text) or re.search(r"\d", lines[at].text)]
    if not figured or not any(has_contact(lines[at].text) for at in figured):
        return None
    # A heading may stand above the box or below it, so it begins and ends with a group that has figures.
    first = max(above, first_of_group(lines, figured[0]))
    last = next((at for at in range(figured[-1] + 1, below) if lines[at].gap is not Gap.NONE), below) - 1
    texts = [line.text for line in lines[:first]], [line.text for line in lines[last + 1 : last + 1 + BOX_REACH]]
    beside = all(any(is_sentence(text) for text in part) for part in texts)
    inside = first <= position <= last and last - first + 1 >= FEWEST_BOXED
    return Furniture(doubt=IS_ADDRESS) if beside and inside else None


def _may_be_boxed(line: Line, within: bool = False) -> bool:
    """Whether a line may stand among addresses: it is no sentence, no item, and begins no page within them."""
    text = line.text
    if len(text) > WIDEST_BOXED or (within and line.gap is Gap.PAGE):
        return False
    return not (is_sentence(text) or _is_marked(text) or text[:1].islower()) or has_contact(text)


def symbol(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A document's symbol or its file's name at a page's edge, and particulars about it, belong to the paper."""
    if _FILE.fullmatch(lines[position].text) and _is_at_edge(lines, position):
        return Furniture()
    if _SYMBOLS.fullmatch(lines[position].text):
        apart = position == 0 or Gap.NONE not in (lines[position].gap, _gap_after(lines, position))
        at_edge = _is_in_head(lines, position) or _is_at_edge(lines, position)
        return Furniture() if apart and at_edge else None
    below_symbol = position > 0 and _SYMBOLS.fullmatch(lines[position - 1].text)
    if below_symbol and _BESIDE_SYMBOL.fullmatch(lines[position].text) and _is_at_edge(lines, position):
        return Furniture()
    if not _is_in_head(lines, position):
        return None
    head = [line.text for line in takewhile(lambda line: not is_sentence(line.text), lines[:MOST_IN_HEAD])]
    particulars = list(takewhile(lambda text: _is_particular(text, evidence), head))
    if position < len(particulars):
        return Furniture() if any(map(_LIKE_SYMBOL.search, particulars)) else None
    # One of which a figure was misread stands among the others.
    last = max((at for at, text in enumerate(head) if re.fullmatch(_DISTRIBUTION, text)), default=0)
    if position > last or not any(map(_LIKE_SYMBOL.search, head[:position])):
        return None
    if position == last:
        return Furniture()
    return Furniture(doubt=IS_LETTERHEAD) if is_name(head[position]) else None


def _is_particular(text: str, evidence: Evidence) -> bool:
    """Whether a line is of figures, or a word of no other use here with a colon and what it says."""
    found = _PARTICULAR.fullmatch(text)
    used = found and found["key"] and evidence.folded[found["key"].lower()] > 1
    if _AT_HEAD.fullmatch(text):
        return True
    with_place = matter(text) is Matter.DATE and not found  # it may be of the text
    return not with_place and bool((found and not used) or not (_is_worded(text) or is_sentence(text)))


def machine_line(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A line with a clock, a date and a number at a page's edge was printed by a fax machine."""
    at_edge = _is_at_edge(lines, position)
    if not at_edge and not stands_alone(lines, position):
        return None
    if _is_part_of_machine_line(lines[position].text, evidence) or (
        at_edge and is_of_machine(lines[position].text)
    ):
        return Furniture()
    begins = at_edge and re.fullmatch(r"\S+(?: \S+)?\s?:", lines[position].text) and position + 1 < len(lines)
    below = lines[position + 1].text if begins else ""
    return Furniture() if below and (is_of_machine(below) or _is_part_of_machine_line(below, evidence)) else None


def _is_part_of_machine_line(text: str, evidence: Evidence) -> bool:
    """Whether a line with figures has letters of the machine's line on another page, and no others."""
    letters = letters_of(text)
    figures = sum(map(str.isdigit, text)) >= LEAST_FIGURES
    return figures and len(letters) >= LEAST_LETTERS and any(letters in each for each in evidence.machine)


def folio(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A page number on a line of its own belongs to the paper, not to the text."""
    line = lines[position]
    after = _gap_after(lines, position)
    if _is_at_edge(lines, position) and is_folio_in_words(line.text):
        return Furniture()
    if Gap.PAGE in (line.gap, after) and _DATED_FOLIO.fullmatch(line.text):
        return Furniture()
    if position in evidence.folios:
        return Furniture()
    if _counts_on(lines, position):
        return None
    if _MISREAD_FOLIO.fullmatch(line.text) and Gap.PAGE in (line.gap, after):
        return Furniture()
    if not _FOLIO.fullmatch(line.text):
        return None
    return Furniture() if line.gap is not Gap.NONE or after is not Gap.NONE else None


def _counts_on(lines: Sequence[Line], position: int) -> bool:
    """Whether a number is one of a column: the numbers of a list, read apart from their names."""
    number = _NUMBER.fullmatch(lines[position].text)
    for step in (-1, 1):
        if number and 0 <= position + step < len(lines):
            other = _NUMBER.fullmatch(lines[position + step].text)
            if other and 1 <= (int(other[1]) - int(number[1])) * step <= 2:
                return True
    return False


def above_title(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """Names, addresses and particulars above a title for which much speaks belong to the letter paper."""
    return Furniture(doubt=IS_LETTERHEAD) if lines[position].first in evidence.of_paper else None


def may_be_letterhead(lines: Sequence[Line], position: int, evidence: Evidence) -> str:
    """What is asked about a line above the title that stays; empty where nothing is."""
    return ABOVE_TITLE if lines[position].first in evidence.near_paper else ""


def telephone(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """Telephone numbers at a page's edge, or an address at its foot where the text goes on, belong to the paper."""
    text = lines[position].text
    if _is_address_at_foot(lines, position):
        return Furniture()
    figures = sum(map(str.isdigit, text))
    is_number = figures >= LEAST_DIALLED and re.fullmatch(r"[\d\s,;|+()/.·-]+", text)
    around = lines[max(0, position - EDGE_LINES + 1) : position + EDGE_LINES + 1]
    at_page = stands_alone(lines, position) and any(line.gap is Gap.PAGE for line in around)
    return Furniture() if is_number and at_page and not TERMINAL.search(text) else None


def _is_address_at_foot(lines: Sequence[Line], position: int) -> bool:
    """Whether a line of several parts, with an address or a number, stands apart at a page's foot, but the last."""
    text = lines[position].text
    below = range(position + 1, min(len(lines), position + 1 + EDGE_LINES))
    turned = next((at for at in below if lines[at].gap is Gap.PAGE), None)
    if turned is None or lines[position].gap is Gap.NONE or is_sentence(text) or TERMINAL.search(text):
        return False
    # What asks the reader to write or call is of the text: "Contact: …".
    is_parted = len(_PARTS.findall(text)) > 1 and not _KEYED.match(text)
    return is_parted and not _is_marked(text) and (has_contact(text) or is_particular(text))


def continued_mark(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """At a page's edge it says that the text goes on, or went before; that is no line of the text."""
    text = lines[position].text
    title = without_continued(text) if not TERMINAL.search(text) else ""
    # A page of names is read by its columns, and a header then comes below some of them.
    apart = bool(title) and text[-1].isdigit() and stands_alone(lines, position)
    if not (apart or _is_at_edge(lines, position)):
        return None
    if is_continued(text):
        return Furniture()
    return Furniture(title=_running_title(title, evidence)) if title else None


def running_header(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A line that stands by itself and comes again on other pages, as it is or in parts, is a running header."""
    text = lines[position].text
    if position in evidence.repeated and not _is_in_head(lines, position):
        return Furniture(title=_running_title(text, evidence))
    if len(text) < LEAST_HEADER or _ITEM.match(text):
        return None
    letters = letters_of(text)
    if (
        letters in evidence.numbered_headers
        and stands_alone(lines, position)
        and text[0].isdigit() != text[-1].isdigit()
    ):
        return Furniture(title=_running_title(text, evidence))
    same = letters in evidence.recurring and not _heads_text(lines, position)
    nearly = letters in evidence.alike and not _may_be_title(lines, position)
    if not (same or nearly):
        return None
    at_edge = _is_at_edge(lines, position)
    if evidence.paged and at_edge:
        # A name that the headers repeat is of the paper, unless it is the title after all.
        doubt = IS_HEADER if not same and _is_in_head(lines, position) and is_name(text) else ""
        return Furniture(title=_running_title(text, evidence), doubt=doubt)
    # Where no page is seen to end, a person is asked.
    likely = _is_of_itself(text) if evidence.paged else at_edge if nearly else _parts_sentence(lines, position)
    return Furniture(title=_running_title(text, evidence), doubt=IS_HEADER) if likely else None


def header_in_parts(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """A line that stands by itself is part of a running header that was read in two lines on some of the pages."""
    letters = letters_of(lines[position].text)
    apart = stands_alone(lines, position) or _is_at_edge(lines, position)
    return Furniture() if apart and letters in evidence.parted else None


def _parts_sentence(lines: Sequence[Line], position: int) -> bool:
    """Whether a line that begins and ends like no sentence's part stands between two halves of a sentence."""
    if not 0 < position < len(lines) - 1 or not _is_of_itself(lines[position].text):
        return False
    return not TERMINAL.search(lines[position - 1].text) and lines[position + 1].text[:1].islower()


def _is_of_itself(text: str) -> bool:
    """Whether a line is no item and no part of a sentence."""
    return not (text[:1].islower() or _is_marked(text) or TERMINAL.search(text))


def _is_marked(text: str) -> bool:
    """Whether a line begins with a marker or a number, as an item or a name does."""
    return bool(marker(text)[0] or NUMBERED.fullmatch(text))


def may_be_header(lines: Sequence[Line], position: int, evidence: Evidence) -> str:
    """What is asked about a line that stays, because no page is seen to end there; empty where nothing is."""
    text = lines[position].text
    if len(text) < LEAST_HEADER or _is_marked(text):
        return ""
    again = letters_of(text) in evidence.recurring and not _heads_text(lines, position)
    return IS_HEADER if again else ""


def _running_title(text: str, evidence: Evidence) -> str:
    """What a running header says beside the folio; empty where that is no words of the language or the text."""
    title = _FOLIO_BESIDE.sub("", text)
    if has_contact(title):
        return ""
    words = [word for word in WORD.findall(title) if len(word) > 2]
    known = [word for word in words if evidence.lexicon.zipf(word) > 0 or evidence.folded[word.lower()] > 2]
    worded = not evidence.lexicon.available or 2 * sum(map(len, known)) >= sum(map(len, words))
    return title if worded and _is_worded(title) else ""


def _heads_text(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is the last one above the text that the headers repeat, and so its title."""
    if position + 1 == len(lines) or not _is_in_head(lines, position):
        return False
    above = [letters_of(line.text) for line in lines[:position]]
    return letters_of(lines[position].text) in above or (position == 0 and is_sentence(lines[1].text))


def _may_be_title(lines: Sequence[Line], position: int) -> bool:
    """Whether a line stands in the head of the first page, and its words do not come again there."""
    text = lines[position].text
    if not _is_in_head(lines, position) or not _is_worded(text):
        return False
    if _FIRST_FOLIO.search(text) or (is_name(text) and not _is_likeliest_title(lines, position)):
        return False
    page = takewhile(lambda line: line.gap is not Gap.PAGE, lines[position + 1 : HEAD_LINES])
    head = "".join(letters_of(line.text) for line in page)
    return letters_of(lines[position].text) not in head


def _is_likeliest_title(lines: Sequence[Line], position: int) -> bool:
    """Whether of the blocks of the head, as gaps part them, one with this line is likely the title."""
    starts = head_blocks(lines)
    likely = titles_first([" ".join(_group(lines, start)) for start in starts])
    return bool(likely) and starts[likely[0]] <= position < [*starts, len(lines)][likely[0] + 1]


def _is_worded(text: str) -> bool:
    """Whether a line is mostly of letters, as a title is."""
    figures = sum(map(str.isdigit, text))
    return figures <= MOST_FIGURES * sum(map(str.isalnum, text))


def _is_in_head(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is one of the first on the first page, and the text has not begun above it."""
    if position >= MOST_IN_HEAD or any(line.gap is Gap.PAGE for line in lines[1 : position + 1]):
        return False
    return not any(is_sentence(line.text) for line in lines[:position])


def _gap_after(lines: Sequence[Line], position: int) -> Gap:
    """What the scan has below a line."""
    return lines[position + 1].gap if position + 1 < len(lines) else Gap.PAGE


def _is_at_edge(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is one of the first or the last on its page."""
    from_head = any(
        at == 0 or lines[at].gap is Gap.PAGE for at in range(position, max(-1, position - EDGE_LINES), -1)
    )
    below = range(position + 1, position + 1 + EDGE_LINES)
    return from_head or any(at >= len(lines) or lines[at].gap is Gap.PAGE for at in below)


def rotated_line(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """The scanner read this line upside down; it is a running title in the margin, not a line of the text."""
    reading = evidence.turned.get(lines[position].text)
    return Furniture(title=reading.text, confidence=reading.confidence) if reading else None


def rotated_again(lines: Sequence[Line], position: int, evidence: Evidence) -> Furniture | None:
    """This line is no text, and looks like one that was read upside down: the same title, scanned worse."""
    seen = tuple(evidence.turned)
    return Furniture() if seen and is_another_scan(lines[position].text, seen, evidence.printed_words) else None


HEAD_RULES: tuple[FurnitureRule, ...] = (above_title,)
"""What is looked for in the head once the rest is taken out, and the title is seen more clearly."""

FURNITURE_RULES: tuple[FurnitureRule, ...] = (
    machine_line,
    letterhead,
    address_box,
    symbol,
    folio,
    continued_mark,
    telephone,
    rotated_line,
    rotated_again,
    running_header,
    header_in_parts,
)
"""In this order."""
