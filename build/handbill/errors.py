"""The errors a person can meet, each with its exit code and its way out.

In: what went wrong, where, and what to do about it. Out: exceptions that `__main__` turns into one message
and one exit code. Everything else that is raised is a fault of the program (`ExitCode.FAULT`).
"""

import difflib
from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """What the caller's shell is told (DESIGN.md, section 2)."""

    DONE = 0
    CONTENT = 1
    CALL = 2
    FAULT = 3


class HandbillError(Exception):
    """A failure that has a way out.

    Args:
        message: What is wrong, with the file, the line and the words it is about.
        remedy: What to do now; a full sentence.
    """

    exit_code = ExitCode.FAULT

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """The message, and the way out on a line of its own."""
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


class ContentError(HandbillError):
    """The content needs a person: a doubt, a count that does not agree, a stale decision."""

    exit_code = ExitCode.CONTENT


class CallError(HandbillError):
    """The call was wrong: a name, a key, a file that is not what it should be."""

    exit_code = ExitCode.CALL


class FaultError(HandbillError):
    """The program, or the machine it runs on, is at fault."""

    exit_code = ExitCode.FAULT


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known name, or lists them all.

    >>> did_you_mean("screeen", ["screen", "press"])
    'Did you mean "screen"?'
    >>> did_you_mean("xyz", ["screen", "press"])
    'Known: press, screen.'
    """
    names = sorted(known)
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(typed.casefold(), folded, n=1)
    if near:
        return f'Did you mean "{folded[near[0]]}"?'
    return f"Known: {', '.join(names)}." if names else "None is known."
