"""Extraction: a file as it was handed in becomes the lines that `source.txt` begins with.

In: a path to a Word or OpenDocument file, a PDF or a picture. Out: `Extracted`. What a file is, its first bytes
tell, and not its name. Nothing is corrected here: numbers of lists and marks of notes, which word processors work
out anew each time they show a file, are written out, and that is all.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from handbill.errors import CallError
from handbill.extract.ocr import PICTURES, Reader, read_pictures
from handbill.extract.opendocument import OPEN_DOCUMENT, read_opendocument
from handbill.extract.package import open_package
from handbill.extract.pdf import read_pdf
from handbill.extract.word import WORD_DOCUMENT, read_word
from handbill.files import LARGEST_ORIGINAL, read_bytes
from handbill.model import Extracted

__all__ = ["extract", "load"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WEB = (b"<!doctype html", b"<html", b"<?xml")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")

_REFUSED = "Save it as {}, then name that file."


def extract(path: Path, raw: bytes, language: str, tell: Callable[[str], None]) -> Extracted | None:
    """The text of a file; None where text is taken from no such file, so that it must be text itself.

    Args:
        path: Where it is, for messages.
        raw: Its bytes.
        language: BCP 47 tag of what a scan is in; "" to tell it by its words.
        tell: Is told how far a scan has been read.

    Raises:
        CallError: There is no text in it, or it is of a kind that is not read; the message has the way out.
        FaultError: It is a scan, and the program that reads scans is not here.
    """
    found = _found(path, raw, Reader(path, language, tell))
    if found and not any(c.isalnum() for c in found.text):
        raise CallError(f"{path}: there is no text in it.", "Open it and see what it holds; scan a picture anew.")
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


def _found(path: Path, raw: bytes, reader: Reader) -> Extracted | None:
    """What is found by whoever reads files that begin like this one."""
    if raw.startswith(b"PK\x03\x04"):
        return _unpacked(path, raw, reader.language)
    if b"%PDF-" in raw[:1024]:
        return read_pdf(path, raw, reader)
    if raw.startswith(PICTURES):
        return read_pictures(path, raw, reader)
    if kind := _unread(raw):
        raise CallError(f"{path}: this is {kind[0]}.", kind[1])
    return None


def _unread(raw: bytes) -> tuple[str, str] | None:
    """What a file is that is not read, and the way out."""
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            return "a file with a password", "Save it without one, then name that file."
        return "a file of an old Word (.doc)", _REFUSED.format(".docx")
    if raw.startswith(b"{\\rtf"):
        return "a file in Rich Text Format", _REFUSED.format(".docx")
    if raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB):
        return "a page of the web, or other XML", "Print it to a PDF, then name that file."
    if raw[4:12] in _HEIC:
        return "a photograph as telephones take them (HEIC)", _REFUSED.format("JPEG or PDF")
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # which UTF-16 begins with
        return "no text, nor a kind of file that text is taken from", _REFUSED.format(".docx, .odt, PDF or .txt")
    return None


def _unpacked(path: Path, raw: bytes, language: str) -> Extracted:
    with open_package(path, raw) as package:
        is_word = package.typed(*WORD_DOCUMENT).tag == "document"
        is_open = package.kind == OPEN_DOCUMENT
    if not (is_word or is_open):
        raise CallError(
            f"{path}: this is neither a Word file (.docx) nor an OpenDocument text (.odt).",
            "Save the statement as one of them, then name that file.",
        )
    read = read_word if is_word else read_opendocument
    return replace(read(path, raw, language), typed=True)
