"""How near a cleaned text is to the paper.

In: the truth of a scan and what the cleaner made of it. Out: a `Score`. Everything rests on one alignment, word for
word, of what is printed with what was cleaned, so the cleaned text and the naive join are measured alike:

- Words are compared exactly, but for the shape of apostrophes, dashes, superscript figures and bullets.
- An error in the text between two names is no error of the body; nor is what was read of the names.
- Footnotes are compared apart from the text around them, wherever they stand in it.

A wrong word is silent unless a doubt names it: on its line, with the word among the doubt's words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from truth import Printed, Unit

from handbill.lexicon import Lexicon
from handbill.model import Cleaned, Doubt, Kind, Lines, Statement
from handbill.numbering import BULLETED

GARBAGE = ("furniture", "join", "marker", "misread-nonword", "misread-word")
"""Kinds of wrong words that must not be silent."""

KINDS = (*GARBAGE, "displaced", "punctuation", "lost")
"""What a wrong word is.

furniture: no word of the text: of a running title, a folio, a letterhead, a speck.
join: right letters, or nearly, but a word too many or too few.
marker: a bullet, a number of an item or a name, or the mark of a footnote, read as something else.
misread-nonword: not in the dictionary, where the printed word is.
misread-word: another word of the dictionary; or the printed word is in none (a name), so that nobody can tell.
displaced: a printed word, but not here; columns of names that were read across, for example.
punctuation: letters and figures are right, what stands around them is not.
lost: a printed word that is nowhere. (A marker that is nowhere is "lost-marker".)
"""

ALIKE = 0.5
"""Likeness of letters (Indel) from which two words are one word and its misreading."""

ALIKE_IN_PARTS = 0.8
"""The same for a word and the two words it was cut into."""

MARKER = 3
"""Most letters and figures of what a bullet or a number may have been read as."""

SHAPES = str.maketrans("’‘‐‑–—", "''----")
"""Characters that a scan cannot tell from another, and which the benchmark does not either."""

LARGEST = 20_000
"""Most cells of the table in which the wrong words of one place are held against each other."""


@dataclass(frozen=True)
class Word:
    """A word with its place.

    Attributes:
        text: As compared.
        unit: Index of the unit it belongs to.
        is_marker: Whether it is the unit's bullet or number.
        is_name: Whether it belongs to a name.
        lines: Lines of the source that it may stand on; (0, 0) on the paper.
        noted: Whether it ends with the mark of a footnote.
    """

    text: str
    unit: int
    is_marker: bool = False
    is_name: bool = False
    lines: Lines = (0, 0)
    noted: bool = False


@dataclass(frozen=True)
class Fault:
    """A place where the cleaned text is not the printed one.

    Attributes:
        kind: One of `KINDS`, or "lost-marker".
        read: The cleaned words; empty where they are lost.
        printed: The words on paper; empty where there are none.
        lines: Lines of the source.
        context: The cleaned words around.
        is_name: Whether it is in the list of names.
        asked: Whether a doubt covers it.
    """

    kind: str
    read: str
    printed: str
    lines: Lines
    context: str
    is_name: bool
    asked: bool

    @property
    def count(self) -> int:
        """How many words are wrong here."""
        return len((self.read or self.printed).split())


@dataclass(frozen=True)
class Score:
    """What was measured on one scan.

    Attributes:
        words: Printed words of the body, with title, items, footnotes.
        errors: Words to change, take out or put in (Levenshtein) until the cleaned body is the printed one.
        naive_errors: The same for the scan's lines simply joined.
        f1: Of the ends of paragraphs, headings and items.
        names: Printed names.
        names_right: Those that are exactly right, with their numbers where they have them.
        names_read: Names the cleaner found.
        names_legible: Those, and names of which every word is whole somewhere in the scan: about the most there is.
        title: Whether the title was found, as the title or among the running titles.
        faults: Every wrong and every lost word.
        doubts: Questions to the editor.
        places: Places that these are about: the same may be asked of several.
        changes: Entries of the ledger.
        pages: Sheets scanned.
    """

    words: int
    errors: int
    naive_errors: int
    f1: float
    names: int
    names_right: int
    names_read: int
    names_legible: int
    title: bool
    faults: tuple[Fault, ...]
    doubts: int = 0
    places: int = 0
    changes: int = 0
    pages: int = 1

    @property
    def wer(self) -> float:
        """Word error rate of the cleaned body."""
        return self.errors / self.words

    @property
    def naive_wer(self) -> float:
        """Word error rate of the naive join."""
        return self.naive_errors / self.words

    def unasked(self, *kinds: str) -> int:
        """How many words of these kinds are wrong, or lost, without a doubt."""
        return sum(fault.count for fault in self.faults if fault.kind in kinds and not fault.asked)

    @property
    def silent(self) -> int:
        """Silent garbage: words that are neither on paper nor in a doubt."""
        return self.unasked(*GARBAGE)


def score(truth: Printed, language: str, lines: Sequence[str], cleaned: Cleaned, statement: Statement) -> Score:
    """Measure one cleaned scan."""
    paper = list(_paper(truth))
    read = list(_cleaned(truth, lines, cleaned, statement))
    naive = list(_naive(truth, lines))
    names = _names([unit.text for unit in truth.names], range(1, len(truth.names) + 1), truth)
    found = _names(
        [each.name for each in statement.signatories], [each.number for each in statement.signatories], truth
    )
    right = names & found
    legible = {word for line in lines for word in folded(line).split()}
    titles = {folded(text).casefold() for text in (statement.title, *(each.text for each in cleaned.titles))}
    places = [place for doubt in statement.doubts for place in doubt.each()]
    return Score(
        words=sum(not word.is_name for word in paper),
        errors=body_errors(paper, read),
        naive_errors=body_errors(paper, naive),
        f1=boundary_f1(paper, read),
        names=len(truth.names),
        names_right=right.total(),
        names_read=len(statement.signatories),
        names_legible=(right | Counter(name for name in names if legible.issuperset(name[1].split()))).total(),
        title=folded(truth.title).casefold() in titles,
        faults=displaced(list(faults(paper, read, language, places))),
        doubts=len(statement.doubts),
        places=len(places),
        changes=len(cleaned.changes),
        pages=1 + sum(line.count("\f") for line in lines),
    )


def folded(text: str) -> str:
    """A text as it is compared: one kind of apostrophe, dash and space, superscript figures as figures.

    >>> folded("l’eau  du fleuve², 12–19")
    "l'eau du fleuve2, 12-19"
    """
    text = re.sub(r"[⁰¹²³⁴-⁹]", lambda figure: unicodedata.normalize("NFKC", figure[0]), text)
    return " ".join(unicodedata.normalize("NFC", text).translate(SHAPES).split())


def letters(text: str) -> str:
    """The letters and figures of a text."""
    return "".join(filter(str.isalnum, text))


def _names(names: Iterable[str], numbers: Iterable[int], truth: Printed) -> Counter[tuple[int, str]]:
    """The names with their numbers, or with 0 where the paper has none."""
    numbered = any(unit.marker for unit in truth.names)
    return Counter((number if numbered else 0, folded(name)) for number, name in zip(numbers, names, strict=True))


# The two sides, word by word.


def _paper(truth: Printed) -> Iterator[Word]:
    for index, unit in enumerate((*truth.text, *truth.names, *truth.after, *truth.notes)):
        is_name = unit.kind == "name"
        if unit.marker:
            yield Word(unit.marker, index, is_marker=True, is_name=is_name)
        for source, text in zip(unit.source.split(), folded(unit.text).split(), strict=True):
            yield Word(text, index, is_name=is_name, noted=bool(re.search(r"\[\d+\]", source)))


def _cleaned(truth: Printed, lines: Sequence[str], cleaned: Cleaned, statement: Statement) -> Iterator[Word]:
    """The cleaned text, block by block, with the names in their own order and the footnotes at the end."""
    blocks = [
        (block.lines, Unit(block.kind.value, block.text, _bullet(block.marker)))
        if block.kind is not Kind.NOTE
        else (block.lines, Unit("paragraph", f"{block.marker} {block.text}"))
        for block in statement.blocks
    ]
    if head := statement.names_heading:
        blocks.append((head.lines, Unit("heading", head.text)))
    placed = {lines for lines, _ in blocks} | {each.lines for each in statement.signatories}
    blocks += [(line.lines, Unit("title", line.text)) for line in cleaned.lines if line.lines not in placed]
    blocks.sort(key=lambda block: block[0])
    # A number stands with the name; how it is printed is not kept, and nothing to measure.
    marker = truth.names[0].marker if truth.names else ""
    style = re.sub(r"0*1", lambda number: f"{{:0{len(number[0])}}}", marker)
    names = [(each.lines, Unit("name", each.name, style.format(each.number))) for each in statement.signatories]
    notes = _footnotes(truth, blocks)
    blocks = [block for block in blocks if block not in notes]
    places = sorted(name[0] for name in names)  # the foot of a column may have been read before its head
    first = places[len(places) // 4] if places else (len(lines) + 1, 0)
    order = {line.lines: at for at, line in enumerate(cleaned.lines)}
    if head and places and all(order.get(head.lines, -1) < order.get(place, -1) for place in places):
        first = max(
            first, (head.lines[1] + 1, 0)
        )  # a whole column may have been read early; they are set below their heading
    above = [block for block in blocks if block[0] < first]
    below = [block for block in blocks if block[0] >= first]
    for index, (place, unit) in enumerate((*above, *names, *below, *notes)):
        words = folded(unit.source).split()
        if unit.marker:
            yield Word(unit.marker, index, is_marker=True, is_name=unit.kind == "name", lines=place)
        for word, where in zip(words, _places(words, lines, place), strict=True):
            yield Word(word, index, is_name=unit.kind == "name", lines=where)


def _naive(truth: Printed, lines: Sequence[str]) -> Iterator[Word]:
    """The scan's lines, stripped and joined with spaces; only footnotes that stand apart are put at the end."""
    paragraphs: list[tuple[Lines, Unit]] = []
    for number, line in enumerate(lines, 1):
        text = folded(line)
        bulleted = BULLETED.fullmatch(text)
        if bulleted:
            text = f"• {bulleted['text']}"
        if paragraphs and text and lines[number - 2].strip():
            place, unit = paragraphs[-1]
            paragraphs[-1] = ((place[0], number), Unit("paragraph", f"{unit.source} {text}"))
        elif text:
            paragraphs.append(((number, number), Unit("paragraph", text)))
    notes = _footnotes(truth, paragraphs)
    for index, (place, unit) in enumerate((*(each for each in paragraphs if each not in notes), *notes)):
        for word in unit.source.split():
            yield Word(word, index, lines=place)


