"""Cluster: the workers of a scheduler make the same bytes as this machine does, and a lost one loses nothing."""

import ctypes
import json
import math
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, KilledWorker

from conftest import ROOT, Inline
from handbill import cluster
from handbill.__main__ import main
from handbill.cluster import on_cluster
from handbill.errors import CallError, FaultError
from handbill.order import Order
from handbill.pipeline import build
from handbill.translate import read_catalogue, write_catalogue
from handbill.translations import update_translation
from handbill.workers import Limits, WorkerError
from letter import letter

TAGS = ("en", "fr", "my")
EDITIONS = ("screen", "press", "booklet", "large-print")
TEXT = """\
The Council must act on the war in the valley and hold those responsible to account.

Signatories:

1. Valley Group
2. Harbour Collective
3. River Watch
"""
TRANSLATIONS = {
    "fr": {
        "title": "Le Conseil doit agir",
        "p1": "Le Conseil doit agir face à la guerre dans la vallée et demander des comptes aux responsables.",
        "h1": "Signataires",
    },
    "my": {
        "title": "ကောင်စီ အရေးယူရမည်",
        "p1": "ချိုင့်ဝှမ်းရှိ စစ်ပွဲအပေါ် ကောင်စီက အရေးယူရမည်၊ တာဝန်ရှိသူများကို အရေးယူရမည်။",
        "h1": "လက်မှတ်ရေးထိုးသူများ",
    },
}


@dataclass(frozen=True)
class Cluster:
    """A scheduler and one worker, which has a guardian, as people start them; both in an empty folder."""

    address: str
    folder: Path
    worker: psutil.Process

    @contextmanager
    def worker_more(self, *options: str, **environment: str) -> Iterator[psutil.Process]:
        """Another worker, without a guardian, so that it stays dead when it is killed."""
        with Client(self.address, set_as_default=False) as client:
            before = len(client.scheduler_info(n_workers=-1)["workers"])
            with started(self.folder, "worker", self.address, "--no-nanny", *options, **environment) as worker:
                client.wait_for_workers(before + 1, timeout=60)
                yield worker
            while len(client.scheduler_info(n_workers=-1)["workers"]) > before:
                time.sleep(0.05)


