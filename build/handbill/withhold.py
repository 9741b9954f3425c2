"""Withholding: the names of signatories that must not be printed leave the text here.

In: a source, its cleaned text, and the numbers that `signatories.toml` marks as withheld. Out: both with every
such name blacked out, in the lines of the scan, the ledger, the doubts and the list, and the redaction that
messages pass through. What comes after (structure, pages, reports, translations) has the number of withheld names,
never a name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from handbill.errors import ContentError
from handbill.model import Change, Cleaned, Doubt, Line, Lines, RunningTitle, Source, Statement, Withheld
from handbill.numbering import names_run, unnumbered
from handbill.redaction import NOTHING_WITHHELD, WITHHELD, Redaction, same_words

_QUOTED = re.compile(r"“[^”]*”")
_MARKS = "Number them as the list of signatories does, or take the mark out of signatories.toml."


def withhold(source: Source, cleaned: Cleaned) -> tuple[Source, Cleaned, Redaction]:
    """Black out the names that are marked.

    Raises:
        ContentError: A mark does not fit the list: the wrong name would be printed.
    """
    if not source.withheld:
        return source, cleaned, NOTHING_WITHHELD
    listed = _listed(cleaned.lines)
    _refuse_wrong_marks(source, listed)
    hidden = {mark.number: listed[mark.number] for mark in source.withheld}
    names = [name for mark in source.withheld for name in _names(mark, listed, source)]
    redaction = Redaction.of(names, source.language)
    ranges = [line.lines for line in hidden.values()]
    black_source = replace(
        source,
        lines=tuple(_black_lines(source.lines, ranges, redaction)),
        changes=tuple(_black_change(each, ranges, source, redaction) for each in source.changes),
        corrections=(),
        withheld=tuple(Withheld(mark.number) for mark in source.withheld),
    )
    numbers = {id(line): number for number, line in hidden.items()}
    black_cleaned = Cleaned(
        lines=tuple(
            replace(line, text=f"{numbers[id(line)]}. {WITHHELD}") if id(line) in numbers else line
            for line in cleaned.lines
        ),
        changes=tuple(_black_change(each, ranges, source, redaction) for each in cleaned.changes),
        doubts=tuple(_black_doubt(each, ranges, redaction) for each in cleaned.doubts),
        titles=tuple(_black_title(each, redaction) for each in cleaned.titles if not _touches(each.lines, ranges)),
        decided=cleaned.decided,
        withheld=frozenset(hidden),
    )
    return black_source, black_cleaned, redaction


def refuse_printed(source: Source, statement: Statement, redaction: Redaction) -> None:
    """Refuse a text that itself prints a withheld name.

    Raises:
        ContentError: The message has the places, not the name.
    """
    places = list(dict.fromkeys(place for place, text in _printed(source, statement) if redaction.holds(text)))
    if places:
        raise ContentError(
            f"{source.path.parent}: a name that signatories.toml withholds is printed by: {', '.join(places)}.",
            "What the text prints cannot be withheld: settle with the signatories which of the two it is to be.",
        )


def _listed(lines: Sequence[Line]) -> dict[int, Line]:
    """The entries of the list of signatories by their numbers."""
    run = names_run([line.text for line in lines])
    return {n: lines[at] for at, n in zip(run.positions, run.numbers, strict=True)} if run else {}


def _names(mark: Withheld, listed: dict[int, Line], source: Source) -> Iterator[str]:
    """Every form of a name that is known: as cleaned, as scanned, as the editor has it."""
    entry = listed[mark.number]
    yield unnumbered(entry.text)
    if sum(_touches(other.lines, [entry.lines]) for other in listed.values()) == 1:
        yield unnumbered("\n".join(source.lines[entry.first - 1 : entry.last]).strip())
    yield from filter(None, (mark.name, *mark.others))


def _refuse_wrong_marks(source: Source, listed: dict[int, Line]) -> None:
    where = source.path.with_name("signatories.toml")
    faults = [
        f"{where}: {mark.number} is withheld, and {fault}."
        for mark in source.withheld
        for fault in [_fault(mark, listed)]
        if fault
    ]
    if faults:
        raise ContentError("\n".join(faults), _MARKS)


def _fault(mark: Withheld, listed: dict[int, Line]) -> str:
    if mark.number not in listed:
        return "the list has no such number"
    if mark.name and not same_words(mark.name, unnumbered(listed[mark.number].text)):
        return "the list has another name there (neither is shown)"
    return ""


def _touches(lines: Lines, ranges: Sequence[Lines]) -> bool:
    return any(first <= lines[1] and lines[0] <= last for first, last in ranges)


def _black_lines(lines: Sequence[str], ranges: Sequence[Lines], redaction: Redaction) -> Iterator[str]:
    """The lines of the scan: those of the entries as a whole, and the names wherever else they stand."""
    whole = "\n".join(
        WITHHELD if text.strip() and _touches((number, number), ranges) else text
        for number, text in enumerate(lines, 1)
    )
    yield from redaction.text(whole).split("\n")


def _black_change(change: Change, ranges: Sequence[Lines], source: Source, redaction: Redaction) -> Change:
    # What is said of the whole file (its encoding) quotes no line of it.
    if _touches(change.lines, ranges) and change.lines != (1, len(source.lines)):
        decided = change.rule == "correction"
        reason = "An editor's decision on a withheld name." if decided else _without_quotes(change.reason)
        return replace(
            change, before=WITHHELD, after=WITHHELD if change.after else "", reason=redaction.text(reason)
        )
    before, after = redaction.text(change.before), redaction.text(change.after)
    return replace(change, before=before, after=after, reason=redaction.text(change.reason))


def _black_doubt(doubt: Doubt, ranges: Sequence[Lines], redaction: Redaction) -> Doubt:
    if doubt.places:
        places = tuple(_black_doubt(place, ranges, redaction) for place in doubt.places)
        text = "\n".join(place.text for place in places)
        return replace(doubt, text=text, reason=redaction.text(doubt.reason), places=places)
    if _touches(doubt.lines, ranges):
        return replace(doubt, text=WITHHELD, reason=redaction.text(_without_quotes(doubt.reason)), likely=None)
    likely = None if doubt.likely is None else redaction.text(doubt.likely)
    return replace(doubt, text=redaction.text(doubt.text), reason=redaction.text(doubt.reason), likely=likely)


def _black_title(title: RunningTitle, redaction: Redaction) -> RunningTitle:
    return replace(title, seen=redaction.text(title.seen), text=redaction.text(title.text))


def _without_quotes(reason: str) -> str:
    return _QUOTED.sub(f"“{WITHHELD}”", reason)


def _printed(source: Source, statement: Statement) -> Iterator[tuple[str, str]]:
    """Everything of a statement that is printed or told, with its place."""
    yield "the name of the folder", source.name
    yield "the title", statement.title
    yield from ((block.id, block.text) for block in statement.blocks)
    if head := statement.names_heading:
        yield "the heading of the names", head.text
    yield from ((f"signatory {each.number} as printed", each.name) for each in statement.signatories)
    for entry in source.official_names:
        yield from ((f"the official names of {entry.number}", name) for name in entry.names.values())
    yield from ((f"the registered name of {n}", each.registered) for n, each in source.standings.items())
    for late in source.late:
        yield "the registered name of a late sign-on", late.standing.registered if late.standing else ""
        yield from (("the official names of a late sign-on", name) for name in late.official.values())
    if source.particulars:
        session = source.particulars.session
        told = [source.particulars.online, *source.particulars.keywords, session.name if session else ""]
        told += source.particulars.listing.kinds.values()
        yield from (("statement.toml", text) for text in told)
    if source.summary:
        summary = source.summary
        yield "the stand-first of the summary", summary.standfirst.text
        for number, figure in enumerate(summary.figures, 1):
            yield f"figure {number} of the summary", f"{figure.lead} {figure.value} {figure.label}"
        for number, group in enumerate(summary.demands, 1):
            yield f"demands {number} of the summary", group.addressee
            yield from ((f"demands {number} of the summary", item.text) for item in group.items)
