"""The pipeline: the stages in the order they run.

In: folders of statements, languages, editions. Out: the finished files in the output folder, and a record of each.
This is the only module that knows the order of the stages.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from handbill import report
from handbill.clean import clean, verify
from handbill.compose import compose_browser_page
from handbill.editions import EDITIONS, Edition, built_by_default, load_edition
from handbill.errors import CallError
from handbill.languages import load_language
from handbill.making import Job
from handbill.model import Version, Waiver
from handbill.order import Order, Tell
from handbill.output import OutputFolder, held
from handbill.prepared import Prepared, languages_of, on_paper
from handbill.production import put_all
from handbill.proposals import unconfirmed
from handbill.read import read
from handbill.redaction import Redaction, guarding
from handbill.report import Output
from handbill.structure import structure
from handbill.versions import examine, versions
from handbill.visible import visible
from handbill.withhold import refuse_printed, withhold
from handbill.workers import Staff

Text = tuple[Version, tuple[str, ...]]
"""A statement in a language, and what is open in it."""


def prepare(path: Path, language: str = "", *, typed: bool = False) -> Prepared:
    """Read, clean and structure a statement's folder or a bare text file; withheld names go no further.

    Args:
        path: Where it is.
        language: BCP 47 tag of a bare text file; "" to tell it by its words.
        typed: Whether a bare text file was typed, not scanned.

    Raises:
        FaultError: The ledger does not lead from the source to the text and back.
    """
    source = read(path, language, typed=typed)
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
            about=source.about,
        )
        refuse_printed(source, statement, redaction)
    return Prepared(source, cleaned, statement, redaction)


def build(
    order: Order, tell: Tell, staff: Staff | None = None, prepare: Callable[[Path], Prepared] = prepare
) -> list[Output]:
    """Build everything that was ordered.

    Args:
        order: What that is.
        tell: Is told what is being done.
        staff: Who makes the files; workers started for this build if nobody is named.
        prepare: Reads and cleans a statement's folder; or remembers it.

    Raises:
        HandbillError: Something cannot be printed right; what was in the output folder before is untouched.
    """
    asked = [load_edition(name) for name in order.editions]
    _refuse_half_a_pair(asked, order)
    for tag in (*order.languages, *order.beside):
        load_language(tag)
    read = [on_paper(prepare(folder), order.paper) for folder in order.folders]
    languages = [languages_of(prepared.source, order.languages) for prepared in read]
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
        return put_all(jobs, order, out, withholding, waivers, told, tell, staff)


def _editions_of(prepared: Prepared, tell: Tell) -> list[Edition]:
    """What is built by default and the statement has the parts for: one without its text must have its summary."""
    editions = [load_edition(name) for name in built_by_default()]
    wanting = [edition for edition in editions if not edition.has_text and not prepared.source.summary]
    for edition in wanting:
        tell(f"{prepared.statement.name}: no {edition.name}, which needs a summary.toml")
    return [edition for edition in editions if edition not in wanting]


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

    out.put_now(f"{prepared.statement.name}/proof.html", proof_page(prepared))
    faults = examine(prepared, order.draft, order.out)
    tell_redacted(_summed_up(prepared))
    beside = languages_of(prepared.source, order.beside) if order.beside else []
    texts = dict(
        zip(
            all_tags := list(dict.fromkeys([*tags, *beside])),
            versions(prepared, all_tags, order.draft, tell_redacted),
            strict=True,
        )
    )
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
        for tag in tags
        for edition in editions
        for text, open_points in _texts_of(edition, tag, beside, texts)
    ]


def _texts_of(edition: Edition, tag: str, beside: Sequence[str], texts: Mapping[str, Text]) -> Iterator[Text]:
    """What an edition prints in a language, with what is open in it; one of two languages, each pair of them."""
    text, open_points = texts[tag]
    if not edition.is_bilingual:
        yield text, open_points
        return
    for second, its_points in (texts[other] for other in beside if other != tag):
        yield replace(text, beside=second), (*open_points, *its_points)


def _refuse_half_a_pair(editions: Sequence[Edition], order: Order) -> None:
    """Refuse an edition of two languages without the second, and a second language without such an edition.

    Raises:
        CallError: It is so, or the second language is the first.
    """
    bilingual = [edition.name for edition in editions if edition.is_bilingual]
    if bilingual and not order.beside:
        raise CallError(f"{bilingual[0]}: it sets two languages side by side.", "Name the second one: --with my")
    if order.beside and not bilingual:
        names = " or ".join(edition.name for edition in EDITIONS.values() if edition.is_bilingual)
        raise CallError("--with: no edition of two languages was asked for.", f"Add -e {names}, or take it out.")
    if len(order.beside) == 1 and order.languages == order.beside:
        raise CallError(f"--with {order.beside[0]}: it is the first language already.", "Name another one.")


def _judged(prepared: Prepared, tags: Sequence[str], editions: Sequence[str]) -> list[tuple[Path, Waiver]]:
    """The waivers of a statement, with their file, for which every file they are for is being built."""
    particulars = prepared.source.particulars
    assert particulars
    path = prepared.source.path.parent / "preflight.toml"

    def is_whole(waiver: Waiver) -> bool:
        """Whether all is being built that it may be for; what is built on demand, only where it is named."""
        return not any(
            waiver.is_for(edition, tag)
            for edition in {*built_by_default(), waiver.edition} - {""}
            for tag in particulars.languages
            if edition not in editions or tag not in tags
        )

    return [(path, waiver) for waiver in prepared.source.waivers if is_whole(waiver)]


def _summed_up(prepared: Prepared) -> str:
    statement = prepared.statement
    withheld = f" ({len(statement.withheld)} withheld)" if statement.withheld else ""
    bare = sum(not each.about.logo for each in statement.signatories)
    logos = f", {bare} without a logo" if prepared.original.particulars.listing.logos else ""
    return (
        f"{statement.name}: {len(statement.blocks)} blocks, "
        f"{statement.signatory_count} signatories{withheld}{logos}, "
        f"{len(prepared.cleaned.changes)} changes, {_doubts(prepared)}"
    )


def _doubts(prepared: Prepared) -> str:
    """How many doubts are left; one whose proposal nobody has compared with the paper is not settled either."""
    proposed = len(unconfirmed(prepared.source.corrections))
    left = f"{len(prepared.statement.doubts)} doubts"
    proposals = report.counted(proposed, "proposal")
    return f"{left} without a proposal, {proposals} to compare with the paper" if proposed else left


def proof_page(prepared: Prepared) -> bytes:
    """The scan beside the text, every change marked (HTML)."""
    view = report.proof(prepared.source, prepared.cleaned, prepared.statement)
    return compose_browser_page("proof.html.j2", proof=view).encode()
