"""The doctor: what the program needs on this machine, what of it is here, and what mends the rest.

In: the machine. Out: one `Part` for each thing that is needed or useful. Nothing is installed, and nothing is asked
of the network. At the top this module imports the standard library alone, and everything else where it is examined:
it must be able to speak when anything else is broken.
"""

import ctypes
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any

LEAST_PYTHON = (3, 11)
_SET_UP = "./build/briefs"
"""The command that installs what is missing, or names the one that does."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that the program uses.

    Attributes:
        name: What it is called.
        found: Its version, or where it is; empty if it is not here.
        purpose: What it is for.
        needed: Whether no build goes without it.
        fault: What is wrong with it; empty if nothing is.
        remedy: The command that mends it.
    """

    name: str
    found: str
    purpose: str
    needed: bool = True
    fault: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """A line for a person; for what is missing a second one with the command."""
        if not self.fault:
            return f"ok        {self.name} {self.found}: {self.purpose}"
        mark = "MISSING " if self.needed else "optional"
        return f"{mark}  {self.name}: {self.fault} ({self.purpose})\n          mend it: {self.remedy}"

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Library:
    """A system library that WeasyPrint opens.

    Attributes:
        name: What it is called.
        package: Of Debian; build/setup.sh has the same.
        linux: Its file on Linux.
        macos: Its file on macOS.
        version: Asks the opened library; None where it has no version of its own.
    """

    name: str
    package: str
    linux: str
    macos: str
    version: Callable[[Any], str] | None = None


def _text(function: str) -> Callable[[Any], str]:
    def version(library: Any) -> str:
        ask = getattr(library, function)
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode()

    return version


def _fontconfig(library: Any) -> str:
    number = int(library.FcGetVersion())
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


LIBRARIES = (
    Library("GObject", "libpango-1.0-0", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    Library("Pango", "libpango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib", _text("pango_version_string")),
    Library("Pango for FreeType", "libpangoft2-1.0-0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    Library("HarfBuzz", "libharfbuzz0b", "libharfbuzz.so.0", "libharfbuzz.0.dylib", _text("hb_version_string")),
    Library("HarfBuzz subset", "libharfbuzz-subset0", "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    Library("fontconfig", "libfontconfig1", "libfontconfig.so.1", "libfontconfig.1.dylib", _fontconfig),
)
"""In the order in which WeasyPrint opens them."""

PROGRAMS = (
    (("pdftotext",), "poppler-utils", "the tests read finished files back with it"),
    (("chromium", "chromium-browser", "google-chrome"), "chromium", "the tests look at the gallery in it"),
    (("soffice",), "libreoffice-writer-nogui", "the tests open a written statement in it"),
    (("java",), "default-jre-headless", "runs veraPDF, the judge of PDF/A and PDF/UA (build/verapdf)"),
    (
        ("tesseract",),
        "tesseract-ocr",
        "reads a scan that is begun as a new statement (and tesseract-ocr-fra and so on)",
    ),
)
"""Programs that no build needs: their names, the package of Debian, what they are for."""


def examine() -> tuple[Part, ...]:
    """Everything, in the order in which it is needed."""
    return (
        _python(),
        *_packages(),
        *map(_library, LIBRARIES),
        _engine(),
        *_resources(),
        *(_program(*each) for each in PROGRAMS),
    )


def _python() -> Part:
    least = ".".join(map(str, LEAST_PYTHON))
    old = sys.version_info < LEAST_PYTHON
    fault = f"this is {platform.python_version()}, and {least} is the oldest that will do" if old else ""
    remedy = f"HANDBILL_PYTHON=/path/to/python{least} {_SET_UP}"
    return Part("Python", platform.python_version(), f"runs the program, from {sys.prefix}", True, fault, remedy)


def _packages() -> Iterator[Part]:
    """The Python packages that the program names; one with an exact release must be of that release."""
    purpose = "a package that the program is built on"
    try:
        needed = metadata.requires("handbill") or []
    except metadata.PackageNotFoundError:
        yield Part("handbill", "", "the program", True, "it is not installed as a package", _SET_UP)
        return
    yield Part("handbill", metadata.version("handbill"), "the program")
    for line in needed:
        match = re.match(r"([\w.-]+)(?:==([\w.]+))?", line)
        if match and "extra ==" not in line:
            yield _package(match[1], match[2] or "", purpose)


def _package(name: str, pinned: str, purpose: str) -> Part:
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Part(name, "", purpose, True, "it is not installed", _SET_UP)
    fault = f"{found} is installed, and the program is written for {pinned}" if pinned not in ("", found) else ""
    return Part(name, f"{found}, exactly as needed" if pinned else found, purpose, True, fault, _SET_UP)


def _library(library: Library) -> Part:
    file = library.macos if sys.platform == "darwin" else library.linux
    purpose = "sets the type" if "Pango" in library.name else "is needed by WeasyPrint"
    try:
        opened = ctypes.CDLL(file)
        found = library.version(opened) if library.version else f"({file})"
    except (OSError, AttributeError) as error:
        return Part(
            library.name, "", purpose, True, f"cannot be opened: {error}", _install(library.package, "pango")
        )
    return Part(library.name, found, purpose)


def _install(debian: str, homebrew: str) -> str:
    """The command that installs a package of the system."""
    if sys.platform == "darwin":
        return f"brew install {homebrew}"
    if shutil.which("apt-get"):
        return f"sudo apt-get install -y --no-install-recommends {debian}"
    return f"install what Debian has as {debian}"


def _engine() -> Part:
    """WeasyPrint, really loaded: that all its libraries are there does not say that it likes them."""
    name, purpose = "layout engine", "WeasyPrint, loaded with its libraries"
    try:
        from handbill.engine import loaded_release

        return Part(name, loaded_release(), purpose)
    except Exception as error:
        return Part(name, "", purpose, True, _said(error), _SET_UP)


def _resources() -> Iterator[Part]:
    """The files of the project that pages are made with, each held against its manifest."""
    try:
        from handbill.fonts import installed_families

        for font, fault in installed_families():
            files = "1 file" if len(font.faces) == 1 else f"{len(font.faces)} files"
            purpose = f"a font for {', '.join(font.scripts)}"
            yield Part(font.family, f"{font.version}, {files}", purpose, True, fault, "git checkout styles/fonts")
    except Exception as error:
        yield Part("fonts", "", "the project's own", True, _said(error), "git checkout styles/fonts")
    try:
        from handbill.colour import load_profile

        load_profile()
        yield Part("output profile", "FOGRA39", "the colours of the press edition")
    except Exception as error:
        yield Part(
            "output profile",
            "",
            "the colours of the press edition",
            True,
            _said(error),
            "git checkout styles/colour",
        )


def _said(error: Exception) -> str:
    """What an error says; one of the program's own says enough without its kind."""
    return str(getattr(error, "message", "")) or f"{type(error).__name__}: {error}"


def _program(names: tuple[str, ...], package: str, purpose: str) -> Part:
    found = next((path for name in names if (path := shutil.which(name))), "")
    fault = "" if found else "it is not here, and no build needs it"
    return Part(names[0], found, purpose, False, fault, _install(package, package))
