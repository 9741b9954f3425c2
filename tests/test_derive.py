"""The finished file: metadata from statement.toml only, the same bytes every time."""

import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pikepdf
import pytest

from conftest import ROOT
from handbill.making import Job, make
from handbill.pipeline import Prepared


@pytest.fixture(scope="module")
def brief(prepared: Prepared) -> bytes:
    return make(Job(prepared.original, "screen", draft=False)).pdf


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


def test_no_trace_of_the_machine_is_left(brief: bytes) -> None:
    traces = [str(Path.home()).encode(), str(ROOT).encode(), os.uname().nodename.encode(), b"WeasyPrint", b"file:"]
    with pikepdf.open(io.BytesIO(brief)) as pdf:
        streams = [
            obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/Length1" not in obj
        ]
        decoded = b"\n".join([*streams, str(pdf.docinfo).encode()])

    for trace in traces:
        assert len(trace) < 2 or trace not in decoded, trace
    assert b"WeasyPrint" not in brief


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


MAKE = """
import hashlib, sys
from pathlib import Path
from handbill.making import Job, make
from handbill.pipeline import prepare
print(hashlib.sha256(make(Job(prepare(Path(sys.argv[1])).original, "screen", draft=False)).pdf).hexdigest())
"""


def test_the_bytes_are_the_same_whatever_the_seed_the_zone_and_the_user(brief: bytes, seed: Path) -> None:
    import hashlib

    digests = {hashlib.sha256(brief).hexdigest()}
    for variables in (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kolkata", "USER": "ana", "SOURCE_DATE_EPOCH": "1"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "USER": "bo", "LANG": "C"},
    ):
        run = subprocess.run(
            [sys.executable, "-c", MAKE, str(seed)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "build"), **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(run.stdout.strip())

    assert len(digests) == 1
