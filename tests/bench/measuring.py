"""What the benchmarks share: seconds of the processor, memory, the spread of figures, and how they grow.

Seconds are of the processor's time, user and system, of all processes, so that other programs on the machine count
little.
"""

import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "myanmar-accountability-2025"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a program took.

    Attributes:
        seconds: Of the processor, with all the processes that it started and waited for.
        clock: Seconds by the clock.
        mib: Memory of the largest of these processes, at its most.
        told: What it wrote to its standard output.
    """

    seconds: float
    clock: float
    mib: float
    told: str


def measured(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor that a call takes, in all processes, and seconds by the clock."""
    started, began = _spent(), time.perf_counter()
    call()
    return _spent() - started, time.perf_counter() - began


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def spent(command: Sequence[str | Path], cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a program to its end and say what it took.

    Raises:
        CalledProcessError: It failed.
    """
    began = time.perf_counter()
    taken, code = ended(started(command, cwd, environment), began)
    if code:
        raise subprocess.CalledProcessError(code, list(map(str, command)), taken.told)
    return taken


def started(
    command: Sequence[str | Path], cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[str]":
    """Start a program."""
    return subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(program: "subprocess.Popen[str]", began: float) -> tuple[Spent, int]:
    """Wait for a program to end, and say what it took, and its exit code.

    Linux counts the memory of whoever starts a program as that program's: this process should have less.
    """
    assert program.stdout
    told = program.stdout.read()
    _, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - began
    return Spent(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024, told), program.returncode


def run(*words: str) -> None:
    """Run a program of Python's to its end."""
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)


def spread(values: Sequence[float], unit: str = "") -> str:
    """The median of some figures, with the least and the most."""
    return f"{median(values):7.3f}{unit} ({min(values):.3f} to {max(values):.3f})"


def exponent(sizes: Sequence[float], taken: Sequence[float]) -> float:
    """How something grows, 1 being linear: the slope of the best line through the logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(each) for each in taken]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
