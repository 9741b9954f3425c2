"""What a file is, its bytes tell; what cannot be read is refused with the way out."""

import io
import zipfile
from pathlib import Path

import pytest

from handbill.errors import CallError
from handbill.extract import load
from handbill.extract.package import LARGEST_PART
from handed_in import opendocument, packed, read_file, word

TEXT = "<w:p><w:r><w:t>We ask.</w:t></w:r></w:p>"


def test_a_file_is_known_by_its_bytes_whatever_its_name() -> None:
    found = read_file(Path("letter.pdf"), word(TEXT))
    assert found and (found.how, found.text) == ("docx", "We ask.\n")


def test_text_is_left_to_who_reads_texts() -> None:
    assert read_file(Path("letter.txt"), b"We ask.") is None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"old Word[\s\S]*\.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (rb"{\rtf1 We ask.}", r"Rich Text[\s\S]*\.docx"),
        (b"\n<!DOCTYPE html><p>We ask.", r"web[\s\S]*PDF"),
        (word(TEXT)[:-30], "damaged"),
        (word(TEXT)[:40], "damaged"),
        (packed({"xl/workbook.xml": "<x/>"}), r"neither[\s\S]*\.odt"),
        (word("<w:p/>"), "no text"),
        (word("<w:p>"), "damaged"),
        (opendocument("<text:p></text:p>"), "no text"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "no text"),
        (packed({f"{n}": "" for n in range(5001)}), "parts"),
    ],
    ids=[
        *("doc", "password", "rtf", "html", "cut", "stump", "workbook", "empty", "broken", "empty-odt", "no-body"),
        "parts",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(raw: bytes, said: str) -> None:
    with pytest.raises(CallError, match=said) as refused:
        read_file(Path("letter.docx"), raw)
    assert refused.value.message.startswith("letter.docx") and refused.value.remedy


def test_a_part_that_declares_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    raw = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bomb})
    with pytest.raises(CallError, match="entities"):
        read_file(Path("letter.odt"), raw)


def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", b" " * (LARGEST_PART + 1))
    assert len(raw.getvalue()) < 100_000
    with pytest.raises(CallError, match="too much"):
        read_file(Path("letter.odt"), raw.getvalue())


def test_tables_in_tables_without_an_end_are_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 2000 + TEXT + "</w:tc></w:tr></w:tbl>" * 2000
    with pytest.raises(CallError, match="without an end"):
        read_file(Path("letter.docx"), word(deep))


def test_a_file_that_is_empty_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.docx").touch()
    for name in ("empty.docx", "none.docx"):
        with pytest.raises(CallError, match=name):
            load(tmp_path / name)
