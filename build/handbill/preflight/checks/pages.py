"""Checks of the pages: how many there are, and whether each is worth its paper."""

from collections import Counter
from collections.abc import Iterator

from handbill.preflight.answers import Answer, any_of, check, failed, skipped, warned
from handbill.preflight.reading import Element
from handbill.preflight.subject import Subject


@check(
    "pages/count",
    reason="One leaf has two sides, and a folded sheet four pages: other numbers do not fit the paper.",
    source="the edition's promise",
)
def count(subject: Subject) -> Iterator[Answer]:
    """Has it as many pages as its edition promises?"""
    there, limits = len(subject.pdf.pages), subject.profile.limits
    answers = []
    if limits.pages and there != limits.pages:
        answers.append(failed("page-count", f"It has {there} pages; it must have {limits.pages}."))
    if there % limits.pages_multiple:
        answers.append(
            failed("page-count", f"It has {there} pages, which is no multiple of {limits.pages_multiple}.")
        )
    if not there:
        answers.append(failed("page-count", "It has no page."))
    yield from any_of(answers, f"{there} pages")


@check("pages/blank", reason="A blank page costs paper, and looks like a fault.", source="ISO 32000-1, 14.8.2.2")
def blank(subject: Subject) -> Iterator[Answer]:
    """Is there something on every page beside header and folio?"""
    read = subject.upright
    if subject.is_imposed and read is subject:
        yield skipped("A side of a folded sheet may be blank, where the pages come to no multiple of four.")
        return
    painted = {paint.page for paint in read.painted.paints if paint.tag != "Artifact"}
    numbers = range(1, len(read.pdf.pages) + 1)
    empty = [number for number in numbers if number not in painted]
    yield from any_of(
        [failed("blank-page", "The page is blank.", number) for number in empty], f"{len(numbers)} pages"
    )


@check(
    "pages/nearly-empty",
    reason="A page with two or three lines is better saved: shorten the text, or let it run tighter.",
    source="practice of typesetters",
)
def nearly_empty(subject: Subject) -> Iterator[Answer]:
    """Is there more than a few lines on every page?"""
    wanted, upright = subject.profile.limits.least_lines, subject.upright
    if upright.structure is None:
        lines = Counter(_lines_by_page(upright))
    else:
        heights = {
            (piece.page, round(piece.place[1]))
            for piece in upright.painted.pieces
            if piece.tag != "Artifact" and piece.place
        }
        lines = Counter(page for page, _ in heights)
    pictured = {paint.page for paint in upright.painted.paints if paint.kind in ("image", "gradient")}
    few = [page for page, times in sorted(lines.items()) if times < wanted and page not in pictured]
    yield from any_of(
        [warned("few-lines", f"The page has {lines[page]} lines of text.", page) for page in few],
        f"at least {min(lines.values())} lines on a page" if lines else "no text",
    )


def _lines_by_page(subject: Subject) -> Iterator[int]:
    """The page of each line of text of a file without structure, header and folio among them."""
    for number, boxes in enumerate(subject.lines, 1):
        yield from (number for _ in {round(box[1]) for box in boxes})


@check("pages/summary", reason="The summary is handed out and copied as one page.", source="the edition's promise")
def summary(subject: Subject) -> Iterator[Answer]:
    """Is the summary on one page?"""
    wanted, structure = subject.profile.limits.summary_pages, subject.upright.structure
    if not wanted:
        yield skipped("The edition lets the summary run on.")
        return
    if structure is None:
        yield skipped("Without tags nobody can tell where the summary ends.")
        return
    section = next((each for each in structure.all("Sect") if _is_summary(each)), None)
    if section is None:
        yield skipped("There is no summary.")
        return
    pages = section.pages
    faults = (
        [failed("summary-over-one-page", f"The summary takes {len(pages)} pages. Shorten it.", pages[1])]
        if len(pages) > wanted
        else []
    )
    yield from any_of(faults, "page 1")


def _is_summary(section: Element) -> bool:
    """Whether a section is the summary: it has the title, and headings of its own."""
    roles = {element.role for element in section.all("H1", "H2")}
    return roles == {"H1", "H2"}


CHECKS = (count, blank, nearly_empty, summary)
