"""The press edition: the same letters in the same places, in ink, on a sheet with bleed."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from pikepdf import Array, Dictionary, Name, Rectangle, String

from conftest import ROOT, require
from handbill.colour import load_profile
from handbill.errors import CallError, ContentError
from handbill.press import MM, to_press
from handbill.xmp import properties
from printed import ACCENT, colours, letters, opened, operators, press, saved, screen, tiny

PROFILE = load_profile()
EDITIONS = ["", "ar", "zh-Hans", "my"]
"""The first statement, and specimens: right to left, ideographs, words that only /ActualText tells."""

BLEED = 3 * MM


def pressed(pdf: bytes, **options: object) -> bytes:
    """The press edition of a PDF in the accent of the tests."""
    return to_press(pdf, accent=ACCENT, profile=PROFILE, **options)  # type: ignore[arg-type]


@pytest.fixture(params=EDITIONS, ids=["brief", *EDITIONS[1:]])
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# The words


def test_every_letter_is_where_it_was_moved_by_the_bleed(tag: str) -> None:
    before, after = letters(screen(tag)), letters(press(tag))
    assert len(before) == len(after) > 2
    for page, printed in zip(before, after, strict=True):
        assert [letter for letter, *_ in printed] == [letter for letter, *_ in page]
        farthest = max(
            abs(edge + BLEED - other)
            for (_, *box), (_, *now) in zip(page, printed, strict=True)
            for edge, other in zip(box, now, strict=True)
        )
        assert farthest < 0.01


def test_marks_move_the_letters_and_nothing_else_of_them(tag: str) -> None:
    plain, marked = letters(press(tag)), letters(press(tag, marks=True))
    moved = 10 * MM - BLEED
    for page, other in zip(plain, marked, strict=True):
        for (letter, left, bottom, *_), (same, x, y, *_) in zip(page, other, strict=True):
            assert (letter, left + moved, bottom + moved) == (
                same,
                pytest.approx(x, abs=0.01),
                pytest.approx(y, abs=0.01),
            )


def test_the_code_on_the_first_page_can_still_be_read() -> None:
    with pdfium.PdfDocument(press()) as document:
        image = document[0].render(scale=300 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(image)] == ["https://progressivevoicemyanmar.org/?p=63680"]


def test_tags_language_title_and_bookmarks_stay_and_annotations_go(tag: str) -> None:
    with opened(screen(tag)) as before, opened(press(tag)) as after:
        assert after.Root.Lang == before.Root.Lang
        assert after.Root.MarkInfo.Marked
        assert after.docinfo["/Title"] == before.docinfo["/Title"]
        assert any("/Annots" in page for page in before.pages)
        assert not any("/Annots" in page for page in after.pages)
        kinds = {str(each.get("/S")) for each in after.objects if isinstance(each, Dictionary) and "/S" in each}
        assert {"/Document", "/H1", "/P"} <= kinds and "/Link" not in kinds
        assert not [
            each for each in after.objects if isinstance(each, Dictionary) and each.get("/Type") == Name.Annot
        ]
        with before.open_outline() as outline, after.open_outline() as kept:
            assert [item.title for item in kept.root] == [item.title for item in outline.root] != []


def test_every_marked_piece_of_content_still_has_its_tag() -> None:
    with opened(press()) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        entries = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        assert len(entries) == len(pdf.pages), "those of the annotations are gone"
        for page in pdf.pages:
            identifiers = re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
            assert len(identifiers) == len(entries[int(page.StructParents)])


def test_a_bookmark_leads_to_the_same_place() -> None:
    with opened(screen()) as before, opened(press()) as after:
        (old, new) = (pdf.Root.Outlines.First.Dest for pdf in (before, after))
        assert float(new[2]) == pytest.approx(float(old[2]) + BLEED, abs=0.001)
        assert float(new[3]) == pytest.approx(float(old[3]) + BLEED, abs=0.001)


# The ink


def test_black_is_black_ink_grey_is_a_tint_of_it_and_the_accent_has_its_inks(tag: str) -> None:
    assert colours(screen(tag)) >= {"0 0 0 rg", "0.478431 0.121569 0.168627 rg"}
    assert colours(press(tag)) == {"0 0 0 1 k", "0 0 0 1 K", "0 0 0 0.88 k", "0 0.96 0.58 0.59 k"}


def test_the_statement_s_own_inks_are_used() -> None:
    assert "0.1 1 0.6 0.4 k" in colours(pressed(screen(), accent_cmyk=(10, 100, 60, 40)))


def test_no_ink_but_black_is_on_the_plates_where_the_accent_is_not() -> None:
    ghostscript = require("gs")
    grey = tiny("0 g 10 10 100 100 re f 0.5 g 120 10 20 20 re f")
    share = coverage(ghostscript, pressed(grey))[0]
    assert share[:3] == [0, 0, 0]
    assert share[3] == pytest.approx((100 * 100 + 0.64 * 20 * 20) / (217.008 * 317.008), abs=0.01)


def test_ghostscript_finds_as_much_ink_as_the_accent_and_the_text_have(tag: str) -> None:
    for cyan, magenta, yellow, black in coverage(require("gs"), press(tag)):
        assert cyan == 0
        assert 0 < magenta < 0.03 and magenta == pytest.approx(yellow, abs=0.001), (
            "where there is one there is both"
        )
        assert 0.01 < black < 0.2


def coverage(ghostscript: str, pdf: bytes) -> list[list[float]]:
    """For each page the shares of its area that Ghostscript finds in cyan, magenta, yellow and black."""
    command = [ghostscript, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return [[float(share) for share in line.split()[:4]] for line in done.splitlines() if "CMYK OK" in line]


def test_overprinted_black_leaves_what_is_under_it_on_its_plate(tmp_path: Path) -> None:
    """A bar of the accent runs under a black letter: with a knockout its plates would have a hole there."""
    ghostscript = require("gs")
    bar, letter = "0.478431 0.121569 0.168627 rg 0 100 200 60 re f", "0 g BT /F 90 Tf 60 100 Td (M) Tj ET"
    plain, over = (tmp_path / name for name in ("plain.pdf", "over.pdf"))
    plain.write_bytes(pressed(tiny(bar)))
    over.write_bytes(pressed(tiny(f"{bar} {letter}")))
    magenta, black = ([plate(ghostscript, path, ink) for path in (plain, over)] for ink in ("Magenta", "Black"))
    assert magenta[0] == magenta[1]
    assert black[0] != black[1]


def plate(ghostscript: str, path: Path, ink: str) -> bytes:
    """A page's plate of an ink."""
    options = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", "-dOverprint=/enable"]
    subprocess.run([ghostscript, *options, f"-sOutputFile={path}.tif", str(path)], check=True, capture_output=True)
    found = list(path.parent.glob(f"{path.name}*({ink}).tif"))
    return pixels(found[0])


