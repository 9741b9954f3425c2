"""Answers: what a check says of a file, and how a check is made.

In: a function that asks one question of a file. Out: a `Check`, and from it `Answer`s with a code that tests,
waivers and other programs match, and words that may be improved at any time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbill.preflight.subject import Subject


class Status(Enum):
    """How a check's question was answered, the worst last."""

    PASS = "pass"
    SKIP = "skip"
    WARN = "warn"
    FAIL = "fail"
    ERROR = "error"

    @property
    def needs_a_look(self) -> bool:
        """Whether a person should look at it."""
        return self in (Status.WARN, Status.FAIL, Status.ERROR)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a check.

    Attributes:
        status: "skip" where the question does not apply, "error" where the check itself broke.
        code: Stable name of the answer: "not-embedded".
        message: What was found, and the way out where something is wrong.
        page: Page of the file, counted from 1; 0 for the whole of it.
        place: Where on the page, or in the file: the words, a font's name; "" if nowhere in particular.
    """

    status: Status
    code: str
    message: str
    page: int = 0
    place: str = ""


def passed(message: str) -> Answer:
    """The question is answered with yes."""
    return Answer(Status.PASS, "sound", message)


def skipped(reason: str) -> Answer:
    """The question does not apply."""
    return Answer(Status.SKIP, "not-applicable", reason)


def warned(code: str, message: str, page: int = 0, place: str = "") -> Answer:
    """A person should look at it; it may be right."""
    return Answer(Status.WARN, code, message, page, place)


def failed(code: str, message: str, page: int = 0, place: str = "") -> Answer:
    """The question is answered with no."""
    return Answer(Status.FAIL, code, message, page, place)


Ask = Callable[["Subject"], Iterator[Answer]]
"""Asks a file one question. A function that yields nothing has not answered, which is no pass."""


@dataclass(frozen=True, slots=True)
class Check:
    """A question that is asked of a file.

    Attributes:
        id: Subject and name: "fonts/embedded".
        question: What is asked; yes is the sound answer.
        reason: What goes wrong where the answer is no.
        source: The standard that says so, or where it was measured.
        ask: Asks it.
    """

    id: str
    question: str
    reason: str
    source: str
    ask: Ask


def check(id_: str, *, reason: str, source: str) -> Callable[[Ask], Check]:
    """Make a check of a function; the first line of its docstring is the question."""

    def made(ask: Ask) -> Check:
        question = (ask.__doc__ or "").strip().split("\n")[0]
        return Check(id_, question, reason, source, ask)

    return made


def any_of(faults: list[Answer], sound: str) -> Iterator[Answer]:
    """The faults that were found, or that there is none."""
    yield from faults or [passed(sound)]
