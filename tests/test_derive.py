"""The finished file: metadata from statement.toml only, the same bytes every time."""

import io
import xml.etree.ElementTree as ET

import pikepdf
import pytest

from handbill.prepared import Prepared
from printed import screen


@pytest.fixture(scope="module")
def brief() -> bytes:
    return screen()


def test_the_information_and_the_packet_agree(brief: bytes, prepared: Prepared) -> None:
    with pikepdf.open(io.BytesIO(brief)) as pdf:
        information = {key: str(value) for key, value in pdf.docinfo.items()}
        packet = pdf.Root.Metadata.read_bytes().decode()
        root = pdf.Root
        assert str(root.Lang) == "en"
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert root.MarkInfo.Marked is True

    assert information == {
        "/Title": prepared.statement.title,
        "/Keywords": "Myanmar, accountability, Human Rights Council",
        "/CreationDate": "D:20250131000000Z",
        "/ModDate": "D:20250131000000Z",
    }
    ET.fromstring(packet)
    assert prepared.statement.title in packet
    assert "2025-01-31T00:00:00Z" in packet


def test_every_font_is_embedded_and_the_projects_own(brief: bytes) -> None:
    with pikepdf.open(io.BytesIO(brief)) as pdf:
        fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"]
        names = {str(font.BaseFont) for font in fonts}
        composite = [font for font in fonts if font.Subtype == "/Type0"]
        assert composite
        for font in composite:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor

    assert names and all("Source" in name and "Serif" in name for name in names), names


def test_bookmarks_and_links_are_there(brief: bytes, prepared: Prepared) -> None:
    with pikepdf.open(io.BytesIO(brief)) as pdf:
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            below = [child.title for item in outline.root for child in item.children]
        actions = [a.A for p in pdf.pages for a in p.get("/Annots", []) if "/A" in a]
        inside = [a for p in pdf.pages for a in p.get("/Annots", []) if "/Dest" in a or "/D" in a.get("/A", {})]

    assert titles == [prepared.statement.title]
    assert {"The statement", "Signatories"} <= set(below)
    assert {str(action.URI) for action in actions if "/URI" in action} == {
        "https://progressivevoicemyanmar.org/?p=63680"
    }
    assert len(inside) >= 12
