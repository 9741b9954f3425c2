"""Makes the font files of styles/fonts from the packages that their manifest names. Started by build/fonts.

Every face must have the sums of the manifest: `sha256` as it stands in styles/fonts and, if its font has a
`subset`, `sha256_source` as it stands in the package. One wrong sum, and nothing is written. With --write the sums
are not asked but recorded, for whoever takes a newer package or another rule.
"""

import argparse
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import WOFF2FlavorData

FONTS = Path(__file__).resolve().parent.parent / "styles" / "fonts"
MANIFEST = FONTS / "manifest.toml"

LICENCE = "SIL OPEN FONT LICENSE Version 1.1"

FEATURES = ("calt", "ccmp", "chws", "halt", "kern", "liga", "locl", "mark", "mkmk", "palt")
"""Layout features that a cut font keeps: those of horizontal text."""

VERTICAL = ("VORG", "vhea", "vmtx")
"""Tables that only vertical text reads."""

BLOCKS = (
    range(0x0020, 0x007F),  # ASCII
    range(0x00A0, 0x0180),  # Latin-1, Latin Extended-A
    range(0x2000, 0x2200),  # punctuation, currencies, letterlike signs, fractions, arrows
    range(0x2460, 0x2474),  # numbers in circles, to 20
    range(0x3000, 0x3040),  # CJK punctuation
    range(0xFF00, 0xFFF0),  # fullwidth forms
)


def gb2312() -> frozenset[str]:
    """GB 2312: 6,763 hanzi and the signs of the standard."""
    return _encodable("gb2312")


def windows_31j() -> frozenset[str]:
    """JIS X 0208 and what Windows adds to it: 6,715 kanji, the kana and the signs."""
    return _encodable("shift_jis") | _encodable("cp932")


def hangul() -> frozenset[str]:
    """All 11,172 syllables, and KS X 1001 without its hanja."""
    return frozenset(c for c in _encodable("cp949") if not unicodedata.name(c, "").startswith("CJK "))


def common() -> frozenset[str]:
    """What every cut font keeps: Latin letters, punctuation of all widths, currencies, arrows, circled numbers."""
    return frozenset(chr(point) for block in BLOCKS for point in block) | {"\N{MINUS SIGN}"}


RULES: Mapping[str, Callable[[], frozenset[str]]] = {
    "gb2312": gb2312,
    "windows-31j": windows_31j,
    "hangul": hangul,
}
"""The values of `subset` in the manifest."""


@dataclass(frozen=True)
class Sums:
    """The sha256 of a face in its package and in styles/fonts; they differ where it is cut."""

    source: str
    here: str


@dataclass(frozen=True)
class Made:
    """A file of styles/fonts, with its sums if it is a font."""

    file: str
    content: bytes
    sums: Sums | None = None


def main() -> None:
    """Fetch, cut, check and write every face, and the licence beside it."""
    parser = argparse.ArgumentParser(prog="build/fonts", description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="record the sums of the files in the manifest")
    asked = parser.parse_args()
    manifest = MANIFEST.read_text("utf-8")
    fonts = tomllib.loads(manifest)["fonts"]
    made = list(make(fonts))
    if asked.write:
        MANIFEST.write_text(recorded(manifest, made), "utf-8")
    elif wrong := list(differences(fonts, made)):
        sys.exit("\n".join(wrong))
    for each in made:
        path = FONTS / each.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.content)
    print(f"{len(made)} files are as the manifest has them")  # noqa: T201


def make(fonts: Sequence[Mapping[str, Any]]) -> Iterator[Made]:
    """Every file that the manifest names, made from its package."""
    with tempfile.TemporaryDirectory() as folder:
        for font in fonts:
            with fetch(font["package"], font["package_version"], folder) as package:
                licence = member(package, "LICENSE_FONT")
                if LICENCE not in licence.decode("utf-8"):
                    sys.exit(f"{font['package']}: not under the {LICENCE}")
                yield Made(font["licence_file"], licence)
                for face in font["faces"]:
                    released = member(package, face["from"])
                    content = cut(released, font, face["file"]) if "subset" in font else released
                    yield Made(face["file"], content, Sums(_sha256(released), _sha256(content)))