@contextmanager
def started(folder: Path, what: str, *options: str, **environment: str) -> Iterator[psutil.Process]:
    """A process of Dask's with nothing of this machine but its programs; it is ended with all its children."""
    place = folder / f"{what}-{len(list(folder.iterdir()))}"
    place.mkdir()
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", "--no-dashboard"]
    with (place / "log").open("wb") as log:
        process = psutil.Popen(
            [*command, *options],
            cwd=place,
            env={"PATH": os.environ["PATH"], "HOME": str(place), "TMPDIR": str(place), **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        all_of_it = [process, *(process.children(recursive=True) if process.is_running() else [])]
        for each in all_of_it:
            with ExitStack() as gone:
                gone.push(lambda kind, *_: kind is not None and issubclass(kind, psutil.NoSuchProcess))
                each.kill()
        process.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    told = folder.parent / "scheduler.json"
    with started(folder, "scheduler", "--port", "0", "--scheduler-file", str(told)):
        until(told.is_file)
        address = json.loads(told.read_text("utf-8"))["address"]
        with started(folder, "worker", address, "--nthreads", "2", "--name", "stays") as worker:
            with Client(address, set_as_default=False) as client:
                client.wait_for_workers(1, timeout=60)
            yield Cluster(address, folder, worker)


def until(holds: Callable[[], Any], seconds: float = 60) -> Any:
    """What it returns as soon as that is true."""
    last = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < last, "it never came true"
        time.sleep(0.01)
    return found


def translated(folder: Path) -> Path:
    """A short statement in three languages."""
    signed(folder)
    for tag, texts in TRANSLATIONS.items():
        update_translation(folder, tag)
        catalogue = read_catalogue(folder / f"{tag}.po", tag)
        entries = tuple(replace(each, text=texts.get(each.id, each.text)) for each in catalogue.entries)
        (folder / f"{tag}.po").write_bytes(write_catalogue(replace(catalogue, entries=entries), folder.name))
    return folder


def signed(folder: Path) -> Path:
    """A short statement with signatories."""
    letter(folder)
    (folder / "source.txt").write_text(TEXT, encoding="utf-8")
    return folder


def files(out: Path) -> dict[str, bytes]:
    """Everything that a build leaves, byte for byte."""
    paths = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != ".last-build")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def victim(client: Client, worker: psutil.Process) -> str:
    """The address of a worker by its process."""
    workers: dict[str, str] = {address: str(pid) for address, pid in client.run(os.getpid).items()}
    return next(address for address, pid in workers.items() if pid == str(worker.pid))


def test_a_worker_that_is_killed_at_its_work_loses_nothing_and_changes_no_byte(
    running: Cluster, tmp_path: Path
) -> None:
    order = Order((translated(tmp_path / "letter"),), TAGS, EDITIONS, tmp_path / "local", workers=2)
    build(order, lambda line: None)
    with running.worker_more("--nthreads", "1") as worker, Client(running.address, set_as_default=False) as client:
        address = victim(client, worker)
        failed: list[BaseException] = []

        def build_on_cluster() -> None:
            try:
                staff = on_cluster(running.address, Limits(), tmp_path / "spread")
                build(replace(order, out=tmp_path / "spread"), lambda line: None, staff)
            except BaseException as error:
                failed.append(error)

        building = threading.Thread(target=build_on_cluster)
        building.start()
        until(lambda: any(each.cpu_times().user > 0.5 for each in worker.children()))
        worker.suspend()  # now it cannot say that it has finished
        time.sleep(0.2)
        assert client.processing()[address], "it was not at work"
        orphans = worker.children()
        worker.kill()
        until(lambda: not any(each.is_running() and each.status() != "zombie" for each in orphans))
        building.join(120)
    assert not building.is_alive() and not failed, failed
    made = files(tmp_path / "spread")
    assert made == files(tmp_path / "local")
    assert len([path for path in made if path.endswith(".pdf") and "letter-" in path]) == len(TAGS) * len(EDITIONS)
    touched = {path.name for place in running.folder.iterdir() for path in place.rglob("*.pdf")}
    assert not touched, "workers write no brief"


def test_a_worker_that_is_told_to_end_leaves_its_calls_to_others(running: Cluster, tmp_path: Path) -> None:
    with running.worker_more("--nthreads", "1") as worker, Client(running.address, set_as_default=False) as client:
        address = victim(client, worker)
        with on_cluster(running.address, Limits(), tmp_path)(6) as pool:
            answers = [pool.submit(time.sleep, 1.5 + number / 1000) for number in range(6)]
            until(lambda: client.processing()[address])
            worker.terminate()
            assert [answer.result(60) for answer in answers] == [None] * 6


def test_a_call_whose_process_is_told_to_end_as_in_a_shutdown_is_made_again(
    running: Cluster, tmp_path: Path
) -> None:
    def crew() -> set[psutil.Process]:
        return set(running.worker.children(recursive=True)) - before

    before = set(running.worker.children(recursive=True))
    with on_cluster(running.address, Limits(), tmp_path)(1) as pool:
        answers = [pool.submit(time.sleep, 1.5 + number / 1000) for number in range(2)]
        at_work = until(lambda: [each for each in crew() if each.is_running() and each.cpu_times().user > 0.1])
        for each in at_work:
            each.terminate()
        assert [answer.result(60) for answer in answers] == [None, None]


def test_what_a_call_may_take_is_bounded_on_the_worker_too(running: Cluster, tmp_path: Path) -> None:
    short = on_cluster(running.address, Limits(seconds=2), tmp_path)(1)
    with short as pool, pytest.raises(WorkerError, match=r"longer than 2 s"):
        pool.submit(time.sleep, 60).result()
    with on_cluster(running.address, Limits(memory_mib=1024), tmp_path)(4) as pool:
        with pytest.raises(WorkerError, match=r"more memory than 1024 MiB"):
            pool.submit(bytearray, 2 << 30).result()
        with pytest.raises(WorkerError, match=r"SIGSEGV"):
            pool.submit(ctypes.string_at, 0).result()
        assert pool.submit(math.factorial, 5).result() == 120


def test_an_error_of_a_call_comes_back_as_it_is(running: Cluster, tmp_path: Path) -> None:
    with on_cluster(running.address, Limits(), tmp_path)(1) as pool, pytest.raises(json.JSONDecodeError):
        pool.submit(json.loads, "{").result()


def test_an_interrupted_build_leaves_no_call_and_no_process_on_the_workers(
    running: Cluster, tmp_path: Path
) -> None:
    before = {each.pid for each in running.worker.children(recursive=True)}
    with pytest.raises(KeyboardInterrupt), on_cluster(running.address, Limits(), tmp_path)(4) as pool:
        waiting = [pool.submit(time.sleep, 60) for _ in range(6)]
        until(lambda: {each.pid for each in running.worker.children(recursive=True)} - before)
        for future in waiting:
            future.cancel()
        raise KeyboardInterrupt
    with Client(running.address, set_as_default=False) as client:
        until(lambda: not any(client.processing().values()))
    until(lambda: not {each.pid for each in running.worker.children(recursive=True)} - before)


def test_a_build_takes_over_from_one_of_the_same_folder_that_was_killed(running: Cluster, tmp_path: Path) -> None:
    def processes() -> set[int]:
        return {each.pid for each in running.worker.children(recursive=True)} - before

    before = {each.pid for each in running.worker.children(recursive=True)}
    killed = f"""if True:
        import os, signal
        from pathlib import Path
        from handbill.cluster import on_cluster
        from handbill.workers import Limits
        with on_cluster({running.address!r}, Limits(), Path({str(tmp_path)!r}))(1) as pool:
            pool.submit(pow, 2, 3).result()
            os.kill(os.getpid(), signal.SIGKILL)
    """
    assert subprocess.run([sys.executable, "-c", killed]).returncode == -signal.SIGKILL
    left = processes()
    assert left
    with on_cluster(running.address, Limits(), tmp_path)(1) as pool:
        assert pool.submit(pow, 2, 3).result() == 8
    until(lambda: not processes())


def test_a_worker_with_another_program_is_named_with_both_versions(running: Cluster, tmp_path: Path) -> None:
    for folder in ("build/handbill", "layout"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "styles").symlink_to(ROOT / "styles")
    pack = tmp_path / "layout/languages/en.toml"
    pack.write_text(f"# edited\n{pack.read_text('utf-8')}", "utf-8")
    with running.worker_more(PYTHONPATH=str(tmp_path / "build")) as worker:
        with Client(running.address, set_as_default=False) as client:
            address = victim(client, worker)
        with on_cluster(running.address, Limits(), tmp_path)(1) as pool:
            answers = [pool.submit(pow, 2, number) for number in range(12)]
            errors = [error for each in answers if isinstance(error := each.exception(), FaultError)]
    assert errors and len(errors) < len(answers), "the other worker goes on"
    message = errors[0].message
    assert address in message and "layout/languages/en.toml" in message
    assert len(set(re.findall(r"\b[0-9a-f]{16}\b", message))) == 2
    assert "every machine" in errors[0].remedy


def test_a_worker_without_the_program_is_named(running: Cluster, tmp_path: Path) -> None:
    class Strange:
        def run(self, *_: object, **__: object) -> dict[str, object]:
            return {"tcp://192.168.0.7:1": ModuleNotFoundError("handbill"), "tcp://192.168.0.8:1": "0.0.1"}

    with pytest.raises(FaultError, match=r"192\.168\.0\.7:1: it has no Handbill") as refused:
        cluster._refuse_strangers(Strange())
    assert "192.168.0.8:1: it has Handbill 0.0.1" in refused.value.message


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (KilledWorker("call", None, 3), "Every worker that began it was lost."),
        (CancelledError(), "The scheduler was lost."),
    ],
)
def test_what_the_cluster_could_not_make_is_said_in_plain_words(error: Exception, message: str) -> None:
    future, remote = Future[object](), Future[bytes]()
    remote.set_exception(error)
    cluster._settle(future, remote)
    assert str(future.exception()).startswith(message)


