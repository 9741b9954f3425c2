"""Visible: what steers a terminal or turns a line around is shown as what it is.

In: words from anywhere. Out: the same words, with each control character, each override of the reading direction
and each half of a surrogate pair by its number. Whoever shows words outside a page (a message, a proof, JSON) asks
here.
"""

import re

STEERING = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # controls but the tab and the line's end: a terminal obeys them
    "\u2028\u2029"  # ends of lines and paragraphs, which no line of a message expects
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction (UAX 9, 2.1 to 2.4)
    "\ud800-\udfff]"
)
"""One character that no printed word has, and that changes how the words about it are seen."""


def visible(text: str) -> str:
    r"""The text with its steering characters by their numbers.

    >>> visible("Amnesty\x1b[2J \u202egnp.exe")
    'Amnesty‹U+001B›[2J ‹U+202E›gnp.exe'
    """
    return STEERING.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def visible_json(text: str) -> str:
    r"""A JSON document that holds none of them, and means the same.

    >>> print(visible_json('"\u202egnp.exe"'))
    "\u202egnp.exe"
    """
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
