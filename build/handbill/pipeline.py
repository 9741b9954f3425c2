"""The pipeline: the stages in the order they run.

In: folders of statements, languages, editions. Out: the finished files in the output folder, and a record of each.
This is the only module that knows the order of the stages.
"""

import hashlib
import json
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
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
from handbill.editions import EDITIONS, Edition, load_edition
from handbill.errors import CallError, ContentError
from handbill.files import read_bytes, write_whole
from handbill.languages import Language, load_language
from handbill.model import Cleaned, Finding, Message, Source, Statement, Version
from handbill.read import read
from handbill.render import count_pages, render
from handbill.report import Output
from handbill.structure import structure
from handbill.translate import (
    Catalogue,
    check_parity,
    merge,
    messages,
    read_catalogue,
    read_xliff,
    translate,
    write_catalogue,
    write_xliff,
)

Tell = Callable[[str], None]
"""Is told what the pipeline is doing, one line at a time."""


LARGEST_XLIFF = 16_777_216
"""Bytes of the largest XLIFF document: CAT tools add much to it."""

FITS = tuple(percent / 100 for percent in range(112, 73, -2))
"""Factors on the type of the summary page, the best first: the largest with which it fills one page, never over it.
tokens.css has the floor under which no type goes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement whose text is clean.

    Attributes:
        source: As it was read.
        cleaned: Its text after cleaning.
        statement: Its structure.
    """

    source: Source
    cleaned: Cleaned
    statement: Statement

    @property
    def original(self) -> Version:
        """What was signed, with what belongs to its page."""
        assert self.source.particulars
        # In what other languages it is built is nothing of a page's, and must not make it anew.
        return Version(self.statement, self.source.summary, replace(self.source.particulars, languages=()))


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make; `faults` is what a draft leaves open."""

    version: Version
    edition: str
    draft: bool
    faults: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """BCP 47 tag of what it is in."""
        return self.version.statement.language

    @property
    def path(self) -> str:
        """Where the file goes, below the output folder."""
        name = self.version.statement.name
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
        for text, open_points in _versions(prepared, languages, order.draft, tell):
            points = (*faults, *open_points)
            jobs += [Job(text, edition.name, order.draft, points) for edition in editions]
    former = _former_outputs(order.out)
    outputs = list(_make_all(jobs, order, former, tell))
    _write_records({**former, **{output.path: output for output in outputs}}, order.out)
    return outputs


def _languages(source: Source, asked: Sequence[str]) -> list[str]:
    """The languages to build a statement in.

    Raises:
        CallError: The folder has no statement.toml, or there is no pack or no translation for a language.
    """
    if source.particulars is None:
        raise CallError(f"{source.path}: a brief needs a statement.toml.", "See README.md, “A new statement”.")
    tags = [load_language(tag).tag for tag in asked or source.particulars.languages]
    for tag in tags:
        if tag != source.language and not _catalogue_path(source, tag).is_file():
            raise CallError(
                f"{source.path.parent}: there is no translation into {tag}.",
                f"Begin one with `handbill translate {source.name} {tag}`, or build others with -l.",
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
    findings = check_agreement(
        statement, source.particulars, source.summary, language, official_names=source.official_names
    )
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


def _catalogue_path(source: Source, tag: str) -> Path:
    return source.path.parent / f"{tag}.po"


def _versions(
    prepared: Prepared, tags: Sequence[str], draft: bool, tell: Tell
) -> list[tuple[Version, tuple[str, ...]]]:
    """The statement in each language, with what is open in it.

    Raises:
        ContentError: A translation is not whole or does not say the same, and no draft was asked for.
    """
    made: list[tuple[Version, tuple[str, ...]]] = []
    for tag in tags:
        if tag == prepared.source.language:
            made.append((prepared.original, ()))
            continue
        made.append(_translated(prepared, tag, tell))
    faults = [fault for _, open_points in made for fault in open_points]
    if faults and not draft:
        raise ContentError(
            "\n".join(faults),
            f"Bring a translation in step with the text by `handbill translate {prepared.source.name} TAG`, mend "
            "it in its .po file, or build a stamped draft with --draft.",
        )
    return made


def _translated(prepared: Prepared, tag: str, tell: Tell) -> tuple[Version, tuple[str, ...]]:
    source, language = prepared.source, load_language(tag)
    path = _catalogue_path(source, tag)
    catalogue = read_catalogue(path, tag)
    texts = texts_to_translate(prepared, tag)
    version, coverage = translate(prepared.original, texts, catalogue)
    tell(f"{path}: {coverage}; {version.status.value}")
    if catalogue.lost_its_review:
        tell(f"{path}: its words are not those that were reviewed, so it counts as unreviewed")
    faults = [] if coverage.is_whole else [f"{path}: {coverage}"]
    findings = check_parity(texts, catalogue, load_language(source.language), language)
    return version, (*faults, *(f"{path.parent}: {finding.message}" for finding in findings))


def texts_to_translate(prepared: Prepared, tag: str) -> tuple[Message, ...]:
    """Every message of a statement for a translation into this language."""
    source = prepared.source
    assert source.particulars
    return messages(prepared.statement, source.summary, source.particulars, source.official_names, tag)


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's word that a translation may be printed as it stands."""

    reviewer: str
    day: date


