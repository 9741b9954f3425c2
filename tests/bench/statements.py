"""Statements of any size, made of the first one's words, for benchmarks."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from measuring import SEED

FORM = """\
title = "{title}"
language = "en"
published = 2025-06-02
online = "https://example.org/statement"
languages = ["en"]
"""
TOWNS = ("Ardal", "Bonito", "Castell", "Dvorec", "Esteli", "Figuig", "Gondar", "Huesca", "Ilomba", "Jerash")
LETTERS_OF_A_PAGE = 3000
"""What stands on one page of A4."""


def statement(folder: Path, signatories: int, pages: int) -> Path:
    """Write a statement with so many names and pages of text into a folder, which is made."""
    folder.mkdir(parents=True)
    (folder / "statement.toml").write_text(
        FORM.format(title="The Council must act on the valley"), encoding="utf-8"
    )
    paragraphs = "\n\n".join(_paragraphs(pages * LETTERS_OF_A_PAGE))
    numbers = range(1, signatories + 1)
    names = "\n".join(f"{n}. Network for Human Rights in {TOWNS[n % 10]} {_in_words(n)}" for n in numbers)
    (folder / "source.txt").write_text(f"{paragraphs}\n\nSignatories:\n\n{names}\n", encoding="utf-8")
    return folder


def _paragraphs(letters: int) -> Iterator[str]:
    """Paragraphs of the first statement's words, in another order each time, until there are letters enough."""
    text = (SEED / "source.txt").read_text("utf-8").partition("\n1. ")[0]
    counts = Counter(text.split())  # what stands there once may be half a word
    words = [each for each in counts if counts[each] > 1 and each.isalpha() and each.islower() and len(each) > 2]
    order = random.Random(7)
    while letters > 0:
        sentences = (f"{' '.join(order.sample(words, 18)).capitalize()}." for _ in range(5))
        paragraph = " ".join(sentences)
        letters -= len(paragraph)
        yield paragraph


def _in_words(number: int) -> str:
    """A name of its own for every signatory, in letters."""
    digits = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
    return " ".join(digits.get(int(digit), "Zero") for digit in str(number))
