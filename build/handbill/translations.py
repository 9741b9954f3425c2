"""Translations as files: a PO file brought in step with its statement, XLIFF written and read, a review recorded.

In: a statement's folder and a language. Out: the PO file beside it, and lines that say what was done.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handbill.errors import CallError, ContentError
from handbill.files import read_bytes, write_whole
from handbill.languages import load_language
from handbill.pipeline import prepare
from handbill.prepared import Prepared, catalogue_path
from handbill.redaction import guarding
from handbill.translate import (
    Catalogue,
    merge,
    purged,
    read_catalogue,
    read_xliff,
    translate,
    write_catalogue,
    write_xliff,
)
from handbill.versions import standing, texts_to_translate

LARGEST_XLIFF = 16_777_216
"""Bytes of the largest XLIFF document: CAT tools add much to it."""


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
    texts, path = texts_to_translate(prepared, language.tag), catalogue_path(source, tag)
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
    done = list(standing(path, coverage, catalogue))
    if xliff:
        write_whole(xliff, write_xliff(catalogue, texts, source.name, source.language))
        done.append(f"{xliff}: written")
    return done
