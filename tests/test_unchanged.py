"""A build that has nothing to do says so at once, and only where nothing changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import ROOT, Inline, english_only
from handbill import inputs, production, records, start
from handbill.__main__ import main
from handbill.making import Job, Made
from handbill.report import Output
from handbill.unchanged import RECORD, Call, told_again

NAME = "myanmar-accountability-2025"
PDF = f"{NAME}/en/{NAME}-en-screen.pdf"
CALL = ["build", NAME, "-e", "screen"]


def make(job: Job) -> Made:
    """A file in the place of a brief: a few bytes."""
    pdf = f"%PDF {job.draft} {job.printing}".encode()
    told = (job.path, hashlib.sha256(pdf).hexdigest(), len(pdf), 1, job.edition, job.language)
    statement = job.version.statement
    return Made(Output(statement.name, statement.title, *told, "original", (), job.draft, ""), pdf, b"")


@pytest.fixture(scope="module")
def built_once(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with seeds in which `CALL` was built; as long as it lasts, a few bytes stand for the pages."""
    folder = tmp_path_factory.mktemp("built")
    english_only(Path(shutil.copytree(seed, folder / "seeds" / NAME)))
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setattr(production, "Workers", Inline)
        patched.setattr(production, "make_together", lambda jobs: [make(job) for job in jobs])
        patched.setattr(records, "contact_sheet", lambda gallery, pictures: b"%PDF of the sheet")
        assert main(CALL) == 0
        yield folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, as the working folder, that a test may change."""
    monkeypatch.chdir(shutil.copytree(built_once, tmp_path / "project"))
    return tmp_path / "project"


def is_unchanged(*words: str) -> bool:
    return told_again(Call(words or CALL[1:])) is not None


def test_it_is_told_again_what_was_told(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(CALL) == 0
    out, err = capsys.readouterr()
    assert out == f"1 file; open {Path('out', 'index.html')}\n"
    first, last = err.splitlines()
    assert first.startswith(f"{NAME}: 16 blocks, 46 signatories") and last == f"{PDF}: unchanged"


def test_neither_engine_nor_forms_nor_templates_are_loaded(built: Path) -> None:
    program = "import sys; from handbill.start import main; main(); print(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", program, *CALL],
        env={**os.environ, "PYTHONPATH": str(ROOT / "build")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(run.stderr.splitlines()[-1].split())
    assert f"{PDF}: unchanged" in run.stderr and "handbill.unchanged" in loaded
    assert loaded & {"weasyprint", "jinja2", "wordfreq", "pydantic", "pikepdf", "rich", "argparse", "json"} == set()


def write(path: str, content: bytes | None = None) -> Callable[[], None]:
    """A change: one more byte in a file, or other content."""

    def change() -> None:
        place = Path(path)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(place.read_bytes() + b"\n" if content is None else content)

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(write(f"seeds/{NAME}/source.txt"), id="the text"),
        pytest.param(write(f"seeds/{NAME}/my.po"), id="a translation"),
        pytest.param(write(f"seeds/{NAME}/approval.toml", b""), id="a new file of the statement"),
        pytest.param(lambda: Path(f"seeds/{NAME}/preflight.toml").unlink(), id="a file of it that is gone"),
        pytest.param(write("seeds/another/statement.toml", b""), id="another statement"),
        pytest.param(write(f"out/{PDF}"), id="a PDF"),
        pytest.param(lambda: Path("out", PDF).unlink(), id="a PDF that is gone"),
        pytest.param(write("out/index.html"), id="the gallery"),
        pytest.param(write("out/manifest.json"), id="the manifest"),
        pytest.param(lambda: Path("out/SHA256SUMS").unlink(), id="the sums that are gone"),
        pytest.param(write(f"out/{RECORD}", b"\xff"), id="a broken record"),
        pytest.param(lambda: Path("out/.handbill").mkdir(), id="a build that is going on"),
        pytest.param(lambda: Path("out").rename("elsewhere"), id="the output folder"),
    ],
)
def test_nothing_is_called_unchanged_after_a_change_of(built: Path, change: Callable[[], None]) -> None:
    assert is_unchanged()
    change()
    assert not is_unchanged()


@pytest.mark.parametrize("piece", [inputs.PROGRAM, inputs.ENGINE, "layout/brief.html.j2", "styles/page.css"])
def test_nothing_is_called_unchanged_with_another(built: Path, monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    pieces = {**inputs.resources(), piece: "another"}
    monkeypatch.setattr("handbill.unchanged.resources", lambda: pieces)
    assert not is_unchanged()


@pytest.mark.parametrize("words", [["--draft"], ["-o", "other"], ["--out=other"], ["--marks"], ["-l", "my"]])
def test_nothing_is_called_unchanged_by_another_call(built: Path, words: list[str]) -> None:
    assert not is_unchanged(*CALL[1:], *words)


@pytest.mark.parametrize("word", ["--force", "--explain", "-v", "--verb", "--output-intent=x.icc"])
def test_a_call_that_asks_for_more_than_the_files_is_not_recorded(built: Path, word: str) -> None:
    assert Call([*CALL[1:], word]).inputs == ""


def test_a_draft_between_two_builds_is_seen(built: Path) -> None:
    main([*CALL, "--draft"])
    assert not is_unchanged()
    assert is_unchanged(*CALL[1:], "--draft")


def test_a_statement_that_withholds_a_name_leaves_no_hash_of_it(built: Path) -> None:
    form = Path("seeds", NAME, "signatories.toml")
    form.write_text(form.read_text("utf-8") + "\n[[signatories]]\nnumber = 24\nwithheld = true\n", "utf-8")
    Path("out", RECORD).unlink()
    assert main(CALL) == 0
    assert not Path("out", RECORD).exists()
    assert not is_unchanged()


def test_the_record_holds_no_path_of_the_machine(built: Path) -> None:
    call = ["build", str(built / "seeds" / NAME), "-e", "screen", "-l", "my", "-o", str(built / "out")]
    assert main(call) == 0
    assert str(built).encode() not in Path("out", RECORD).read_bytes()
    told = told_again(Call(call[1:]))
    assert told and any(str(built / "seeds" / NAME / "my.po") in line for line in told[1])


def test_the_door_leaves_everything_else_to_the_command_line(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["handbill", "editions"])
    assert start.main() == 0
    assert "large-print" in capsys.readouterr().out
