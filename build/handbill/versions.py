"""The versions of a statement, one for each language, and what still keeps them from print.

In: a prepared statement, language tags, the translations beside it. Out: arranged versions with their open points.
Refused unless a draft was asked for: doubts, contradictions, a text other than the approved one, a translation that
is not whole or does not say the same.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from handbill import report
from handbill.agreement import check_agreement, check_claims
from handbill.arrange import arrange
from handbill.errors import ContentError
from handbill.languages import load_language
from handbill.model import Message, Version
from handbill.order import Tell
from handbill.prepared import Prepared, catalogue_path
from handbill.proposals import unconfirmed
from handbill.translate import Catalogue, Coverage, check_parity, holding, messages, read_catalogue, translate


def examine(prepared: Prepared, draft: bool, out: Path) -> tuple[str, ...]:
    """What is not ready to be printed; refused unless a draft was asked for.

    Raises:
        ContentError: It has doubts, contradicts itself, or is not the approved text, and no draft was asked for.
    """
    source, statement = prepared.source, prepared.statement
    assert source.particulars
    faults = [report.doubt_message(source, doubt) for doubt in statement.doubts]
    language = load_language(source.language)
    findings = check_agreement(
        statement, source.particulars, source.summary, language, official_names=prepared.official_names
    )
    faults += [f"{source.path.parent}: {finding.message}" for finding in findings]
    faults += [
        f"{source.path.with_name('corrections.toml')}, entry for line {correction.line}: it is as it was proposed. "
        "Compare it with the paper and write your reason."
        for correction in unconfirmed(source.corrections)
    ]
    if not source.particulars.online:
        faults.append(
            f"{source.path.with_name('statement.toml')}: online is missing: where does the text stand online?"
        )
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


def versions(
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
    """The statement in another language than its own, with what is open in it.

    Raises:
        ContentError: The translation has a name that is withheld.
    """
    source, language = prepared.source, load_language(tag)
    path = catalogue_path(source, tag)
    catalogue = read_catalogue(path, tag)
    if held := holding(catalogue, prepared.redaction):
        raise ContentError(
            f"{path}: a name that signatories.toml withholds is in: {', '.join(held)}.",
            f"`handbill translate {source.name} {tag}` takes it out.",
        )
    texts = texts_to_translate(prepared, tag)
    version, coverage = translate(prepared.original, texts, catalogue)
    for line in standing(path, coverage, catalogue):
        tell(line)
    faults = [] if coverage.is_whole else [f"{path}: {coverage}"]
    findings = check_parity(texts, catalogue, load_language(source.language), language)
    counted = check_claims(version.statement, version.particulars, version.summary, language)
    faults += [f"{path.parent}: {finding.message}" for finding in findings]
    return version, (*faults, *(f"{path}: {finding.message}" for finding in counted))


def standing(path: Path, coverage: Coverage, catalogue: Catalogue) -> Iterator[str]:
    """How far a translation has come and can be relied on, in a line or two."""
    yield f"{path}: {coverage}; {catalogue.status.value}"
    if catalogue.lost_its_review:
        yield f"{path}: its words are not those that were reviewed, so it counts as unreviewed"


def texts_to_translate(prepared: Prepared, tag: str) -> tuple[Message, ...]:
    """Every message of a statement for a translation into this language."""
    source = prepared.source
    assert source.particulars
    return messages(prepared.statement, source.summary, source.particulars, prepared.official_names, tag)
