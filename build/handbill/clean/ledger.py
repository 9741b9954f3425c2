"""The trail of cleaning: every difference between two states of a text becomes an entry.

In: the words before and after a rule. Out: `Change` entries that name the words, the lines and the reason. A
rule never writes its own entry, so that the ledger cannot say anything else than what happened.
"""

import difflib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from handbill.model import Change, Lines

_MANY = 1000
"""Words and spaces of a line that no paper has."""

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
    # Its time grows with the square of the words: of a very long line, the commonest are left out of the search.
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > _MANY)
    spans: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
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
    for i, j, k, m in spans:
        yield Difference(offsets[i], offsets[j], "".join(old[i:j]), "".join(new[k:m]))


def entries(lines: Lines, rule: Callable[..., Any], found: list[Difference]) -> list[Change]:
    """Ledger entries for what a rule did to one line."""
    name, reason = rule_name(rule), rule_reason(rule)
    return [Change(lines, name, each.before, each.after, reason) for each in found]