def update_translation(
    folder: Path, tag: str, xliff: Path | None = None, from_xliff: Path | None = None, review: Review | None = None
) -> list[str]:
    """Write or update a translation's PO file, and say what was done.

    Args:
        folder: The statement's folder.
        tag: The language to translate into.
        xliff: Where to write the same as XLIFF, if anywhere.
        from_xliff: An XLIFF document to take translations from.
        review: The approval to record.

    Raises:
        CallError: The language is the statement's own or unknown, or a file is not what it should be.
        ContentError: A review is to be recorded for a translation that is not whole.
    """
    prepared = prepare(folder)
    source, language = prepared.source, load_language(tag)
    if tag == source.language:
        raise CallError(f"{folder}: the statement is written in {tag}.", "Name the language to translate into.")
    texts, path = texts_to_translate(prepared, language.tag), _catalogue_path(source, tag)
    catalogue = merge(texts, read_catalogue(path, tag) if path.is_file() else Catalogue(tag, ()))
    if from_xliff:
        catalogue = read_xliff(read_bytes(from_xliff, LARGEST_XLIFF), str(from_xliff), catalogue)
    _, coverage = translate(prepared.original, texts, catalogue)
    if review:
        if not coverage.is_whole:
            raise ContentError(
                f"{path}: {coverage}", "Only a whole translation can be reviewed: translate the rest first."
            )
        catalogue = catalogue.signed_off(review.reviewer, review.day)
    write_whole(path, write_catalogue(catalogue, source.name))
    done = [f"{path}: {coverage}; {catalogue.status.value}"]
    if catalogue.lost_its_review:
        done.append(f"{path}: its words are not those that were reviewed, so it counts as unreviewed")
    if xliff:
        write_whole(xliff, write_xliff(catalogue, texts, source.name, source.language))
        done.append(f"{xliff}: written")
    return done


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
    version, statement = job.version, job.version.statement
    language, edition = load_language(job.language), load_edition(job.edition)
    fit = _fit(version, language, edition) if version.summary else 1.0
    pages = render(compose(version, language, edition, draft=job.draft, fit=fit))
    if pages.findings and not job.draft:
        _refuse(job, pages.findings)
    pdf = derive(pages, version, language, edition)
    output = Output(
        statement=statement.name,
        title=statement.title,
        path=job.path,
        sha256=hashlib.sha256(pdf).hexdigest(),
        bytes=len(pdf),
        pages=pages.count,
        edition=edition.name,
        language=language.tag,
        translation=version.status.value,
        findings=(*job.faults, *(finding.message for finding in pages.findings)),
        draft=job.draft,
        inputs=_inputs_of(job),
    )
    return output, pdf


def _fit(version: Version, language: Language, edition: Edition) -> float:
    """The largest factor with which the summary fills one page; the smallest there is if none does."""

    def is_over(fit: float) -> bool:
        return count_pages(compose(version, language, edition, fit=fit, only_summary=True)) > 2

    return FITS[min(bisect(FITS, False, key=lambda fit: not is_over(fit)), len(FITS) - 1)]


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
    digest = hashlib.sha256(_program_hash().encode())
    digest.update(repr((job.version, job.edition, job.draft, job.faults)).encode())
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