def fetch(package: str, version: str, folder: str) -> tarfile.TarFile:
    """The package's archive, fetched by npm from the registry that it is set up for."""
    command = ["npm", "pack", "--loglevel=error", f"{package}@{version}", "--pack-destination", folder]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{package}@{version}: npm could not fetch it; its reason stands above")
    return tarfile.open(Path(folder) / done.stdout.split()[-1])


def member(package: tarfile.TarFile, name: str) -> bytes:
    """One file of a package."""
    try:
        file = package.extractfile(f"package/{name}")
    except KeyError:
        file = None
    if file is None:
        sys.exit(f"{name}: not a file of the package")
    return file.read()


def cut(released: bytes, font: Mapping[str, Any], file: str) -> bytes:
    """A face with the characters of its font's rule and of `extra` alone. The same input gives the same bytes.

    In a .woff2 the outlines are compressed but not transformed: fontTools, which undoes a transformation glyph by
    glyph, would take 10 s to open a Korean face, and the transformation saves a sixth of the file.
    """
    face = TTFont(io.BytesIO(released), recalcTimestamp=False)
    extra = frozenset("".join(font.get("extra", "").split()))
    if absent := sorted(c for c in extra if ord(c) not in face.getBestCmap()):
        sys.exit(f"{font['key']}: no glyph for {' '.join(absent)}, asked for as extra")
    options = subset.Options(
        drop_tables=[*subset.Options().drop_tables, *VERTICAL],
        flavor="woff2" if file.endswith(".woff2") else None,
        harfbuzz_repacker=False,  # or the bytes would depend on whether uharfbuzz is installed
        layout_features=FEATURES,
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(c) for c in RULES[font["subset"]]() | common() | extra])
    cutter.subset(face)
    face.flavorData = WOFF2FlavorData(transformedTables=()) if options.flavor else None
    content = io.BytesIO()
    subset.save_font(face, content, options)
    return content.getvalue()


def differences(fonts: Sequence[Mapping[str, Any]], made: Sequence[Made]) -> Iterator[str]:
    """A sentence for every sum that is not the one in the manifest."""
    faces = {face["file"]: face for font in fonts for face in font["faces"]}
    for each in made:
        if each.sums is None:
            continue
        face = faces[each.file]
        source = face.get("sha256_source", face["sha256"])
        if each.sums.source != source:
            yield f"{each.file}: in the package it has {each.sums.source}, in the manifest {source}"
        elif each.sums.here != face["sha256"]:
            yield f"{each.file}: cut down it has {each.sums.here}, in the manifest {face['sha256']}"


def recorded(manifest: str, made: Sequence[Made]) -> str:
    """The text of the manifest with the sums of the files that were made."""
    for each in made:
        if each.sums is not None:
            head, table, tail = re.split(rf'(?m)(^file = "{re.escape(each.file)}"\n(?:.+\n)*)', manifest)
            manifest = head + _without_sums(table) + _sums(each.sums) + tail
    return manifest


def _without_sums(table: str) -> str:
    return re.sub(r"(?m)^sha256(?:_source)? = .*\n", "", table)


def _sums(sums: Sums) -> str:
    before = f'sha256_source = "{sums.source}"\n' if sums.source != sums.here else ""
    return f'{before}sha256 = "{sums.here}"\n'


def _encodable(codec: str) -> frozenset[str]:
    """The characters that a codec of Python can write, without those of its private use area."""
    points = map(chr, range(sys.maxunicode + 1))
    return frozenset(c for c in points if c.encode(codec, "ignore") and unicodedata.category(c) != "Co")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
