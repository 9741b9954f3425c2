"""A build puts no file in place that fails its preflight, and `handbill check` says the same of it afterwards."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from handbill.__main__ import main
from handbill.errors import ContentError
from handbill.languages import known_languages
from handbill.order import Order
from handbill.pipeline import build
from handbill.preflight import Recognised, recognise
from handbill.report import Output, shop_sheet
from printed import press, screen, tiny

WAIVER = """[[waivers]]
finding = "{finding}"
reason = "The ministry's own colour."
edition = "screen"
language = "en"
"""
PALE = "colour/contrast:low-contrast"


def built(folder: Path, out: Path, edition: str = "screen", **options: bool) -> Mapping[str, Any]:
    """Build an edition in English and return what the manifest says of it."""
    build(Order((folder,), ("en",), (edition,), out, **options), lambda line: None)
    (file,) = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    assert isinstance(file, dict)
    return file


@pytest.fixture
def pale(statement_folder: Path) -> Path:
    """A statement whose accent is too pale for letters."""
    path = statement_folder / "statement.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('accent = "#7a1f2b"', 'accent = "#ffb0b0"'), encoding="utf-8")
    assert "#ffb0b0" in path.read_text("utf-8")
    return statement_folder


def waive(folder: Path, finding: str) -> None:
    (folder / "preflight.toml").write_text(WAIVER.format(finding=finding), encoding="utf-8")


def test_a_file_that_fails_is_refused_by_name_and_a_draft_lists_why(pale: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(ContentError) as caught:
        built(pale, out)
    assert "-en-screen.pdf: page 1: Letters of" in str(caught.value) and f"[{PALE}]" in str(caught.value)
    assert "preflight.toml" in caught.value.remedy and "--draft" in caught.value.remedy
    assert list(out.rglob("*.pdf")) == []

    draft = built(pale, out, draft=True)
    assert draft["draft"] and any(PALE in finding for finding in draft["findings"])


def test_a_finding_that_is_waived_stops_no_build_and_is_not_forgotten(
    pale: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waive(pale, PALE)
    out = tmp_path / "out"
    file = built(pale, out)
    assert file["findings"] == []
    assert file["waived"] == [f"{PALE} (screen, en): The ministry's own colour."]
    assert file["checks"]["waived"] > 0 and file["checks"]["fail"] == 0
    assert built(pale, out) == file  # it is used by a file that is not made again, too

    assert main(["check", str(out / file["path"]), "--statement", str(pale)]) == 0
    assert "screen (by manifest.json)" in (said := capsys.readouterr().out) and "The ministry's own colour." in said
    assert main(["check", str(out / file["path"]), "--statement", str(pale), "--paper", "letter"]) == 1
    assert "[boxes/size:another-paper]" in capsys.readouterr().out
    assert main(["check", str(out / file["path"])]) == 1  # without the statement nobody knows of the waiver


def test_a_waiver_that_waives_nothing_stops_the_build_with_its_line(statement_folder: Path, tmp_path: Path) -> None:
    waive(statement_folder, "lines/widow")
    with pytest.raises(ContentError, match=r"preflight\.toml, line 1: no file has the finding lines/widow"):
        built(statement_folder, tmp_path / "out")
    assert list((tmp_path / "out").rglob("*.pdf")) == []


# The command


def test_check_says_what_is_wrong_and_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound, wrong, none = tmp_path / "a-press.pdf", tmp_path / "b-press.pdf", tmp_path / "c.pdf"
    sound.write_bytes(press("en"))
    wrong.write_bytes(screen("en"))
    none.write_text("no PDF")

    assert main(["check", str(sound)]) == 0
    assert "a-press.pdf: press (by its name)" in capsys.readouterr().out
    assert main(["check", str(wrong), str(sound)]) == 1
    said = capsys.readouterr().out
    assert "FAIL" in said and "[press/device-colour:device-colour]" in said and "a-press.pdf" in said
    assert main(["check", str(none), str(sound)]) == 2
    said = capsys.readouterr()
    assert "c.pdf: the file is no PDF" in said.err and "a-press.pdf" in said.out
    assert main(["check", str(sound), "--edition", "pres"]) == 2
    assert 'Did you mean "press"?' in capsys.readouterr().err


def test_check_prints_json_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tiny.pdf"
    path.write_bytes(tiny("0.5 g 9 9 9 9 re f"))

    assert main(["check", str(path), "--json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert (file["file"], file["profile"]) == (str(path), "any")
    assert file["counts"]["pass"] + file["counts"]["skip"] + file["counts"]["warn"] == len(
        {answer["check"] for answer in file["answers"]}
    )
    assert {answer["status"] for answer in file["answers"]} == {"pass", "skip", "warn"}
    assert set(file["answers"][0]) == {"check", "status", "code", "message", "page", "place", "waived"}


def test_a_file_is_recognised_by_its_manifest_then_by_its_name(tmp_path: Path) -> None:
    entry = {"path": "s/en/x.pdf", "edition": "office", "statement": "s", "language": "en"}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": [entry]}))
    known = ("screen", "office", "large-print")

    assert recognise(tmp_path / "s" / "en" / "x.pdf", known) == Recognised("office", "manifest.json", "s", "en")
    assert recognise(tmp_path / "s" / "en" / "y-large-print.pdf", known).edition == "large-print"
    assert recognise(tmp_path / "print.pdf", known).edition == "any"


# The sheet for the print shop


def output(language: str, edition: str = "press", **more: Any) -> Output:
    path = f"s/{language}/s-{language}-{edition}.pdf"
    return Output("s", f"Title {language}", path, "0" * 64, 9, 5, edition, language, "x", **{**FIELDS, **more})


FIELDS: Mapping[str, Any] = {
    "findings": (),
    "draft": False,
    "inputs": "",
    "checks": {"pass": 60, "waived": 0},
    "particulars": {"size": "210 × 297 mm", "colours": "CMYK"},
}


def test_the_sheet_has_what_the_press_files_share_and_where_they_differ() -> None:
    sheet = shop_sheet(
        [
            output("en"),
            output("my", particulars={"size": "210 × 297 mm", "colours": "CMYK, grey"}),
            output("en", "screen"),
        ]
    )
    assert sheet and [file.language for file in sheet.files] == ["en", "my"]
    assert sheet.particulars == (("Trimmed size", "210 × 297 mm"), ("Colours", "CMYK, grey"))
    assert shop_sheet([output("en", "screen")]) is None


def test_the_sheet_is_one_page_however_much_there_is_to_look_at() -> None:
    from handbill.making import shop_sheet as made

    findings = tuple(f"page {page}: A last line is only “لا 🖨”. [lines/last-word:runt]" for page in range(40))
    files = [output("en", findings=findings), *(output(tag) for tag in known_languages() if tag != "en")]
    sheet = shop_sheet(files)
    assert sheet
    with pypdfium2.PdfDocument(made(sheet)) as document:
        assert len(document) == 1
        assert "and 26 more" in document[0].get_textpage().get_text_range()