def pixels(path: Path) -> bytes:
    from PIL import Image

    with Image.open(path) as image:
        return image.tobytes()


# The sheet


@pytest.mark.parametrize(("marks", "edge"), [(False, 3.0), (True, 10.0)], ids=["without marks", "with marks"])
def test_the_trim_is_the_former_page_and_the_bleed_is_three_millimetres_around_it(marks: bool, edge: float) -> None:
    with opened(screen()) as before, opened(press(marks=marks)) as after:
        for page, sheet in zip(before.pages, after.pages, strict=True):
            former, trim, bleed = Rectangle(page.mediabox), Rectangle(sheet.TrimBox), Rectangle(sheet.BleedBox)
            assert (trim.width, trim.height) == pytest.approx((former.width, former.height), abs=0.01)
            assert (trim.llx, trim.lly) == pytest.approx((edge * MM, edge * MM), abs=0.01)
            assert (trim.llx - bleed.llx, bleed.ury - trim.ury) == pytest.approx((BLEED, BLEED), abs=0.01)
            media = Rectangle(sheet.MediaBox)
            assert (media.llx, media.lly) == (0, 0)
            assert media.width == pytest.approx(former.width + 2 * edge * MM, abs=0.01)
            assert "/CropBox" not in sheet and "/ArtBox" not in sheet


def test_a_page_that_does_not_begin_at_the_origin_is_moved_there() -> None:
    with opened(tiny("BT /F 20 Tf 50 70 Td (Here) Tj ET")) as pdf:
        pdf.pages[0].MediaBox = Array([40, 60, 240, 360])
        made = pressed(saved(pdf))
    (_, left, bottom, *_) = letters(made)[0][0]
    assert (left, bottom) == pytest.approx((10 + BLEED, 10 + BLEED), abs=2)


def test_marks_are_outside_the_bleed_on_every_plate_and_a_quarter_point_thick() -> None:
    with opened(press(marks=True)) as pdf:
        (sheet,) = {tuple(float(edge) for edge in page.BleedBox) for page in pdf.pages}
        assert pdf.pages[0].Resources.ColorSpace.All[:2] == Array([Name.Separation, Name.All])
    said = operators(press(marks=True))
    at = said.index("/All CS")
    assert said[at - 3 : at + 3] == ["Q", "/Artifact BMC", "q", "/All CS", "1 SCN", "0.25 w"]
    points = [
        tuple(float(number) for number in line.split()[:2]) for line in said[at:] if line.split()[-1] in ("m", "l")
    ]
    assert len(points) >= 2 * 8 + 4 * 5
    for x, y in points:
        assert not (sheet[0] + 0.01 < x < sheet[2] - 0.01 and sheet[1] + 0.01 < y < sheet[3] - 0.01), (x, y)


