"""Things that are done in a process of their own: being killed, a full disk, a machine of another user."""

import ctypes
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000  # linux/sched.h


def forked(action: Callable[[], object]) -> int:
    """Start a child that does this; its process id. It ends with 0, or with 1 and a traceback."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            action()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    return child


def outcome(child: int) -> int:
    """The exit code of a child, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at_step(number: int) -> Callable[[], None]:
    """Returns what arms this process to be killed before its so-many-th change of a folder or opening of a file."""

    def arm() -> None:
        left = [number]

        def hook(event: str, arguments: object) -> None:
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "fcntl.flock"):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)

    return arm


def on_small_disk(folder: Path, kib: int) -> None:
    """Let this process, and no other, see a disk of so many KiB at the folder; where that is forbidden, skip."""
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (_NEW_MOUNTS, _NEW_MOUNTS | _NEW_USER):
        if libc.unshare(flags) == 0:
            private = libc.mount(b"none", b"/", None, 0x4000 | 0x40000, None)  # MS_REC | MS_PRIVATE
            assert private == 0
            assert libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={kib}k".encode()) == 0
            return
    os._exit(NO_DISK)


def read_only(folder: Path) -> None:
    """Let this process, and no other, see a folder that nobody can write to, the superuser neither."""
    on_small_disk(folder, 16)
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.mount(b"none", os.fsencode(folder), None, 1 | 0x20, None) == 0  # MS_RDONLY | MS_REMOUNT


NO_DISK = 77
"""Exit code of a child that may not mount one."""


def skip_without_disk(code: int) -> None:
    """Skip a test whose child could not mount a disk; in CI, fail."""
    if code == NO_DISK:
        reason = "needs the right to mount a disk (root, or namespaces of one's own)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def with_small_files(most: int) -> None:
    """Let no file that this process writes grow beyond so many bytes, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
