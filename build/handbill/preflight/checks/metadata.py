"""Checks of what a file says of itself."""

from collections.abc import Iterator

from handbill.errors import ContentError
from handbill.preflight.answers import Answer, any_of, check, failed, skipped
from handbill.preflight.checks.rules import from_rule
from handbill.preflight.subject import Subject


@check(
    "metadata/title",
    reason="The title is what a window, a search and a screen reader call the file.",
    source="ISO 14289-1, 7.1; statement.toml",
)
def title(subject: Subject) -> Iterator[Answer]:
    """Does the file have the title and the language of its statement?"""
    try:
        said = subject.said
    except ContentError as error:
        yield failed("unreadable", error.message)
        return
    name = "".join(said.get("dc:title", ())[:1]) or str(subject.pdf.docinfo.get("/Title", ""))
    language = str(subject.pdf.Root.get("/Lang", ""))
    answers = []
    if not name.strip():
        answers.append(failed("no-title", "The file has no title."))
    if subject.copy and name != subject.copy.version.statement.title:
        answers.append(failed("another-title", f"The file's title is “{name}”.", place=name))
    if subject.copy and language != subject.copy.language.tag:
        answers.append(failed("another-language", f"The file says it is in “{language}”.", place=language))
    yield from any_of(answers, f"{name} ({language or 'no language'})")


@check(
    "metadata/agree",
    reason="Where the two places that describe a file differ, each reader shows another title or date.",
    source="ISO 19005-2, 6.6.3; ISO 32000-1, 14.3",
)
def agree(subject: Subject) -> Iterator[Answer]:
    """Do the XMP packet and the information dictionary say the same?"""
    if "/Metadata" not in subject.pdf.Root:
        yield skipped("The file has no XMP packet.")
        return
    yield from _INFORMATION.ask(subject)


_INFORMATION = from_rule("metadata/agree", "information", "")

CHECKS = (title, agree)
