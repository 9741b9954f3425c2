"""Checks of the tags: whether a file can be heard as well as seen."""

from collections.abc import Iterator
from itertools import pairwise

from pikepdf import Dictionary

from handbill.preflight.answers import Answer, any_of, check, failed, skipped
from handbill.preflight.subject import Subject

_UNTAGGED = "The file has no tags."


@check(
    "tags/whole",
    reason="What has no tag is not heard, and no reader can tell it from an ornament.",
    source="ISO 14289-1, 7.1; ISO 32000-1, 14.8.2",
)
def whole(subject: Subject) -> Iterator[Answer]:
    """Is all that is painted either in the structure or marked as furniture?"""
    root = subject.pdf.Root
    if subject.structure is None or not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield failed("untagged", _UNTAGGED)
        return
    answers = []
    if not str(root.get("/Lang", "")):
        answers.append(failed("no-language", "The file does not say in what language it is."))
    pages = dict.fromkeys(paint.page for paint in subject.painted.paints if not paint.tag)
    answers += [failed("unmarked-content", "Something is painted that has no tag.", page) for page in pages]
    held = {(each.piece.page, each.piece.number) for each in subject.structure.contents}
    loose = {
        piece.page: piece
        for piece in subject.painted.pieces
        if piece.number is not None and piece.shown and (piece.page, piece.number) not in held
    }
    answers += [
        failed("lost-content", "Words on the page are in no place of the structure.", page) for page in loose
    ]
    yield from any_of(answers, f"{len(held)} pieces in the structure")


@check(
    "tags/headings",
    reason="Listeners go from heading to heading; a level left out looks like a part that is missing.",
    source="ISO 14289-1, 7.4.2",
)
def headings(subject: Subject) -> Iterator[Answer]:
    """Do headings begin with the first level and leave none out?"""
    if subject.structure is None:
        yield skipped(_UNTAGGED)
        return
    found = list(subject.structure.all(*(f"H{level}" for level in range(1, 7))))
    if not found:
        yield skipped("No headings.")
        return
    levels = [int(each.role[1]) for each in found]
    answers = []
    if levels[0] != 1:
        answers.append(
            failed("first-heading", f"“{found[0].text[:40]}” is of level {levels[0]}.", place=found[0].role)
        )
    answers += [
        failed("skipped-level", f"A heading of level {below} follows one of level {above}.")
        for above, below in pairwise(levels)
        if below > above + 1
    ]
    yield from any_of(answers, f"{len(found)} headings")


@check("tags/pictures", reason="A picture without words is a gap for who cannot see it.", source="ISO 14289-1, 7.3")
def pictures(subject: Subject) -> Iterator[Answer]:
    """Has every picture words that stand for it?"""
    if subject.structure is None:
        yield skipped(_UNTAGGED)
        return
    figures = list(subject.structure.all("Figure"))
    if not figures:
        yield skipped("No pictures.")
        return
    dumb = [each for each in figures if not each.said.get("Alt") and not each.said.get("ActualText")]
    yield from any_of(
        [failed("no-alternative", "A picture has no alternative text.", each.page) for each in dumb],
        "; ".join(each.said.get("Alt", "")[:80] for each in figures),
    )


CHECKS = (whole, headings, pictures)
