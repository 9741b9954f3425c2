"""Workers: a call that takes too much is ended by name, the next one is made, and nobody is left behind."""

import os
import resource
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from handbill.errors import ContentError, ExitCode, FaultError
from handbill.workers import Limits, WorkerError, Workers

LINUX = sys.platform == "linux"


def die(how: int) -> None:
    os.kill(os.getpid(), how)
    time.sleep(60)


def refuse() -> None:
    raise ContentError("A word stands out of its column.", "Shorten it.")


def divide() -> float:
    return 1 / 0


def allocate(mib: int) -> int:
    return len(bytearray(mib << 20))


def limits() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CORE)[0]


def nothing_to_pickle() -> object:
    return threading.Lock()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    for _ in range(500):
        if not is_alive(pid):
            return True
        time.sleep(0.01)
    return False


def test_results_come_in_order_from_other_processes_that_stay() -> None:
    with Workers(2) as pool:
        assert list(pool.map(pow, range(6), [2] * 6)) == [0, 1, 4, 9, 16, 25]
        pids = {pool.submit(os.getpid).result() for _ in range(20)}
    assert os.getpid() not in pids and len(pids) <= 2


def test_a_call_that_takes_too_long_is_ended_and_the_next_is_made() -> None:
    with Workers(1, Limits(seconds=0.2)) as pool:
        slow, quick = pool.submit(time.sleep, 60), pool.submit(pow, 2, 3)
        with pytest.raises(WorkerError, match=r"longer than 0\.2 s"):
            slow.result()
        assert quick.result() == 8


@pytest.mark.skipif(not LINUX, reason="macOS does not bound a process's memory")
def test_a_call_that_takes_too_much_memory_is_refused_and_the_next_is_made() -> None:
    with Workers(1, Limits(memory_mib=1024)) as pool:
        large, small = pool.submit(allocate, 1024), pool.submit(allocate, 1)
        with pytest.raises(WorkerError, match="more memory than 1024 MiB"):
            large.result()
        assert small.result() == 1 << 20
        assert pool.submit(limits).result() == (1024 << 20, 0)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTRAP])
def test_a_worker_that_dies_is_told_and_has_a_successor(how: signal.Signals) -> None:
    with Workers(1) as pool:
        with pytest.raises(WorkerError, match=how.name) as lost:
            pool.submit(die, how).result()
        assert lost.value.exit_code == ExitCode.FAULT
        assert pool.submit(pow, 2, 3).result() == 8


def test_what_a_call_raises_comes_back_with_its_way_out_or_its_place() -> None:
    with Workers(1) as pool:
        with pytest.raises(ContentError) as refused:
            pool.submit(refuse).result()
        assert refused.value.remedy == "Shorten it."
        with pytest.raises(ZeroDivisionError) as broken:
            pool.submit(divide).result()
        assert "in divide" in broken.value.__notes__[0]
        with pytest.raises(TypeError, match="lock"):
            pool.submit(nothing_to_pickle).result()
        assert pool.submit(pow, 2, 3).result() == 8


def test_an_exception_in_the_program_ends_every_worker_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), Workers(2) as pool:
        pids = {pool.submit(os.getpid).result() for _ in range(20)}
        waiting = [pool.submit(time.sleep, 60) for _ in range(4)]
        raise KeyboardInterrupt
    assert not [pid for pid in pids if is_alive(pid)]
    assert all(future.done() for future in waiting)


def test_a_worker_has_a_successor_after_so_many_calls() -> None:
    with Workers(1, calls=2) as pool:
        first, second, third, fourth, fifth = (pool.submit(os.getpid).result() for _ in range(5))
        assert first == second and third == fourth and len({first, third, fifth}) == 3
        assert not is_alive(first) and not is_alive(third)


def test_workers_leave_ctrl_c_to_the_program() -> None:
    with Workers(1) as pool:
        os.kill(pool.submit(os.getpid).result(), signal.SIGINT)
        assert pool.submit(pow, 2, 3).result() == 8


@pytest.mark.skipif(not LINUX, reason="reads /proc")
def test_workers_end_when_the_program_is_killed() -> None:
    told, tell = os.pipe()
    program = os.fork()
    if program == 0:
        with Workers(2) as pool:
            pids = set[int]()
            while len(pids) < 2:
                pids |= {future.result() for future in [pool.submit(os.getpid) for _ in range(8)]}
            for _ in pids:
                pool.submit(time.sleep, 60)
            os.write(tell, " ".join(map(str, pids)).encode())
            time.sleep(60)
        os._exit(0)
    pids = [int(pid) for pid in os.read(told, 100).split()]
    os.kill(program, signal.SIGKILL)
    os.waitpid(program, 0)
    os.close(told)
    os.close(tell)
    assert len(pids) == 2 and all(ends(pid) for pid in pids)


def test_what_workers_lay_aside_is_gone_with_them_and_with_the_next_ones_if_they_were_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Workers(1) as pool:
        made = Path(pool.submit(tempfile.mkdtemp).result())
        (alive,) = tmp_path.iterdir()
        assert made.parent == alive
        killed = tmp_path / "handbill-scratch-abcdefgh"
        killed.mkdir()
        (tmp_path / "another-program").mkdir()
        with Workers(1):
            assert not killed.exists()
        assert made.is_dir(), "what a living program laid aside stays"
    assert [path.name for path in tmp_path.iterdir()] == ["another-program"]


def test_a_full_disk_for_what_is_laid_aside_is_a_fault_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    with pytest.raises(FaultError, match=r"file: Not a directory") as refused:
        Workers(1)
    assert "TMPDIR" in refused.value.remedy
