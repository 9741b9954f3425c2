"""Files are refused by name where they cannot be read, and are whole at every moment where they are written."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from handbill.errors import CallError, ExitCode, FaultError
from handbill.files import read_bytes, write_whole


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A file that is there already, alone in its folder."""
    path = tmp_path / "out" / "manifest.json"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "source.txt"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"


def test_a_file_one_byte_larger_than_allowed_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "source.txt"
    path.write_bytes(b"x" * 2049)
    with pytest.raises(CallError, match=r"source\.txt.*larger than 2 KiB"):
        read_bytes(path, 2048)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("missing.txt", "no such file", id="there is no such file"),
        pytest.param("folder", "folder", id="the path is a folder"),
        pytest.param("file/source.txt", "file/source.txt", id="the path goes through a file"),
        pytest.param("x" * 300, "x" * 300, id="the name is longer than any file's"),
    ],
)
def test_a_path_that_cannot_be_read_is_a_wrong_call_and_is_named(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CallError) as refused:
        read_bytes(tmp_path / name, 10)
    assert words in refused.value.message
    assert str(tmp_path / name) in refused.value.message
    assert refused.value.remedy
    assert refused.value.exit_code == ExitCode.CALL


def test_writing_makes_the_folders_above(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "proof.html"
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert names_in(path.parent) == ["proof.html"]


def test_writing_replaces_the_former_file(place: Path) -> None:
    write_whole(place, b"new")
    assert place.read_bytes() == b"new"
    assert names_in(place.parent) == [place.name]


def test_a_written_file_can_be_read_by_everyone(place: Path) -> None:
    write_whole(place, b"new")
    assert place.stat().st_mode & 0o777 == 0o644


def test_a_full_disk_leaves_the_former_file_and_nothing_beside_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(FaultError, match=r"manifest\.json: No space left") as fault:
        write_whole(place, b"new")
    assert fault.value.exit_code == ExitCode.FAULT
    assert "-o" in fault.value.remedy
    assert place.read_bytes() == b"old"
    assert names_in(place.parent) == [place.name]


def test_a_stopped_program_leaves_the_former_file_and_nothing_beside_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(place, b"new")
    assert place.read_bytes() == b"old"
    assert names_in(place.parent) == [place.name]


def test_what_a_killed_program_left_beside_a_file_goes_and_what_a_living_one_writes_stays(place: Path) -> None:
    left, alive = (place.with_name(f".manifest.json-{name}.partial") for name in ("abcdefgh", "ijklmnop"))
    another = place.with_name(".manifest.json-mine.txt")
    for path in (left, alive, another):
        path.write_bytes(b"")
    with alive.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_whole(place, b"new")
    assert names_in(place.parent) == sorted([alive.name, another.name, place.name])


def test_a_file_that_cannot_be_moved_into_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(FaultError, match=r"index\.html"):
        write_whole(tmp_path / "index.html", b"new")
    assert names_in(tmp_path) == ["index.html"]


def test_a_folder_that_cannot_be_made_is_a_fault_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file where the folder should be")
    with pytest.raises(FaultError, match=r"out.index\.html"):
        write_whole(tmp_path / "out" / "index.html", b"new")
    assert (tmp_path / "out").read_bytes() == b"a file where the folder should be"
