"""Cleaning: the scan's lines become the statement's text, and every change becomes an entry.

In: a `Source`. Out: `Cleaned`, the text as blocks, the ledger, the doubts. The rules decide by the document's own
words first and by the dictionary second; what none of them can decide is a doubt, never a guess. Nothing here
knows any statement, country or organisation.

The rules, in the order they run: an editor's corrections; `LINE_RULES` read each line; `FURNITURE_RULES` take out
what belongs to the paper; `NOTE_RULES` number the notes at the feet of pages; `list_of_names` and `notes_below`
move lines to where they belong, and `numbered_paragraphs` puts numbers before theirs; `MARK_RULES` read bullets,
numerals and the marks of notes; `WORD_RULES` and `TEXT_RULES` put misread letters right; `SEAM_RULES` decide how
lines meet; and `QUESTIONS` ask about what is left.

Of a typed file every paragraph is known, and nothing of a page is among them: `TYPED_RULES`, `numbered_names`,
`TYPED_MARK_RULES`, `TYPED_SEAM_RULES` and `TYPED_QUESTIONS` are all that run, and none of them takes a line out.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise, product

from handbill.clean.characters import LINE_RULES, TEXT_RULES, TYPED_RULES, WORD_RULES, LineRule
from handbill.clean.corrections import Settled, apply_corrections
from handbill.clean.evidence import Evidence, gather
from handbill.clean.furniture import (
    FURNITURE_RULES,
    HEAD_RULES,
    FurnitureRule,
    may_be_header,
    may_be_letterhead,
    rotated_line,
)
from handbill.clean.ledger import (
    Difference,
    differences,
    edit_of_lines,
    edits_in_line,
    edits_of_moves,
    made_in,
    rule_name,
    rule_reason,
)
from handbill.clean.listing import list_of_names
from handbill.clean.marks import MARK_RULES, TYPED_MARK_RULES, MarkRule, notes_at_foot, notes_below
from handbill.clean.names import about_names, numbered_names
from handbill.clean.notes import NOTE_RULES, lost_calls
from handbill.clean.paragraphs import Unmarked, numbered_paragraphs, unmarked_items
from handbill.clean.questions import (
    NAME_QUESTIONS,
    QUESTIONS,
    STOPS,
    TYPED_QUESTIONS,
    Question,
    about_lines,
    begun_anew,
    by_cause,
    columns_as_one,
    lone_markers,
    lost_accents,
    open_notes,
    other_spellings,
    out_of_order,
)
from handbill.clean.replay import BETWEEN_BLOCKS, verify, written
from handbill.clean.rotated import are_alike, read_together
from handbill.clean.seams import SEAM_RULES, TYPED_SEAM_RULES, Seam, SeamRule, Verdict, list_starts
from handbill.lexicon import WORD, Lexicon
from handbill.model import Change, Cleaned, Doubt, Edit, Gap, Line, RunningTitle, Source
from handbill.numbering import names_run, runs, unnumbered

__all__ = ["clean", "verify"]

MOST_ASKED = 2_000
"""Doubts from which a text is no text any more: the rest is one doubt, and the paper is to be scanned anew."""

TOO_MANY = "There are too many doubts to ask more of them from here on. Scan the paper anew."

UNMARKED = (
    "These lines read like items of a list. Has each a number or a sign on the paper, and are all in their order?"
)

IS_OF_PAPER = "It was taken out, and a word of it stands nowhere else. Does it belong to the paper, or to the text?"
LEAST_LOST = 4
"""What is asked about a line that was taken out, and letters of a word that would be lost with it."""

OTHER_LENGTH = 0.3
"""By so much of their length two lines that were read upside down differ, if they are no two scans of one title."""

LINES_OF_TITLE = 2
"""Lines of a title in a margin, at most: more of them below each other are dirt."""

LINES_APART = 2
"""Lines of the source from one line of a title to the next: the scanner may set a blank line between them."""

MOST_LOOKED_UP = 200
"""Doubts for which the nearest word is looked up: more of them are noise, and looking takes time."""


def clean(source: Source) -> Cleaned:
    """Clean a source.

    Raises:
        ContentError: A correction no longer applies.
    """
    lexicon = Lexicon(source.language)
    where = str(source.path.with_name("corrections.toml"))
    lines, edits = _printed(source.lines, paged=not source.typed)
    lines, made, settled = apply_corrections(lines, source.corrections, where, quoting=not source.withheld)
    edits += made
    decoded = any(change.rule == "encoding" for change in source.changes)
    text = (_typed if source.typed else _scanned)(lines, lexicon, settled, decoded)
    edits += text.edits
    changes = [*source.changes, *(edit.entry for edit in edits if edit.entry)]
    return Cleaned(
        lines=tuple(text.blocks),
        changes=tuple(sorted(changes, key=lambda change: change.lines)),
        doubts=tuple(sorted(by_cause(text.doubts), key=lambda doubt: doubt.lines)),
        titles=tuple(text.titles),
        edits=tuple(edits),
        decided=tuple((first, last) for first, last, _ in settled),
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """What the rules make of lines: blocks, and how."""

    blocks: list[Line]
    edits: list[Edit]
    doubts: list[Doubt]
    titles: list[RunningTitle]


def _typed(lines: Sequence[Line], lexicon: Lexicon, settled: Settled, decoded: bool) -> _Text:
    """The blocks of a typed text: those that it has."""
    evidence = replace(gather(lines, lexicon, settled), decoded=decoded)
    lines, edits = _read_lines(lines, TYPED_RULES, evidence)
    doubts = list(about_names(lines, evidence))
    lines, made = _as_read(lines, numbered_names, numbered_names(lines, evidence), replace(evidence, settled=()))
    edits += made
    lines, made = _read_marks(lines, TYPED_MARK_RULES, evidence)
    edits += made
    blocks, made, _ = _join(lines, TYPED_SEAM_RULES, evidence)
    doubts += [
        Doubt(block.lines, words, reason)
        for block, question in product(blocks, TYPED_QUESTIONS)
        for words, reason, *_ in question(block, evidence)
        if not evidence.is_settled(block.first, block.last, words)
    ]
    return _Text(blocks, edits + made, doubts, [])


def _scanned(lines: Sequence[Line], lexicon: Lexicon, settled: Settled, decoded: bool) -> _Text:
    """The blocks that a scan's lines make."""
    lines, edits = _read_lines(lines, LINE_RULES, gather(lines, lexicon, settled))
    evidence = gather(lines, lexicon, settled)
    lines, made, titles, about_headers = _take_out(lines, FURNITURE_RULES, may_be_header, evidence)
    edits += made
    titles = _read_together(titles, evidence)
    running = [title.text for title in titles]
    evidence = gather(lines, lexicon, settled, running)
    lines, made, _, about_paper = _take_out(lines, HEAD_RULES, may_be_letterhead, evidence)
    edits += made
    if made:
        evidence = gather(lines, lexicon, settled, running)
    lines, made = _read_marks(lines, NOTE_RULES, evidence)
    edits += made
    names = list_of_names(lines, evidence)
    lines = names.lines
    edits += names.edits
    moved = notes_below(lines, evidence)
    edits += edits_of_moves(lines, moved, notes_below)
    lines, moved = moved, numbered_paragraphs(moved, evidence)
    edits += edits_of_moves(lines, moved, numbered_paragraphs)
    lines, made = _read_marks(moved, MARK_RULES, evidence)
    edits += made
    lines, made = _read_lines(lines, WORD_RULES, evidence)
    edits += made
    lines, made = _read_marks(lines, TEXT_RULES, evidence)
    edits += made
    evidence = gather(lines, lexicon, settled, running)
    items = unmarked_items(lines, evidence)
    starts = frozenset(at for each in items for at in each.starts)
    blocks, made, doubts = _join(lines, SEAM_RULES, evidence, starts)
    edits += made
    doubts += _about_items(lines, items, evidence)
    doubts += (*about_headers, *about_paper, *names.doubts, *lost_calls(lines, evidence))
    doubts += _ask(blocks, lines, replace(evidence, decoded=decoded), names.doubts)
    return _Text(blocks, edits, doubts, titles)


