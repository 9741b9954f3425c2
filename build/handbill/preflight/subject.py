"""Subject: the file that is checked, and what is known of it from elsewhere.

In: the bytes of a PDF, the profile's limits, and the copy it was made of, where that is known. Out: the opened file
with what several checks ask of it, each read once: what its pages paint, where lines of text stand, what its
structure says, what its packet says.
"""

import io
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Stream

from handbill.colour import INK_LIMIT
from handbill.errors import CallError
from handbill.languages import Language, sides
from handbill.model import Finding, Statement, Version
from handbill.preflight.painted import Painted, painted_by
from handbill.preflight.profiles import Profile
from handbill.preflight.reading import Element, read_structure
from handbill.preflight.x4 import File

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The words that a file was made of.

    Attributes:
        version: The statement in the file's language.
        language: Its pack.
        original: The statement as it was signed.
        original_language: The pack of what was signed.
        parts: The parts of the page that the edition has.
    """

    version: Version
    language: Language
    original: Statement
    original_language: Language
    parts: tuple[str, ...]

    @property
    def has_text(self) -> bool:
        """Whether the edition has the full text."""
        return not {"text", "parallel"}.isdisjoint(self.parts)

    @property
    def sides(self) -> tuple[tuple[Version, Language], ...]:
        """The version and, in an edition of two languages, the one beside it, each with its pack."""
        return sides(self.version, self.language)


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages before they were imposed, where words and lines can be read in their order.

    Attributes:
        pdf: The pages in the order of reading; b"" where the file has them so itself.
        findings: What the layout engine found; None where the file was not laid out just now.
    """

    pdf: bytes = b""
    findings: tuple[Finding, ...] | None = None


class UnreadableError(Exception):
    """A page of the file cannot be read; `file/whole` fails for it, and nothing else can be said of the page."""


_UNREADABLE = (pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the walk over a page's content raises where the content is damaged."""


class _ReadableFile(File):
    """An opened file, with a damaged page told from a fault of the program."""

    @cached_property
    def painted(self) -> Painted:
        """What all pages paint.

        Raises:
            UnreadableError: A page's content breaks off, or draws what is not there.
        """
        try:
            return painted_by(self.pdf)
        except _UNREADABLE as error:
            raise UnreadableError(f"{type(error).__name__}: {error}") from error


class Subject:
    """A file under preflight; made by `opened`."""

    def __init__(
        self,
        content: bytes,
        pdf: pikepdf.Pdf,
        profile: Profile,
        copy: Copy | None,
        layout: Layout,
        ink_limit: float,
    ) -> None:
        self.content = content
        self.pdf = pdf
        self.profile = profile
        self.copy = copy
        self.file = _ReadableFile(pdf, ink_limit)
        self._layout = layout

    @property
    def painted(self) -> Painted:
        """What all pages paint.

        Raises:
            UnreadableError: A page's content breaks off, or draws what is not there.
        """
        return self.file.painted

    @property
    def layout_findings(self) -> tuple[Finding, ...] | None:
        """What the layout engine found; None where the file was not laid out just now."""
        return self._layout.findings

    @cached_property
    def said(self) -> Mapping[str, tuple[str, ...]]:
        """The properties of the XMP packet; none where there is none."""
        return self.file.said

    @cached_property
    def structure(self) -> Element | None:
        """The outermost element of the structure; None where the file has none."""
        return read_structure(self.pdf, self.painted)

    @cached_property
    def upright(self) -> "Subject":
        """The pages in the order of reading: the file itself, or for a booklet what was imposed."""
        if not self._layout.pdf:
            return self
        opened = pikepdf.open(io.BytesIO(self._layout.pdf))
        return Subject(self._layout.pdf, opened, self.profile, self.copy, Layout(), self.file.ink_limit)

    @cached_property
    def lines(self) -> tuple[tuple[Box, ...], ...]:
        """For each page the boxes of its runs of text, by the reader that Chromium has."""
        return tuple(boxes for boxes, _ in self._copied)

    @cached_property
    def copied(self) -> tuple[str, ...]:
        """For each page the words that the same reader copies."""
        return tuple(words for _, words in self._copied)

    @cached_property
    def _copied(self) -> tuple[tuple[tuple[Box, ...], str], ...]:
        found = []
        with self.rendered() as document:
            for page in document:
                text = page.get_textpage()
                boxes = tuple(text.get_rect(at) for at in range(text.count_rects()))
                found.append((boxes, text.get_text_range()))
        return tuple(found)

    @contextmanager
    def rendered(self) -> Iterator[pdfium.PdfDocument]:
        """The file as the reader opens it.

        Raises:
            UnreadableError: It does not.
        """
        try:
            with pdfium.PdfDocument(self.content) as document:
                yield document
        except pdfium.PdfiumError as error:
            raise UnreadableError(str(error)) from error

    @cached_property
    def streams(self) -> tuple[tuple[Stream, bytes], ...]:
        """Every stream of the file with its content, decoded where that can be done."""
        return tuple((each, _decoded(each)) for each in self.pdf.objects if isinstance(each, Stream))

    @property
    def is_imposed(self) -> bool:
        """Whether its pages are sheets of a booklet, with several pages of the text on each."""
        return self.profile.is_imposed


def _decoded(stream: Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture's own format, which no filter of PDF decodes
        return stream.read_raw_bytes()


@contextmanager
def opened(
    content: bytes,
    name: str,
    profile: Profile,
    *,
    copy: Copy | None = None,
    layout: Layout | None = None,
    ink_limit: float = INK_LIMIT,
) -> Iterator[Subject]:
    """Open a file for preflight.

    Args:
        content: Its bytes.
        name: Its name, for messages.
        profile: What is asked of it.
        copy: The words it was made of, where they are known.
        layout: Its pages before they were imposed, and what was found on them.
        ink_limit: The most ink that the printing condition takes, in per cent.

    Raises:
        CallError: It is no PDF, or it cannot be opened without a password, or not at all.
    """
    if b"%PDF-" not in content[:1024]:
        what = "is empty" if not content else "is no PDF"
        raise CallError(f"{name}: the file {what}.", "Check the file and its name.")
    try:
        pdf = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise CallError(f"{name}: the file opens only with a password.", "Save it without one.") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        reason = re.sub(r"^stream <[^>]*>: |unable to find trailer dictionary while |\.$", "", str(error))
        raise CallError(f"{name}: damaged or cut off ({reason}).", "Make or fetch it again.") from None
    with pdf:
        yield Subject(content, pdf, profile, copy, layout or Layout(), ink_limit)


def machine_names() -> frozenset[str]:
    """What this machine and its user are called: names that must not be in a file that leaves it.

    What every machine has ("root", "localhost") tells nothing, and a name of three letters is in any text.
    """
    names = {os.environ.get(key, "") for key in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME")}
    if hasattr(os, "uname"):
        names.add(os.uname().nodename)
    return frozenset(name for name in names if len(name) > 3 and name not in ("root", "localhost"))
