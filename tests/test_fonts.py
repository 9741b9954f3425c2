"""Only the project's own font files reach a page, each of them the one in the manifest."""

import hashlib
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from handbill import fonts
from handbill.errors import CallError, FaultError
from handbill.fonts import FaceForm, FontForm, ManifestForm, load_stack
from handbill.forms import read_form
from handbill.languages import known_languages, load_language

MANIFEST = read_form(fonts.font_folder() / "manifest.toml", ManifestForm)
FACES = [(font, face) for font in MANIFEST.fonts for face in font.faces]


def opened(file: str) -> TTFont:
    """A font file, read at once so that nothing stays open."""
    return TTFont(io.BytesIO((fonts.font_folder() / file).read_bytes()))


def forget() -> None:
    """Forget what was read of the font folder."""
    for cache in (fonts._manifest, fonts._face_bytes, fonts._coverage, fonts._opened):
        cache.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the font folder that a test may change."""
    copy = Path(shutil.copytree(fonts.font_folder(), tmp_path / "fonts"))
    monkeypatch.setattr(fonts, "font_folder", lambda: copy)
    forget()
    yield copy
    forget()


@pytest.mark.parametrize(("font", "face"), FACES, ids=[face.file for _, face in FACES])
class TestEveryFace:
    def test_its_file_is_the_one_in_the_manifest(self, font: FontForm, face: FaceForm) -> None:
        content = (fonts.font_folder() / face.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == face.sha256

    def test_its_family_stands_beside_its_licence(self, font: FontForm, face: FaceForm) -> None:
        assert "Copyright" in (fonts.font_folder() / font.licence_file).read_text("utf-8")

    def test_the_weight_and_style_in_the_manifest_are_the_file_s(self, font: FontForm, face: FaceForm) -> None:
        table = opened(face.file)["OS/2"]
        assert (table.usWeightClass, bool(table.fsSelection & 1)) == (
            face.file_weight or face.weight,
            face.style == "italic",
        )

    def test_it_may_be_embedded(self, font: FontForm, face: FaceForm) -> None:
        restricted, no_subset = 0x0002, 0x0100
        assert not opened(face.file)["OS/2"].fsType & (restricted | no_subset)


def test_no_two_faces_have_one_family_weight_and_style() -> None:
    counts = Counter((font.family, face.weight, face.style) for font, face in FACES)
    assert [face for face, count in counts.items() if count > 1] == []


def test_no_two_families_have_one_key_or_one_name() -> None:
    assert len({font.key for font in MANIFEST.fonts}) == len(MANIFEST.fonts)
    assert len({font.family for font in MANIFEST.fonts}) == len(MANIFEST.fonts)


def test_every_font_file_of_the_folder_is_in_the_manifest() -> None:
    there = {
        path.relative_to(fonts.font_folder()).as_posix()
        for path in fonts.font_folder().rglob("*.*")
        if path.suffix in (".ttf", ".otf", ".woff2")
    }
    assert there == {face.file for _, face in FACES}


def test_every_family_is_asked_for_by_a_language() -> None:
    asked = {key for tag in known_languages() for key in load_language(tag).pack.type.fonts}
    assert {font.key for font in MANIFEST.fonts} == asked


@pytest.mark.parametrize("tag", known_languages())
def test_every_face_of_a_language_s_own_script_has_the_letters_of_its_sample(tag: str) -> None:
    pack = load_language(tag).pack
    sample = {ord(c) for c in pack.sample.heading + pack.sample.paragraph + "".join(pack.sample.names)}
    for font, face in FACES:
        if font.key in pack.type.fonts and pack.script in font.scripts:
            assert sample - set(opened(face.file).getBestCmap()) - fonts._UNPRINTED == set(), face.file


def test_a_stack_holds_its_files_by_their_address() -> None:
    stack = load_stack(["source-serif"])
    (font,) = stack.fonts
    assert stack.families == (font.family,)
    assert set(stack.assets()) == {f"asset:fonts/{face.file}" for face in font.faces}
    for face in font.faces:
        asset = stack.assets()[f"asset:fonts/{face.file}"]
        assert hashlib.sha256(asset.content).hexdigest() == face.sha256
        assert TTFont(io.BytesIO(asset.content))["name"]


def test_every_file_of_a_stack_has_one_rule_that_loads_it_and_nothing_else() -> None:
    stack = load_stack(["source-serif"])
    rules = stack.css().split("\n")
    assert len(rules) == len(stack.assets())
    for address in stack.assets():
        assert sum(f'url("{address}")' in rule for rule in rules) == 1
    assert "local(" not in stack.css() and "http" not in stack.css()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("Genève, “6,000” — Łódź", (), id="what the face has is covered"),
        pytest.param("line\nend\ttab", (), id="line ends and tabs have no glyph"),
        pytest.param("long\N{SOFT HYPHEN}word\N{ZERO WIDTH SPACE}", (), id="what steers layout has no glyph"),
        pytest.param("a က b", ("က",), id="a Burmese letter is named"),
        pytest.param("ခ က က", ("က", "ခ"), id="each letter once, in order"),
        pytest.param("🙂", ("🙂",), id="a picture is named"),
        pytest.param("a\N{REPLACEMENT CHARACTER}", ("\N{REPLACEMENT CHARACTER}",), id="a lost character is named"),
    ],
)
def test_letters_without_a_glyph_are_named(text: str, missing: tuple[str, ...]) -> None:
    assert load_stack(["source-serif"]).uncovered(text) == missing


def test_an_unknown_family_is_offered_the_nearest() -> None:
    with pytest.raises(CallError, match='"source-sreif"') as refused:
        load_stack(["source-sreif"])
    assert 'Did you mean "source-serif"?' in refused.value.remedy


@pytest.mark.parametrize("use", ["assets", "uncovered"])
def test_a_file_with_one_changed_byte_is_refused_by_name(folder: Path, use: str) -> None:
    path = folder / MANIFEST.fonts[0].faces[0].file
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    stack = load_stack([MANIFEST.fonts[0].key])
    with pytest.raises(FaultError) as refused:
        stack.assets() if use == "assets" else stack.uncovered("a")
    assert str(path) in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize("use", ["assets", "uncovered"])
def test_a_missing_file_is_refused_by_name(folder: Path, use: str) -> None:
    path = folder / MANIFEST.fonts[0].faces[-1].file
    path.unlink()
    stack = load_stack([MANIFEST.fonts[0].key])
    with pytest.raises(FaultError) as refused:
        stack.assets() if use == "assets" else stack.uncovered("a")
    assert str(path) in refused.value.message
