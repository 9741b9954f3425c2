"""Checks of lines: what a typesetter looks for at the head and foot of a page and at a paragraph's end.

The lines are taken from the structure, which knows what belongs to a paragraph over pages and columns.
"""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from handbill.preflight.answers import Answer, any_of, check, failed, skipped, warned
from handbill.preflight.reading import Element, Line
from handbill.preflight.subject import Subject

_HEADINGS = ("H", "H1", "H2", "H3", "H4", "H5", "H6")
_UNTAGGED = "Without tags nobody can tell what is a paragraph."
_SHOWN = 40
"""Characters of a line that are quoted."""


@check(
    "lines/column",
    reason="What runs out of its column is cut off, or stands on what is beside it.",
    source="measured while the page is laid out",
)
def column(subject: Subject) -> Iterator[Answer]:
    """Does every word stand in its column?"""
    found = subject.layout_findings
    if found is None:
        yield skipped("Seen only while the page is laid out, in `handbill build`.")
        return
    yield from any_of(
        [failed(each.code, each.message.removeprefix(f"Page {each.page}: "), each.page) for each in found],
        "every line",
    )


@check("lines/heading", reason="A heading alone at a page's foot heads nothing.", source="practice of typesetters")
def heading(subject: Subject) -> Iterator[Answer]:
    """Does every heading stand on the page of what it heads?"""
    structure = subject.upright.structure
    if structure is None:
        yield skipped(_UNTAGGED)
        return
    blocks = [block for block in structure.all(*_HEADINGS, "P", "LI") if block.lines]
    answers = [
        failed(
            "stranded-heading", f"“{one.text[:_SHOWN]}” stands alone at the foot.", one.pages[-1], one.text[:_SHOWN]
        )
        for one, following in pairwise(blocks)
        if one.role in _HEADINGS and following.pages[0] > one.pages[-1]
    ]
    headings = sum(block.role in _HEADINGS for block in blocks)
    yield from any_of(answers, f"{headings} headings")


@check(
    "lines/widow",
    reason="A paragraph's last line alone at the head of a page is read apart from its sentence.",
    source="practice of typesetters: two lines at least",
)
def widow(subject: Subject) -> Iterator[Answer]:
    """Is no paragraph's last line alone at the head of a page?"""
    yield from _parted(subject, "widow", -1, "The last line of a paragraph stands alone at the head")


@check(
    "lines/orphan",
    reason="A paragraph's first line alone at the foot of a page is read apart from its sentence.",
    source="practice of typesetters: two lines at least",
)
def orphan(subject: Subject) -> Iterator[Answer]:
    """Is no paragraph's first line alone at the foot of a page?"""
    yield from _parted(subject, "orphan", 0, "The first line of a paragraph stands alone at the foot")


def _parted(subject: Subject, code: str, at: int, said: str) -> Iterator[Answer]:
    """Paragraphs of which one line, the first or the last, is alone on its page."""
    paragraphs = _paragraphs(subject, "P", "LI")
    if paragraphs is None:
        yield skipped(_UNTAGGED)
        return
    answers, parted = [], 0
    for lines in paragraphs:
        pages = [line.page for line in lines]
        if len(set(pages)) > 1:
            parted += 1
            if pages.count(pages[at]) == 1:
                words = lines[at].words[:_SHOWN]
                answers.append(warned(code, f"{said}: “{words}”.", pages[at], words))
    yield from any_of(answers, f"{parted} paragraphs run over a page's end")


@check(
    "lines/last-word",
    reason="A syllable alone on a last line leaves a gap like that between two paragraphs.",
    source="practice of typesetters",
)
def last_word(subject: Subject) -> Iterator[Answer]:
    """Has every paragraph's last line more than a short word?"""
    paragraphs = _paragraphs(subject, "P")
    if paragraphs is None:
        yield skipped(_UNTAGGED)
        return
    answers = []
    for lines in paragraphs:
        words = lines[-1].words
        if len(lines) > 1 and 0 < _characters(words) < subject.profile.limits.last_line:
            answers.append(warned("runt", f"A last line is only “{words}”.", lines[-1].page, words))
    yield from any_of(answers, f"{len(paragraphs)} paragraphs")


def _characters(words: str) -> float:
    """The characters of a line without spaces; one of Chinese or Japanese is as wide as two and a half."""
    return sum(
        2.5 if unicodedata.east_asian_width(letter) == "W" else 1 for letter in words if not letter.isspace()
    )


def _paragraphs(subject: Subject, *roles: str) -> list[list[Line]] | None:
    """The lines of each element of these roles; None where the file has no structure."""
    structure = subject.upright.structure
    if structure is None:
        return None
    return [lines for element in structure.all(*roles) if not _holds_others(element) and (lines := element.lines)]


def _holds_others(element: Element) -> bool:
    return any(inner is not element for inner in element.all("P", "LI"))


CHECKS = (column, heading, widow, orphan, last_word)
