"""The output folder is as it was or as it shall be, whenever the program ends, and is one build's at a time."""

import os
import time
from pathlib import Path

import pytest

from forked import (
    forked,
    killed_at_step,
    on_small_disk,
    outcome,
    read_only,
    skip_without_disk,
    with_small_files,
)
from handbill.errors import FaultError
from handbill.output import MANIFEST, held

OLD = {"a/en/a.pdf": b"old a", "a/b.html": b"old b", MANIFEST: b"old manifest"}
NEW = {"a/en/a.pdf": b"new a", "a/fr/c.pdf": b"new c", "a/b.html": b"new b", MANIFEST: b"new manifest"}
LONG = {**NEW, "a/en/a.pdf": b"%" * 100_000}


def quiet(line: str) -> None:
    pass


def state(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def build(out: Path, files: dict[str, bytes]) -> None:
    """What a build does with its files."""
    with held(out, quiet) as folder:
        for path, content in files.items():
            folder.put(path, content)
        folder.commit()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    build(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_everything_is_put_into_place_together_and_nothing_is_left_aside(out: Path) -> None:
    with held(out, quiet) as folder:
        for path, content in NEW.items():
            folder.put(path, content)
        assert {path: (out / path).read_bytes() for path in OLD} == OLD
        assert folder.read("a/fr/c.pdf") == b"new c"
        folder.commit()
    assert state(out) == NEW
    assert not list(out.rglob(".*"))


def test_without_a_commit_nothing_changes(out: Path) -> None:
    with pytest.raises(KeyboardInterrupt), held(out, quiet) as folder:
        folder.put("a/en/a.pdf", b"new a")
        raise KeyboardInterrupt
    assert state(out) == OLD
    assert not list(out.rglob(".*"))


def test_what_must_be_seen_is_in_place_at_once_and_stays(out: Path) -> None:
    with pytest.raises(KeyboardInterrupt), held(out, quiet) as folder:
        folder.put_now("a/proof.html", b"proof")
        raise KeyboardInterrupt
    assert state(out) == {**OLD, "a/proof.html": b"proof"}


def test_killed_before_any_step_it_leaves_the_old_files_or_those_that_the_next_build_completes(
    tmp_path: Path,
) -> None:
    """Every step is tried: each opening of a file and each change of a folder, in turn, is the last thing done."""
    outcomes: list[str] = []
    for step in range(1000):
        out = tmp_path / str(step)
        build(out, OLD)
        arm = killed_at_step(step)
        code = outcome(forked(lambda: (arm(), build(out, NEW))))  # noqa: B023
        files = {path: content for path, content in state(out).items() if not path.startswith(".handbill")}
        assert all(content in (OLD.get(path), NEW.get(path)) for path, content in files.items())
        if files[MANIFEST] == NEW[MANIFEST]:
            assert files == NEW, "the manifest comes last"
        with held(out, quiet):
            assert state(out) in (OLD, NEW), "nothing in between"
            outcomes.append("new" if state(out) == NEW else "old")
        assert not list(out.rglob(".*"))
        if code == 0:
            break
    assert step > 20 and outcomes == sorted(outcomes, reverse=True), "old up to the mark, new from there on"
    assert {"old", "new"} == set(outcomes)


def test_a_build_that_completes_another_says_so(out: Path) -> None:
    steps = 0
    while not (out / ".handbill" / "whole").is_dir():
        arm = killed_at_step(steps)
        outcome(forked(lambda: (arm(), build(out, NEW))))  # noqa: B023
        steps += 1
    told: list[str] = []
    with held(out, told.append):
        pass
    assert told == [f"{out}: the last build was stopped while its files were moved into place; all are there now"]
    assert state(out) == NEW


def refuses(out: Path, words: str) -> None:
    """Build, and see to it that it is refused with these words and a way out."""
    with pytest.raises(FaultError, match=words) as refused:
        build(out, LONG)
    assert str(out) in refused.value.message and "-o" in refused.value.remedy


def test_on_a_full_disk_nothing_changes_and_with_room_the_next_build_succeeds(tmp_path: Path) -> None:
    def fill() -> None:
        on_small_disk(tmp_path, 64)
        build(tmp_path / "out", OLD)
        refuses(tmp_path / "out", r"a\.pdf: No space left on device")
        assert state(tmp_path / "out") == OLD and not list(tmp_path.rglob(".*"))
        build(tmp_path / "out", NEW)
        assert state(tmp_path / "out") == NEW

    code = outcome(forked(fill))
    skip_without_disk(code)
    assert code == 0


def test_where_a_file_may_not_grow_nothing_changes(out: Path) -> None:
    """The same without any right to mount a disk."""

    def fill() -> None:
        with_small_files(10_000)
        refuses(out, r"a\.pdf: File too large")

    assert outcome(forked(fill)) == 0
    assert state(out) == OLD and not list(out.rglob(".*"))


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    def lock() -> None:
        read_only(tmp_path)
        refuses(tmp_path / "out", "out: Read-only file system")

    code = outcome(forked(lock))
    skip_without_disk(code)
    assert code == 0


def test_a_folder_of_another_user_is_named(out: Path) -> None:
    def lock() -> None:
        out.chmod(0o555)
        if os.geteuid() == 0:
            for parent in (out, *out.parents[:2]):
                parent.chmod(parent.stat().st_mode | 0o055)
            os.setuid(65534)
        refuses(out, "Permission denied")

    assert outcome(forked(lock)) == 0
    assert state(out) == OLD


def test_a_folder_in_the_place_of_a_file_is_named_before_anything_is_moved(out: Path) -> None:
    (out / "a/fr/c.pdf").mkdir(parents=True)
    with pytest.raises(FaultError, match=r"c\.pdf: a folder stands") as refused:
        build(out, NEW)
    assert refused.value.remedy
    assert state(out) == OLD and not list(out.rglob(".*"))


def test_a_file_in_the_place_of_a_folder_is_named_and_once_away_the_next_build_completes(out: Path) -> None:
    (out / "a/fr").write_bytes(b"in the way")
    with pytest.raises(FaultError, match=r"c\.pdf") as refused:
        build(out, NEW)
    assert "build again" in refused.value.remedy
    (out / "a/fr").unlink()
    with held(out, quiet):
        assert state(out) == NEW


class TestTwoAtOnce:
    def test_the_second_waits_says_so_and_sees_what_the_first_has_made(self, out: Path) -> None:
        told: list[str] = []
        ready, tell = os.pipe()

        def hold() -> None:
            with held(out, quiet) as folder:
                os.write(tell, b"!")
                for path, content in NEW.items():
                    folder.put(path, content)
                time.sleep(0.8)
                folder.commit()

        first = forked(hold)
        os.read(ready, 1)
        with held(out, told.append):
            assert state(out) == NEW
        assert outcome(first) == 0
        assert told == [f"{out}: another build is writing here; waiting for it to end"]

    def test_it_does_not_wait_for_ever(self, out: Path) -> None:
        with held(out, quiet), pytest.raises(FaultError, match="another build") as refused, held(out, quiet, 0):
            pass
        assert "-o" in refused.value.remedy

    def test_a_build_that_was_killed_holds_nothing(self, out: Path) -> None:
        ready, tell = os.pipe()

        def hold() -> None:
            with held(out, quiet):
                os.write(tell, b"!")
                time.sleep(60)

        first = forked(hold)
        os.read(ready, 1)
        os.kill(first, 9)
        assert outcome(first) == -9
        with held(out, quiet, 0):
            pass

    def test_many_at_once_leave_the_files_of_one(self, out: Path) -> None:
        made = [{path: b"%d" % number for path in NEW} for number in range(8)]
        children = [forked(lambda files=files: build(out, files)) for files in made]  # type: ignore[misc]
        assert [outcome(child) for child in children] == [0] * 8
        assert state(out) in made
