"""Pages: the lines of the pages of a document become its text.

In: the lines of each page. Out: the text of each. Blocks and tables are told apart, a table of those who signed is
read as a list of names, and a note at the foot of a page stands below the block that calls it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handbill.extract.lines import Line, Setting, blocks_of, called, calls_in
from handbill.extract.names import Heading, Named, Rows, names_of
from handbill.extract.tables import Grid, edges_of, parted

Piece = list[Line] | Grid
"""A block, or the rows of a table."""


@dataclass
class Pages:
    """The text of pages.

    Attributes:
        texts: The text of each page.
        rows: Those of tables of names.
    """

    texts: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)


def read_pages(pages: Sequence[Sequence[Line]], setting: Setting, language: str) -> Pages:
    """The text of pages.

    Args:
        pages: The lines of each.
        setting: How they are set.
        language: The tag of the text's pack, or empty.
    """
    edges = edges_of(pages)
    pieces = [list(_pieces(lines, edges, setting)) for lines in pages]
    named = _named(pieces, setting, language)
    found = Pages()
    for place, page in enumerate(pieces):
        written: list[str] = []
        for at in _in_order(page, setting):
            piece = page[at]
            if isinstance(piece, Grid) and (place, at) in named:
                for row, names in zip(piece.rows, named[place, at], strict=True):
                    written += found.rows.lines(row, names)
            elif isinstance(piece, Grid):
                written += [" ".join(filter(None, row)) for row in piece.rows]
            else:
                written.append("\n".join(map(setting.written, piece)))
        found.texts.append("\n\n".join(written))
    return found


def _pieces(lines: Sequence[Line], edges: Sequence[float], setting: Setting) -> Iterator[Piece]:
    for part in parted(lines, edges):
        if isinstance(part, Grid):
            yield part
        else:
            yield from blocks_of(part, setting)


def _named(
    pages: Sequence[Sequence[Piece]], setting: Setting, language: str
) -> dict[tuple[int, int], list[tuple[Named, ...]]]:
    """The names in the rows of each table of those who signed, by its page and its place there."""
    heading = Heading(language)
    under: list[list[tuple[int, int]]] = [[]]
    for place, page in enumerate(pages):
        for at, piece in enumerate(page):
            if isinstance(piece, Grid):
                if heading.is_above:
                    under[-1].append((place, at))
            elif not setting.is_note(piece[0]):
                heading.pass_by(_words(piece))
                if not heading.is_above:
                    under.append([])
    found: dict[tuple[int, int], list[tuple[Named, ...]]] = {}
    for places in under:
        grids = [piece for place, at in places if isinstance(piece := pages[place][at], Grid)]
        names = iter(names_of([row for grid in grids for row in grid.rows], 0, language))
        found |= {key: [next(names) for _ in grid.rows] for key, grid in zip(places, grids, strict=True)}
    return found


def _in_order(page: Sequence[Piece], setting: Setting) -> list[int]:
    """The places of the pieces of a page, each note below the block that calls it.

    One that the last block calls, which may go on overleaf, stays at the foot.
    """
    text = {at: piece for at, piece in enumerate(page) if isinstance(piece, Grid) or not setting.is_note(piece[0])}
    last = max(text, default=0)

    def place(at: int) -> tuple[int, int]:
        if at in text:
            return at, 0
        mark = called(_words(page[at]))
        return next(
            ((caller, at) for caller in text if caller < min(at, last) and mark in calls_in(_words(page[caller]))),
            (at, 0),
        )

    return sorted(range(len(page)), key=place)


def _words(piece: Piece) -> str:
    if isinstance(piece, Grid):
        return ""
    return " ".join(line.text for line in piece)
