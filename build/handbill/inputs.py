"""Inputs: the part of the program in what is built, each piece by its name and the hash of its content.

In: the program's own folders and what is installed beside it. Out: hashes, so that a file that was made of the same
is not made again, and so that it can be said which piece is another one. Uses as little as can be of the standard
library: a build that has nothing to do asks here before anything else is loaded.
"""

import hashlib
import os
import sys

TYPE_CHECKING = False  # as that of `typing`, which takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ENGINE = "the layout engine or a library"
PROGRAM = "the program"

_HERE = os.path.dirname(os.path.abspath(__file__))

_LIBRARIES = frozenset(
    (
        *("babel", "brotli", "brotlicffi", "budoux", "charset_normalizer", "cssselect2", "fonttools", "ftfy"),
        *("jinja2", "lxml", "markupsafe", "pikepdf", "pillow", "polib", "pydantic", "pydantic_core", "pydyf"),
        *("pypdfium2", "pyphen", "rapidfuzz", "regex", "segno", "tinycss2", "tinyhtml5", "weasyprint"),
        *("webencodings", "wordfreq", "zopfli", "zxing_cpp"),
    )
)
"""Packages that have a say in what is on a page or in a file, by the names of their metadata folders."""

_SYSTEM_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig", "freetype")
_SYSTEM_FOLDERS = ("/usr/local/lib", "/usr/lib", "/opt/homebrew/lib")

_LENGTH = 16
"""Digits of a hash that is only compared with a former one."""


def short_hash(*pieces: bytes) -> str:
    """A short hash of some pieces."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(b"%d " % len(piece) + piece)
    return digest.hexdigest()[:_LENGTH]


def hash_of_file(path: str) -> str:
    """The sha256 of a file, in hexadecimal.

    Raises:
        OSError: It cannot be read.
    """
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def resources() -> "Mapping[str, str]":
    """Every piece of the program by its name: its code, its libraries, each template, pack, stylesheet and font."""
    code = [hash_of_file(path) for path in files_below(_HERE) if path.endswith((".py", ".toml"))]
    pieces = {PROGRAM: short_hash(*map(str.encode, code)), ENGINE: short_hash(*map(str.encode, sorted(_engine())))}
    for name in ("layout", "styles"):
        folder = _resource_folder(name)
        for path in files_below(folder):
            pieces[f"{name}/{os.path.relpath(path, folder)}"] = hash_of_file(path)[:_LENGTH]
    return pieces


def hash_of_all(pieces: "Mapping[str, str]") -> str:
    """A short hash of all of that."""
    return short_hash(*(f"{name} {digest}".encode() for name, digest in pieces.items()))


def files_below(folder: str) -> "Iterable[str]":
    """Every file below a folder, always in the same order."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        yield from (os.path.join(place, name) for name in sorted(files))


def _resource_folder(name: str) -> str:
    beside = os.path.join(_HERE, name)  # as in `assets`
    return beside if os.path.isdir(beside) else os.path.join(_HERE, "..", "..", name)


def _engine() -> "Iterator[str]":
    """The releases of what lays out and writes: Python, its packages, the libraries of the system."""
    yield f"{sys.implementation.name} {sys.version_info[:3]}"
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):
            if name.endswith(".dist-info") and name.partition("-")[0].lower() in _LIBRARIES:
                yield name
    several = getattr(sys.implementation, "_multiarch", "")  # where Debian has them
    for folder in (os.path.join("/usr/lib", several), *_SYSTEM_FOLDERS):
        for library in _SYSTEM_LIBRARIES:
            for end in (".so.0", ".so.1", ".so.6", ".dylib"):
                path = os.path.join(folder, f"lib{library}{end}")
                if os.path.exists(path):
                    yield os.path.basename(os.path.realpath(path))  # its name has its release
