"""A written statement to the Human Rights Council, as OHCHR asks for it.

In: a statement's folder and a language. Out: a .docx file whose words are counted and whose organisations are
grouped by their status with ECOSOC; or, where something is missing, nobody's status being guessed, what is to be
asked of whom.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from handbill.errors import CallError, ContentError
from handbill.files import write_whole
from handbill.languages import load_language
from handbill.model import Consultative, Source, Standing, Statement, Status, Version
from handbill.order import Tell
from handbill.pipeline import prepare, proof_page
from handbill.prepared import Prepared, languages_of
from handbill.redaction import guarding
from handbill.submission import (
    Conventions,
    Paper,
    Section,
    Sponsors,
    by_section,
    group,
    lay_down,
    load_conventions,
    write,
)
from handbill.versions import examine, versions


@dataclass(frozen=True, slots=True)
class Submitted:
    """A written statement, written or refused.

    Attributes:
        path: The file.
        language: BCP 47 tag.
        written: Whether the file was written.
        draft: Whether it is stamped as a draft.
        status: The status of the organisation that submits; None where it is not known.
        sponsors: The organisations.
        sections: The words, section by section.
        most_words: Words it may have.
        questions: What is missing, a line each.
        remarks: What keeps nothing from being written, but is to be known, a line each.
        unverified: What of the form was not read in the words of the United Nations, a line each.
    """

    path: Path
    language: str
    written: bool
    draft: bool
    status: Consultative | None
    sponsors: Sponsors
    sections: tuple[Section, ...]
    most_words: int
    questions: tuple[str, ...]
    remarks: tuple[str, ...]
    unverified: tuple[str, ...]

    @property
    def words(self) -> int:
        """Words of title, text and footnotes."""
        return sum(section.words for section in self.sections)

    @property
    def faults(self) -> tuple[str, ...]:
        """What keeps it from being submitted."""
        if self.words <= self.most_words:
            return self.questions
        known = f"{self.status.value} status" if self.status else "a status that is not known"
        counted = "\n".join(f"  {section.words:5} {section.name}" for section in self.sections)
        over = f"{self.words} words, and {self.most_words} are allowed ({known}):\n{counted}"
        return (*self.questions, over)

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        groups = self.sponsors.co_sponsors.items()
        return {
            "file": str(self.path) if self.written else None,
            "language": self.language,
            "draft": self.draft,
            "words": {
                "count": self.words,
                "limit": self.most_words,
                "sections": [{"section": each.name, "words": each.words} for each in self.sections],
            },
            "submitted_by": self.sponsors.submitter.name if self.sponsors.submitter else None,
            "status": self.status.value if self.status else None,
            "co_sponsors": {status.value: [each.name for each in names] for status, names in groups},
            "share_the_views": [each.name for each in self.sponsors.without],
            "status_not_known": [each.name for each in self.sponsors.unknown],
            "questions": list(self.questions),
            "remarks": list(self.remarks),
            "unverified": list(self.unverified),
        }


def submit(folder: Path, tag: str, out: Path, draft: bool, tell: Tell) -> Submitted:
    """Write a statement as a written statement, unless something keeps it from that and no draft was asked for.

    Args:
        folder: The statement's folder.
        tag: Its language; "" for that of the statement.
        out: Where the file goes, below the statement's name and the language.
        draft: Whether to write what is not ready, stamped as a draft.
        tell: Is told how far a translation has come.

    Raises:
        CallError: The Council does not take the language, or there is no translation.
        ContentError: What keeps a brief from print keeps this, too.
    """
    prepared = prepare(folder)
    with guarding(prepared.redaction, withheld=bool(prepared.statement.withheld)):
        return _submit(prepared, tag, out, draft, tell)


def _submit(prepared: Prepared, tag: str, out: Path, draft: bool, tell: Tell) -> Submitted:
    source = prepared.source
    (tag,) = languages_of(source, [tag or source.language])
    assert source.particulars
    own = source.particulars.submission
    conventions = load_conventions(own)
    if tag not in conventions.languages:
        taken = ", ".join(conventions.languages)
        raise CallError(
            f"{source.path.parent}: the Human Rights Council takes no written statement in {tag}.",
            f"It takes {taken}: name one with -l; `handbill translate {source.name} TAG` begins a translation.",
        )
    try:
        examine(prepared, draft, out)
    except ContentError:
        write_whole(out / source.name / "proof.html", proof_page(prepared))  # where its message says to look
        raise
    ((version, _),) = versions(prepared, [tag], draft, tell)
    standings = _standings(source, prepared.statement)
    sponsors = group(version.statement.signatories, standings, own.submitted_by if own else None)
    paper = _paper(version, sponsors, conventions, draft)
    submitter = sponsors.submitter
    submitted = Submitted(
        path=out / source.name / tag / f"{source.name}-{tag}-submission.docx",
        language=tag,
        written=False,
        draft=draft,
        status=submitter.status if submitter else None,
        sponsors=sponsors,
        sections=by_section(paper),
        most_words=conventions.most_words(submitter.status if submitter else None),
        questions=tuple(_questions(prepared, version, sponsors)),
        remarks=tuple(_remarks(source, prepared.statement, paper, conventions)),
        unverified=tuple(conventions.unverified()),
    )
    if submitted.faults and not draft:
        return submitted
    counted = conventions.labels(tag).words.format(count=submitted.words)
    write_whole(submitted.path, write(paper.with_head(counted), version.particulars, conventions))
    return replace(submitted, written=True)


def _standings(source: Source, statement: Statement) -> Mapping[int, Standing]:
    """The status of each signatory by its number, late ones being numbered on from the list."""
    late = enumerate(source.late, statement.last_scanned + 1)
    return {**source.standings, **{number: each.standing for number, each in late if each.standing}}


def _paper(version: Version, sponsors: Sponsors, conventions: Conventions, draft: bool) -> Paper:
    language = load_language(version.statement.language)
    labels = conventions.labels(language.tag)
    stamp = [language.labels.draft_note] if draft else []
    if version.status is Status.UNREVIEWED:
        stamp.insert(0, labels.unofficial_draft)
    session = version.particulars.session
    dated = f"{session.name}, {language.date_range(session.opens, session.closes)}" if session else ""
    return lay_down(version, dated, sponsors, labels, ". ".join(stamp))


def _questions(prepared: Prepared, version: Version, sponsors: Sponsors) -> Iterator[str]:
    """What must be known and is not."""
    source = prepared.source
    assert source.particulars
    statement, signatories = (source.path.with_name(f"{name}.toml") for name in ("statement", "signatories"))
    session, own = source.particulars.session, source.particulars.submission
    if version.status is Status.UNREVIEWED:
        yield f"{source.path.with_name(f'{version.statement.language}.po')}: nobody has reviewed the translation."
    if not session:
        yield f"{statement}: [session] is missing. What session is it for?"
    elif not session.agenda_item:
        yield f"{statement}: agenda_item is missing in [session]. What item of the agenda is it for?"
    if not own:
        yield f"{statement}: [submission] is missing. Which organisation submits it (submitted_by = its number)?"
    elif not sponsors.submitter:
        yield f"{statement}: submitted_by = {own.submitted_by}: the list names no organisation with this number."
    submitter = sponsors.submitter
    if submitter and submitter.status is Consultative.NONE:
        yield f"{signatories}: {submitter.number}. {submitter.name} has no status, and cannot submit it."
    unknown = [submitter] if submitter and submitter.status is None else []
    for each in sorted([*unknown, *sponsors.unknown], key=lambda each: each.number):
        yield f"{signatories}: {each.number}. {each.name}: what is its status with ECOSOC, if any?"


def _remarks(source: Source, statement: Statement, paper: Paper, conventions: Conventions) -> Iterator[str]:
    assert source.particulars
    if session := source.particulars.session:
        deadline = conventions.form.days_before_session
        day = session.opens - timedelta(days=deadline.value)
        sure = "" if deadline.verified else "; not verified"
        yield f"To be submitted by {day}, {deadline.value} days before the session opens ({deadline.source}{sure})."
    if paper.uncalled:
        yield f"Begun like a footnote and called nowhere, so left as it is: {', '.join(paper.uncalled)}."
    if statement.withheld:
        count = len(statement.withheld)
        yield f"{count} withheld {'name is' if count == 1 else 'names are'} in none of its lists."