def _printed(lines: Sequence[str], paged: bool) -> tuple[tuple[Line, ...], list[Edit]]:
    """The lines that have ink, each with what stands before it; and the edit that cuts off what stands after all.

    A form feed is a page's end, where there are pages. So is a leading space where nearly no line has one: a
    scanner that sets its pages one after the other leaves it there.
    """
    inked = [line for line in lines if line.strip()]
    indented = sum(line.startswith(" ") for line in inked)
    scanner_marks_pages = paged and 0 < indented <= len(inked) / 10
    made: list[Line] = []
    gap = Gap.NONE
    space: list[str] = []
    for number, line in enumerate(lines, 1):
        if number > 1:
            space.append("\n")
        if (paged and "\f" in line) or (scanner_marks_pages and line.startswith(" ") and gap is Gap.NONE and made):
            gap = Gap.PAGE
        if not line.strip():
            gap = gap if gap is Gap.PAGE else Gap.BLANK
            space.append(line)
            continue
        made.append(Line(number, number, line, gap, "".join(space)))
        gap = Gap.NONE
        space.clear()
    return tuple(made), _evened(len(written(made)), "".join(space), "")


def _evened(at: int, space: str, wanted: str) -> list[Edit]:
    """The edit, if any is needed, that makes white space what it should be where blocks begin and end."""
    return [] if space == wanted else [Edit(at, space, wanted)]


