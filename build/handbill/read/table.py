"""Tables: the export of a form, CSV or XLSX, becomes rows of text.

In: a path. Out: a `Table`. A CSV may have any usual delimiter and any encoding that `text` reads; of an XLSX the
first sheet is taken, as it was last calculated. Nothing is known here of what the columns mean.
"""

import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from handbill.errors import CallError
from handbill.files import read_bytes
from handbill.model import Row, Table
from handbill.read.text import LARGEST, read_text

LARGEST_WORKBOOK = 4 * LARGEST
"""Bytes of the largest workbook."""

LARGEST_UNPACKED = 67_108_864
"""Bytes that a workbook may have once it is unpacked: a hundred times what a form with 5,000 rows has."""

MOST_ROWS = 10_000
MOST_COLUMNS = 200

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    InvalidFileException,
    SyntaxError,  # of whichever parser of XML
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    OSError,
)
"""What openpyxl raises for a file that is none of its kind; its own code asks little before it reads."""

_DELIMITERS = ",;\t|"
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def read_table(path: Path) -> Table:
    """Read a CSV or XLSX file whose first row that is not empty has the headers.

    Raises:
        CallError: It is missing, no table, too large, or has no row beneath its headers.
    """
    cells = _workbook(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _delimited(path)
    rows: list[Row] = []
    for number, row in cells:
        if any(row):
            rows.append(Row(number, row))
        if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise CallError(
                f"{path}, row {number}: more than {MOST_ROWS} rows or {MOST_COLUMNS} columns.", "Take out the rest."
            )
    if len(rows) < 2:
        raise CallError(f"{path}: there is no row beneath the headers.", "Export the form's answers once more.")
    headers = rows[0].cells
    width = len(headers)
    return Table(headers, tuple(Row(r.number, (*r.cells, *[""] * width)[:width]) for r in rows[1:]))


def _delimited(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    lines, _ = read_text(path)
    head = next(line for line in lines if line.strip())
    delimiter = max(_DELIMITERS, key=lambda sign: _outside_quotes(head).count(sign))
    text = io.StringIO("\n".join(lines), newline="")
    try:
        for number, row in enumerate(csv.reader(text, delimiter=delimiter), 1):
            yield number, _texts(row)
    except csv.Error as error:
        raise CallError(f"{path}: {error}.", "Export the form's answers once more, as CSV or XLSX.") from None


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _workbook(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    raw = io.BytesIO(read_bytes(path, LARGEST_WORKBOOK))
    try:
        with zipfile.ZipFile(raw) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                raise CallError(f"{path}: it unpacks to too much.", "Export the answers alone, without pictures.")
        book = load_workbook(raw, read_only=True, data_only=True)
        try:
            for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                yield number, _texts(row)
        finally:
            book.close()
    except _BROKEN:
        raise CallError(f"{path}: this is no XLSX workbook.", "Export the form's answers as CSV or XLSX.") from None


def _texts(row: Iterable[object]) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in row)


def _text(cell: object) -> str:
    """A cell in one line, without marks that turn the reading direction."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in str(cell))
    return " ".join("".join(c for c in spaced if c not in _TURNING).split())
