"""How much of a text comes out of a PDF again, by poppler and by pdfium."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2 as pdfium

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\u00ad\x02]")


_VOWELS = re.compile(" ?[\u064b-\u0655\u0670]")


def by_poppler(pdf: Path, program: str = "pdftotext") -> str:
    """The words of a PDF as poppler's pdftotext writes them."""
    command = [program, "-enc", "UTF-8", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def by_pdfium(pdf: Path) -> str:
    """The words of a PDF as Chromium's reader copies them."""
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def found(texts: Iterable[str], copied: str, spaced: bool, furniture: Sequence[str] = ()) -> float:
    """Share of the words that stand in the copied text as often as in the texts.

    In a script without spaces between words a line, and a page, ends anywhere; there each run of letters is sought
    in the copied text without its line ends, spaces, and what stands between two pages.

    Args:
        texts: What was printed.
        copied: What was read from the file.
        spaced: Whether the script has spaces between words.
        furniture: Regular expressions for running headers and folios, without spaces.
    """
    wanted = Counter(word for text in texts for word in words(text))
    if spaced:
        there = Counter(words(re.sub("\u00ad\\s*", "", copied)))
        return (wanted & there).total() / max(1, wanted.total())
    whole = squeezed(copied)
    for pattern in furniture:
        whole = re.sub(pattern, "", whole)
    hits = sum(min(count, whole.count(word)) for word, count in wanted.items())
    return hits / max(1, wanted.total())


def words(text: str) -> list[str]:
    """Runs of three letters and more, as they would be typed into a search box: Arabic without its vowel signs."""
    plain = _INVISIBLE.sub("", _VOWELS.sub("", unicodedata.normalize("NFC", text)))
    letters = "".join(c if unicodedata.category(c)[0] in "LM" or c in "’'-" else " " for c in plain)
    return [word for word in letters.split() if len(word) >= 3]


def squeezed(text: str) -> str:
    """A text without spaces and invisible signs."""
    return re.sub(r"\s+", "", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