def _read_lines(
    lines: Sequence[Line], rules: Sequence[LineRule], evidence: Evidence
) -> tuple[tuple[Line, ...], list[Edit]]:
    """Let each rule read each line."""
    edits: list[Edit] = []
    now = tuple(lines)
    for rule in rules:
        read = {position: rule(line.text, evidence) for position, line in enumerate(now)}
        now, made = _as_read(now, rule, read, evidence)
        edits += made
    kept, made = _without_empty(now)
    return kept, edits + made


def _read_marks(
    lines: Sequence[Line], rules: Sequence[MarkRule], evidence: Evidence
) -> tuple[tuple[Line, ...], list[Edit]]:
    """Let each rule read the marks at the edges of all lines."""
    edits: list[Edit] = []
    now = tuple(lines)
    for rule in rules:
        now, made = _as_read(now, rule, rule(now, evidence), evidence)
        edits += made
    return now, edits


def _as_read(
    lines: Sequence[Line],
    rule: LineRule | MarkRule,
    read: Mapping[int, str],
    evidence: Evidence,
) -> tuple[tuple[Line, ...], list[Edit]]:
    """The lines as a rule reads them, by their positions, and its edits; words that are settled stay."""
    edits: list[Edit] = []
    now = list(lines)
    at = 0
    for position, line in enumerate(lines):
        at += len(line.space)
        text = read.get(position, line.text)
        if text != line.text:
            found = [each for each in differences(line.text, text) if _is_open(line, each, evidence)]
            edits += edits_in_line(at, line.lines, rule, found)
            now[position] = replace(line, text=made_in(line.text, found))
        at += len(now[position].text)
    return tuple(now), edits


def _is_open(line: Line, found: Difference, evidence: Evidence) -> bool:
    """Whether no decision is about the words that a rule would change."""
    return not (found.before.strip() and evidence.is_settled(line.first, line.last, found.before))


def _without_empty(lines: Sequence[Line]) -> tuple[tuple[Line, ...], list[Edit]]:
    """The lines of which the rules left something, and the edits that drop the others."""
    kept: list[Line] = []
    edits: list[Edit] = []
    gap = Gap.NONE
    at = 0
    for line in lines:
        gap = gap.wider(line.gap)
        if not line.text.strip():
            edits += _evened(at, line.space + line.text, "")
            continue
        kept.append(replace(line, gap=gap))
        gap = Gap.NONE
        at += len(line.space) + len(line.text)
    return tuple(kept), edits


def _take_out(
    lines: Sequence[Line],
    rules: Sequence[FurnitureRule],
    may_be: Callable[[Sequence[Line], int, Evidence], str],
    evidence: Evidence,
) -> tuple[tuple[Line, ...], list[Edit], list[RunningTitle], list[Doubt]]:
    """Take the paper's furniture out of the text; titles among it are kept as proposals, and doubts are told."""
    kept: list[Line] = []
    edits: list[Edit] = []
    titles: list[RunningTitle] = []
    doubts: list[Doubt] = []
    gap = Gap.NONE
    at = 0
    for position, line in enumerate(lines):
        gap = gap.wider(line.gap)
        is_open = not evidence.is_settled(line.first, line.last, line.text)
        for rule in rules:
            found = rule(lines, position, evidence)
            if found and is_open:
                unproved = "" if found.title or not _is_only_here(line, evidence) else IS_OF_PAPER
                if found.doubt or unproved:
                    doubts.append(Doubt(line.lines, line.text, found.doubt or unproved, likely=""))
                reason = rule_reason(rule)
                if found.title and found.title not in line.text:
                    reason += f" Decoded, it reads “{found.title}”."
                entry = Change(line.lines, rule_name(rule), line.text, "", reason)
                edits.append(edit_of_lines(at, [line], [], entry))
                if found.title:
                    titles.append(RunningTitle(line.lines, line.text, found.title, entry.rule, found.confidence))
                break
        else:
            kept.append(replace(line, gap=gap))
            gap = Gap.NONE
            at += len(line.space) + len(line.text)
            if is_open and (reason := may_be(lines, position, evidence)):
                doubts.append(Doubt(line.lines, line.text, reason))
    return tuple(kept), edits, titles, doubts


