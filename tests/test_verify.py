"""A handed-out file is genuine by its content, whatever it is called; anything else is told by name."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Inline, require
from handbill.__main__ import main
from handbill.errors import CallError
from handbill.output import held
from handbill.records import put_records
from handbill.report import Output
from handbill.verify import State, verify

BRIEFS = [("en", "screen", "original"), ("fr", "press", "unofficial, unreviewed")]


def output(tag: str, edition: str, translation: str, content: bytes) -> Output:
    return Output(
        statement="valley",
        title="Valley: the Council must act",
        path=f"valley/{tag}/valley-{tag}-{edition}.pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        pages=1,
        edition=edition,
        language=tag,
        translation=translation,
        findings=(),
        draft=tag == "fr",
        inputs=hashlib.sha256(b"inputs" + content).hexdigest(),
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder of two briefs and what lies beside them, with the records that a build writes."""
    folder = tmp_path / "out"
    outputs = {}
    for tag, edition, translation in BRIEFS:
        made = output(tag, edition, translation, f"%PDF {tag}".encode())
        outputs[made.path] = made
        (folder / made.path).parent.mkdir(parents=True)
        (folder / made.path).write_bytes(f"%PDF {tag}".encode())
        (folder / made.picture).write_bytes(f"PNG {tag}".encode())
    (folder / "valley" / "valley-fr-press.html").parent.joinpath("fr", "valley-fr-press.html").write_text("report")
    (folder / "valley" / "proof.html").write_text("proof")
    (folder / "valley" / "contact-sheet.pdf").write_bytes(b"%PDF sheet")
    with held(folder, print) as place, Inline() as pool:
        put_records(outputs, place, set(), pool, {})
        place.commit()
    return folder


def states(*paths: Path, out: Path) -> dict[str, State]:
    return {verdict.path.name: verdict.state for verdict in verify(paths, out / "manifest.json")}


def test_every_file_of_a_build_is_in_the_manifest_and_in_the_sums(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    listed = {entry["path"]: entry for entry in (*manifest["files"], *manifest["others"])}
    there = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert set(listed) == set(there) - {"manifest.json", "SHA256SUMS"}
    for path, entry in listed.items():
        assert entry["sha256"] == hashlib.sha256(there[path]).hexdigest()
        assert entry["bytes"] == len(there[path])
    sums = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text("utf-8").splitlines())
    assert set(sums) == set(there) - {"SHA256SUMS"}


def test_sha256sum_agrees_without_handbill(out: Path) -> None:
    run = [require("sha256sum"), "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(run, cwd=out, capture_output=True).returncode == 0
    (out / "index.html").write_text("altered")
    assert subprocess.run(run, cwd=out, capture_output=True).returncode == 1


def test_an_untouched_folder_is_genuine(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--manifest", str(out / "manifest.json")]) == 0
    said = capsys.readouterr().out
    assert "All 12 files are as they were built." in said


def test_a_genuine_brief_is_told_what_it_is(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    renamed = Path(shutil.copy(out / "valley" / "fr" / "valley-fr-press.pdf", tmp_path / "for the printer.pdf"))
    assert main(["verify", str(renamed), "--manifest", str(out / "manifest.json")]) == 0
    build = hashlib.sha256(b"inputs%PDF fr").hexdigest()[:12]
    assert capsys.readouterr().out.splitlines()[0] == (
        f"{renamed}: genuine: DRAFT, not for distribution; “Valley: the Council must act” (valley), language fr "
        f"(unofficial, unreviewed), edition press, build {build} (built as valley/fr/valley-fr-press.pdf)"
    )


def test_an_altered_brief_is_told_wherever_it_lies(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copy(out / "valley" / "en" / "valley-en-screen.pdf", tmp_path))
    copy.write_bytes(copy.read_bytes() + b" ")
    assert main(["verify", str(copy), "--manifest", str(out / "manifest.json")]) == 1
    said = capsys.readouterr()
    assert f"{copy}: ALTERED: it is named like valley/en/valley-en-screen.pdf" in said.out
    assert said.err.startswith("1 altered.\nHand out what is genuine alone")


def test_what_is_missing_from_a_whole_copy_is_named(out: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(out, tmp_path / "stick"))
    (copy / "valley" / "en" / "valley-en-screen.pdf").unlink()
    (copy / "strange.pdf").write_bytes(b"%PDF strange")
    (copy / ".hidden").write_bytes(b"the system's own")
    found = states(copy, out=out)
    assert {name: state for name, state in found.items() if state is not State.GENUINE} == {
        "valley-en-screen.pdf": State.MISSING,
        "strange.pdf": State.UNKNOWN,
    }


def test_some_files_of_a_build_lack_nothing(out: Path) -> None:
    assert set(states(out / "valley" / "en", out=out).values()) == {State.GENUINE}


def test_a_brief_moved_to_another_name_is_not_missing(out: Path) -> None:
    (out / "valley" / "en" / "valley-en-screen.pdf").rename(out / "brief.pdf")
    assert states(out, out=out)["brief.pdf"] is State.GENUINE
    assert State.MISSING not in states(out, out=out).values()


def test_a_brief_under_the_name_of_another_is_told_by_its_content(out: Path) -> None:
    """Neither language passes for the other."""
    en, fr = out / "valley" / "en" / "valley-en-screen.pdf", out / "valley" / "fr" / "valley-fr-press.pdf"
    en.write_bytes(fr.read_bytes())
    verdict = next(each for each in verify([en], out / "manifest.json"))
    assert verdict.state is State.GENUINE and verdict.listed and verdict.listed.language == "fr"


def test_a_manifest_altered_in_a_copy_is_told(out: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(out, tmp_path / "stick"))
    (copy / "manifest.json").write_text((copy / "manifest.json").read_text("utf-8") + " ")
    (copy / "SHA256SUMS").write_text("")
    found = states(copy, out=out)
    assert found["manifest.json"] is found["SHA256SUMS"] is State.ALTERED


def test_its_json_has_a_state_for_each_file(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "valley" / "proof.html").write_text("other")
    assert main(["verify", "--json", str(out / "valley"), "--manifest", str(out / "manifest.json")]) == 1
    value = json.loads(capsys.readouterr().out)
    assert value["genuine"] is False
    by_path = {entry["listed"]: entry for entry in value["files"]}
    assert by_path["valley/proof.html"]["state"] == "altered"
    brief = by_path["valley/en/valley-en-screen.pdf"]
    assert [brief[key] for key in ("state", "language", "edition", "translation")] == [
        "genuine",
        "en",
        "screen",
        "original",
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": [{}], "others": []}', '{"files": 1, "others": 2}'])
def test_a_broken_manifest_is_refused_with_the_way_out(out: Path, text: str) -> None:
    (out / "manifest.json").write_text(text)
    with pytest.raises(CallError, match="not a manifest"):
        verify([], out / "manifest.json")


def test_a_path_that_is_nowhere_is_a_wrong_call(out: Path, tmp_path: Path) -> None:
    with pytest.raises(CallError, match="no such file"):
        verify([tmp_path / "nothing.pdf"], out / "manifest.json")
    assert states(tmp_path / "valley-en-screen.pdf", out=out) == {"valley-en-screen.pdf": State.MISSING}


def test_without_a_manifest_the_call_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--manifest", str(tmp_path / "manifest.json")]) == 2
    assert "there is no such file" in capsys.readouterr().err
