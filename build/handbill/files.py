"""Files: read with a limit, written aside and moved into place.

In: paths and bytes. Out: bytes, or files that are whole at every moment, whatever happens to the program.
"""

import errno
import os
import tempfile
from pathlib import Path

from handbill.errors import CallError, FaultError


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

    Raises:
        FaultError: The folder cannot be written to, or the disk is full; the former file stays as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(aside).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> FaultError:
    return FaultError(
        f"{path}: {error.strerror or error}.",
        "Free some space or choose another folder with -o; what was there before is untouched.",
    )