def _is_only_here(line: Line, evidence: Evidence) -> bool:
    """Whether a word of a line stands nowhere else in the scan, and would be lost with it."""
    return any(len(word) >= LEAST_LOST and evidence.folded[word.lower()] <= 1 for word in WORD.findall(line.text))


def _read_together(titles: Sequence[RunningTitle], evidence: Evidence) -> list[RunningTitle]:
    """The titles, those that were read upside down in the reading that suits all their scans."""
    made = list(_without_folios(titles))
    turned = [at for at, title in enumerate(titles) if title.rule == rule_name(rotated_line)]
    known = evidence.printed_words.without(list(evidence.turned)) if turned else evidence.printed_words
    for scans in _scans_of_titles(titles, turned):
        seen = [" ".join(titles[at].seen for at in scan) for scan in scans]
        if reading := read_together(seen, known):
            for at in chain.from_iterable(scans):
                made[at] = replace(titles[at], text=reading.text)
    return made


def _scans_of_titles(titles: Sequence[RunningTitle], turned: Iterable[int]) -> list[list[list[int]]]:
    """For each title that is upside down its scans, each of one line or of two that stand below each other."""
    scans: list[list[int]] = []
    for at in turned:
        if scans and len(scans[-1]) < LINES_OF_TITLE and _goes_on(titles[scans[-1][-1]], titles[at]):
            scans[-1].append(at)
        else:
            scans.append([at])
    of_titles: list[list[list[int]]] = []
    lengths: list[int] = []
    for scan in scans:
        length = sum(len(titles[at].seen) for at in scan)
        near = [of for of, other in enumerate(lengths) if abs(length - other) <= OTHER_LENGTH * max(length, other)]
        if near:
            of_titles[near[0]].append(scan)
        else:
            of_titles.append([scan])
            lengths.append(length)
    return of_titles


def _goes_on(upper: RunningTitle, lower: RunningTitle) -> bool:
    """Whether a line that is upside down and one below it are a title in two lines, not two scans of one line."""
    return lower.lines[0] - upper.lines[1] <= LINES_APART and not are_alike(upper.seen, lower.seen)


def _without_folios(titles: Sequence[RunningTitle]) -> Iterator[RunningTitle]:
    """The titles without a number at the end that is another one on another page."""
    ends = [re.fullmatch(r"(.*\S)\s(\d{1,3})", title.text) for title in titles]
    pages: dict[str, set[str]] = {}
    for end in ends:
        if end:
            pages.setdefault(end[1], set()).add(end[2])
    for title, end in zip(titles, ends, strict=True):
        yield replace(title, text=end[1]) if end and len(pages[end[1]]) > 1 else title


def _join(
    lines: Sequence[Line], rules: Sequence[SeamRule], evidence: Evidence, unmarked: frozenset[int] = frozenset()
) -> tuple[list[Line], list[Edit], list[Doubt]]:
    """Let the seam rules make blocks of the lines; an empty line stands between two blocks, and nothing else."""
    texts = [line.text for line in lines]
    names = names_run(texts)
    lists = [*runs(texts), *([names] if names else [])]
    numbered = frozenset(position for each in lists for position in each.positions)
    starts = list_starts(lines, numbered) | notes_at_foot(lines) | unmarked
    first_name, last_name = (names.positions[0], names.positions[-1]) if names else (len(lines), len(lines))
    blocks = [_Block(line) for line in lines[:1]]
    edits = _evened(0, lines[0].space, "") if lines else []
    open_seams: list[tuple[Seam, Verdict]] = []
    at = 0
    for position, (upper, lower) in enumerate(pairwise(lines)):
        seam = Seam(lines, position, starts, first_name, last_name, blocks[-1].is_begun_by(upper), evidence)
        rule, verdict = _judge(seam, rules)
        if verdict.reason and not _is_settled(seam):
            open_seams.append((seam, verdict))
        at += len(upper.text) - verdict.drop
        if verdict.glue is None:
            edits += _evened(at, lower.space, BETWEEN_BLOCKS)
            blocks.append(_Block(lower))
            at += len(BETWEEN_BLOCKS)
            continue
        dropped = upper.text[len(upper.text) - verdict.drop :]
        edits.append(Edit(at, dropped + lower.space, verdict.glue, _seam_entry(rule, upper, lower, verdict)))
        blocks[-1].go_on(lower, verdict)
        at += len(verdict.glue)
    return [block.line() for block in blocks], edits, list(_about_seams(open_seams))


