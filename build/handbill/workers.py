"""Workers: processes in which pages are laid out, with a bound on the memory and the time that one page may take.

In: calls, as of any `concurrent.futures.Executor`. Out: their results, or a `WorkerError` that says why there is
none. Nobody can tell beforehand what a page costs: one that never ends is ended, and no other program suffers from
it. The workers stay for all calls, for the layout engine takes 0.6 s to load.
"""

import gc
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from queue import SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from handbill.errors import FaultError, HandbillError
from handbill.files import scratch_folder
from handbill.start import OBJECTS

Call = Callable[[], Any]
P = ParamSpec("P")
T = TypeVar("T")

LINUX = sys.platform == "linux"

Staff = Callable[[int], AbstractContextManager[Executor]]
"""Who makes calls, given how many there are to make: processes started for them, or others that stay."""


SECONDS = 300.0
"""What a call may take by the clock: ten times what the largest sound documents that were tried take on two cores
of 2023 (5000 signatories 23 s, a megabyte of text 14 s), for slow and busy machines."""

MEMORY_MIB = 2048
"""Address space of a worker: three times what those documents need (650 MiB, of which 450 in memory)."""

CALLS = 50
"""Calls that a worker makes before another one takes its place: WeasyPrint keeps 0.6 MiB of every layout for good
(`tests/bench/growth.py`), and with thousands of documents any bound on the memory would be reached."""


ROOM = 100_000
"""Places on the stack of a worker's first frame. CPython has memory for frames in pieces of 16 KiB and gives one
back when its last frame is left, so that a loop at the edge of one, deep in the layout engine, gets and gives
back memory with each call: 18 000 times for the files of a language. The piece of a frame that does not fit is
a power of two, 1 MiB for this one, of which a fifth is left for what it calls; what is not used takes no
memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take.

    Attributes:
        seconds: By the clock.
        memory_mib: Address space of its worker; macOS does not hold to it.
    """

    seconds: float = SECONDS
    memory_mib: int = MEMORY_MIB


class WorkerError(FaultError):
    """A call took more than it may, or its worker died of it."""


class ToldToEndError(WorkerError):
    """Its worker was told to end (SIGTERM), as where a machine is shut down: it is not the call that failed."""


