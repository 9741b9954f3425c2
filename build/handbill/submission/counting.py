"""Counting: the words of a paper, section by section.

In: a `Paper`. Out: how many words its title, each of its sections and its notes have. A word is what white space
parts from the next, as Word counts, so that a number or a lone dash is one. A no-break space is white space here;
whether Word takes it so was not tried. The lines above the title are not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handbill.model import Kind
from handbill.submission.paper import Paper


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: what it is called, and its words."""

    name: str
    words: int


def count_words(text: str) -> int:
    """How many words a text has.

    >>> count_words("Since 2021, more than 6\N{NO-BREAK SPACE}000 people – a well-known figure")
    11
    """
    return len(text.split())


def by_section(paper: Paper) -> tuple[Section, ...]:
    """The words of a paper: title, what stands before the first heading, each heading with its text, notes."""
    notes = [*paper.title.notes, *(note for each in paper.paragraphs for note in each.notes)]
    found = [Section("title", count_words(paper.title.words)), *_sections(paper)]
    found.append(Section("footnotes", sum(count_words(note.text) for note in notes)))
    return tuple(section for section in found if section.words)


def _sections(paper: Paper) -> Iterator[Section]:
    name, words = "opening", 0
    for paragraph in paper.paragraphs:
        if paragraph.kind is Kind.HEADING:
            yield Section(name, words)
            name, words = f"“{paragraph.words}”", 0
        words += count_words(paragraph.words)
    yield Section(name, words)
