"""The trail of cleaning: every difference between two states of a text becomes an edit with its entry.

In: the words before and after a rule. Out: `Edit`s, whose `Change` entries name the words, the lines and the
reason. A rule never writes its own entry, so that the ledger cannot say anything else than what happened.
"""

import difflib
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from handbill.clean.replay import written
from handbill.model import Change, Edit, Line, Lines

FARTHEST = 40
"""Tokens within which two readings of a line must meet again; beyond, all that is left counts as one difference."""

MOST_COMPARED = 3_000
"""Lines that are compared one by one where lines moved; time is quadratic in them."""

_TOKENS = re.compile(r"\s+|\S+")


def rule_name(rule: Callable[..., Any]) -> str:
    """A rule's name in the ledger: its function's name with hyphens."""
    return rule.__name__.replace("_", "-")


def rule_reason(rule: Callable[..., Any]) -> str:
    """A rule's reason in the ledger: the first line of its docstring."""
    return (inspect.getdoc(rule) or "").partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ between two readings of a line: where they stood, what they were, what they are."""

    start: int
    stop: int
    before: str
    after: str


def differences(before: str, after: str) -> Iterator[Difference]:
    """The smallest runs of whole words in which two readings differ.

    Where only white space differs, the words on both sides are shown with it, so that an entry can be read.

    >>> [(d.before, d.after) for d in differences("the Iocal court", "the local court")]
    [('Iocal', 'local')]
    >>> [(d.before, d.after) for d in differences("the  court", "the court")]
    [('the  court', 'the court')]
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    offsets = [0]
    for token in old:
        offsets.append(offsets[-1] + len(token))
    spans: list[tuple[int, int, int, int]] = []
    for i, j, k, m in _unequal(old, new):
        if not "".join(old[i:j]).strip() or not "".join(new[k:m]).strip():
            if i > 0 and k > 0:
                i, k = i - 1, k - 1
            if j < len(old) and m < len(new):
                j, m = j + 1, m + 1
        if spans and i <= spans[-1][1]:
            start, _, first, _ = spans.pop()
            spans.append((start, j, first, m))
        else:
            spans.append((i, j, k, m))
    if _letters(old) == _letters(new) and any(_letters(old[i:j]) != _letters(new[k:m]) for i, j, k, m in spans):
        spans = [(spans[0][0], spans[-1][1], spans[0][2], spans[-1][3])]  # an entry moves no letter to another
    for i, j, k, m in spans:
        yield Difference(offsets[i], offsets[j], "".join(old[i:j]), "".join(new[k:m]))


def _letters(tokens: Sequence[str]) -> str:
    return "".join(filter(str.isalnum, "".join(tokens)))


def _unequal(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where the tokens differ: from and to in the old ones, from and to in the new ones.

    A rule changes a line here and there, so the next place where both read the same is near, and only what lies
    before it is compared thoroughly: time is linear in the line, which a thorough comparison's is not.
    """
    i = k = 0
    while i < len(old) or k < len(new):
        if i < len(old) and k < len(new) and old[i] == new[k]:
            i, k = i + 1, k + 1
            continue
        j, m = _meeting(old, new, i, k)
        if j - i > FARTHEST or m - k > FARTHEST:
            yield i, j, k, m
        else:
            matcher = difflib.SequenceMatcher(None, old[i:j], new[k:m], autojunk=False)
            for tag, start, stop, first, last in matcher.get_opcodes():
                if tag != "equal":
                    yield i + start, i + stop, k + first, k + last
        i, k = j, m


def _meeting(old: Sequence[str], new: Sequence[str], i: int, k: int) -> tuple[int, int]:
    """The nearest places from which both read the same: a word, white space and a word, or the end."""
    for far in range(1, FARTHEST + 1):
        for ahead in range(far + 1):
            j, m = i + far - ahead, k + ahead
            if j > len(old) or m > len(new):
                continue
            same = old[j : j + 2] == new[m : m + 2]
            if same or (old[j : j + 1] == new[m : m + 1] and not old[j].isspace()):
                return j, m
    return len(old), len(new)


def made_in(text: str, found: Sequence[Difference]) -> str:
    """The text with the differences made in it."""
    pieces: list[str] = []
    done = 0
    for each in found:
        pieces += (text[done : each.start], each.after)
        done = each.stop
    return "".join((*pieces, text[done:]))


def edits_in_line(at: int, lines: Lines, rule: Callable[..., Any], found: Sequence[Difference]) -> list[Edit]:
    """What a rule did to one line, as edits with their entries.

    Args:
        at: Where the line begins in the text.
        lines: The lines of the source that it is from.
        rule: The rule.
        found: The differences it made, in order.
    """
    name, reason = rule_name(rule), rule_reason(rule)
    made: list[Edit] = []
    longer = 0
    for each in found:
        entry = Change(lines, name, each.before, each.after, reason)
        made.append(Edit(at + each.start + longer, each.before, each.after, entry))
        longer += len(each.after) - len(each.before)
    return made


def edit_of_lines(at: int, before: Sequence[Line], after: Sequence[Line], entry: Change | None) -> Edit:
    """The edit that puts lines, each with the space before it, in the place of others.

    Args:
        at: Where the first line's space begins in the text.
        before: The lines that stand there.
        after: The lines that take their place.
        entry: The ledger's entry; none where nothing is changed but white space.
    """
    return Edit(at, written(before), written(after), entry)


def edits_of_moves(before: Sequence[Line], after: Sequence[Line], rule: Callable[..., Any]) -> Iterator[Edit]:
    """The edits of a rule that moves lines or cuts them, each of them a few lines long, with their entries."""
    old, new = ([(line.space, line.text) for line in lines] for lines in (before, after))
    ends = [0, *accumulate(len(space) + len(text) for space, text in new)]
    for i, j, k, m in _moved(old, new):
        texts = ["\n".join(line.text for line in part) for part in (before[i:j], after[k:m])]
        if texts[0] == texts[1]:
            at = ends[k]
            for line, now in zip(before[i:j], after[k:m], strict=True):
                yield Edit(at, line.space, now.space)
                at += len(now.space) + len(now.text)
            continue
        touched = (*before[i:j], *after[k:m])
        lines = (min(line.first for line in touched), max(line.last for line in touched))
        entry = Change(lines, rule_name(rule), texts[0], texts[1], rule_reason(rule))
        yield edit_of_lines(ends[k], before[i:j], after[k:m], entry)


def _moved(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, int, int]]:
    """Where the lines differ: from and to in the old ones, from and to in the new ones.

    The lines above and below are the same and need no comparing; nor do more than a long list has.
    """
    head = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    head = min(len(old), len(new)) if head is None else head
    foot = 0
    while foot < min(len(old), len(new)) - head and old[-1 - foot] == new[-1 - foot]:
        foot += 1
    stop, end = len(old) - foot, len(new) - foot
    if max(stop, end) - head > MOST_COMPARED:
        yield head, stop, head, end
        return
    matcher = difflib.SequenceMatcher(None, old[head:stop], new[head:end], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield head + i, head + j, head + k, head + m
