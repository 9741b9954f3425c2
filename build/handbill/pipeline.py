"""The pipeline: the stages in the order they run.

In: folders of statements, languages, editions. Out: the finished files in the output folder, and a record of each.
This is the only module that knows the order of the stages.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from handbill import report
from handbill.agreement import check_agreement
from handbill.assets import resource_folder
from handbill.clean import clean
from handbill.compose import compose, compose_browser_page
from handbill.derive import derive
from handbill.editions import EDITIONS, load_edition
from handbill.errors import CallError, ContentError
from handbill.files import write_whole
from handbill.languages import load_language
from handbill.model import Cleaned, Finding, Source, Statement
from handbill.read import read
from handbill.render import render
from handbill.report import Output
from handbill.structure import structure

Tell = Callable[[str], None]
"""Is told what the pipeline is doing, one line at a time."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement that is ready to be set."""

    source: Source
    cleaned: Cleaned
    statement: Statement


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make; `faults` is what a draft leaves open."""

    prepared: Prepared
    language: str
    edition: str
    draft: bool
    faults: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where the file goes, below the output folder."""
        name = self.prepared.statement.name
        return f"{name}/{self.language}/{name}-{self.language}-{self.edition}.pdf"


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for.

    Attributes:
        folders: The statements' folders.
        languages: Languages to build, or none for those that each statement names.
        editions: Editions to build, or none for all.
        out: Output folder.
        workers: Files made at the same time.
        draft: Whether to build what is not ready, stamped as a draft.
        force: Whether to make files again that have not changed.
    """

    folders: tuple[Path, ...]
    languages: tuple[str, ...]
    editions: tuple[str, ...]
    out: Path
    workers: int = 1
    draft: bool = False
    force: bool = False


def prepare(path: Path) -> Prepared:
    """Read, clean and structure a statement's folder or a bare text file."""
    source = read(path)
    cleaned = clean(source)
    statement = structure(cleaned, source.name, source.language, source.particulars)
    return Prepared(source, cleaned, statement)


def build(order: Order, tell: Tell) -> list[Output]:
    """Build everything that was ordered.

    Raises:
        HandbillError: Something cannot be printed right; what was in the output folder before is untouched.
    """
    editions = [load_edition(name) for name in order.editions] or list(EDITIONS.values())
    jobs: list[Job] = []
    for tag in order.languages:
        load_language(tag)
    for folder in order.folders:
        prepared = prepare(folder)
        languages = _languages(prepared.source, order.languages)
        _write_proof(prepared, order.out)
        faults = _examine(prepared, order.draft, order.out)
        tell(_summed_up(prepared))
        jobs += [Job(prepared, tag, edition.name, order.draft, faults) for tag in languages for edition in editions]
    former = _former_outputs(order.out)
    outputs = list(_make_all(jobs, order, former, tell))
    _write_records({**former, **{output.path: output for output in outputs}}, order.out)
    return outputs


def _languages(source: Source, asked: Sequence[str]) -> list[str]:
    """The languages to build a statement in.

    Raises:
        CallError: The folder has no statement.toml, or there is no translation into a language.
    """
    if source.particulars is None:
        raise CallError(f"{source.path}: a brief needs a statement.toml.", "See README.md, “A new statement”.")
    tags = [load_language(tag).tag for tag in asked or source.particulars.languages]
    for tag in tags:
        if tag != source.language:
            raise CallError(
                f"{source.path.parent}: there is no translation into {tag}.",
                f"The text is in {source.language}; build that one with -l {source.language}.",
            )
    return tags


def _examine(prepared: Prepared, draft: bool, out: Path) -> tuple[str, ...]:
    """What is not ready to be printed; refused unless a draft was asked for.

    Raises:
        ContentError: It has doubts, contradicts itself, or is not the approved text, and no draft was asked for.
    """
    source, statement = prepared.source, prepared.statement
    assert source.particulars
    faults = [report.doubt_message(source, doubt) for doubt in statement.doubts]
    language = load_language(source.language)
    findings = check_agreement(statement, source.particulars, source.summary, language)
    faults += [f"{source.path.parent}: {finding.message}" for finding in findings]
    approved, actual = source.particulars.approved_text, statement.fingerprint()
    if approved and approved != actual:
        faults.append(
            f"{source.path.parent / 'statement.toml'}: the text is not the approved one.\n"
            f"    approved: {approved}\n    this text: {actual}"
        )
    if faults and not draft:
        count = "1 thing needs" if len(faults) == 1 else f"{len(faults)} things need"
        raise ContentError(
            "\n".join(faults),
            f"{count} a person: look at {out / statement.name / 'proof.html'}, settle each in corrections.toml, "
            "statement.toml or summary.toml, or build a stamped draft with --draft.",
        )
    return tuple(faults)


