"""The trail of cleaning, walked forwards and backwards.

In: a text and edits. Out: the text after them, or before them, letter for letter. Nothing here knows a rule: what
these functions make of the source and the ledger must be what the rules made of it, or the ledger is not whole.

Edits that go down the text are applied together in one walk; a new walk begins where one goes back up. A cleaning
is some dozen walks, whatever its length.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from handbill.errors import FaultError
from handbill.model import Cleaned, Edit, Line

BETWEEN_BLOCKS = "\n\n"
"""What stands between two blocks where a cleaned text is written out."""

_Place = tuple[int, str, str]


def written(lines: Iterable[Line]) -> str:
    """The text of lines in the midst of cleaning, with the white space that is still between them."""
    return "".join(line.space + line.text for line in lines)


def replay(text: str, edits: Sequence[Edit]) -> str:
    r"""The text after the edits.

    >>> replay("well-\nbeing", [Edit(4, "-\n", "")])
    'wellbeing'

    Raises:
        ValueError: An edit does not find its words.
    """
    for walk in _walks(edits):
        text = _replaced(text, _forwards(walk))
    return text


def undo(text: str, edits: Sequence[Edit]) -> str:
    r"""The text before the edits.

    >>> undo("wellbeing", [Edit(4, "-\n", "")])
    'well-\nbeing'

    Raises:
        ValueError: An edit does not find its words.
    """
    for walk in reversed(list(_walks(edits))):
        text = _replaced(text, ((edit.at, edit.after, edit.before) for edit in walk))
    return text


def blocks_of(text: str) -> list[str]:
    """The blocks of a cleaned text that is written out."""
    return text.split(BETWEEN_BLOCKS) if text else []


def verify(source: Sequence[str], cleaned: Cleaned) -> None:
    """Hold the ledger to its promise, for this text.

    Args:
        source: The source's lines.
        cleaned: What was made of them.

    Raises:
        FaultError: The edits do not lead from the source to the text and back; or one of them changes more than
            white space and has no entry in the ledger, or one that says something else.
    """
    text = "\n".join(source)
    blocks = [line.text for line in cleaned.lines]
    try:
        whole = blocks_of(replay(text, cleaned.edits)) == blocks
        whole = whole and undo(BETWEEN_BLOCKS.join(blocks), cleaned.edits) == text
    except ValueError as error:
        raise _fault(str(error)) from None
    if not whole:
        raise _fault("the edits lead to another text.")
    listed = {id(change) for change in cleaned.changes}
    for edit in cleaned.edits:
        if not _is_told(edit) or (edit.entry and id(edit.entry) not in listed):
            raise _fault(f"“{edit.before[:80]}” became “{edit.after[:80]}”, and no entry says so.")


def _fault(what: str) -> FaultError:
    return FaultError(
        f"The ledger does not replay: {what}", "This is a fault of a cleaning rule. Report it with the source."
    )


def _is_told(edit: Edit) -> bool:
    """Whether the entry takes out and puts in the same letters as the edit, white space aside."""
    if edit.entry is None:
        return not edit.before.strip() and not edit.after.strip()
    entry = edit.entry
    return _ink(edit.before) + _ink(entry.after) == _ink(edit.after) + _ink(entry.before)


def _ink(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def _walks(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """The edits in runs that only go down the text."""
    walk: list[Edit] = []
    for edit in edits:
        if walk and edit.at < walk[-1].at + len(walk[-1].after):
            yield walk
            walk = []
        walk.append(edit)
    if walk:
        yield walk


def _forwards(walk: Sequence[Edit]) -> Iterator[_Place]:
    """The edits of a walk with their places in the text before the walk."""
    longer = 0
    for edit in walk:
        yield edit.at - longer, edit.before, edit.after
        longer += len(edit.after) - len(edit.before)


def _replaced(text: str, places: Iterable[_Place]) -> str:
    pieces: list[str] = []
    done = 0
    for at, old, new in places:
        if at < done or not text.startswith(old, at):
            raise ValueError(f"“{old[:80]}” is not at character {at}.")
        pieces += (text[done:at], new)
        done = at + len(old)
    return "".join((*pieces, text[done:]))
