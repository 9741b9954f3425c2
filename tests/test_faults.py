"""Whatever befalls a build, what was there stays whole, the message says what to do, and the next one succeeds."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Inline
from forked import forked, on_small_disk, outcome, skip_without_disk, with_small_files
from handbill import production
from handbill.errors import FaultError
from handbill.making import Job, Made
from handbill.order import Order
from handbill.output import held
from handbill.pipeline import build
from handbill.workers import WorkerError
from letter import letter

KILLS = 50
PDF = "letter/en/letter-en-office.pdf"


def quiet(line: str) -> None:
    pass


def built(folder: Path, out: Path, tell: Callable[[str], None] = quiet, **options: float) -> None:
    build(Order((folder,), ("en",), ("office",), out, force=True, **options), tell)  # type: ignore[arg-type]


def state(out: Path) -> dict[str, bytes]:
    """The files that are made together; the proof is put into place before them."""
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes() for name, path in files.items() if not name.startswith(".") and "proof" not in name
    }


def agrees(out: Path) -> bool:
    """Whether every file is as the manifest says."""
    listed = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    return all(hashlib.sha256((out / file["path"]).read_bytes()).hexdigest() == file["sha256"] for file in listed)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return letter(tmp_path / "old" / "letter")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return letter(tmp_path / "new" / "letter", "The Council must act at once", "River Group and Friends")


@pytest.fixture
def out(tmp_path: Path, old: Path) -> Path:
    """An output folder with the files of the old text."""
    built(old, tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.skipif(sys.platform != "linux", reason="what is loaded here is loaded in forked workers only on Linux")
def test_killed_at_any_moment_no_file_is_ever_half_written(
    old: Path, new: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:  # loads the engine and the fonts into this process, once for all builds
        patched.setattr(production, "Workers", Inline)
        built(new, tmp_path / "other")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    before, after = state(out), state(tmp_path / "other")
    began = time.monotonic()
    assert outcome(forked(lambda: built(new, tmp_path / "timed"))) == 0
    whole = time.monotonic() - began
    seen: set[str] = set()
    chance = random.Random(1)
    for number in range(KILLS):
        ready, tell = os.pipe()
        child = forked(lambda: built(new, out, lambda line: os.write(tell, b"!") if "pages" in line else None))  # noqa: B023
        os.close(tell)
        if number % 2:
            time.sleep(chance.uniform(0, whole))
        else:  # about the time when the files are moved
            os.read(ready, 1)
            time.sleep(chance.uniform(0, whole / 2))
        os.kill(child, signal.SIGKILL)
        outcome(child)
        os.close(ready)
        now = state(out)
        assert all(content in (before.get(name), after.get(name)) for name, content in now.items())
        with held(out, quiet):
            now = state(out)
            assert now in (before, after) and agrees(out)
        seen.add("old" if now == before else "new")
        if now == after:
            shutil.rmtree(out)
            shutil.copytree(tmp_path / "other", out)
            for name, content in before.items():
                (out / name).write_bytes(content)
    built(new, out)
    assert state(out) == after and not list(out.rglob(".*"))
    assert list((tmp_path / "scratch").iterdir()) == [], "what killed builds laid aside is gone"
    assert "old" in seen


@pytest.mark.usefixtures("out")
class TestADiskThatIsFull:
    def test_when_the_files_are_written(self, old: Path, new: Path, out: Path) -> None:
        before = state(out)

        def fill() -> None:
            with_small_files(2000)
            with pytest.raises(FaultError, match="File too large") as refused:
                built(new, out)
            assert "Free some space" in refused.value.remedy or "Mend that" in refused.value.remedy

        assert outcome(forked(fill)) == 0
        assert state(out) == before and agrees(out)
        built(new, out)
        assert state(out) != before and agrees(out)

    def test_when_a_worker_lays_something_aside(self, new: Path, out: Path, tmp_path: Path) -> None:
        before = state(out)
        (tmp_path / "small").mkdir()

        def fill() -> None:
            on_small_disk(tmp_path / "small", 64)
            tempfile.tempdir = str(tmp_path / "small")
            with pytest.raises(FaultError, match=r"letter-en-office\.pdf \(en; office\): .*No space left"):
                built(new, out)

        code = outcome(forked(fill))
        skip_without_disk(code)
        assert code == 0
        assert state(out) == before and not list(out.rglob(".*"))


def die(jobs: list[Job]) -> list[Made]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


class TestAWorkerThatIsLost:
    def test_by_death(self, new: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = state(out)
        with monkeypatch.context() as patched:
            patched.setattr(production, "make_together", die)
            with pytest.raises(WorkerError, match=r"letter-en-office\.pdf \(en; office\): .*SIGKILL") as lost:
                built(new, out)
        assert "-e" in lost.value.remedy
        assert state(out) == before and agrees(out) and not list(out.rglob(".*"))
        built(new, out)
        assert state(out) != before and agrees(out)

    def test_by_time(self, new: Path, out: Path) -> None:
        before = state(out)
        with pytest.raises(WorkerError, match=r"letter-en-office\.pdf \(en; office\): .*longer than") as lost:
            built(new, out, patience=0.001)
        assert "--patience" in lost.value.remedy
        assert state(out) == before


def run(code: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run Python code before the command line."""
    command = [sys.executable, "-c", f"{code}\nimport sys\nfrom handbill.__main__ import main\nsys.exit(main())"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "build")}
    return subprocess.run([*command, *map(str, arguments)], env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param(
            "import cffi\nopen_library = cffi.FFI.dlopen\n"
            "def dlopen(self, name, *more):\n"
            "    if 'pango' in name: raise OSError(f'cannot load library {name!r}')\n"
            "    return open_library(self, name, *more)\n"
            "cffi.FFI.dlopen = dlopen",
            ["pango", "./build/briefs", "apt-get install", "brew install"],
            id="a system library is missing",
        ),
        pytest.param(
            "import hashlib, pathlib\nread = pathlib.Path.read_bytes\n"
            "pathlib.Path.read_bytes = lambda path: read(path)[: -1 if path.suffix == '.ttf' else None]",
            ["not the one in the manifest", "build/fonts", "styles/fonts"],
            id="a font file is cut short",
        ),
    ],
)
def test_the_message_says_how_to_mend(new: Path, out: Path, code: str, words: list[str]) -> None:
    before = state(out)
    said = run(code, "build", new, "-e", "office", "-o", out)
    assert said.returncode == 3, said.stderr
    assert [word for word in words if word not in said.stderr] == []
    assert "Traceback" not in said.stderr
    assert state(out) == before


def test_ctrl_c_leaves_a_short_message_and_the_old_files(new: Path, out: Path) -> None:
    before = state(out)
    command = [sys.executable, "-m", "handbill", "build", str(new), "-o", str(out), "-j", "2", "--force"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "build")}
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        assert program.stderr
        first = program.stderr.readline()
        os.killpg(program.pid, signal.SIGINT)  # a terminal sends it to the workers too
        said = program.stderr.read()
    assert first.startswith("letter: ")
    assert (program.returncode, said) == (130, "Stopped. What was finished before is whole.\n")
    assert state(out) == before and not list(out.rglob(".*"))
