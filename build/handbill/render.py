"""Rendering: HTML becomes pages.

In: a `Composition`. Out: `Pages`, the PDF as WeasyPrint wrote it and what the layout did wrong. Nothing is loaded
but the composition's own assets: no network, no file, no font of the machine. What the renderer warns about is an
error, because a warning nobody reads is a wrong glyph in print. Only this module, `engine` and `tagging` know it.
"""

import atexit
import logging
import os
import re
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from math import inf
from pathlib import Path
from typing import Any

from handbill.engine import EnoughError, at_most, extended
from handbill.errors import FaultError
from handbill.model import Asset, Assets, Composition, Extent, Finding, Pages

TOLERANCE = 0.5
"""CSS px by which a box may stand out of its column: rounding, not overflow."""

MM_PER_PX = 25.4 / 96

EVERY = 10_000
"""More pages than are ever laid out to be counted."""

TORN = "torn-row"
"""Code of the finding that a row begins on one page in one language, and on the next one in the other."""

_SHORTER = {
    "summary": "Take items out of summary.toml",
    "card": "Choose what is said by passages under [oral] in statement.toml",
}
"""What makes a part shorter that must be one page."""

_REPORT = "Report this with the statement it is about."

_FACE = re.compile(r"@font-face \{[^}]*\}")

_NO_FONTS = '<?xml version="1.0"?><fontconfig><cachedir>{folder}</cachedir></fontconfig>'


def render(composition: Composition) -> Pages:
    """Lay a composition out and write it as PDF.

    Raises:
        FaultError: The renderer cannot be loaded, warned about something, or was asked for a file it may not load.
    """
    with _engine(composition) as document:
        pdf = document.write_pdf(pdf_tags=True)
        return Pages(pdf, len(document.pages), tuple(_findings(document, composition.one_page)))


def render_within(composition: Composition, most: int) -> Pages | None:
    """The pages of a composition; none where there are more than these.

    Raises:
        FaultError: As for `render`.
    """
    try:
        with at_most(most):
            return render(composition)
    except EnoughError:
        return None


def extent(composition: Composition, most: int = EVERY) -> Extent:
    """How many pages a composition takes, and how full it makes them; nothing is written.

    Args:
        composition: What to lay out.
        most: Pages after which it is enough to know that there are more.

    Raises:
        FaultError: As for `render`.
    """
    try:
        with at_most(most), _engine(composition) as document:
            pages = document.pages
            return Extent(len(pages), sum(_height(page._page_box) for page in pages) / pages[0]._page_box.height)
    except EnoughError:
        return Extent(most + 1, inf)


def _height(page: Any) -> float:
    """From the top of a page's text area to the foot of its lowest line, in CSS px."""
    from weasyprint.formatting_structure.boxes import LineBox

    root, *_ = page.children
    ends = [box.position_y + box.height for box in root.descendants() if isinstance(box, LineBox)]
    return float(max(ends) - page.content_box_y()) if ends else 0.0


@contextmanager
def _engine(composition: Composition) -> Iterator[Any]:
    """Lay a composition out; what is done with the document is under the same guard."""
    assets = composition.assets
    sheets = tuple((url, asset) for url, asset in assets.items() if asset.media_type == "text/css")
    fonts = tuple((url, asset) for url, asset in assets.items() if asset.media_type.startswith("font/"))
    with (
        _loading_fonts_whole(),
        _no_fonts_of_the_machine(),
        _warnings_as_errors(),
        extended(partial(_stylesheet, sheets)) as weasyprint,
    ):
        try:
            page = weasyprint.HTML(string=composition.html, url_fetcher=_fetcher(assets))
            loaded = _loaded_fonts(os.getpid(), tuple(_FACE.findall(composition.html)), fonts)
            yield page.render(pdf_tags=True, font_config=loaded)
        except weasyprint.urls.FatalURLFetchingError as error:
            raise FaultError(f"The page asks for a file that it may not load: {error}.", _REPORT) from error


@contextmanager
def _loading_fonts_whole() -> Iterator[None]:
    """Forget all loaded fonts after a fault: a file of theirs may be there in part."""
    try:
        yield
    except EnoughError:
        raise
    except BaseException:
        _loaded_fonts.cache_clear()
        raise


@lru_cache(maxsize=8)
def _loaded_fonts(process: int, rules: tuple[str, ...], files: tuple[tuple[str, Asset], ...]) -> Any:
    """What the renderer has loaded of these files by these rules, kept for the next page in the same fonts."""
    from weasyprint.text.fonts import FontConfiguration

    class LoadedFonts(FontConfiguration):  # type: ignore[misc, unused-ignore]
        """Fonts in a folder of their own, which a process that was forked leaves to the one that made it."""

        def __del__(self) -> None:
            if os.getpid() == process:
                super().__del__()

    return LoadedFonts()


atexit.register(_loaded_fonts.cache_clear)


@lru_cache(maxsize=16)
def _stylesheet(sheets: tuple[tuple[str, Asset], ...], url: str) -> Any:
    """One of these stylesheets with all that it imports; it holds no font and no numerals, which are of a page.

    Raises:
        FaultError: The renderer warned about it.
    """
    import weasyprint

    with _warnings_as_errors():
        return weasyprint.CSS(url=url, url_fetcher=_fetcher(dict(sheets)))


