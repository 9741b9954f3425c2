"""Accessible: what a tagged PDF needs beside its tags is there, and nothing is claimed of one without them."""

import io
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from briefs import brief_in, specimen_in
from handbill.accessible import make_accessible
from handbill.errors import FaultError
from handbill.xmp import Claim, properties


@pytest.fixture
def brief() -> Iterator[pikepdf.Pdf]:
    """The finished English brief, opened."""
    with pikepdf.open(io.BytesIO(brief_in("en"))) as pdf:
        yield pdf


def test_its_colours_are_srgb(brief: pikepdf.Pdf) -> None:
    (intent,) = brief.Root.OutputIntents
    profile = intent.DestOutputProfile

    assert (intent.S, int(profile.N)) == (Name.GTS_PDFA1, 3)
    assert profile.read_bytes()[12:20] == b"mntrRGB "


def test_every_annotation_is_shown_and_printed(brief: pikepdf.Pdf) -> None:
    brief.pages[0].Annots[0].F = 2
    make_accessible(brief)

    assert {int(each.F) for page in brief.pages for each in page.get("/Annots", [])} == {4}


def test_no_picture_is_smoothed_and_no_font_lists_its_glyphs(brief: pikepdf.Pdf) -> None:
    picture = brief.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Interpolate=True)
    descriptor = brief.make_indirect(Dictionary(Type=Name.FontDescriptor, CIDSet=brief.make_stream(b"")))
    brief.Root.Extra = Array([picture, descriptor])
    make_accessible(brief)

    assert "/Interpolate" not in picture and "/CIDSet" not in descriptor


def test_the_window_has_the_title_and_what_else_was_preferred_stays(brief: pikepdf.Pdf) -> None:
    brief.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)
    make_accessible(brief)

    assert dict(brief.Root.ViewerPreferences) == {"/Direction": Name.R2L, "/DisplayDocTitle": True}


def test_the_packet_makes_the_claims(brief: pikepdf.Pdf) -> None:
    said = properties(brief.Root.Metadata.read_bytes())

    assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == (("2",), ("A",), ("1",))


@pytest.mark.parametrize("tag", ["ur", "rhg-Rohg"])
def test_a_text_that_goes_along_is_tied_to_the_document(tag: str) -> None:
    with pikepdf.open(io.BytesIO(specimen_in(tag))) as pdf:
        said = properties(pdf.Root.Metadata.read_bytes())
        (file,) = pdf.Root.AF

        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == (("3",), ("A",))
        assert (file.AFRelationship, file.EF.F.Subtype) == (Name.Alternative, Name("/text/plain"))
        assert [spec.obj.objgen for spec in pdf.attachments.values()] == [file.objgen]


def test_every_glyph_stands_for_something() -> None:
    """No glyph is copied as nothing, as U+0000 or as a byte order mark (ISO 19005-2, 6.2.11.7.2)."""
    for tag in ("my", "bn", "th", "ar"):
        with pikepdf.open(io.BytesIO(brief_in(tag))) as pdf:
            fonts = [each for each in pdf.objects if isinstance(each, Dictionary) and "/ToUnicode" in each]
            tables = [line for font in fonts for line in font.ToUnicode.read_bytes().splitlines()]
        letters = [line.split()[1] for line in tables if line.startswith(b"<") and line != b"<0000> <ffff>"]

        assert letters
        assert not {b"<>", b"<0000>", b"<feff>", b"<fffe>"} & set(letters)


@pytest.mark.parametrize("key", ["/StructTreeRoot", "/MarkInfo"])
def test_nothing_is_claimed_of_a_file_without_tags(brief: pikepdf.Pdf, key: str) -> None:
    del brief.Root[key]
    with pytest.raises(FaultError, match="no structure"):
        make_accessible(brief)


def test_making_it_accessible_again_changes_nothing_but_adds_no_second_intent(brief: pikepdf.Pdf) -> None:
    claims = make_accessible(brief)

    assert claims == {Claim.PDFA_2A, Claim.PDFUA_1}
    assert len(brief.Root.OutputIntents) == 1