def _footnotes(truth: Printed, blocks: Sequence[tuple[Lines, Unit]]) -> list[tuple[Lines, Unit]]:
    """The blocks that are the footnotes."""
    found: list[tuple[Lines, Unit]] = []
    for note in truth.notes:
        rest = [block for block in blocks if block not in found]
        best = max(rest, key=lambda block: fuzz.ratio(block[1].source, note.text), default=None)
        if best and fuzz.ratio(best[1].source, note.text) >= 60:
            found.append(best)
    return found


def _bullet(marker: str) -> str:
    return "•" if BULLETED.fullmatch(f"{marker} x") else marker


def _places(words: Sequence[str], lines: Sequence[str], place: Lines) -> Iterator[Lines]:
    """For each word of a block the lines of the source it may stand on."""
    numbers = range(place[0], min(place[1], len(lines)) + 1)
    there = [(word, number) for number in numbers for word in folded(lines[number - 1]).split()]
    sure = dict(_same(words, [word for word, _ in there]))
    above = [place[0]] * len(words)
    below = [place[1]] * len(words)
    for index in range(len(words)):
        above[index] = there[sure[index]][1] if index in sure else above[index - 1] if index else place[0]
    for index in reversed(range(len(words))):
        last = index + 1 == len(words)
        below[index] = there[sure[index]][1] if index in sure else place[1] if last else below[index + 1]
    yield from zip(above, below, strict=True)


