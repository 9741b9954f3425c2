"""Collation: names in the order of a language's alphabet.

In: a language. Out: the key by which names are sorted. The order is that of the Unicode Collation Algorithm with
its default table (pyuca, MIT; the table of Unicode 9 whatever the Python), and what a pack says of its own letters.
ICU, which has every language's own order, is 43 MB of library. Chinese comes by code point, not by pinyin.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pyuca.collator import Collator_9_0_0

from handbill.languages import Language

LONGEST_NUMBER = 12
"""Digits that numbers are filled up to, so that 969 comes before 8888."""

_AFTER_ALL = "\U0010fffd"
"""No letter, and in the order behind every one: what follows n is behind n with any letter."""

_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ‘"))

Key = Callable[[str], tuple[int, ...]]


def collation_key(language: Language) -> Key:
    """The key that sorts names: "The" counts, signs do not, digits come before letters and by what they are worth.

    >>> from handbill.languages import load_language
    >>> names = ["Ñandú", "#Nation", "Nz", "“Éa” Group", "Ez", "The A", "Tax", "8888", "969"]
    >>> " < ".join(sorted(names, key=collation_key(load_language("es"))))
    '969 < 8888 < “Éa” Group < Ez < #Nation < Nz < Ñandú < Tax < The A'
    """
    after = {letter: f"{before}{_AFTER_ALL}" for letter, before in language.pack.sorted_after.items()}
    after |= {letter.upper(): behind.upper() for letter, behind in after.items()}
    table = str.maketrans(after)

    def key(name: str) -> tuple[int, ...]:
        bare = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
        words = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in bare).split()
        padded = re.sub(r"\d+", lambda run: run[0].zfill(LONGEST_NUMBER), " ".join(words))
        return tuple(_collator().sort_key(padded.translate(table)))

    return key


@lru_cache(maxsize=1)
def _collator() -> Collator_9_0_0:
    return Collator_9_0_0()
