"""Scans: the text of pictures of pages, as tesseract reads it.

In: pictures and, if it is known, their language. Out: the text of each. The program is one of the machine's, with
data for each language that is installed on its own; where something of it is missing, the message names it.
"""

import io
import os
import shutil
import struct
import subprocess
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from handbill.errors import CallError, FaultError
from handbill.languages import known_languages, load_language
from handbill.lexicon import guess_language
from handbill.model import Extracted

MOST_PICTURES = 200
FEWEST_DPI = 70
"""Dots per inch from which what a file says of them is believed."""

SECONDS = 180
"""That one page may take."""

PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")
"""How PNG, JPEG, TIFF and GIF begin."""

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF")
_BROKEN = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, OverflowError),
    *(struct.error, zlib.error, AttributeError, NotImplementedError),
)
"""What Pillow raises for a picture that is damaged."""


@dataclass
class Reader:
    """Reads pictures of the pages of one file.

    Attributes:
        path: The file, for messages.
        language: BCP 47 tag; "" to tell it by the words of the first page.
        tell: Is told how far it is.
        notes: What is to be known of the reading.
    """

    path: Path
    language: str
    tell: Callable[[str], None]
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What reads, with its release and the language it reads."""
        return f"read by tesseract {self._release} ({self._code})"

    def read(self, pictures: Iterable[Image.Image], count: int) -> Iterator[str]:
        """The text of each picture.

        Raises:
            FaultError: The program, or what it needs for the language, is not here.
            CallError: The language is not clear.
        """
        for number, picture in enumerate(pictures, 1):
            raw = _as_png(picture)
            if number == 1:
                self._code = self._choose(raw)
                self.notes.append("It is a scan: compare every word with the paper, names and numbers first.")
            self.tell(f"{self.path}: page {number} of {count}, read by tesseract")
            yield self._run(raw, self._code)

    def _choose(self, first: bytes) -> str:
        """What tesseract calls the language that was asked for, or that the first page seems to be in."""
        if self.language:
            return self._data(self.language)
        readable = {tag: code for tag, code in _codes().items() if code in self._installed}
        if not readable:
            raise self._lacking("eng")
        text = self._run(first, "+".join(sorted(set(readable.values()))))
        if not any(map(str.isalpha, text)):
            raise CallError(f"{self.path}: there is no text in it.", "See what it shows; scan a page of text anew.")
        guessed = guess_language(text)
        tags = [tag for tag in _codes() if tag.partition("-")[0] == guessed]
        if not tags:
            known = ", ".join(readable)
            raise CallError(
                f"{self.path}: the language of the scan is not clear; tesseract has data for {known}.",
                f"Name it with -l, or install the data of another: {_install('LANGUAGE')}",
            )
        return self._data(tags[0])

    def _data(self, tag: str) -> str:
        code = load_language(tag).pack.ocr
        if not code:
            raise CallError(
                f"{self.path}: this is a scan, and tesseract reads no {load_language(tag).pack.name}.",
                "Have it typed, and name the text.",
            )
        if code not in self._installed:
            raise self._lacking(code)
        return code

    def _lacking(self, code: str) -> FaultError:
        return FaultError(
            f"{self.path}: this is a scan, and tesseract has no data to read it in its language ({code}).",
            f"Install it: {_install(code)}; or have the scan read elsewhere, and name its text.",
        )

    @cached_property
    def _program(self) -> str:
        program = shutil.which("tesseract")
        if program is None:
            raise FaultError(
                f"{self.path}: this is a scan, and tesseract, which reads scans, is not installed.",
                f"Install it: {_install('eng')}; or have the scan read elsewhere, and name its text.",
            )
        return program

    @cached_property
    def _installed(self) -> frozenset[str]:
        listed = self._call("--list-langs").decode("utf-8", "replace").splitlines()
        return frozenset(line.strip() for line in listed[1:])

    @cached_property
    def _release(self) -> str:
        return self._call("--version").decode("utf-8", "replace").split()[1]

    def _run(self, picture: bytes, code: str) -> str:
        return self._call("stdin", "stdout", "-l", code, given=picture).decode("utf-8", "replace")

    def _call(self, *arguments: str, given: bytes = b"") -> bytes:
        # One thread: the order of its sums, and so its reading, may depend on how many there are.
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(
                [self._program, *arguments], input=given, capture_output=True, timeout=SECONDS, env=environment
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise FaultError(
                f"{self.path}: tesseract did not answer ({error}).", "Try it with fewer pages."
            ) from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()[-200:]
            raise FaultError(f"{self.path}: tesseract failed: {said}", "Look at `tesseract --list-langs`.")
        return done.stdout


def _codes() -> dict[str, str]:
    """What tesseract calls the languages there are packs for, those that it can read."""
    packs = (load_language(tag).pack for tag in known_languages())
    return {pack.tag: pack.ocr for pack in packs if pack.ocr}


def _install(code: str) -> str:
    """The command that installs tesseract with the data of a language."""
    return f"sudo apt-get install -y tesseract-ocr tesseract-ocr-{code.replace('_', '-')}"


def _as_png(picture: Image.Image) -> bytes:
    raw = io.BytesIO()
    picture.save(raw, "PNG", dpi=picture.info.get("dpi", (300, 300)))
    return raw.getvalue()


def read_pictures(path: Path, raw: bytes, reader: Reader) -> Extracted:
    """The text of a picture, or of all pictures of a file.

    Raises:
        CallError: It is damaged, or too large.
        FaultError: The program that reads scans is not here.
    """
    with _decoding(path), Image.open(io.BytesIO(raw), formats=_FORMATS) as file:
        count = getattr(file, "n_frames", 1)
    if count > MOST_PICTURES:
        raise CallError(f"{path}: more than {MOST_PICTURES} pictures.", "Give the statement's pages alone.")
    pictures = (_sheet(path, raw, number) for number in range(count))
    texts = [text.strip("\n\f") for text in reader.read(pictures, count)]
    return Extracted("\n\f".join(texts) + "\n", f"picture, {reader.name}", tuple(reader.notes))


@contextmanager
def _decoding(path: Path) -> Iterator[None]:
    """Refuse a file that cannot be decoded; what a camera wrote beside the picture may be broken."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise CallError(f"{path}: the picture is too large.", "Scan it at 300 dots per inch.") from None
        except _BROKEN:
            raise CallError(
                f"{path}: the picture is damaged.", "Scan the page anew, as PNG, JPEG or PDF."
            ) from None


def _sheet(path: Path, raw: bytes, number: int) -> Image.Image:
    """A picture of a file, upright, in grey, on white paper."""
    with _decoding(path), Image.open(io.BytesIO(raw), formats=_FORMATS) as file:
        file.seek(number)
        upright = ImageOps.exif_transpose(file)
        if upright.has_transparency_data:
            sheet = Image.new("RGBA", upright.size, "white")
            sheet.alpha_composite(upright.convert("RGBA"))
            upright = sheet
        grey = upright.convert("L")
        dpi = file.info.get("dpi", (0, 0))[0]
        grey.info = {"dpi": (float(dpi), float(dpi))} if dpi >= FEWEST_DPI else {}
        return grey