def _same(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of indices at which the two sides have the same word."""
    for step in Levenshtein.opcodes(one, other):
        if step.tag == "equal":
            yield from zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)


def _texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


# What is measured.


def body_errors(paper: Sequence[Word], read: Sequence[Word]) -> int:
    """Words of the body to change, take out or put in until both sides are the same."""
    in_names = {word.text for word in paper if word.is_name}
    errors = 0
    for step in Levenshtein.opcodes(_texts(paper), _texts(read)):
        if step.tag in ("replace", "delete"):
            errors += sum(not word.is_name for word in paper[step.src_start : step.src_end])
        elif step.tag == "insert" and not paper[max(0, step.src_start - 1)].is_name:
            before_names = step.src_start < len(paper) and paper[step.src_start].is_name
            added = read[step.dest_start : step.dest_end]
            errors += sum(not (before_names and word.text in in_names) for word in added)
    return errors


def boundary_f1(paper: Sequence[Word], read: Sequence[Word]) -> float:
    """F1 of the ends of the body's units.

    An end between two words is right if a unit ends there on paper. Where words around it are misread, it is right
    if a unit ends among them.
    """
    sure = {j: i for i, j in _same(_texts(paper), _texts(read))}
    printed_ends = [i + 1 for i in _ends(paper) if not paper[i].is_name]
    after: list[int] = [len(paper)] * (len(read) + 1)
    for j in reversed(range(len(read))):
        after[j] = sure.get(j, after[j + 1])
    open_ends = list(printed_ends)
    right = given = 0
    before, ends = -1, set(_ends(read))
    for j in range(len(read)):
        before = sure.get(j, before)
        if j not in ends or (before >= 0 and paper[before].is_name):
            continue
        given += 1
        match = next((end for end in open_ends if before + 1 <= end <= after[j + 1]), None)
        if match is not None:
            open_ends.remove(match)
            right += 1
    return 2 * right / (given + len(printed_ends))


def _ends(words: Sequence[Word]) -> Iterator[int]:
    """Indices of the last words of units."""
    for index, word in enumerate(words):
        if index + 1 == len(words) or words[index + 1].unit != word.unit:
            yield index


def faults(paper: Sequence[Word], read: Sequence[Word], language: str, doubts: Sequence[Doubt]) -> Iterator[Fault]:
    """Every place where the two sides differ, in the order of the text."""
    for left, right in _places_that_differ(paper, read):
        for one, other in _paired(paper[left], read[right]):
            t = slice(left.start + one.start, left.start + one.stop)
            h = slice(right.start + other.start, right.start + other.stop)
            place = _place(read, h)
            words = " ".join(_texts(read[h]))
            kind = _kind(paper, t, read, h, language)
            is_name = paper[min(t.start, len(paper) - 1)].is_name and (
                t.start < t.stop or t.start == 0 or paper[t.start - 1].is_name
            )
            yield Fault(
                kind=kind,
                read=words,
                printed=" ".join(_texts(paper[t])),
                lines=place,
                context=" ".join(_texts(read[max(0, h.start - 4) : h.stop + 4])),
                is_name=is_name,
                asked=any(_covers(doubt, words, place) or _counts(doubt, kind, is_name, place) for doubt in doubts),
            )


def displaced(found: Sequence[Fault]) -> tuple[Fault, ...]:
    """The same faults, but a word that is lost in one place and extra in another is one fault: displaced."""
    lost = Counter(letters(fault.printed) for fault in found if fault.kind == "lost")
    extra = Counter(letters(fault.read) for fault in found if fault.kind == "furniture")
    moved = {"lost": lost & extra, "furniture": lost & extra}
    kept: list[Fault] = []
    for fault in found:
        word = letters(fault.read or fault.printed)
        if word and fault.kind in moved and moved[fault.kind][word]:
            moved[fault.kind][word] -= 1
            if fault.kind == "furniture":
                kept.append(replace(fault, kind="displaced", printed=fault.read))
        else:
            kept.append(fault)
    return tuple(kept)


def _places_that_differ(paper: Sequence[Word], read: Sequence[Word]) -> Iterator[tuple[slice, slice]]:
    i = j = 0
    for k, m in (*_same(_texts(paper), _texts(read)), (len(paper), len(read))):
        if k > i or m > j:
            yield slice(i, k), slice(j, m)
        i, j = k + 1, m + 1


def _paired(paper: Sequence[Word], read: Sequence[Word]) -> Iterator[tuple[slice, slice]]:
    """Which misread word is which printed one; a word may have become two, or two words one."""
    if len(paper) * len(read) > LARGEST:
        yield from ((slice(i, i + 1), slice(0, 0)) for i in range(len(paper)))
        yield from ((slice(len(paper), len(paper)), slice(j, j + 1)) for j in range(len(read)))
        return
    cost: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(paper) + 1):
        for j in range(len(read) + 1):
            ways = [
                (cost[i - a, j - b][0] + price, a, b)
                for a, b in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (1, 3), (3, 1))
                if a <= i and b <= j and (price := _price(paper[i - a : i], read[j - b : j])) is not None
            ]
            if ways:
                cost[i, j] = min(ways)
    i, j, steps = len(paper), len(read), []
    while i or j:
        _, a, b = cost[i, j]
        steps.append((slice(i - a, i), slice(j - b, j)))
        i, j = i - a, j - b
    yield from reversed(steps)


def _price(paper: Sequence[Word], read: Sequence[Word]) -> float | None:
    """What it costs to take the read words for the printed ones; None where they are not alike."""
    if not paper or not read:
        return 0.5
    one_to_one = len(paper) == len(read) == 1
    if any(word.is_marker for word in paper):
        return 0.9 if one_to_one and len(letters(read[0].text)) <= MARKER else None
    alike = _alike("".join(_texts(paper)), "".join(_texts(read)))
    least = ALIKE if one_to_one else ALIKE_IN_PARTS
    return 1 - alike + 0.01 * (len(paper) + len(read) - 2) if alike >= least else None


@cache
def _alike(one: str, other: str) -> float:
    bare = letters(one).casefold(), letters(other).casefold()
    return fuzz.ratio(*bare) / 100 if all(bare) else float(not any(bare))


def _kind(paper: Sequence[Word], t: slice, read: Sequence[Word], h: slice, language: str) -> str:
    """The kind of a fault."""
    said, seen = _texts(paper[t]), _texts(read[h])
    if not seen:
        marker = paper[t.start].is_marker
        return "lost-marker" if marker else "lost" if any(map(letters, said)) else "punctuation"
    if not said:
        begins = h.start == 0 or read[h.start - 1].unit != read[h.start].unit
        number = re.fullmatch(r"\(?\d{1,3}[.)]", seen[0])
        return "marker" if number or (begins and len(letters(seen[0])) <= 1) else "furniture"
    word = paper[t.start]
    if word.is_marker:
        return "punctuation" if letters(seen[0]) == letters(word.text) != "" else "marker"
    if [*filter(None, map(letters, said))] == [*filter(None, map(letters, seen))]:
        return "punctuation"
    if len(said) != len(seen):
        return "join"
    if word.noted and word.text.rstrip("0123456789").startswith(letters_only(seen[0])):
        return "marker"
    return "misread-nonword" if _known(said[0], language) and not _known(seen[0], language) else "misread-word"


def letters_only(text: str) -> str:
    """The word without what follows its last letter, as the marks of footnotes do.

    >>> letters_only("found.!")
    'found'
    """
    return re.sub(r"[\W\d_]+$", "", text)


def _known(word: str, language: str) -> bool:
    """Whether the dictionary has every part of the word; figures are known."""
    parts = re.findall(r"[^\W_]+", word.casefold().replace("'", " "))
    lexicon = _lexicon(language)
    return all(part.isdigit() or len(part) == 1 or lexicon.zipf(part) > 0 for part in parts)


@cache
def _lexicon(language: str) -> Lexicon:
    return Lexicon(language)


def _place(read: Sequence[Word], h: slice) -> Lines:
    """The lines of the words, or those between which words are lost."""
    if h.start < h.stop:
        return (min(word.lines[0] for word in read[h]), max(word.lines[1] for word in read[h]))
    above = read[h.start - 1].lines[0] if h.start else 1
    below = read[h.start].lines[1] if h.start < len(read) else above
    return (min(above, below), max(above, below))


def _counts(doubt: Doubt, kind: str, is_name: bool, place: Lines) -> bool:
    """Whether a doubt asks where the names in these lines begin: their numbers are in question with it."""
    several = "\n" in doubt.text or doubt.lines[0] < doubt.lines[1]
    return is_name and several and kind == "marker" and doubt.lines[0] <= place[0] and place[1] <= doubt.lines[1]


def _covers(doubt: Doubt, words: str, place: Lines) -> bool:
    """Whether a doubt stands on the words' lines and is about them; about lost words any doubt there is."""
    if doubt.lines[1] < place[0] or place[1] < doubt.lines[0]:
        return False
    said, asked = letters(words), letters(folded(doubt.text))
    return not words or (said in asked if said else words in doubt.text) or (len(asked) > 1 and asked in said)
