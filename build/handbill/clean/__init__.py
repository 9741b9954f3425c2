"""Cleaning: the scan's lines become the statement's text, and every change becomes an entry.

In: a `Source`. Out: `Cleaned`, the text as blocks, the ledger, the doubts. The rules decide by the document's own
words first and by the dictionary second; what none of them can decide is a doubt, never a guess. Nothing here
knows any statement, country or organisation.

The rules, in the order they run: an editor's corrections; `LINE_RULES` read each line; `FURNITURE_RULES` take out
what belongs to the paper; `WORD_RULES` put misread letters right; `SEAM_RULES` decide how lines meet; and
`QUESTIONS` ask about what is left.
"""

from collections.abc import Sequence
from dataclasses import replace

from handbill.clean.characters import LINE_RULES, WORD_RULES, LineRule
from handbill.clean.corrections import apply_corrections
from handbill.clean.evidence import Evidence, gather
from handbill.clean.furniture import FURNITURE_RULES
from handbill.clean.ledger import differences, entries, rule_name, rule_reason
from handbill.clean.questions import QUESTIONS
from handbill.clean.seams import SEAM_RULES, Seam, SeamRule, Verdict, list_starts
from handbill.lexicon import Lexicon
from handbill.model import Change, Cleaned, Doubt, Gap, Line, Lines, RunningTitle, Source
from handbill.numbering import names_run, runs

__all__ = ["clean"]


def clean(source: Source) -> Cleaned:
    """Clean a source.

    Raises:
        ContentError: A correction no longer applies.
    """
    lexicon = Lexicon(source.language)
    where = str(source.path.with_name("corrections.toml"))
    lines, changes, settled = apply_corrections(
        _printed(source.lines), source.corrections, where, quoting=not source.withheld
    )
    changes = [*source.changes, *changes]
    lines, made = _read_lines(lines, LINE_RULES, gather(lines, lexicon, settled))
    changes += made
    lines, made, titles = _take_out(lines, gather(lines, lexicon, settled))
    changes += made
    evidence = gather(lines, lexicon, settled)
    lines, made = _read_lines(lines, WORD_RULES, evidence)
    changes += made
    evidence = gather(lines, lexicon, settled)
    blocks, made, doubts = _join(lines, evidence)
    changes += made
    decoded = any(change.rule == "encoding" for change in source.changes)
    doubts += _ask(blocks, lines, replace(evidence, decoded=decoded))
    return Cleaned(
        lines=tuple(blocks),
        changes=tuple(sorted(changes, key=lambda change: change.lines)),
        doubts=tuple(sorted(doubts, key=lambda doubt: doubt.lines)),
        titles=tuple(titles),
    )


def _printed(lines: Sequence[str]) -> tuple[Line, ...]:
    """The lines that have ink, each with what stands before it.

    A form feed is a page's end. So is a leading space where nearly no line has one: a scanner that sets its pages
    one after the other leaves it there.
    """
    inked = [line for line in lines if line.strip()]
    indented = sum(line.startswith(" ") for line in inked)
    scanner_marks_pages = 0 < indented <= len(inked) / 10
    made: list[Line] = []
    gap = Gap.NONE
    for number, line in enumerate(lines, 1):
        if "\f" in line or (scanner_marks_pages and line.startswith(" ") and gap is Gap.NONE and made):
            gap = Gap.PAGE
        if not line.strip():
            gap = gap if gap is Gap.PAGE else Gap.BLANK
            continue
        made.append(Line(number, number, line, gap))
        gap = Gap.NONE
    return tuple(made)


def _read_lines(
    lines: Sequence[Line], rules: Sequence[LineRule], evidence: Evidence
) -> tuple[tuple[Line, ...], list[Change]]:
    """Let each rule read each line; settled words keep the editor's reading."""
    changes: list[Change] = []
    now = list(lines)
    for rule in rules:
        for position, line in enumerate(now):
            read = rule(line.text, evidence)
            if read == line.text:
                continue
            found = [
                each
                for each in differences(line.text, read)
                if not (each.before.strip() and evidence.is_settled(line.first, line.last, each.before))
            ]
            text = line.text
            for each in reversed(found):
                text = text[: each.start] + each.after + text[each.stop :]
            changes += entries(line.lines, rule, found)
            now[position] = replace(line, text=text)
    return tuple(line for line in now if line.text), changes


