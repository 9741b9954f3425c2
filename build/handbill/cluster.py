"""Cluster: the calls of a build are made on other machines, by the workers of a Dask scheduler.

In: calls, as of any `concurrent.futures.Executor`. Out: their results, as if they had been made here. All that a
call is about goes by value: no disk is shared. The program itself must be on every machine, the very same to the
byte, for the files are to be the same; each process compares it before it makes anything. Beside each Dask worker
as many processes as it has threads make the calls, so that what one call may take is bounded there too. The only
module that knows Dask; it is loaded where a scheduler is named and not before.
"""

import ipaddress
import multiprocessing
import pickle
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from handbill import __version__
from handbill.errors import CallError, FaultError
from handbill.inputs import hash_of_all, resources, short_hash
from handbill.workers import Limits, Staff, ToldToEndError, WorkerError, Workers

try:
    import dask
    from distributed import Client, KilledWorker, Reschedule, Security, Worker, WorkerPlugin, get_worker
except ImportError as missing:
    raise CallError(
        f"--scheduler needs Dask, which is not installed ({missing}).",
        ".venv/bin/python -m pip install --require-hashes --no-deps -r build/requirements-cluster.lock",
    ) from missing

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 20
"""Seconds in which a scheduler must answer, and have a worker."""

_SAME = "Install the same release of Handbill on every machine, from the same checkout and lock."


def on_cluster(address: str, limits: Limits, out: Path) -> Staff:
    """Who makes the calls of a build: the workers of the scheduler at an address.

    Args:
        address: `tls://HOST:PORT`; or `tcp://HOST:PORT`, of this machine or a private network.
        limits: What each call may take.
        out: The output folder. A build into it takes over from one that was killed and left its processes behind.

    Raises:
        CallError: That is no address, one to which nothing may be sent in the clear, or certificates are missing.
    """
    _refuse_open_network(address)
    if address.startswith("tls://") and not Security().get_connection_args("client").get("ssl_context"):
        raise CallError(
            f"--scheduler {address}: Dask has been told no certificates.",
            "Name them in its settings, distributed.comm.tls (README.md, “On a cluster”).",
        )
    crew = f"handbill-{short_hash(socket.gethostname().encode(), str(out.resolve()).encode())}"

    def connected(calls: int) -> AbstractContextManager[Executor]:
        return _connected(address, limits, crew)

    return connected


def _refuse_open_network(address: str) -> None:
    """Whoever can speak to a Dask worker can make it run anything, and read what is sent to it."""
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("tcp", "tls") or not host or not port:
            raise ValueError("expected tls://HOST:PORT or tcp://HOST:PORT")
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, port)}
    except (ValueError, OSError) as error:
        raise CallError(
            f"--scheduler {address}: {error}.", "Give the address that `dask scheduler` prints."
        ) from None
    if parts.scheme == "tcp" and any(ipaddress.ip_address(each).is_global for each in found):
        raise CallError(
            f"--scheduler {address}: {host} is on the open internet, and tcp:// is read by everyone on the way.",
            "Use tls:// with certificates of your own (README.md, “On a cluster”), or a private network.",
        )


@contextmanager
def _connected(address: str, limits: Limits, crew: str) -> Iterator[Executor]:
    # What is sent is a statement and its pictures: Dask warns of more than 10 MB, meant for tables.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}), _client(address) as client:
        _refuse_strangers(client)
        client.register_plugin(_Crew(limits, resources()), name=crew)
        try:
            yield _Cluster(client, crew)
        finally:
            with suppress(Exception):  # the scheduler is gone, and has been said to be
                client.unregister_worker_plugin(crew)


def _client(address: str) -> "Client":
    """A connection to a scheduler that has workers.

    Raises:
        FaultError: There is none.
    """
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, RuntimeError) as error:
        raise FaultError(
            f"--scheduler {address}: no Dask scheduler answers ({error}).",
            "Start one with `dask scheduler` (README.md, “On a cluster”).",
        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        raise FaultError(
            f"--scheduler {address}: it has had no worker for {PATIENCE} s.",
            f"Start one on each machine with `dask worker {address}`.",
        ) from error
    return client


def _refuse_strangers(client: "Client") -> None:
    """Refuse a worker that has no Handbill, or that of another release.

    Raises:
        FaultError: There is one.
    """
    found = client.run(metadata.version, "handbill", on_error="return")
    strangers = [
        f"worker {worker}: it has {f'Handbill {version}' if isinstance(version, str) else 'no Handbill'}, "
        f"and this is {__version__}"
        for worker, version in found.items()
        if version != __version__
    ]
    if strangers:
        raise FaultError("\n".join(strangers), _SAME)


class _Crew(WorkerPlugin):
    """The processes of one build beside a Dask worker: started when it joins, ended with the build."""

    def __init__(self, limits: Limits, program: Mapping[str, str]) -> None:
        self._limits = limits
        self._program = program

    def setup(self, worker: "Worker") -> None:
        """Start them."""
        # Dask's own guardian marks the worker as one that may have no children.
        multiprocessing.current_process().daemon = False
        self._address = worker.address
        self._pool = Workers(worker.state.nthreads, self._limits, "spawn")

    def teardown(self, worker: "Worker") -> None:
        """End them, whatever they do: nobody waits for it any more."""
        self._pool.kill()

    def make(self, call: bytes) -> bytes:
        """The result of a call, both as bytes, so that the Dask worker itself needs to know nothing of them."""
        try:
            return self._pool.submit(_made, call, self._program, self._address).result()
        except ToldToEndError:
            raise Reschedule from None


def _made(call: bytes, program: Mapping[str, str], address: str) -> bytes:
    """Make a call in a process beside a Dask worker."""
    here = resources()
    if here != program:
        raise FaultError(_difference(program, here, address), _SAME)
    function, arguments, named = pickle.loads(call)
    return pickle.dumps(function(*arguments, **named))


def _difference(program: Mapping[str, str], here: Mapping[str, str], address: str) -> str:
    """How a worker's program is another one."""
    others = sorted(name for name in {*program, *here} if program.get(name) != here.get(name))
    return (
        f"worker {address}: it has Handbill {__version__} ({hash_of_all(here)}), and the build is made with "
        f"{hash_of_all(program)}; another one there: {', '.join(others)}."
    )


def _on_worker(call: bytes, crew: str) -> bytes:
    """Hand a call to the processes beside this Dask worker."""
    there = get_worker().plugins[crew]
    assert isinstance(there, _Crew)
    return there.make(call)


class _Cluster(Executor):
    """An executor whose calls a crew makes; a call whose worker is lost is made by another one."""

    def __init__(self, client: "Client", crew: str) -> None:
        self._pool = client.get_executor(pure=False)
        self._crew = crew

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker make this call; function, arguments and result must pickle."""
        future: Future[T] = Future()
        remote = self._pool.submit(_on_worker, pickle.dumps((fn, args, kwargs)), self._crew)
        future.add_done_callback(lambda done: done.cancelled() and remote.cancel())
        remote.add_done_callback(lambda done: _settle(future, done))
        return future


def _settle(future: Future[T], remote: Future[bytes]) -> None:
    """Let a call end as it ended on the cluster."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(pickle.loads(remote.result()))
    except KilledWorker:
        future.set_exception(WorkerError("Every worker that began it was lost."))
    except CancelledError:
        future.set_exception(FaultError("The scheduler was lost.", "Start it and its workers, and build again."))
    except BaseException as error:
        future.set_exception(error)
