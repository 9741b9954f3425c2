"""The pipeline: the stages in the order they run.

In: folders of statements, languages, editions. Out: the finished files in the output folder, and a record of each.
This is the only module that knows the order of the stages.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from handbill import report
from handbill.agreement import check_agreement
from handbill.clean import clean, verify
from handbill.compose import compose_browser_page
from handbill.derive import PLAIN, Printing
from handbill.editions import EDITIONS, Edition, load_edition
from handbill.errors import CallError, ContentError
from handbill.files import read_bytes, write_whole
from handbill.languages import load_language
from handbill.making import Job, Made, contact_sheet, inputs_of, make_together
from handbill.model import Cleaned, Message, Source, Statement, Version
from handbill.proposals import unconfirmed
from handbill.read import read
from handbill.redaction import NOTHING_WITHHELD, Redaction, guarding
from handbill.report import Companion, Output
from handbill.structure import structure
from handbill.translate import (
    Catalogue,
    Coverage,
    check_parity,
    holding,
    merge,
    messages,
    purged,
    read_catalogue,
    read_xliff,
    translate,
    write_catalogue,
    write_xliff,
)
from handbill.verify import MANIFEST, SUMS, checksums
from handbill.withhold import refuse_printed, withhold

Tell = Callable[[str], None]
"""Is told what the pipeline is doing, one line at a time."""


MADE = frozenset({".pdf", ".png", ".html"})
"""Endings of the files that are made beside each other."""

LARGEST_XLIFF = 16_777_216
"""Bytes of the largest XLIFF document: CAT tools add much to it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement whose text is clean.

    Attributes:
        source: As it was read.
        cleaned: Its text after cleaning.
        statement: Its structure.
        redaction: What messages pass through, so that none tells a withheld name; nothing else here has one.
    """

    source: Source
    cleaned: Cleaned
    statement: Statement
    redaction: Redaction = NOTHING_WITHHELD

    @property
    def original(self) -> Version:
        """What was signed, with what belongs to its page."""
        assert self.source.particulars
        # In what other languages it is built is nothing of a page's, and must not make it anew.
        return Version(self.statement, self.source.summary, replace(self.source.particulars, languages=()))


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
        paper: "a4" or "letter", instead of what each statement says.
        printing: How the files are printed.
        verbose: Whether to tell how often the layout engine was asked.
    """

    folders: tuple[Path, ...]
    languages: tuple[str, ...]
    editions: tuple[str, ...]
    out: Path
    workers: int = 1
    draft: bool = False
    force: bool = False
    paper: str | None = None
    printing: Printing = PLAIN
    verbose: bool = False


def prepare(path: Path) -> Prepared:
    """Read, clean and structure a statement's folder or a bare text file; withheld names go no further.

    Raises:
        FaultError: The ledger does not lead from the source to the text and back.
    """
    source = read(path)
    marks = source.withheld
    given = Redaction.of([name for mark in marks for name in (mark.name, *mark.others) if name], source.language)
    with guarding(given, withheld=bool(marks)):
        cleaned = clean(source)
        verify(source.lines, cleaned)
        source, cleaned, redaction = withhold(source, cleaned)
    with guarding(redaction, withheld=bool(marks)):
        statement = structure(cleaned, source.name, source.language, source.particulars)
        refuse_printed(source, statement, redaction)
    return Prepared(source, cleaned, statement, redaction)


def build(order: Order, tell: Tell) -> list[Output]:
    """Build everything that was ordered.

    Raises:
        HandbillError: Something cannot be printed right; what was in the output folder before is untouched.
    """
    editions = [load_edition(name) for name in order.editions] or list(EDITIONS.values())
    jobs: list[Job] = []
    for tag in order.languages:
        load_language(tag)
    withholding: dict[str, str] = {}
    for folder in order.folders:
        prepared = _on_paper(prepare(folder), order.paper)
        statement = prepared.statement
        with guarding(prepared.redaction, withheld=bool(statement.withheld)):
            jobs += _jobs(prepared, order, editions, tell)
        if statement.withheld:
            withholding[statement.name] = statement.fingerprint()
    # What was made before a name was withheld is neither kept nor listed.
    former = {
        path: output
        for path, output in _former_outputs(order.out).items()
        if withholding.get(output.statement, output.text) == output.text
    }
    outputs = list(_make_all(jobs, order, former, tell))
    changed = {output.statement for output in outputs if former.get(output.path) != output}
    listed = {**former, **{output.path: output for output in outputs}}
    changed |= {name for name in withholding if _remove_unlisted(name, listed, order.out, tell)}
    _write_records(listed, order.out, changed)
    return outputs


