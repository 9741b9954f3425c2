"""An editor's decisions, applied to the source before any rule looks at it.

In: the lines and the corrections. Out: the lines as corrected, the ledger entries, and the words that are settled
by them. A correction that does not find its words, or finds them twice, is an error: the source or the decision
is not what the editor saw.
"""

from collections.abc import Sequence

from handbill.errors import ContentError
from handbill.model import Change, Correction, Gap, Line

Settled = tuple[tuple[int, int, str], ...]


def apply_corrections(
    lines: Sequence[Line], corrections: Sequence[Correction], where: str, *, quoting: bool = True
) -> tuple[tuple[Line, ...], list[Change], Settled]:
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
    changes: list[Change] = []
    settled: list[tuple[int, int, str]] = []
    faults: list[str] = []
    for number, correction in enumerate(corrections, 1):
        try:
            now, change = _apply(now, correction, quoting)
        except LookupError as error:
            faults.append(f"{where}: correction {number} (line {correction.line}): {error}")
            continue
        changes.append(change)
        settled.append((*change.lines, " ".join((correction.after or correction.before).split())))
    if faults:
        raise ContentError(
            "\n".join(faults),
            "Look at the line in source.txt, quote it as it stands there, or remove the correction.",
        )
    return now, changes, tuple(settled)


def _apply(lines: tuple[Line, ...], correction: Correction, quoting: bool) -> tuple[tuple[Line, ...], Change]:
    """The lines with one correction made, and its entry; LookupError where it does not fit."""
    before = _single_breaks(correction.before)
    span = before.count("\n") + 1
    at = next((i for i, line in enumerate(lines) if line.first <= correction.line <= line.last), None)
    if at is None:
        raise LookupError("the source has no such line, or it is empty.")
    part = lines[at : at + span]
    text = "\n".join(line.text for line in part)
    found = text.count(before)
    if found != 1:
        times = "not there" if found == 0 else f"there {found} times; quote more words"
        raise LookupError(f"{f'“{correction.before}”' if quoting else 'what it quotes'} is {times}.")
    kept = correction.before == correction.after
    new = part if kept else _split(text.replace(before, correction.after), part)
    change = Change(
        (part[0].first, part[-1].last), "correction", correction.before, correction.after, correction.reason
    )
    return lines[:at] + new + lines[at + span :], change


def _split(text: str, part: tuple[Line, ...]) -> tuple[Line, ...]:
    """The corrected words as lines again; an empty line in the correction is a gap, an empty text no line."""
    first, last = part[0].first, part[-1].last
    made: list[Line] = []
    gap = part[0].gap
    for piece in text.split("\n"):
        if not piece.strip():
            gap = Gap.BLANK
            continue
        source = part[min(len(made), len(part) - 1)]
        made.append(Line(source.first, source.last, piece, gap))
        gap = Gap.NONE
    if len(made) == len(part) and "\n\n" not in text:
        return tuple(Line(old.first, old.last, new.text, old.gap) for old, new in zip(part, made, strict=True))
    if made:
        made[-1] = Line(made[-1].first, last, made[-1].text, made[-1].gap)
        made[0] = Line(first, max(first, made[0].last), made[0].text, made[0].gap)
    return tuple(made)


def _single_breaks(text: str) -> str:
    """The quoted words with every line end, empty lines between included, as one newline."""
    return "\n".join(piece.strip(" ") if i else piece for i, piece in enumerate(p for p in text.split("\n") if p))