def _take_out(
    lines: Sequence[Line], evidence: Evidence
) -> tuple[tuple[Line, ...], list[Change], list[RunningTitle]]:
    """Take the paper's furniture out of the text; the titles among it are kept as proposals."""
    kept: list[Line] = []
    changes: list[Change] = []
    titles: list[RunningTitle] = []
    gap = Gap.NONE
    for position, line in enumerate(lines):
        for rule in FURNITURE_RULES:
            found = rule(lines, position, evidence)
            if found and not evidence.is_settled(line.first, line.last, line.text):
                reason = rule_reason(rule)
                if found.title and found.title != line.text:
                    reason += f" Decoded, it reads “{found.title}”."
                changes.append(Change(line.lines, rule_name(rule), line.text, "", reason))
                if found.title:
                    titles.append(RunningTitle(line.lines, line.text, found.title))
                gap = _wider(gap, line.gap)
                break
        else:
            kept.append(replace(line, gap=_wider(gap, line.gap)))
            gap = Gap.NONE
    return tuple(kept), changes, titles


def _wider(one: Gap, other: Gap) -> Gap:
    """The gap that tells more: a page's end before a blank line before none."""
    order = (Gap.NONE, Gap.BLANK, Gap.PAGE)
    return max(one, other, key=order.index)


def _join(lines: Sequence[Line], evidence: Evidence) -> tuple[list[Line], list[Change], list[Doubt]]:
    """Let the seam rules make blocks of the lines."""
    texts = [line.text for line in lines]
    numbered = frozenset(position for run in runs(texts) for position in run.positions)
    names = names_run(texts)
    starts = list_starts(lines, numbered)
    first_name = names.positions[0] if names else len(lines)
    blocks: list[Line] = []
    changes: list[Change] = []
    doubts: list[Doubt] = []
    begins = True
    for position, line in enumerate(lines):
        if begins:
            blocks.append(line)
        if position + 1 == len(lines):
            break
        seam = Seam(lines, position, starts, first_name, begins, evidence)
        rule, verdict = _judge(seam)
        below = lines[position + 1]
        words = f"{_last_word(line.text)}\n{_first_word(below.text)}"
        if verdict.reason and not evidence.is_settled(line.first, below.last, words):
            doubts.append(Doubt((line.first, below.last), words, verdict.reason))
        begins = verdict.glue is None
        if begins:
            continue
        text = verdict.meet(blocks[-1].text, below.text)
        blocks[-1] = replace(blocks[-1], last=below.last, text=text)
        changes.append(_seam_entry(rule, line, below, verdict))
    return blocks, changes, doubts


def _judge(seam: Seam) -> tuple[SeamRule, Verdict]:
    """The first rule that has an answer, and the answer."""
    for rule in SEAM_RULES:
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
    return text.split()[-1]


def _first_word(text: str) -> str:
    return text.split()[0]


def _ask(blocks: Sequence[Line], lines: Sequence[Line], evidence: Evidence) -> list[Doubt]:
    """Put every question to every block; each word is asked about once, with the line that it stands in."""
    doubts: list[Doubt] = []
    for block in blocks:
        asked: list[str] = []
        for question in QUESTIONS:
            for words, reason in question(block, evidence):
                if any(words in said for said in asked):
                    continue
                asked.append(words)
                if not evidence.is_settled(block.first, block.last, words):
                    doubts.append(Doubt(_place(words, block, lines), words, reason))
    return doubts


def _place(words: str, block: Line, lines: Sequence[Line]) -> Lines:
    """The lines of the block that hold the words; the whole block where they run over a line's end."""
    inside = [line for line in lines if block.first <= line.first and line.last <= block.last]
    return next((line.lines for line in inside if words in line.text), block.lines)
