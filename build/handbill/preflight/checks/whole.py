"""Checks of the file as a whole: whether it can be read by whoever gets it."""

from collections.abc import Iterator

from handbill.preflight.answers import Answer, any_of, check, failed
from handbill.preflight.checks.rules import from_rule
from handbill.preflight.subject import Subject, UnreadableError


@check(
    "file/whole",
    reason="A file that was cut off or changed in transit is mended by one reader and refused by the next.",
    source="ISO 32000-1, 7.5",
)
def whole(subject: Subject) -> Iterator[Answer]:
    """Is the file whole, from its header to its end?"""
    said = [*subject.pdf.get_warnings(), *subject.pdf.check_pdf_syntax()]
    faults = list(dict.fromkeys(str(each).rpartition("): ")[2] or str(each) for each in said))
    shown = "; ".join(faults[:3])
    answers = []
    if faults:
        answers.append(
            failed("damaged", f"The file had to be mended to be read ({shown}). Make or fetch it again.")
        )
    try:
        _ = subject.painted, subject.copied
    except UnreadableError as error:
        answers.append(failed("unreadable", f"A page cannot be read ({error}). Make or fetch the file again."))
    yield from any_of(answers, f"{len(subject.pdf.pages)} pages")


CHECKS = (
    whole,
    from_rule("file/encryption", "encryption", "A print shop cannot print what is locked, nor a reader copy it."),
)
