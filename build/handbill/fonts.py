"""Fonts: the project's own files, and nothing else.

In: the keys of a language's font stack. Out: the files as assets, the @font-face rules that load them, and the
characters that no face of the stack covers. Every file is checked against the manifest before it is used, since a
wrong or missing font file makes the renderer print other glyphs, or die, without a word.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont
from pydantic import Field

from handbill.assets import resource_folder
from handbill.errors import CallError, FaultError, did_you_mean
from handbill.forms import Form, read_form
from handbill.model import Asset


class FaceForm(Form):
    """One file: weight and style of a family."""

    file: str
    source: str = Field(alias="from", description="Path in the package")
    weight: int = Field(ge=100, le=900, description="What CSS asks for")
    file_weight: int | None = Field(default=None, ge=100, le=900, description="The file's own, where it differs")
    style: Literal["normal", "italic"]
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    sha256_source: str | None = Field(
        default=None, pattern=r"^[0-9a-f]{64}$", description="Of the file in the package, where it was cut down"
    )


class FontForm(Form):
    """A family of the project."""

    key: str
    family: str
    scripts: tuple[str, ...] = Field(min_length=1, strict=False)
    version: str
    licence: str
    licence_file: str
    package: str
    package_version: str
    subset: str | None = Field(default=None, description="The rule by which its files were cut down")
    extra: str = Field(default="", description="Characters kept beside those of the rule")
    faces: tuple[FaceForm, ...] = Field(min_length=1, strict=False)


class ManifestForm(Form):
    """styles/fonts/manifest.toml."""

    fonts: tuple[FontForm, ...] = Field(min_length=1, strict=False)


@dataclass(frozen=True)
class FontStack:
    """The families of a language, in the order of asking."""

    fonts: tuple[FontForm, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """CSS names of the families."""
        return tuple(font.family for font in self.fonts)

    @property
    def latin_first(self) -> tuple[str, ...]:
        """The same with the families of the Latin script first, for foreign names."""
        return tuple(font.family for font in sorted(self.fonts, key=lambda font: "Latn" not in font.scripts))

    def assets(self) -> dict[str, Asset]:
        """The files by their address, whole.

        Cutting a Chinese or Japanese face down to the characters of a page takes 0.4 s, and saves the layout engine
        less than 0.1 s (measured with WeasyPrint 70 on two faces of 3.5 MB each).
        """
        return {
            _address(face.file): Asset(_face_bytes(face.file, face.sha256), _media_type(face.file))
            for font in self.fonts
            for face in font.faces
        }

    def widest(self, characters: str) -> float:
        """Advance width of the widest of the characters, in em, in whichever face has it widest."""
        return max(
            _advance(face.file, face.sha256, character)
            for character in characters
            for face in next(font for font in self.fonts if _has(font, character)).faces
        )

    def css(self) -> str:
        """The @font-face rules; one rule a file, never two files under one family, weight and style."""
        return "\n".join(
            f'@font-face {{ font-family: "{font.family}"; font-style: {face.style}; '
            f'font-weight: {face.weight}; src: url("{_address(face.file)}") }}'
            for font in self.fonts
            for face in font.faces
        )

    def width(self, text: str, weight: int = 400) -> float:
        """Width of a text in em as its letters stand in the fonts, without kerning, ligatures and shaping."""
        faces = [next(face for face in font.faces if face.weight == weight) for font in self.fonts]
        printed = (c for c in text.replace("\N{NO-BREAK SPACE}", " ") if ord(c) not in _UNPRINTED)
        return sum(
            next((_advance(f.file, f.sha256, c) for f in faces if ord(c) in _coverage(f.file, f.sha256)), 0)
            for c in printed
        )

    @cached_property
    def covered(self) -> frozenset[int]:
        """The code points that some family of the stack has in every face."""
        covered: frozenset[int] = frozenset()
        for font in self.fonts:
            covered |= frozenset.intersection(*(_coverage(face.file, face.sha256) for face in font.faces))
        return covered

    def uncovered(self, text: Iterable[str]) -> tuple[str, ...]:
        """The characters of a text for which no family of the stack has a glyph in every face."""
        return tuple(sorted(c for c in set(text) if ord(c) not in self.covered and ord(c) not in _UNPRINTED))


_UNPRINTED = frozenset({*map(ord, "\n\t\N{SOFT HYPHEN}\N{WORD JOINER}"), *range(0x200B, 0x2010)})
"""Characters that steer layout and shaping and need no glyph."""


def load_stack(keys: Sequence[str]) -> FontStack:
    """The families of these keys.

    Raises:
        CallError: The manifest has no such key.
        FaultError: A file is missing or is not the one in the manifest.
    """
    manifest = _manifest()
    for key in keys:
        if key not in manifest:
            raise CallError(f'"{key}": there is no such font in the manifest.', did_you_mean(key, manifest))
    return FontStack(tuple(manifest[key] for key in keys))


def installed_families() -> Iterator[tuple[FontForm, str]]:
    """Each family of the manifest, and what is wrong with its files; nothing is for a sound one."""
    for font in _manifest().values():
        faults = [fault for face in font.faces if (fault := _fault(face))]
        yield font, " ".join(faults)


def _fault(face: FaceForm) -> str:
    try:
        _face_bytes(face.file, face.sha256)
    except FaultError as error:
        return error.message
    return ""


def known_families() -> tuple[str, ...]:
    """CSS names of all families of the project."""
    return tuple(font.family for font in _manifest().values())


def font_folder() -> Path:
    """Where the font files are."""
    return resource_folder("styles") / "fonts"


@lru_cache(maxsize=1)
def _manifest() -> Mapping[str, FontForm]:
    form = read_form(font_folder() / "manifest.toml", ManifestForm)
    return {font.key: font for font in form.fonts}


@lru_cache(maxsize=64)
def _face_bytes(file: str, sha256: str) -> bytes:
    path = font_folder() / file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FaultError(f"{path}: {error.strerror}.", "Make the fonts again with build/fonts.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FaultError(f"{path}: the file is not the one in the manifest.", "Make it again with build/fonts.")
    return content


@lru_cache(maxsize=64)
def _opened(file: str, sha256: str) -> TTFont:
    return TTFont(io.BytesIO(_face_bytes(file, sha256)), lazy=True)


@lru_cache(maxsize=64)
def _coverage(file: str, sha256: str) -> frozenset[int]:
    return frozenset(_opened(file, sha256).getBestCmap())


def _has(font: FontForm, character: str) -> bool:
    return all(ord(character) in _coverage(face.file, face.sha256) for face in font.faces)


@lru_cache(maxsize=4096)
def _advance(file: str, sha256: str, character: str) -> float:
    font = _opened(file, sha256)
    width, em = font["hmtx"][font.getBestCmap()[ord(character)]][0], font["head"].unitsPerEm
    return float(width / em)


def _address(file: str) -> str:
    return f"asset:fonts/{file}"


def _media_type(file: str) -> str:
    return "font/woff2" if file.endswith(".woff2") else "font/ttf"
