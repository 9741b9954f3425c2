"""Decoding: from the bytes of a scan's text to its lines.

In: a path. Out: the lines and what decoding had to change. UTF-8 is taken as such; anything else is detected by
charset-normalizer and said so; text that was decoded wrongly once before (mojibake) is put right by ftfy, which is
told to leave quotation marks alone.
"""

import re
import unicodedata
from pathlib import Path

import ftfy
from charset_normalizer import from_bytes

from handbill.errors import CallError
from handbill.files import read_bytes
from handbill.lexicon import WORD, accented_words
from handbill.model import Change

LARGEST = 1_048_576
"""Bytes of the largest source: one megabyte is some 340 printed pages, more than any statement has."""

LONGEST_LINE = 10_000
"""Characters of the longest line: three printed pages, and more than any paragraph that is a line of its file."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LATIN_ENCODINGS = ("cp1252", "cp1250", "cp1254", "mac_roman")
"""Western, Central European and Turkish Windows, and the old Macintosh: one byte a letter, and alike in ASCII."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Read a text file as lines.

    Returns:
        The lines without their ends, empty ones included; and the changes that decoding made.

    Raises:
        CallError: The file is missing, empty, binary or too large, or a line is too long.
    """
    raw = read_bytes(path, LARGEST)
    text, encoding = _decode(raw, path)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise CallError(f"{path}: the file is empty.", "Put the scan's text in it.")
    lines = tuple(_LINE_END.split(text))
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    if len(lines[longest]) > LONGEST_LINE:
        raise CallError(
            f"{path}, line {longest + 1}: {len(lines[longest])} characters; a line may have {LONGEST_LINE}.",
            "Break it into lines where the paper does, or take it out.",
        )
    changes: list[Change] = []
    if encoding:
        reason = f"The file is not UTF-8. It was read as {encoding}; compare the accents with the paper."
        changes.append(Change((1, len(lines)), "encoding", encoding, "utf-8", reason))
    repaired = [_repair(line) for line in lines]
    for number, (old, new) in enumerate(zip(lines, repaired, strict=True), 1):
        if old != new:
            reason = "These letters were decoded with the wrong encoding before the file was made."
            changes.append(Change((number, number), "mojibake", old, new, reason))
    return tuple(repaired), tuple(changes)


def _decode(raw: bytes, path: Path) -> tuple[str, str]:
    """The text, and the name of its encoding where that is not UTF-8 ("" where it is)."""
    if raw.startswith(_WIDE_MARKS):
        try:
            text = raw.decode("utf-16")
        except UnicodeDecodeError:
            raise _binary(path) from None
        if "\0" in text:
            raise _binary(path)
        return text, "utf_16"
    if _BINARY.search(raw) or raw.startswith(b"%PDF-"):
        raise _binary(path)
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    best = from_bytes(raw).best()
    if best is None:
        raise _binary(path)
    return _likelier((str(best), best.encoding), raw)


def _likelier(detected: tuple[str, str], raw: bytes) -> tuple[str, str]:
    """What was detected, or the one of its kind that makes more words of it.

    Detection goes by bytes, and a few accents tell little: "Niños" was taken for Polish. Among the encodings of
    the Latin script, the accented words that some dictionary has decide; of equals, Windows-1252 is the commonest.
    """
    if not _is_latin(detected[0]):
        return detected
    made = []
    for encoding in _LATIN_ENCODINGS:
        try:
            made.append((raw.decode(encoding), encoding))
        except UnicodeDecodeError:
            continue
    return max([*made, detected], key=lambda reading: _accented_count(reading[0]))


def _is_latin(text: str) -> bool:
    """Whether at least half of the letters beyond ASCII are of the Latin script."""
    letters = [c for c in text if c.isalpha() and not c.isascii()]
    return sum("LATIN" in unicodedata.name(c, "") for c in letters) * 2 >= len(letters)


def _accented_count(text: str) -> int:
    """How many different words with a letter beyond ASCII are in some dictionary of the Latin script."""
    return len({word.lower() for word in WORD.findall(text) if not word.isascii()} & accented_words())


def _binary(path: Path) -> CallError:
    return CallError(
        f"{path}: this is not text.",
        "Save it as plain text (.txt, UTF-8); `handbill new NAME --from FILE` takes the text out of a Word file, a "
        "PDF or a picture.",
    )


def _repair(line: str) -> str:
    """The line with mojibake undone, and nothing else: quotation marks, ligatures and widths stay."""
    return ftfy.fix_encoding(line)
