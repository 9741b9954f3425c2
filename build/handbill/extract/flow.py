"""The text of a document in its order: blocks, the notes that are called in them, and tables.

In: blocks as a reader of one kind of file finds them. Out: the text of `source.txt`, one block after the other with
an empty line between them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from handbill.extract.names import NUMBER, Heading, Rows, language_of, left_out, names_of
from handbill.model import Extracted
from handbill.numbering import is_sentence

_SPACE = re.compile(r"[^\S\n\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a document.

    Attributes:
        text: Its words; a line end inside it as a newline.
        number: What the file works out to stand before it.
        notes: The notes that are called in it, each with its mark, in order.
        rank: 0 for a title, 1 to 9 for a heading of that level, None for text.
        size: The size of its largest type in points; 0 where it is that of the document.
    """

    text: str
    number: str = ""
    notes: tuple[str, ...] = ()
    rank: int | None = None
    size: float = 0

    @property
    def words(self) -> str:
        """The text with its number before it."""
        text = tidy(self.text)
        return f"{self.number} {text}" if self.number and text else text


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, each of them blocks; how many rows the file marks as headers."""

    rows: tuple[tuple[tuple["Block | Table", ...], ...], ...]
    heads: int = 0


Piece = Block | Table


def extracted(pieces: Sequence[Piece], how: str, remarks: Iterable[str], language: str) -> Extracted:
    """The pieces as the text of a source, and what is to be known of them.

    Args:
        pieces: The blocks and tables of a document.
        how: What they were taken from.
        remarks: What is to be known of the file.
        language: BCP 47 tag of the text; "" to tell it by its words.
    """
    words = "\n".join(block.words for block in blocks(pieces))
    reading = _Reading(language_of(words, language))
    text = "\n\n".join(reading.lines(pieces)) + "\n"
    notes = (*remarks, *table_remarks(pieces, reading.named), *left_out(reading.rows.headers))
    return Extracted(text, how, notes, title_of(pieces), countries=tuple(reading.rows.countries))


@dataclass
class _Reading:
    """Reads pieces from the first to the last.

    Attributes:
        language: The tag of the text's pack, or empty.
        rows: Those of tables of names.
        named: How many tables were read as names.
    """

    language: str
    rows: Rows = field(default_factory=Rows)
    named: int = 0

    def lines(self, pieces: Iterable[Piece]) -> Iterator[str]:
        """The lines of the text."""
        heading = Heading(self.language)
        for piece in pieces:
            if isinstance(piece, Table) and heading.is_above and _is_flat(piece):
                yield from self._names(piece)
                continue
            for block in blocks([piece]):
                heading.pass_by(block.words)
                yield from _lines(block)

    def _names(self, table: Table) -> Iterator[str]:
        self.named += sum(map(len, table.rows)) > 1
        rows = [tuple(_words(cell) for cell in row) for row in table.rows]
        for row, cells, names in zip(table.rows, rows, names_of(rows, table.heads, self.language), strict=True):
            yield from self.rows.lines(cells, names)
            for block in (block for cell in row for block in blocks(cell)):
                yield from filter(None, map(tidy, block.notes))


def _is_flat(table: Table) -> bool:
    """Whether no cell has more than one block that is not empty."""
    return all(sum(bool(block.words) for block in blocks(cell)) < 2 for row in table.rows for cell in row)


def _words(cell: Iterable[Piece]) -> str:
    """The words of a cell in one line; its number, where it has no other."""
    return " ".join(block.words or block.number for block in blocks(cell)).replace("\n", " ").strip()


def _lines(block: Block) -> Iterator[str]:
    lines = block.words.split("\n")
    if any(map(is_sentence, lines)):
        yield block.words  # broken as it was set once
    else:
        yield from filter(None, lines)  # an address, or names
    yield from filter(None, map(tidy, block.notes))


def blocks(pieces: Iterable[Piece]) -> Iterator[Block]:
    """The blocks one after the other, tables row by row."""
    for piece in pieces:
        if isinstance(piece, Block):
            yield piece
        else:
            for row in piece.rows:
                yield from _entry(row) or (block for cell in row for block in blocks(cell))


def table_remarks(pieces: Iterable[Piece], named: int) -> Iterator[str]:
    """What is to be known of tables that have more than one cell, but for those that were read as names."""
    found = sum(isinstance(piece, Table) and sum(map(len, piece.rows)) > 1 for piece in pieces) - named
    if found > 0:
        count = "a table: it was" if found == 1 else f"{found} tables: they were"
        yield (
            f"There is {count} read row by row, cell by cell; where the first cell is a number, the others follow "
            "it, with commas between them. Compare the names and their order with the file."
        )


def title_of(pieces: Iterable[Piece]) -> str:
    """What the file sets as its title: in the style of that name, as the one first heading, in the largest type."""
    pieces = list(pieces)
    ranked = [block for block in blocks(pieces) if block.rank in (0, 1) and block.words]
    titles = [block for block in ranked if block.rank == 0]
    if titles:
        return titles[0].words.replace("\n", " ")
    if len(ranked) == 1:
        return ranked[0].words.replace("\n", " ")
    sized = [block for block in blocks(pieces) if block.size and block.words]
    largest = [block for block in sized if block.size == max(each.size for each in sized)]
    return largest[0].words.replace("\n", " ") if len(largest) == 1 else ""


def _entry(row: Sequence[tuple[Piece, ...]]) -> list[Block]:
    """A row whose first cell is a number, as one entry of a list: "3. River Watch, Valleria"; else nothing."""
    cells = [list(blocks(cell)) for cell in row]
    filled = [[block for block in cell if block.words or block.number] for cell in cells]
    if len(filled) < 2 or any(len(cell) > 1 for cell in filled) or not filled[0]:
        return []
    first = filled[0][0]
    number = NUMBER.fullmatch(first.words or first.number)
    words = [cell[0].text for cell in filled[1:] if cell and cell[0].text.strip()]
    if not number or not words:
        return []
    notes = tuple(note for cell in filled for block in cell for note in block.notes)
    return [Block(", ".join(tidy(each).replace("\n", " ") for each in words), f"{number[1]}.", notes)]


def tidy(text: str) -> str:
    """The text without white space at the edges of its lines; tabs and runs of spaces are one space."""
    return "\n".join(line for each in text.split("\n") if (line := _SPACE.sub(" ", each).strip()))
