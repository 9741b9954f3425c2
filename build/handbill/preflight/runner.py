"""The runner: asks a file every question of a profile.

In: a file and its profile. Out: a `Preflight`: the answers of each check, in the order of the table, and what the
file is in a few words for whoever prints it. It knows nothing of PDF.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handbill.colour import INK_LIMIT
from handbill.model import Waiver
from handbill.preflight.answers import Answer, Check, Status, skipped
from handbill.preflight.checks import CHECKS
from handbill.preflight.profiles import Level, Profile
from handbill.preflight.sheet import particulars
from handbill.preflight.subject import Copy, Layout, Subject, UnreadableError, opened


@dataclass(frozen=True, slots=True)
class Result:
    """An answer with the check that gave it.

    Attributes:
        check: The check.
        answer: What it says.
        waiver: The decision by which a person took the finding as it is; None where there is none.
    """

    check: Check
    answer: Answer
    waiver: Waiver | None = None

    @property
    def code(self) -> str:
        """The check's id and the answer's code: what a waiver names."""
        return f"{self.check.id}:{self.answer.code}"

    @property
    def is_finding(self) -> bool:
        """Whether a person must look at it, and nobody has yet."""
        return self.answer.status.needs_a_look and self.waiver is None

    def __str__(self) -> str:
        """Where, what, and the name to waive it by."""
        where = f"page {self.answer.page}: " if self.answer.page else ""
        return f"{where}{self.answer.message} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Preflight:
    """What a preflight found.

    Attributes:
        profile: Name of the profile.
        results: Every answer.
        particulars: What the file is, for whoever prints it: by name, in words.
    """

    profile: str
    results: tuple[Result, ...]
    particulars: Mapping[str, str]

    def retold(self, tell: Callable[[str], str]) -> "Preflight":
        """The same with every quoted word told by the given function, which may black some out."""

        def of(result: Result) -> Result:
            answer = result.answer
            return replace(result, answer=replace(answer, message=tell(answer.message), place=tell(answer.place)))

        return replace(self, results=tuple(map(of, self.results)))

    def of(self, *statuses: Status) -> tuple[Result, ...]:
        """The answers of these kinds that nobody has waived."""
        return tuple(r for r in self.results if r.answer.status in statuses and r.waiver is None)

    @property
    def findings(self) -> tuple[Result, ...]:
        """What a person must look at, the worst first."""
        return self.of(Status.ERROR) + self.of(Status.FAIL) + self.of(Status.WARN)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many checks gave each kind of answer at worst, and how many findings were waived."""
        worst: dict[str, Status] = {}
        order = list(Status)
        for result in self.results:
            if result.waiver is None:
                former = worst.get(result.check.id, Status.PASS)
                worst[result.check.id] = max(former, result.answer.status, key=order.index)
        counted = Counter(status.value for status in worst.values())
        waived = sum(result.waiver is not None for result in self.results)
        return {**{status.value: counted[status.value] for status in Status}, "waived": waived}


def preflight(
    content: bytes,
    name: str,
    profile: Profile,
    *,
    copy: Copy | None = None,
    layout: Layout | None = None,
    waivers: Sequence[Waiver] = (),
    ink_limit: float = INK_LIMIT,
    checks: Sequence[Check] = CHECKS,
) -> Preflight:
    """Ask a file every question of a profile.

    Args:
        content: The file's bytes.
        name: Its name, for messages.
        profile: What is asked of it.
        copy: The words it was made of, where they are known.
        layout: Its pages before they were imposed, and what was found on them.
        waivers: Findings that a person took as they are.
        ink_limit: The most ink that the printing condition takes, in per cent.
        checks: All checks there are.

    Raises:
        CallError: It is no PDF that can be opened.
    """
    with opened(content, name, profile, copy=copy, layout=layout, ink_limit=ink_limit) as subject:
        results = tuple(
            Result(check, answer, _waived(check, answer, waivers))
            for check in checks
            if check.id in profile.levels
            for answer in _asked(check, subject, profile.levels[check.id])
        )
        return Preflight(profile.name, results, particulars(subject))


def _asked(check: Check, subject: Subject, level: Level) -> Iterator[Answer]:
    """The answers of a check, none of them worse than its level; that a check broke is always told."""
    try:
        answers = list(check.ask(subject))
    except UnreadableError:
        yield skipped("A page cannot be read; see file/whole.")
        return
    except Exception as error:  # it says nothing of the file
        yield Answer(Status.ERROR, "broken", f"The check broke ({type(error).__name__}: {error}). Report it.")
        return
    if not answers:
        yield Answer(Status.ERROR, "silent", "The check said nothing. Report it.")
    for answer in answers:
        is_over = answer.status is Status.FAIL and level == "warn"
        yield replace(answer, status=Status.WARN) if is_over else answer


def _waived(check: Check, answer: Answer, waivers: Sequence[Waiver]) -> Waiver | None:
    """The waiver of a finding; what broke cannot be waived."""
    if answer.status not in (Status.WARN, Status.FAIL):
        return None
    named = (check.id, f"{check.id}:{answer.code}")
    return next((waiver for waiver in waivers if waiver.finding in named), None)
