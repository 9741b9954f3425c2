"""A scan is read by tesseract, where it and the data of the language are installed; else it is said what to do."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from handbill.errors import CallError, FaultError
from handbill.languages import known_languages, load_language
from handed_in import FRENCH, bound, needs_french, page, picture, read_file, scanned

FIRST, _, SECOND = FRENCH.partition("\nNos demandes")


@pytest.fixture(scope="module")
def french() -> None:
    """Tesseract and its data of French."""
    needs_french()


def words(text: str) -> list[str]:
    return text.replace("’", "'").split()


@pytest.mark.usefixtures("french")
class TestReading:
    @pytest.mark.parametrize("form", ["PDF", "TIFF"])
    def test_a_scan_is_read_page_by_page_in_the_language_of_its_words(self, form: str) -> None:
        found = read_file(Path("scan"), picture(scanned(f"{FIRST}\fNos demandes{SECOND}"), form))
        assert found and found.how.endswith("(fra)") and "tesseract" in found.how
        first, second = found.text.split("\f")
        assert "soussignées, appelons le Gouvernement" in first
        assert words(second)[:2] == ["Nos", "demandes"]
        assert words(second)[-3:] == ["Veille", "Barrages", "Internationale"]
        assert any("scan" in note for note in found.notes)

    def test_a_photograph_lying_on_its_side_is_read_upright(self) -> None:
        sheet = scanned(SECOND)[0].rotate(90, expand=True)
        exif = Image.Exif()
        exif[0x0112] = 6  # orientation: to be turned by a quarter, clockwise
        path = Path("scan.jpg")
        raw = io.BytesIO()
        sheet.save(raw, "JPEG", exif=exif, dpi=(300, 300))
        found = read_file(path, raw.getvalue(), "fr")
        assert found and "Collectif Eaux Vives" in found.text

    def test_what_can_be_seen_through_lies_on_white_paper(self) -> None:
        sheet = scanned(SECOND)[0]
        ink = Image.new("LA", sheet.size, (0, 0))
        ink.putalpha(ImageOps.invert(sheet))
        found = read_file(Path("scan.png"), picture([ink], "PNG"), "fr")
        assert found and "Collectif Eaux Vives" in found.text

    def test_in_a_file_of_both_only_the_pictures_are_read_as_such(self) -> None:

        typed = page((72, 700, 11, "This page has a text of its own, and enough of it."))
        found = read_file(Path("both.pdf"), bound(typed, picture(scanned(SECOND), "PDF")), "fr")
        assert found and found.text.startswith("This page has a text of its own, and enough of it.\n\f")
        assert "Collectif Eaux Vives" in found.text
        assert any("Pages 2 are pictures" in note for note in found.notes)


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the program, with the data of English alone, that reads the same few words on every page."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in --list-langs) printf "List:\\neng\\nosd\\n" ;; --version) echo "tesseract 9.9" ;;\n'
        "*) cat >/dev/null; printf 'xqz vbn\\n' ;; esac\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return program


SCAN = picture([Image.new("L", (600, 800), 255)], "PNG")


def test_without_the_program_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FaultError, match=r"not installed[\s\S]*tesseract-ocr-eng"):
        read_file(Path("scan.png"), SCAN)


@pytest.mark.usefixtures("tesseract")
def test_without_the_data_of_the_language_its_package_is_named() -> None:
    with pytest.raises(FaultError, match=r"scan\.png[\s\S]*tesseract-ocr-chi-sim"):
        read_file(Path("scan.png"), SCAN, "zh-Hans")


@pytest.mark.usefixtures("tesseract")
def test_a_language_that_nobody_reads_is_refused() -> None:
    with pytest.raises(CallError, match="reads no"):
        read_file(Path("scan.png"), SCAN, "rhg-Rohg")


@pytest.mark.usefixtures("tesseract")
def test_words_of_no_language_are_asked_about() -> None:
    with pytest.raises(CallError, match=r"not clear[\s\S]*-l"):
        read_file(Path("scan.png"), SCAN)


def test_a_picture_without_words_has_no_text_whatever_its_language(tesseract: Path) -> None:
    tesseract.write_text(tesseract.read_text().replace("printf 'xqz vbn\\n'", "printf ' . -\\n'"))
    with pytest.raises(CallError, match=r"scan\.png: there is no text in it"):
        read_file(Path("scan.png"), SCAN)


def test_a_program_that_fails_is_a_fault_with_what_it_said(tesseract: Path) -> None:
    tesseract.write_text(tesseract.read_text().replace("printf 'xqz vbn\\n'", "echo no memory >&2; exit 1"))
    with pytest.raises(FaultError, match="no memory"):
        read_file(Path("scan.png"), SCAN, "en")


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (SCAN[:60], "damaged"),
        (b"\xff\xd8\xff" + b"x" * 100, "damaged"),
        (picture([Image.new("1", (20_000, 20_000))], "PNG"), "too large"),
    ],
    ids=["cut", "nothing", "bomb"],
)
def test_a_picture_that_cannot_be_read_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(CallError, match=said):
        read_file(Path("scan.png"), raw, "en")


def test_a_photograph_of_a_telephone_is_refused_with_the_way_out() -> None:
    with pytest.raises(CallError, match=r"HEIC[\s\S]*JPEG"):
        read_file(Path("scan.heic"), b"\0\0\0\x18ftypheic\0\0\0\0" + b"x" * 100)


def test_what_tesseract_calls_a_language_is_said_once() -> None:
    codes = [code for tag in known_languages() if (code := load_language(tag).pack.ocr)]
    assert len(codes) == len(set(codes)) >= 15
