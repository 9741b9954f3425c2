"""An editor's decisions, applied to the source before any rule looks at it.

In: the lines and the corrections. Out: the lines as corrected, the ledger entries, and the words that are settled
by them. A correction that does not find its words, or finds them twice, is an error: the source or the decision
is not what the editor saw.
"""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from handbill.clean.evidence import widths
from handbill.clean.ledger import edit_of_lines
from handbill.clean.replay import written
from handbill.errors import ContentError
from handbill.model import Change, Correction, Edit, Gap, Line
from handbill.quoting import Place, pieces, places

Settled = tuple[tuple[int, int, str], ...]


def apply_corrections(
    lines: Sequence[Line], corrections: Sequence[Correction], where: str, *, quoting: bool = True
) -> tuple[tuple[Line, ...], list[Edit], Settled]:
    """Apply every correction to the lines it names.

    Args:
        lines: The printed lines of the source.
        corrections: The decisions; `line` is the source line where `before` begins.
        where: The path of the decisions, for messages.
        quoting: Whether a message quotes the words; not where they may be a name that is withheld.

    Raises:
        ContentError: Some corrections do not apply; all of them are named.
    """
    now = tuple(lines)
    edits: list[Edit] = []
    settled: list[tuple[int, int, str]] = []
    faults: list[str] = []
    for number, correction in enumerate(map(_composed, corrections), 1):
        try:
            now, edit, place = _apply(now, correction, quoting)
        except LookupError as error:
            faults.append(f"{where}: correction {number} (line {correction.line}): {error}")
            continue
        edits.append(edit)
        settled.append((*place, " ".join((correction.after or correction.before).split())))
    if faults:
        raise ContentError(
            "\n".join(faults),
            "Look at the line in source.txt, quote it as it stands there, or remove the correction.",
        )
    return now, edits, tuple(settled)


def _composed(correction: Correction) -> Correction:
    """The decision with its letters composed: no rule does that later to words that an editor has decided on."""
    return replace(correction, after=normalize("NFC", correction.after))


def _apply(
    lines: tuple[Line, ...], correction: Correction, quoting: bool
) -> tuple[tuple[Line, ...], Edit, tuple[int, int]]:
    """The lines with one correction made, its edit and its place; LookupError where it does not fit."""
    at = next((i for i, line in enumerate(lines) if line.first <= correction.line <= line.last), None)
    if at is None:
        raise LookupError("the source has no such line, or it is empty.")
    found = _found(lines, at, correction.before)
    if len(found) != 1:
        times = f"there {len(found)} times; quote more words" if found else "not there"
        raise LookupError(f"{f'“{correction.before}”' if quoting else 'what it quotes'} is {times}.")
    span, (start, stop) = found[0]
    part = lines[at : at + span]
    text = written(part)
    kept = correction.before == correction.after
    new = part if kept else _split(text[:start] + correction.after + text[stop:], part)
    place = (part[0].first, part[-1].last)
    entry = Change(place, "correction", correction.before, correction.after, correction.reason)
    edit = edit_of_lines(len(written(lines[:at])), part, new, entry)
    rest = lines[at + span :]
    if rest and not new:
        rest = (replace(rest[0], gap=part[0].gap.wider(rest[0].gap)), *rest[1:])
    return lines[:at] + new + rest, edit, place


def _found(lines: Sequence[Line], at: int, words: str) -> list[tuple[int, Place]]:
    """Where the words begin in a line: how many lines they run over, and their places in the text of those."""
    span = len(pieces(words))
    return [(span, place) for place in places(written(lines[at : at + span]), words)]


def _split(text: str, part: Sequence[Line]) -> tuple[Line, ...]:
    """The corrected words as lines again; an empty line in the correction is a gap, an empty text no line."""
    text = text.removeprefix(part[0].space)
    made: list[Line] = []
    gap = part[0].gap
    for piece in text.split("\n"):
        if not piece.strip():
            gap = Gap.BLANK
            continue
        source = part[min(len(made), len(part) - 1)]
        made.append(Line(source.first, source.last, piece, gap, "\n\n" if gap is Gap.BLANK else "\n"))
        gap = Gap.NONE
    if len(made) <= len(part):
        made = [replace(line, widths=_as_scanned(line, part, at, len(made))) for at, line in enumerate(made)]
    if len(made) == len(part) and "\n\n" not in text:
        return tuple(replace(old, text=new.text, widths=new.widths) for old, new in zip(part, made, strict=True))
    if made:
        made[-1] = replace(made[-1], last=part[-1].last)
        made[0] = replace(made[0], first=part[0].first, last=max(part[0].first, made[0].last), space=part[0].space)
    return tuple(made)


def _as_scanned(line: Line, part: Sequence[Line], at: int, count: int) -> tuple[int, ...]:
    """How long the lines of the source are that a corrected one is made of, where it is longer than they.

    A paragraph's end is judged by it, and other lines are judged beside it: a decision about words changes neither.
    """
    of = part[at : at + 1] if at + 1 < count else part[at:]
    scanned = tuple(width for each in of for width in widths(each))
    return scanned if len(scanned) > 1 or scanned[0] < len(line.text) else ()
