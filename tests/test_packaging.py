import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"build/requirements.lock", "build/requirements-cluster.lock", "build/requirements-test.lock"}
STATEMENT = "myanmar-accountability-2025"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Runs a command and returns its output; when it fails, the test shows why."""
    environment = os.environ | environment
    result = subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert result.returncode == 0, f"{command} gave {result.returncode}:\n{result.stdout}\n{result.stderr}"
    return result.stdout


def files_under(folder: str) -> set[str]:
    """Every file of a folder of the checkout, by its path inside the folder."""
    paths = (ROOT / folder).rglob("*")
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in paths
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def distributions(tmp_path_factory) -> Path:
    """The folder with the sdist and the wheel made from it, built at the root as a packager would."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, cwd=ROOT, PIP_NO_INDEX="1")
    return folder


@pytest.fixture(scope="module")
def wheel(distributions) -> Path:
    (wheel,) = distributions.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel_files(wheel) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_build_is_a_folder_and_not_a_package():
    assert not (ROOT / "build/__init__.py").exists(), "it would hide the packaging tool of the same name"


def test_gitignore_does_not_hide_the_source():
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert not [line for line in lines if line.strip("/*! ") in {"build", "build/handbill"}]


@pytest.mark.parametrize(
    ("folder", "inside"),
    [("build/handbill", "handbill"), ("layout", "handbill/layout"), ("styles", "handbill/styles")],
)
def test_wheel_holds_every_file_of(folder, inside, wheel_files):
    wanted = {f"{inside}/{file}" for file in files_under(folder)}
    assert wanted
    assert wanted <= wheel_files


def test_wheel_holds_nothing_else(wheel_files):
    wanted = {f"handbill/{file}" for file in files_under("build/handbill")}
    wanted |= {f"handbill/{folder}/{file}" for folder in ("layout", "styles") for file in files_under(folder)}
    rest = {file for file in wheel_files - wanted if ".dist-info/" not in file}
    assert rest == set()


def test_wheel_carries_the_licence(wheel_files):
    assert [file for file in wheel_files if file.endswith(".dist-info/licenses/LICENSE")]


def test_sdist_holds_what_a_stranger_needs_to_build_and_test(distributions):
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        files = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"README.md", "LICENSE", "pyproject.toml", "build/briefs", "build/test", *LOCKS}
    for folder in ("build/handbill", "layout", "styles", "seeds", "tests"):
        wanted |= {f"{folder}/{file}" for file in files_under(folder)}
    assert wanted <= files


def test_the_installed_wheel_builds_a_brief_far_from_the_checkout(wheel, tmp_path):
    place = tmp_path / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    python, handbill = place / "bin/python", place / "bin/handbill"
    # The dependencies come from this environment. A .pth inside it is not followed from there, so the
    # editable project itself stays out of reach.
    site_packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path)
    (Path(site_packages.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps"]
    run(*pip, "--ignore-installed", wheel, cwd=tmp_path)
    module = run(python, "-c", "import handbill; print(handbill.__file__)", cwd=tmp_path, PYTHONPATH="")
    assert Path(module.strip()).is_relative_to(place)

    seed = shutil.copytree(ROOT / "seeds" / STATEMENT, tmp_path / "seeds" / STATEMENT)
    options = ["-l", "en", "-e", "screen", "-o", tmp_path / "out"]
    run(handbill, "build", seed, *options, cwd=tmp_path, PYTHONPATH="")
    brief = tmp_path / "out" / STATEMENT / "en" / f"{STATEMENT}-en-screen.pdf"
    assert brief.read_bytes().startswith(b"%PDF-")