def _about_items(lines: Sequence[Line], items: Iterable[Unmarked], evidence: Evidence) -> Iterator[Doubt]:
    """Ask about lists of which no item has a mark."""
    for each in items:
        listed = lines[each.starts[0] : each.stop]
        text = "\n".join(line.text for line in listed)
        place = (listed[0].first, listed[-1].last)
        if not evidence.is_settled(*place, text):
            yield Doubt(place, text, UNMARKED)


class _Block:
    """A block in the making: its lines and what stands between them, put together once it is whole."""

    def __init__(self, line: Line) -> None:
        self._lines = [line]
        self._pieces = [line.text]

    def is_begun_by(self, line: Line) -> bool:
        """Whether the line is the first of the block."""
        return self._lines[0] is line

    def go_on(self, line: Line, verdict: Verdict) -> None:
        """Join the next line."""
        self._pieces[-1] = verdict.meet(self._pieces[-1], "")
        self._pieces.append(line.text)
        self._lines.append(line)

    def line(self) -> Line:
        """The block as a line of its own."""
        first, last = min(line.first for line in self._lines), max(line.last for line in self._lines)
        return replace(self._lines[0], first=first, last=last, text="".join(self._pieces), space="")


def _is_settled(seam: Seam) -> bool:
    """Whether an editor has decided how the two lines meet."""
    words = f"{_last_word(seam.upper.text)}\n{_first_word(seam.lower.text)}"
    return seam.evidence.is_settled(seam.upper.first, seam.lower.last, words)


def _about_seams(asked: Iterable[tuple[Seam, Verdict]]) -> Iterator[Doubt]:
    """The doubts that verdicts leave; what is asked of each of some lines in a row is asked once of them all."""
    rows: list[list[tuple[Seam, Verdict]]] = []
    for seam, verdict in asked:
        above, before = rows[-1][-1] if rows else (None, None)
        follows = above and above.position + 1 == seam.position and 0 < seam.lower.first - seam.upper.last <= 2
        if follows and before and before.reason == verdict.reason:
            rows[-1].append((seam, verdict))
        else:
            rows.append([(seam, verdict)])
    for row in rows:
        upper, lower = row[0][0].upper, row[-1][0].lower
        text = likely = _last_word(upper.text)
        for seam, verdict in row:
            below = seam.lower.text if seam.lower is not lower else _first_word(lower.text)
            text += f"\n{below}"
            likely = likely + BETWEEN_BLOCKS + below if verdict.glue is None else verdict.meet(likely, below)
        yield Doubt((upper.first, lower.last), text, row[0][1].reason, likely)


def _judge(seam: Seam, rules: Sequence[SeamRule]) -> tuple[SeamRule, Verdict]:
    """The first rule that has an answer, and the answer."""
    for rule in rules:
        verdict = rule(seam)
        if verdict:
            return rule, verdict
    raise AssertionError("the last seam rule answers every seam")


def _seam_entry(rule: SeamRule, above: Line, below: Line, verdict: Verdict) -> Change:
    """The ledger's entry for a join: the last word, what stood between, and the first word."""
    head, tail = _last_word(above.text), _first_word(below.text)
    between = {Gap.NONE: "\n", Gap.BLANK: "\n\n", Gap.PAGE: "\n\f"}[below.gap]
    lines = (above.last, below.first)
    return Change(lines, rule_name(rule), head + between + tail, verdict.meet(head, tail), rule_reason(rule))


def _last_word(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1]


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0]


