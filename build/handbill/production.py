"""Production: the jobs of a build, made beside each other and put into place together.

In: jobs, the order, the output folder, whoever makes the files. Out: the finished files with their records; what is
as it would be made is kept.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path

from handbill.engine import loaded_release
from handbill.errors import ContentError, FaultError
from handbill.inputs import hash_of_all
from handbill.making import Job, Made, inputs_of, make_together, of_the_program, pieces_of, the_program
from handbill.model import Statement, Waiver
from handbill.order import Order, Tell
from handbill.output import OutputFolder
from handbill.records import former_outputs, put_records
from handbill.report import Output, Programs, counted, why_again
from handbill.unchanged import RECORD, record
from handbill.workers import LINUX, Limits, Staff, WorkerError, Workers

MADE = frozenset({".pdf", ".png", ".html"})
"""Endings of the files that are made beside each other."""

AHEAD = 256
"""Groups of files that are asked for before the first of them is there: more than there are workers anywhere, and
finished files of so many (half a MiB each) are what waits in memory at most."""

_RUNAWAY = (
    "Shorten the text, leave the edition out with -e, or, on a slow machine, give it more time with --patience; "
    "nothing has changed."
)


def put_all(
    jobs: Sequence[Job],
    order: Order,
    out: OutputFolder,
    withholding: Sequence[Statement],
    waivers: Sequence[tuple[Path, Waiver]],
    told: Sequence[str],
    tell: Tell,
    staff: Staff | None = None,
) -> list[Output]:
    """Make every file that is not there yet as it would be made, and put all of them into place together.

    Args:
        jobs: All files that shall be there.
        order: What was asked for.
        out: Where they go.
        withholding: The statements that withhold a name.
        waivers: What an editor took as it is, with the file that says so.
        told: What the next build that has nothing to do tells.
        tell: Is told of each file.
        staff: Who makes them; workers started for this build if nobody is named.
    """
    former, programs = former_outputs(order.out)
    texts = {statement.name: statement.fingerprint() for statement in withholding}
    # What was made before a name was withheld is neither kept nor listed.
    former = {path: each for path, each in former.items() if texts.get(each.statement, each.text) == each.text}
    kept = {} if order.force else _kept(jobs, former)
    for path in kept:
        tell(_unchanged(path))
    for job in jobs if order.explain else ():
        if job.path not in kept:
            tell(f"{job.path}: made again: {_why(job, former, programs, order)}")
    groups = _by_fit([job for job in jobs if job.path not in kept])
    if order.verbose:
        passes = sum(_layouts(group) for group in groups)
        tell(f"{sum(map(len, groups))} files from {passes} passes of the layout engine")
    with (staff or _started_for(order))(len(groups)) as pool:
        made = {}
        for file in _made(groups, pool):
            made[file.output.path] = file.output
            _put(file, out)
            tell(f"{file.output.path}: {counted(file.output.pages, 'page')}, {file.output.bytes // 1024} KiB")
        if not order.draft:
            _refuse_unused(waivers, [*kept.values(), *made.values()])
        listed = {**former, **made}
        stale = {name: _unlisted(name, listed, order.out) for name in texts}
        changed = {output.statement for path, output in made.items() if former.get(path) != output}
        programs = {**programs, hash_of_all(the_program()): the_program()}
        sums = put_records(listed, out, changed | {name for name, paths in stale.items() if paths}, pool, programs)
    _put_call(order, out, sums, [*told, *(_unchanged(job.path) for job in jobs)], len(jobs))
    out.commit()
    for removed in (each for paths in stale.values() for each in paths):
        removed.unlink(missing_ok=True)
        place = removed.relative_to(order.out).as_posix()
        tell(f"{place}: removed: it was made of another text, and a name is withheld now")
    return [(kept | made)[job.path] for job in jobs]


def _started_for(order: Order) -> Staff:
    def started(calls: int) -> AbstractContextManager[Executor]:
        if calls and LINUX:
            loaded_release()  # it takes half a second, which a worker that is forked need not take again
        return Workers(min(order.workers, max(1, calls)), Limits(order.patience))

    return started


def _unlisted(name: str, listed: Iterable[str], out: Path) -> list[Path]:
    """Files that former builds made of a statement and that the manifest lists no more.

    They were made of another text: one that named a signatory whose name is withheld now, for all that is known.
    """
    made = tuple(path.removesuffix(".pdf") for path in listed)
    return [
        path
        for path in sorted((out / name).glob(f"*/{name}-*"))
        if path.suffix in MADE and not path.relative_to(out).as_posix().startswith(made)
    ]


def _refuse_unused(waivers: Sequence[tuple[Path, Waiver]], outputs: Sequence[Output]) -> None:
    """Refuse a waiver that waives nothing: what it was for is mended, or it is mistyped.

    Raises:
        ContentError: There is one.
    """
    used = {(output.statement, each) for output in outputs for each in output.waived}
    unused = [
        f"{path}, line {waiver.line}: no file has the finding {waiver}"
        for path, waiver in waivers
        if (path.parent.resolve().name, str(waiver)) not in used
    ]
    if unused:
        raise ContentError("\n".join(unused), "Take it out of preflight.toml, or mend its name.")


def _unchanged(path: str) -> str:
    return f"{path}: unchanged"


def _why(job: Job, former: Mapping[str, Output], programs: Programs, order: Order) -> str:
    """Why a file is made, or made again."""
    if order.force:
        return "--force was given"
    if job.path not in former:
        return "it is not as it was built" if (order.out / job.path).exists() else "it is not there"
    then = former[job.path]
    return why_again(pieces_of(job), {**then.made_of, **of_the_program(job, programs.get(then.program, {}))})


def _put_call(order: Order, out: OutputFolder, sums: bytes, told: Sequence[str], count: int) -> None:
    """Put the record by which the next call knows that it has nothing to do."""
    if order.call and (
        content := record(order.call, list(map(str, order.folders)), str(order.out), sums, count, told)
    ):
        out.put(RECORD, content)


def _kept(jobs: Sequence[Job], former: Mapping[str, Output]) -> dict[str, Output]:
    """The files that are there as they would be made."""
    there = {job.path: former[job.path] for job in jobs if job.path in former}
    return {
        job.path: there[job.path] for job in jobs if job.path in there and there[job.path].inputs == inputs_of(job)
    }


def _put(made: Made, out: OutputFolder) -> None:
    output = made.output
    out.put(output.picture, made.picture)
    if made.report:
        out.put(output.report, made.report)
    out.put(output.path, made.pdf)


def _by_fit(jobs: Sequence[Job]) -> list[list[Job]]:
    """The jobs that share pages, or at least the fit of the summary, together; what takes longest first."""
    groups: dict[tuple[int, str], list[Job]] = {}
    for job in jobs:
        groups.setdefault((id(job.version), job.summary_as), []).append(job)
    return sorted(groups.values(), key=_cost, reverse=True)


def _cost(jobs: Sequence[Job]) -> int:
    """How long jobs of one version take, beside others: by layouts, files and bytes of words.

    A script that needs more bytes for a letter is slower to shape and break, too.
    """
    statement = jobs[0].version.statement
    words = [*(block.text for block in statement.blocks), *(each.name for each in statement.signatories)]
    return sum(len(text.encode()) for text in words) * (_layouts(jobs) + len(jobs))


def _layouts(jobs: Sequence[Job]) -> int:
    return len({job.layout for job in jobs})


def _made(groups: Sequence[list[Job]], pool: Executor) -> Iterator[Made]:
    """The files, as they are made; after an error nothing more is begun.

    Raises:
        FaultError: A page took more memory or time than it may, or the machine failed it.
    """
    left = iter(groups)
    waiting = deque((group, pool.submit(make_together, group)) for group in islice(left, AHEAD))
    try:
        while waiting:
            group, files = waiting.popleft()
            yield from _finished(group, files)
            waiting.extend((next_one, pool.submit(make_together, next_one)) for next_one in islice(left, 1))
    finally:
        for _, files in waiting:
            files.cancel()


def _finished(group: Sequence[Job], files: "Future[list[Made]]") -> list[Made]:
    place = f"{group[0].path} ({group[0].language}; {', '.join(job.edition for job in group)})"
    try:
        return files.result()
    except WorkerError as error:
        raise WorkerError(f"{place}: {error.message}", _RUNAWAY) from error
    except OSError as error:
        raise FaultError(f"{place}: {error}.", "Mend that and build again; nothing has changed.") from error
