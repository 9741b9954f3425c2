"""The pipeline: the stages in the order they run.

In: folders of statements, languages, editions. Out: the finished files in the output folder, and a record of each.
This is the only module that knows the order of the stages.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from handbill import report
from handbill.agreement import check_agreement, check_claims, claims
from handbill.arrange import arrange
from handbill.clean import clean, verify
from handbill.compose import compose_browser_page
from handbill.derive import PLAIN, Printing
from handbill.editions import EDITIONS, Edition, load_edition
from handbill.errors import CallError, ContentError, FaultError
from handbill.files import read_bytes, read_utf8, write_whole
from handbill.inputs import hash_of_all
from handbill.languages import load_language
from handbill.making import (
    Job,
    Made,
    contact_sheet,
    inputs_of,
    make_together,
    of_the_program,
    pieces_of,
    shop_sheet,
    the_program,
)
from handbill.model import NOT_SCANNED, Cleaned, Message, Source, Statement, Version, Waiver
from handbill.output import MANIFEST, SUMS, OutputFolder, held
from handbill.preflight import ANY, Copy, Preflight, Recognised, load_profile, preflight, recognise
from handbill.proposals import unconfirmed
from handbill.read import check_signatories, read, read_table
from handbill.redaction import NOTHING_WITHHELD, Redaction, guarding
from handbill.report import Companion, Output, Programs, why_again
from handbill.signons import Comparison, State, compare, merged, sign_ons
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
from handbill.unchanged import RECORD, Call, record
from handbill.verify import checksums
from handbill.visible import visible, visible_json
from handbill.withhold import refuse_printed, withhold
from handbill.workers import SECONDS, Limits, WorkerError, Workers

Tell = Callable[[str], None]
"""Is told what the pipeline is doing, one line at a time."""


MADE = frozenset({".pdf", ".png", ".html"})
"""Endings of the files that are made beside each other."""

LARGEST_FORM = 262_144
"""Bytes of the largest signatories.toml."""

LARGEST_XLIFF = 16_777_216
"""Bytes of the largest XLIFF document: CAT tools add much to it."""

_RUNAWAY = (
    "Shorten the text, leave the edition out with -e, or, on a slow machine, give it more time with --patience; "
    "nothing has changed."
)


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

    def waivers(self, edition: str, language: str) -> tuple[Waiver, ...]:
        """Findings of the preflight that are taken as they are in such a file."""
        return tuple(waiver for waiver in self.source.waivers if waiver.is_for(edition, language))


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
        patience: Seconds that one pass of the layout engine may take.
        explain: Whether to tell of each file why it is made again.
        call: The call, to be told again where nothing has changed.
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
    patience: float = SECONDS
    explain: bool = False
    call: Call | None = None


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
        statement = structure(
            cleaned,
            source.name,
            source.language,
            source.particulars,
            late=source.late,
            countries=source.countries,
        )
        refuse_printed(source, statement, redaction)
    return Prepared(source, cleaned, statement, redaction)


def build(order: Order, tell: Tell) -> list[Output]:
    """Build everything that was ordered.

    Raises:
        HandbillError: Something cannot be printed right; what was in the output folder before is untouched.
    """
    asked = [load_edition(name) for name in order.editions]
    for tag in order.languages:
        load_language(tag)
    read = [_on_paper(prepare(folder), order.paper) for folder in order.folders]
    languages = [_languages(prepared.source, order.languages) for prepared in read]
    jobs: list[Job] = []
    waivers: list[tuple[Path, Waiver]] = []
    told: list[str] = []

    def tell_for_good(line: str) -> None:
        told.append(visible(line))
        tell(line)

    with held(order.out, tell) as out:
        for prepared, tags in zip(read, languages, strict=True):
            with guarding(prepared.redaction, withheld=bool(prepared.statement.withheld)):
                editions = asked or _editions_of(prepared, tell_for_good)
                jobs += _jobs(prepared, tags, order, editions, out, tell_for_good)
            waivers += _judged(prepared, tags, [edition.name for edition in editions])
        withholding = [prepared.statement for prepared in read if prepared.statement.withheld]
        return _put_all(jobs, order, out, withholding, waivers, told, tell)


def _editions_of(prepared: Prepared, tell: Tell) -> list[Edition]:
    """All editions that the statement has the parts for: one without its text must have its summary."""
    wanting = [
        edition for edition in EDITIONS.values() if "text" not in edition.parts and not prepared.source.summary
    ]
    for edition in wanting:
        tell(f"{prepared.statement.name}: no {edition.name}, which needs a summary.toml")
    return [edition for edition in EDITIONS.values() if edition not in wanting]


def _jobs(
    prepared: Prepared,
    tags: Sequence[str],
    order: Order,
    editions: Sequence[Edition],
    out: OutputFolder,
    tell: Tell,
) -> list[Job]:
    """What is to be made of a statement; whatever is told of it names nobody whose name is withheld."""
    redacted, statement = prepared.redaction.text, prepared.statement

    def tell_redacted(line: str) -> None:
        tell(redacted(line))

    _put_proof(prepared, out)
    faults = _examine(prepared, order.draft, order.out)
    tell_redacted(_summed_up(prepared))
    return [
        Job(
            text,
            edition.name,
            order.draft,
            tuple(map(redacted, (*faults, *open_points))),
            order.printing.of(edition.name),
            original=statement,
            waivers=prepared.waivers(edition.name, text.statement.language),
        )
        for text, open_points in _versions(prepared, tags, order.draft, tell_redacted)
        for edition in editions
    ]


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


def _judged(prepared: Prepared, tags: Sequence[str], editions: Sequence[str]) -> list[tuple[Path, Waiver]]:
    """The waivers of a statement, with their file, for which every file they are for is being built."""
    particulars = prepared.source.particulars
    assert particulars
    left_out = [
        (edition, tag)
        for edition in EDITIONS
        for tag in particulars.languages
        if edition not in editions or tag not in tags
    ]
    path = prepared.source.path.parent / "preflight.toml"
    return [(path, w) for w in prepared.source.waivers if not any(w.is_for(*file) for file in left_out)]


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
            made.append((arrange(prepared.original, load_language(tag)), ()))
            continue
        version, open_points = _translated(prepared, tag, tell)
        made.append((arrange(version, load_language(tag)), open_points))
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
    counted = check_claims(version.statement, version.particulars, version.summary, language)
    faults += [f"{path.parent}: {finding.message}" for finding in findings]
    return version, (*faults, *(f"{path}: {finding.message}" for finding in counted))


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


@dataclass(frozen=True, slots=True)
class Imported:
    """A sign-on form beside a statement.

    Attributes:
        lines: The difference, a line for each row that is not the same, and a sum.
        questions: What a person must look at.
        places: Places that have another count than the list will have.
        changes: How many entries of signatories.toml are new or other.
    """

    lines: tuple[str, ...]
    questions: tuple[str, ...]
    places: tuple[str, ...]
    changes: int


def import_sign_ons(
    folder: Path, form: Path, columns: Mapping[str, str], until: date | None = None, *, write: bool = False
) -> Imported:
    """Compare the export of a sign-on form with a statement, and merge it into signatories.toml if asked.

    Args:
        folder: The statement's folder.
        form: A CSV or XLSX file.
        columns: Headers by the kind of their column, where they do not tell themselves.
        until: The last day on which a new signatory may have signed.
        write: Whether to write signatories.toml.

    Raises:
        CallError: The form is no table, or has no column of names.
    """
    prepared = prepare(folder)
    with guarding(prepared.redaction, withheld=True):
        rows = sign_ons(read_table(form), str(form), columns)
        source, statement = prepared.source, prepared.statement
        hidden = Redaction.of([row.name for row in rows if row.withheld], source.language)
        silent = sum(each.withheld for each in source.late)
        found = compare(rows, statement, prepared.redaction, silent, until)
        path = source.path.with_name("signatories.toml")
        text = read_utf8(path, LARGEST_FORM) if path.exists() else ""
        numbers = [each.signed for each in statement.signatories if not each.is_late]
        numbers += [number for number, lines in statement.withheld if lines != NOT_SCANNED]
        new_text = merged(text, found, max(numbers, default=0))
        check_signatories(path, new_text)
        if write and new_text != text:
            write_whole(path, new_text.encode())

        def told(lines: Iterable[str]) -> tuple[str, ...]:
            return tuple(hidden.text(prepared.redaction.text(line)) for line in lines)

        added = sum(not entry.known for entry in found.of(State.NEW, State.WITHHELD))
        return Imported(
            lines=told(_difference(found)),
            questions=told(found.questions),
            places=told(_miscounting(prepared, statement.signatory_count + added)) if added else (),
            changes=len(found.of(State.NEW, State.CHANGED, State.WITHHELD)),
        )


def _difference(found: Comparison) -> Iterator[str]:
    for entry in found.entries:
        if entry.state is not State.SAME:
            yield f"{entry.state.value:9} {entry.number or '':>4}  {entry.said} (row {entry.sign_on.row})"
    for known in found.absent:
        yield f"{'absent':9} {known.number:>4}  {known.name}"
    counts = ((state.value, len(found.of(state))) for state in State)
    yield ", ".join(f"{count} {name}" for name, count in counts if count)


def _miscounting(prepared: Prepared, count: int) -> Iterator[str]:
    """Every place that would say another count than this one: file, place and words, language by language."""
    source, particulars = prepared.source, prepared.source.particulars
    assert particulars
    form, expected = source.path.with_name("statement.toml"), particulars.expected.signatories
    if expected not in (None, count):
        yield f"{form}: expected.signatories = {expected}"
    if particulars.approved_text:
        yield f"{form}: approval.text_sha256"
    for tag in particulars.languages:
        path = _catalogue_path(source, tag)
        if tag == source.language:
            version, path = prepared.original, source.path.parent
        elif path.is_file():
            version = translate(prepared.original, texts_to_translate(prepared, tag), read_catalogue(path, tag))[0]
        else:
            continue
        for claim in claims(version.statement, version.summary, load_language(tag)):
            if claim.number == prepared.statement.signatory_count:
                yield f"{path} ({tag}): {claim.place} says “{claim.words}”"


def _put_all(
    jobs: Sequence[Job],
    order: Order,
    out: OutputFolder,
    withholding: Sequence[Statement],
    waivers: Sequence[tuple[Path, Waiver]],
    told: Sequence[str],
    tell: Tell,
) -> list[Output]:
    """Make every file that is not there yet as it would be made, and put all of them into place together."""
    former, programs = _former_outputs(order.out)
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
    with Workers(min(order.workers, max(1, len(groups))), Limits(order.patience)) as pool:
        made = {}
        for file in _made(groups, pool):
            made[file.output.path] = file.output
            _put(file, out)
            tell(f"{file.output.path}: {file.output.pages} pages, {file.output.bytes // 1024} KiB")
        if not order.draft:
            _refuse_unused(waivers, [*kept.values(), *made.values()])
        listed = {**former, **made}
        stale = {name: _unlisted(name, listed, order.out) for name in texts}
        changed = {output.statement for path, output in made.items() if former.get(path) != output}
        programs = {**programs, hash_of_all(the_program()): the_program()}
        sums = _put_records(listed, out, changed | {name for name, paths in stale.items() if paths}, pool, programs)
    _put_call(order, out, sums, [*told, *(_unchanged(job.path) for job in jobs)], len(jobs))
    out.commit()
    for removed in (each for paths in stale.values() for each in paths):
        removed.unlink(missing_ok=True)
        place = removed.relative_to(order.out).as_posix()
        tell(f"{place}: removed: it was made of another text, and a name is withheld now")
    return [(kept | made)[job.path] for job in jobs]


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


LARGEST_PDF = 268_435_456
"""Bytes of the largest PDF that is checked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A PDF, what it was taken for, and what its preflight found."""

    path: Path
    recognised: Recognised
    found: Preflight


def check(
    path: Path,
    edition: str = "",
    statement: Path | None = None,
    language: str = "",
    paper: str | None = None,
) -> Checked:
    """The preflight of a finished PDF, whoever made it.

    Args:
        path: The PDF.
        edition: The edition it is meant for, or "any"; else its manifest or its name tells.
        statement: The folder of its statement; else its manifest tells, and the folder is sought in seeds/.
        language: What it is in; else its manifest tells, or it is the statement's own.
        paper: "a4" or "letter", instead of what the statement says.

    Raises:
        CallError: There is no such file, edition or statement, or it is no PDF that can be opened.
    """
    content = read_bytes(path, LARGEST_PDF)
    known = recognise(path, list(EDITIONS))
    if edition:
        known = replace(known, edition=edition, by="the call")
    profile = load_profile(known.edition)
    folder = statement or Path("seeds") / known.statement
    copy: Copy | None = None
    waivers: tuple[Waiver, ...] = ()
    redaction = NOTHING_WITHHELD
    if known.edition != ANY and (statement or known.statement) and folder.is_dir():
        prepared = _on_paper(prepare(folder), paper)
        tag = language or known.language or prepared.source.language
        redaction = prepared.redaction
        with guarding(redaction, withheld=bool(prepared.statement.withheld)):
            copy = _copy(prepared, tag, known.edition)
        waivers = prepared.waivers(known.edition, tag)
    found = preflight(content, str(path), profile, copy=copy, waivers=waivers)
    # A file from before a name was withheld may still print it.
    return Checked(path, known, found.retold(redaction.text))


def _copy(prepared: Prepared, tag: str, edition: str) -> Copy:
    """The words of a statement in a language, as an edition prints them."""
    source = prepared.source
    (tag,) = _languages(source, [tag])
    version = prepared.original if tag == source.language else _translated(prepared, tag, lambda line: None)[0]
    parts = load_edition(edition).parts
    version = arrange(version, load_language(tag))
    return Copy(version, load_language(tag), prepared.statement, load_language(source.language), parts)


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
    """The files, as they are made.

    Raises:
        FaultError: A page took more memory or time than it may, or the machine failed it.
    """
    waiting = [(group, pool.submit(make_together, group)) for group in groups]
    for group, files in waiting:
        place = f"{group[0].path} ({group[0].language}; {', '.join(job.edition for job in group)})"
        try:
            yield from files.result()
        except WorkerError as error:
            raise WorkerError(f"{place}: {error.message}", _RUNAWAY) from error
        except OSError as error:
            raise FaultError(f"{place}: {error}.", "Mend that and build again; nothing has changed.") from error


def _put_proof(prepared: Prepared, out: OutputFolder) -> None:
    view = report.proof(prepared.source, prepared.cleaned, prepared.statement)
    page = compose_browser_page("proof.html.j2", proof=view)
    out.put_now(f"{prepared.statement.name}/proof.html", page.encode())


def _put_records(
    outputs: Mapping[str, Output], out: OutputFolder, changed: Set[str], pool: Executor, programs: Programs
) -> bytes:
    """The gallery, the contact sheets and the manifest, with the files of former builds that are still there.

    Args:
        outputs: All files by their path.
        out: Output folder.
        changed: Names of statements of which a file was made anew.
        pool: Lays the contact sheets out.
        programs: What made the files.

    Returns:
        The sums of all files.
    """
    files = sorted(outputs.values(), key=lambda output: output.path)
    galleries = [
        report.gallery(list(group), EDITIONS) for _, group in groupby(files, key=lambda file: file.statement)
    ]
    names = {tag: load_language(tag).pack.name for tag in {file.language for file in files}}
    page = compose_browser_page("index.html.j2", galleries=galleries, names=names)
    out.put("index.html", page.encode())
    for name in {file.statement for file in files}:
        _put_shop_sheet([file for file in files if file.statement == name], out, changed, pool)
    for gallery in galleries:
        path = f"{gallery.name}/contact-sheet.pdf"
        if gallery.name in changed or not out.has(path):
            shown = [file for _, row in gallery.rows for file in row if file]
            pictures = {file.picture: out.read(file.picture) for file in shown}
            out.put(path, pool.submit(contact_sheet, gallery, pictures).result())
    manifest = report.manifest(files, list(_companions(files, out)), programs)
    content = visible_json(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    out.put(MANIFEST, content)
    sums = checksums(manifest, content)
    out.put(SUMS, sums)
    return sums


def _companions(files: Sequence[Output], out: OutputFolder) -> Iterator[Companion]:
    """The files beside the briefs that are there."""
    for path, kind, statement in report.companions(files):
        if out.has(path):
            content = out.read(path)
            yield Companion(path, kind, statement, hashlib.sha256(content).hexdigest(), len(content))


def _put_shop_sheet(files: Sequence[Output], out: OutputFolder, changed: Set[str], pool: Executor) -> None:
    """The sheet that goes along with the press files, as a page for the browser and on paper."""
    sheet, folder = report.shop_sheet(files), files[0].statement
    if sheet and (folder in changed or not out.has(f"{folder}/preflight.pdf")):
        out.put(f"{folder}/preflight.html", compose_browser_page("preflight.html.j2", sheet=sheet).encode())
        out.put(f"{folder}/preflight.pdf", pool.submit(shop_sheet, sheet).result())


def _former_outputs(out: Path) -> tuple[dict[str, Output], Programs]:
    """What the manifest lists and the folder still holds, byte for byte; nothing where the manifest is broken.

    Returns:
        The files by their path, and the programs that made them.
    """
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        outputs = [_output(entry) for entry in manifest["files"]]
        programs = {name: dict(pieces) for name, pieces in manifest["programs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}
    return {output.path: output for output in outputs if _is_whole(out / output.path, output.sha256)}, programs


def _output(entry: Mapping[str, Any]) -> Output:
    return Output(**{**entry, **{key: tuple(entry[key]) for key in ("findings", "waived")}})


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