def test_what_is_sent_has_no_withheld_name(tmp_path: Path) -> None:
    folder = signed(tmp_path / "letter")
    (folder / "signatories.toml").write_text("[[signatories]]\nnumber = 2\nwithheld = true\n", "utf-8")
    sent: list[bytes] = []

    class Watched(Inline):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            sent.append(pickle.dumps((fn, args, kwargs)))
            return super().submit(fn, *args, **kwargs)

    build(Order((folder,), (), ("screen", "press"), tmp_path / "out"), lambda line: None, Watched)
    assert sent and any(b"Valley Group" in call for call in sent)
    assert not [word for word in (b"Harbour", b"harbour", b"HARBOUR") if any(word in call for call in sent)]


class TestTheAddress:
    @pytest.mark.parametrize("address", ["tcp://8.8.8.8:8786", "8.8.8.8:8786", "tcp://[2001:4860:4860::8888]:8786"])
    def test_in_the_clear_nothing_goes_out_on_the_open_internet(self, address: str, tmp_path: Path) -> None:
        with pytest.raises(CallError, match=r"open internet") as refused:
            on_cluster(address, Limits(), tmp_path)
        assert "tls://" in refused.value.remedy

    @pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "10.1.2.3:8786", "tcp://[fd00::1]:8786"])
    def test_a_private_network_will_do(self, address: str, tmp_path: Path) -> None:
        on_cluster(address, Limits(), tmp_path)

    def test_a_coded_line_needs_certificates(self, tmp_path: Path) -> None:
        with pytest.raises(CallError, match=r"no certificates") as refused:
            on_cluster("tls://8.8.8.8:8786", Limits(), tmp_path)
        assert "distributed.comm.tls" in refused.value.remedy

    @pytest.mark.parametrize("address", ["", "tcp://", "127.0.0.1", "ftp://127.0.0.1:1", "127.0.0.1:no", "[:1"])
    def test_what_is_no_address_is_refused(self, address: str, tmp_path: Path) -> None:
        with pytest.raises(CallError, match=r"--scheduler"):
            on_cluster(address, Limits(), tmp_path)


def test_a_scheduler_that_is_not_there_is_a_fault_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    folder = letter(tmp_path / "letter")
    arguments = ["build", str(folder), "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:1"]
    assert main(arguments) == 3
    assert "dask scheduler" in capsys.readouterr().err


def test_without_dask_the_command_that_installs_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "handbill.cluster")
    arguments = ["build", str(letter(tmp_path / "letter")), "--scheduler", "tcp://127.0.0.1:1"]
    assert main(arguments) == 2
    assert "build/requirements-cluster.lock" in capsys.readouterr().err


def test_dask_is_loaded_by_nobody_who_names_no_scheduler() -> None:
    loaded = "import sys, handbill.__main__, handbill.pipeline; raise SystemExit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded]).returncode == 0