def test_nothing_reaches_the_edge_unless_marks_are_asked_for() -> None:
    for marks, is_empty in ((False, True), (True, False)):
        with pdfium.PdfDocument(press(marks=marks)) as document:
            image = document[0].render(scale=2).to_pil().convert("L")
        border = [image.crop((0, 0, image.width, 30)), image.crop((0, 0, 30, image.height))]
        assert all((edge.getextrema()[0] > 250) == is_empty for edge in border)


@pytest.mark.parametrize("bleed", [-1, 21, float("nan")])
def test_a_bleed_that_cannot_be_is_refused(bleed: float) -> None:
    with pytest.raises(CallError, match="bleed"):
        pressed(tiny("0 g"), bleed_mm=bleed)


def test_marks_keep_clear_of_a_wider_bleed() -> None:
    with opened(pressed(tiny("0 g"), bleed_mm=5, marks=True)) as pdf:
        assert float(pdf.pages[0].TrimBox[0]) == pytest.approx((5 + 5 + 2) * MM, abs=0.01)


# The file


def test_the_output_intent_names_the_condition_and_has_its_profile() -> None:
    with opened(press()) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert str(intent.OutputCondition) == "Offset printing, coated paper"
        assert intent.DestOutputProfile.read_bytes() == PROFILE.content
        assert int(intent.DestOutputProfile.N) == 4


def test_it_says_that_it_is_pdf_x_4_and_not_trapped(tag: str) -> None:
    with opened(press(tag)) as pdf:
        assert pdf.pdf_version == "1.6"
        assert pdf.docinfo["/Trapped"] == Name("/False")
        said = properties(pdf.Root.Metadata.read_bytes())
    assert said["pdfxid:GTS_PDFXVersion"] == ("PDF/X-4",)
    assert not [name for name in said if name.startswith(("pdfaid:", "pdfuaid:"))]


def test_claims_actions_forms_and_files_of_the_screen_edition_are_left_behind() -> None:
    with opened(tiny("0 g")) as pdf:
        pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFA1)])
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.AcroForm = Dictionary(Fields=[])
        pdf.Root.ViewerPreferences = Dictionary(ViewArea=Name.TrimBox, Direction=Name.R2L)
        pdf.attachments["text.txt"] = pikepdf.AttachedFileSpec(pdf, b"words")
        pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])])
        made = pressed(saved(pdf))
    with opened(made) as pdf:
        assert {"/OpenAction", "/AcroForm", "/Names", "/AF"} & set(pdf.Root.keys()) == set()
        assert [intent.S for intent in pdf.Root.OutputIntents] == [Name.GTS_PDFX]
        assert dict(pdf.Root.ViewerPreferences) == {"/Direction": Name.R2L}
    assert b"EmbeddedFile" not in made


def test_what_cannot_be_printed_is_refused() -> None:
    states = {"/ExtGState": Dictionary(Faint=Dictionary(ca=0.5))}
    with pytest.raises(ContentError, match="Page 1 has transparency"):
        pressed(tiny("/Faint gs", states))


@pytest.mark.parametrize("file", [b"", b"no PDF"], ids=["nothing", "text"])
def test_what_is_no_pdf_is_refused(file: bytes) -> None:
    with pytest.raises(CallError, match="No PDF"):
        pressed(file)


def test_a_pdf_that_says_nothing_of_itself_is_refused() -> None:
    with opened(tiny("0 g")) as pdf:
        del pdf.Root["/Metadata"]
        nameless = saved(pdf)
    with pytest.raises(ContentError, match="no metadata"):
        pressed(nameless)


def test_marks_inks_and_bleed_make_other_files_with_other_identifiers() -> None:
    made = [
        pressed(screen()),
        pressed(screen(), marks=True),
        pressed(screen(), bleed_mm=5),
        pressed(screen(), accent_cmyk=(0, 90, 60, 60)),
    ]
    instances = set()
    for file in made:
        with opened(file) as pdf:
            instances.add(properties(pdf.Root.Metadata.read_bytes())["xmpMM:InstanceID"])
    assert len(instances) == len(made)


PRESS = """
import hashlib, sys
from pathlib import Path
from handbill.colour import load_profile
from handbill.press import to_press
pdf = Path(sys.argv[1]).read_bytes()
print(hashlib.sha256(to_press(pdf, accent="#7a1f2b", profile=load_profile())).hexdigest())
"""


def test_the_bytes_are_the_same_in_another_process_and_zone(tmp_path: Path) -> None:
    path = tmp_path / "screen.pdf"
    path.write_bytes(screen())
    surroundings = {"PYTHONHASHSEED": "3", "TZ": "Asia/Kolkata", "PYTHONPATH": str(ROOT / "build")}
    command = [sys.executable, "-c", PRESS, str(path)]
    run = subprocess.run(command, env={**os.environ, **surroundings}, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(press()).hexdigest()
