"""Fixtures that several tests share."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from handbill import languages
from handbill.assets import resource_folder
from handbill.model import Cleaned, Source
from handbill.pipeline import prepare
from handbill.prepared import Prepared

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent


def require(program: str) -> str:
    """The path of an outside program; without it the test is skipped, and fails in CI."""
    path = shutil.which(program)
    if path is None:
        reason = f"needs {program}"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, which CI must have")
        pytest.skip(reason)
    return path


def source_of(text: str, language: str = "en") -> Source:
    """A bare source of this text."""
    return Source("text", Path("text.txt"), language, tuple(text.split("\n")))


def text_of(cleaned: Cleaned) -> str:
    """The cleaned blocks, an empty line between them."""
    return "\n\n".join(line.text for line in cleaned.lines)


def english_only(folder: Path) -> Path:
    """Let a statement's folder be built in English alone, for tests of the build that are not about languages."""
    path = folder / "statement.toml"
    text, times = re.subn(r"(?m)^languages = .*$", 'languages = ["en"]', path.read_text("utf-8"))
    assert times == 1
    path.write_text(text, encoding="utf-8")
    return folder


class Inline(Executor):
    """Makes every call at once in the test itself, where stubs and spies are seen."""

    def __init__(self, *options: object) -> None:
        pass

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture(scope="session")
def seed() -> Path:
    """The folder of the first statement."""
    return ROOT / "seeds" / "myanmar-accountability-2025"


@pytest.fixture
def statement_folder(seed: Path, tmp_path: Path) -> Path:
    """A copy of the first statement, built in English unless asked otherwise, that a test may change."""
    return english_only(Path(shutil.copytree(seed, tmp_path / seed.name)))


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the language packs that a test may change or add to."""
    folder = Path(shutil.copytree(resource_folder("layout") / "languages", tmp_path / "layout" / "languages"))
    monkeypatch.setattr(languages, "resource_folder", lambda name: tmp_path / "layout")
    languages.load_language.cache_clear()
    yield folder
    languages.load_language.cache_clear()


@pytest.fixture(scope="session")
def prepared(seed: Path) -> Prepared:
    """The first statement, cleaned and structured."""
    return prepare(seed)