def _jobs(prepared: Prepared, order: Order, editions: Sequence[Edition], tell: Tell) -> list[Job]:
    """What is to be made of a statement; whatever is told of it names nobody whose name is withheld."""
    redacted, statement = prepared.redaction.text, prepared.statement

    def tell_redacted(line: str) -> None:
        tell(redacted(line))

    languages = _languages(prepared.source, order.languages)
    _write_proof(prepared, order.out)
    faults = _examine(prepared, order.draft, order.out)
    tell_redacted(_summed_up(prepared))
    return [
        Job(
            text,
            edition.name,
            order.draft,
            tuple(map(redacted, (*faults, *open_points))),
            order.printing.of(edition.name),
            statement.fingerprint(),
        )
        for text, open_points in _versions(prepared, languages, order.draft, tell_redacted)
        for edition in editions
    ]


def _remove_unlisted(name: str, listed: Iterable[str], out: Path, tell: Tell) -> bool:
    """Remove files that former builds made of a statement and that the manifest lists no more, if there are any.

    They were made of another text: one that named a signatory whose name is withheld now, for all that is known.
    """
    made = tuple(path.removesuffix(".pdf") for path in listed)
    stale = [
        path
        for path in sorted((out / name).glob(f"*/{name}-*"))
        if path.suffix in MADE and not path.relative_to(out).as_posix().startswith(made)
    ]
    for path in stale:
        path.unlink(missing_ok=True)
        tell(
            f"{path.relative_to(out).as_posix()}: removed: it was made of another text, and a name is withheld now"
        )
    return bool(stale)


