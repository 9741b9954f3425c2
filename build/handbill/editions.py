"""Editions: what a brief can be made into, as a table that the command line, the build and the tests all read.

In: an edition's name. Out: an `Edition`. A new edition is one entry here and, if its pages are laid out anew, one
short stylesheet. Several editions are made from one layout: the engine is slow, and what differs between a screen,
an office printer and a print shop is not where the words stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handbill.errors import CallError, did_you_mean


@dataclass(frozen=True, slots=True)
class Edition:
    """A product for one place where a brief goes.

    Attributes:
        name: As typed on the command line.
        layout: Name of the edition whose pages it is made from; its own where it is laid out anew.
        page: What the reader holds.
        purpose: Where it goes.
        promise: What is made sure of.
        stylesheet: File in `styles/editions/`, for one that is laid out anew.
        trims: The page's size for each paper, as a custom property of tokens.css.
        parts: The parts of the page, in order: names of templates in `layout/parts/`.
        title_measure: Width of the title's column, in em of its size at fit 1.
        figure_measure: Width of the row of figures, in em of its notes at fit 1.
        fitted_part: The part whose type is fitted to one page.
        by_default: Whether it is built where no edition is named.
        one_page_summary: Whether the summary must be one page, or may run on where that would take smaller type.
        least_fit: Factor on the type of the summary that it is never fitted under.
        summary_as: The layout by whose page the summary is fitted, as both give it the same room; or its own.
        logos_mm: Width and height of the place that a signatory's logo has, in millimetres; None where it has none.
        is_bilingual: Whether it has a second language beside the first, which the call names.
        fits_names: Whether the names are fitted to one page: never; where they go on one; or they are only counted.
    """

    name: str
    layout: str
    page: str
    purpose: str
    promise: str
    stylesheet: str = ""
    trims: Mapping[str, str] | None = None
    parts: tuple[str, ...] = ("summary", "text", "colophon", "signatories")
    title_measure: float = 22.1
    figure_measure: float = 54.6
    fitted_part: Literal["summary", "card"] = "summary"
    by_default: bool = True
    one_page_summary: Literal["may", "must"] = "must"
    least_fit: float = 0.74
    summary_as: str = ""
    logos_mm: tuple[float, float] | None = None
    is_bilingual: bool = False
    fits_names: Literal["never", "may", "must"] = "never"

    @property
    def has_text(self) -> bool:
        """Whether the full text is in it."""
        return not {"text", "parallel"}.isdisjoint(self.parts)


_FULL = {"a4": "--a4", "letter": "--letter"}
_HALF = {"a4": "--a5", "letter": "--half-letter"}

EDITIONS: Mapping[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition(
            name="screen",
            layout="screen",
            stylesheet="screen.css",
            trims=_FULL,
            page="A4",
            purpose="reading on a screen, screen readers",
            promise="PDF/A-2a and PDF/UA-1, bookmarks, links, metadata from statement.toml only",
            logos_mm=(24, 11),
        ),
        Edition(
            name="office",
            layout="screen",
            page="A4",
            purpose="the office printer, on both sides",
            promise="pure black text, grey, no bleed",
        ),
        Edition(
            name="press",
            layout="screen",
            page="A4 and 3 mm bleed",
            purpose="the print shop",
            promise="PDF/X-4, CMYK with output intent, text in 100 % black, no annotations",
        ),
        Edition(
            name="booklet",
            layout="booklet",
            stylesheet="booklet.css",
            trims=_HALF,
            page="A5 on A4",
            purpose="handing out, folded and stapled",
            promise="its own layout, pages in the order of folding, right-bound where the text runs that way",
            title_measure=20.0,
            figure_measure=40.8,
            one_page_summary="may",
            least_fit=0.94,  # demands of 8 pt
            fits_names="may",
        ),
        Edition(
            name="large-print",
            layout="large-print",
            stylesheet="large-print.css",
            trims=_FULL,
            page="A4, 18 pt",
            purpose="low vision",
            promise="laid out anew: one column, flush left, no hyphens, no italics, nothing smaller than 18 pt",
            title_measure=16.0,
            one_page_summary="may",
            least_fit=1.0,
        ),
        Edition(
            name="sheet",
            layout="sheet",
            stylesheet="sheet.css",
            trims=_FULL,
            page="A4, two sides",
            purpose="handing out in the room",
            promise="one leaf: the summary in front, the signatories behind",
            parts=("summary", "signatories"),
            summary_as="screen",
            fits_names="must",
        ),
        Edition(
            name="card",
            layout="card",
            stylesheet="card.css",
            trims=_FULL,
            page="A4, one side, 16 pt",
            purpose="who speaks in the room",
            promise="what is said, with the time it takes against the limit; pure black text",
            parts=("card",),
            fitted_part="card",
            least_fit=0.78,  # 16 pt
            by_default=False,
        ),
        Edition(
            name="parallel",
            layout="parallel",
            stylesheet="parallel.css",
            trims=_FULL,
            page="A4",
            purpose="two languages side by side",
            promise="a row for each paragraph, PDF/A-2a and PDF/UA-1; built where --with names the second language",
            parts=("parallel", "signatories"),
            title_measure=14.5,
            one_page_summary="may",
            logos_mm=(24, 11),
            is_bilingual=True,
            by_default=False,
        ),
    )
}
"""All editions by name, in the order of the table in README.md."""


def built_by_default() -> tuple[str, ...]:
    """The names of the editions that are built where none is named."""
    return tuple(name for name, edition in EDITIONS.items() if edition.by_default)


def load_edition(name: str) -> Edition:
    """The edition of this name.

    Raises:
        CallError: There is none.
    """
    if name not in EDITIONS:
        raise CallError(f'"{name}": there is no such edition.', did_you_mean(name, EDITIONS))
    return EDITIONS[name]