class Workers(Executor):
    """An executor whose calls are bounded.

    Left by an exception, Ctrl-C included, its context ends every worker at once.

    Args:
        count: How many calls run at the same time.
        limits: What each of them may take.
        start: How its processes are started, as `multiprocessing` names it: forked on Linux, where a child has all
            modules at once, and as Python thinks best elsewhere. A program that has threads must not fork.
        calls: How many calls one process makes.
    """

    def __init__(
        self,
        count: int,
        limits: Limits | None = None,
        start: str | None = "fork" if LINUX else None,
        calls: int = CALLS,
    ) -> None:
        self._limits = limits or Limits()
        self._calls: SimpleQueue[tuple[Future[Any], Call] | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._ended = False
        self._left = ExitStack()
        self._scratch = str(self._left.enter_context(scratch_folder()))
        self._calls_each = calls
        self._context = multiprocessing.get_context(start)
        # All are started before there are threads here, so that no lock is copied that a thread holds.
        self._workers = [self._started() for _ in range(count)]
        self._threads = [threading.Thread(target=self._serve, args=(at,), daemon=True) for at in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker make this call; function, arguments and result must pickle."""
        future: Future[T] = Future()
        self._calls.put((future, partial(fn, *args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when they have made the calls that are left, or those they are at."""
        while cancel_futures and not self._calls.empty():
            if waiting := self._calls.get():
                waiting[0].cancel()
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
        self._left.close()

    def kill(self) -> None:
        """End every worker at once, whatever it does, and make no call any more."""
        with self._starting:
            self._ended = True
        for worker in self._workers:
            worker.kill()
        self.shutdown(cancel_futures=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the calls to be made, or, after an exception, for nothing."""
        if kind:
            self.kill()
        else:
            self.shutdown()

    def _serve(self, at: int) -> None:
        """Hand calls to one worker after the other: one that is lost, or has made its calls, has a successor."""
        left = self._calls_each
        while taken := self._calls.get():
            future, call = taken
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if not left:
                    self._succeed(at)
                    left = self._calls_each
                left -= 1
                future.set_result(self._workers[at].run(call))
            except BaseException as error:
                left = 0 if isinstance(error, WorkerError) else left
                future.set_exception(error)
        self._workers[at].end()

    def _succeed(self, at: int) -> None:
        with self._starting:
            if self._ended:
                raise WorkerError("The workers have been ended.")
            self._workers[at].end()
            self._workers[at] = self._started()

    def _started(self) -> "_Worker":
        return _Worker(self._limits, self._scratch, self._context)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, limits: Limits, scratch: str, context: BaseContext) -> None:
        self._limits = limits
        self._pipe, theirs = context.Pipe()
        work = partial(_work, theirs, limits.memory_mib, scratch)
        self._process = context.Process(target=work, daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()

    def run(self, call: Call) -> Any:
        """The call's result, or what it raised.

        Raises:
            WorkerError: It took more than it may; the worker is gone.
        """
        with suppress(OSError):  # the worker is dead, and `_answer` says why
            self._pipe.send(call)
        result, error = self._answer()
        if isinstance(error, MemoryError):
            self.kill()
            raise WorkerError(f"It needs more memory than {self._limits.memory_mib} MiB.")
        if error:
            raise error
        return result

    def _answer(self) -> tuple[Any, BaseException | None]:
        ready = wait([self._pipe, self._process.sentinel], self._limits.seconds)
        if not ready:
            self.kill()
            raise WorkerError(f"It takes longer than {self._limits.seconds:g} s.")
        try:
            answer: tuple[Any, BaseException | None] = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            told = self._process.exitcode == -signal.SIGTERM
            kind = ToldToEndError if told else WorkerError
            raise kind(f"The program died of it ({_death(self._process.exitcode)}).") from None
        return answer

    def end(self) -> None:
        """Let the process end by itself."""
        with suppress(OSError):
            self._pipe.send(None)
        self._process.join()

    def kill(self) -> None:
        """End the process whatever it does."""
        self._process.kill()
        self._process.join()


def _death(exit_code: int | None) -> str:
    """How a process ended, as a person can search for it."""
    if exit_code is None or exit_code >= 0:
        return f"exit code {exit_code}"
    with suppress(ValueError):
        return f"{signal.Signals(-exit_code).name}, as where memory runs out"
    return f"signal {-exit_code}"


def _work(calls: "Connection[Any, Any]", memory_mib: int, scratch: str) -> None:
    """Make calls until there are no more: a worker's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    tempfile.tempdir = scratch
    gc.freeze()
    gc.set_threshold(OBJECTS)
    _make_all(calls, memory_mib)


def _make_all(calls: "Connection[Any, Any]", memory_mib: int) -> None:
    _bound(memory_mib)
    while call := calls.recv():
        answer: tuple[Any, BaseException | None]
        try:
            answer = call(), None
        except BaseException as error:
            if not isinstance(error, HandbillError | MemoryError):
                error.add_note(f"In a worker:\n{traceback.format_exc()}")
            answer = None, error
        try:
            calls.send(answer)
        except OSError:
            raise
        except Exception as error:
            calls.send((None, TypeError(f"{error}, of the call's result {answer!r:.200}")))
        del call, answer
        gc.collect(1)  # not what was there before the call, which is used on


_make_all.__code__ = _make_all.__code__.replace(co_stacksize=ROOM)


def _bound(memory_mib: int) -> None:
    """Bound this process's memory where the system can, and let no dump of it, with its names, be written."""
    for what, most in ((resource.RLIMIT_AS, memory_mib * 1024 * 1024), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, killed perhaps, and waits for no answer."""
    parent = multiprocessing.parent_process()
    assert parent
    wait([parent.sentinel])
    os._exit(1)
