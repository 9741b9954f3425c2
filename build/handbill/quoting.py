"""Words quoted from a text, found again in it.

In: a text and words as a person quotes them. Out: the places where they stand. A line end in the quotation stands
for any white space with a line end in it, so that nobody has to count empty lines; everything else must be there
letter for letter.
"""

import re

Place = tuple[int, int]
"""From and to, in characters of the text."""


def pieces(words: str) -> list[str]:
    r"""The words of each printed line of a quotation.

    >>> pieces("well-\n\n being")
    ['well-', 'being']
    """
    parts = [part for part in words.split("\n") if part.strip()]
    starts = [part.lstrip() if position else part for position, part in enumerate(parts)]
    return [*(part.rstrip() for part in starts[:-1]), *starts[-1:]]


def places(text: str, words: str) -> list[Place]:
    r"""Where the words stand in the text.

    >>> places("They are well-\n\n \fbeing.", "well-\nbeing")
    [(9, 23)]
    """
    pattern = r"[^\S\n]*\n\s*".join(re.escape(part) for part in pieces(words))
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []
