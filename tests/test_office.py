"""The office edition: the same letters in the same places, black as pure black, grey as grey, for both sides."""

import hashlib
import subprocess
from functools import cache

import pytest
from pikepdf import Dictionary, Name

from conftest import require
from handbill.errors import ContentError
from handbill.imposition import impose
from handbill.office import to_office
from handbill.xmp import properties
from printed import colours, form, letters, opened, operators, saved, screen, tiny

EDITIONS = ["", "ar", "zh-Hans", "my"]


@cache
def office(tag: str) -> bytes:
    return to_office(screen(tag))


@pytest.fixture(params=EDITIONS, ids=["brief", *EDITIONS[1:]])
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_letter_is_where_it_was(tag: str) -> None:
    assert letters(office(tag)) == letters(screen(tag))


def test_there_is_nothing_but_grey_and_what_was_black_is_pure_black(tag: str) -> None:
    """The accent and the grey of notes are dark enough to be black, so that no small letter is set in dots."""
    assert colours(office(tag)) == {"0 g", "0 G"}


@pytest.mark.parametrize(
    ("shown", "grey"),
    [
        ("0 0 0 rg", "0 g"),
        ("1 1 1 rg", "1 g"),
        ("0.478431 0.121569 0.168627 rg", "0 g"),
        ("0.34 0.34 0.34 rg", "0 g"),
        ("0.36 0.36 0.36 rg", "0.36 g"),
        ("0.5 0.5 0.5 RG", "0.5 G"),
        ("0 1 0 rg", "0.862 g"),
        ("0 0 0 1 k", "0 g"),
        ("0 0 0 0 k", "1 g"),
        ("1 1 1 1 k", "0 g"),
        ("0 0 0 0.25 K", "0.75 G"),
    ],
)
def test_a_colour_becomes_its_grey(shown: str, grey: str) -> None:
    assert operators(to_office(tiny(shown))) == [grey]


def test_ghostscript_finds_black_alone(tag: str) -> None:
    command = [require("gs"), "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o", "-", "-"]
    done = subprocess.run(command, input=office(tag), capture_output=True, check=True).stdout.decode()
    shares = [[float(share) for share in line.split()[:4]] for line in done.splitlines() if "CMYK OK" in line]
    assert len(shares) > 2
    assert all(page[:3] == [0, 0, 0] and page[3] > 0 for page in shares)


def test_it_asks_for_both_sides_turned_about_the_long_edge_and_for_no_scaling(tag: str) -> None:
    with opened(screen(tag)) as before, opened(office(tag)) as after:
        wishes = after.Root.ViewerPreferences
        assert (wishes.Duplex, wishes.PrintScaling) == (Name.DuplexFlipLongEdge, Name("/None"))
        assert wishes.get("/Direction") == before.Root.ViewerPreferences.get("/Direction")


def test_the_page_is_the_paper(tag: str) -> None:
    with opened(screen(tag)) as before, opened(office(tag)) as after:
        for page, same in zip(before.pages, after.pages, strict=True):
            assert [float(edge) for edge in same.MediaBox] == pytest.approx([float(edge) for edge in page.MediaBox])
            assert not {"/TrimBox", "/BleedBox", "/CropBox", "/ArtBox", "/Annots"} & set(same.keys())


def test_it_claims_nothing_and_keeps_title_language_and_tags(tag: str) -> None:
    with opened(screen(tag)) as before, opened(office(tag)) as after:
        assert "/OutputIntents" not in after.Root and "/Trapped" not in after.docinfo
        said = properties(after.Root.Metadata.read_bytes())
        assert not [name for name in said if name.startswith(("pdfxid:", "pdfaid:", "pdfuaid:"))]
        assert (str(after.Root.Lang), after.docinfo["/Title"]) == (str(before.Root.Lang), before.docinfo["/Title"])
        assert "/StructTreeRoot" in after.Root and after.Root.MarkInfo.Marked
        assert said["xmpMM:DocumentID"] != properties(before.Root.Metadata.read_bytes())["xmpMM:DocumentID"]


def test_the_sheets_of_a_booklet_turn_grey_too_and_keep_how_the_paper_is_turned() -> None:
    pages = tiny("0.478431 0.121569 0.168627 rg 10 10 50 50 re f", pages=4)
    with opened(pages) as pdf:
        for page in pdf.pages:
            page.MediaBox = [0, 0, 420.945, 595.276]
        sheets = to_office(impose(saved(pdf), right_bound=False))
    with opened(sheets) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipShortEdge
        painted = [half.read_bytes() for page in pdf.pages for half in page.Resources.XObject.values()]
        assert len(painted) == 4
        assert all(b"0 g" in content and b"rg" not in content for content in painted)


def test_a_form_is_turned_grey_with_the_page() -> None:
    made = to_office(tiny("/Form Do", {"/XObject": Dictionary(Form=form("1 0 0 rg 0 0 9 9 re f"))}))
    with opened(made) as pdf:
        assert pdf.pages[0].Resources.XObject.Form.read_bytes().split() == b"0.498 g 0 0 9 9 re f".split()


def test_what_cannot_be_turned_grey_is_refused() -> None:
    with pytest.raises(ContentError, match="a gradient"):
        to_office(tiny("/S sh", {"/Shading": Dictionary(S=Dictionary(ShadingType=2))}))


def test_the_bytes_are_the_same_every_time(tag: str) -> None:
    assert hashlib.sha256(to_office(screen(tag))).digest() == hashlib.sha256(office(tag)).digest()
