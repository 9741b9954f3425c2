"""Files: read with a limit, written aside and moved into place.

In: paths and bytes. Out: bytes, or files that are whole at every moment, whatever happens to the program.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from handbill.errors import CallError, FaultError

LARGEST_ORIGINAL = 67_108_864
"""Bytes of the largest file that a text is taken from: a scan of a hundred pages has some 30 MiB."""

_PARTIAL = ".partial"
_SCRATCH = "handbill-scratch-"


def read_bytes(path: Path, largest: int) -> bytes:
    """A file's bytes, refused by name where it is missing, no file, or larger than `largest` bytes."""
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except FileNotFoundError:
        raise CallError(f"{path}: there is no such file.", "Check the path, or put the file there.") from None
    except IsADirectoryError:
        raise CallError(f"{path}: this is a folder, not a file.", "Name a file in it.") from None
    except PermissionError:
        raise CallError(f"{path}: the file cannot be read.", "Give yourself the right to read it.") from None
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP):
            raise CallError(f"{path}: {error.strerror}.", "Check the path, or put the file there.") from None
        raise FaultError(f"{path}: {error.strerror}.", "Check the disk and run the command again.") from error
    if len(raw) > largest:
        raise CallError(
            f"{path}: the file is larger than {largest // 1024} KiB, the most that is read.",
            "Give each statement a file of its own.",
        )
    return raw


def read_utf8(path: Path, largest: int) -> str:
    """Read a UTF-8 text, with or without a byte order mark.

    Raises:
        CallError: As for `read_bytes`, or it is not UTF-8; the message has the line.
    """
    raw = read_bytes(path, largest)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CallError(f"{path}, line {line}: not UTF-8.", "Save the file as UTF-8.") from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that no half of it is ever seen.

    What a program that was killed here left beside the file is taken away.

    Raises:
        FaultError: The folder cannot be written to, or the disk is full; the former file stays as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for former in _abandoned(path.parent, f".{path.name}-????????{_PARTIAL}"):
            former.unlink(missing_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", suffix=_PARTIAL, dir=path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            _mark_as_ours(handle)
            write_through(file, content)
        Path(aside).replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        Path(aside).unlink(missing_ok=True)


def write_through(file: BinaryIO, content: bytes) -> None:
    """Write a file to the disk itself, to be read by everyone."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
    os.fchmod(file.fileno(), 0o644)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for what nobody keeps; those of programs that were killed are taken away.

    Raises:
        FaultError: The machine's folder for such files cannot be written to.
    """
    place = Path(tempfile.gettempdir())
    for former in _abandoned(place, f"{_SCRATCH}????????"):
        shutil.rmtree(former, ignore_errors=True)
    try:
        folder = tempfile.mkdtemp(prefix=_SCRATCH)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise FaultError(
            f"{place}: {error.strerror}.", "Free some space there, or name another in TMPDIR."
        ) from error
    _mark_as_ours(handle)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def unwritable(path: Path, error: OSError) -> FaultError:
    """What is said where a file of the output cannot be written."""
    return FaultError(
        f"{path}: {error.strerror or error}.",
        "Free some space or choose another folder with -o; what was there before is untouched.",
    )


def _mark_as_ours(handle: int) -> None:
    """Lock a file as long as this program, or a worker of it, lives: no sweep of another one takes it away."""
    with suppress(OSError):  # a disk without locks, on which nothing is swept either
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _abandoned(folder: Path, pattern: str) -> Iterator[Path]:
    """Our own files and folders of this pattern whose program is gone, for its lock is."""
    for path in folder.glob(pattern):
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        try:
            if os.fstat(handle).st_uid == os.geteuid():
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield path
        except OSError:
            continue
        finally:
            os.close(handle)
