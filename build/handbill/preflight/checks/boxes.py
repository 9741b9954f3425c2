"""Checks of the page's boxes: where the paper is cut, and what stands outside."""

from collections.abc import Iterator

from pikepdf import Array, Page, Rectangle

from handbill.preflight.answers import Answer, any_of, check, failed, skipped
from handbill.preflight.checks.rules import from_rule
from handbill.preflight.subject import Box, Subject

MM = 72 / 25.4
"""Points in a millimetre."""

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height in mm of the papers that statement.toml names."""

_CLOSE = 0.75
"""Points by which two sizes may differ and be the same paper, and by which the box of a letter, which is larger
than its ink, may stand out of the page."""


@check(
    "boxes/size",
    reason="Pages of several sizes, or of a size nobody ordered, are scaled or cut by the printer.",
    source="ISO 32000-1, 14.11.2; statement.toml",
)
def size(subject: Subject) -> Iterator[Answer]:
    """Is every page of the one size that was ordered?"""
    sizes: dict[tuple[float, float], int] = {}
    for number, page in enumerate(subject.pdf.pages, 1):
        box = trim_of(page)
        sizes.setdefault((round(box.width / MM, 1), round(box.height / MM, 1)), number)
    if not sizes:
        yield skipped("The file has no page.")
        return
    first, *others = sizes
    answers = [
        failed("sizes-differ", f"The page is {_size(each)}, the first one {_size(first)}.", sizes[each])
        for each in others
    ]
    ordered = PAPERS.get(subject.copy.version.particulars.paper) if subject.copy else None
    if (
        ordered
        and not subject.is_imposed
        and any(abs(a - b) * MM > _CLOSE for a, b in zip(first, ordered, strict=True))
    ):
        answers.append(failed("another-paper", f"The page is {_size(first)}; ordered: {_size(ordered)}.", 1))
    yield from any_of(answers, _size(first))


def _size(size: tuple[float, float]) -> str:
    return f"{size[0]:g} × {size[1]:g} mm"


def trim_of(page: Page) -> Rectangle:
    """Where a page is cut: its trim box, or what is shown of it where it has none."""
    return Rectangle(Array(page.get("/TrimBox", page.cropbox)))


@check(
    "boxes/bleed",
    reason="Without paint beyond the cut, a knife that is half a millimetre off leaves a white edge.",
    source="practice of print shops: 3 mm",
)
def bleed(subject: Subject) -> Iterator[Answer]:
    """Is there bleed around the trim?"""
    wanted = subject.profile.limits.bleed_mm
    if not wanted:
        yield skipped("No bleed is asked for.")
        return
    answers, least = [], float("inf")
    for number, page in enumerate(subject.pdf.pages, 1):
        trim, outer = trim_of(page), Rectangle(Array(page.get("/BleedBox", page.mediabox)))
        there = min(trim.llx - outer.llx, trim.lly - outer.lly, outer.urx - trim.urx, outer.ury - trim.ury) / MM
        least = min(least, there)
        if there < wanted - 0.05:
            answers.append(failed("no-bleed", f"The bleed is {there:.1f} mm; {wanted:g} mm are needed.", number))
    yield from any_of(answers, f"{least:.1f} mm")


@check(
    "boxes/outside",
    reason="What stands outside the trim is cut off.",
    source="ISO 32000-1, 14.11.2",
)
def outside(subject: Subject) -> Iterator[Answer]:
    """Does every letter stand on the page?"""
    answers, count = [], 0
    for number, (page, boxes) in enumerate(zip(subject.pdf.pages, subject.lines, strict=True), 1):
        if page.get("/Rotate", 0):
            continue
        trim = trim_of(page)
        count += len(boxes)
        over = [_over(box, trim) for box in boxes if _is_text(box)]
        if over and max(over) > _CLOSE:
            answers.append(
                failed("outside-trim", f"Letters stand {max(over) / MM:.1f} mm outside the trim.", number)
            )
    yield from any_of(answers, f"{count} runs of text")


def _is_text(box: Box) -> bool:
    return box[2] > box[0] and box[3] > box[1]


def _over(box: Box, trim: Rectangle) -> float:
    return float(max(trim.llx - box[0], trim.lly - box[1], box[2] - trim.urx, box[3] - trim.ury))


CHECKS = (
    size,
    from_rule(
        "boxes/nested", "nested-boxes", "Boxes that contradict each other are read otherwise by each program."
    ),
    bleed,
    outside,
)
