"""Extraction: a file as it was handed in becomes the lines that `source.txt` begins with.

In: a path to a text, a Word or OpenDocument file, a PDF or a picture. Out: `Extracted`. What a file is, its first
bytes tell and not its name. Nothing is corrected here: numbers of lists and marks of notes, which these files work
out anew each time they are shown, are written out, and that is all.
"""

from collections.abc import Callable
from pathlib import Path

from handbill.errors import CallError
from handbill.extract.opendocument import OPEN_DOCUMENT, read_opendocument
from handbill.extract.package import open_package
from handbill.extract.word import WORD_DOCUMENT, read_word
from handbill.files import LARGEST_ORIGINAL, read_bytes
from handbill.model import Extracted

__all__ = ["extract", "load"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def extract(path: Path, raw: bytes) -> Extracted | None:
    """The text of a file; None where text is taken from no such file, so that it must be text itself.

    Args:
        path: Where it is, for messages.
        raw: Its bytes.

    Raises:
        CallError: There is no text in it, or it is of a kind that is not read; the message has the way out.
    """
    reader = _reader(path, raw)
    if reader is None:
        return None
    found = reader(path, raw)
    if not any(c.isalnum() for c in found.text):
        raise CallError(
            f"{path}: there is no text in it.", "Open it and see what it holds; a picture is scanned anew."
        )
    return found


def load(path: Path) -> bytes:
    """The bytes of a file that may be extracted.

    Raises:
        CallError: It is missing, empty or too large.
    """
    raw = read_bytes(path, LARGEST_ORIGINAL)
    if not raw:
        raise CallError(f"{path}: the file is empty.", "Copy it once more from where it came from.")
    return raw


def _reader(path: Path, raw: bytes) -> Callable[[Path, bytes], Extracted] | None:
    """What reads a file that begins like this one."""
    if raw.startswith(b"PK\x03\x04"):
        return _package_reader(path, raw)
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise CallError(f"{path}: the file has a password.", "Save it without one, then name that file.")
        raise CallError(f"{path}: this is a file of an old Word (.doc).", "Save it as .docx, then name that file.")
    if raw.startswith(b"{\\rtf"):
        raise CallError(f"{path}: this is a file in Rich Text Format.", "Save it as .docx, then name that file.")
    if raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise CallError(f"{path}: this is a page of the web.", "Print it to a PDF, then name that file.")
    return None


def _package_reader(path: Path, raw: bytes) -> Callable[[Path, bytes], Extracted]:
    with open_package(path, raw) as package:
        if package.typed(*WORD_DOCUMENT).tag == "document":
            return read_word
        if package.kind == OPEN_DOCUMENT:
            return read_opendocument
    raise CallError(
        f"{path}: this is neither a Word file (.docx) nor an OpenDocument text (.odt).",
        "Save the statement as one of them, then name that file.",
    )
