"""The preflight of a finished PDF, whoever made it.

In: a PDF and what is known of it. Out: what it was taken for and what was found.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from handbill.editions import EDITIONS, load_edition
from handbill.files import read_bytes
from handbill.languages import load_language
from handbill.model import Waiver
from handbill.pipeline import prepare
from handbill.preflight import ANY, Copy, Preflight, Recognised, load_profile, preflight, recognise
from handbill.prepared import Prepared, languages_of, on_paper
from handbill.redaction import NOTHING_WITHHELD, guarding
from handbill.versions import versions

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
        prepared = on_paper(prepare(folder), paper)
        tag = language or known.language or prepared.source.language
        redaction = prepared.redaction
        with guarding(redaction, withheld=bool(prepared.statement.withheld)):
            copy = _copy(prepared, tag, known.beside, known.edition)
        waivers = prepared.waivers(known.edition, tag)
    found = preflight(content, str(path), profile, copy=copy, waivers=waivers)
    # A file from before a name was withheld may still print it.
    return Checked(path, known, found.retold(redaction.text))


def _copy(prepared: Prepared, tag: str, beside: str, edition: str) -> Copy | None:
    """The words of a statement in a language, or in two, as an edition prints them; None where one is not known."""
    source, printed = prepared.source, load_edition(edition)
    if printed.is_bilingual and not beside:
        return None
    tags = languages_of(source, [tag, beside] if beside else [tag])
    texts = [version for version, _ in versions(prepared, tags, True, lambda line: None)]
    version = replace(texts[0], beside=texts[1]) if beside else texts[0]
    original_language = load_language(source.language)
    return Copy(version, load_language(tags[0]), prepared.statement, original_language, printed.parts)