def _ask(
    blocks: Sequence[Line], lines: Sequence[Line], evidence: Evidence, about_names: Sequence[Doubt]
) -> list[Doubt]:
    """Put every question to every block; each word is asked about once, with the line that it stands in.

    Names about which the list has been asked are not asked about: they are compared as they are.
    """
    firsts = [line.first for line in lines]
    run = names_run([block.text for block in blocks])
    named = frozenset(run.positions if run else ())
    covered = _lines_of(about_names)
    words = {word for doubt in about_names for word in doubt.text.split()}
    open_names = {
        at
        for at in named
        if covered.isdisjoint(range(blocks[at].first, blocks[at].last + 1))
        or not words.issuperset(unnumbered(blocks[at].text).split())
    }
    doubts = list(lost_accents([blocks[at] for at in sorted(open_names)], evidence))
    listed = [blocks[at] for at in sorted(named)]
    doubts += (
        doubt
        for doubt in (*out_of_order(listed, evidence), *begun_anew(listed, evidence))
        if covered.isdisjoint(range(doubt.lines[0], doubt.lines[1] + 1))
    )
    doubts += other_spellings([line for line in lines if line.first not in covered], evidence)
    body = [block for at, block in enumerate(blocks) if at not in named]
    doubts += (*columns_as_one(body, evidence), *lone_markers(body, evidence), *open_notes(body, evidence))
    known: dict[int, Set[str]] = {}
    for doubt in doubts:
        known.update(dict.fromkeys(range(doubt.lines[0], doubt.lines[1] + 1), _words_of(doubt.text)))
    for position, block in enumerate(blocks):
        if position in named and position not in open_names:
            continue
        inside = lines[bisect_left(firsts, block.first) : bisect_right(firsts, block.last)]
        questions = NAME_QUESTIONS if position in named else QUESTIONS
        lines_asked = () if position in named else about_lines(inside, evidence)
        asking = [*lines_asked, *((block, question) for question in questions)]
        for doubt, is_likely_known in islice(
            _asked(block, inside, asking, known.get(block.first, set()), evidence), max(0, MOST_ASKED - len(doubts))
        ):
            looked_up = not is_likely_known and len(doubts) < MOST_LOOKED_UP
            likely = evidence.lexicon.nearest(doubt.text) if looked_up else doubt.likely
            doubts.append(replace(doubt, likely=likely or None))
        if len(doubts) >= MOST_ASKED:
            return [*doubts, Doubt((block.first, blocks[-1].last), " ".join(block.text.split()[:3]), TOO_MANY)]
    return doubts


def _asked(
    block: Line,
    inside: Sequence[Line],
    asking: Iterable[tuple[Line, Question]],
    known: Set[str],
    evidence: Evidence,
) -> Iterator[tuple[Doubt, bool]]:
    """The doubts about a block and the lines inside it, each with whether the question knows what is likely.

    Words that are known to have been asked about are not asked about again.
    """
    asked: set[str] = set()
    places: dict[str, Line] | None = None
    for part, question in asking:
        for words, reason, *likely in question(part, evidence):
            if all(any(word in each for each in (asked, known)) for word in words.split()) or words in asked:
                continue
            asked.update((words, *_words_of(words)))
            if evidence.is_settled(part.first, part.last, words):
                continue
            places = _places(inside) if places is None else places
            line = places.get(words.split(maxsplit=1)[0]) if part is block else part
            holds = line is not None and (len(inside) == 1 or words in line.text)
            where = line.lines if line and holds else block.lines
            yield Doubt(where, words, reason, "".join(likely) or None), bool(likely)


def _lines_of(doubts: Sequence[Doubt]) -> set[int]:
    """The lines of the source that doubts are about, each range of lines gone through once."""
    covered: set[int] = set()
    last = 0
    for doubt in sorted(doubts, key=lambda doubt: doubt.lines):
        covered.update(range(max(doubt.lines[0], last + 1), doubt.lines[1] + 1))
        last = max(last, doubt.lines[1])
    return covered


def _places(lines: Sequence[Line]) -> dict[str, Line]:
    """The first of the lines that has a word, for every word."""
    places: dict[str, Line] = {}
    for line in lines:
        for word in _words_of(line.text):
            places.setdefault(word, line)
    return places


def _words_of(text: str) -> set[str]:
    """The words of a text in every way that a question may cut them: with and without the marks about them."""
    tokens = text.split()
    bare = (token.strip(STOPS) for token in tokens)
    return {*tokens, *bare, *re.findall(r"\w+", text), *WORD.findall(text)}