def _fetcher(assets: Assets) -> Any:
    """A fetcher that knows the assets and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class AssetFetcher(URLFetcher):  # type: ignore[misc, unused-ignore]
        """Serves the composition's assets; any other address stops the build."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The asset of this address."""
            asset = assets.get(url)
            if asset is None:
                raise FatalURLFetchingError(f"not an asset of the page: {url[:100]}")
            return URLFetcherResponse(url, body=asset.content, headers={"Content-Type": asset.media_type})

    return AssetFetcher(allowed_protocols={"asset"}, allow_redirects=False)


@contextmanager
def _no_fonts_of_the_machine() -> Iterator[None]:
    """Hide the machine's fonts: fontconfig reads a configuration that names no folder."""
    former = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="handbill-") as folder:
        configuration = Path(folder) / "fonts.conf"
        configuration.write_text(_NO_FONTS.format(folder=folder))
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
                yield
        finally:
            if former is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = former


@contextmanager
def _warnings_as_errors() -> Iterator[None]:
    """Refuse what WeasyPrint and its font library warn about.

    Raises:
        FaultError: They did.
    """
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    collector = Collector(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [collector], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
    if said:
        raise FaultError("The renderer warned:\n" + "\n".join(said), _REPORT)


def _findings(document: Any, one_page: str) -> Iterator[Finding]:
    """What a reader would see wrong: words out of their column or off the page, a part over its one page."""
    for number, page in enumerate(document.pages, 1):
        for words, over in _overflows(page._page_box):
            yield Finding(
                "overflow",
                f"Page {number}: “{words}” stands {over:.1f} mm out of its column. Shorten it or break it.",
                number,
            )
    if one_page:
        yield from _over_one_page(document, one_page)
    yield from _torn_rows(document)


def _over_one_page(document: Any, part: str) -> Iterator[Finding]:
    """A first part that runs over its page, up to the part that follows it or to the end."""
    follows = (n for n, page in enumerate(document.pages, 1) if {"text", "signatories"} & set(page.anchors))
    pages = document.pages[: next(follows, len(document.pages) + 1) - 1]
    if len(pages) > 1:
        over = sum(len(_words_in(page._page_box).split()) for page in pages[1:])
        yield Finding(
            f"{part}-over-one-page",
            f"The {part} takes {len(pages)} pages; it must be one, and about {over} words are too many even in "
            f"the smallest type. {_SHORTER[part]}, or shorten the translation.",
            2,
        )


def _torn_rows(document: Any) -> Iterator[Finding]:
    """Rows of two languages of which one column has its first line on another page than the other has."""
    begins: dict[Any, dict[Any, int]] = {}
    for number, page in enumerate(document.pages, 1):
        for row, column in _columns_with_lines(page._page_box, None, None):
            begins.setdefault(row, {}).setdefault(column, number)
    for row, columns in begins.items():
        pages = sorted(set(columns.values()))
        if len(pages) > 1:
            block = row.get("id", "")
            yield Finding(
                TORN,
                f"Page {pages[0]}: {block} begins here in one language, and on page {pages[-1]} in the other.",
                pages[0],
                block,
            )


def _columns_with_lines(box: Any, row: Any, column: Any) -> Iterator[tuple[Any, Any]]:
    """Each row and column in which there is a line, once for each line."""
    from weasyprint.formatting_structure.boxes import LineBox

    classes = (box.element.get("class") or "").split() if box.element is not None else ()
    if "pair" in classes:
        row = box.element
    elif "column" in classes:
        column = box.element
    if column is not None and isinstance(box, LineBox):
        yield row, column
    for child in getattr(box, "children", ()):
        yield from _columns_with_lines(child, row, column)


def _overflows(page: Any) -> Iterator[tuple[str, float]]:
    """Words that stand out of their column, or below the page's text area, with the distance in mm."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    bottom = page.content_box_y() + page.height

    def walk(box: Any, left: float, right: float, in_flow: bool) -> Iterator[tuple[str, float]]:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
            in_flow = False
        if isinstance(box, boxes.MarginBox) or box.style["position"] == "fixed":
            return
        if isinstance(box, boxes.TextBox) and box.text.strip():
            over = right - left and max(left - box.position_x, box.position_x + box.width - right)
            if in_flow and over > TOLERANCE:
                yield box.text.strip()[:60], over * MM_PER_PX
        if isinstance(box, boxes.LineBox):
            # The line, not its text: a tall face reaches out of a line that is set solid, without any ink there.
            below = box.position_y + box.height - bottom
            if in_flow and below > TOLERANCE:
                yield _words_in(box)[:60], below * MM_PER_PX
        if isinstance(box, boxes.BlockContainerBox):
            # A box that is wider than the one it stands in takes its words along, and they would look at home.
            over = max(left - box.position_x, box.position_x + box.margin_width() - right)
            if in_flow and over > TOLERANCE:
                yield _words_in(box)[:60], over * MM_PER_PX
            left, right = box.content_box_x(), box.content_box_x() + box.width
        for child in getattr(box, "children", ()):
            yield from walk(child, left, right, in_flow)

    yield from walk(page, page.position_x, page.position_x + page.margin_width(), True)


def _words_in(box: Any) -> str:
    """The words in a box, without those in the page's margins."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox):
        return ""
    return str(getattr(box, "text", "")) or " ".join(filter(None, map(_words_in, getattr(box, "children", ()))))
