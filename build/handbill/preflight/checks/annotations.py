"""Checks of what can be clicked, and of what a file may do when it is opened."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Page

from handbill.preflight.answers import Answer, any_of, check, failed
from handbill.preflight.subject import Subject

_PRINTED, _UNSEEN = 4, 1 | 2 | 32
"""Flags of an annotation: printed; invisible, hidden or not shown on the screen (ISO 32000-1, table 165)."""

_SAFE = ("https://", "http://", "mailto:")

_ACTS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/ResetForm",
        "/Sound",
        "/Movie",
        "/Rendition",
        "/GoToR",
    }
)
"""Actions that do more than show a place or open an address (ISO 32000-1, table 198)."""


@check(
    "annotations/kinds",
    reason="A note or a field prints on one machine and not on the next; on paper nothing can be clicked.",
    source="ISO 32000-1, 12.5; ISO 19005-2, 6.3",
)
def kinds(subject: Subject) -> Iterator[Answer]:
    """Are there only annotations that the edition may have?"""
    allowed = subject.profile.limits.annotations
    answers, count = [], 0
    for number, page in enumerate(subject.pdf.pages, 1):
        for note in _notes(page):
            count += 1
            kind, flags = str(note.get("/Subtype", "/none"))[1:], int(note.get("/F", 0))
            if allowed == "none" or (allowed == "links" and kind != "Link"):
                answers.append(failed("annotation", f"There is an annotation of the kind {kind}.", number, kind))
            elif allowed == "links" and (flags & _UNSEEN or not flags & _PRINTED):
                answers.append(
                    failed("hidden-annotation", f"A {kind} is hidden on the screen or in print.", number)
                )
    yield from any_of(answers[:5], f"{count} annotations")


def _notes(page: Page) -> list[Dictionary]:
    """The annotations of a page, as far as they are any."""
    notes = page.get("/Annots")
    return [note for note in notes if isinstance(note, Dictionary)] if isinstance(notes, Array) else []


@check(
    "annotations/actions",
    reason="A file that runs a program or opens another file is refused by mail filters, and endangers readers.",
    source="ISO 32000-1, 12.6; ISO 19005-2, 6.5",
)
def actions(subject: Subject) -> Iterator[Answer]:
    """Does the file do nothing but show itself and open web addresses?"""
    answers, links = [], 0
    for each in subject.file.dictionaries:
        kind = str(each.get("/S"))
        if kind == "/URI" and "/URI" in each:
            links += 1
            address = str(each.URI)
            if not address.startswith(_SAFE):
                answers.append(failed("address", f"A link leads to “{address[:80]}”.", place=address[:80]))
        elif kind in _ACTS and each.get("/Type") != Name.StructElem:
            answers.append(failed("action", f"The file has an action of the kind {kind[1:]}.", place=kind[1:]))
        elif "/AA" in each and isinstance(each.AA, Dictionary):
            answers.append(failed("action", "The file acts when it is opened, printed or turned."))
        elif "/JavaScript" in each:
            answers.append(failed("action", "The file has a script."))
    yield from any_of(answers[:5], f"{links} links")


CHECKS = (kinds, actions)
