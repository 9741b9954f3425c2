"""Packages: files that are ZIP archives of XML, as Word and OpenDocument have them.

In: bytes from anywhere. Out: the parts of the archive as trees whose names have no namespace. What unpacks to too
much, declares entities or is no XML is refused.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from handbill.errors import CallError

_TYPES = "[Content_Types].xml"

MOST_PARTS = 5_000
LARGEST_PART = 16_777_216
"""Bytes of the largest part that is read: the text of a thousand pages has some ten million."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What `zipfile` raises for an archive that is damaged, encrypted, or packed in an unknown way."""


class Package:
    """An open archive."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        self._names = frozenset(archive.namelist())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def kind(self) -> str:
        """What an OpenDocument file says that it is; empty for others."""
        return self._read("mimetype").decode("ascii", "replace").strip() if "mimetype" in self else ""

    def typed(self, *kinds: str) -> Element:
        """The first part whose type, as a file of Word declares it, ends with one of these; else empty."""
        return next(self.all_typed(*kinds), Element("none"))

    def all_typed(self, *kinds: str) -> Iterator[Element]:
        """Every such part."""
        for declared in children(self.part(_TYPES), "Override"):
            if declared.get("ContentType", "").endswith(kinds):
                yield self.part(declared.get("PartName", "").lstrip("/"))

    def part(self, name: str) -> Element:
        """A part as a tree; an empty one where the archive has no such part.

        Raises:
            CallError: It is too large, or no XML that may be read.
        """
        if name not in self:
            return Element("none")
        try:
            root: Element = fromstring(self._read(name), forbid_dtd=True)
        except DefusedXmlException:
            raise CallError(
                f"{self._path}: {name} in it declares entities, which no word processor writes.",
                "Open it in a word processor and save it anew.",
            ) from None
        except (ParseError, ValueError, LookupError):
            raise _damaged(self._path) from None
        return _bare(root)

    def _read(self, name: str) -> bytes:
        if self._archive.getinfo(name).file_size > LARGEST_PART:
            raise CallError(f"{self._path}: it unpacks to too much.", "Take the text alone into a file of its own.")
        try:
            return self._archive.read(name)
        except _BROKEN:
            raise _damaged(self._path) from None


def open_package(path: Path, raw: bytes) -> Package:
    """Open an archive.

    Raises:
        CallError: It is damaged, or has more parts than any document.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except _BROKEN:
        raise _damaged(path) from None
    if len(archive.namelist()) > MOST_PARTS:
        raise CallError(
            f"{path}: it has more than {MOST_PARTS} parts.", "Save the text alone in a file of its own."
        )
    return Package(path, archive)


def _damaged(path: Path) -> CallError:
    return CallError(f"{path}: the file is damaged.", "Open it in a word processor and save it anew.")


def _bare(root: Element) -> Element:
    """The tree with the names of elements and attributes as they are without their namespaces."""
    for element in root.iter():
        element.tag = _local(element.tag)
        element.attrib = {_local(name): value for name, value in element.attrib.items()}
    return root


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of an element that have this name; none of no element."""
    return iter(()) if element is None else (each for each in element if each.tag == name)


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of this name, of that the first of the next name, and so on; None where one is missing."""
    for name in names:
        element = next(children(element, name), None)
    return element


def value(element: Element | None, *names: str, attribute: str = "val", default: str = "") -> str:
    """An attribute of a descendant that is found as by `child`."""
    found = child(element, *names)
    return default if found is None else found.get(attribute, default)
