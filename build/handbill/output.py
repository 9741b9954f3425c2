"""The output folder: held by one build at a time, and either as it was or as it shall be.

In: the finished files of a build. Out: all of them at their places, or none. They are gathered aside until the last
one is on the disk; then one rename marks them as whole, and they are moved into place, the manifest last. A build
that is killed before the mark has changed nothing; one that is killed after it is completed by the next.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from handbill.errors import FaultError
from handbill.files import unwritable, write_through

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
"""What lists all files. The manifest is moved last: as long as it is the former one, it is known to be old."""

PATIENCE = 600
"""Seconds that a build waits for another one in the same folder: one of ten languages takes two minutes."""

_SOON = 0.5
"""Seconds after which waiting is worth a word."""

_WORK = ".handbill"
_GATHERED, _WHOLE, _ALONE = "gathered", "whole", "alone"


class OutputFolder:
    """An output folder that is held by this build; made by `held`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._work = root / _WORK

    def put(self, path: str, content: bytes) -> None:
        """Gather a file, to be moved to this path below the folder by `commit`.

        Raises:
            FaultError: It cannot be written; nothing in the folder has changed.
        """
        self._write(self._work / _GATHERED / path, content, path)

    def put_now(self, path: str, content: bytes) -> None:
        """Put a file into its place at once, whole: one that must be seen even where the build is refused.

        Raises:
            FaultError: It cannot be written; the former file stays as it was.
        """
        aside = self._work / _ALONE
        self._write(aside, content, path)
        self._move(aside, path)

    def read(self, path: str) -> bytes:
        """A file as it will be after `commit`."""
        gathered = self._work / _GATHERED / path
        return (gathered if gathered.exists() else self.root / path).read_bytes()

    def has(self, path: str) -> bool:
        """Whether there will be such a file after `commit`."""
        return (self._work / _GATHERED / path).is_file() or (self.root / path).is_file()

    def commit(self) -> None:
        """Move everything that was gathered into place.

        Raises:
            FaultError: A place is taken by something else; or, what the next build mends, moving was cut short.
        """
        gathered = self._work / _GATHERED
        if not gathered.is_dir():
            return
        for path in _files(gathered):
            if (self.root / path).is_dir():
                raise FaultError(f"{self.root / path}: a folder stands in the file's place.", "Move it away.")
        gathered.rename(self._work / _WHOLE)
        self._move_all()

    def recover(self) -> bool:
        """Mend what a build that was killed left: complete it if it was whole, else take it away.

        Returns:
            Whether something was completed.
        """
        was_whole = (self._work / _WHOLE).is_dir()
        if was_whole:
            self._move_all()
        self.clear()
        return was_whole

    def clear(self) -> None:
        """Take away what was gathered, but not what is whole and waits to be moved."""
        if not (self._work / _WHOLE).is_dir():
            shutil.rmtree(self._work, ignore_errors=True)

    def _write(self, aside: Path, content: bytes, path: str) -> None:
        try:
            aside.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                write_through(file, content)
        except OSError as error:
            raise unwritable(self.root / path, error) from error

    def _move_all(self) -> None:
        whole = self._work / _WHOLE
        for path in _files(whole):
            self._move(whole / path, path)
        shutil.rmtree(whole)

    def _move(self, aside: Path, path: str) -> None:
        place = self.root / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            aside.replace(place)
        except OSError as error:
            raise FaultError(
                f"{place}: {error.strerror or error}.",
                "Make room for the file and build again: what is finished is kept, and moved into place first.",
            ) from error


def gathered(root: Path) -> Path:
    """Where a build that is running has its finished files, at the paths that they will have."""
    return root / _WORK / _GATHERED


@contextmanager
def held(root: Path, tell: Callable[[str], None], patience: float = PATIENCE) -> Iterator[OutputFolder]:
    """The output folder, held against other builds as long as the context lasts, and mended where need be.

    The folder itself is locked, so that no lock file is left; the system lets go of it when the program ends.

    Args:
        root: The folder; made if it is missing.
        tell: Is told of waiting and mending.
        patience: Seconds to wait for another build.

    Raises:
        FaultError: It cannot be written to, or another build holds it for longer than that.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise unwritable(root, error) from error
    try:
        _lock(handle, root, tell, patience)
        folder = OutputFolder(root)
        if folder.recover():
            tell(f"{root}: the last build was stopped while its files were moved into place; all are there now")
        try:
            yield folder
        finally:
            folder.clear()
    finally:
        os.close(handle)


def _lock(handle: int, root: Path, tell: Callable[[str], None], patience: float) -> None:
    began, told = time.monotonic(), False
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - began
        except OSError:
            return tell(f"{root}: this disk has no locks; let no two builds write here at the same time")
        if waited > patience:
            raise FaultError(
                f"{root}: another build has been writing here for {patience / 60:.0f} minutes.",
                "Stop it, or choose another folder with -o.",
            )
        if waited > _SOON and not told:
            tell(f"{root}: another build is writing here; waiting for it to end")
            told = True
        time.sleep(0.05)


def _files(folder: Path) -> list[str]:
    """The files below a folder, the manifest last."""
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(paths, key=lambda path: (path == MANIFEST, path))