def _summed_up(prepared: Prepared) -> str:
    statement = prepared.statement
    return (
        f"{statement.name}: {len(statement.blocks)} blocks, {len(statement.signatories)} signatories, "
        f"{len(prepared.cleaned.changes)} changes, {len(statement.doubts)} doubts"
    )


def _make_all(jobs: Sequence[Job], order: Order, former: Mapping[str, Output], tell: Tell) -> Iterator[Output]:
    """Make every file that is not there yet as it would be made."""
    tasks: list[Job] = []
    for job in jobs:
        kept = former.get(job.path)
        if kept and not order.force and kept.inputs == _inputs_of(job):
            tell(f"{job.path}: unchanged")
            yield kept
        else:
            tasks.append(job)
    # Nothing is put in place before everything is made: a build that fails leaves what was there.
    for output, pdf in list(_run(tasks, order.workers)):
        write_whole(order.out / output.path, pdf)
        tell(f"{output.path}: {output.pages} pages, {output.bytes // 1024} KiB")
        yield output


def _run(jobs: Sequence[Job], workers: int) -> Iterator[tuple[Output, bytes]]:
    if len(jobs) < 2 or workers < 2:
        yield from map(make, jobs)
        return
    with ProcessPoolExecutor(max_workers=min(workers, len(jobs))) as pool:
        yield from pool.map(make, jobs)


def make(job: Job) -> tuple[Output, bytes]:
    """Make one file: compose, render, derive.

    Raises:
        ContentError: The page cannot be printed right.
    """
    source, statement = job.prepared.source, job.prepared.statement
    language, edition = load_language(job.language), load_edition(job.edition)
    particulars = source.particulars
    assert particulars
    composition = compose(statement, particulars, source.summary, language, edition, draft=job.draft)
    pages = render(composition)
    if pages.findings and not job.draft:
        _refuse(job, pages.findings)
    pdf = derive(pages, statement, particulars, language, edition)
    output = Output(
        statement=statement.name,
        title=statement.title,
        path=job.path,
        sha256=hashlib.sha256(pdf).hexdigest(),
        bytes=len(pdf),
        pages=pages.count,
        edition=edition.name,
        language=language.tag,
        translation="original" if language.tag == source.language else "unofficial",
        findings=(*job.faults, *(finding.message for finding in pages.findings)),
        draft=job.draft,
        inputs=_inputs_of(job),
    )
    return output, pdf


def _refuse(job: Job, findings: Sequence[Finding]) -> None:
    raise ContentError(
        "\n".join(f"{job.path}: {finding.message}" for finding in findings),
        "Mend the text or the summary, or build a stamped draft with --draft.",
    )


def _write_proof(prepared: Prepared, out: Path) -> None:
    view = report.proof(prepared.source, prepared.cleaned, prepared.statement)
    page = compose_browser_page("proof.html.j2", proof=view)
    write_whole(out / prepared.statement.name / "proof.html", page.encode())


def _write_records(outputs: Mapping[str, Output], out: Path) -> None:
    """The manifest and the index, with the files of former builds that are still there."""
    files = sorted(outputs.values(), key=lambda output: output.path)
    text = json.dumps(report.manifest(files), ensure_ascii=False, indent=2) + "\n"
    write_whole(out / "manifest.json", text.encode())
    statements = [(name, list(group)) for name, group in groupby(files, key=lambda file: file.statement)]
    page = compose_browser_page("index.html.j2", statements=statements)
    write_whole(out / "index.html", page.encode())


def _former_outputs(out: Path) -> dict[str, Output]:
    """What the manifest lists and the folder still holds, byte for byte; nothing where the manifest is broken."""
    try:
        listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
        outputs = [Output(**{**entry, "findings": tuple(entry["findings"])}) for entry in listed]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {output.path: output for output in outputs if _is_whole(out / output.path, output.sha256)}


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _inputs_of(job: Job) -> str:
    """A hash of everything that makes the file: the statement, the options, the program and its resources."""
    source = job.prepared.source
    digest = hashlib.sha256(_program_hash().encode())
    content = (replace(source, path=Path()), job.prepared.statement, job.language, job.edition, job.draft)
    digest.update(repr(content).encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _program_hash() -> str:
    """A hash of the package, the templates, the styles and the engine's version."""
    digest = hashlib.sha256(version("weasyprint").encode())
    here = Path(__file__).resolve().parent
    for root, pattern in ((here, "*.py"), (resource_folder("layout"), "*"), (resource_folder("styles"), "*")):
        for path in sorted(path for path in root.rglob(pattern) if path.is_file()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