def _on_paper(prepared: Prepared, paper: str | None) -> Prepared:
    source = prepared.source
    if paper is None or source.particulars is None:
        return prepared
    return replace(prepared, source=replace(source, particulars=replace(source.particulars, paper=paper)))


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
    faults += [
        f"{source.path.with_name('corrections.toml')}, entry for line {correction.line}: it is as it was proposed. "
        "Compare it with the paper and write your reason."
        for correction in unconfirmed(source.corrections)
    ]
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
    withheld = f" ({len(statement.withheld)} withheld)" if statement.withheld else ""
    return (
        f"{statement.name}: {len(statement.blocks)} blocks, {statement.signatory_count} signatories{withheld}, "
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
    if held := holding(catalogue, prepared.redaction):
        raise ContentError(
            f"{path}: a name that signatories.toml withholds is in: {', '.join(held)}.",
            f"`handbill translate {source.name} {tag}` takes it out.",
        )
    texts = texts_to_translate(prepared, tag)
    version, coverage = translate(prepared.original, texts, catalogue)
    for line in _standing(path, coverage, catalogue):
        tell(line)
    faults = [] if coverage.is_whole else [f"{path}: {coverage}"]
    findings = check_parity(texts, catalogue, load_language(source.language), language)
    return version, (*faults, *(f"{path.parent}: {finding.message}" for finding in findings))


def _standing(path: Path, coverage: Coverage, catalogue: Catalogue) -> Iterator[str]:
    """How far a translation has come and can be relied on, in a line or two."""
    yield f"{path}: {coverage}; {catalogue.status.value}"
    if catalogue.lost_its_review:
        yield f"{path}: its words are not those that were reviewed, so it counts as unreviewed"


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
    with guarding(prepared.redaction, withheld=bool(prepared.statement.withheld)):
        return _update_translation(prepared, tag, xliff, from_xliff, review)


def _update_translation(
    prepared: Prepared, tag: str, xliff: Path | None, from_xliff: Path | None, review: Review | None
) -> list[str]:
    source, language = prepared.source, load_language(tag)
    folder = source.path.parent
    if tag == source.language:
        raise CallError(f"{folder}: the statement is written in {tag}.", "Name the language to translate into.")
    texts, path = texts_to_translate(prepared, language.tag), _catalogue_path(source, tag)
    catalogue = merge(texts, read_catalogue(path, tag) if path.is_file() else Catalogue(tag, ()))
    if from_xliff:
        catalogue = read_xliff(read_bytes(from_xliff, LARGEST_XLIFF), str(from_xliff), catalogue)
    if prepared.statement.withheld:
        catalogue = purged(catalogue, prepared.redaction)
    _, coverage = translate(prepared.original, texts, catalogue)
    if review:
        if not coverage.is_whole:
            raise ContentError(
                f"{path}: {coverage}", "Only a whole translation can be reviewed: translate the rest first."
            )
        catalogue = catalogue.signed_off(review.reviewer, review.day)
    write_whole(path, write_catalogue(catalogue, source.name))
    done = list(_standing(path, coverage, catalogue))
    if xliff:
        write_whole(xliff, write_xliff(catalogue, texts, source.name, source.language))
        done.append(f"{xliff}: written")
    return done


def _make_all(jobs: Sequence[Job], order: Order, former: Mapping[str, Output], tell: Tell) -> Iterator[Output]:
    """Make every file that is not there yet as it would be made."""
    tasks: list[Job] = []
    for job in jobs:
        kept = former.get(job.path)
        if kept and not order.force and kept.inputs == inputs_of(job):
            tell(f"{job.path}: unchanged")
            yield kept
        else:
            tasks.append(job)
    # Nothing is put in place before everything is made: a build that fails leaves what was there.
    groups = _by_layout(tasks)
    if order.verbose:
        tell(f"{len(tasks)} files from {len(groups)} passes of the layout engine")
    for made in list(_run(groups, order.workers)):
        output = made.output
        write_whole(order.out / output.picture, made.picture)
        if made.report:
            write_whole(order.out / output.report, made.report)
        write_whole(order.out / output.path, made.pdf)
        tell(f"{output.path}: {output.pages} pages, {output.bytes // 1024} KiB")
        yield output


def _by_layout(jobs: Sequence[Job]) -> list[list[Job]]:
    """The jobs that are made from the same pages together."""
    groups: dict[tuple[int, str], list[Job]] = {}
    for job in jobs:
        groups.setdefault((id(job.version), job.layout), []).append(job)
    return list(groups.values())


def _run(groups: Sequence[list[Job]], workers: int) -> Iterator[Made]:
    if len(groups) < 2 or workers < 2:
        made = map(make_together, groups)
        yield from (file for files in made for file in files)
        return
    with ProcessPoolExecutor(max_workers=min(workers, len(groups))) as pool:
        for files in pool.map(make_together, groups):
            yield from files


def _write_proof(prepared: Prepared, out: Path) -> None:
    view = report.proof(prepared.source, prepared.cleaned, prepared.statement)
    page = compose_browser_page("proof.html.j2", proof=view)
    write_whole(out / prepared.statement.name / "proof.html", page.encode())


def _write_records(outputs: Mapping[str, Output], out: Path, changed: Set[str]) -> None:
    """The gallery, the contact sheets and the manifest, with the files of former builds that are still there.

    Args:
        outputs: All files by their path.
        out: Output folder.
        changed: Names of statements of which a file was made anew.
    """
    files = sorted(outputs.values(), key=lambda output: output.path)
    galleries = [
        report.gallery(list(group), EDITIONS) for _, group in groupby(files, key=lambda file: file.statement)
    ]
    names = {tag: load_language(tag).pack.name for tag in {file.language for file in files}}
    page = compose_browser_page("index.html.j2", galleries=galleries, names=names)
    write_whole(out / "index.html", page.encode())
    for gallery in galleries:
        path = out / gallery.name / "contact-sheet.pdf"
        if gallery.name in changed or not path.is_file():
            write_whole(path, contact_sheet(gallery, lambda file: (out / file.picture).read_bytes()))
    manifest = report.manifest(files, list(_companions(files, out)))
    content = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    write_whole(out / MANIFEST, content)
    write_whole(out / SUMS, checksums(manifest, content))


def _companions(files: Sequence[Output], out: Path) -> Iterator[Companion]:
    """The files beside the briefs that are there."""
    for path, kind, statement in report.companions(files):
        if (out / path).is_file():
            content = (out / path).read_bytes()
            yield Companion(path, kind, statement, hashlib.sha256(content).hexdigest(), len(content))


def _former_outputs(out: Path) -> dict[str, Output]:
    """What the manifest lists and the folder still holds, byte for byte; nothing where the manifest is broken."""
    try:
        listed = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
        outputs = [Output(**{**entry, "findings": tuple(entry["findings"])}) for entry in listed]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {output.path: output for output in outputs if _is_whole(out / output.path, output.sha256)}


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
