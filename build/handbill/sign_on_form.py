"""The export of a sign-on form, merged into signatories.toml.

In: a statement's folder and a table. Out: the difference to confirm, questions for a person, every place that says
another count, and, if asked, the new signatories.toml.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handbill.agreement import claims
from handbill.files import read_utf8, write_whole
from handbill.languages import load_language
from handbill.pipeline import prepare
from handbill.prepared import Prepared, catalogue_path
from handbill.read import check_signatories
from handbill.read.table import read_table
from handbill.redaction import Redaction, guarding
from handbill.signons import Comparison, SignOn, State, compare, merged, sign_ons
from handbill.translate import read_catalogue, translate
from handbill.versions import texts_to_translate

LARGEST_FORM = 262_144
"""Bytes of the largest signatories.toml."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A sign-on form beside a statement.

    Attributes:
        lines: The difference, a line for each row that is not the same, and a sum.
        absent: Names that the statement has and the form has not.
        questions: What a person must look at.
        places: Places that have another count than the list will have.
        changes: How many entries of signatories.toml are new or other.
    """

    lines: tuple[str, ...]
    absent: tuple[str, ...]
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
        new_text = merged(text, found, statement.last_scanned)
        check_signatories(path, new_text)
        if write and new_text != text:
            write_whole(path, new_text.encode())

        def told(lines: Iterable[str]) -> tuple[str, ...]:
            return tuple(hidden.text(prepared.redaction.text(line)) for line in lines)

        added = sum(not entry.known for entry in found.of(State.NEW, State.WITHHELD))
        return Imported(
            lines=told(_difference(found)),
            absent=told(f"{known.number:>4}  {known.name}" for known in found.absent),
            questions=told(found.questions),
            places=told(_miscounting(prepared, statement.signatory_count + added)) if added else (),
            changes=len(found.of(State.NEW, State.CHANGED, State.WITHHELD)),
        )


def _difference(found: Comparison) -> Iterator[str]:
    for entry in found.entries:
        if entry.state is not State.SAME:
            why = f": {_why_withheld(entry.sign_on)}" if entry.state is State.WITHHELD else ""
            yield f"{entry.state.value:9} {entry.number or '':>4}  {entry.said} (row {entry.sign_on.row}{why})"
    counts = ((state.value, len(found.of(state))) for state in State)
    yield ", ".join(f"{count} {name}" for name, count in counts if count)


def _why_withheld(row: SignOn) -> str:
    """By which answer a row is withheld; the answer itself may hold a name."""
    return row.silence or "another of its rows asks for it"


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
        path = catalogue_path(source, tag)
        if tag == source.language:
            version, path = prepared.original, source.path.parent
        elif path.is_file():
            version = translate(prepared.original, texts_to_translate(prepared, tag), read_catalogue(path, tag))[0]
        else:
            continue
        for claim in claims(version.statement, version.summary, load_language(tag)):
            if claim.number == prepared.statement.signatory_count:
                yield f"{path} ({tag}): {claim.place} says “{claim.words}”"
